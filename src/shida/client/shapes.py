"""What the API answers beside the records themselves. The server writes these structs and the client reads them."""

from __future__ import annotations

from typing import Annotated, Generic, Literal, TypeVar

import msgspec
from msgspec import Meta

from shida.records import Article, Edition, Fact, Period, Repair, Story

T = TypeVar("T")

Whole = Annotated[int, Meta(ge=0)]


class Shape(msgspec.Struct, frozen=True, kw_only=True):
    """What all answers share. A newer server may say more: fields that are not known here are ignored."""


class Listing(Shape, Generic[T], frozen=True, kw_only=True):
    """One page of a list."""

    items: tuple[T, ...]
    total: Whole
    """How many there are on all pages."""
    as_of: str
    """The day (ISO) the answer is known as of; further pages keep to it."""
    next: str | None = None
    """`cursor` of the next page, where there is one."""


class Origin(Shape, frozen=True, kw_only=True):
    """The characters a fact comes from: `of` of the article, code points `start` to `end`, half-open."""

    article: str
    of: Literal["text", "title"]
    start: Whole
    end: Whole
    sentence: str
    exact: bool
    """The article as it is kept today has `sentence` at this place; false where a newer revision moved it."""
    before: str = ""
    after: str = ""
    """What stands around the sentence, some eighty characters each."""
    repairs: tuple[Repair, ...] = ()
    """What was restored inside the sentence, places counted in the article as those of the sentence are."""
    title: str = ""
    published: str | None = None
    source: str | None = None
    url: str | None = None
    """Where the article was published."""
    page: str | None = None
    """The article in the newsroom's own site, an address without host."""
    withdrawn: str | None = None
    """When its page was found gone (404 or 410) at the source."""


class Proof(Shape, frozen=True, kw_only=True):
    """A fact and every place that states it."""

    fact: Fact
    origins: tuple[Origin, ...]
    as_of: str


class Topic(Shape, frozen=True, kw_only=True):
    """A topic of the packs with what the newsroom has on it."""

    name: str
    field: str
    under: str | None = None
    """The wider topic."""
    stories: Whole = 0
    years: dict[str, int] = {}
    """Year → articles, copies not counted."""


class SourceRow(Shape, frozen=True, kw_only=True):
    """A source of articles, and how it fares."""

    name: str
    articles: Whole = 0
    copies: Whole = 0
    first: str | None = None
    last: str | None = None
    address: str | None = None
    health: Literal["fine", "late", "broken", "unknown"] = "unknown"
    note: str = ""


class Authority(Shape, frozen=True, kw_only=True):
    """A body that issued or drafted documents."""

    name: str
    documents: tuple[str, ...]
    """Their titles."""


class RankingName(Shape, frozen=True, kw_only=True):
    """A list of the front page: ask for it by the name of its period, and its field."""

    tab: str
    period: Period
    field: str | None = None


class RankingNames(Shape, frozen=True, kw_only=True):
    """What rankings can be asked for. Any other period can be, too."""

    items: tuple[RankingName, ...]
    fields: tuple[str, ...]
    lists: tuple[str, ...]
    """Formulas of the packs."""
    as_of: str


class Span(Shape, frozen=True, kw_only=True):
    """Where a term stands in a text: code points, half-open."""

    start: Whole
    end: Whole


class Found(Shape, frozen=True, kw_only=True):
    """One thing a search found."""

    id: str
    kind: str
    """`article`, `story`, `edition`, or a kind of fact."""
    title: str
    published: str | None = None
    url: str | None = None
    source: str | None = None
    articles: tuple[str, ...] = ()
    copy_of: str | None = None
    page: str | None = None
    """Its page in the newsroom's own site, an address without host."""
    marks: tuple[Span, ...] = ()
    """What was asked, in the title."""
    passage: str = ""
    passage_start: Whole = 0
    passage_marks: tuple[Span, ...] = ()


class Hint(Shape, frozen=True, kw_only=True):
    """What was wrong with a query, or done to answer it; the words are for the reader."""

    code: str
    words: str
    about: str = ""


