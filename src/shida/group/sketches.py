"""Sketches of the originals seen so far → those that share hashes with a new one. A hash table in numpy: a million
entries take 16 MB, where a dictionary of lists takes 200."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shida.text.similarity import Hashes

CROWDED = 12
"""Originals that one hash leads to; a hash of more is a phrase that everybody writes, and leads nowhere."""

_Places = npt.NDArray[np.int64]


class Sketches:
    """Chained hashing: a bucket leads to its last entry, an entry to the one before it in the bucket.

    >>> sketches = Sketches()
    >>> sketches.keep(np.array([7, 8, 9], dtype=np.uint64), 0)
    >>> sketches.keep(np.array([8, 9, 10], dtype=np.uint64), 1)
    >>> sketches.sharing(np.array([9, 10], dtype=np.uint64))[0]
    [(0, 1), (1, 2)]
    """

    def __init__(self) -> None:
        self._heads = np.full(1 << 12, -1, dtype=np.int32)
        self._before = np.zeros(1 << 10, dtype=np.int32)
        self._hashes: Hashes = np.zeros(1 << 10, dtype=np.uint64)
        self._owners = np.zeros(1 << 10, dtype=np.int32)
        self._count = 0

    def sharing(self, hashes: Hashes) -> tuple[list[tuple[int, int]], Hashes]:
        """Owners and how many of the hashes (each there once) lead to each; and the hashes that are not crowded."""
        which, owners = self._walk(hashes)
        if not len(which):
            return [], hashes
        times = np.bincount(which, minlength=len(hashes))
        names, counts = np.unique(owners[times[which] < CROWDED], return_counts=True)
        return list(zip(names.tolist(), counts.tolist(), strict=True)), hashes[times < CROWDED]

    def keep(self, hashes: Hashes, owner: int) -> None:
        """Let hashes that are not crowded lead to `owner` too."""
        end = self._count + len(hashes)
        while end > len(self._hashes):
            self._grow()
        entries = np.arange(self._count, end, dtype=np.int32)
        self._hashes[entries], self._owners[entries] = hashes, owner
        self._count = end
        self._link(entries)

    def _walk(self, hashes: Hashes) -> tuple[_Places, _Places]:
        """Places in `hashes` and owners, one of each for every entry."""
        at = self._heads[self._buckets(hashes)]
        # Four buckets an entry: most hashes of a new text lead nowhere, and are told so in one step.
        which = np.flatnonzero(at >= 0)
        at = at[which]
        found: list[tuple[_Places, _Places]] = [(which[:0], which[:0])]
        while True:
            if not len(at):
                break
            hit = self._hashes[at] == hashes[which]
            if hit.any():
                found.append((which[hit], self._owners[at[hit]].astype(np.int64)))
            at = self._before[at]
            live = at >= 0
            at, which = at[live], which[live]
        return np.concatenate([one for one, _ in found]), np.concatenate([two for _, two in found])

    def _buckets(self, hashes: Hashes) -> _Places:
        # The least hashes of a text are all small: the low bits tell them apart.
        return (hashes & np.uint64(len(self._heads) - 1)).astype(np.int64)

    def _link(self, entries: npt.NDArray[np.int32]) -> None:
        buckets = self._buckets(self._hashes[entries])
        self._before[entries] = self._heads[buckets]
        self._heads[buckets] = entries
        # Where several fell into one bucket, the last is its head; the others are put before it one by one.
        for place in np.flatnonzero(self._heads[buckets] != entries).tolist():
            self._before[entries[place]] = self._heads[buckets[place]]
            self._heads[buckets[place]] = entries[place]

    def _grow(self) -> None:
        self._hashes = np.concatenate((self._hashes, np.zeros_like(self._hashes)))
        self._owners = np.concatenate((self._owners, np.zeros_like(self._owners)))
        self._before = np.zeros(len(self._hashes), dtype=np.int32)
        self._heads = np.full(4 * len(self._hashes), -1, dtype=np.int32)
        buckets = self._buckets(self._hashes[: self._count])
        order = np.argsort(buckets, kind="stable")
        entries, sorted_buckets = order.astype(np.int32), buckets[order]
        same = np.concatenate((np.zeros(1, dtype=bool), sorted_buckets[1:] == sorted_buckets[:-1]))[: len(entries)]
        before = np.concatenate((np.full(1, -1, dtype=np.int32), entries[:-1]))[: len(entries)]
        self._before[entries] = np.where(same, before, -1)
        last = np.concatenate((~same[1:], np.ones(1, dtype=bool)))[: len(entries)]
        self._heads[sorted_buckets[last]] = entries[last]
