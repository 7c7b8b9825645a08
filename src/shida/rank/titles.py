"""Titles as sets of neighbouring Han characters, all in one table: what likeness is worked out from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from shida.records import Member

MOST_OF_A_TITLE: Final = 200
"""Characters of a title that are compared."""

Numbers = npt.NDArray[np.int64]
Weights = npt.NDArray[np.float64]


class TitleTable:
    """The titles of own articles by day, each a row of different pair numbers.

    >>> members = [Member(article="b", title="大会闭幕", published="2024-03-02"),
    ...            Member(article="a", title="第7届大会", published="2024-03-01")]
    >>> table = TitleTable(members)
    >>> [table.titles[row] for row in (0, 1)], table.pairs_of(table.row["a"]).size
    (['第7届大会', '大会闭幕'], 2)
    """

    def __init__(self, members: Sequence[Member]) -> None:
        """Takes members in any order; figures, signs and spaces part pairs."""
        ordered = sorted(members, key=lambda member: ((member.published or "")[:10], member.article))
        self.titles = [member.title[:MOST_OF_A_TITLE] for member in ordered]
        self.days = [(member.published or "")[:10] for member in ordered]
        self.row = {member.article: row for row, member in enumerate(ordered)}
        self.pairs, self.starts, self.kinds = _pairs(self.titles)

    def pairs_of(self, row: int) -> Numbers:
        """The pairs of one title, in order."""
        return self.pairs[self.starts[row] : self.starts[row + 1]]


class Likeness:
    """Stories as unit vectors over the pairs of their titles: how many titles have one, rarer pairs counting more."""

    def __init__(self, table: TitleTable, stories: Sequence[Sequence[Member]]) -> None:
        """Takes the members of each story; a pair is rare among these stories, whatever else the table holds."""
        owners, numbers = [], []
        for place, members in enumerate(stories):
            for member in members:
                own = table.pairs_of(table.row[member.article])
                numbers.append(own)
                owners.append(np.full(own.size, place))
        joined = np.concatenate([np.zeros(0, np.int64), *numbers])
        codes = np.sort(np.concatenate([np.zeros(0, np.int64), *owners]) * max(1, table.kinds) + joined)
        new = np.flatnonzero(np.append(True, codes[1:] != codes[:-1])) if codes.size else codes
        counts = np.diff(np.append(new, codes.size))
        places, self._pairs = np.divmod(codes[new], max(1, table.kinds))
        seen = np.bincount(self._pairs, minlength=table.kinds)
        values = (1 + np.log(counts)) * np.log(1 + len(stories) / seen[self._pairs])
        lengths = np.sqrt(np.bincount(places, weights=values**2, minlength=len(stories)))
        self._values: Weights = values / lengths[places]
        self._places, self._stories, self._kinds = places, len(stories), table.kinds

    def to_all(self, place: int) -> list[float]:
        """The cosine of one story with every story, to nine digits so that no order of sums shows."""
        vector = np.zeros(self._kinds)
        own = self._places == place
        vector[self._pairs[own]] = self._values[own]
        products = self._values * vector[self._pairs]
        return [round(float(c), 9) for c in np.bincount(self._places, weights=products, minlength=self._stories)]


def _pairs(titles: Sequence[str]) -> tuple[Numbers, Numbers, int]:
    """All titles' different pairs as numbers, where each title's begin (and the end), and how many pairs there are."""
    if not titles:
        return np.zeros(0, np.int64), np.zeros(1, np.int64), 0
    ends = np.cumsum([len(title) + 1 for title in titles], dtype=np.int64)
    signs = np.frombuffer("\n".join([*titles, ""]).encode("utf-32-le", "replace"), dtype="<u4").astype(np.int64)
    han = (signs >= 0x3400) & (signs <= 0x9FFF)
    at = np.flatnonzero(han[:-1] & han[1:])
    codes, numbers = np.unique((signs[at] << 16) | signs[at + 1], return_inverse=True)
    both = np.sort(np.searchsorted(ends, at, side="right") * len(codes) + numbers)
    both = both[np.append(True, both[1:] != both[:-1])] if both.size else both
    owners, pairs = np.divmod(both, max(1, len(codes)))
    return pairs, np.searchsorted(owners, np.arange(len(titles) + 1)), len(codes)
