"""Saved searches and what was told of them; not whose they are and where alerts go, since there is no sign-in yet."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from shida.client.shapes import NewsList, NewsRow, WatchList, WatchRow
from shida.records import Alert, News, Watch
from shida.serve.api.library import Library
from shida.serve.api.parameters import Nothing, Since, Until
from shida.serve.api.problems import Refused


class NewsAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was told; days are those on which it was told."""

    since: Since | None = None
    until: Until | None = None
    limit: Annotated[int, Meta(ge=1, le=200, description="How many, the last told first.")] = 20


def watches(library: Library, asked: Nothing) -> WatchList:
    """The saved searches, by name."""
    shown = sorted(_shown(library), key=lambda one: (one.name, one.id))
    rows = tuple(_row(library, one) for one in shown)
    return WatchList(items=rows, total=len(rows), as_of=library.today())


def watch(library: Library, asked: Nothing, watch_id: str) -> WatchRow:
    """One saved search."""
    return _row(library, _known(library, watch_id))


def news(library: Library, asked: NewsAsked, watch_id: str) -> NewsList:
    """What was told of a saved search, the last told first."""
    one = _known(library, watch_id)
    first = asked.since.isoformat() if asked.since else ""
    last = asked.until.isoformat() if asked.until else "9999"
    alerts = [alert for _, alert in library.newsroom.watches.alerts(of=one.id) if first <= alert.made[:10] <= last]
    rows = [_told(alert, each) for alert in reversed(alerts) for each in alert.news]
    return NewsList(items=tuple(rows[: asked.limit]), total=len(rows), as_of=library.today())


def _shown(library: Library) -> list[Watch]:
    return library.newsroom.watches.all() if library.settings.show_watches else []


def _known(library: Library, watch_id: str) -> Watch:
    found = next((one for one in _shown(library) if one.id == watch_id), None)
    if found is None:
        raise Refused("not-found", f"there is no saved search {watch_id[:200]!r}, or they are not shown here")
    return found


def _row(library: Library, one: Watch) -> WatchRow:
    when, count = library.newsroom.watches.last_made().get(one.id, (None, 0))
    return WatchRow(
        id=one.id,
        name=one.name,
        query=one.query,
        created=one.created,
        muted=one.muted,
        alerts=count,
        last=when,
        feed=f"/api/v1/watches/{one.id}/news.rss",
    )


def _told(alert: Alert, one: News) -> NewsRow:
    own = {name: value for name, value in msgspec.structs.asdict(one).items() if name != "page"}
    return NewsRow(alert=alert.id, told=alert.made, page=f"/{one.page}" if one.page else None, **own)
