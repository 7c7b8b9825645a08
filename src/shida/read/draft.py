"""What any reader of a page hands on: the parts of an article before it is one."""

from __future__ import annotations

import msgspec

from shida.records import Attachment, Item, Notice, PageKind, Site, TopList


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """The parts of an article. Titles and lines carry where they stand in the page's text, where that is known."""

    title: str = ""
    title_start: int | None = None
    lines: tuple[str, ...] = ()
    starts: tuple[int, ...] | None = None
    """Offset of each line in the page's (restored) text; None: to be found by alignment."""
    published: str | None = None
    """As it stands on the page; not yet checked."""
    published_how: str | None = None
    source: str | None = None
    author: str | None = None
    editor: str | None = None
    section: str | None = None
    url: str | None = None
    items: tuple[Item, ...] = ()
    lists: tuple[TopList, ...] = ()
    repeated: int = 0
    site: Site = Site()
    notice: Notice | None = None
    attachments: tuple[Attachment, ...] = ()
    next_pages: tuple[str, ...] = ()
    refused: str | None = None
    """Why the page is no article: `error_page`, `wall`, `advertisement`."""
    kind: PageKind = "article"
    reader: str = ""
    flags: tuple[str, ...] = ()
