"""Chances of a character after the ones before it, looked up in dictionaries.

`shida.restore.speedups` has the same compiled, in tables of numbers: a look-up in a dictionary of half a million
strings waits for the memory several times.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import exp

import numpy as np
import numpy.typing as npt

from shida.restore.grams import Keys, strings_of

MEMORY = 400_000
"""Chances kept beside the table's own, so that they need not be worked out again."""

Nats = npt.NDArray[np.float32]
Logs = tuple[Keys, Nats]
"""Grams of one length as numbers, and a logarithm (or a number) for each."""


class Ngrams:
    """Logarithms of chances, in nats: a gram's own where it was read, else that of one with a character less."""

    def __init__(
        self, ones: Logs, twos: Logs, threes: Logs, after_one: Logs, after_two: Logs, overs: Logs, rare: float
    ) -> None:
        self._rare = rare
        self._overs = _named(overs, 1)
        self._ones, self._twos, self._threes = _named(ones, 1), _named(twos, 2), _named(threes, 3)
        self._backs = _named(after_one, 1) | _named(after_two, 2)
        self._room = len(self._threes) + MEMORY

    def one(self, character: str) -> float:
        """Of a character by itself."""
        return self._ones.get(character, self._rare)

    def backed(self, context: str) -> float:
        """The share that is left to what was never read after `context`, one character or two."""
        return self._backs.get(context, 0.0)

    def pair(self, two: str) -> float:
        """Of the second character after the first."""
        known = self._twos.get(two)
        return self.one(two[1]) + self.backed(two[0]) if known is None else known

    def over(self, character: str) -> float:
        """How often anything followed a character, and what backs off; 0 where nothing did."""
        return self._overs.get(character, 0.0)

    def often(self, two: str) -> float:
        """How often two characters were read together: worked out from their chance, so that one table is enough."""
        known = self._twos.get(two)
        if known is None:
            return 0.0
        return self.over(two[0]) * (exp(known) - exp(self.backed(two[0]) + self.one(two[1])))

    def likely(self, three: str) -> float:
        """Of the third character after the two before it."""
        known = self._threes.get(three)
        if known is None:
            known = self.pair(three[1:]) + self.backed(three[:2])
            if len(self._threes) < self._room:
                self._threes[three] = known
        return known

    def score(self, whole: str) -> float:
        """Of all that follows the first two characters of `whole`."""
        known, likely = self._threes.get, self.likely
        total = 0.0
        for at in range(len(whole) - 2):
            three = whole[at : at + 3]
            total += known(three) or likely(three)
        return total

    def ranked(self, options: Iterable[str], left: str, right: str, reach: float) -> list[tuple[float, str]]:
        """Each of `options`, one character, between two and two others; those far behind a better one left out."""
        known, likely = self._threes.get, self.likely
        last, following = left[1], right[0]
        found = []
        floor = -1e9
        for one in options:
            three = left + one
            total = known(three) or likely(three)
            if total < floor:
                continue
            three = last + one + following
            total += known(three) or likely(three)
            if total < floor:
                continue
            three = one + right
            total += known(three) or likely(three)
            if total > floor:
                found.append((total, one))
                floor = max(floor, total - reach)
        return found


def _named(logs: Logs, length: int) -> dict[str, float]:
    return dict(zip(strings_of(logs[0], length), logs[1].tolist(), strict=True))
