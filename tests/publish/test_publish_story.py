"""A story's page: every reason is on it, and the lead is that of the article it was taken from."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from shida.pack import Pack
from shida.publish import publish
from shida.publish.content import Content
from shida.publish.past import stories_known
from shida.records import Article, Choice, Edition, EditionEntry, Member, Moment, Period, Story
from shida.settings import Settings

MEMBERS = (
    Member(article="a1", title="大桥合龙", published="2026-05-01", source="江畔日报", joined="本报道的第一篇"),
    Member(article="a2", title="大桥铺装", published="2026-05-04", source="江畔晚报", joined="与本报道同有“大桥”"),
    Member(
        article="a3",
        title="转载：大桥铺装",
        published="2026-05-05",
        source="转载网",
        copy_of="a2",
        copy_how="near",
        joined="正文与《大桥铺装》几乎相同（93% 的文字依次重合）",
    ),
    Member(
        article="a4", title="<b>大桥</b>", published="2026-05-06", joined="编辑林于 2026-05-11 将所在报道并入：一事"
    ),
)
STORY = Story(
    id="s-1",
    title="大桥铺装",
    lead="大桥今天铺装。",
    first="2026-05-01",
    last="2026-05-06",
    members=MEMBERS,
    timeline=(
        Moment(date="2026-05-01", sentence="大桥今天合龙。", article="a1", why="正文只有这一句，说到“大桥”"),
        Moment(date="2026-05-04", sentence="大桥铺桥面。", article="a2", why="正文开头 2 句里的第 2 句"),
    ),
    title_from=Choice(article="a2", why="标题：3 篇中与其余各篇最相近的一篇"),
    lead_from=Choice(article="a2", why="导语：标题那一篇正文的第 1 句"),
    aliases=("s-0",),
)
ARTICLES = [
    Article(id=one.article, page="p", title=one.title, text="大桥。", published=one.published) for one in MEMBERS
]


def page(tmp_path: Path, pack: Pack, story: Story, **more: object) -> str:
    content = Content(articles=ARTICLES, stories=(story,), **more)  # type: ignore[arg-type]
    publish(content, tmp_path / "site", settings=Settings(), pack=pack, as_of="2026-05-12")
    return (tmp_path / "site" / "story" / "s-1.html").read_text("utf-8")


def text_of(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", page))


def test_every_reason_is_on_the_page(tmp_path: Path, pack: Pack) -> None:
    said = text_of(page(tmp_path, pack, STORY))
    for member in MEMBERS:
        reason = (member.joined or "").replace("《大桥铺装》", "上面这篇")
        assert reason in said
    assert STORY.title_from is not None
    assert STORY.lead_from is not None
    for why in (STORY.title_from.why, STORY.lead_from.why, *(f"日：{moment.why}" for moment in STORY.timeline)):
        assert why in said


def test_the_choices_are_folded_and_lead_to_their_articles(tmp_path: Path, pack: Pack) -> None:
    made = page(tmp_path, pack, STORY)
    (folded,) = re.findall(r"<details class=\"open chosen\">(.*?)</details>", made, re.DOTALL)
    assert "标题、导语和各日的句子是怎么选的" in folded
    assert re.findall(r'href="\.\./article/(\w+)\.html"', folded) == ["a2", "a2", "a1", "a2"]
    assert "<b>大桥" not in made


def test_the_lead_names_the_article_it_was_taken_from(tmp_path: Path, pack: Pack) -> None:
    (lead,) = re.findall(r'<p class="lead">(.*?)</p>', page(tmp_path, pack, STORY))
    assert ("article/a2.html" in lead, "江畔晚报" in lead) == (True, True)


@pytest.mark.parametrize(("lead", "article"), [("大桥铺桥面。", "a2"), ("别的话。", "a1")])
def test_a_story_told_before_reasons_were_kept(tmp_path: Path, pack: Pack, lead: str, article: str) -> None:
    old = replace(
        STORY,
        lead=lead,
        title_from=None,
        lead_from=None,
        timeline=tuple(replace(moment, why="") for moment in STORY.timeline),
    )
    made = page(tmp_path, pack, old)
    assert "chosen" not in made
    assert f"article/{article}.html" in re.findall(r'<p class="lead">(.*?)</p>', made)[0]


def test_many_days_are_counted_and_not_all_explained(tmp_path: Path, pack: Pack) -> None:
    days = tuple(replace(STORY.timeline[0], date=f"2025-{1 + n // 28:02d}-{1 + n % 28:02d}") for n in range(100))
    said = text_of(page(tmp_path, pack, replace(STORY, timeline=days)))
    assert said.count("日：正文只有这一句") == 40
    assert "其余 60 日的句子按同样的规则选取" in said


def test_a_small_story_keeps_its_page_where_editors_ruled_about_it(tmp_path: Path, pack: Pack) -> None:
    small = replace(STORY, members=MEMBERS[:1], timeline=STORY.timeline[:1], aliases=())
    with pytest.raises(FileNotFoundError):
        page(tmp_path / "1", pack, small)
    assert "大桥今天合龙" in page(tmp_path / "2", pack, small, ruled={"s-1", "s-none"})
    assert (tmp_path / "2" / "site" / "story").is_dir()
    assert not (tmp_path / "2" / "site" / "story" / "s-none.html").exists()


def test_an_edition_leads_to_the_story_that_its_own_was_merged_into(tmp_path: Path, pack: Pack) -> None:
    period = Period(name="2026-05", first="2026-05-01", last="2026-05-31")
    entry = EditionEntry(place=1, story="s-0", title="大桥铺装", articles=("a2",))
    edition = Edition(id="e", name="五月", period=period, field=None, as_of="2026-05-31", entries=(entry,))
    page(tmp_path, pack, STORY, editions=(edition,))
    assert "story/s-1.html" in (tmp_path / "site" / "edition" / "e.html").read_text("utf-8")
    assert "story/s-1.html" in (tmp_path / "site" / "story" / "s-0.html").read_text("utf-8")


def test_an_earlier_day_is_not_told_by_reasons_of_later() -> None:
    (known,) = stories_known([STORY], "2026-05-04")
    assert [member.article for member in known.members] == ["a1", "a2"]
    assert (known.title_from, known.lead_from) == (None, None)
    assert list(stories_known([STORY], "2026-05-12")) == [STORY]
