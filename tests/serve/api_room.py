"""A newsroom to ask the API about: the small one of the search, with what the API has to be careful about."""

from __future__ import annotations

import sys
from pathlib import Path

from msgspec.structs import replace

sys.path.insert(0, str(Path(__file__).parents[1] / "store"))  # the small newsroom stands with the store's tests

from search_newsroom import ROWS, article, document, edition, put, small_newsroom, story, tell

from shida.pack import Pack
from shida.records import (
    Alert,
    Article,
    Decision,
    Evidence,
    Fact,
    Figure,
    Item,
    Member,
    News,
    Repair,
    Story,
    Theme,
    Watch,
)
from shida.serve.api import Library
from shida.settings import Settings

TODAY = "2025-12-31"
ODD = "卷/一.html"
"""An id with a slash, an ending and Chinese: whatever a user's own file calls its articles."""

TEXT = "质检中心报告，海康威视的产品合格率达到97.5%，比去年高。今年的主题是共治共享。"
SENTENCE = "质检中心报告，海康威视的产品合格率达到97.5%，比去年高。"


def odd_article() -> Article:
    start = TEXT.index("海康威视")
    return Article(
        id=ODD,
        page="p-odd",
        title="=HYPERLINK(产品合格率)",
        text=TEXT,
        published="2025-06-01T09:30+08:00",
        source="质量观察",
        url="https://example.org/odd",
        items=(Item(title="六月的一条", published="2025-06-01"), Item(title="七月的一条", published="2025-07-01")),
        repairs=(
            Repair(of="text", start=start, end=start + 4, before="海疆威士", rule="annotation", how="proved"),
            Repair(of="title", start=0, end=1, before="＝", rule="width", how="proved"),
        ),
        damage="A",
    )


def odd_facts() -> tuple[Fact, ...]:
    def stated(sentence: str) -> tuple[Evidence, ...]:
        start = TEXT.index(sentence)
        return (Evidence(article=ODD, of="text", start=start, end=start + len(sentence), sentence=sentence),)

    theme = "今年的主题是共治共享。"
    return (
        Figure(id="f-01", what="产品合格率", value=97.5, unit="%", reported="2025-06-01", evidence=stated(SENTENCE)),
        Theme(id="f-02", name="年度主题", value="共治共享", year=2025, reported="2025-06-01", evidence=stated(theme)),
        Theme(
            id="f-03",
            name="年度主题",
            value="旧主题",
            reported="2025-06-01",
            evidence=(Evidence(article=ODD, of="text", start=0, end=3, sentence="改过的"),),
        ),
    )


def odd_story() -> Story:
    member = Member(article=ODD, title="=HYPERLINK(产品合格率)", published="2025-06-01T09:30+08:00", source="质量观察")
    return Story(
        id="s-odd", title=member.title, first="2025-06-01", last="2025-06-01", members=(member,), aliases=("s-before",)
    )


def watched() -> tuple[Watch, Alert]:
    """A saved search, with what was told of it; its id is that of the edition, since any text may be one."""
    watch = Watch(id="e-2025", name="=童车", query="童车", owner="法规部", created="2025-12-30T08:00:00+08:00")
    told = News(
        what="new",
        kind="article",
        id="a-03",
        title="童车抽查结果公布",
        source="质量观察",
        page="article/a-03.html",
        sentence="童车",
        article="a-03",
        end=2,
    )
    news = (
        told,
        replace(told, what="withdrawn", title="=童车抽查结果公布", why="原页已撤下", sentence="", article=None),
    )
    alert = Alert(
        id="n-1",
        watch=watch.id,
        name=watch.name,
        query="童车",
        owner="法规部",
        made="2025-12-31T08:00:00+08:00",
        news=news,
    )
    return watch, alert


def make_room(home: Path) -> Path:
    """The newsroom's folder, with a site of a few pages beside it."""
    with small_newsroom(home) as newsroom:
        put(newsroom, [odd_article()], {ODD: odd_facts()})
        newsroom.save_run(newsroom.begin_rework("2025-06-02"), [odd_story()])
        first = replace(edition(), decisions=(Decision(step="published", by="编辑甲", on="2025-12-30"),))
        newsroom.save_edition(replace(first, state="published"))
        second = Decision(step="corrected", by="编辑乙", on="2025-12-31", reason="改正题目")
        watch, alert = watched()
        newsroom.watches.save(watch)
        newsroom.watches.keep_look(watch, (), [alert], ())
        newsroom.save_edition(replace(first, version=2, state="corrected", decisions=(*first.decisions, second)))
    for path in ("index", "article/a-01", "story/s-a-01", "topics", "register/documents", "help", "edition/e-2025_1"):
        file = home / "site" / f"{path}.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("一页")
    (home / "site" / "search.html").write_text("查找")
    (home / "site" / "feed.json").write_text("{}")
    (home / "site" / "feed.html").write_text("一页")
    return home


def open_library(home: Path, pack: Pack, today: str = TODAY) -> Library:
    return Library(home, settings=Settings(), pack=pack, today=lambda: today)


__all__ = [
    "ODD",
    "ROWS",
    "SENTENCE",
    "TEXT",
    "TODAY",
    "article",
    "document",
    "make_room",
    "odd_article",
    "open_library",
    "put",
    "story",
    "tell",
]
