"""The sample pages → a newsroom with an edition, and its site."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from shida.edition import draft, edition_id
from shida.edition import publish as print_edition
from shida.errors import SettingsError
from shida.pack import load_packs
from shida.pipeline import GROUP, PAGE_STAGES
from shida.publish.leads import leads_of
from shida.publish.material import publish_newsroom
from shida.publish.proposals import propose
from shida.run import run
from shida.run.intake import add_targets
from shida.settings import load
from shida.store import Newsroom
from shida.store.engine import FILE_NAME
from shida.text.periods import parse_period

DEMO_DAY = "2026-11-22"
"""The day the sample pages were written for: what "this week" is on the sample site."""

MARK = ".shida-demo"
"""In the folder of a sample newsroom, so that only such a folder is ever made anew."""


def build_demo(home: Path, out: Path) -> Iterator[str]:
    """Make the sample newsroom in `home` anew and its site in `out`; yields what was done, line by line.

    SettingsError where `home` holds anything that is not a sample newsroom: nothing of a user's is ever removed.
    """
    _clear(home)
    home.mkdir(parents=True, exist_ok=True)
    (home / MARK).touch()  # before anything else, so that a demo that was cut off is still known for one
    settings = load(home)
    pack = load_packs(settings.packs)
    with (
        resources.as_file(resources.files("shida.demo") / "pages") as pages,
        Newsroom.open(home, create=True) as newsroom,
    ):
        added = add_targets(newsroom, settings, [str(pages)])
        yield f"added {added.new:,} pages, {added.dropped:,} refused"
        report = run(newsroom, PAGE_STAGES, GROUP, pack, today=DEMO_DAY, workers=settings.workers)
        yield from report.lines()
        ranking = propose(newsroom, pack, parse_period("2025"), as_of=DEMO_DAY, field="质量")
        if ranking.entries:
            leads = leads_of({story.id: story for story in newsroom.stories()}, ranking.entries)
            made = draft(
                ranking,
                id=edition_id(ranking.period, "质量"),
                name="2025年度十大质量新闻",
                by="示例编辑部",
                on=DEMO_DAY,
                leads=leads,
            )
            newsroom.save_edition(print_edition(made, by="示例编辑部", on=DEMO_DAY))
            yield f"published the edition {made.id} with {len(made.entries)} entries"
        yield publish_newsroom(newsroom, out, settings=settings, pack=pack, as_of=DEMO_DAY).line()


def _clear(home: Path) -> None:
    if not home.exists() or (home.is_dir() and not any(home.iterdir())):
        return
    if not (home / MARK).is_file():
        what = "a newsroom of yours" if (home / FILE_NAME).exists() else "something else"
        raise SettingsError(
            f"{home}: it holds {what}, and the demo begins with an empty one. Name another with --home."
        )
    shutil.rmtree(home)
