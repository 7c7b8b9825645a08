"""What is told of a saved search: what is new, once; what its source changed or took back; not what we read anew."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from alert_room import NOW, arrive, article, gone, group, looked, news, put, save, told
from msgspec.structs import replace

from shida.alerts import looking, matching
from shida.alerts.matching import checked_query, matches
from shida.alerts.targets import make_watch
from shida.errors import SettingsError
from shida.pack import Pack
from shida.records import Act, Document, Edition, Evidence, Member, Period, Story
from shida.store import Newsroom, PageOutcome
from shida.store.search import open_index


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    with Newsroom.open(tmp_path / "newsroom", create=True) as newsroom:
        arrive(newsroom, article("a-0", "早先的一次童车召回已经结束。", day="2026-10-01"))
        yield newsroom


def test_a_new_search_tells_nothing_old_and_then_what_comes_once(newsroom: Newsroom, pack: Pack) -> None:
    watch = save(newsroom, pack, "召回")
    assert looked(newsroom, pack)[0].told == 0
    arrive(
        newsroom, article("a-1", "天气不错。甲厂宣布召回儿童座椅，共三批。请消费者留意。"), article("a-2", "与此无关。")
    )
    assert looked(newsroom, pack)[0].told == 1
    assert looked(newsroom, pack)[0].told == 0
    assert told(newsroom, watch) == [("new", "a-1")]
    (one,) = news(newsroom, watch)
    text = "天气不错。甲厂宣布召回儿童座椅，共三批。请消费者留意。"
    assert text[one.start : one.end] == one.sentence == "甲厂宣布召回儿童座椅，共三批。"
    assert (one.article, one.of, one.kept, one.url) == ("a-1", "text", "p-a-1", "https://example.org/a-1")


def test_since_tells_what_is_there_from_a_day_on(newsroom: Newsroom, pack: Pack) -> None:
    arrive(newsroom, article("a-1", "召回一批玩具。", day="2026-11-10"))
    watch = save(newsroom, pack, "召回", since="2026-11-01")
    looked(newsroom, pack)
    assert told(newsroom, watch) == [("new", "a-1")]


def test_what_comes_late_with_an_old_date_is_told(newsroom: Newsroom, pack: Pack) -> None:
    watch = save(newsroom, pack, "召回")
    undated = replace(article("a-2", "没有日期的召回。"), published=None)
    arrive(newsroom, article("a-1", "三年前的召回，今天才收到。", day="2023-01-01"), undated)
    looked(newsroom, pack)
    assert told(newsroom, watch) == [("new", "a-1"), ("new", "a-2")]


def test_a_copy_is_no_news_whichever_of_the_family_came_first(newsroom: Newsroom, pack: Pack) -> None:
    watch = save(newsroom, pack, "召回")
    arrive(newsroom, article("a-1", "乙厂召回电热毯。"), article("a-2", "乙厂召回电热毯！"), copies={"a-2": "a-1"})
    looked(newsroom, pack)
    arrive(newsroom, article("a-1", "乙厂召回电热毯。"), article("a-3", "乙厂召回电热毯"), copies={"a-3": "a-1"})
    looked(newsroom, pack)
    assert len(told(newsroom, watch)) == 1


def test_a_copy_that_its_source_makes_a_text_of_its_own_is_told(newsroom: Newsroom, pack: Pack) -> None:
    watch = save(newsroom, pack, "召回")
    first, copy = article("a-1", "乙厂召回电热毯。"), article("a-2", "乙厂召回电热毯！")
    arrive(newsroom, first, copy, copies={"a-2": "a-1"})
    looked(newsroom, pack)
    own = replace(copy, page="p-own", published="2026-11-22", text="乙厂召回扩大到电热水壶，另有五批。")
    put(newsroom, [own])
    group(newsroom, [first, own], {})
    looked(newsroom, pack)
    looked(newsroom, pack)
    (before, after) = told(newsroom, watch)
    assert before[0] == after[0] == "new"
    assert {before[1], after[1]} == {"a-1", "a-2"}


def test_what_no_run_has_grouped_waits(newsroom: Newsroom, pack: Pack) -> None:
    watch = save(newsroom, pack, "召回")
    come = article("a-1", "丙厂召回水壶。")
    put(newsroom, [come])
    looked(newsroom, pack)
    assert told(newsroom, watch) == []
    group(newsroom, [come], {})
    looked(newsroom, pack)
    assert told(newsroom, watch) == [("new", "a-1")]


def test_a_revision_by_the_source_is_told_and_reading_anew_is_not(newsroom: Newsroom, pack: Pack) -> None:
    watch = save(newsroom, pack, "召回")
    first = article("a-1", "丁厂召回三批奶瓶。")
    arrive(newsroom, first)
    looked(newsroom, pack)
    arrive(newsroom, replace(first, reader="two 2", text="丁厂召回三批奶瓶。（读法改进）"))  # the same page
    looked(newsroom, pack)
    assert told(newsroom, watch) == [("new", "a-1")]
    arrive(newsroom, replace(first, page="p-a-1c", published="2026-11-22T08:00:00+08:00", text="丁厂改为不再收回。"))
    looked(newsroom, pack)
    assert told(newsroom, watch) == [("new", "a-1"), ("revised", "a-1")]  # also where it no longer holds what was asked
    assert news(newsroom, watch)[-1].sentence == "丁厂改为不再收回。"


def test_a_new_page_of_the_same_words_is_no_revision(newsroom: Newsroom, pack: Pack) -> None:
    watch = save(newsroom, pack, "召回")
    first = article("a-1", "丁厂召回三批奶瓶。")
    arrive(newsroom, first)
    looked(newsroom, pack)
    arrive(newsroom, replace(first, page="p-z", text="丁厂召回三批 奶瓶。\n"))
    arrive(newsroom, replace(first, page="p-y", text="丁厂召回三批奶瓶。 "))
    assert looked(newsroom, pack)[0].told == 0
    assert told(newsroom, watch) == [("new", "a-1")]


def test_a_revision_of_what_was_there_before_is_told(newsroom: Newsroom, pack: Pack) -> None:
    watch = save(newsroom, pack, "召回")
    new = article("a-0", "早先的童车召回重新开始。", day="2026-11-22", page="p-new")
    arrive(newsroom, new)
    looked(newsroom, pack)
    assert told(newsroom, watch) == [("revised", "a-0")]


def test_withdrawal_and_return_are_told_once_each(newsroom: Newsroom, pack: Pack) -> None:
    watch = save(newsroom, pack, "召回")
    arrive(newsroom, article("a-1", "戊厂召回灯具。"))
    looked(newsroom, pack)
    for when in ("2026-11-22T08:00:00+08:00", None, "2026-11-23T08:00:00+08:00"):
        gone(newsroom, "p-a-1", when)
        looked(newsroom, pack)
        looked(newsroom, pack)
    assert [what for what, _ in told(newsroom, watch)] == ["new", "withdrawn", "returned", "withdrawn"]
    ids = [alert.id for _, alert in newsroom.watches.alerts(of=watch.id)]
    assert len(set(ids)) == 4
    assert "2026-11-22" in news(newsroom, watch)[1].why


def test_what_came_and_went_between_two_looks_is_told_as_withdrawn(newsroom: Newsroom, pack: Pack) -> None:
    watch = save(newsroom, pack, "召回")
    arrive(newsroom, article("a-1", "己厂召回电池。"))
    gone(newsroom, "p-a-1", "2026-11-22T08:00:00+08:00")
    looked(newsroom, pack)
    assert told(newsroom, watch) == [("withdrawn", "a-1")]


def decree(status: str, *, names: str = "计量器具管理办法") -> Document:
    sentence = f"市场监管总局印发《{names}》。"
    return Document(
        id=f"f-{status}-{len(names)}",
        title=names,
        status=status,
        acts=(Act(act="印发", date="2026-11-20", precision="day"),),
        reported="2026-11-20",
        evidence=(Evidence(article="d-1", of="text", start=0, end=len(sentence), sentence=sentence),),
    )


def state(newsroom: Newsroom, page: str, fact: Document | None, text: str = "") -> None:
    """The page states the document, or nothing."""
    one = article("d-1", text or "市场监管总局印发《计量器具管理办法》。", page=page, day=f"2026-11-1{len(page)}")
    put(newsroom, [one])
    facts = ((one.id, (fact,) if fact is not None else ()),)
    newsroom.save_outcomes([PageOutcome(page=page, articles=(one,), facts=facts)])
    group(newsroom, [one], {})


def test_documents_are_told_with_the_sentence_and_their_revisions(newsroom: Newsroom, pack: Pack) -> None:
    watch = save(newsroom, pack, "类型:文件 计量")
    state(newsroom, "p-d", decree("draft"))
    looked(newsroom, pack)
    (one,) = news(newsroom, watch)
    assert (one.what, one.kind, one.title) == ("new", "document", "《计量器具管理办法》")
    assert one.sentence == "市场监管总局印发《计量器具管理办法》。"
    state(newsroom, "p-d", decree("issued"))  # the same bytes by other rules
    looked(newsroom, pack)
    assert [one.what for one in news(newsroom, watch)] == ["new"]
    state(newsroom, "p-d2", decree("in force"), "市场监管总局印发《计量器具管理办法》。自公布之日起施行。")
    looked(newsroom, pack)
    assert [one.what for one in news(newsroom, watch)] == ["new", "revised"]
    state(newsroom, "p-d33", None, "原公告作废。")
    looked(newsroom, pack)
    assert [one.what for one in news(newsroom, watch)] == ["new", "revised", "withdrawn"]
    assert news(newsroom, watch)[-1].why == looking.REWRITTEN
    assert looked(newsroom, pack)[0].told == 0


def test_a_document_whose_articles_are_all_withdrawn_is_told_so(newsroom: Newsroom, pack: Pack) -> None:
    watch = save(newsroom, pack, "类型:文件 计量")
    state(newsroom, "p-d", decree("issued"))
    looked(newsroom, pack)
    gone(newsroom, "p-d", "2026-11-22T08:00:00+08:00")
    looked(newsroom, pack)
    looked(newsroom, pack)
    assert [one.what for one in news(newsroom, watch)] == ["new", "withdrawn"]


def test_a_story_is_told_when_it_begins_and_on_each_later_day(newsroom: Newsroom, pack: Pack) -> None:
    watch = save(newsroom, pack, "类型:事件 电梯")

    def go_on(days: list[str], story_id: str = "s-1", aliases: tuple[str, ...] = ()) -> None:
        parts = [article(f"e-{day}", "电梯抽查。", title="电梯抽查", day=day) for day in days]
        put(newsroom, parts)
        members = tuple(Member(article=one.id, title=one.title, published=one.published) for one in parts)
        one = Story(id=story_id, title="电梯抽查", first=days[0], last=days[-1], members=members, aliases=aliases)
        newsroom.save_run(newsroom.begin_rework("2026-11-22"), [one])

    go_on(["2026-11-20"])
    looked(newsroom, pack)
    go_on(["2026-11-20", "2026-11-21"])
    looked(newsroom, pack)
    go_on(["2026-11-20", "2026-11-21"], "s-2", ("s-1",))  # merged into another
    looked(newsroom, pack)
    assert [one.what for one in news(newsroom, watch)] == ["new", "revised"]


def test_an_edition_is_told_when_it_is_printed_and_corrected(newsroom: Newsroom, pack: Pack) -> None:
    watch = save(newsroom, pack, "类型:版次 年度")
    period = Period(name="2026", first="2026-01-01", last="2026-12-31")
    draft = Edition(id="e-1", name="年度十大", period=period, field="质量", as_of="2026-11-22")
    newsroom.save_edition(draft)
    looked(newsroom, pack)
    assert told(newsroom, watch) == []
    newsroom.save_edition(replace(draft, state="published"))
    looked(newsroom, pack)
    newsroom.save_edition(replace(draft, state="corrected", version=2))
    looked(newsroom, pack)
    assert told(newsroom, watch) == [("new", "e-1"), ("revised", "e-1")]


def test_the_same_look_makes_the_same_alerts(newsroom: Newsroom, pack: Pack) -> None:
    watch = save(newsroom, pack, "召回")
    come = [article(f"a-{number}", f"第{number}次召回通告。", day=f"2026-11-{number:02d}") for number in range(1, 29)]
    random.Random(4).shuffle(come)
    arrive(newsroom, *come)
    state = looking.state_of(newsroom, open_index(newsroom, pack))
    one = looking.look(state, watch, NOW.isoformat())
    assert one.alerts == looking.look(state, watch, NOW.isoformat()).alerts
    assert [len(alert.news) for alert in one.alerts] == [20, 8]
    days = [news.published for alert in one.alerts for news in alert.news]
    assert days == sorted(days, reverse=True)  # type: ignore[type-var]


def test_a_kill_before_the_commit_tells_again_under_the_same_id(
    newsroom: Newsroom, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = save(newsroom, pack, "召回")
    arrive(newsroom, article("a-1", "庚厂召回插座。"))
    state = looking.state_of(newsroom, open_index(newsroom, pack))
    lost = looking.look(state, watch, NOW.isoformat()).alerts[0].id
    monkeypatch.setattr(
        "shida.store.watches.queue", lambda *_: (_ for _ in ()).throw(sqlite3.OperationalError("killed"))
    )
    with pytest.raises(sqlite3.OperationalError):
        looked(newsroom, pack)
    assert told(newsroom, watch) == []  # nothing of the transaction is left
    monkeypatch.undo()
    looked(newsroom, pack)
    assert [alert.id for _, alert in newsroom.watches.alerts(of=watch.id)] == [lost]


def test_more_than_a_search_can_be_paged_through_is_reached_by_days(
    newsroom: Newsroom, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    come = [article(f"a-{number:03d}", "一则召回通告。", day=f"2026-{number % 12 + 1:02d}-03") for number in range(60)]
    arrive(newsroom, *come)
    index = open_index(newsroom, pack)
    every = {hit.id for hit in matches(index, "召回").hits}
    assert len(every) == 61
    for name, value in (("MAX_LIMIT", 3), ("MAX_OFFSET", 6), ("MOST", 9)):
        monkeypatch.setattr(matching, name, value)
    found = matches(index, "召回")
    assert ({hit.id for hit in found.hits}, found.whole) == (every, True)
    arrive(newsroom, *[article(f"b-{number}", "同一天的召回。", day="2026-11-03") for number in range(20)])
    index.refresh()
    assert not matches(index, "召回").whole


def test_what_only_comes_near_is_not_told(newsroom: Newsroom, pack: Pack) -> None:
    watch = save(newsroom, pack, "童车召回通告全文")
    arrive(newsroom, article("a-1", "童车召回的通告很短。"))
    looked(newsroom, pack)
    assert told(newsroom, watch) == []


@pytest.mark.parametrize(
    "query",
    [
        "",
        "   ",
        "日期:昨天",
        "来源:",
        '"没有关',
        "类型:不存在 召回",
        "-广告",
        "，。",
        "字" * 300,
        "\x00\u202e",
        "OR OR",
    ],
)
def test_a_query_a_part_of_which_would_be_left_out_is_refused_in_words(query: str) -> None:
    with pytest.raises(SettingsError) as caught:
        checked_query(query)
    assert "shida search" in str(caught.value)


@pytest.mark.parametrize("name", ["", " \n", "长" * 81, "\x1b\x07"])
def test_a_name_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(SettingsError):
        make_watch(name, "召回", owner="", now=NOW.isoformat())


def test_hostile_queries_neither_raise_nor_hang(newsroom: Newsroom, pack: Pack) -> None:
    index = open_index(newsroom, pack)
    draw = random.Random(7)
    alphabet = '召回标题:来源类型日期 "-OR|（)〔《\x00\ud800\u202e😀%_*\\'
    for _ in range(150):
        query = "".join(draw.choice(alphabet) for _ in range(draw.randrange(1, 40)))
        try:
            kept = checked_query(query)
        except SettingsError:
            continue
        matches(index, kept)
