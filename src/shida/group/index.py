"""The stories an article is like, and how much: similarities, thresholds, vetoes."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from shida.group.clusters import Cluster, apart
from shida.group.lookalikes import contradict, look_alike
from shida.group.marks import Marks
from shida.group.nearness import Nearness
from shida.group.postings import Places
from shida.group.sums import Sums
from shida.group.vectors import UNIT, Digest, Vocabulary
from shida.pack.grouping import Grouping

CROWD = (2, 10)
"""The places, of the stories an article is most like, that show how crowded it is around it."""
YEAR = 365.25


class Match(msgspec.Struct, frozen=True):
    """A story an article is like: similarity from 0 to 1, decay and vetoes taken in."""

    similarity: float
    cluster: Cluster
    days: int
    """Days between them, 0 where either has none."""
    product: int
    """Product of the article's vector and the sum of the story."""


class Likeness(msgspec.Struct, frozen=True):
    """What is near an article."""

    crowd: float
    """Mean similarity of the stories that come third to tenth."""
    matches: list[Match]
    """The stories it is like enough to join, best first."""


class ClusterIndex:
    """All stories, found by their words. The similarity is the mean over **all** articles of a story."""

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
        self._nearness = Nearness()
        self._sums = Sums()

    def open(self, cluster: Cluster) -> None:
        """Give a new story its place."""
        self._nearness.open(cluster)

    def arrange(self) -> None:
        """Begin a run."""
        self._nearness.arrange()

    def begin(self, digests: Sequence[Digest]) -> None:
        """Begin a block: the articles that are placed next, in this order."""
        near = self._nearness.begin(digests)
        self._sums.begin(digests, len(self._vocabulary.words), near)

    def put(self, place: int, cluster: Cluster, digest: Digest, product: int) -> None:
        """Let an article of the block count for the story; `product` is that of the two as they were."""
        self._sums.add(place, cluster)
        self._nearness.enter(place, cluster)
        cluster.add(digest, product)

    def carried(self, place: int, cluster: Cluster) -> Places:
        """Of each word of an article of the block, its weight in a story it is near times its weight in the article."""
        return self._sums.carried(place, cluster)

    def like(self, place: int, digest: Digest) -> Likeness:
        """By how much it is crowded around an article of the block, and the stories it is like enough to join.

        The crowd is the mean similarity of the stories that come third to tenth: a report of a recurring kind is
        somewhat like very many stories, and has to be much more like one of them to belong there. And a story whose
        articles are much alike asks for more than one whose articles are not.
        """
        clusters = self._nearness.near(place)
        if not clusters:
            return Likeness(0.0, [])
        products = self._sums.products(place, clusters)
        day, fresh = digest.day, self._fresh
        rough = []
        for row, (product, cluster) in enumerate(zip(products, clusters, strict=True)):
            mean = product / (len(cluster.digests) * UNIT * UNIT)
            last = cluster.last
            if day is not None and last is not None:
                mean *= fresh(abs(day - last))
            rough.append((mean, -cluster.number, row))
        # Of equals the one that was founded first.
        rough.sort(reverse=True)
        crowd = sum([mean for mean, _, _ in rough[CROWD[0] : CROWD[1]]]) / (CROWD[1] - CROWD[0])
        least = self._join + self._crowding * crowd
        found = []
        for mean, _, row in rough[: CROWD[1]]:
            if mean < least:
                break
            cluster = clusters[row]
            wanted = least + self._cohesion * cluster.cohesion(self._expected, self._prior)
            if mean < wanted:
                continue
            similarity = mean * self._kept(digest.marks, cluster.marks)
            if similarity >= wanted and not all(
                look_alike(digest, other, self._template, self._vocabulary) for other in cluster.newest
            ):
                days = apart(day, cluster.last)
                found.append(Match(similarity, cluster, days, products[row]))
        found.sort(key=lambda match: (-match.similarity, match.cluster.founder))
        return Likeness(crowd, found)

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
        cluster.digests, cluster.base, cluster.waiting, cluster.newest = {}, None, [], []
        cluster.marks, cluster.square, cluster.last = (), 0, None

    def absorb(self, older: Cluster, younger: Cluster) -> None:
        """Merge `younger` into `older`."""
        older.absorb(younger, self.product(older, younger))
        self._nearness.merge(older, younger)
        self._sums.forget(older)
        self._sums.forget(younger)

    def product(self, one: Cluster, two: Cluster) -> int:
        """Product of the sums of two stories, in units of UNIT²."""
        words, weights = one.summed()
        spread = self._vocabulary.spread(words, weights)
        theirs, their_weights = two.summed()
        product = int((spread[theirs] * their_weights).sum())
        self._vocabulary.clear(words)
        return product

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
