"""Each signal by itself: what raises it, what does not."""

from __future__ import annotations

import pytest

from shida.pack import Pack
from shida.pack.ranking import ListRule
from shida.rank.cues import reader_of
from shida.rank.signals import SIGNALS, Context, Signal
from shida.rank.views import told, view_of
from shida.records import Act, Case, Document, Evidence, Fact, Member, Period, Story

YEAR = Period(name="2031", first="2031-01-01", last="2031-12-31")
LISTED = ListRule(name="甲")


def signal(pack: Pack, name: str, *members: Member, facts: tuple[Fact, ...] = ()) -> Signal:
    story = Story(id="s", title=members[0].title, members=members)
    ready = told(story)
    assert ready is not None
    view = view_of(ready, reader_of(pack), YEAR, "2031-12-31")
    assert view is not None
    context = Context(rule=LISTED, ranking=pack.ranking, facts=facts, themes=view.themes)
    return SIGNALS[name](view, context)


def member(n: int, title: str, day: str = "2031-03-01", source: str = "甲报", position: int | None = None) -> Member:
    return Member(article=f"a{n}", title=title, published=day, source=source, position=position)


def test_size_grows_with_articles_and_not_with_bulletins_or_filler(pack: Pack) -> None:
    told = [member(n, f"山里修路第{'一二三四五六七八'[n]}件事") for n in range(8)]
    bulletins = [member(n, "山里修路今日通报") for n in range(8)]
    filler = [member(n, f"纪录片《山里修路》第{'一二三四五六七八'[n]}集今晚播出") for n in range(8)]
    assert signal(pack, "size", *told).value > signal(pack, "size", *told[:4]).value
    assert signal(pack, "size", *bulletins).value < signal(pack, "size", *told[:3]).value
    assert signal(pack, "size", *filler).value < signal(pack, "size", *told[:2]).value


def test_life_counts_days_not_articles(pack: Pack) -> None:
    one_day = signal(pack, "life", *[member(n, f"修路之{n}") for n in range(5)])
    five_days = signal(pack, "life", *[member(n, f"修路之{'甲乙丙丁戊'[n]}", f"2031-03-0{n + 1}") for n in range(5)])
    assert one_day.value == 0
    assert five_days.value > 0
    assert "5天" in five_days.sentence


def test_breadth_counts_sources_not_articles(pack: Pack) -> None:
    same = signal(pack, "breadth", *[member(n, "修路") for n in range(4)])
    four = signal(pack, "breadth", *[member(n, "修路", source=s) for n, s in enumerate(("甲", "乙", "丙", "丁"))])
    assert (same.value, four.value > 0.4) == (0, True)


def test_an_act_said_in_few_titles_counts_less(pack: Pack) -> None:
    all_say = signal(pack, "act", member(0, "澜江大桥建成通车"))
    few_say = signal(pack, "act", member(0, "澜江大桥建成通车"), *[member(n, f"澜江边的人家{n}") for n in range(1, 9)])
    assert 0 < few_say.value < all_say.value
    assert signal(pack, "act", member(0, "澜江边的人家")).value == 0


def test_a_greeting_from_a_high_office_is_no_act(pack: Pack) -> None:
    assert signal(pack, "authority", member(0, "国务院办公厅祝某校校庆快乐")).value == 0
    assert signal(pack, "authority", member(0, "国务院印发《老年用品发展规划》")).value > 0.3


@pytest.mark.parametrize(("fewer", "more"), [("致3人死亡", "致120人死亡"), ("致120人死亡", "致4.1万人死亡")])
def test_more_deaths_weigh_more(pack: Pack, fewer: str, more: str) -> None:
    assert signal(pack, "consequence", member(0, fewer)).value < signal(pack, "consequence", member(0, more)).value


def test_position_counts_the_front(pack: Pack) -> None:
    front = signal(pack, "position", *[member(n, f"修路{'甲乙丙'[n]}", position=1) for n in range(3)])
    back = signal(pack, "position", *[member(n, f"修路{'甲乙丙'[n]}", position=19) for n in range(3)])
    assert front.value > back.value == 0
    assert signal(pack, "position", member(0, "修路")).sentence == "没有版位"


@pytest.mark.parametrize("title", ["冷空气来袭 多地降温", "电视剧《远山》今晚播出", "前三季度快递业务量同比增长8%"])
def test_routine_is_seen(pack: Pack, title: str) -> None:
    assert signal(pack, "routine", member(0, title)).value >= 0.7


def test_documents_weigh_by_kind_and_more_in_a_title(pack: Pack) -> None:
    def law(of: str, kind: str) -> Document:
        place = Evidence(article="a0", of=of, start=0, end=1, sentence="促")  # type: ignore[arg-type]
        return Document(title="老年用品法", document_kind=kind, acts=(Act(act="通过"),), evidence=(place,))

    quiet = member(0, "有了新规矩")
    in_title = signal(pack, "document", quiet, facts=(law("title", "law"),)).value
    in_text = signal(pack, "document", quiet, facts=(law("text", "law"),)).value
    report = signal(pack, "document", quiet, facts=(law("title", "report"),)).value
    assert in_title > in_text > 0
    assert in_title > report
    assert signal(pack, "document", quiet, facts=(Document(title="老年用品法", document_kind="law"),)).value == 0


def test_a_case_in_a_title_is_a_fact_that_weighs(pack: Pack) -> None:
    place = Evidence(article="a0", of="title", start=0, end=1, sentence="某")
    said = signal(pack, "fact", member(0, "某公司被罚"), facts=(Case(parties=("某公司",), evidence=(place,)),))
    assert said.value > 0
    assert "案件" in said.sentence


def test_every_weight_of_the_packs_is_a_signal_and_every_kind_named_is_known(pack: Pack) -> None:
    kinds = {cue.name for cue in pack.ranking.acts}
    names = [rule.name for rule in pack.ranking.ranked_lists]
    fields = {rule.name for rule in pack.fields.fields}
    assert len(names) == len(set(names))
    for rule in pack.ranking.ranked_lists:
        assert set(rule.weights) <= set(SIGNALS)
        assert set(rule.acts) | set(rule.caps) <= kinds
        assert rule.field is None or rule.field in fields
