"""Articles of a block → the stories that may be near each: those with an article that shares most of its words."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import nsmallest

import numpy as np

from shida.group.clusters import Cluster
from shida.group.postings import KEYS, Places, Postings
from shida.group.vectors import Digest

CANDIDATES = 12
"""Stories for which the similarity is worked out. Ten are needed to tell how crowded it is."""
_SHARE_BITS, _NUMBER_BITS = 16, 28
_NO_CLUSTER = (1 << _NUMBER_BITS) - 1
_ZERO = np.zeros(1, dtype=np.int64)


class Nearness:
    """All articles that count, by their strongest words, and the story each is in.

    What an article shares with each of those before it, in its block or before, does not depend on what stories these
    are in: so it is worked out for a block at once, and only the stories are looked up one by one.
    """

    def __init__(self) -> None:
        self._postings = Postings()
        self._clusters: list[Cluster] = []
        """By number. A story that was merged leads to the other by `merged_into`."""
        self._story_of = np.zeros(1 << 10, dtype=np.int32)
        """Row of the postings → number of a cluster."""
        self._merged = False
        """True: since the block began stories were merged."""
        self._first = 0
        """Row of the first article of the block."""
        self._inside: dict[int, list[tuple[int, int]]] = {}
        """Place in the block → shares of words with articles of the block before it, and their rows."""
        self._near: list[list[int]] = []
        """For each article of the block, the numbers of the nearest stories before the block."""
        self._numbers, self._shares, self._ends = _ZERO, _ZERO, [0]
        """The numbers of all, the nearest first, what they share, and where each article's end."""

    def open(self, cluster: Cluster) -> None:
        """Give a new story its number."""
        cluster.number = len(self._clusters)
        self._clusters.append(cluster)

    def arrange(self) -> None:
        """Number all stories in order of their last day, and post their articles in order: what a run starts from is
        then the same whether all was carried on or made again."""
        clusters = [cluster for cluster in self._clusters if cluster.merged_into is None]
        clusters.sort(key=lambda one: (one.last or 0, one.founder, one.story))
        self._postings, self._clusters = Postings(), []
        for cluster in clusters:
            self.open(cluster)
        counted = [(digest, cluster.number) for cluster in clusters for digest in cluster.digests.values()]
        counted.sort(key=lambda pair: pair[0].order)
        self._post([digest for digest, _ in counted])
        self._story_of[: len(counted)] = [number for _, number in counted]

    def _post(self, digests: Sequence[Digest]) -> tuple[Places, Places]:
        """Rows for the articles: their entries, and for each entry the weight of its word."""
        words = [digest.words[:KEYS] for digest in digests]
        entries = self._postings.post(
            np.concatenate([_ZERO[:0], *words]), np.array(list(map(len, words)), dtype=np.int64)
        )
        if self._postings.rows > len(self._story_of):
            more = max(self._postings.rows, 2 * len(self._story_of)) - len(self._story_of)
            self._story_of = np.concatenate((self._story_of, np.zeros(more, dtype=np.int32)))
        return entries, np.concatenate([_ZERO[:0], *[digest.weights[:KEYS] for digest in digests]])

    def begin(self, digests: Sequence[Digest]) -> list[Cluster]:
        """Post the articles of a block, and find what is near each; all stories that are near one of them."""
        self._first, self._merged = self._postings.rows, False
        entries, weights = self._post(digests)
        which, rows = self._postings.before(entries)
        places, shares = entries[which] // KEYS - self._first, weights[which]
        # One number for article, row and weight: to sort it is quick.
        packed = np.sort(((places << 32 | rows) << _SHARE_BITS) | shares)
        pairs = packed >> _SHARE_BITS
        begins = _begins(pairs)
        shares = np.add.reduceat(packed & ((1 << _SHARE_BITS) - 1), begins) if len(pairs) else packed
        pairs = pairs[begins]
        places, rows = pairs >> 32, pairs & 0xFFFFFFFF
        inside = rows >= self._first
        self._inside = {}
        for place, share, row in zip(
            places[inside].tolist(), shares[inside].tolist(), rows[inside].tolist(), strict=True
        ):
            self._inside.setdefault(place, []).append((share, row))
        before = ~inside
        numbers = self._story_of[rows[before]].astype(np.int64)
        self._rank(places[before], numbers, shares[before], len(digests))
        near = sorted({number for numbers in self._near for number in numbers})
        return [self._clusters[number] for number in near]

    def _rank(self, places: Places, numbers: Places, shares: Places, count: int) -> None:
        """Of each article the stories, the nearest first; of each story what the nearest of its articles shares."""
        packed = np.sort((places << _NUMBER_BITS | numbers) << _SHARE_BITS | shares)
        pairs = packed >> _SHARE_BITS
        packed = packed[np.concatenate((pairs[1:] != pairs[:-1], [True]))[: len(pairs)]]
        numbers, shares = (packed >> _SHARE_BITS) & _NO_CLUSTER, packed & ((1 << _SHARE_BITS) - 1)
        places = packed >> (_SHARE_BITS + _NUMBER_BITS)
        # Of equals the latest.
        high = (1 << _SHARE_BITS) - 1
        packed = np.sort((places << _SHARE_BITS | high - shares) << _NUMBER_BITS | _NO_CLUSTER - numbers)
        numbers = _NO_CLUSTER - (packed & _NO_CLUSTER)
        shares = high - ((packed >> _NUMBER_BITS) & high)
        counts = np.bincount(packed >> (_SHARE_BITS + _NUMBER_BITS), minlength=count)
        ends = np.cumsum(counts)
        begins = ends - counts
        self._numbers, self._shares, self._ends = numbers, shares, [0, *ends.tolist()]
        listed = numbers[np.arange(len(numbers)) - np.repeat(begins, counts) < CANDIDATES].tolist()
        self._near, end = [], 0
        for count in np.minimum(counts, CANDIDATES).tolist():
            self._near.append(listed[end : end + count])
            end += count

    def near(self, place: int) -> list[Cluster]:
        """The stories near an article of the block, as they are by now."""
        clusters, numbers = self._clusters, self._near[place]
        inside = [(share, int(self._story_of[row])) for share, row in self._inside.get(place, ())]
        if not self._merged:
            more = [number for _, number in inside if number not in numbers]
            if not more:
                return [clusters[number] for number in numbers]
        begin, end = self._ends[place], self._ends[place + 1]
        if not self._merged:
            # The others before the block have less than all of these.
            end = min(end, begin + CANDIDATES)
        best: dict[int, int] = {}
        for number, share in zip(self._numbers[begin:end].tolist(), self._shares[begin:end].tolist(), strict=True):
            # The first is the best: two that were apart may be one by now.
            best.setdefault(self._root(number).number, share)
        for share, number in inside:
            best[number] = max(share, best.get(number, 0))
        nearest = nsmallest(CANDIDATES, [(-share, -number) for number, share in best.items()])
        return [clusters[-number] for _, number in nearest]

    def enter(self, place: int, cluster: Cluster) -> None:
        """An article of the block is in a story now."""
        self._story_of[self._first + place] = cluster.number

    def merge(self, older: Cluster, younger: Cluster) -> None:
        """One story is in another now."""
        self._merged = True
        stories = self._story_of[: self._postings.rows]
        stories[stories == younger.number] = older.number

    def _root(self, number: int) -> Cluster:
        cluster = self._clusters[number]
        while cluster.merged_into is not None:
            cluster = cluster.merged_into
        return cluster


def _begins(values: Places) -> Places:
    """Where each run of equal values begins."""
    return np.concatenate((_ZERO, np.flatnonzero(values[1:] != values[:-1]) + 1)) if len(values) else values
