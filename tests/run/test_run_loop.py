"""The loop with stages of its own, so that what is tested is the loop."""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest

from shida.errors import NewsroomBusy
from shida.pack import Pack
from shida.records import Article, Constraint, Dropped, Member, Page, Story
from shida.restore import Counts, learn
from shida.run import PageStage, PageWork, StoryStage, run
from shida.run.replay import digests, replay
from shida.store import Newsroom

TODAY = "2026-01-01"


def read_upper(work: PageWork, pack: Pack, counts: Counts | None) -> PageWork:
    text = work.page.content.decode()
    if text == "refuse me":
        dropped = Dropped(stage="read", record=work.page.id, reason="no_text")
        return msgspec.structs.replace(work, articles=(), dropped=dropped)
    article = Article(id=f"a-{text}", page=work.page.id, text=text.upper(), published=TODAY)
    return msgspec.structs.replace(work, articles=(article,))


def know_nothing(work: PageWork, pack: Pack, counts: Counts | None) -> PageWork:
    return msgspec.structs.replace(work, facts=tuple((article.id, ()) for article in work.articles or ()))


def die_once_in_a_while(work: PageWork, pack: Pack, counts: Counts | None) -> PageWork:
    if work.page.content == b"kill 7":
        os.kill(os.getpid(), signal.SIGKILL)
    return read_upper(work, pack, counts)


def one_story_each(
    articles: Sequence[Article],
    pack: Pack,
    *,
    known: Sequence[tuple[Story, Sequence[Article]]],
    constraints: Sequence[Constraint] = (),
) -> tuple[Story, ...]:
    return tuple(
        Story(id=f"s-{one.id}", title=f"{len(known)} before", members=(Member(article=one.id, title=one.title),))
        for one in articles
    )


READ = PageStage("read", "1", ("reading",), read_upper)
KNOW = PageStage("know", "1", ("names",), know_nothing)
GROUP = StoryStage("group", "1", ("grouping",), one_story_each)
STAGES = ((READ,), (KNOW,))


