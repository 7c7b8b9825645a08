"""A story while it grows: the sum of its articles, how alike they are, and what tells it from another."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter

import msgspec
import numpy as np

from shida.group.marks import Marks
from shida.group.vectors import UNIT, Digest, Numbers, Order, Weights

REMEMBERED = 3
"""The last articles of a story, by order, that look-alikes are told by."""
WAITING = 4
LARGE = 1000
"""So many vectors may wait to be summed, and one more for each so many words of the sum."""


class Cluster(msgspec.Struct, kw_only=True, eq=False):
    """What is needed to compare with a story."""

    story: str
    """Id of the story."""
    founder: Order
    """Order of the article that founded it."""
    known: bool = False
    """True: it was there before this run."""
    number: int = 0
    """Its place in the index."""
    digests: dict[str, Digest] = msgspec.field(default_factory=dict)
    """Article id → digest, of the articles that count; copies do not."""
    last: int | None = None
    square: int = 0
    """Square of the length of the sum, in units of UNIT²: the similarities of all pairs, each twice, and of each
    article with itself."""
    newest: list[Digest] = msgspec.field(default_factory=list)
    merged_into: Cluster | None = None
    marks: tuple[Marks, ...] = ()
    parts: list[tuple[Numbers, Weights]] = msgspec.field(default_factory=list)
    """Vectors that make up the sum; all but the first stand for one article each."""

    @property
    def size(self) -> int:
        """Articles that count."""
        return len(self.digests)

    def add(self, digest: Digest, likeness: int) -> None:
        """Let an article count; `likeness` is the product of its vector with the sum so far."""
        weights = digest.weights
        self.digests[digest.article.id] = digest
        self.parts.append((digest.words, weights))
        if len(self.parts) > WAITING + len(self.parts[0][0]) // LARGE:
            self.summed()
        self.square += 2 * likeness + int(np.dot(weights, weights.astype(np.int64)))
        self._note(digest)

    def fill(self, digests: Iterable[Digest]) -> None:
        """Let many articles count."""
        for digest in digests:
            self.digests[digest.article.id] = digest
            self.parts.append((digest.words, digest.weights))
            self._note(digest)
        if self.parts:
            _, sums = self.summed()
            self.square = int((sums.astype(np.int64) ** 2).sum())

    def _note(self, digest: Digest) -> None:
        if digest.day is not None and (self.last is None or self.last < digest.day):
            self.last = digest.day
        self.remember([digest])
        self._mark(digest.marks)

    def _mark(self, marks: tuple[Marks, ...]) -> None:
        if not self.marks:
            self.marks = marks
        elif any(marks):
            self.marks = tuple([old | new for old, new in zip(self.marks, marks, strict=True)])

    def absorb(self, other: Cluster, likeness: int) -> None:
        """Take in another story; `likeness` is the product of the sums."""
        other.merged_into = self
        self.digests.update(other.digests)
        self.parts += other.parts
        self.summed()
        self.square += 2 * likeness + other.square
        self.remember(other.newest)
        self._mark(other.marks)
        days = [day for day in (self.last, other.last) if day is not None]
        self.last = max(days, default=None)
        other.parts, other.digests, other.newest = [], {}, []

    def remember(self, digests: list[Digest]) -> None:
        """Keep the newest, whatever order they come in."""
        newest = [*self.newest, *digests]
        if len(newest) > 1:
            newest.sort(key=_order)
        self.newest = newest[-REMEMBERED:]

    def summed(self) -> tuple[Numbers, Weights]:
        """The sum: words in order, each once, and their weights."""
        if len(self.parts) > 1:
            words = np.concatenate([part[0] for part in self.parts])
            weights = np.concatenate([part[1] for part in self.parts])
            order = np.argsort(words, kind="stable")
            words, weights = words[order], weights[order]
            first = np.flatnonzero(np.concatenate(([True], words[1:] != words[:-1])) if len(words) else words)
            if len(first):
                self.parts = [(words[first], np.add.reduceat(weights, first, dtype=np.int32))]
            else:
                self.parts = self.parts[:1]
        return self.parts[0]

    def cohesion(self, expected: float, prior: float) -> float:
        """Mean similarity of two articles of the story, drawn towards `expected` as by `prior` further pairs.

        A story of one article has no pairs, and what is `expected` stands for it.
        """
        pairs = self.size * (self.size - 1) / 2
        return ((self.square / (UNIT * UNIT) - self.size) / 2 + prior * expected) / (pairs + prior)


_order = attrgetter("order")


def apart(one: int | None, two: int | None) -> int:
    """Days between, 0 where either is not known.

    >>> apart(738000, 738004), apart(738000, None)
    (4, 0)
    """
    return 0 if one is None or two is None else abs(one - two)
