"""How the newsroom's sources fare → rows of the sources page: address, state and a note in Chinese."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

from msgspec.structs import replace

from shida.collect.own_sources import all_sources
from shida.collect.sources import Health
from shida.pack import Pack
from shida.publish.content import SourceSummary
from shida.records import Source
from shida.store import Newsroom

PageState = Literal["fine", "late", "broken", "unknown"]
WORST_FIRST = ("failing", "redesigned", "quiet", "well", "new")
STATES: Mapping[str, PageState] = {
    "failing": "broken",
    "redesigned": "broken",
    "quiet": "late",
    "well": "fine",
    "new": "unknown",
}
LOST = {
    "items": "列表还在，但认不出其中的文章，网站可能已经改版",
    "dates": "列表中的条目不再带日期，网站可能已经改版",
    "bodies": "新页面中读不出正文，网站可能已经改版",
}


def with_health(rows: Sequence[SourceSummary], newsroom: Newsroom, pack: Pack, *, as_of: str) -> list[SourceSummary]:
    """The rows with the address and the health of the source of that name; a row more for a source that was visited
    and brought nothing. On a day before the last visit nothing is said: how the sources fared then is not kept.
    """
    states = newsroom.visits.states().values()
    if not states or max(state.visited or "" for state in states)[:10] > as_of:
        return list(rows)
    sources = all_sources(newsroom.home, pack.sources.sources)
    health = {one.source: one for one in newsroom.visits.healths(sources, end_of(as_of))}
    called = {word: name.name for name in pack.names.names for word in (name.name, *name.aliases)}
    by_title: dict[str, list[Source]] = {}
    for source in sources:
        if source.name in health:
            by_title.setdefault(called.get(source.title, source.title), []).append(source)
    found = []
    for row in rows:
        of_row = by_title.pop(called.get(row.name, row.name), [])
        found.append(_told(row, of_row, health))
    found += [_told(SourceSummary(name=of[0].title), of, health) for _, of in sorted(by_title.items())]
    return found


def end_of(day: str) -> datetime:
    """The last second of a day in China.

    >>> end_of("2026-11-22").isoformat()
    '2026-11-22T23:59:59+08:00'
    """
    return datetime.fromisoformat(f"{day}T23:59:59+08:00")


def _told(row: SourceSummary, sources: Sequence[Source], health: Mapping[str, Health]) -> SourceSummary:
    if not sources:
        return row
    worst = min((health[source.name] for source in sources), key=lambda one: WORST_FIRST.index(one.state))
    address = next((source.site for source in sources if source.site), sources[0].url)
    return replace(row, address=address, health=STATES[worst.state], note=note(worst))


def note(health: Health) -> str:
    """Why a source is late or broken, in a sentence; nothing where all is well.

    >>> note(Health(source="a", state="quiet", sentence="", silent_days=10, usual_hours=24))
    '已有10天没有新稿，平时24小时内就有'
    """
    match health.state:
        case "failing":
            return f"连续{health.visits}次取不到它的列表"
        case "redesigned":
            return LOST[health.lost or "items"]
        case "quiet":
            hours = health.usual_hours
            usual = f"{hours}小时" if hours < 48 else f"{round(hours / 24)}天"
            return f"已有{health.silent_days}天没有新稿，平时{usual}内就有"
        case "new":
            return "还没有来过稿件"
    return ""
