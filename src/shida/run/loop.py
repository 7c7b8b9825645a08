"""Run the stages over what is new, keep what they make, and mark the ledger."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

import msgspec

from shida.pack import Pack
from shida.records import Article, Dropped, Story
from shida.run.report import RunReport, StageReport
from shida.run.ruling import constraints_of, last_kept, notes_of, ruled_key
from shida.run.stages import PageStage, PageWork, StoryStage, keys
from shida.run.workers import Done, do_pages, worker_count
from shida.store import Newsroom, PageOutcome

CHUNK = 64
"""Pages handed to a worker at a time, and kept in one transaction."""

FEW = 400
"""Up to this many pages, starting workers takes longer than the work."""

Progress = Callable[[str, int, int], None]
"""Called with stage group, done and total."""


def run(
    newsroom: Newsroom,
    page_stages: Sequence[Sequence[PageStage]],
    story_stage: StoryStage,
    pack: Pack,
    *,
    today: str,
    workers: int = 0,
    progress: Progress | None = None,
) -> RunReport:
    """Bring the newsroom up to date; `today` (ISO day) is what a page's "today" and its future are measured by.

    `page_stages` are groups of stages: what a group's last stage makes is kept, so a later group can be done anew
    without the earlier. A run that was cut off is taken up first. Raises NewsroomBusy where another run is going on.
    """
    with newsroom.hold():
        total = RunReport(None, [])
        while (report := _run_once(newsroom, page_stages, story_stage, pack, today, workers, progress)) is not None:
            total = report if total.number is None else _summed(total, report)
        return total


def _run_once(
    newsroom: Newsroom,
    page_stages: Sequence[Sequence[PageStage]],
    story_stage: StoryStage,
    pack: Pack,
    today: str,
    workers: int,
    progress: Progress | None,
) -> RunReport | None:
    stages_in_line = [stage for group in page_stages for stage in group]
    newest = newsroom.rulings.newest()
    key = f"{keys(stages_in_line, pack)} {story_stage.version} {pack.digest(*story_stage.sections)}"
    run_key = hashlib.sha256((key + ruled_key(newsroom, newest)).encode()).hexdigest()[:16]
    current = newsroom.begin_run(today, run_key, newest)
    learned = newsroom.newest_learned() if current is None else current.learned
    stage_keys = keys(stages_in_line, pack, learned or "")
    counts = newsroom.learned(learned) if learned else None
    if current is None:
        due = any(newsroom.pages_to_do(group[-1].name, stage_keys[group[-1].name]) for group in page_stages)
        if not due and newest == last_kept(newsroom):
            return None
        current = newsroom.begin_rework(today, run_key, newest)
    reports = {stage.name: StageReport(stage.name) for group in page_stages for stage in group}
    for number, group in enumerate(page_stages):
        if number:
            _join(newsroom, page_stages[number - 1], page_stages[number:], pack)
        to_do = newsroom.pages_to_do(group[-1].name, stage_keys[group[-1].name])
        if not to_do:
            continue
        stages = [stage for later in page_stages[number:] for stage in later]
        work = _work(newsroom, to_do, current.day, read=number > 0)
        few = len(to_do) <= FEW
        chunks = do_pages(_chunks(work), stages, pack, counts, workers=1 if few else worker_count(workers))
        finished = 0
        for chunk in chunks:
            newsroom.save_outcomes([_outcome(done, stages, stage_keys, read=number > 0) for done in chunk])
            _count(chunk, stages, reports)
            finished += len(chunk)
            if progress is not None:
                progress(" · ".join(stage.name for stage in stages), finished, len(to_do))
    began = time.perf_counter()
    articles = newsroom.articles_to_group()
    stories: tuple[Story, ...] = ()
    gone: list[str] = []
    before = last_kept(newsroom, before=current.number)
    ruled = (current.ruled or 0) > before
    if articles or ruled or any(report.taken for report in reports.values()):
        known, gone, retold = _known(newsroom, {article.id for article in articles})
        articles = [*articles, *retold]
    if articles or ruled:
        if progress is not None:
            progress(story_stage.name, 0, len(articles))
        constraints = constraints_of(newsroom, current)
        stories = story_stage.work(articles, pack, known=known, constraints=constraints)
        if progress is not None:
            progress(story_stage.name, len(articles), len(articles))
    newsroom.save_run(current, stories, gone)
    story_report = StageReport(story_stage.name, len(articles), len(stories), time.perf_counter() - began)
    notes = notes_of(newsroom, after=before, until=current.ruled or 0) if ruled else []
    return RunReport(current.number, [*reports.values(), story_report], notes)


def _join(newsroom: Newsroom, done: Sequence[PageStage], later: Sequence[Sequence[PageStage]], pack: Pack) -> None:
    """What a group of stages made of single pages, joined over pages, and lists with whole headlines; what is another
    article now goes through the later stages once more.
    """
    anew = [one.name for group in later for one in group]
    for stage in done:
        if stage.join is not None:
            newsroom.paged.join(stage.join, pack, anew)
        if stage.complete is not None:
            newsroom.headlines.complete(stage.complete, anew)


def _work(newsroom: Newsroom, page_ids: Sequence[str], day: str, *, read: bool) -> Iterator[PageWork]:
    """The pages as work; with what was read from them where reading is not to be done again."""
    for page in newsroom.pages(page_ids):
        articles = tuple(newsroom.articles_of_page(page.id)) if read else None
        yield PageWork(page=page, today=day, articles=articles)


def _outcome(done: Done, stages: Sequence[PageStage], stage_keys: dict[str, str], *, read: bool) -> PageOutcome:
    work = done.work
    return PageOutcome(
        page=work.page.id,
        articles=None if read else work.articles or (),
        facts=work.facts,
        dropped=(work.dropped,) if isinstance(work.dropped, Dropped) else (),
        keys={stage.name: stage_keys[stage.name] for stage in stages},
    )


def _count(chunk: Sequence[Done], stages: Sequence[PageStage], reports: dict[str, StageReport]) -> None:
    for done in chunk:
        for name, seconds in done.seconds:
            reports[name].taken += 1
            reports[name].seconds += seconds
        refused = done.work.dropped
        for name, _ in done.seconds:
            reports[name].given += refused is None or name != refused.stage
        if refused is not None:
            reports[refused.stage].dropped[refused.reason] += 1


def _known(newsroom: Newsroom, revised: set[str]) -> tuple[list[tuple[Story, list[Article]]], list[str], list[Article]]:
    """All stories with their articles, those left out that were `revised`; and what is to be done about lost ones.

    A page that is done anew may give an article less than before. A story is told without it: one of its articles is
    among those to group, as if it were revised. A story that has none left is gone.
    """
    known: list[tuple[Story, list[Article]]] = []
    gone: list[str] = []
    retold: list[Article] = []
    stories = list(newsroom.stories())
    articles = {article.id: article for article in newsroom.articles()} if stories else {}
    for story in stories:
        members = tuple(member for member in story.members if member.article in articles)
        ours = [articles[member.article] for member in members if member.article not in revised]
        if not members:
            gone.append(story.id)
            continue
        if len(members) < len(story.members):
            story = msgspec.structs.replace(story, members=members)
            if len(ours) == len(members):
                retold.append(ours.pop())
        known.append((story, ours))
    return known, gone, retold


def _chunks(work: Iterable[PageWork]) -> Iterator[list[PageWork]]:
    source = iter(work)
    while chunk := list(islice(source, CHUNK)):
        yield chunk


def _summed(first: RunReport, second: RunReport) -> RunReport:
    """Two runs in a row (one that was cut off, then the new pages) as one report."""
    for mine, theirs in zip(first.stages, second.stages, strict=True):
        mine.taken += theirs.taken
        mine.given += theirs.given
        mine.seconds += theirs.seconds
        mine.dropped.update(theirs.dropped)
    return RunReport(second.number, first.stages, [*first.notes, *second.notes])
