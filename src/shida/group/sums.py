"""The stories near a block of articles: of their sums what stands in the block, and the products with its articles."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

import numpy as np
import numpy.typing as npt

from shida.group.clusters import Cluster
from shida.group.postings import Places
from shida.group.vectors import Digest, Weights

Columns = npt.NDArray[np.int32]
Part = tuple[Columns, Weights]
_ZERO = np.zeros(1, dtype=np.int64)


class Sums:
    """Makes the product of an article with a dozen stories five steps of numpy, where the sums are of any length.

    A word of the block is a column; the articles are rows of a table, and a story is a list of parts: columns and
    weights. The parts follow what happens in the block, so that each article meets the stories as those before it left
    them.
    """

    def __init__(self) -> None:
        self._columns = np.zeros(1024, dtype=np.int32)
        """Word → 1 + its column; 0 for words that are not in the block."""
        self._words = self._columns[:0]
        self._table = np.zeros((0, 0), dtype=np.int32)
        """The weights of the articles of the block, by column."""
        self._own: list[Part] = []
        """The same as parts."""
        self._parts: dict[int, list[Part]] = {}
        """Number of a story → its parts."""

    def begin(self, digests: Sequence[Digest], words: int, clusters: Sequence[Cluster]) -> None:
        """A new block: its articles, the size of the vocabulary, and the stories that are near them."""
        if len(self._columns) < words:
            self._columns = np.zeros(2 * words, dtype=np.int32)
        else:
            self._columns[self._words] = 0
        found = [(digest.words, digest.weights) for digest in digests]
        self._words, columns = np.unique(
            np.concatenate([self._words[:0], *[words for words, _ in found]]), return_inverse=True
        )
        self._columns[self._words] = np.arange(1, len(self._words) + 1)
        self._table = np.zeros((len(digests), len(self._words)), dtype=np.int32)
        own, ends = columns.astype(np.int32), [0, *accumulate([len(weights) for _, weights in found])]
        self._own = [(own[ends[row] : ends[row + 1]], weights) for row, (_, weights) in enumerate(found)]
        for row, (places, weights) in enumerate(self._own):
            self._table[row, places] = weights
        self._parts = {}
        self.load(clusters)

    def load(self, clusters: Sequence[Cluster]) -> None:
        """Take stories in as they are now."""
        parts = [cluster.parts() for cluster in clusters]
        words = [words for some in parts for words, _ in some]
        if not words:
            self._parts.update((cluster.number, []) for cluster in clusters)
            return
        columns = self._columns[np.concatenate(words)]
        here = np.flatnonzero(columns)
        columns = columns[here] - 1
        weights = np.concatenate([weights for some in parts for _, weights in some])[here]
        ends = np.cumsum([sum([len(words) for words, _ in some]) for some in parts])
        begin = 0
        for cluster, end in zip(clusters, np.searchsorted(here, ends).tolist(), strict=True):
            self._parts[cluster.number] = [(columns[begin:end], weights[begin:end])]
            begin = end

    def forget(self, cluster: Cluster) -> None:
        """A story has changed otherwise than by an article of the block: it is taken in anew where it is asked for."""
        self._parts.pop(cluster.number, None)

    def products(self, place: int, clusters: Sequence[Cluster]) -> list[int]:
        """The products of an article of the block with stories."""
        missing = [cluster for cluster in clusters if cluster.number not in self._parts]
        if missing:
            self.load(missing)
        columns, weights, lengths = [], [], []
        for cluster in clusters:
            length = 0
            for some, theirs in self._parts[cluster.number]:
                columns.append(some)
                weights.append(theirs)
                length += len(some)
            lengths.append(length)
        carried = self._table[place][np.concatenate(columns)] * np.concatenate(weights).astype(np.int64)
        running = np.concatenate((_ZERO, carried.cumsum()))[list(accumulate(lengths))].tolist()
        return [after - before for before, after in pairwise([0, *running])]

    def carried(self, place: int, cluster: Cluster) -> Places:
        """Of each word of an article of the block, its weight in a story times its weight in the article."""
        row, own = self._table[place], self._own[place][0]
        total = np.zeros(len(row), dtype=np.int64)
        for columns, weights in self._parts[cluster.number]:
            np.add.at(total, columns, weights.astype(np.int64))
        found: Places = total[own] * row[own]
        return found

    def add(self, place: int, cluster: Cluster) -> None:
        """Let an article of the block count for a story."""
        parts = self._parts.get(cluster.number)
        if parts is not None:
            parts.append(self._own[place])
        elif not cluster.digests:
            self._parts[cluster.number] = [self._own[place]]
        # Else it comes with all its articles where it is asked for.
