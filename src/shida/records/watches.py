"""Saved searches and what is told of them: Watch, News in an Alert, Hook, Letterbox, Delivery, Attempt."""

from __future__ import annotations

from typing import Literal

from shida.records.pages import Record

Happened = Literal["new", "revised", "withdrawn", "returned"]
"""What happened to something that matches: it came, its source changed it, its source took it back, or put it back."""


class Watch(Record, frozen=True, kw_only=True):
    """A saved search."""

    id: str
    """`w-` and 12 hex digits of its owner and name; durable, and part of its feed's address."""
    name: str
    query: str
    """As in the search box."""
    owner: str = ""
    """Whose it is: a label that hooks and letters go by, no account."""
    created: str
    """ISO time with +08:00, like all times here."""
    since: str | None = None
    """What was there when it was saved is told only from this day on; None: none of it."""
    muted: bool = False
    """Looked at all the same, and sent to nobody."""


class News(Record, frozen=True, kw_only=True):
    """One thing told: what happened to it, where it stands, and the characters it rests on."""

    what: Happened
    kind: str
    """`article`, `story`, `edition`, or a kind of fact."""
    id: str
    title: str
    published: str | None = None
    source: str | None = None
    page: str
    """Its page in the site, a path without host."""
    url: str | None = None
    """Where it was published."""
    why: str = ""
    """For what was withdrawn: since when, or what became of it."""
    sentence: str = ""
    """The sentence that holds what was asked, or states the fact."""
    article: str | None = None
    """The article `sentence` stands in: `text[start:end] == sentence` (or its title, see `of`)."""
    of: Literal["text", "title"] = "text"
    start: int = 0
    end: int = 0
    kept: str | None = None
    """Id of the kept page, byte for byte, that the article was read from."""


class Alert(Record, frozen=True, kw_only=True):
    """What one look found for one saved search; never changed once made."""

    id: str
    """`n-` and 16 hex digits of what it says; the same whenever and however often it is sent."""
    watch: str
    name: str
    query: str
    owner: str
    made: str
    news: tuple[News, ...]


class Hook(Record, frozen=True, kw_only=True):
    """An address that alerts are posted to."""

    id: str
    """`h-` and 12 hex digits of owner and address."""
    url: str
    owner: str = ""
    watches: tuple[str, ...] = ()
    """Only these of the owner's saved searches; empty: all of them."""
    created: str
    off: str = ""
    """Why nothing is posted to it any more; empty: it is on."""


class Letterbox(Record, frozen=True, kw_only=True):
    """An e-mail address that an owner's alerts go to, gathered."""

    id: str
    """`e-` and 12 hex digits of owner and address."""
    address: str
    owner: str = ""
    every: Literal["day", "week"] = "day"
    hour: int = 8
    """Not before this hour in China; a weekly letter not before that hour on Monday."""
    always: bool = False
    """A letter is sent also where there is nothing new."""
    created: str
    slot: str = ""
    """The day or week of the last letter: `2026-11-22`, `2026-W47`."""
    upto: int = 0
    """Number of the last alert that was put into a letter."""


class Delivery(Record, frozen=True, kw_only=True):
    """Something to be sent: one alert to a hook, or a letter of several to a letterbox."""

    id: str
    target: str
    """Id of the Hook or Letterbox."""
    alerts: tuple[str, ...]
    made: str
    state: Literal["waiting", "done", "dead"] = "waiting"
    due: str
    """Not before this time."""
    tries: int = 0
    said: str = ""
    """What came of the last attempt."""
    part: int = 1
    parts: int = 1
    """A letter that would be too long goes in parts."""


class Attempt(Record, frozen=True, kw_only=True):
    """One attempt to send a delivery."""

    delivery: str
    number: int
    at: str
    status: int | None = None
    """Of HTTP or SMTP; None where no answer came."""
    milliseconds: int
    said: str = ""
