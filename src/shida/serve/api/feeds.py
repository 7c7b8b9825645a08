"""Answers → feeds: any list or search, with whatever it was asked, can be subscribed to by its address."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import msgspec

from shida.alerts.letters import HAPPENED
from shida.client.shapes import NewsRow
from shida.publish.addresses import article_file, story_file
from shida.publish.exports import TITLES, fact_title, kind_of
from shida.publish.feeds import SIZE, FeedItem, atom, json_feed, rss
from shida.records import Article, Fact, FactBase, Story
from shida.serve.api.library import Library
from shida.serve.api.parameters import SearchAsked
from shida.serve.api.watching import NewsAsked

FORMS: Mapping[str, str] = {
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "jsonfeed": "application/feed+json",
}
"""Endings of a path, and the media type of what they give."""

DAYS = 30
"""A feed of a search looks back so far unless `since` says otherwise: the best of all time would never change."""

NAMES = {"news": "关注", "search": "查找", "articles": "文章", "stories": "事件", "facts": "事实"}
SUMMARY = 120


def feed_asked(library: Library, asked: Any) -> Any:
    """What a list is asked for its feed: as many as a feed holds, and of a search what is new."""
    if isinstance(asked, NewsAsked):
        return msgspec.structs.replace(asked, limit=SIZE)
    if not isinstance(asked, SearchAsked):
        return msgspec.structs.replace(asked, limit=SIZE, cursor=None)
    last = asked.as_of or date.fromisoformat(library.today())
    return msgspec.structs.replace(asked, limit=SIZE, cursor=None, since=asked.since or last - timedelta(days=DAYS))


def feed(library: Library, form: str, answer: Any, *, path: str, home: str, about: Sequence[str]) -> bytes:
    """The feed of an answer. `path`: its own address; `home`: the page of the site for people; `about`: what was asked.

    Entries stand newest first; addresses are those of the site.
    """
    base = library.settings.site_url.rstrip("/") + "/"
    title = " · ".join([library.settings.site_title, *about])
    items = sorted((_item(one) for one in answer.items), key=lambda item: (item.published, item.id), reverse=True)
    if form == "jsonfeed":
        return json_feed(title, base, path, home, items)
    write: Callable[..., str] = rss if form == "rss" else atom
    return write(title, base, path, home, items, answer.as_of).encode()


def _item(one: Any) -> FeedItem:
    match one:
        case Article():
            title, words = one.title or one.text[:30] or "（无题）", one.text[:SUMMARY]
            return FeedItem(one.id, article_file(one.id), title, words, one.published or "", one.source or "")
        case Story():
            return FeedItem(one.id, story_file(one.id), one.title, one.lead, one.last or "", "")
        case FactBase():
            return _fact(one)  # type: ignore[arg-type]  # every kind of fact is one of the union
    if isinstance(one, NewsRow):
        return _news(one)
    page = (one.page or "").lstrip("/")
    return FeedItem(one.id, page, one.title or "（无题）", one.passage, one.published or "", one.source or "")


def _fact(fact: Fact) -> FeedItem:
    first = fact.evidence[0]
    page = f"{article_file(first.article or '')}#{fact.id}"
    title = f"{TITLES[kind_of(fact)]}：{fact_title(fact).partition(': ')[2] or fact_title(fact)}"
    return FeedItem(fact.id, page, title[:SUMMARY], first.sentence, fact.reported or "", "")


def _news(one: NewsRow) -> FeedItem:
    """What was told a second time is another entry: its address bears the alert."""
    page = (one.page or "").lstrip("/")
    if one.what != "new":
        page = f"{page.partition('#')[0]}#{one.alert}"
    mark = f"【{HAPPENED[one.what]}】" if HAPPENED[one.what] else ""
    words = "　".join(filter(None, (one.why, one.sentence)))
    return FeedItem(one.id, page, f"{mark}{one.title}", words, one.told, one.source or "")


def words_of(name: str, asked: msgspec.Struct) -> list[str]:
    """What a feed is of, for its title.

    >>> from shida.serve.api.parameters import StoriesAsked
    >>> words_of("stories", StoriesAsked(field="质量"))
    ['事件', '质量']
    """
    given = msgspec.structs.asdict(asked)
    left_out = ("limit", "cursor", "since", "until", "as_of", "updated_since")
    kept = [value for key, value in given.items() if key not in left_out and isinstance(value, str) and value]
    return [NAMES.get(name, name), *kept]
