"""A small newsroom to search in; every sentence is made up."""
# ruff: noqa: E501  # a row a line

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from shida.records import Act, Article, Document, Edition, EditionEntry, Evidence, Fact, Member, Page, Period, Story
from shida.store import Newsroom, PageOutcome

ROWS = (
    ("a-01", "临河市推进质量强市建设", "临河市今天召开会议，部署质量强市建设。市监总局派员参加。", "2025-01-10", "临河日报"),
    ("a-02", "国务院办公厅印发计量意见", "国务院办公厅印发意见（国办发〔2025〕16号），要求健全计量体系。", "2025-03-02", "新华社"),
    ("a-03", "童车抽查结果公布", "国家市场监督管理总局抽查童车86批次，3批次不合格。家电另行公布。", "2025-03-15", "质量观察"),
    ("a-04", "黑颈鹤北归", "湿地里的黑颈鹤陆续北归，观鸟者说今年比去年早七天。", "2024-04-01", "云岭新闻网"),
    ("a-05", "ISO9001换版", "ISO9001新版标准发布，企业有三年过渡期。GDP增长5%的目标不变。", "2024-11-20", "标准周刊"),
    ("a-06", "黑颈鹤北归（转载）", "湿地里的黑颈鹤陆续北归，观鸟者说今年比去年早七天！", "2024-04-02", "东坪晚报"),
    ("a-07", "", "只有正文的一篇，说的是振兴中国。家电下乡的事以后再说。", None, None),
)  # fmt: skip


def article(row: Sequence[str | None]) -> Article:
    made, title, text, published, source = row
    return Article(
        id=str(made),
        page=f"p-{made}",
        title=title or "",
        text=text or "",
        published=published,
        source=source,
        url=f"https://example.org/{made}",
    )


def put(newsroom: Newsroom, articles: Sequence[Article], facts: dict[str, tuple[Fact, ...]] | None = None) -> None:
    """Keep articles with their facts, as a run's page stages would."""
    newsroom.add_pages([Page(id=one.page, content=one.page.encode(), name=one.id) for one in articles])
    outcomes = [
        PageOutcome(page=one.page, articles=(one,), facts=((one.id, (facts or {}).get(one.id, ())),))
        for one in articles
    ]
    newsroom.save_outcomes(outcomes)


def tell(newsroom: Newsroom, stories: Sequence[Story], gone: Sequence[str] = ()) -> None:
    """Keep stories, as a run's end would."""
    newsroom.save_run(newsroom.begin_rework("2025-04-01"), stories, gone)


def story(story_id: str, *members: str, copies: dict[str, str] | None = None) -> Story:
    rows = {str(row[0]): row for row in ROWS}
    return Story(
        id=story_id,
        title=rows[members[0]][1] or "无题",
        lead=(rows[members[0]][2] or "")[:20],
        first=rows[members[0]][3],
        last=rows[members[-1]][3],
        members=tuple(
            Member(
                article=one,
                title=rows[one][1] or "",
                published=rows[one][3],
                copy_of=(copies or {}).get(one),
                copy_how="near" if one in (copies or {}) else None,
            )
            for one in members
        ),
    )


def document() -> Document:
    sentence = "国务院办公厅印发意见（国办发〔2025〕16号），要求健全计量体系。"
    return Document(
        id="f-0000000000000001",
        title="关于健全计量体系的意见",
        number="国办发〔2025〕16号",
        issuers=("国务院办公厅",),
        acts=(Act(act="印发", date="2025-03-02", precision="day"),),
        reported="2025-03-02",
        evidence=(Evidence(article="a-02", of="text", start=0, end=len(sentence), sentence=sentence),),
    )


def edition() -> Edition:
    return Edition(
        id="e-2025",
        name="2025年质量十大新闻",
        period=Period(name="2025", first="2025-01-01", last="2025-12-31"),
        field="质量",
        as_of="2025-12-31",
        entries=(EditionEntry(place=1, story="s-1", title="质量强市建设", articles=("a-01",)),),
    )


def small_newsroom(home: Path) -> Newsroom:
    """The newsroom of ROWS: seven articles, six stories (one with a copy), a document, an edition."""
    newsroom = Newsroom.open(home, create=True)
    put(newsroom, [article(row) for row in ROWS], {"a-02": (document(),)})
    singles = [story(f"s-{one}", one) for one in ("a-01", "a-02", "a-03", "a-05", "a-07")]
    tell(newsroom, [*singles, story("s-a-04", "a-04", "a-06", copies={"a-06": "a-04"})])
    newsroom.save_edition(edition())
    return newsroom
