"""Ranking: what counts, what may not stand in an answer, what is folded and what stays outside."""

from __future__ import annotations

import random
import re

import pytest
from msgspec.structs import replace

from shida.errors import SettingsError
from shida.pack import Pack
from shida.rank import rank
from shida.records import Act, Document, Evidence, Member, Period, Story

YEAR = Period(name="2031", first="2031-01-01", last="2031-12-31")


def story(name: str, *titles: tuple[str, str], position: int = 9, source: str = "甲报") -> Story:
    members = tuple(
        Member(article=f"{name}-{n}", title=title, published=day, position=position, source=source)
        for n, (day, title) in enumerate(titles)
    )
    return Story(id=f"s-{name}", title=titles[0][1], members=members, first=titles[0][0], last=titles[-1][0])


BRIDGE = story("bridge", ("2031-03-01", "澜江大桥建成通车"), ("2031-03-02", "澜江大桥首日通行逾三万辆"))
FLOOD = story("flood", ("2031-07-01", "白石河流域发生特大暴雨"), ("2031-07-03", "白石河抢险救灾进行中 已有12人遇难"))
WEATHER = story("weather", *((f"2031-05-{day:02d}", "冷空气来袭 多地降温") for day in range(1, 20)))
PROGRAMME = story("tv", *((f"2031-06-{day:02d}", "电视剧《远山》今晚播出") for day in range(1, 20)))


def ids(stories: list[Story], pack: Pack, as_of: str = "2031-12-31", **more: object) -> list[str]:
    return [entry.story for entry in rank(stories, [], pack, YEAR, as_of=as_of, **more).entries]  # type: ignore[arg-type]


def test_a_quiet_act_stands_above_loud_routine(pack: Pack) -> None:
    assert set(ids([WEATHER, PROGRAMME, BRIDGE, FLOOD], pack, field="国内")) == {"s-bridge", "s-flood"}


def test_filler_stays_outside_though_places_are_empty(pack: Pack) -> None:
    ranking = rank([WEATHER, PROGRAMME], [], pack, YEAR, as_of="2031-12-31", field="国内")
    assert ranking.entries == ()
    assert ranking.considered == 2


def test_nothing_later_stands_in_an_answer(pack: Pack) -> None:
    ranking = rank([BRIDGE, FLOOD], [], pack, YEAR, as_of="2031-07-02", field="国内")
    said = repr(ranking)
    assert "flood-0" in said
    assert "flood-1" not in said
    assert "遇难" not in said
    assert "2031-07-03" not in said


def test_a_title_from_after_the_day_is_not_used(pack: Pack) -> None:
    renamed = replace(FLOOD, title="白石河抢险救灾进行中 已有12人遇难", lead="已有12人遇难。")
    entry = rank([renamed], [], pack, YEAR, as_of="2031-07-02", field="国内").entries[0]
    assert entry.title == "白石河流域发生特大暴雨"


def test_the_day_itself_is_included_and_undated_articles_do_not_count(pack: Pack) -> None:
    undated = Story(id="s-u", title="北岭隧道全线贯通", members=(Member(article="u", title="北岭隧道全线贯通"),))
    assert ids([BRIDGE, undated], pack, as_of="2031-03-01") == ["s-bridge"]


def test_only_the_period_counts(pack: Pack) -> None:
    march = Period(name="2031-03", first="2031-03-02", last="2031-03-31")
    entry = rank([BRIDGE, FLOOD], [], pack, march, as_of="2031-12-31", field="国内").entries
    assert [e.articles for e in entry] in ([("bridge-1",)], [])


def test_copies_add_no_weight(pack: Pack) -> None:
    copies = tuple(
        Member(article=f"c{n}", title="澜江大桥建成通车", published="2031-03-01", copy_of="bridge-0", copy_how="exact")
        for n in range(30)
    )
    plain = rank([BRIDGE], [], pack, YEAR, as_of="2031-12-31").entries[0]
    copied = rank([replace(BRIDGE, members=BRIDGE.members + copies)], [], pack, YEAR, as_of="2031-12-31").entries[0]
    assert copied.score == plain.score
    assert copied.articles == plain.articles
    assert "副本30篇" in repr(copied.reasons)


def test_one_thread_takes_one_place(pack: Pack) -> None:
    first = story("w1", *((f"2031-02-{d:02d}", "甲国称击落乙国无人机 乙国称打击甲国阵地") for d in range(1, 20)))
    second = story("w2", *((f"2031-05-{d:02d}", "甲国称击落多架乙国无人机 乙国称打击甲国阵地") for d in range(1, 12)))
    entries = rank([first, second, BRIDGE], [], pack, YEAR, as_of="2031-12-31").entries
    assert [e.story for e in entries].count("s-w2") == 0
    assert any("并入此条" in reason.sentence for e in entries if e.story == "s-w1" for reason in e.reasons)


