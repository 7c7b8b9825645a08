"""`as_of` answers as if nothing later existed: the same answer as from stories that were cut off on that day."""

from __future__ import annotations

import random as random_module
import re
from datetime import date
from typing import cast

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from shida.know import merge
from shida.pack import load_packs
from shida.publish.leads import lead_of
from shida.publish.proposals import home_rankings, propose
from shida.rank import rank
from shida.records import Act, Document, Entry, Evidence, Fact, Member, Moment, Period, Ranking, Story
from shida.store import Newsroom

PACK = load_packs(("quality", "general"))
TITLES = (
    "澜江大桥建成通车",
    "澜江大桥首日通行逾三万辆",
    "国务院公布《老年用品条例》",
    "老年用品质量监督抽查开始",
    "甲国国会通过对韩国总统的弹劾",
    "韩国总统宣布辞职",
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


FIELDS = st.sampled_from((None, "国内", "国际", "质量"))


def facts_of(article: str, title: str, day: str | None) -> list[Fact]:
    """What the article states, as the stage before gives it: one fact an article, not merged."""
    if "《" not in title:
        return []
    place = Evidence(article=article, of="title", start=0, end=len(title), sentence=title)
    acts = (Act(act="公布", date=day), Act(act="施行", date="2031-10-01"))
    return [Document(title="老年用品条例", document_kind="law", acts=acts, evidence=(place,), reported=day)]


@st.composite
def newsrooms(draw: st.DrawFn) -> tuple[list[Story], list[Fact]]:
    made, facts = [], []
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
        told = draw(st.sampled_from(members))
        story = Story(
            id=f"s-{number}",
            title=told.title,
            lead=f"{told.title}。",
            members=members,
            first=days[0] if days else None,
            last=days[-1] if days else None,
            timeline=tuple(
                Moment(date=m.published, sentence=f"{m.title}。", article=m.article) for m in members if m.published
            ),
        )
        made.append(story)
        facts += [fact for m in members for fact in facts_of(m.article, m.title, m.published)]
    return made, facts


def cut(story: Story, day: str) -> Story:
    """The story as it would be if nothing later had been written."""
    members = tuple(m for m in story.members if m.published is not None and m.published <= day)
    known = {m.article for m in members}
    titles = [m.title for m in members]
    days = sorted(m.published for m in members if m.published)
    return replace(
        story,
        members=members,
        title=story.title if story.title in titles else "无",
        lead=story.lead if story.lead[:-1] in titles else "",
        timeline=tuple(moment for moment in story.timeline if moment.article in known),
        first=days[0] if days else None,
        last=days[-1] if days else None,
    )


def known_facts(facts: list[Fact], stories: list[Story]) -> list[Fact]:
    known = {m.article for story in stories for m in story.members}
    return [fact for fact in facts if fact.evidence[0].article in known]


def shown(ranking: Ranking) -> list[Entry]:
    return [*ranking.entries, *([ranking.next] if ranking.next else [])]


@settings(max_examples=40, deadline=None)
@given(newsrooms(), DAYS.map(lambda day: day.isoformat()), st.sampled_from(["2030", "2031"]), FIELDS)
def test_as_of_is_as_if_nothing_later_existed(
    newsroom: tuple[list[Story], list[Fact]], day: str, year: str, field: str | None
) -> None:
    made, facts = newsroom
    period = Period(name=year, first=f"{year}-01-01", last=f"{year}-12-31")
    asked = rank(made, facts, PACK, period, as_of=day, field=field, limit=4)
    past = [cut(story, day) for story in made]
    assert asked == rank(past, known_facts(facts, past), PACK, period, as_of=day, field=field, limit=4)
    merged = rank(made, merge(facts), PACK, period, as_of=day, field=field, limit=4)
    assert [entry.articles for entry in merged.entries] == [entry.articles for entry in asked.entries]


@settings(max_examples=40, deadline=None)
@given(newsrooms(), DAYS.map(lambda day: day.isoformat()), FIELDS)
def test_nothing_later_is_said(newsroom: tuple[list[Story], list[Fact]], day: str, field: str | None) -> None:
    made, facts = newsroom
    period = Period(name="2029..2031", first="2029-01-01", last="2031-12-31")
    ranking = rank(made, facts, PACK, period, as_of=day, field=field, limit=4)
    stories = {story.id: story for story in made}
    members = [member for story in made for member in story.members]
    known = {m.article for m in members if m.published is not None and m.published <= day}
    titles = {m.title for m in members if m.article in known}
    days = {m.published for m in members if m.article in known}
    for entry in shown(ranking):
        assert set(entry.articles) <= known
        assert entry.title in titles
        said = " ".join(reason.sentence for reason in entry.reasons)
        assert set(re.findall(r"\d{4}-\d\d-\d\d", said)) <= days
        assert {m.title for m in members if len(m.title) > 4 and m.title[:20] in said} <= titles
        lead = lead_of(stories[entry.story], entry)
        assert lead == "" or lead[:-1] in titles


@settings(max_examples=40, deadline=None)
@given(newsrooms(), st.randoms())
def test_order_of_stories_and_members_changes_nothing(
    newsroom: tuple[list[Story], list[Fact]], random: random_module.Random
) -> None:
    made, facts = newsroom
    period = Period(name="2030..2031", first="2030-01-01", last="2031-12-31")
    mixed = [replace(s, members=tuple(random.sample(s.members, len(s.members)))) for s in made]
    random.shuffle(mixed)
    assert rank(mixed, facts, PACK, period, as_of="2031-12-31") == rank(made, facts, PACK, period, as_of="2031-12-31")


@settings(max_examples=5, deadline=None)
@given(newsrooms(), DAYS.map(lambda day: day.isoformat()))
def test_what_a_newsroom_proposes_is_as_of_the_day(newsroom: tuple[list[Story], list[Fact]], day: str) -> None:
    made, facts = newsroom
    past = [cut(story, day) for story in made]
    period = Period(name="2030..2031", first="2030-01-01", last="2031-12-31")
    now = propose(cast(Newsroom, Shelf(made, facts)), PACK, period, as_of=day)
    then = propose(cast(Newsroom, Shelf(past, known_facts(facts, past))), PACK, period, as_of=day)
    assert now == then
    assert home_rankings(made, facts, PACK, as_of=day) == home_rankings(past, known_facts(facts, past), PACK, as_of=day)


class Shelf:
    """As much of a newsroom as a proposal asks for."""

    def __init__(self, stories: list[Story], facts: list[Fact]) -> None:
        self._stories, self._facts = stories, facts

    def stories(self) -> list[Story]:
        return self._stories

    def facts(self, kind: str) -> list[Fact]:
        return [fact for fact in self._facts if fact.__struct_config__.tag == kind]
