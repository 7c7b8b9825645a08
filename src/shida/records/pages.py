"""What comes in, and what restoring makes of it: Page, Submission, Change, Gap, Restored."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What all records share: frozen, keyword-only, unknown fields refused."""


class Page(Record, frozen=True, kw_only=True):
    """What was fetched or handed in: the bytes as they came, and how they came."""

    id: str
    """`p-` and 16 hex digits of the content and the address; the same page twice is the same id."""
    content: bytes
    name: str
    """What a person would call it in an error: a path, `news.jsonl.gz:12`, an address."""
    url: str | None = None
    source: str | None = None
    media_type: str | None = None
    """`text/html`, `text/plain` or `application/vnd.shida.article+json`; None: look at the bytes."""
    charset: str | None = None
    """As declared by the transport, not checked."""
    fetched: str | None = None
    """When it was fetched, where a server said so; a file has none."""


ARTICLE_JSON = "application/vnd.shida.article+json"
"""Media type of a Page whose bytes are one `Submission` as JSON."""


class Submission(Record, frozen=True, kw_only=True, forbid_unknown_fields=False):
    """An article that comes as one JSON object (a line of JSONL, an entry of a feed).

    Only `title` or `text` is required; keys that are not listed are ignored and counted.
    """

    id: Annotated[str, Meta(min_length=1, max_length=200)] | None = None
    title: Annotated[str, Meta(max_length=1_000)] | None = None
    text: str | None = None
    published: Annotated[str, Meta(max_length=100)] | None = None
    source: Annotated[str, Meta(max_length=200)] | None = None
    url: Annotated[str, Meta(max_length=4_000)] | None = None
    position: Annotated[int, Meta(ge=1, le=1_000_000)] | None = None
    """Place in a programme or page, 1 the first."""


class Span(Record, frozen=True, kw_only=True):
    """A stretch of a text, code points, half-open."""

    start: int
    end: int


class Change(Record, frozen=True, kw_only=True, gc=False):  # thousands of them, and none holds another object
    """One replacement that repairs a damaged text: replaying all of them gives the restored text."""

    start: int
    end: int
    """In the damaged text."""
    before: str
    after: str
    rule: str
    proved: bool
    """True: damaging `after` again can only give `before`. False: one of several that would; chosen."""
    runner_up: str | None = None
    margin: float | None = None
    """How much better `after` scored than the runner-up, in nats; None where nothing competed."""


class Gap(Record, frozen=True, kw_only=True):
    """Something that was there and cannot be known. The restored text has `▯` or the damage itself there."""

    start: int
    end: int
    """In the restored text."""
    note: str


class Restored(Record, frozen=True, kw_only=True):
    """A text put back, with what was changed and what cannot be known."""

    text: str
    kind: str | None = None
    """A letter of the damage kinds (A, B, B2, D, E, F, G, S, T); None where nothing was done."""
    changes: tuple[Change, ...] = ()
    gaps: tuple[Gap, ...] = ()
    evidence: tuple[str, ...] = ()
    """Why the text was taken for damaged, or for whole, in sentences."""
