"""Words → the latest articles that have them. Two arrays: a word leads to its last article, that to the one before."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from shida.group.vectors import Numbers

KEYS = 16
"""Words of an article, the strongest, by which it is found."""
LATEST = 64
"""Articles that one word leads to: the latest that have it."""

Places = npt.NDArray[np.int64]


class Postings:
    """Articles by their strongest words. An article is a row, numbered as it comes.

    Only the latest `LATEST` of a word are looked at: a rare word finds an article of years ago, a frequent one those of
    these days. So the cost of an article does not grow with the newsroom.

    >>> postings = Postings()
    >>> for words in ([7, 8], [8, 9], [9, 8]):
    ...     entries = postings.post(np.array(words), np.array([2]))
    >>> which, rows = postings.before(entries)  # of the last row: 9 is in row 1, 8 in the rows 1 and 0
    >>> which.tolist(), rows.tolist()
    ([0, 1, 1], [1, 1, 0])
    """

    def __init__(self) -> None:
        self.rows = 0
        self._heads = np.full(1 << 10, -1, dtype=np.int32)
        self._before = np.empty(1 << 10, dtype=np.int32)

    def post(self, words: npt.NDArray[Any], lengths: Places) -> Places:
        """Add rows: their words, one row after the other, and how many each has, at most KEYS. Gives back entries, one
        a word."""
        count = len(lengths)
        rows = np.repeat(np.arange(count), lengths)
        begins = np.cumsum(lengths) - lengths
        entries = (self.rows + rows) * KEYS + np.arange(len(words)) - begins[rows]
        self.rows += count
        self._make_room(int(words.max(initial=-1)) + 1, self.rows * KEYS)
        order = np.argsort(words, kind="stable")
        found, ordered = words[order], entries[order].astype(np.int32)
        same = found[1:] == found[:-1]
        first, last = np.concatenate(([True], ~same)), np.concatenate((~same, [True]))
        if len(found):
            self._before[ordered[1:][same]] = ordered[:-1][same]
            self._before[ordered[first]] = self._heads[found[first]]
            self._heads[found[last]] = ordered[last]
        return entries

    def before(self, entries: Places) -> tuple[Places, Places]:
        """For each entry the rows before its own that have the word too: which of `entries`, and the row."""
        at, which = self._before[entries], np.arange(len(entries))
        walked: list[tuple[Numbers, Places]] = []
        for _ in range(LATEST):
            live = np.flatnonzero(at >= 0)
            if not len(live):
                break
            if len(live) < len(at):
                at, which = at[live], which[live]
            walked.append((at, which))
            at = self._before[at]
        if not walked:
            return which[:0], which[:0]
        return np.concatenate([one for _, one in walked]), np.concatenate([one for one, _ in walked]) // KEYS

    def _make_room(self, words: int, entries: int) -> None:
        if words > len(self._heads):
            more = np.full(max(words, 2 * len(self._heads)) - len(self._heads), -1, dtype=np.int32)
            self._heads = np.concatenate((self._heads, more))
        if entries > len(self._before):
            roomy = np.empty(max(entries, 2 * len(self._before)), dtype=np.int32)
            roomy[: len(self._before)] = self._before
            self._before = roomy
