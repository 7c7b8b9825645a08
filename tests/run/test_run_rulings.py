"""Rulings in the loop: due by themselves, kept over runs, replayed, and no run breaks on one that is out of date."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from shida.group.deciding import merge, split, undo
from shida.pack import Pack
from shida.pipeline import GROUP, PAGE_STAGES
from shida.records import ARTICLE_JSON, Page, Ruling, StoryThen
from shida.run import RunReport, run
from shida.run.replay import digests, replay
from shida.run.ruling import rulings_known, standing_of
from shida.store import Newsroom

AT = "2026-05-11T09:00:00+08:00"
TEXTS = {
    "a1": ("松江口大桥合龙", "松江口大桥今天合龙，大桥连接江北新区与老城，是当地第一座双层斜拉桥。", "2026-05-01"),
    "a2": ("松江口大桥桥面铺装开工", "松江口大桥合龙后开始桥面铺装，双层斜拉桥预计明年通车。", "2026-05-04"),
    "b1": ("云岭茶博会开幕", "云岭茶博会今天开幕，四百家茶企参展，主办方发布茶叶分级标准。", "2026-05-02"),
    "a3": ("松江口大桥桥面铺装完工", "松江口大桥桥面铺装完工，双层斜拉桥进入荷载试验。", "2026-05-12"),
    "c1": ("会展中心的交易会收官", "三千万元订单签约，交易会上的采购商来自十二个省。", "2026-05-09"),
}


def pages(*names: str) -> list[Page]:
    found = []
    for name in names:
        title, text, day = TEXTS[name]
        content = msgspec.json.encode({"id": name, "title": title, "text": text, "published": day})
        found.append(Page(id=f"p-{name}", name=name, content=content, media_type=ARTICLE_JSON))
    return found


def go(newsroom: Newsroom, pack: Pack, day: str = "2026-05-12") -> RunReport:
    return run(newsroom, PAGE_STAGES, GROUP, pack, today=day, workers=1)


@pytest.fixture
def newsroom(tmp_path: Path, pack: Pack) -> Newsroom:
    newsroom = Newsroom.open(tmp_path / "newsroom", create=True)
    newsroom.add_pages(pages("a1", "a2", "b1", "c1"))
    go(newsroom, pack, "2026-05-10")
    return newsroom


def ids(newsroom: Newsroom) -> dict[str, str]:
    """Article → id of its story."""
    return {member.article: story.id for story in newsroom.stories() for member in story.members}


def rule_merge(newsroom: Newsroom, one: str, two: str) -> Ruling:
    ruling = merge(standing_of(newsroom), [ids(newsroom)[one], ids(newsroom)[two]], by="林", at=AT, why="同一届")
    return newsroom.rulings.add(ruling)


def test_a_ruling_makes_a_run_due_once(newsroom: Newsroom, pack: Pack) -> None:
    assert go(newsroom, pack).number is None
    rule_merge(newsroom, "b1", "c1")
    report = go(newsroom, pack)
    assert (report.number, report.notes) == (2, [])
    assert ids(newsroom)["b1"] == ids(newsroom)["c1"]
    assert go(newsroom, pack).number is None
    assert [row.ruled for row in newsroom.runs()] == [None, 1]
    keys = [row.key for row in newsroom.runs()]
    assert keys[0] != keys[1]


def test_an_old_id_leads_to_the_merged_story(newsroom: Newsroom, pack: Pack) -> None:
    old = ids(newsroom)["c1"]
    rule_merge(newsroom, "b1", "c1")
    go(newsroom, pack)
    story = newsroom.story(old)
    assert story is not None
    assert old in story.aliases
    assert (story.first, story.last) == ("2026-05-02", "2026-05-09")


def test_rulings_hold_over_new_pages_and_are_replayed(newsroom: Newsroom, pack: Pack, tmp_path: Path) -> None:
    rule_merge(newsroom, "b1", "c1")
    go(newsroom, pack)
    part = split(standing_of(newsroom), ids(newsroom)["a1"], ["a2"], by="林", at=AT, why="两件事")
    newsroom.rulings.add(part)
    newsroom.add_pages(pages("a3"))
    go(newsroom, pack, "2026-05-13")
    newsroom.rulings.add(undo(newsroom.rulings.all(), 1, by="周", at=AT, why="看错了"))
    go(newsroom, pack, "2026-05-14")
    where = ids(newsroom)
    assert where["a1"] != where["a2"]
    assert where["b1"] != where["c1"]
    assert replay(newsroom, tmp_path / "again", PAGE_STAGES, GROUP, pack, workers=1) == []
    with Newsroom.open(tmp_path / "again") as again:
        assert again.rulings.all() == newsroom.rulings.all()
        assert [row.ruled for row in again.runs()] == [row.ruled for row in newsroom.runs()] == [None, 1, 2, 3]


def test_the_same_rulings_give_the_same_bytes(pack: Pack, tmp_path: Path) -> None:
    made = []
    for name, order in (("one", ("a1", "a2", "b1", "c1")), ("two", ("c1", "b1", "a2", "a1"))):
        newsroom = Newsroom.open(tmp_path / name, create=True)
        newsroom.add_pages(pages(*order))
        go(newsroom, pack)
        rule_merge(newsroom, "b1", "c1")
        rule_merge(newsroom, "a1", "b1")
        go(newsroom, pack)
        made.append(dict(digests(newsroom)))
    assert made[0] == made[1]


class Cut(Exception):
    pass


def test_a_run_that_was_cut_off_keeps_the_rulings_it_began_with(newsroom: Newsroom, pack: Pack, tmp_path: Path) -> None:
    rule_merge(newsroom, "b1", "c1")

    def stop(what: str, done: int, total: int) -> None:
        if what == "group":
            raise Cut

    with pytest.raises(Cut):
        run(newsroom, PAGE_STAGES, GROUP, pack, today="2026-05-12", workers=1, progress=stop)
    assert ids(newsroom)["b1"] != ids(newsroom)["c1"]
    newsroom.rulings.add(undo(newsroom.rulings.all(), 1, by="周", at=AT, why="看错了"))
    go(newsroom, pack)
    assert [(row.ruled, row.done) for row in newsroom.runs()] == [(None, True), (1, True), (2, True)]
    assert ids(newsroom)["b1"] != ids(newsroom)["c1"]
    assert replay(newsroom, tmp_path / "again", PAGE_STAGES, GROUP, pack, workers=1) == []


def test_a_ruling_on_what_is_not_there_is_said_and_harms_nothing(newsroom: Newsroom, pack: Pack) -> None:
    before = dict(digests(newsroom))
    gone = StoryThen(id="s-0000000000000000", title="甲", articles=("x1",))
    there = StoryThen(id=ids(newsroom)["a1"], title="乙", articles=("a1", "a2"))
    for ruling in (
        Ruling(kind="merge", at=AT, by="林", why="x", stories=(there, gone)),
        Ruling(kind="split", at=AT, by="林", why="x", stories=(there,), articles=("x9",), part="s-1"),
        Ruling(kind="split", at=AT, by="林", why="x", stories=(gone,), articles=("x1",), part="s-2"),
    ):
        newsroom.rulings.add(ruling)
    report = go(newsroom, pack)
    assert len(report.notes) == 3
    assert "ruling 1" in report.notes[0]
    assert "story s-0000000000000000 is not there any more" in report.notes[0]
    assert "article x9" in report.notes[1]
    assert report.lines()[-3:] == report.notes
    assert dict(digests(newsroom)) == before
    assert go(newsroom, pack).number is None


def test_two_that_contradict_are_said_and_the_later_counts(newsroom: Newsroom, pack: Pack) -> None:
    a, b = ids(newsroom)["a1"], ids(newsroom)["b1"]
    rule_merge(newsroom, "a1", "b1")
    newsroom.rulings.add(split(standing_of(newsroom), a, ["b1"], by="周", at=AT, why="两件事"))
    assert [(one.state, one.by) for one in rulings_known(newsroom)] == [("overruled", 2), ("waiting", None)]
    report = go(newsroom, pack)
    (said,) = report.notes
    assert "contradict each other: the later one, 2, counts" in said
    assert ids(newsroom)["a1"] != ids(newsroom)["b1"]
    found = newsroom.story(b)
    assert found is not None
    assert [one.state for one in rulings_known(newsroom)] == ["overruled", "kept"]


def test_what_was_ruled_by_a_day(newsroom: Newsroom, pack: Pack) -> None:
    rule_merge(newsroom, "b1", "c1")
    go(newsroom, pack, "2026-05-12")
    later = undo(newsroom.rulings.all(), 1, by="周", at="2026-05-13T08:00:00+08:00", why="看错了")
    newsroom.rulings.add(later)
    states = {
        day: [one.state for one in rulings_known(newsroom, day)] for day in ("2026-05-10", "2026-05-11", "2026-05-12")
    }
    assert states == {"2026-05-10": [], "2026-05-11": ["waiting"], "2026-05-12": ["kept"]}
    assert [one.state for one in rulings_known(newsroom)] == ["withdrawn", "waiting"]
