"""What a search gives: Answer with its Hits, Facets and Hints; and the Filters it may be narrowed by."""

from __future__ import annotations

from typing import Literal

from shida.records import Record

ARTICLE = "article"
STORY = "story"
EDITION = "edition"


class Hit(Record, frozen=True, kw_only=True):
    """One thing that was found."""

    id: str
    kind: str
    """`article`, `story`, `edition`, or a kind of fact (`document`, `figure`, …)."""
    title: str
    published: str | None = None
    """ISO date or time of an article; the last day of a story, a fact or an edition."""
    url: str | None = None
    """Where an article was published; the newsroom's own pages are found by kind and id."""
    articles: tuple[str, ...] = ()
    """The ids behind it. For an article: its own, then those of its copies that were found too."""
    source: str | None = None
    copy_of: str | None = None
    """The article this one is a copy of."""


class Bucket(Record, frozen=True, kw_only=True):
    """One value of a facet, and how many of what was found have it."""

    value: str
    count: int


class Facet(Record, frozen=True, kw_only=True):
    """A way to narrow what was found: by `kind`, `year`, `source` or `topic`."""

    name: str
    buckets: tuple[Bucket, ...]


HintCode = Literal[
    "cut",
    "unclosed",
    "no_value",
    "no_date",
    "no_topic",
    "no_kind",
    "no_name",
    "empty",
    "only_without",
    "near",
    "pinyin",
]


class Hint(Record, frozen=True, kw_only=True):
    """What was wrong with a query, or what was done to answer it nevertheless; `words` are for the reader."""

    code: HintCode
    words: str
    about: str = ""
    """The part of the query it is about."""


class Filters(Record, frozen=True, kw_only=True):
    """What a search may be narrowed by beside the operators in the query."""

    kind: str | None = None
    source: str | None = None
    """A source's whole name."""
    topic: str | None = None
    year: str | None = None
    first: str | None = None
    """First day, ISO."""
    last: str | None = None
    """Last day, ISO, that day included."""


class Try(Record, frozen=True, kw_only=True):
    """Another query that may help, and why."""

    query: str
    words: str


class Answer(Record, frozen=True, kw_only=True):
    """What was found for a query."""

    query: str
    total: int
    """How many articles match, copies counted."""
    found: int
    """How many of the kind that was asked for match; `total` where that is articles."""
    hits: tuple[Hit, ...] = ()
    also: tuple[Hit, ...] = ()
    """Stories, facts and editions beside the articles; on the first page, where no kind was asked for."""
    near: bool = False
    """Nothing holds all that was asked; these hold most of it."""
    following: int | None = None
    """`offset` of the next page, where there is one."""
    hints: tuple[Hint, ...] = ()
    facets: tuple[Facet, ...] = ()
    tries: tuple[Try, ...] = ()
    """Where nothing was found: queries that find something."""
    terms: tuple[str, ...] = ()
    """What is to be marked in titles and texts, folded."""


class Mark(Record, frozen=True, kw_only=True):
    """Where a term stands in a text: code points, half-open."""

    start: int
    end: int


class Passage(Record, frozen=True, kw_only=True):
    """A hit's title and a piece of its text, as they stand in the newsroom, with what was asked marked."""

    title: tuple[Mark, ...] = ()
    """Marks in the hit's title."""
    text: str = ""
    marks: tuple[Mark, ...] = ()
    start: int = 0
    """Where the piece begins in the article's text."""
