"""Commands of sources: collect, and sources list, add, opml."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter
from cyclopts.validators import Number

from shida.cli.application import (
    Home,
    Json,
    Now,
    application,
    home_folder,
    open_newsroom,
    print_json,
    print_json_lines,
    say,
    tell,
    the_time,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from shida.collect.trials import Trial
    from shida.pack import Pack
    from shida.records import Page, Source
    from shida.settings import Settings

sources = App(name="sources", help="Where pages come from: those of the packs, and your own.")
application.command(sources)


@application.command
def collect(
    *,
    source: Annotated[
        list[str] | None,
        Parameter(name="--source", negative="", help="Only this source, due or not; give it again for another."),
    ] = None,
    dry_run: Annotated[
        bool,
        Parameter(negative="", help="Keep nothing; show what each source gives and what to mend. No newsroom needed."),
    ] = False,
    warc: Annotated[Path | None, Parameter(help="A folder: every answer is also written to a WARC file there.")] = None,
    limit: Annotated[
        int | None, Parameter(help="New pages a source may give in one visit; else 50.", validator=Number(gte=1))
    ] = None,
    now: Now = None,
    home: Home = None,
    json: Json = False,
) -> int:
    """Fetch every source that is due; exit code 1 where one gave no list, or is failing, redesigned or quiet.

    Sources are those of the packs. Add your own with `shida sources add ADDRESS` or `shida sources add FEEDS.opml`.
    Killed at any moment, it goes on where it was when it is run again.
    """
    time = the_time(now)
    if dry_run:
        return _look(source or [], home, json=json)

    from shida.cli.progress import Bar
    from shida.collect.own_sources import all_sources
    from shida.run.collecting import chosen, gather, revised

    newsroom, settings, pack = open_newsroom(home, create=True)

    def changed(old: Page, new: Page) -> bool:
        from shida.pipeline import PAGE_STAGES  # late: the stages take a second to import, and few pages change

        return revised(old, new, PAGE_STAGES[0], pack, time.date().isoformat())

    with newsroom, Bar() as bar:
        asked = chosen(all_sources(newsroom.home, pack.sources.sources), source or [])
        done = gather(
            newsroom,
            asked,
            settings,
            now=time,
            changed=changed,
            pack=pack,
            anyway=bool(source),
            limit=limit,
            warc=warc,
            progress=bar,
        )
    if json:
        print_json(done)
    elif not done.sources:
        tell(f"nothing is due; the next source is at {done.next_due}" if done.next_due else "there are no sources")
    else:
        tell(done.line())
        for refused in done.refusals[:1] if done.offline else done.refusals:
            say(f"refused: {refused.detail or refused.record} ({refused.reason})")
        if done.offline:
            say("no source could be reached at all: check this machine's connection and run it again")
            return 1
        if (more := sum(done.dropped.values()) - len(done.refusals)) > 0:
            say(f"{more:,} more refusals; all are kept: shida export dropped")
        for one in done.ailing:
            say(f"{one.state}: {one.source}: {one.sentence}")
        if done.no_list or done.ailing:
            say("look at a source with: shida collect --source NAME --dry-run")
        if done.new or done.changed:
            say("next: shida run")
    return 1 if done.no_list or done.ailing else 0


def _look(names: Sequence[str], home: Path | None, *, json: bool) -> int:
    """Look at sources without keeping anything; 1 where one does not work."""
    from shida.collect.own_sources import FILE_NAME
    from shida.collect.trials import try_sources
    from shida.net.client import Client
    from shida.net.limits import Limits
    from shida.run.collecting import chosen

    settings, pack, listed = _listed(home)
    asked = chosen(listed, names)
    one = len(asked) == 1 and bool(names)

    def each(trial: Trial) -> None:
        if not json and not one:
            tell(trial.line())

    trials = try_sources(asked, limits=Limits.of(settings), client=Client.of(settings, allow=settings.allow), each=each)
    if json:
        print_json_lines(trial.summary() for trial in trials)
    elif one:
        (trial,) = trials
        for line in trial.report().split("\n"):
            tell(line)
        if trial.sample is not None:
            _tell_article(trial, pack)
        file = home_folder(home) / FILE_NAME
        if not trial.works:
            tell(f"\nto mend it, correct this, put it into {file}, and run this again:\n\n{trial.mended()}")
        elif trial.source.unverified:
            tell(f"\nif these are its newest articles, confirm it: put this into {file}\n\n{trial.mended()}")
    else:
        working = sum(trial.works for trial in trials)
        tell(f"{working} of {len(trials)} work; look at one with: shida collect --source NAME --dry-run")
    return 0 if all(trial.works for trial in trials) else 1


def _tell_article(trial: Trial, pack: Pack) -> None:
    """How the first page reads, so that a person sees at once whether its shape is right."""
    from shida.pipeline import PAGE_STAGES
    from shida.records import Dropped
    from shida.run.collecting import articles_of

    if trial.sample is None:
        return
    found = articles_of(trial.sample, PAGE_STAGES[0], pack, the_time(None).date().isoformat())
    if isinstance(found, Dropped):
        tell(f"  reads    nothing: {found.detail}")
        return
    for article in found[:1]:
        tell(f"  reads    {article.title or '(no title)'}")
        dated = f"{article.published} ({article.published_how})" if article.published else "no date"
        source = article.source or "no source line"
        tell(f"           {dated}, {source}, {len(article.text):,} characters, {article.reader}")
        begins = " ".join(article.text[:60].split())
        tell(f"           {begins}…" if begins else "           (no body)")


def _listed(home: Path | None) -> tuple[Settings, Pack, tuple[Source, ...]]:
    """Settings, packs and sources of a newsroom that need not be there yet."""
    from shida.collect.own_sources import all_sources
    from shida.pack import load_packs
    from shida.settings import load

    folder = home_folder(home)
    settings = load(folder)
    pack = load_packs(settings.packs)
    return settings, pack, all_sources(folder, pack.sources.sources)


@sources.default
def show(*, now: Now = None, home: Home = None, json: Json = False) -> None:
    """All sources, how each fares, and when it is due. Sources that are turned off are not shown."""
    time = the_time(now)
    _, _, listed = _listed(home)
    found = [source for source in listed if not source.off]
    health = _healths(found, home, time)
    if json:
        print_json_lines({"source": one, "health": health.get(one.name)} for one in found)
        return
    for one in found:
        state = health.get(one.name, "never visited")
        tell(f"{one.name:<24}  {state:<13}  {'unverified  ' if one.unverified else ''}{one.title}  {one.url}")


def _healths(found: Sequence[Source], home: Path | None, now: datetime) -> dict[str, str]:
    from shida.store import Newsroom
    from shida.store.engine import FILE_NAME

    folder = home_folder(home)
    if not (folder / FILE_NAME).is_file():
        return {}
    with Newsroom.open(folder) as newsroom:
        return {one.source: one.state for one in newsroom.visits.healths(found, now)}


@sources.command
def add(
    targets: Annotated[list[str], Parameter(negative="")],
    *,
    title: Annotated[str | None, Parameter(help="What the paper calls it; else its host.")] = None,
    name: Annotated[
        str | None, Parameter(help="A short lasting name (a-z, 0-9, hyphens); else made of the host.")
    ] = None,
    home: Home = None,
) -> None:
    """Add sources of your own: addresses of feeds, sitemaps or list pages, or OPML files of a feed reader.

    They go into sources.toml, or beside it as OPML files, in the newsroom's folder; edit those as you like.

    Parameters
    ----------
    targets
        Addresses, or OPML files.
    """
    from shida.run.subscribing import subscribe

    folder = home_folder(home)
    added = subscribe(folder, targets, title=title, name=name)
    for source in added:
        tell(f"{source.name}  {source.title}  {source.url}")
    said = (
        f"added {len(added)} sources"
        if len(added) != 1
        else f"look at it with: shida collect --source {added[0].name} --dry-run"
    )
    say(said if len(added) == 1 else f"{said}; look at all with: shida collect --dry-run")


@sources.command
def opml(*, home: Home = None) -> None:
    """Print the sources as OPML, for another feed reader; lists that are no feeds are left out."""
    from shida.collect.opml import write_opml
    from shida.collect.own_sources import subscription_of

    _, _, listed = _listed(home)
    feeds = [subscription_of(source) for source in listed if source.kind == "feed" and not source.off]
    sys.stdout.write(write_opml(feeds, "十大"))
