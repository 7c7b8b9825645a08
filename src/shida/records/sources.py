"""Where pages come from and how that went: Source, SourceState, Look, Address."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from shida.records.pages import Record

WebAddress = Annotated[str, Meta(pattern=r"^https?://[^\s/?#]+[^\s]*$", max_length=2_000)]


class Source(Record, frozen=True, kw_only=True):
    """A feed, a sitemap or a list page, as a pack or a newsroom's own `sources.toml` describes it."""

    name: Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")]
    """Short and lasting: `samr-news`. The newsroom remembers the source by it."""
    title: Annotated[str, Meta(min_length=1, max_length=100)]
    """What the paper calls it: 市场监管总局."""
    url: WebAddress
    """Of the feed, sitemap or list page."""
    kind: Literal["feed", "sitemap", "list"] = "feed"
    links: tuple[Annotated[str, Meta(min_length=1, max_length=500)], ...] = ()
    """For a list page: shapes of the addresses of articles, `*` for anything (`https://www.samr.gov.cn/xw/*/art_*.html`).
    Without them links are taken that look like articles."""
    minutes: Annotated[int, Meta(ge=1, le=100_000)] = 30
    """Between two visits; never less than 30."""
    gap_seconds: Annotated[float, Meta(ge=0, le=600)] | None = None
    """Pause between two requests to its host; else 2 s. What robots.txt asks for is kept to anyway."""
    rank: Annotated[int, Meta(ge=1, le=5)] | None = None
    """Authority, as `Name.rank` has it: 1 the top of party and state, 2 ministries, 3 provinces and national bureaus,
    4 bureaus of a province and national associations, 5 cities."""
    category: Annotated[str, Meta(max_length=100)] = ""
    """Group in lists and in OPML; `/` parts folders: 省级局/华东."""
    site: WebAddress | None = None
    """Its home page, for people."""
    unverified: bool = False
    """Nobody has seen it work yet: `shida collect --source NAME --dry-run` shows whether it does."""
    off: bool = False
    """Not visited."""
    note: Annotated[str, Meta(max_length=500)] = ""


class SourceState(Record, frozen=True, kw_only=True):
    """How a source fared so far. Times are ISO with +08:00."""

    source: str
    etag: str | None = None
    last_modified: str | None = None
    visited: str | None = None
    next_due: str | None = None
    failures: int = 0
    """Visits in a row that gave no list."""
    trouble: str = ""
    """Why the last one gave none, in a sentence; a 304 does not clear it."""
    empty_lists: int = 0
    """Visits in a row whose list was read and had no items, though it used to."""
    undated: float = 0.0
    """Share of items without a date in the last list."""
    dated_before: bool = False
    """Some list of this source had items with dates: one that never had any is not broken."""
    arrivals: tuple[str, ...] = ()
    """When new pages came, the last of them."""


class Look(Record, frozen=True, kw_only=True):
    """One request for the page at an address that a source names, and what it gave."""

    url: str
    """As the list gives it."""
    source: str
    at: str
    status: Literal["page", "same", "gone", "refused"]
    """`same`: the server said that nothing changed; `gone`: 404 or 410."""
    page: str | None = None
    """Id of the page it gave, or of the feed entry that stands in for it."""
    etag: str | None = None
    last_modified: str | None = None
    reason: str = ""
    """Of a refusal."""


class Address(Record, frozen=True, kw_only=True):
    """What the newsroom knows of one address. Times are ISO with +08:00."""

    url: str
    source: str
    page: str | None = None
    """Id of its newest page; None while there was none."""
    first: str
    checked: str
    next_due: str | None = None
    """When to look again; None: never."""
    etag: str | None = None
    last_modified: str | None = None
    failures: int = 0
    """Looks in a row that were refused."""
    changes: int = 0
    """How often its article changed after it was first taken."""
    gone: str | None = None
    """When it was found withdrawn: 404 or 410 where a page had been."""
    reason: str = ""
    """Of the last refusal."""
