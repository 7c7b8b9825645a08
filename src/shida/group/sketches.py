"""Sketches of the originals seen so far → those that share hashes with new ones.

A hash table in numpy: a million entries take 17 MB, where a dictionary of lists takes 200.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from shida.group.letters import Points
from shida.text.similarity import SHINGLE, SKETCH_EVERY, SKETCH_LEAST, SKETCH_MOST, shingles

CROWDED = 12
"""Originals that one hash leads to; a hash of more is a phrase that everybody writes, and leads nowhere."""
MOST_TEXTS = 256
"""Texts whose sketches are made at once."""

Hashes = npt.NDArray[np.uint32]
Places = npt.NDArray[np.int64]
_ZERO = np.zeros(1, dtype=np.int64)


def sketches_of(points: Points, lengths: Places) -> tuple[Hashes, Places]:
    """Texts as `letters` gives them (at most MOST_TEXTS) → the sketches, one after the other, and how long each is.

    They are those of `text.similarity.sketch`, of which 32 bits are kept; a text shorter than a shingle has none.

    >>> from shida.group.letters import letters
    >>> hashes, lengths = sketches_of(*letters(["质量" * 500, "中国质量大会今年秋天在成都召开。", "质"]))
    >>> lengths.tolist()
    [2, 12, 0]
    """
    ends = np.cumsum(lengths)
    counts = np.maximum(lengths - SHINGLE + 1, 0)
    owners = np.repeat(np.arange(len(lengths)), counts)
    # A shingle begins anywhere but at the last places of a text.
    within = np.arange(len(owners)) - np.repeat(np.cumsum(counts) - counts, counts)
    hashes = shingles(points.tobytes().decode("utf-32-le", "surrogatepass"))
    if not len(owners):
        return np.zeros(0, dtype=np.uint32), counts
    hashes = hashes[np.repeat(ends - lengths, counts) + within]
    packed = np.sort(owners.astype(np.uint64) << np.uint64(56) | hashes >> np.uint64(8))
    packed = packed[np.concatenate(([True], packed[1:] != packed[:-1]))]
    owners = (packed >> np.uint64(56)).astype(np.int64)
    found = np.bincount(owners, minlength=len(lengths))
    sizes = np.clip(counts // SKETCH_EVERY, SKETCH_LEAST, SKETCH_MOST)
    least = np.arange(len(owners)) - (np.cumsum(found) - found)[owners] < sizes[owners]
    # The low bits: all of the least hashes begin alike.
    return (packed[least] & np.uint64(0xFFFFFFFF)).astype(np.uint32), np.minimum(found, sizes)


class Sketches:
    """Chained hashing: a bucket leads to its last entry, an entry to the one before it in the bucket.

    >>> sketches = Sketches()
    >>> sketches.keep(np.array([7, 8, 9, 8, 9, 10], dtype=np.uint32), [3, 3])
    >>> which, owners = sketches.walk(np.array([9, 10], dtype=np.uint32))
    >>> sorted(zip(which.tolist(), owners.tolist()))
    [(0, 0), (0, 1), (1, 1)]
    """

    def __init__(self) -> None:
        self._heads = np.full(1 << 10, -1, dtype=np.int32)
        self._before = np.empty(1 << 10, dtype=np.int32)
        self._hashes: Hashes = np.empty(1 << 10, dtype=np.uint32)
        self._ends = np.zeros(1 << 10, dtype=np.int32)
        """Where the hashes of each owner end. The owner of an entry is looked up: few entries are met."""
        self.owners = self._count = 0

    def walk(self, hashes: Hashes) -> tuple[Places, Places]:
        """Places in `hashes` and owners (numbered as they were kept), one of each for every entry."""
        at = self._heads[self._buckets(hashes)]
        which = np.flatnonzero(at >= 0)
        at, wanted = at[which], hashes[which]
        found: list[tuple[Places, Places]] = [(which[:0], which[:0])]
        while len(at):
            hit = np.flatnonzero(self._hashes[at] == wanted)
            if len(hit):
                owners = np.searchsorted(self._ends[: self.owners], at[hit], side="right")
                found.append((which[hit], owners))
            at = self._before[at]
            live = np.flatnonzero(at >= 0)
            at, which, wanted = at[live], which[live], wanted[live]
        return np.concatenate([one for one, _ in found]), np.concatenate([two for _, two in found])

    def keep(self, hashes: Hashes, lengths: Sequence[int] | Places) -> None:
        """Let hashes lead to further owners too: one owner after the other, each has so many."""
        begin, end = self._count, self._count + len(hashes)
        if end > len(self._hashes):
            # Half as much again: what is not used yet takes no memory.
            self._hashes = _longer(self._hashes, max(end, begin * 3 // 2))
            self._before = _longer(self._before, max(end, begin * 3 // 2))
        self._hashes[begin:end] = hashes
        owners = self.owners + len(lengths)
        if owners > len(self._ends):
            self._ends = _longer(self._ends, max(owners, self.owners * 3 // 2))
        self._ends[self.owners : owners] = begin + np.cumsum(lengths)
        self.owners, self._count = owners, end
        if end > len(self._heads):
            # All anew, in more buckets.
            self._heads = np.full(1 << end.bit_length(), -1, dtype=np.int32)
            begin = 0
        self._link(begin, end)

    def _buckets(self, hashes: Hashes) -> Places:
        return (hashes & np.uint32(len(self._heads) - 1)).astype(np.int64)

    def _link(self, begin: int, end: int) -> None:
        buckets = self._buckets(self._hashes[begin:end])
        order = np.argsort(buckets, kind="stable")
        buckets, entries = buckets[order], order.astype(np.int32) + np.int32(begin)
        same = buckets[1:] == buckets[:-1]
        first, last = np.concatenate(([True], ~same)), np.concatenate((~same, [True]))
        if len(entries):
            self._before[entries[1:][same]] = entries[:-1][same]
            self._before[entries[first]] = self._heads[buckets[first]]
            self._heads[buckets[last]] = entries[last]


def _longer(values: npt.NDArray[Any], size: int) -> npt.NDArray[Any]:
    longer = np.empty(size, dtype=values.dtype)
    longer[: len(values)] = values
    return longer
