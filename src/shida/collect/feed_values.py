"""What a feed says, whatever it is written in: Feed and FeedEntry."""

from __future__ import annotations

from urllib.parse import urljoin

from shida.records import Record

MAX_LINK = 4_096


class FeedEntry(Record, frozen=True, kw_only=True):
    """One entry: texts plain, date ISO, link absolute."""

    title: str | None = None
    text: str | None = None
    published: str | None = None
    link: str | None = None


class Feed(Record, frozen=True, kw_only=True):
    """What a feed says."""

    title: str | None = None
    link: str | None = None
    entries: tuple[FeedEntry, ...] = ()
    left_out: int = 0
    """Entries past the limit."""


def absolute(link: object, base: str | None) -> str | None:
    """The link as an absolute address; None where it is not one of http or https.

    >>> absolute("/a", "https://example.cn/feed"), absolute("javascript:alert(1)", None)
    ('https://example.cn/a', None)
    """
    if not isinstance(link, str) or not link.strip() or len(link) > MAX_LINK:
        return None
    try:
        whole = urljoin(base or "", link.strip())
    except ValueError:
        return None
    return whole if whole.startswith(("http://", "https://")) and len(whole) <= MAX_LINK else None


def shortened(text: object, limit: int) -> str | None:
    """The first `limit` characters of a text; None where there is none."""
    return text[:limit].strip() or None if isinstance(text, str) else None
