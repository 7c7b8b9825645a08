"""What a newsroom proposes: the ranking of any period and field, and the lists of the home page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import get_args

from shida.know import merge
from shida.pack import Pack
from shida.rank import known_in, prepare, rank, rank_known, weighing_kinds
from shida.records import Fact, Period, Ranking, Story
from shida.store import Newsroom
from shida.text.periods import parse_period, plan_of, week_of

ALL = ""
"""The tab of all fields."""


def fact_kinds() -> tuple[str, ...]:
    """The kinds of fact there are.

    >>> "document" in fact_kinds() and "figure" in fact_kinds()
    True
    """
    return tuple(str(kind.__struct_config__.tag) for kind in get_args(Fact))


def merged_facts(newsroom: Newsroom, kind: str | None = None) -> tuple[Fact, ...]:
    """The facts of the newsroom (of one kind), each once with all its evidence."""
    return merge(newsroom.facts(kind))


def propose(
    newsroom: Newsroom,
    pack: Pack,
    period: Period,
    *,
    as_of: str,
    field: str | None = None,
    list_name: str | None = None,
    limit: int = 10,
) -> Ranking:
    """The ranking of `period` as known on `as_of` (ISO day); SettingsError for a field or list no pack has."""
    stories = tuple(newsroom.stories())
    # as each article states them: a merged fact may hold what only a later article knew
    facts = [fact for kind in weighing_kinds(pack) for fact in newsroom.facts(kind)]
    return rank(stories, facts, pack, period, as_of=as_of, field=field, list_name=list_name, limit=limit)


def home_periods(as_of: str) -> list[tuple[str, Period]]:
    """The tabs of the home page on a day: what each is called, and its period.

    The plan is the one that is running, or the one that ended where the running one is in its first year.

    >>> [(tab, period.name) for tab, period in home_periods("2026-11-22")]
    [('本周', '2026-W47'), ('本月', '2026-11'), ('2026', '2026'), ('2025', '2025'), ('“十四五”', '十四五')]
    """
    day = date.fromisoformat(as_of)
    plan = plan_of(day)
    if plan.first[:4] == as_of[:4]:
        plan = plan_of(date.fromisoformat(plan.first) - timedelta(days=1))
    return [
        ("本周", week_of(day)),
        ("本月", parse_period(as_of[:7])),
        (as_of[:4], parse_period(as_of[:4])),
        (str(day.year - 1), parse_period(str(day.year - 1))),
        (f"“{plan.name}”", plan),
    ]


def home_rankings(
    stories: Sequence[Story], facts: Sequence[Fact], pack: Pack, *, as_of: str
) -> dict[tuple[str, str], Ranking]:
    """(tab, field) → ranking, for all tabs of the home page and all fields of the packs."""
    fields = [rule.name for rule in pack.fields.fields]
    prepared = prepare(stories, facts, pack)
    rankings = {}
    for tab, period in home_periods(as_of):
        known = known_in(prepared, period, as_of)
        for field in [*fields, ALL]:
            rankings[tab, field] = rank_known(known, field=field or None)
    return rankings
