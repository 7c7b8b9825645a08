"""The page of saved searches: how each fares, and how to save another. It changes nothing: there is no sign-in yet."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from litestar import Request, Response, get
from litestar.datastructures import State
from litestar.handlers import HTTPRouteHandler

from shida.alerts import healths
from shida.alerts.health import TargetHealth
from shida.alerts.matching import checked_query
from shida.alerts.targets import feeds_of
from shida.errors import SettingsError
from shida.publish.shell import SEARCH, Shell
from shida.publish.wording import day_words, number_words
from shida.records import Hook, Watch
from shida.settings import Settings
from shida.store import Newsroom
from shida.store.search.parsing import MAX_CHARACTERS

PAGE = "watches.html"
FORMS = ("rss", "atom", "jsonfeed")


class WatchPages:
    """Answers with the page of saved searches of a newsroom, in either script."""

    def __init__(self, home: Path, site: Path, *, settings: Settings) -> None:
        self._newsroom = Newsroom.open(home)
        self._settings = settings
        self._shell = Shell(settings, topics=(site / "topics.html").is_file())

    def close(self) -> None:
        """Close the newsroom."""
        self._newsroom.close()

    def page(self, q: str, *, hant: bool) -> bytes:
        """The page; with `q`, also how to save that search."""
        rendered = self._shell.page(PAGE, PAGE, **self._context(q))
        return self._shell.traditional([rendered])[0] if hant else self._shell.plain(rendered)

    def _context(self, q: str) -> dict[str, Any]:
        found: dict[str, Any] = {"q": q, "shown": self._settings.show_watches, "rows": []}
        if q:
            try:
                query = checked_query(q)
            except SettingsError as error:
                return {**found, "problem": str(error).partition(" Correct the query")[0], "rows": self._rows()}
            asked = urlencode({"q": query}, errors="replace")
            found["feeds"] = {form: f"/api/v1/search.{form}?{asked}" for form in FORMS}
            # behind `--`, since a query may begin with -词
            found["command"] = f"shida watch add -- {shlex.quote(query[:20])} {shlex.quote(query)}"
        return {**found, "rows": self._rows()}

    def _rows(self) -> list[dict[str, Any]]:
        if not self._settings.show_watches:
            return []
        last = self._newsroom.watches.last_made()
        hooks = {one.id: one for one in self._newsroom.deliveries.hooks()}
        fares = healths(self._newsroom)
        rows = []
        for one in sorted(self._newsroom.watches.all(), key=lambda one: (one.name, one.id)):
            when, count = last.get(one.id, ("", 0))
            rows.append(
                {
                    "name": one.name,
                    "query": one.query,
                    "muted": one.muted,
                    "search": f"{SEARCH}?{urlencode({'q': one.query}, errors='replace')}",
                    "count": number_words(count) if count else "",
                    "last": day_words(when[:10]) if when else "",
                    "health": health_words([fare for fare in fares if _serves(fare, hooks, one)]),
                    "feeds": feeds_of(one, "/"),
                }
            )
        return rows


def _serves(fare: TargetHealth, hooks: dict[str, Hook], one: Watch) -> bool:
    hook = hooks.get(fare.id)
    return fare.owner == one.owner and (hook is None or not hook.watches or one.id in hook.watches)


def health_words(fares: list[TargetHealth]) -> str:
    """How the hooks and letterboxes of a saved search fare together; not where they lead.

    >>> health_words([])
    '只有订阅'
    """
    if not fares:
        return "只有订阅"
    if any(one.state == "off" for one in fares):
        return "有一处已停"
    if any(one.state == "failing" for one in fares):
        return "有一处送不到，还在重试" if any(one.waiting for one in fares) else "有一处没有送到"
    last = max((one.last or "" for one in fares), default="")
    return f"正常，最近 {day_words(last[:10])}" if last else "正常，还没有送过"


def watch_handlers(pages: WatchPages) -> list[HTTPRouteHandler]:
    """The routes of the page of saved searches."""

    def html(request: Request[Any, Any, State], *, hant: bool) -> Response[bytes]:
        q = str(request.query_params.get("q") or "")[: MAX_CHARACTERS + 1]
        return Response(pages.page(q, hant=hant), media_type="text/html", headers={"cache-control": "no-cache"})

    @get(f"/{PAGE}", sync_to_thread=True, include_in_schema=False)
    def watches_page(request: Request[Any, Any, State]) -> Response[bytes]:
        return html(request, hant=False)

    @get(f"/hant/{PAGE}", sync_to_thread=True, include_in_schema=False)
    def traditional_watches_page(request: Request[Any, Any, State]) -> Response[bytes]:
        return html(request, hant=True)

    return [watches_page, traditional_watches_page]
