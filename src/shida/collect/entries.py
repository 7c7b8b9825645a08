"""Entry of a feed → Page of one article, or Dropped."""

from __future__ import annotations

import msgspec

from shida.collect.feed_values import Feed, FeedEntry
from shida.collect.pages import dropped, page
from shida.records import ARTICLE_JSON, Dropped, Page


def entry_page(entry: FeedEntry, feed: Feed, name: str, number: int) -> Page | Dropped:
    """The entry as it stands in the feed, the feed's title as its source."""
    place = entry.link or f"{name}:{number}"
    if not entry.title and not entry.text:
        return dropped(place, "no_text", f"{place}: an entry of {name} without title and text. Nothing can be done.")
    given = {
        "title": entry.title,
        "text": entry.text,
        "published": entry.published,
        "source": feed.title,
        "url": entry.link,
    }
    content = msgspec.json.encode({key: value for key, value in given.items() if value})
    return page(content, name=f"{name}:{number}", url=entry.link, source=feed.title, media_type=ARTICLE_JSON)
