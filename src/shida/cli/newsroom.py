"""Commands that fill and work the newsroom: init, add, run, replay, check, doctor."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from cyclopts.validators import Number

from shida.cli.application import (
    Home,
    Json,
    Now,
    Today,
    application,
    home_folder,
    open_newsroom,
    print_json,
    say,
    the_day,
    the_time,
)


@application.command
def init(folder: Path | None = None) -> None:
    """Make a new newsroom with both packs turned on.

    Parameters
    ----------
    folder
        Where to make it; else $SHIDA_HOME, else ./newsroom.
    """
    from shida.errors import StoreError
    from shida.settings import FILE_NAME
    from shida.store import Newsroom
    from shida.store.engine import FILE_NAME as DATABASE

    home = home_folder(folder)
    if (home / DATABASE).exists():
        raise StoreError(f"{home}: there is a newsroom here already. Use it, or name another folder.")
    with Newsroom.open(home, create=True):
        pass
    file = home / FILE_NAME
    if not file.exists():
        file.write_text(
            "# Settings of this newsroom; `shida doctor` lists all of them with their defaults.\n"
            'packs = ["quality", "general"]\n'
        )
    print(f"made a newsroom in {home}; add pages with: shida add PATH|URL … --home {home}")
    print(f"or fetch what the packs' sources bring with: shida collect --home {home}")


@application.command
def add(targets: Annotated[list[str], Parameter(negative="")], *, home: Home = None, json: Json = False) -> int:
    """Add files, folders, .jsonl[.gz], feeds or addresses of pages; makes the newsroom where there is none.

    Parameters
    ----------
    targets
        Files, folders or addresses.
    """
    from shida.cli.progress import Bar
    from shida.run.intake import add_targets, check_targets

    check_targets(targets)
    newsroom, settings, _ = open_newsroom(home, create=True)
    with newsroom, Bar() as bar:
        added = add_targets(newsroom, settings, targets, progress=bar)
    if json:
        print_json(added)
    else:
        print(f"{added.new:,} new, {added.known:,} known already, {added.dropped:,} refused")
        for dropped in added.refusals:
            say(f"refused: {dropped.detail or dropped.record} ({dropped.reason})")
        if added.ignored_keys:
            say(f"ignored keys of JSON lines: {', '.join(f'{k} {n:,}×' for k, n in added.ignored_keys)}")
        if added.new:
            say("next: shida run")
    return 1 if added.dropped else 0


@application.command
def run(
    *,
    home: Home = None,
    today: Today = None,
    workers: Annotated[
        int | None, Parameter(help="Processes, 0 for one a core; else the setting.", validator=Number(gte=0))
    ] = None,
    json: Json = False,
) -> None:
    """All stages over what is new. A second run does nothing and says so; one that was cut off goes on."""
    from shida.cli.progress import Bar
    from shida.pipeline import GROUP, PAGE_STAGES
    from shida.run import run as run_stages
    from shida.store.search import bring_up

    newsroom, settings, pack = open_newsroom(home)
    with newsroom, Bar() as bar:
        report = run_stages(
            newsroom,
            PAGE_STAGES,
            GROUP,
            pack,
            today=the_day(today),
            workers=settings.workers if workers is None else workers,
            progress=bar,
        )
    upkeep = bring_up(home_folder(home), pack)
    if json:
        print_json({"run": report.number, "stages": report.stages, "notes": report.notes, "index": upkeep})
    else:
        print("\n".join((*report.lines(), upkeep.line())))


@application.command
def learn(*, home: Home = None, today: Today = None) -> int:
    """Count the newsroom's clean articles, so that lost characters are chosen as it would write them; kept by day."""
    from shida.restore import learn as count_texts

    newsroom, _, _ = open_newsroom(home)
    with newsroom:
        clean = [one.text for one in newsroom.articles() if one.damage is None and one.language in (None, "zh-Hans")]
        if not clean:
            print("no clean article yet; add some and run first")
            return 1
        counts = count_texts(clean, the_day(today))
        newsroom.save_learned(counts)
    print(f"learned {len(counts.grams):,} sequences from {len(clean):,} articles; the next run restores with them")
    return 0


@application.command
def replay(folder: Path, *, home: Home = None) -> int:
    """Do every run of this newsroom again in a new FOLDER, and say whether the exports are the same, byte for byte.

    Parameters
    ----------
    folder
        A folder without a newsroom.
    """
    from shida.pipeline import GROUP, PAGE_STAGES
    from shida.run.replay import replay as replay_runs

    newsroom, settings, pack = open_newsroom(home)
    with newsroom:
        differing = replay_runs(newsroom, folder, PAGE_STAGES, GROUP, pack, workers=settings.workers)
    if differing:
        print(f"differs: {', '.join(differing)}")
        return 1
    print("the same, byte for byte")
    return 0


@application.command
def check(*, home: Home = None, json: Json = False) -> int:
    """Check packs, every page shape, your own sources, settings and the newsroom's database; 1 where one is wrong."""
    from shida.collect.own_sources import own_sources
    from shida.errors import ShidaError
    from shida.net.addresses import networks
    from shida.pack import load_packs, pack_names
    from shida.pack.checking import check_pack
    from shida.run.shape_trials import try_shapes
    from shida.settings import load
    from shida.store import Newsroom
    from shida.store.engine import FILE_NAME

    findings = []
    for name in pack_names():
        try:
            load_packs((name,))
        except ShidaError as error:
            findings.append(str(error))
    folder = home_folder(home)
    there = (folder / FILE_NAME).is_file()
    try:
        settings = load(folder)
        findings.extend(check_pack(load_packs(settings.packs)))
        findings.extend(try_shapes(load_packs(settings.packs)))
        networks(settings.allow)
        own, _ = own_sources(folder)
        if there:
            with Newsroom.open(folder) as newsroom:
                findings.extend(f"{folder / FILE_NAME}: {said}" for said in newsroom.check())
    except ShidaError as error:
        findings.append(str(error))
    if json:
        print_json({"findings": findings})
        return 1 if findings else 0
    for finding in findings:
        print(finding)
    if not findings:
        database = f"the database of {folder}" if there else f"no database, since {folder} holds no newsroom yet"
        listed = f", {len(own):,} sources of your own" if own else ""
        print(
            f"checked {len(pack_names())} packs with their page shapes{listed}, settings and {database}: nothing found"
        )
    return 1 if findings else 0


@application.command
def doctor(*, now: Now = None, home: Home = None, json: Json = False) -> int:
    """What this machine and newsroom are like: versions, settings, counts, refusals, disk, sources; 1 where it ails.

    A source ails that is failing (no list three times in a row), redesigned (items, dates or bodies are gone) or quiet
    (silent for much longer than its rhythm).
    """
    from shida.run.diagnosis import diagnosis

    folder = home_folder(home)
    found = diagnosis(folder, the_time(now))
    if json:
        print_json(found)
    else:
        for line in found.lines():
            print(line)
    return 1 if found.ailments else 0
