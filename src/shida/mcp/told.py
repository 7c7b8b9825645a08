"""What an assistant is told: every answer names the article, the page and the sentence it rests on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where something comes from. `sentence` is quoted from `of` of the article, never reworded."""

    article: str
    title: str
    sentence: str
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    """Where the article was published."""
    page: str | None = None
    """The article in the newsroom's own site."""


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One thing a search found."""

    kind: str
    id: str
    title: str
    published: str | None
    source: Source | None
    """None for an edition, which rests on its entries."""


@dataclass(frozen=True, kw_only=True)
class SearchTold:
    """What was found, the best first."""

    query: str
    total: int
    near: bool
    """Nothing holds all that was asked; these hold most of it."""
    as_of: str
    hits: list[Hit]
    hints: list[str] = field(default_factory=list)
    next: str | None = None
    """`cursor` of the next page."""


@dataclass(frozen=True, kw_only=True)
class Moment:
    """One day of a story."""

    date: str
    source: Source


@dataclass(frozen=True, kw_only=True)
class StoryTold:
    """Articles about one happening."""

    id: str
    title: str
    first: str | None
    last: str | None
    page: str
    as_of: str
    articles: int
    copies: int
    """Articles that only repeat another; they add no weight."""
    source: Source
    sources: list[Source]
    """Its own articles, the first of them."""
    timeline: list[Moment]


@dataclass(frozen=True, kw_only=True)
class FactTold:
    """What a sentence states."""

    kind: str
    id: str
    says: str
    states: dict[str, Any]
    """The fields of the fact."""
    certainty: str
    reported: str | None
    source: Source
    stated_by: int
    """How many places state it."""


@dataclass(frozen=True, kw_only=True)
class FactsTold:
    """Facts, the last reported first."""

    total: int
    as_of: str
    facts: list[FactTold]
    next: str | None = None
    """`cursor` of the next page."""


@dataclass(frozen=True, kw_only=True)
class Why:
    """One signal's part in a score."""

    signal: str
    part: float
    sentence: str


@dataclass(frozen=True, kw_only=True)
class Place:
    """A story's place in a list, and why."""

    rank: int
    story: str
    title: str
    score: float
    articles: int
    why: list[Why]
    source: Source


@dataclass(frozen=True, kw_only=True)
class TopTold:
    """The stories that mattered in a period, as the machine proposes them."""

    period: str
    first: str
    last: str
    field: str | None
    as_of: str
    considered: int
    formula: str
    entries: list[Place]


@dataclass(frozen=True, kw_only=True)
class Restored:
    """A piece of the sentence that was damaged in the page: what stands there now, and what stood there."""

    start: int
    end: int
    now: str
    was: str
    how: str
    """`proved`, `chosen` or `gap`."""


@dataclass(frozen=True, kw_only=True)
class Origin:
    """One place that states a fact: code points of the article's text or title, half-open."""

    of: str
    start: int
    end: int
    exact: bool
    """False where a newer revision of the article moved the sentence."""
    before: str
    after: str
    restored: list[Restored]
    withdrawn: str | None
    source: Source


@dataclass(frozen=True, kw_only=True)
class EvidenceTold:
    """Every place that states a fact."""

    kind: str
    id: str
    says: str
    as_of: str
    source: Source
    origins: list[Origin]
