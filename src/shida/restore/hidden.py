"""What may stand where two characters met in a pair that left no trace, or only a `?`: looked up, not searched.

Two characters whose inner bytes made a pair of the private-use area print as one character of the outer bytes; where
the inner pair is no character at all, cp936 prints a `?` between. All pairs of characters ever read together are
sorted by their outer bytes once, so a place in a page asks only for those that fit it.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from shida.restore.codes import codes_of
from shida.restore.language import Language
from shida.restore.pairs import before_cut, by_lead, originals, unprintable, vanishing

Met = dict[int, tuple[str, ...]]
"""First byte of the first character and second byte of the second, as one number → the two characters."""


class Hidden:
    """The characters ever read together, by what damage would leave of them."""

    def __init__(self, language: Language) -> None:
        two = [gram for gram in language.counts if len(gram) == 2 and gram < "\ud800"]
        codes = codes_of("".join(two))
        pairs = _pair_of_code()
        first, second = pairs[codes[::2]], pairs[codes[1::2]]
        inner = (first & 0xFF) << 8 | second >> 8
        outer = (first & 0xFF00) | (second & 0xFF)
        both = (first > 0) & (second > 0)
        often = np.fromiter(map(language.counts.__getitem__, two), np.float64, len(two))
        self.vanished: Met = _grouped(two, outer, often, both & _inner_pairs(private=True)[inner])
        self.unprinted: Met = _grouped(two, outer, often, both & _inner_pairs(private=False)[inner])


def _grouped(
    two: list[str], outer: npt.NDArray[np.int64], often: npt.NDArray[np.float64], wanted: npt.NDArray[np.bool_]
) -> Met:
    found: dict[int, list[str]] = {}
    places = np.flatnonzero(wanted)
    places = places[np.lexsort((-often[places], outer[places]))]
    for place, key in zip(places.tolist(), outer[places].tolist(), strict=True):
        found.setdefault(key, []).append(two[place])
    return {key: tuple(grams) for key, grams in found.items()}


@cache
def _pair_of_code() -> npt.NDArray[np.int64]:
    """By code point: the pair that damage makes of the character, 0 where it has none."""
    table = np.zeros(0x10000, np.int64)
    for pair, texts in enumerate(originals()):
        for text in texts:
            if len(text) == 1 and text > "\x7f":
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
def cut_leads() -> frozenset[str]:
    """The characters whose second byte a cut takes."""
    return frozenset(before_cut())


@cache
def with_lost_trail(lead: int, *, alone: bool) -> frozenset[str]:
    """The characters with this first byte whose second one prints a `?`, `alone` or with what follows."""
    return frozenset(text for trail, texts in by_lead()[lead] if trail > 0x80 - alone for text in texts)


@cache
def ending_of(trail: int, *, low: bool) -> frozenset[str]:
    """The characters whose second byte is `trail`, by the half of the first bytes a vanished pair leaves."""
    leads = range(0x81, 0xA1) if low else range(0xA1, 0xFF)
    return frozenset(text for lead in leads for text in originals()[lead << 8 | trail])


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
def vanishing_with(lead: int) -> tuple[frozenset[str], frozenset[str]]:
    """Those with this first byte, by the same halves, the lower first."""
    high, low = (
        frozenset(text for text in half if bytes_of_originals()[text][0] == lead) for half in vanishing_after()
    )
    return low, high
