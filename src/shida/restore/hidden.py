"""What may stand where two characters met in a pair that left no trace, or only a `?`: looked up, not searched.

Two characters whose inner bytes made a pair of the private-use area print as one character of the outer bytes; where
the inner pair is no character at all, cp936 prints a `?` between. All pairs of characters ever read together are
sorted by their outer bytes once, so a place in a page asks only for those that fit it.
"""

from __future__ import annotations

from functools import cache, cached_property
from heapq import nlargest
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from shida.restore.codes import Codes, text_of
from shida.restore.language import Language
from shida.restore.ngrams import Nats
from shida.restore.pairs import before_cut, by_lead, originals, unprintable, vanishing

Scored = list[tuple[float, str]]
"""Characters, and how likely they are by pairs, between the two around them."""


DASH_ENDS = 12
"""Characters that are tried after —— and ……, at most."""
BEGUN = 4
"""Characters on either side that are tried where two were never read together."""
LEAST = 1.5
"""Nats that a character takes at least after the one before it, where it is one of many."""


class Met(NamedTuple):
    """Two characters ever read together whose inner bytes print nothing of their own: rows of a table, in order."""

    outer: npt.NDArray[np.int64]
    """The first byte of the first character and the second byte of the second, as one number."""
    first: Codes
    second: Codes
    chance: Nats
    """How likely the second is after the first (the logarithm)."""

    def rows(self) -> dict[int, dict[str, float]]:
        """By the outer bytes: the two characters, and how likely, those first that were read most often."""
        found: dict[int, dict[str, float]] = {}
        both = map("".join, zip(text_of(self.first), text_of(self.second), strict=True))
        for key, two, chance in zip(self.outer.tolist(), both, self.chance.tolist(), strict=True):
            found.setdefault(key, {})[two] = chance
        return found


class Hidden:
    """The characters ever read together, by what damage would leave of them."""

    def __init__(self, language: Language) -> None:
        self._language = language
        keys, often = language.twos
        firsts, seconds = (keys >> np.uint64(16)).astype(np.uint16), (keys & np.uint64(0xFFFF)).astype(np.uint16)
        pairs = _pair_of_code()
        first, second = pairs[firsts], pairs[seconds]
        inner = (first & 0xFF) << 8 | second >> 8
        outer = (first & 0xFF00) | (second & 0xFF)
        both = (first > 0) & (second > 0)

        def met(*, private: bool) -> Met:
            places = np.flatnonzero(both & _inner_pairs(private=private)[inner])
            places = places[np.lexsort((-often[places], outer[places]))]
            return Met(outer[places], firsts[places], seconds[places], language.two_logs[places])

        self.gone = met(private=True)
        """Those whose inner pair leaves no trace."""
        self.unprinted = met(private=False).rows()
        """Those whose inner pair is no character, so that cp936 prints a `?`."""

    @cached_property
    def vanished(self) -> dict[int, dict[str, float]]:
        """`gone`, by the outer bytes."""
        return self.gone.rows()

    @cached_property
    def _firsts(self) -> dict[int, dict[str, Scored]]:
        """First byte → a second character → what with that byte was ever read before it, the inner pair gone."""
        found: dict[int, dict[str, Scored]] = {}
        for key, grams in self.vanished.items():
            before = found.setdefault(key >> 8, {})
            for two, chance in grams.items():
                before.setdefault(two[1], []).append((chance, two[0]))
        for rows in found.values():
            for row in rows.values():
                row.sort(reverse=True)
        return found

    @cached_property
    def _seconds(self) -> dict[int, dict[str, dict[str, float]]]:
        """Second byte → the characters with it, and for each what was ever read before it, the inner pair gone."""
        found: dict[int, dict[str, dict[str, float]]] = {}
        for key, grams in self.vanished.items():
            after = found.setdefault(key & 0xFF, {})
            for two, chance in grams.items():
                after.setdefault(two[1], {})[two[0]] = chance
        return found

    def once(self, lead: int, trail: int, left: str, right: str, floor: float) -> Scored:
        """The two characters ever read together that may have met between `left` and `right` (or the page's end)."""
        pair = self._language.pair
        found: Scored = []
        for two, chance in self.vanished.get(lead << 8 | trail, {}).items():
            whole = chance + pair(left + two[0])
            if whole > floor:
                whole += pair(two[1] + right) if right else 0.0
                if whole > floor:
                    found.append((whole, two))
        return found

    def never(self, lead: int, trail: int, left: str, right: str, floor: float, *, read: bool = True) -> Scored:
        """The likeliest two that were never read together; with `read`, each was with what is beside it."""
        language = self._language
        found: Scored = []
        for half, firsts in enumerate(vanishing_with(lead)):
            seconds = ending_of(trail, low=not half)
            if read:
                begun = read_after(language, left, firsts, BEGUN)
                ended = read_before(language, right, seconds, BEGUN) if begun else []
            else:
                begun = nlargest(BEGUN, [(language.pair(left + one) + language.backed(one), one) for one in firsts])
                ended = nlargest(BEGUN, [(language.pair(one + right) + language.one(one), one) for one in seconds])
            found += [
                (before + after, one + two)
                for before, one in begun
                for after, two in ended
                if before + after > floor and not language.often(one + two)
            ]
        return found

    def ending(self, lead: int, left: str, right: str, floor: float) -> Scored:
        """The two characters ever read together whose inner bytes vanish and whose last byte is lost."""
        firsts = self._firsts.get(lead)
        if not firsts:
            return []
        language = self._language
        follows, fits, rest = language.after.get(left), language.before.get(right), language.backed(left)
        found = []
        for second in firsts.keys() & fits.keys():
            last = fits[second]
            for more, first in firsts[second]:
                whole = last + more + (follows.get(first) or rest + language.one(first))
                if whole > floor:
                    found.append((whole, first + second))
        return found

    def dashes(self, trail: int, left: str, right: str) -> Scored:
        """—— or ……, two pairs that vanish whole, with what may stand between them and `right`."""
        language = self._language
        seconds = read_before(language, right, ending_of(trail, low=False), DASH_ENDS)
        if not seconds:
            return []
        pair, alone = language.pair, language.one
        return [
            (pair(left + twice[0]) + pair(twice) + pair(twice[0] + one) + chance - alone(one), twice + one)
            for twice in ("——", "……")
            for chance, one in seconds
        ]

    def twice(self, lead: int, trail: int, left: str, right: str, floor: float) -> Scored:
        """The three characters, each ever read with the next, whose inner bytes vanish, the last read with `right`."""
        language = self._language
        firsts, found = self._firsts.get(lead, {}), []
        for third, ended in self._seconds.get(trail, {}).items():
            last = language.before.get(right).get(third)
            if last is None or last - LEAST < floor:
                continue
            for second, more in ended.items():
                chance = last + more
                for before, first in firsts.get(second, ()):
                    if chance - LEAST + before <= floor:
                        break
                    whole = chance + before + language.pair(left + first)
                    if whole > floor:
                        found.append((whole, first + second + third))
        return found


