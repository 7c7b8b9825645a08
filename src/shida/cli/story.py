"""Commands of one story: show, and what editors decide about it: merge, split, undo, rulings."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter

from shida.cli.answers import AsOf
from shida.cli.application import (
    Home,
    Json,
    Now,
    application,
    open_newsroom,
    print_json,
    print_json_lines,
    say,
    tell,
    the_day,
    the_time,
)

if TYPE_CHECKING:
    from shida.records import Ruling, Story
    from shida.run.ruling import Listed
    from shida.store import Newsroom

story = App(name="story", help="One story, and what editors decide about it: every later run keeps that.")
application.command(story)

By = Annotated[str | None, Parameter(help="Who decides, in print; else the user of this machine.")]
Why = Annotated[str, Parameter(help="The reason; readers see it beside each article that moves.")]


@story.command
def show(id: str, *, as_of: AsOf = None, home: Home = None, json: Json = False) -> None:
    """Show a story: its title, lead and days, why they were chosen, and why each article is in it.

    Parameters
    ----------
    id
        The story's id, or one it had before a merge.
    """
    from shida.group.deciding import no_story
    from shida.publish.past import stories_known

    newsroom, _, _ = open_newsroom(home)
    with newsroom:
        found = newsroom.story(id)
        if found is None:
            raise no_story(id, (name for one in newsroom.stories() for name in (one.id, *one.aliases)))
    if as_of is not None:
        day = the_day(as_of)
        known = next(stories_known([found], day), None)
        if known is None:
            raise no_story(id, (), as_of=day)
        found = known
    if json:
        print_json(found)
    else:
        _print_story(found, id)


def _print_story(found: Story, asked: str) -> None:
    if asked != found.id:
        say(f"{asked} was merged into {found.id}")
    tell(f"{found.title}  {found.id}")
    if found.aliases:
        tell(f"     also called {', '.join(found.aliases)}")
    if found.title_from is not None:
        tell(f"     {found.title_from.why}")
    if found.lead:
        tell(f"\n{found.lead}")
        if found.lead_from is not None:
            tell(f"     {found.lead_from.why}")
    for moment in found.timeline:
        tell(f"\n{moment.date:10}  {moment.sentence}  [{moment.article}]")
        if moment.why:
            tell(f"     {moment.why}")
    tell("")
    for member in found.members:
        copy = f"  copy of {member.copy_of}" if member.copy_of else ""
        tell(f"{(member.published or '—')[:10]:10}  {member.title}  {member.article}{copy}")
        if member.joined:
            tell(f"     {member.joined}")


@story.command
def merge(
    ids: Annotated[list[str], Parameter(negative="")],
    /,
    *,
    why: Why,
    by: By = None,
    now: Now = None,
    home: Home = None,
    json: Json = False,
) -> None:
    """Decide that stories are one. The oldest keeps its id; the other ids lead to it from then on.

    Parameters
    ----------
    ids
        Two or more stories.
    """
    from shida.group.deciding import merge as decide
    from shida.run.ruling import standing_of

    newsroom, _, _ = open_newsroom(home)
    with newsroom:
        _keep(newsroom, decide(standing_of(newsroom), ids, by=by or getpass.getuser(), at=_at(now), why=why), json=json)


@story.command
def split(
    id: str,
    articles: Annotated[list[str], Parameter(negative="")],
    /,
    *,
    why: Why,
    by: By = None,
    now: Now = None,
    home: Home = None,
    json: Json = False,
) -> None:
    """Decide that articles, with their copies, leave a story and are one by themselves. The two never meet again.

    Parameters
    ----------
    id
        The story, or an id it had before a merge.
    articles
        Ids of the articles that leave; `shida story show ID` lists them.
    """
    from shida.group.deciding import split as decide
    from shida.run.ruling import standing_of

    newsroom, _, _ = open_newsroom(home)
    with newsroom:
        ruling = decide(standing_of(newsroom), id, articles, by=by or getpass.getuser(), at=_at(now), why=why)
        _keep(newsroom, ruling, json=json)


@story.command
def undo(number: int, /, *, why: Why, by: By = None, now: Now = None, home: Home = None, json: Json = False) -> None:
    """Take a ruling back: what it merged is two stories again, under their old ids; what it split is one again.

    Parameters
    ----------
    number
        The ruling's number; `shida story rulings` lists them.
    """
    from shida.group.deciding import undo as decide

    newsroom, _, _ = open_newsroom(home)
    with newsroom:
        ruling = decide(newsroom.rulings.all(), number, by=by or getpass.getuser(), at=_at(now), why=why)
        _keep(newsroom, ruling, json=json)


@story.command
def rulings(*, as_of: AsOf = None, home: Home = None, json: Json = False) -> None:
    """All that editors decided about stories, in order, and what has become of it."""
    from shida.run.ruling import rulings_known

    newsroom, _, _ = open_newsroom(home)
    with newsroom:
        found = rulings_known(newsroom, None if as_of is None else the_day(as_of))
    if json:
        print_json_lines(found)
        return
    for one in found:
        _print_ruling(one)
    if not found:
        tell("no ruling yet; make one with: shida story merge ID ID --why …")


def _print_ruling(listed: Listed) -> None:
    ruling = listed.ruling
    what = {
        "merge": " + ".join(f"《{one.title}》 {one.id}" for one in ruling.stories),
        "split": f"{', '.join(ruling.articles)} from {' '.join(f'《{one.title}》 {one.id}' for one in ruling.stories)}",
        "withdraw": f"ruling {ruling.withdraws}",
    }[ruling.kind]
    state = {
        "waiting": "waits for the next run",
        "kept": "kept",
        "overruled": f"overruled by {listed.by}",
        "withdrawn": f"taken back by {listed.by}",
    }[listed.state]
    tell(f"{ruling.number:>3}  {ruling.at[:16].replace('T', ' ')}  {ruling.by}  {ruling.kind}  {what}  ({state})")
    tell(f"     {ruling.why}")


def _at(now: str | None) -> str:
    return the_time(now).isoformat(timespec="seconds")


def _keep(newsroom: Newsroom, ruling: Ruling, *, json: bool) -> None:
    """Keep a new ruling, and say so, with the earlier ones that do not count any more."""
    from shida.group.deciding import in_words
    from shida.group.rulings import overruled, withdrawn

    before = newsroom.rulings.all()
    kept = newsroom.rulings.add(ruling)
    if json:
        print_json(kept)
        return
    tell(f"kept as {in_words(kept)}")
    if kept.part:
        tell(f"the part will be story {kept.part}")
    gone = withdrawn(before)
    for one in overruled(kept, (one for one in before if one.number not in gone)):
        tell(f"{in_words(one)} says the opposite: the later one, {kept.number}, counts")
    say("next: shida run")
