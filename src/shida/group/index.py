"""The inverted index that finds the stories an article is like, and says how much."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import msgspec
import numpy as np

from shida.group.clusters import LARGE, Cluster, apart
from shida.group.lookalikes import contradict, look_alike
from shida.group.vectors import UNIT, Digest, Marks, Vocabulary
from shida.pack.grouping import Grouping

CROWD = (2, 10)
"""The places, of the stories an article is most like, that show how crowded it is around it."""
KEYS = 24
"""Words of an article, the strongest, that lead to stories and by which it is found."""
LATEST = 200
"""Stories that one word leads to: those it came up in last."""
CANDIDATES = 32
"""Stories that share most of these words, for which the similarity is worked out."""
YEAR = 365.25
_WEIGHT_BITS = 12
"""Enough for a weight (at most UNIT)."""


class Match(msgspec.Struct, frozen=True):
    """A story an article is like: similarity from 0 to 1, decay and vetoes taken in."""

    similarity: float
    cluster: Cluster
    days: int
    """Days between them, 0 where either has none."""


class ClusterIndex:
    """All stories, found by their words. The similarity is the mean over **all** articles of a story.

    Each word leads to the stories it came up in, the latest last. Only the latest `LATEST` are looked at: a rare word
    finds a story of years ago, a frequent one those of these days. So the cost of an article does not grow with the
    newsroom.
    """

    def __init__(self, grouping: Grouping, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._vetoes = grouping.vetoes
        self._decay = grouping.number("decay_per_day")
        self._floor = grouping.number("decay_floor")
        self._yearly_days = grouping.number("yearly_days")
        self._yearly_keeps = grouping.number("yearly_keeps")
        self._template = grouping.number("template_matched")
        self._join = grouping.number("join")
        self._merge = grouping.number("merge")
        self._crowding = grouping.number("crowding")
        self._cohesion = grouping.number("cohesion")
        self._expected = grouping.number("expected_cohesion")
        self._prior = grouping.number("cohesion_prior")
        self._latest: dict[int, array[int]] = {}
        """Word → numbers of clusters."""
        self._clusters: list[Cluster] = []

    def open(self, cluster: Cluster) -> None:
        """Give a new story its place."""
        cluster.number = len(self._clusters)
        self._clusters.append(cluster)

    def arrange(self) -> None:
        """Put all stories in order of their last day: what a run starts from is then the same whether the index was
        carried on or made again."""
        clusters = [cluster for cluster in self._clusters if cluster.merged_into is None]
        clusters.sort(key=lambda one: (one.last or 0, one.founder, one.story))
        self._latest, self._clusters = {}, []
        for cluster in clusters:
            self.open(cluster)
            for digest in cluster.digests.values():
                self._lead(cluster, digest)

    def put(self, cluster: Cluster, digest: Digest) -> None:
        """Let the article count for the story, here and there."""
        cluster.add(digest, self._products(digest, [cluster])[0] if len(digest.words) else 0)
        self._lead(cluster, digest)

    def _lead(self, cluster: Cluster, digest: Digest) -> None:
        number = cluster.number
        for word in digest.words[:KEYS].tolist():
            latest = self._latest.get(word)
            if latest is None:
                self._latest[word] = array("i", (number,))
            elif latest[-1] != number:
                latest.append(number)
                if len(latest) > 4 * LATEST:
                    del latest[:-LATEST]

    def like(self, digest: Digest) -> tuple[float, list[Match]]:
        """By how much it is crowded around the article, and the stories it is like enough to join, best first.

        The crowd is the mean similarity of the stories that come third to tenth: a report of a recurring kind is
        somewhat like very many stories, and has to be much more like one of them to belong there. And a story whose
        articles are much alike asks for more than one whose articles are not.
        """
        clusters = self._candidates(digest)
        if not clusters:
            return 0.0, []
        means = [
            likeness / (len(cluster.digests) * UNIT * UNIT)
            for likeness, cluster in zip(self._products(digest, clusters), clusters, strict=True)
        ]
        if digest.day is not None:
            fresh, day = self._fresh, digest.day
            means = [
                mean * fresh(abs(day - cluster.last)) if cluster.last is not None else mean
                for mean, cluster in zip(means, clusters, strict=True)
            ]
        # Of equals the one that was founded first.
        rough = sorted(zip(means, [-cluster.number for cluster in clusters], clusters, strict=True), reverse=True)
        crowd = sum([mean for mean, _, _ in rough[CROWD[0] : CROWD[1]]]) / (CROWD[1] - CROWD[0])
        least = self._join + self._crowding * crowd
        found = []
        for mean, _, cluster in rough[: CROWD[1]]:
            if mean < least:
                break
            wanted = least + self._cohesion * cluster.cohesion(self._expected, self._prior)
            if mean < wanted:
                continue
            similarity = mean * self._kept(digest.marks, cluster.marks)
            if similarity >= wanted and not all(
                look_alike(digest, other, self._template, self._vocabulary) for other in cluster.newest
            ):
                found.append(Match(similarity, cluster, apart(digest.day, cluster.last)))
        found.sort(key=lambda match: (-match.similarity, match.cluster.founder))
        return crowd, found

    def between(self, one: Cluster, two: Cluster, crowd: float) -> float | None:
        """Mean similarity of the articles of two stories, decay and vetoes taken in; None where they are not one."""
        similarity = self.product(one, two) / (one.size * two.size * UNIT * UNIT)
        similarity *= self._fresh(apart(one.last, two.last)) * self._kept(one.marks, two.marks)
        cohesion = min(cluster.cohesion(self._expected, self._prior) for cluster in (one, two))
        if similarity < self._merge + self._crowding * crowd + self._cohesion * cohesion or all(
            look_alike(mine, other, self._template, self._vocabulary) for mine in one.newest for other in two.newest
        ):
            return None
        return similarity

    def empty(self, cluster: Cluster) -> None:
        """Forget the articles of a story, so that those that remain can be put in anew."""
        cluster.digests, cluster.parts, cluster.newest, cluster.marks = {}, [], [], []
        cluster.square, cluster.last = 0, None

    def absorb(self, older: Cluster, younger: Cluster) -> None:
        """Merge `younger` into `older`."""
        older.absorb(younger, self.product(older, younger))

    def product(self, one: Cluster, two: Cluster) -> int:
        """Product of the sums of two stories, in units of UNIT²."""
        if not one.parts or not two.parts:
            return 0
        words, weights = one.summed()
        spread = self._vocabulary.spread(words, weights)
        theirs, their_weights = two.summed()
        product = int((spread[theirs] * their_weights).sum())
        self._vocabulary.clear(words)
        return product

    def _products(self, digest: Digest, clusters: Sequence[Cluster]) -> list[int]:
        """The product of an article's vector with the sum of each story, all in one go."""
        products, words, weights = [0] * len(clusters), [], []
        owners: list[int] = []
        for place, cluster in enumerate(clusters):
            for some, their_weights in cluster.parts:
                if len(some) < LARGE:
                    words.append(some)
                    weights.append(their_weights)
                    owners.append(place)
                else:
                    at = some.searchsorted(digest.words)
                    at[at == len(some)] = 0
                    shared = some[at] == digest.words
                    products[place] += int((their_weights[at[shared]] * digest.weights[shared].astype(np.int64)).sum())
        if words:
            spread = self._vocabulary.spread(digest.words, digest.weights)
            running = np.cumsum(spread[np.concatenate(words)] * np.concatenate(weights))
            self._vocabulary.clear(digest.words)
            before = 0
            for place, up_to in zip(owners, running[np.cumsum(list(map(len, words))) - 1].tolist(), strict=True):
                products[place] += up_to - before
                before = up_to
        return products

    def _candidates(self, digest: Digest) -> list[Cluster]:
        """The stories that share most of the article's strongest words, by the weights of these."""
        found, places = [], []
        for place, word in enumerate(digest.words[:KEYS].tolist()):
            latest = self._latest.get(word)
            if latest is not None:
                found.append(latest[-LATEST:])
                places.append(place)
        if not found:
            return []
        entries = np.concatenate(found).astype(np.int64)
        entries <<= _WEIGHT_BITS
        entries += np.repeat(digest.weights[places], list(map(len, found)))
        entries.sort()
        numbers = entries >> _WEIGHT_BITS
        first = np.concatenate((_ZERO, np.flatnonzero(numbers[1:] != numbers[:-1]) + 1))
        shared = np.add.reduceat(entries & ((1 << _WEIGHT_BITS) - 1), first)
        numbers = numbers[first]
        if len(numbers) > CANDIDATES:
            # Of equals the latest.
            best = np.argpartition((shared << 32) + numbers, -CANDIDATES)[-CANDIDATES:]
            numbers = numbers[np.sort(best)]
        seen: dict[int, Cluster] = {}
        for number in numbers.tolist():
            cluster = self._clusters[number]
            while cluster.merged_into is not None:
                cluster = cluster.merged_into
            if cluster.digests:
                seen[cluster.number] = cluster
        return list(seen.values())

    def _fresh(self, days: int) -> float:
        """What is left of a similarity after so many days; less on an anniversary: the next of a yearly occasion."""
        fresh = max(self._floor, 1 - self._decay * days)
        if days > YEAR / 2 and abs(days - YEAR * round(days / YEAR)) <= self._yearly_days:
            fresh *= self._yearly_keeps
        return fresh

    def _kept(self, mine: Sequence[Marks], theirs: Sequence[Marks]) -> float:
        kept = 1.0
        for veto, one, two in zip(self._vetoes, mine, theirs, strict=True):
            if one and two and contradict(one, two):
                kept *= veto.keeps
        return kept


_ZERO = np.zeros(1, dtype=np.int64)
