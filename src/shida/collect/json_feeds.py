"""Bytes of a JSON Feed (jsonfeed.org 1.0 and 1.1) → Feed. What our own sites publish can be taken in elsewhere."""

from __future__ import annotations

from typing import Any

import msgspec

from shida.collect.feed_dates import iso_date
from shida.collect.feed_values import Feed, FeedEntry, absolute, shortened
from shida.collect.markup import to_text

MAX_TEXT = 200_000
MAX_TITLE = 1_000


def parse_json_feed(content: bytes, entries: int, base: str | None = None) -> Feed | None:
    """The feed with its first `entries` entries; None where it is not JSON or not a feed.

    >>> feed = b'{"version":"https://jsonfeed.org/version/1.1","title":"t","items":[{"id":"1","content_html":"<p>x"}]}'
    >>> parse_json_feed(feed, 10).entries
    (FeedEntry(title=None, text='x', published=None, link=None),)
    """
    try:
        raw = msgspec.json.decode(content.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    items = raw.get("items") if isinstance(raw, dict) else None
    if not isinstance(items, list):
        return None
    found = [item for item in items if isinstance(item, dict)]
    return Feed(
        title=_line(raw.get("title")),
        link=absolute(raw.get("home_page_url"), base),
        entries=tuple(_entry(item, base) for item in found[:entries]),
        left_out=max(0, len(found) - entries),
    )


def _entry(item: dict[str, Any], base: str | None) -> FeedEntry:
    date = item.get("date_published") or item.get("date_modified")
    marked_up, plain = item.get("content_html"), item.get("content_text") or item.get("summary")
    text = to_text(marked_up[: 4 * MAX_TEXT]) if isinstance(marked_up, str) else plain
    return FeedEntry(
        title=_line(item.get("title")),
        text=shortened(text, MAX_TEXT),
        published=iso_date(date) if isinstance(date, str) else None,
        link=absolute(item.get("url"), base),
    )


def _line(value: object) -> str | None:
    return " ".join(value[: 4 * MAX_TITLE].split())[:MAX_TITLE] or None if isinstance(value, str) else None
