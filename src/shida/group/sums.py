"""The stories near a block of articles: their sums, in a table with a column for each word of the block."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from shida.group.clusters import Cluster
from shida.group.postings import Places
from shida.group.vectors import Digest, Numbers, Weights

Table = npt.NDArray[np.int32]
Products = npt.NDArray[np.int64]


class Sums:
    """Makes the product of an article with a dozen stories three steps of numpy, where the sums are of any length.

    The table follows what happens in the block, so that each article meets the stories as those before it left them.
    """

    def __init__(self) -> None:
        self._columns = np.zeros(1024, dtype=np.int32)
        """Word → 1 + its column; 0 for words that are not in the block."""
        self._words = self._columns[:0]
        self._buffer = np.zeros(0, dtype=np.int32)
        """The table, row after row; zero but for what is `_touched`."""
        self._touched: list[npt.NDArray[Any]] = []
        self._width, self._taken = 1, 0
        self._rows: dict[int, int] = {}
        """Number of a story → where its row begins in the buffer."""
        self._own: list[tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]]] = []
        """Columns and weights of the articles of the block."""

    def begin(self, digests: Sequence[Digest], words: int, clusters: Sequence[Cluster]) -> None:
        """A new block: its articles, the size of the vocabulary, and the stories that are near them."""
        if len(self._columns) < words:
            self._columns = np.zeros(2 * words, dtype=np.int32)
        else:
            self._columns[self._words] = 0
        found = [digest.words for digest in digests]
        every = np.concatenate(found) if found else self._words[:0]
        self._words, columns = np.unique(every, return_inverse=True)
        self._columns[self._words] = np.arange(1, len(self._words) + 1)
        self._width = len(self._words) + 1
        self._own, end = [], 0
        for digest in digests:
            weights = digest.weights
            begin, end = end, end + len(weights)
            self._own.append((columns[begin:end].astype(np.int32) + 1, weights.astype(np.int64)))
        for places in self._touched:
            self._buffer[places] = 0
        self._rows, self._taken, self._touched = {}, 0, []
        self.load(clusters)

    def load(self, clusters: Sequence[Cluster]) -> None:
        """Give stories a row."""
        rows = [self._new_row(cluster) for cluster in clusters]
        bases = [(row, *cluster.base) for row, cluster in zip(rows, clusters, strict=True) if cluster.base is not None]
        self._fill(bases, np.ndarray.__setitem__)
        waiting = [
            (row, digest.words, digest.weights)
            for row, cluster in zip(rows, clusters, strict=True)
            for digest in cluster.waiting
        ]
        self._fill(waiting, np.add.at)

    def _fill(self, parts: Sequence[tuple[int, Numbers, Weights]], put: Callable[[Table, Places, Table], None]) -> None:
        if parts:
            columns = self._columns[np.concatenate([words for _, words, _ in parts])]
            here = np.flatnonzero(columns)
            rows = np.repeat([row for row, _, _ in parts], [len(words) for _, words, _ in parts])
            places = rows[here] + columns[here]
            put(self._buffer, places, np.concatenate([weights for _, _, weights in parts])[here].astype(np.int32))
            self._touched.append(places)

    def _new_row(self, cluster: Cluster) -> int:
        row = self._rows[cluster.number] = self._taken
        self._taken += self._width
        if self._taken > len(self._buffer):
            more = np.zeros(self._taken, dtype=np.int32)
            self._buffer = np.concatenate((self._buffer, more))
        return row

    def forget(self, cluster: Cluster) -> None:
        """A story has changed otherwise than by an article of the block: its row is made anew where it is asked for."""
        self._rows.pop(cluster.number, None)

    def carried(self, place: int, clusters: Sequence[Cluster]) -> tuple[npt.NDArray[Any], Products]:
        """For an article of the block: of each story the weights of the article's words, and the products."""
        rows = self._rows
        missing = [cluster for cluster in clusters if cluster.number not in rows]
        if missing:
            self.load(missing)
        columns, weights = self._own[place]
        found = self._buffer[np.array([rows[cluster.number] for cluster in clusters])[:, None] + columns]
        return found, found @ weights

    def add(self, place: int, cluster: Cluster) -> None:
        """Let an article of the block count for a story."""
        columns, weights = self._own[place]
        row = self._rows.get(cluster.number)
        if row is None:
            if cluster.digests:
                return  # It comes with all its articles where it is asked for.
            row = self._new_row(cluster)
        places = row + columns
        self._buffer[places] += weights
        self._touched.append(places)
