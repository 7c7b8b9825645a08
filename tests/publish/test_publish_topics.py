"""Topics, lives of documents, series of figures: pages, feeds, drawings."""

from __future__ import annotations

from pathlib import Path

import paper_newsroom
import pytest
from selectolax.lexbor import LexborHTMLParser

from shida.pack import Pack, load_packs
from shida.publish import Content, publish
from shida.publish.charts import life_line, series_line, value_line
from shida.publish.index import topics_of
from shida.publish.registers import steps_of
from shida.records import Act, Document, Figure
from shida.settings import Settings


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small newsroom with the packs' topics."""
    out = tmp_path_factory.mktemp("topics") / "site"
    publish(paper_newsroom.small_newsroom(), out, settings=Settings(), pack=load_packs(), as_of=paper_newsroom.AS_OF)
    return out


def page(file: Path) -> LexborHTMLParser:
    return LexborHTMLParser(file.read_text("utf-8"))


def test_the_tree_has_every_topic_and_leads_to_those_with_stories(site: Path) -> None:
    tree = page(site / "topics.html")
    names = [node.text().strip() for node in tree.css(".tree tbody th")]
    assert names == [topic.name for topic in load_packs().fields.topics]
    links = {node.text(): node.attributes["href"] or "" for node in tree.css(".tree tbody th a")}
    assert set(links) == {file_title(file) for file in (site / "topic").glob("*.html") if "_" not in file.name}
    assert all((site / link).is_file() for link in links.values())


def file_title(file: Path) -> str:
    node = page(file).css_first("h1")
    assert node is not None
    return node.text()


def test_a_topic_has_its_stories_newest_first_and_its_parent_has_them_too(site: Path) -> None:
    stories = {story.id: story for story in paper_newsroom.small_newsroom().stories}
    topics = topics_of(list(stories.values()), load_packs())
    own = {stories[name].title for name, names in topics.items() if "标准" in names}
    assert own
    rows = page(site / "topic/biaozhun.html").css(".told a")
    assert {node.text() for node in rows} == own
    days = [node.text() for node in page(site / "topic/biaozhun.html").css(".told time")]
    assert days == sorted(days, reverse=True)
    above = {node.text() for node in page(site / "topic/zhiliangjichu.html").css(".told a")}
    assert own < above


def test_a_story_and_an_article_lead_to_their_topics(site: Path) -> None:
    links = [node.attributes["href"] for node in page(site / "story/s-00.html").css(".kicker a")]
    assert "../topic/jianyanjiance.html" in links


def test_a_list_shows_the_topics_of_its_period_as_bars_with_numbers(site: Path) -> None:
    table = page(site / "top/2026-zhiliang.html").css_first(".bars")
    assert table is not None
    counts = [int((node.text() or "").split()[0]) for node in table.css(".measure span")]
    assert counts == sorted(counts, reverse=True)
    assert len(counts) >= 3
    assert len(table.css("svg.bar")) == len(counts)
    assert page(site / "top/2025-zhiliang.html").css_first(".bars") is None  # nothing was written in that year


def test_without_topics_there_is_no_page_and_no_way_to_one(tmp_path: Path) -> None:
    pack = Pack(pack_names=(), digests={})
    publish(paper_newsroom.one_item(), tmp_path / "site", settings=Settings(), pack=pack, as_of=paper_newsroom.AS_OF)
    assert not (tmp_path / "site/topics.html").exists()
    assert "topics.html" not in (tmp_path / "site/index.html").read_text("utf-8")


def test_a_document_with_several_steps_has_a_page_with_its_line(site: Path) -> None:
    rows = page(site / "register/documents.html").css(".register tbody th a")
    assert [node.text() for node in rows] == ["《童车安全管理办法》"]  # the other one has a single step
    own = page(site / "register" / (rows[0].attributes["href"] or ""))
    assert [node.text() for node in own.css(".slim tbody th")] == ["起草", "征求意见", "印发", "施行"]
    line = own.css_first("svg.lifeline")
    assert line is not None
    assert "征求意见" in line.text()
    assert "2024年1月1日至2026年12月1日" in (line.attributes["aria-label"] or "")


def test_a_figure_with_several_values_has_a_page_with_its_line_and_table(site: Path) -> None:
    link = page(site / "register/figures.html").css_first("a.all")
    assert link is not None
    own = page(site / "register" / (link.attributes["href"] or ""))
    assert [node.text() for node in own.css(".slim tbody th")] == ["2025年", "2024年", "2023年"]
    assert len(own.css("svg.values circle")) == 3
    assert "由增幅" in (own.html or "") or "（推定）" in (own.html or "")


def test_a_kept_page_is_made_again_when_its_document_gets_a_page_of_its_own(tmp_path: Path) -> None:
    content = paper_newsroom.small_newsroom()
    one_step = [fact for fact in content.facts if fact.id != "f-2"]
    for facts in (one_step[1:], content.facts):
        given = Content(**{**content.__dict__, "facts": facts})
        publish(given, tmp_path / "site", settings=Settings(), pack=load_packs(), as_of=paper_newsroom.AS_OF)
    links = [node.attributes["href"] or "" for node in page(tmp_path / "site/story/s-00.html").css(".facts b a")]
    assert any(link.startswith("../document/") for link in links)


def test_steps_of_one_day_in_two_words_are_one() -> None:
    acts = (
        Act(act="实施", date="2025-09-01"),
        Act(act="印发", date="2025-03"),
        Act(act="联合印发", date="2025-03"),
        Act(act="印发"),
    )
    steps = steps_of([Document(title="甲", acts=acts, effective="2025-09-01")])
    assert [(step.act, step.date) for step in steps] == [("联合印发", "2025-03"), ("实施", "2025-09-01")]


def test_drawings_stay_inside_and_say_their_numbers() -> None:
    points = [(f"20{n:02d}", float(value)) for n, value in enumerate((5, -3, 0, 900000, 12, 1, 7, 8))]
    for drawn in (value_line(points, "项"), series_line(points, "项")):
        assert "900,000项" in drawn
        assert drawn.count("<svg") == drawn.count("</svg>")
    assert value_line(points[:1], "项") == life_line([("甲", "2025")]) == ""
    words = life_line([("征求意见<b>", "2025-01-01"), ("通过", "2025-01-03"), ("施行", "2025-06"), ("废止", "2026")])
    assert "<b>" not in words
    assert words.count("<circle") == 3  # two days apart is one place


def test_a_quantity_without_a_name_of_its_own_has_no_page(tmp_path: Path) -> None:
    facts = [Figure(id=f"f-{year}", what="件", value=year, unit="台", period=str(year)) for year in (2024, 2025)]
    publish(
        Content(articles=(), facts=facts), tmp_path / "site", settings=Settings(), pack=load_packs(), as_of="2026-11-22"
    )
    assert not (tmp_path / "site/figure").exists()
