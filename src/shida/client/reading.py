"""Client: one method for each resource of the API, answering in records."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import quote

from shida.client.asking import Asking
from shida.client.errors import NotUnderstood
from shida.client.shapes import (
    ArticleList,
    AuthorityList,
    ChangeList,
    EditionList,
    FactList,
    Listing,
    NewsList,
    Proof,
    RankingNames,
    SearchPage,
    SourceList,
    StoryList,
    TopicList,
    WatchList,
    WatchRow,
    Welcome,
)
from shida.records import Article, Edition, Fact, Ranking, Story

T = TypeVar("T")

Day = str | date | None
"""An ISO day; None: today, or not asked."""

MAX_PAGES = 100_000
"""A server that never ends a list is cut off here."""


class Client:
    """A newsroom's API at an address. One connection, kept open; use it from one thread, or one client a thread.

    Every method that lists gives an iterator and asks for further pages as it is drawn. An answer that did not change
    since it was last given is not sent again.

        with Client("http://127.0.0.1:8010") as newsroom:
            for fact in newsroom.facts("document", issuer="市场监管总局", since="2025-01-01"):
                print(fact.title, fact.evidence[0].sentence)
    """

    def __init__(self, address: str, *, timeout: float = 30.0) -> None:
        """`address`: of the site (http or https, no path needed); `timeout`: seconds for one answer.

        Raises SettingsError for an address that is none.
        """
        self._asking = Asking(address, timeout=timeout)

    def close(self) -> None:
        """Close the connection. It opens by itself when something is asked again."""
        self._asking.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()

    # ── lists ───────────────────────────────────────────────────────────────────────────────────────────────────

    def articles(
        self,
        *,
        since: Day = None,
        until: Day = None,
        source: str | None = None,
        story: str | None = None,
        kind: str | None = None,
        as_of: Day = None,
        updated_since: Day = None,
        page: int | None = None,
    ) -> Iterator[Article]:
        """Articles with their texts, the newest first. `page`: how many to ask for at a time."""
        asked = _asked(locals())
        return self._drawn("/articles", ArticleList, asked, lambda found: found.items)

    def stories(
        self,
        *,
        since: Day = None,
        until: Day = None,
        field: str | None = None,
        topic: str | None = None,
        as_of: Day = None,
        updated_since: Day = None,
        page: int | None = None,
    ) -> Iterator[Story]:
        """Stories, the newest first."""
        asked = _asked(locals())
        return self._drawn("/stories", StoryList, asked, lambda found: found.items)

    def facts(
        self,
        kind: str | None = None,
        *,
        issuer: str | None = None,
        predecessors: bool | None = None,
        party: str | None = None,
        in_force: Day = None,
        since: Day = None,
        until: Day = None,
        field: str | None = None,
        q: str | None = None,
        title: str | None = None,
        article: str | None = None,
        as_of: Day = None,
        updated_since: Day = None,
        page: int | None = None,
    ) -> Iterator[Fact]:
        """Facts (of one kind), the last reported first."""
        asked = _asked(locals(), leave=("kind",))
        return self._drawn(_path("facts", *([kind] if kind else [])), FactList, asked, lambda found: found.items)

    def editions(self, *, as_of: Day = None, updated_since: Day = None, page: int | None = None) -> Iterator[Edition]:
        """The newest version of each edition."""
        asked = _asked(locals())
        return self._drawn("/editions", EditionList, asked, lambda found: found.items)

    def changes(
        self, *, updated_since: Day = None, kind: str | None = None, as_of: Day = None, page: int | None = None
    ) -> Iterator[ChangeList]:
        """Which records changed or went on that day or later, page after page; each says since when it is whole."""
        return self._pages("/changes", ChangeList, _asked(locals()))

    def versions(self, edition: str, *, as_of: Day = None) -> tuple[Edition, ...]:
        """All versions of an edition, the newest first."""
        return self._asking.get(_path("editions", edition, "versions"), EditionList, {"as_of": _text(as_of)}).items

    def sources(self, *, as_of: Day = None) -> SourceList:
        """Where the articles come from, and how the sources fare."""
        return self._asking.get("/sources", SourceList, {"as_of": _text(as_of)})

    def topics(self, *, as_of: Day = None) -> TopicList:
        """The topics of the packs, with what there is on each."""
        return self._asking.get("/topics", TopicList, {"as_of": _text(as_of)})

    def authorities(self, *, as_of: Day = None) -> AuthorityList:
        """Who issued or drafted documents."""
        return self._asking.get("/authorities", AuthorityList, {"as_of": _text(as_of)})

    def watches(self) -> WatchList:
        """The saved searches that the site shows."""
        return self._asking.get("/watches", WatchList, {})

    def watch(self, watch: str) -> WatchRow:
        """One saved search."""
        return self._asking.get(_path("watches", watch), WatchRow, {})

    def news(self, watch: str, *, since: Day = None, until: Day = None, limit: int | None = None) -> NewsList:
        """What was told of a saved search on these days, the last told first."""
        asked = {"since": _text(since), "until": _text(until), "limit": _text(limit)}
        return self._asking.get(_path("watches", watch, "news"), NewsList, asked)

    # ── single things ───────────────────────────────────────────────────────────────────────────────────────────

    def welcome(self, *, as_of: Day = None) -> Welcome:
        """What the newsroom holds."""
        return self._asking.get("", Welcome, {"as_of": _text(as_of)})

    def article(self, article: str, *, as_of: Day = None) -> Article:
        """One article; NotFound where there is none."""
        return self._asking.get(_path("articles", article), Article, {"as_of": _text(as_of)})

    def story(self, story: str, *, as_of: Day = None) -> Story:
        """One story, by its id or one it had before a merge; NotFound where there is none."""
        return self._asking.get(_path("stories", story), Story, {"as_of": _text(as_of)})

    def fact(self, kind: str, fact: str, *, as_of: Day = None) -> Fact:
        """One fact with all its evidence; NotFound where there is none."""
        found: Fact = self._asking.get(_path("facts", kind, fact), Fact, {"as_of": _text(as_of)})
        return found

    def evidence(self, kind: str, fact: str, *, as_of: Day = None) -> Proof:
        """The characters a fact comes from."""
        return self._asking.get(_path("facts", kind, fact, "evidence"), Proof, {"as_of": _text(as_of)})

    def rankings(self, *, as_of: Day = None) -> RankingNames:
        """The lists of the front page, and what may be asked of others."""
        return self._asking.get("/rankings", RankingNames, {"as_of": _text(as_of)})

    def ranking(
        self,
        period: str,
        *,
        field: str | None = None,
        list: str | None = None,
        limit: int | None = None,
        as_of: Day = None,
    ) -> Ranking:
        """The stories that mattered in a period (`2025`, `2026-W47`, `2021..2025`, `十四五`), with reasons."""
        asked = _asked(locals(), leave=("period",))
        return self._asking.get(_path("rankings", period), Ranking, asked)

    def edition(self, edition: str, *, version: int | None = None, as_of: Day = None) -> Edition:
        """One version of an edition, the newest where none is named; NotFound where there is none."""
        asked = _asked(locals(), leave=("edition",))
        return self._asking.get(_path("editions", edition), Edition, asked)

    # ── search ──────────────────────────────────────────────────────────────────────────────────────────────────

    def search(
        self,
        q: str,
        *,
        kind: str | None = None,
        year: str | None = None,
        source: str | None = None,
        topic: str | None = None,
        since: Day = None,
        until: Day = None,
        as_of: Day = None,
        limit: int | None = None,
    ) -> Iterator[SearchPage]:
        """What the newsroom holds of a query, page after page: the best first, each hit with a passage."""
        asked = _asked(locals())
        return self._pages("/search", SearchPage, asked)

    # ── drawing pages ───────────────────────────────────────────────────────────────────────────────────────────

    def _drawn(
        self, path: str, kind: type[Listing[T]], asked: dict[str, str | None], items: Callable[[Any], tuple[T, ...]]
    ) -> Iterator[T]:
        for found in self._pages(path, kind, asked):
            yield from items(found)

    def _pages(self, path: str, kind: type[T], asked: dict[str, str | None]) -> Iterator[T]:
        for _ in range(MAX_PAGES):
            found: T = self._asking.get(path, kind, asked)
            yield found
            following = getattr(found, "next", None)
            if following is None:
                return
            asked = {**asked, "cursor": following}
        raise NotUnderstood(f"{path}: a list of more than {MAX_PAGES:,} pages. Ask for less at a time.")


def _path(*parts: str) -> str:
    """A path with its parts written so that none can become two.

    >>> _path("articles", "a/1")
    '/articles/a%2F1'
    """
    return "".join(f"/{quote(part, safe='')}" for part in parts)


def _asked(given: dict[str, Any], leave: tuple[str, ...] = ()) -> dict[str, str | None]:
    """The arguments of a method as parameters."""
    names = {"page": "limit"}
    return {names.get(name, name): _text(value) for name, value in given.items() if name not in ("self", *leave)}


def _text(value: str | date | int | None) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)
