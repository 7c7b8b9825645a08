"""Do every run of a newsroom again in a new one, and compare what comes out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from shida.errors import StoreError
from shida.pack import Pack
from shida.run.loop import run
from shida.run.stages import PageStage, StoryStage
from shida.store import Newsroom


def replay(
    newsroom: Newsroom,
    folder: Path,
    page_stages: Sequence[Sequence[PageStage]],
    story_stage: StoryStage,
    pack: Pack,
    *,
    workers: int = 0,
) -> list[str]:
    """Repeat the recorded sequence of runs in a new newsroom in `folder`; the kinds of record that differ.

    StoreError where `folder` holds a newsroom already.
    """
    runs = newsroom.runs()
    if any(not past.done for past in runs):
        raise StoreError(f"{newsroom.home}: a run was cut off. Go on with it first: shida run")
    with Newsroom.open(folder, create=True) as again:
        if again.counts()["pages"]:
            raise StoreError(f"{folder}: there is a newsroom here already. Name a new folder.")
        for past in runs:
            if past.learned:
                again.save_learned(newsroom.learned(past.learned))
            again.rulings.restate(newsroom.rulings.all(until=past.ruled or 0))
            again.add_pages(newsroom.pages(newsroom.run_pages(past.number)))
            run(again, page_stages, story_stage, pack, today=past.day, workers=workers)
        theirs = dict(digests(again))
        differing = [name for name, mine in digests(newsroom) if mine != theirs[name]]
        other = [f"run {mine.number}" for mine, one in zip(runs, again.runs(), strict=False) if mine.key != one.key]
        return [*differing, *(f"the stages or packs of {name}, which are not the ones of today" for name in other)]


def digests(newsroom: Newsroom) -> Iterator[tuple[str, str]]:
    """SHA-256 of everything the newsroom tells, kind by kind."""
    tables = {
        "articles": newsroom.articles(),
        "facts": newsroom.facts(),
        "stories": newsroom.stories(),
        "refusals of stages": (one for one in newsroom.dropped() if one.stage != "collect"),
    }
    for name, records in tables.items():
        digest = hashlib.sha256()
        for record in records:
            digest.update(msgspec.json.encode(record) + b"\n")
        yield name, digest.hexdigest()
