"""What may stand in a place, between what is known on both sides → the likely ones, best first.

Every option is weighed by three trigrams; most are so unlikely beside a neighbour that the rest need not be looked up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from heapq import nlargest
from math import exp

import numpy as np
import numpy.typing as npt

from shida.restore.grams import Indexes
from shida.restore.language import Language, PageGrams, plain
from shida.restore.pairs import HIDDEN, Piece, before_cut

UNSURE = 3.0
"""Nats between the best two below which the rest of the page is asked."""
RIVALS = 5
"""The best options that are weighed against each other."""
REACH = 9.0
"""Nats behind the best at which an option adds nothing to the sum of the chances."""
NEAR = 5.0
"""Nats by pairs behind the best one at which what may hide is still weighed by three characters."""
LOOKED = 8
"""Options that are weighed by more than pairs."""
PAIRED = 7.0
"""Nats by which two pairs may be less likely than the best two and the three characters around still be looked at."""


NOTHING: Mapping[str, float] = {}


class CutChances:
    """How likely each character that a cut can break is beside any other, so that only the likely ones are weighed."""

    def __init__(self, language: Language) -> None:
        self.characters = before_cut()
        keys, _ = language.twos
        chances = language.two_logs
        first, second = (keys >> np.uint64(16)).astype(np.intp), (keys & np.uint64(0xFFFF)).astype(np.intp)
        number = np.full(0x10000, -1, np.intp)
        number[list(map(ord, self.characters))] = np.arange(len(self.characters))
        self._after, self._after_row = self._rows(first, number[second], chances)
        self._before, self._before_row = self._rows(second, number[first], chances)
        ones = [language.one(one) for one in self.characters]
        self._alone = np.array(ones, np.float32)
        self._backed = np.array([language.backed(one) for one in self.characters], np.float32)
        self._language = language

    def _rows(
        self, other: Indexes, which: Indexes, chances: npt.NDArray[np.float64]
    ) -> tuple[npt.NDArray[np.float32], dict[str, int]]:
        """For each other character, how likely each of ours is with it; NaN where the two were never read together."""
        mine = which >= 0
        others, row = np.unique(other[mine], return_inverse=True)
        table = np.full((len(others), len(self.characters)), np.nan, np.float32)
        table[row, which[mine]] = chances[mine]
        return table, {chr(code): at for at, code in enumerate(others.tolist())}

    def likely(self, left: str, right: str) -> list[str]:
        """Those that two pairs do not rule out between the characters `left` and `right`."""
        language = self._language
        chances = self._alone + language.backed(left)
        row = self._after_row.get(left)
        if row is not None:
            np.fmax(chances, self._after[row], out=chances)
        more = self._backed + language.one(right)
        row = self._before_row.get(right)
        if row is not None:
            np.fmax(more, self._before[row], out=more)
        chances += more
        characters = self.characters
        return [characters[at] for at in np.flatnonzero(chances > chances.max() - PAIRED).tolist()]


def fitting(language: Language, options: frozenset[str], left: str, right: str) -> list[str]:
    """Those of `options` that were read with a neighbour, `left` or `right`, and that two pairs do not rule out."""
    follows, fits = language.after.get(left), language.before.get(right)
    share, alone = language.backed(left), language.one(right)
    scored = [
        (
            (follows.get(one) or share + language.one(one)) + (fits.get(one) or language.backed(one) + alone),
            one,
        )
        for one in (options & follows.keys()) | (options & fits.keys())
    ]
    if not scored:
        return []
    floor = max(scored)[0] - PAIRED
    return [one for chance, one in scored if chance > floor]


def best_of(language: Language, options: list[tuple[float, str]], left: str, right: str) -> tuple[float, str]:
    """The best of the LOOKED likeliest options, each with its chance by pairs, and its score; each as it is counted.

    Three characters for one are a pair more that must have vanished than two.
    """
    known, worked_out = language.known.get, language.worked_out
    best, chosen = -1e9, ""
    floor = max(options)[0] - NEAR if options else 0.0
    for chance, one in nlargest(LOOKED, options) if len(options) > LOOKED else options:
        if chance < floor:
            continue
        whole = left + one + right
        total = -HIDDEN if len(one) > 2 else 0.0
        for at in range(len(whole) - 2):
            three = whole[at : at + 3]
            total += known(three) or worked_out(three)
            if total < best:
                break
        else:
            if total > best or one > chosen:
                best, chosen = total, one
    return best, chosen


def ranked(
    language: Language, options: Iterable[str], left: str, right: str, wanted: Mapping[str, float]
) -> list[tuple[float, str]]:
    """The options within REACH of the best, best first, with their scores; one character is written as it is counted.

    `left` are two characters, `right` two, or one where it is a number; `wanted` are nats that speak for an option.
    """
    known, worked_out = language.known.get, language.worked_out
    last, following = left[1], right[0]
    whole = len(right) == 2
    found = []
    floor = -1e9
    for one in options:
        if len(one) > 1 or not whole or not "\u3000" < one < "\uff00":
            total = language.score(left + plain(one) + right) - HIDDEN * (len(one) > 1)
        else:
            three = left + one
            total = known(three) or worked_out(three)
            if total < floor:
                continue
            three = last + one + following
            total += known(three) or worked_out(three)
            if total < floor:
                continue
            three = one + right
            total += known(three) or worked_out(three)
        if wanted:
            total += wanted.get(one, 0.0)
        if total > floor:
            found.append((total, one))
            floor = max(floor, total - REACH)
    found.sort(reverse=True)
    return found


def choose(
    language: Language,
    page: PageGrams,
    options: Iterable[str],
    left: str,
    right: str,
    span: tuple[int, int],
    wanted: Mapping[str, float] = NOTHING,
) -> Piece:
    """The likeliest of `options` between `left` and `right`, and how much likelier than the next."""
    scored = ranked(language, options, left, right, wanted)
    best, after = scored[0]
    if len(scored) == 1:
        return Piece(*span, after, False, None, None, 1.0)
    others = 0.0
    if best - scored[1][0] < UNSURE:
        near = [(known, one) for known, one in scored[:RIVALS] if best - known < 2 * UNSURE]
        others = sum([exp(known - best) for known, _ in scored[len(near) :]])
        last, following = left[1], right[0]
        if any(page[last + one[0]] or page[one[-1] + following] for _, one in near):
            here = language.score_here
            near = [
                (here(left + plain(one) + right, page) - HIDDEN * (len(one) > 1) + wanted.get(one, 0.0), one)
                for _, one in near
            ]
            near.sort(reverse=True)
        scored = near
        best, after = scored[0]
    second, rival = scored[1]
    chance = 1 / (others + sum([exp(known - best) for known, _ in scored]))
    return Piece(*span, after, False, rival, round(best - second, 3), chance)