def read_after(language: Language, left: str, options: str, most: int) -> Scored:
    """The likeliest of `options` ever read after `left`, best first, as followed by what never was."""
    after = language.after.get(left)
    return nlargest(most, [(after[one] + language.backed(one), one) for one in options if one in after])


def read_before(language: Language, right: str, options: str, most: int) -> Scored:
    """The likeliest of `options` ever read before `right`, best first, as after what they never were."""
    before = language.before.get(right)
    return nlargest(most, [(before[one] + language.one(one), one) for one in options if one in before])


@cache
def _pair_of_code() -> npt.NDArray[np.int64]:
    """By code point: the pair that damage makes of the character, 0 where it has none."""
    table = np.zeros(0x10000, np.int64)
    for pair, texts in enumerate(originals()):
        for text in texts:
            if len(text) == 1 and text > "\x7f" and text not in CUTTING:
                table[ord(text)] = pair
    return table


@cache
def _inner_pairs(*, private: bool) -> npt.NDArray[np.bool_]:
    table = np.zeros(0x10000, np.bool_)
    if private:
        for lead in vanishing():
            trails = range(0x81, 0xA1) if lead <= 0xA7 else range(0xA1, 0xFF)
            table[[lead << 8 | trail for trail in trails]] = True
    else:
        for lead, seconds in unprintable().items():
            table[[lead << 8 | trail for trail in seconds if trail > 0x80]] = True
    return table


@cache
def cut_characters() -> str:
    """The characters whose second byte a cut takes, one after the other."""
    return "".join(before_cut())


@cache
def cut_leads() -> frozenset[str]:
    """The characters whose second byte a cut takes."""
    return frozenset(before_cut())


CUTTING = frozenset("，！？")
"""Cut wherever they stand, so that they are never hidden nor lost."""


@cache
def with_lost_trail(lead: int, *, alone: bool) -> frozenset[str]:
    """The characters with this first byte whose second one prints a `?`, `alone` or with what follows."""
    return frozenset(text for trail, texts in by_lead()[lead] if trail > 0x80 - alone for text in texts) - CUTTING


@cache
def lost_trails(lead: int, *, alone: bool) -> str:
    """The same, one after the other."""
    return "".join(sorted(with_lost_trail(lead, alone=alone)))


@cache
def lost_alone(lead: int) -> str:
    """Those whose second byte prints its `?` by itself and never with what follows."""
    return "".join(sorted(with_lost_trail(lead, alone=True) - with_lost_trail(lead, alone=False)))


@cache
def ending_of(trail: int, *, low: bool) -> str:
    """The characters whose second byte is `trail`, by the half of the first bytes a vanished pair leaves."""
    leads = range(0x81, 0xA1) if low else range(0xA1, 0xFF)
    return "".join(dict.fromkeys(text for lead in leads for text in originals()[lead << 8 | trail]))


@cache
def bytes_of_originals() -> dict[str, tuple[int, int]]:
    """Character → the two bytes damage gives it."""
    return {text: (pair >> 8, pair & 0xFF) for pair, texts in enumerate(originals()) for text in texts}


@cache
def vanishing_after() -> tuple[frozenset[str], frozenset[str]]:
    """Characters whose second byte begins a pair that vanishes: with a byte over A0, and with one below."""
    found = [(text, trail) for text, (_, trail) in bytes_of_originals().items() if trail in vanishing()]
    return frozenset(text for text, trail in found if trail > 0xA7), frozenset(
        text for text, trail in found if trail <= 0xA7
    )


@cache
def vanishing_with(lead: int) -> tuple[str, str]:
    """Those with this first byte, by the same halves, the lower first."""
    high, low = (
        "".join(sorted(text for text in half if bytes_of_originals()[text][0] == lead)) for half in vanishing_after()
    )
    return low, high
