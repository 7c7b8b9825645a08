"""A look at an address → what is known of it now, and when to look again. Pure: the time comes with the look.

A page is looked at again a day after it first came, then each time twice as late: most corrections come soon.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from shida.records import Address, Look

FIRST_LOOK_AGAIN = timedelta(days=1)
LONGEST_PAUSE = timedelta(days=60)
LOOKED_AT_FOR = timedelta(days=366)
"""A page that was there for a year is left alone."""
FIRST_RETRY = timedelta(hours=1)
LONGEST_RETRY = timedelta(days=7)
RETRIES = 6
"""Refusals in a row after which an address is left alone."""
GONE_LOOKS = 3
"""How often a withdrawn page is looked for again."""

_ROOTS = frozenset(("", "/", "/index.html", "/index.htm", "/index.shtml", "/index.php", "/index.jsp", "/default.html"))
_NOT_FOUND = frozenset(("404", "error", "404error", "error404", "notfound", "not_found", "nopage"))


def after_look(before: Address | None, look: Look) -> Address:
    """What is known of an address after this look at it.

    >>> first = after_look(None, Look(url="u", source="a", at="2026-11-01T08:00:00+08:00", status="page", page="p-1"))
    >>> first.next_due
    '2026-11-02T08:00:00+08:00'
    >>> gone = after_look(first, Look(url="u", source="a", at="2026-11-02T08:00:00+08:00", status="gone"))
    >>> gone.page, gone.gone
    ('p-1', '2026-11-02T08:00:00+08:00')
    """
    now = datetime.fromisoformat(look.at)
    known = before or Address(url=look.url, source=look.source, first=look.at, checked=look.at)
    page, gone, failures = known.page, known.gone, 0
    if look.status == "page":
        page, gone = look.page, None
    elif look.status == "same":
        gone = None
    elif look.status == "gone" and page is not None:
        gone = gone or look.at
        failures = known.failures + 1
    else:
        failures = known.failures + 1
    return Address(
        url=known.url,
        source=known.source,
        page=page,
        first=known.first,
        checked=look.at,
        next_due=_next_look(known.first, now, look, failures, seen=page is not None, gone=gone is not None),
        etag=look.etag if look.status in ("page", "same") else known.etag,
        last_modified=look.last_modified if look.status in ("page", "same") else known.last_modified,
        failures=failures,
        changes=known.changes + (look.status == "page" and known.page not in (None, look.page)),
        gone=gone,
        reason=look.reason,
    )


def _next_look(first: str, now: datetime, look: Look, failures: int, *, seen: bool, gone: bool) -> str | None:
    """When to look again; None for never."""
    age = now - datetime.fromisoformat(first)
    if look.status == "page" and look.reason:
        # A feed's entry stands in for its page: one that cannot be had at all, or that the server had no luck with.
        return _after(now, FIRST_LOOK_AGAIN) if look.reason.startswith("http_5") else None
    if failures and not gone:
        if failures >= RETRIES:
            return None
        return _after(now, min(FIRST_RETRY * 4 ** (failures - 1), LONGEST_RETRY))
    if (gone and failures > GONE_LOOKS) or age > LOOKED_AT_FOR or not seen:
        return None
    return _after(now, min(max(age, FIRST_LOOK_AGAIN), LONGEST_PAUSE))


def _after(now: datetime, pause: timedelta) -> str:
    return (now + pause).isoformat(timespec="seconds")


def leads_nowhere(asked: str, final: str) -> bool:
    """Whether a redirect says that the page is gone without saying so: to the front page, or to a page of errors.

    >>> leads_nowhere("https://example.cn/a/1.html", "https://example.cn/")
    True
    >>> leads_nowhere("http://example.cn/a/1.html", "https://example.cn/a/1.html")
    False
    """
    to, of = urlsplit(final), urlsplit(asked)
    if to.path == of.path:
        return False
    last = to.path.rpartition("/")[2].partition(".")[0].lower()
    return (to.path in _ROOTS and not to.query) or last in _NOT_FOUND