@pytest.fixture(autouse=True)
def hand_out_early(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers are started for few pages already, so that the tests need not do many."""
    monkeypatch.setattr("shida.run.loop.FEW", 100)


def page(text: str) -> Page:
    return Page(id=f"p-{text.replace(' ', '-')}", content=text.encode(), name=text)


def made(home: Path, texts: Sequence[str]) -> Newsroom:
    newsroom = Newsroom.open(home, create=True)
    newsroom.add_pages(page(text) for text in texts)
    return newsroom


TEXTS = [f"page {number}" for number in range(300)]


def test_a_second_run_does_nothing_and_says_so(tmp_path: Path, pack: Pack) -> None:
    newsroom = made(tmp_path, ["one", "refuse me"])
    report = run(newsroom, STAGES, GROUP, pack, today=TODAY)
    assert [line.rsplit(" ", 2)[0] for line in report.lines()] == [
        "read 2 in 1 out 1 dropped (1 no_text)",
        "know 1 in 1 out",
        "group 1 in 1 out",
    ]
    again = run(newsroom, STAGES, GROUP, pack, today=TODAY)
    assert again.lines() == ["nothing to do: every page is done with these stages and packs"]


def test_neither_order_nor_workers_change_what_comes_out(tmp_path: Path, pack: Pack) -> None:
    shuffled = random.Random(1).sample(TEXTS, len(TEXTS))
    one, two = made(tmp_path / "1", TEXTS), made(tmp_path / "2", shuffled)
    run(one, STAGES, GROUP, pack, today=TODAY, workers=1)
    run(two, STAGES, GROUP, pack, today=TODAY, workers=2)
    assert dict(digests(one)) == dict(digests(two))
    assert one.counts()["articles"] == len(TEXTS)


class Cut(Exception):
    pass


@pytest.mark.parametrize("after", [1, 64, 200, 300])
def test_a_run_cut_off_anywhere_ends_in_the_same_records(tmp_path: Path, pack: Pack, after: int) -> None:
    whole, cut = made(tmp_path / "whole", TEXTS), made(tmp_path / "cut", TEXTS)
    run(whole, STAGES, GROUP, pack, today=TODAY, workers=1)

    def stop(what: str, done: int, total: int) -> None:
        if done >= after:
            raise Cut

    with pytest.raises(Cut):
        run(cut, STAGES, GROUP, pack, today=TODAY, workers=1, progress=stop)
    cut.add_pages([page("came later")])
    run(cut, STAGES, GROUP, pack, today="2026-01-02", workers=1)
    whole.add_pages([page("came later")])
    run(whole, STAGES, GROUP, pack, today="2026-01-02", workers=1)
    assert dict(digests(whole)) == dict(digests(cut))


def test_a_new_version_of_a_stage_does_its_pages_anew_and_leaves_stories(tmp_path: Path, pack: Pack) -> None:
    newsroom = made(tmp_path, ["one", "two"])
    run(newsroom, STAGES, GROUP, pack, today=TODAY)
    before = list(newsroom.stories())
    newer = PageStage("know", "2", ("names",), know_nothing)
    report = run(newsroom, ((READ,), (newer,)), GROUP, pack, today=TODAY)
    assert [(stage.name, stage.taken) for stage in report.stages] == [("read", 0), ("know", 2), ("group", 0)]
    assert list(newsroom.stories()) == before


def test_what_was_learned_makes_only_its_stages_due(tmp_path: Path, pack: Pack) -> None:
    newsroom = made(tmp_path, ["one", "two"])
    learning = PageStage("read", "1", ("reading",), read_upper, learns=True)
    assert run(newsroom, ((learning,), (KNOW,)), GROUP, pack, today=TODAY).number == 1
    newsroom.save_learned(learn(["质量第一，标准先行。"] * 3, "2026-01-01"))
    assert run(newsroom, ((learning,), (KNOW,)), GROUP, pack, today=TODAY).stages[0].taken == 2
    newsroom.save_learned(learn(["质量第一，标准先行。"] * 4, "2026-01-01"))
    assert run(newsroom, ((learning,), (KNOW,)), GROUP, pack, today=TODAY).stages[0].taken == 2
    newsroom.save_learned(learn(["质量第一，标准先行。"] * 4, "2026-01-01"))
    assert run(newsroom, ((learning,), (KNOW,)), GROUP, pack, today=TODAY).number is None


def test_a_page_that_kills_its_worker_is_dropped_alone(tmp_path: Path, pack: Pack) -> None:
    newsroom = made(tmp_path, [f"kill {number}" for number in range(200)])
    deadly = PageStage("read", "1", ("reading",), die_once_in_a_while)
    report = run(newsroom, ((deadly,), (KNOW,)), GROUP, pack, today=TODAY, workers=2)
    assert [(dropped.record, dropped.reason) for dropped in newsroom.dropped()] == [("p-kill-7", "worker_died")]
    assert newsroom.counts()["articles"] == 199
    assert report.stages[0].dropped["worker_died"] == 1


def refuse_two(work: PageWork, pack: Pack, counts: Counts | None) -> PageWork:
    if work.page.content == b"two":
        dropped = Dropped(stage="read", record=work.page.id, reason="no_text")
        return msgspec.structs.replace(work, articles=(), dropped=dropped)
    return read_upper(work, pack, counts)


def test_an_article_that_is_gone_leaves_its_story(tmp_path: Path, pack: Pack) -> None:
    from shida.group import group

    real = StoryStage("group", "1", ("grouping",), group)
    newsroom = made(tmp_path / "first", ["one", "two", "three"])
    run(newsroom, STAGES, real, pack, today=TODAY)
    assert sum(len(story.members) for story in newsroom.stories()) == 3
    stricter = PageStage("read", "2", ("reading",), refuse_two)
    run(newsroom, ((stricter,), (KNOW,)), real, pack, today=TODAY)
    assert sorted(member.article for story in newsroom.stories() for member in story.members) == ["a-one", "a-three"]
    assert [
        name for name in replay(newsroom, tmp_path / "again", ((stricter,), (KNOW,)), real, pack) if "run 1" in name
    ]


def test_two_runs_at_once_are_told(tmp_path: Path, pack: Pack) -> None:
    newsroom = made(tmp_path, ["one"])
    with newsroom.hold(), pytest.raises(NewsroomBusy, match="Wait for that to end"):
        run(newsroom, STAGES, GROUP, pack, today=TODAY)


def test_replay_ends_in_the_same_bytes(tmp_path: Path, pack: Pack) -> None:
    newsroom = made(tmp_path / "first", ["one", "two"])
    run(newsroom, STAGES, GROUP, pack, today=TODAY)
    newsroom.save_learned(learn(["质量第一，标准先行。"] * 3, "2026-01-02"))
    newsroom.add_pages([page("three")])
    run(newsroom, STAGES, GROUP, pack, today="2026-01-02")
    assert {story.title for story in newsroom.stories()} == {"0 before", "2 before"}
    assert replay(newsroom, tmp_path / "again", STAGES, GROUP, pack) == []
