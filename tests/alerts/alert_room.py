"""A newsroom whose articles come, are revised and go, and a clock that is set; every sentence is made up."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from msgspec.structs import replace

sys.path.insert(0, str(Path(__file__).parents[1] / "store"))  # the small newsroom stands with the store's tests

from search_newsroom import put

from shida.alerts import first_look, make_watch, state_of
from shida.alerts.rounds import Looked, look_at_all
from shida.pack import Pack
from shida.records import Address, Article, Member, News, Story, Watch
from shida.store import Newsroom
from shida.store.search import open_index

NOW = datetime.fromisoformat("2026-11-22T09:00:00+08:00")


class Clock:
    """A time that moves only when it is moved."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def later(self, **span: float) -> None:
        self.now += timedelta(**span)


def article(name: str, text: str, *, title: str = "", day: str = "2026-11-21", page: str = "", **more: str) -> Article:
    return Article(
        id=name,
        page=page or f"p-{name}",
        title=title or f"消息{name}",
        text=text,
        published=day,
        source=more.get("source", "江城质量报"),
        url=more.get("url", f"https://example.org/{name}"),
        reader=more.get("reader", "one 1"),
    )


def arrive(newsroom: Newsroom, *articles: Article, copies: dict[str, str] | None = None) -> None:
    """Articles as a run leaves them: kept, and each in a story of its own, copies in that of their original."""
    put(newsroom, articles)
    group(newsroom, articles, copies or {})


def group(newsroom: Newsroom, articles: Sequence[Article], copies: dict[str, str]) -> None:
    stories = {}
    for one in articles:
        if one.id not in copies:
            members = [Member(article=one.id, title=one.title, published=one.published)]
            members += [
                Member(article=name, title="", copy_of=one.id, copy_how="near")
                for name, of in copies.items()
                if of == one.id
            ]
            stories[one.id] = Story(
                id=f"s-{one.id}",
                title=one.title,
                lead=one.text[:20],
                first=one.published,
                last=one.published,
                members=tuple(members),
            )
    newsroom.save_run(newsroom.begin_rework("2026-11-22"), list(stories.values()))


def save(newsroom: Newsroom, pack: Pack, query: str, *, name: str = "关注", owner: str = "", since: str = "") -> Watch:
    """A saved search, with what counts as told of it."""
    made = make_watch(name, query, owner=owner, now=NOW.isoformat(), since=since or None)
    told = first_look(state_of(newsroom, open_index(newsroom, pack)), made)
    newsroom.watches.save(made, told)
    return made


def looked(newsroom: Newsroom, pack: Pack, when: datetime = NOW) -> tuple[Looked, ...]:
    return look_at_all(newsroom, pack, when.isoformat())


def told(newsroom: Newsroom, watch: Watch) -> list[tuple[str, str]]:
    """(what, id) of all that was told of a search, in order."""
    return [(one.what, one.id) for one in news(newsroom, watch)]


def news(newsroom: Newsroom, watch: Watch) -> list[News]:
    return [one for _, alert in newsroom.watches.alerts(of=watch.id) for one in alert.news]


def gone(newsroom: Newsroom, page: str, when: str | None) -> None:
    """The page was found withdrawn, or there again."""
    day = "2026-11-20T00:00:00+08:00"
    address = Address(url=f"https://example.org/{page}", source="x", page=page, first=day, checked=day)
    newsroom.visits.save([replace(address, gone=when)], [])


__all__ = ["NOW", "Clock", "arrive", "article", "gone", "group", "looked", "news", "put", "save", "told"]
