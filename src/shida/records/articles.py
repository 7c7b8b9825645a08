"""What reading makes of a page: Article with its items, lists, site and repairs."""

from __future__ import annotations

from typing import Literal

from shida.records.pages import Record


class Item(Record, frozen=True, kw_only=True):
    """One dated line of a list page."""

    title: str
    published: str | None = None
    url: str | None = None
    truncated: bool = False
    """The list cut the headline off, and the whole of it is not known."""
    printed: str | None = None
    """The headline as the list cut it off, where `title` is the whole of it since its article is known."""
    titled_by: str | None = None
    """Id of that article."""


class TopList(Record, frozen=True, kw_only=True):
    """A top-ten list as a page prints it."""

    name: str
    period: tuple[str, str] | None = None
    """First and last day."""
    ranked: bool = False
    entries: tuple[str, ...] = ()


class Site(Record, frozen=True, kw_only=True):
    """Who runs the site a page stands on: by its filing numbers, and by what its pages have in common."""

    icp: str | None = None
    public_security_filing: str | None = None
    footer: str | None = None
    """16 hex digits of what stands at the foot, digits aside: the same on all pages of a site and on its mirrors."""
    template: str | None = None
    """16 hex digits of the navigation above the title; None where there is hardly any."""


class Attachment(Record, frozen=True, kw_only=True):
    """A file a page offers: the list behind a notice, the form to fill in."""

    name: str
    url: str
    kind: str
    """The ending of its address: `docx`, `pdf`, …"""


class Notice(Record, frozen=True, kw_only=True):
    """The head of a government notice."""

    issuer: str | None = None
    number: str | None = None
    index_number: str | None = None


class Part(Record, frozen=True, kw_only=True):
    """The stretch of a joined article's text that one of its pages gave."""

    page: str
    """Id of the Page."""
    url: str | None = None
    start: int
    end: int
    """In `Article.text`: the page's own text, whole."""


class Repair(Record, frozen=True, kw_only=True):
    """A `Change` or a `Gap` as it shows in an article: what stands there now and what stood there."""

    of: Literal["title", "text"]
    start: int
    end: int
    before: str
    rule: str
    how: Literal["proved", "chosen", "gap"]
    runner_up: str | None = None


PageKind = Literal["article", "list", "index", "top_ten", "notice"]


class Article(Record, frozen=True, kw_only=True):
    """One text with title, date and source, as read from a page."""

    id: str
    """The given id where the input had one, else `a-` and 16 hex digits of the address or the content."""
    page: str
    """Id of the Page it was read from."""
    kind: PageKind = "article"
    title: str = ""
    text: str = ""
    """The body: paragraphs joined by newlines. A list page's dated lines stay in it; a filing number does not."""
    published: str | None = None
    published_how: str | None = None
    """Where the date was found: `given`, `meta`, `json-ld`, `line` (the line under the title), `url`, `text`, …"""
    source: str | None = None
    author: str | None = None
    editor: str | None = None
    section: str | None = None
    language: str | None = None
    """`zh-Hans`, `zh-Hant`, `ja`, …"""
    url: str | None = None
    position: int | None = None
    items: tuple[Item, ...] = ()
    lists: tuple[TopList, ...] = ()
    repeated: int = 0
    """Blocks printed more than once and counted once."""
    site: Site = Site()
    notice: Notice | None = None
    attachments: tuple[Attachment, ...] = ()
    next_pages: tuple[str, ...] = ()
    """Addresses of its other pages, in order, as far as they are not joined to it; of a list, where it goes on."""
    parts: tuple[Part, ...] = ()
    """Where it was joined from several pages: which stretch of `text` is whose, the first page's first."""
    reader: str = ""
    """Which reader read it, and its version."""
    damage: str | None = None
    """`Restored.kind` of its page."""
    repairs: tuple[Repair, ...] = ()
    flags: tuple[str, ...] = ()
    """What a person should know: `deep_nesting`, `future_date_refused`, …"""
