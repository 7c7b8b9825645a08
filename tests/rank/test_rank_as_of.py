"""`as_of` answers as if nothing later existed: the same answer as from stories that were cut off on that day."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from shida.pack import load_packs
from shida.rank import rank
from shida.records import Member, Period, Story

PACK = load_packs(("quality", "general"))
TITLES = (
    "澜江大桥建成通车",
    "澜江大桥首日通行逾三万辆",
    "国务院印发《老年用品质量提升方案》",
    "甲国总统宣布辞职",
    "多国关注甲国政局",
    "冷空气来袭 多地降温",
    "电视剧《远山》今晚播出",
    "第七届青年运动会开幕",
    "中国队夺得排球世锦赛冠军",
    "白石河流域特大暴雨致12人遇难",
    "我国成功发射一颗通信卫星",
    "市场监管总局公布食品抽检结果",
    "俄称击落无人机 乌称打击俄军阵地",
    "",
)
DAYS = st.dates(min_value=date(2029, 6, 1), max_value=date(2031, 12, 31))


@st.composite
def stories(draw: st.DrawFn) -> list[Story]:
    made = []
    for number in range(draw(st.integers(0, 8))):
        count = draw(st.integers(1, 6))
        members = tuple(
            Member(
                article=f"a{number}-{n}",
                title=draw(st.sampled_from(TITLES)),
                published=draw(st.one_of(st.none(), DAYS.map(lambda day: day.isoformat()))),
                source=draw(st.sampled_from((None, "甲报", "乙报"))),
                position=draw(st.one_of(st.none(), st.integers(1, 20))),
                copy_of=draw(st.sampled_from((None, None, "a0-0"))),
            )
            for n in range(count)
        )
        days = sorted(m.published for m in members if m.published)
        title = draw(st.sampled_from([m.title for m in members]))
        made.append(Story(id=f"s-{number}", title=title, members=members, first=days[0] if days else None))
    return made


def cut(story: Story, day: str) -> Story:
    members = tuple(m for m in story.members if m.published is not None and m.published <= day)
    return replace(story, members=members, title=story.title if any(m.title == story.title for m in members) else "无")


@settings(max_examples=60, deadline=None)
@given(stories(), DAYS.map(lambda day: day.isoformat()), st.sampled_from(["2030", "2031"]))
def test_as_of_is_as_if_nothing_later_existed(made: list[Story], day: str, year: str) -> None:
    period = Period(name=year, first=f"{year}-01-01", last=f"{year}-12-31")
    asked = rank(made, [], PACK, period, as_of=day, limit=4)
    assert asked == rank([cut(story, day) for story in made], [], PACK, period, as_of=day, limit=4)
    later = {m.article for s in made for m in s.members if m.published is None or m.published > day}
    shown = [*asked.entries, *([asked.next] if asked.next else [])]
    assert not later & {article for entry in shown for article in entry.articles}


@settings(max_examples=60, deadline=None)
@given(stories(), st.randoms())
def test_order_of_stories_and_members_changes_nothing(made: list[Story], random: object) -> None:
    period = Period(name="2030..2031", first="2030-01-01", last="2031-12-31")
    mixed = [replace(s, members=tuple(random.sample(s.members, len(s.members)))) for s in made]  # type: ignore[attr-defined]
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert rank(mixed, [], PACK, period, as_of="2031-12-31") == rank(made, [], PACK, period, as_of="2031-12-31")
