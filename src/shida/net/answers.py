"""Headers of an answer → the few we act on: media type, charset, validators, how long to wait."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from shida.records import Record

CHINA = timezone(timedelta(hours=8))
MAX_HEADER = 1_000
"""Longest validator kept; servers send some tens of characters."""
MAX_WAIT = 7 * 86_400.0
"""A Retry-After further away than a week is taken for a mistake and cut."""

_CHARSET = re.compile(r"charset\s{0,4}=\s{0,4}[\"']?([A-Za-z0-9._:-]{1,40})", re.IGNORECASE)
_MEDIA_TYPE = re.compile(r"\s{0,8}([A-Za-z0-9!#$&^_.+-]{1,60}/[A-Za-z0-9!#$&^_.+-]{1,80})")


class Fetched(Record, frozen=True, kw_only=True):
    """An answer: the body after decompression, and the headers that matter to us."""

    url: str
    """As asked for."""
    final_url: str
    """Where the redirects led."""
    status: int
    content: bytes = b""
    """Empty unless the status is 200."""
    media_type: str | None = None
    charset: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    fetched: str | None = None
    """The server's clock (its Date header) as ISO time with +08:00; None where it gave none."""
    retry_after: float | None = None
    """Seconds the server asks us to wait."""
    headers: tuple[tuple[str, str], ...] = ()
    """All of them as they came, for the WARC."""

    @property
    def not_modified(self) -> bool:
        """True where the server said that what we have is still current."""
        return self.status == 304


def media_type(content_type: str) -> str | None:
    """The media type of a Content-Type header, in small letters.

    >>> media_type("Text/HTML; charset=GB2312")
    'text/html'
    """
    match = _MEDIA_TYPE.match(content_type)
    return match[1].lower() if match else None


def charset(content_type: str) -> str | None:
    """The charset a Content-Type header declares, as it is written.

    >>> charset("text/html;charset='gb2312'"), charset("text/html")
    ('gb2312', None)
    """
    match = _CHARSET.search(content_type[:MAX_HEADER])
    return match[1] if match else None


def validator(headers: Mapping[str, str], name: str) -> str | None:
    """An ETag or Last-Modified that is safe to send back: visible ASCII, not too long."""
    value = headers.get(name, "")
    return value if 0 < len(value) <= MAX_HEADER and value.isascii() and value.isprintable() else None


def header_time(text: str) -> datetime | None:
    """The time of an HTTP date (RFC 9110), or None.

    >>> header_time("Sun, 22 Nov 2026 12:44:00 GMT")
    datetime.datetime(2026, 11, 22, 12, 44, tzinfo=datetime.timezone.utc)
    """
    try:
        time = parsedate_to_datetime(text[:60])
        return time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def in_china(time: datetime | None) -> str | None:
    """The time as ISO text with +08:00, as all times are kept; None where there is none or it cannot be moved.

    >>> in_china(header_time("Sun, 22 Nov 2026 12:44:00 GMT"))
    '2026-11-22T20:44:00+08:00'
    """
    try:
        return time.astimezone(CHINA).isoformat(timespec="seconds") if time else None
    except (ValueError, OverflowError):
        return None


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds a Retry-After header asks for: a number, or a date measured against the answer's own Date header.

    >>> retry_after({"Retry-After": "120"})
    120.0
    >>> retry_after({"Retry-After": "Sun, 22 Nov 2026 12:01:00 GMT", "Date": "Sun, 22 Nov 2026 12:00:00 GMT"})
    60.0
    """
    text = headers.get("Retry-After", "").strip()
    if text.isascii() and text.isdigit() and len(text) < 12:
        return min(float(text), MAX_WAIT)
    until, now = header_time(text), header_time(headers.get("Date", ""))
    if until is None or now is None:
        return None
    return min(max((until - now).total_seconds(), 0.0), MAX_WAIT)
