"""Commands that answer: top, stories."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter
from cyclopts.validators import Number

from shida.cli.application import (
    Home,
    Json,
    application,
    open_newsroom,
    print_json,
    print_json_lines,
    say,
    tell,
    the_day,
)

if TYPE_CHECKING:
    from shida.records import Entry, Ranking

Field = Annotated[str | None, Parameter(help="A field of the packs (质量, 国内, 国际, …); else all.")]
AsOf = Annotated[str | None, Parameter(help="Answer as known on that day (YYYY-MM-DD), that day included.")]
Count = Annotated[int, Parameter(name=["-n", "--count"], help="How many, at least one.", validator=Number(gte=1))]

Some = Annotated[
    int | None,
    Parameter(name=["-n", "--count"], help="How many; else all as JSON, some as text.", validator=Number(gte=1)),
]

SHOWN_STORIES = 20


@application.command
def top(
    period: str,
    *,
    field: Field = None,
    list: Annotated[str | None, Parameter(help="A list of the packs, with its own formula.")] = None,
    n: Count = 10,
    as_of: AsOf = None,
    why: Annotated[
        bool, Parameter(negative="", help="Print each entry's reasons and what the next one lacked.")
    ] = False,
    home: Home = None,
    json: Json = False,
) -> int:
    """The stories that mattered in a period, with reasons; exit code 1 where none did.

    Parameters
    ----------
    period
        2024, 2024-07, 2024-W30, 2021..2025, 2024-01-01..2024-03-31 or 十四五.
    """
    from shida.publish.proposals import propose
    from shida.text.periods import parse_period

    span = parse_period(period)
    newsroom, _, pack = open_newsroom(home)
    with newsroom:
        ranking = propose(newsroom, pack, span, as_of=the_day(as_of), field=field, list_name=list, limit=n)
    if json:
        print_json(
            {
                "period": ranking.period.name,
                "field": ranking.field,
                "list": ranking.list,
                "as_of": ranking.as_of,
                "considered": ranking.considered,
                "formula": ranking.formula,
                "entries": ranking.entries,
                "next": ranking.next,
            }
        )
    else:
        _print_ranking(ranking, why=why)
    return 0 if ranking.entries else 1


def _print_ranking(ranking: Ranking, *, why: bool) -> None:
    field = f" {ranking.field}" if ranking.field else ""
    tell(f"{ranking.period.name}{field}: {ranking.considered:,} stories considered, as of {ranking.as_of}")
    for entry in ranking.entries:
        _print_entry(entry, why=why)
    if not ranking.entries:
        say("no story stands in this period; add articles of it, or ask for another one")
    if why:
        if ranking.next is not None:
            tell("\nfirst outside:")
            _print_entry(ranking.next, why=True)
        tell(f"\nformula: {ranking.formula}")


def _print_entry(entry: Entry, *, why: bool) -> None:
    tell(f"{entry.rank:>3}  {entry.title}  ({len(entry.articles)} 篇, {entry.score:.2f})  {entry.story}")
    if why:
        for reason in sorted(entry.reasons, key=lambda reason: -abs(reason.value * reason.weight)):
            tell(f"       {reason.value * reason.weight:+6.2f}  {reason.signal}: {reason.sentence}")


@application.command
def stories(
    *,
    n: Some = None,
    home: Home = None,
    json: Json = False,
) -> None:
    """The stories of the newsroom, the newest first."""
    newsroom, _, _ = open_newsroom(home)
    with newsroom:
        found = sorted(newsroom.stories(), key=lambda story: (story.last or "", story.id), reverse=True)
    if json:
        print_json_lines(found[:n])
        return
    n = n or SHOWN_STORIES
    for story in found[:n]:
        copies = sum(member.copy_of is not None for member in story.members)
        also = f" + {copies} copies" if copies else ""
        tell(f"{story.last or '—':10.10}  {story.title}  ({len(story.members) - copies} articles{also})  {story.id}")