class SearchPage(Shape, frozen=True, kw_only=True):
    """One page of what was found."""

    query: str
    total: Whole
    """Articles that match."""
    found: Whole
    """How many of the kind asked for match."""
    near: bool
    """Nothing holds all that was asked; these hold most of it."""
    items: tuple[Found, ...]
    as_of: str
    also: tuple[Found, ...] = ()
    """Stories, facts and editions beside the articles, on the first page."""
    next: str | None = None
    hints: tuple[Hint, ...] = ()
    tries: tuple[str, ...] = ()
    """Queries that may find something."""


class Change(Shape, frozen=True, kw_only=True):
    """That a record came, was changed or went."""

    kind: str
    """`article`, `story`, `edition`, or a kind of fact."""
    id: str
    on: str
    """The day (ISO) the newsroom's index was brought up to it."""
    gone: bool = False
    """It is no longer there: withdrawn by whoever read it, or merged into another."""
    now: str | None = None
    """Where it was merged: the id of the story it is in now."""


class WatchRow(Shape, frozen=True, kw_only=True):
    """A saved search, without whose it is."""

    id: str
    name: str
    query: str
    created: str
    muted: bool = False
    alerts: Whole = 0
    """How many alerts were made of it."""
    last: str | None = None
    """When the last one was made."""
    feed: str
    """Address of what is told of it, as RSS."""


class NewsRow(Shape, frozen=True, kw_only=True):
    """One thing that was told of a saved search."""

    alert: str
    """The alert that told it: `webhook-id` of what was posted."""
    told: str
    """When."""
    what: Literal["new", "revised", "withdrawn", "returned"]
    kind: str
    """`article`, `story`, `edition`, or a kind of fact."""
    id: str
    title: str
    published: str | None = None
    source: str | None = None
    url: str | None = None
    page: str | None = None
    """Its page in the newsroom's own site, an address without host."""
    why: str = ""
    sentence: str = ""
    article: str | None = None
    """The article `sentence` stands in, code points `start` to `end` of its text or title (`of`)."""
    of: Literal["text", "title"] = "text"
    start: Whole = 0
    end: Whole = 0
    kept: str | None = None
    """Id of the kept page it was read from."""


class Welcome(Shape, frozen=True, kw_only=True):
    """The front door of the API."""

    title: str
    version: str
    as_of: str
    counts: dict[str, int]
    links: dict[str, str]
    facts: tuple[str, ...]
    """The kinds of fact."""


class Problem(Shape, frozen=True, kw_only=True, omit_defaults=True):
    """An error, as RFC 9457 has it (`application/problem+json`)."""

    type: str
    """Path of a page that says what it means."""
    title: str
    """In Chinese, for a reader."""
    status: int
    detail: str
    """In English, for whoever wrote the request: what was wrong, and what to give instead."""
    parameter: str | None = None
    near: str | None = None
    """The known name nearest to what was given."""


class ProblemType(Shape, frozen=True, kw_only=True):
    """What a kind of problem means."""

    type: str
    status: int
    title: str
    meaning: str


class ArticleList(Listing[Article], frozen=True, kw_only=True):
    """Articles, the newest first."""


class StoryList(Listing[Story], frozen=True, kw_only=True):
    """Stories, the newest first."""


class FactList(Listing[Fact], frozen=True, kw_only=True):
    """Facts, the last reported first."""


class EditionList(Listing[Edition], frozen=True, kw_only=True):
    """Editions by name, or the versions of one, the newest first."""


class SourceList(Listing[SourceRow], frozen=True, kw_only=True):
    """Sources, the one with most own articles first."""


class TopicList(Listing[Topic], frozen=True, kw_only=True):
    """Topics, in the order of the packs."""


class AuthorityList(Listing[Authority], frozen=True, kw_only=True):
    """Bodies that issued or drafted documents, the busiest first."""


class ChangeList(Listing[Change], frozen=True, kw_only=True):
    """Records that changed or went, the last first."""

    whole_since: str
    """The day (ISO) from which on every change is told; one who last looked before it fetches the lists anew."""


class WatchList(Listing[WatchRow], frozen=True, kw_only=True):
    """Saved searches, by name."""


class NewsList(Listing[NewsRow], frozen=True, kw_only=True):
    """What was told of a saved search, the last told first."""