def test_a_document_weighs(pack: Pack) -> None:
    quiet = story("law", ("2031-04-01", "促进老年用品发展有了新规矩"))
    place = Evidence(article="law-0", of="text", start=0, end=1, sentence="促")
    law = Document(title="老年用品条例", acts=(Act(act="公布", date="2031-04-01"),), evidence=(place,))
    with_it = rank([quiet], [law], pack, YEAR, as_of="2031-12-31", field="国内")
    shown = with_it.entries or ((with_it.next,) if with_it.next else ())
    without = rank([quiet], [], pack, YEAR, as_of="2031-12-31", field="国内")
    assert len(shown) >= len(without.entries)
    late = Document(title="老年用品条例", acts=law.acts, evidence=(place,), reported="2032-01-02")
    assert rank([quiet], [late], pack, YEAR, as_of="2031-12-31", field="国内") == without


def test_a_merged_fact_weighs_only_by_what_was_known(pack: Pack) -> None:
    told = story("law", ("2031-04-01", "老年用品有了新规矩"), ("2031-09-01", "《老年用品法》今起施行"))
    before = Evidence(article="law-0", of="text", start=0, end=1, sentence="老")
    after = Evidence(article="law-1", of="title", start=0, end=1, sentence="《")
    merged = Document(
        title="老年用品法",
        document_kind="law",
        acts=(Act(act="通过", date="2031-04-01"), Act(act="施行", date="2031-09-01")),
        evidence=(before, after),
        reported="2031-04-01",
    )
    known = replace(merged, acts=merged.acts[:1], evidence=(before,))
    day = {"as_of": "2031-05-01", "field": "国内", "list_name": "国内"}
    assert rank([told], [merged], pack, YEAR, **day) == rank([told], [known], pack, YEAR, **day)  # type: ignore[arg-type]
    later = replace(merged, acts=merged.acts[1:])
    assert rank([told], [later], pack, YEAR, **day) == rank([told], [], pack, YEAR, **day)  # type: ignore[arg-type]


def test_the_eleventh_is_named(pack: Pack) -> None:
    ranking = rank([BRIDGE, FLOOD], [], pack, YEAR, as_of="2031-12-31", field="国内", limit=1)
    assert len(ranking.entries) == 1
    assert ranking.next is not None
    assert ranking.next.rank == 2
    assert ranking.next.story != ranking.entries[0].story
    lacked, change = ranking.next.reasons[-2:]
    assert (lacked.signal, change.signal) == ("lacked", "change")
    assert lacked.value == pytest.approx(ranking.entries[0].score - ranking.next.score, abs=0.001)
    assert ranking.entries[0].title in lacked.sentence
    assert "篇" in change.sentence or "分量" in change.sentence


def test_what_would_have_to_change_is_enough(pack: Pack) -> None:
    short = story("short", ("2031-03-01", "北岭隧道全线贯通"), ("2031-03-02", "北岭隧道的一百个昼夜"))
    ranking = rank([BRIDGE, short, FLOOD], [], pack, YEAR, as_of="2031-12-31", field="国内", limit=2)
    assert ranking.next is not None
    wanted = re.search(r"报道由\d+篇增至(\d+)篇", ranking.next.reasons[-1].sentence)
    assert wanted is not None
    outside = next(one for one in (BRIDGE, short, FLOOD) if one.id == ranking.next.story)
    more = tuple(
        Member(
            article=f"more-{n}", title=f"{outside.title}：{sign}", published=outside.first, position=9, source="甲报"
        )
        for n, sign in zip(range(int(wanted[1])), "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥", strict=False)
    )
    grown = replace(outside, members=outside.members + more)
    stories = [grown if one.id == grown.id else one for one in (BRIDGE, short, FLOOD)]
    assert grown.id in ids(stories, pack, field="国内", limit=2)


def test_order_of_input_changes_nothing(pack: Pack) -> None:
    stories = [WEATHER, PROGRAMME, BRIDGE, FLOOD]
    expected = rank(stories, [], pack, YEAR, as_of="2031-12-31")
    mixed = list(stories)
    random.Random(7).shuffle(mixed)
    assert rank(mixed, [], pack, YEAR, as_of="2031-12-31") == expected


def test_reasons_carry_numbers_and_add_up(pack: Pack) -> None:
    entry = rank([BRIDGE], [], pack, YEAR, as_of="2031-12-31", field="国内").entries[0]
    assert entry.score == pytest.approx(sum(r.value * r.weight for r in entry.reasons), abs=0.01)
    assert any("2天" in reason.sentence for reason in entry.reasons)


def test_an_unknown_field_is_refused_with_the_known_ones(pack: Pack) -> None:
    with pytest.raises(SettingsError, match="质量"):
        rank([], [], pack, YEAR, as_of="2031-12-31", field="天文")
    with pytest.raises(SettingsError, match="综合"):
        rank([], [], pack, YEAR, as_of="2031-12-31", list_name="天文")


def test_odd_input_is_no_exception(pack: Pack) -> None:
    odd = [
        Story(id="s-0", title=""),
        Story(id="s-1", title="\x00", members=(Member(article="x", title="\x00" * 9000, published="2031-99-99"),)),
        Story(
            id="s-2",
            title="致" + "9" * 5000 + "人死亡",
            members=(Member(article="y", title="致" + "9" * 5000 + "人死亡", published="2031-01-01"),),
        ),
    ]
    assert rank(odd, [], pack, YEAR, as_of="2031-12-31", limit=0).entries == ()
    rank(odd, [], pack, YEAR, as_of="2031-12-31", limit=5)
