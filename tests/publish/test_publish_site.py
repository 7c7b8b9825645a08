"""The whole site: what pages there are, what they say, that no link in it is broken."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import paper_newsroom
import pytest
from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser

from shida.pack import Pack
from shida.publish import Content, publish
from shida.records import (
    Appointment,
    Article,
    Attachment,
    Award,
    Campaign,
    Case,
    Conference,
    Event,
    Evidence,
    Fact,
    First,
    Recall,
    Repair,
    Statement,
    Theme,
)
from shida.settings import Settings

PACK = Pack(pack_names=(), digests={})


@pytest.fixture(scope="module")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the small newsroom."""
    out = tmp_path_factory.mktemp("small") / "site"
    settings = Settings(icp="京ICP备00000000号-1", public_security_filing="京公网安备 00000000000000号")
    publish(paper_newsroom.small_newsroom(), out, settings=settings, pack=PACK, as_of=paper_newsroom.AS_OF)
    return out


def pages_of(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def text_of(file: Path) -> str:
    body = LexborHTMLParser(file.read_text("utf-8")).body
    assert body is not None
    return " ".join(body.text().split())


def test_every_inner_link_and_anchor_leads_somewhere(small_site: Path) -> None:
    anchors = {
        file: {node.attributes["id"] for node in LexborHTMLParser(file.read_text("utf-8")).css("[id]")}
        for file in pages_of(small_site)
    }
    broken = []
    for file in pages_of(small_site):
        for node in LexborHTMLParser(file.read_text("utf-8")).css("[href],[src]"):
            link = urlsplit(node.attributes.get("href") or node.attributes.get("src") or "")
            if link.scheme:
                assert link.scheme in ("http", "https")
                continue
            if link.path.startswith("/"):
                target = small_site / link.path[1:]
            else:
                target = (file.parent / unquote(link.path)).resolve() if link.path else file
            if not target.is_file() or (link.fragment and link.fragment not in anchors.get(target, ())):
                broken.append((file.name, link.geturl()))
    assert broken == []


def test_ids_are_unique_on_every_page_and_file_names_hold_ids_only(small_site: Path) -> None:
    for file in pages_of(small_site):
        ids = [node.attributes["id"] for node in LexborHTMLParser(file.read_text("utf-8")).css("[id]")]
        assert len(ids) == len(set(ids)), file
        assert re.fullmatch(r"[a-z0-9-]+(?:_\d+)?\.html", file.name)


def test_every_page_has_a_twin_in_traditional_characters(small_site: Path) -> None:
    for file in pages_of(small_site):
        path = file.relative_to(small_site)
        if path.parts[0] in ("hant", "original") or path.name == "404.html":
            continue
        twin = LexborHTMLParser((small_site / "hant" / path).read_text("utf-8"))
        assert twin.css("html")[0].attributes["lang"] == "zh-Hant"
        back = twin.css_first("a.other")
        assert back is not None
        assert (back.text(), back.attributes["lang"]) == ("简体", "zh-Hans")
    home = text_of(small_site / "hant" / "index.html")
    assert "本週質量十大" in home
    assert "全國童車安全抽查結果公佈" in home


def test_what_stood_there_is_the_same_in_both_scripts(tmp_path: Path) -> None:
    fix = Repair(of="text", start=0, end=2, before="娴峰悍", rule="mojibake", how="proved")
    article = Article(
        id="a-1", page="p", title="质", text="质量", url="https://example.org/质量", damage="A", repairs=(fix,)
    )
    content = Content(articles=[article], page_bytes=lambda page: "娴峰悍".encode())
    publish(content, tmp_path / "site", settings=Settings(), pack=PACK, as_of=paper_newsroom.AS_OF)
    page = LexborHTMLParser((tmp_path / "site/hant/article/a-1.html").read_text("utf-8"))
    assert "原處為“娴峰悍”，現作“質量”" in page.css(".body.marked .note")[0].text()
    assert page.css(".repairlog tbody td")[1].text() == "娴峰悍"
    assert page.css(".away")[0].attributes["href"] == "https://example.org/%E8%B4%A8%E9%87%8F"


def test_no_page_is_heavier_than_100_kilobytes(small_site: Path) -> None:
    static = sum(file.stat().st_size for file in (small_site / "static").iterdir())
    assert static < 50_000
    assert [file.name for file in pages_of(small_site) if file.stat().st_size + static > 100_000] == []


def test_home_has_ten_with_tabs_and_reasons(small_site: Path) -> None:
    home = LexborHTMLParser((small_site / "index.html").read_text("utf-8"))
    assert len(home.css(".list > li")) == 10
    assert [node.text() for node in home.css(".periods a")] == ["本周", "本月", "2026年", "2025年", "“十四五”"]
    assert [node.text() for node in home.css(".fields a")] == ["质量", "国内", "科技"]
    assert "12 个互不转载的来源报道过。" in text_of(small_site / "index.html")
    assert "第 11 位是什么" in text_of(small_site / "index.html")


def test_a_list_without_entries_says_what_to_do(small_site: Path) -> None:
    assert "还没有可以入榜的事" in text_of(small_site / "top" / "2025-keji.html")


def test_the_wire_joins_articles_and_dated_lines_newest_first(small_site: Path) -> None:
    wire = LexborHTMLParser((small_site / "wire.html").read_text("utf-8"))
    titles = [node.text() for node in wire.css(".wire li a")]
    assert titles[:2] == ["石门水表检定周期由六年改为四年", "安丰开放夜间检测预约，首周受理……"]
    links = [node.attributes["href"] for node in wire.css(".wire li a")]
    assert links[0] == "https://list.example.org/1"
    assert links[1] == "./article/a-list.html"  # its own address was a script
    assert "原页截断" in text_of(small_site / "wire.html")


def test_a_fact_leads_to_its_sentence_in_the_article(small_site: Path) -> None:
    story = LexborHTMLParser((small_site / "story" / "s-00.html").read_text("utf-8"))
    link = story.css(".facts blockquote a")[0].attributes["href"] or ""
    path, _, anchor = link.partition("#")
    article = LexborHTMLParser((small_site / "story" / path).resolve().read_text("utf-8"))
    found = article.css_first(f"#{anchor}")
    assert found is not None
    assert found.text() == paper_newsroom.SENTENCES[0]


def test_copies_are_folded_under_their_original(small_site: Path) -> None:
    story = LexborHTMLParser((small_site / "story" / "s-03.html").read_text("utf-8"))
    assert len(story.css(".sources > li")) == 2
    assert "另有 2 篇相同" in story.css(".sources")[0].text()


def test_the_repair_switch_shows_what_stood_there(small_site: Path) -> None:
    page = LexborHTMLParser((small_site / "article" / "a-bad.html").read_text("utf-8"))
    assert page.css_first("input#trace") is not None
    kinds = [(node.attributes["class"] or "").split()[1] for node in page.css(".body.marked .fix")]
    assert kinds == ["chosen", "gap", "proved", "proved"]
    assert "原处为“q”，现作“公”，另一可能“宣”" in page.css(".body.marked .fix")[0].text()
    clean = page.css_first(".body.clean")
    assert clean is not None
    assert "q" not in clean.text()


def test_the_damaged_original_is_shown_as_text(small_site: Path) -> None:
    raw = LexborHTMLParser((small_site / "original" / "a-bad.html").read_text("utf-8")).css_first("pre.raw")
    assert raw is not None
    assert raw.text() == "本局q示：防护<b>▯▯</b>距离应大于五厘米。"


def test_an_edition_keeps_both_versions_and_lists_the_correction(small_site: Path) -> None:
    newest = text_of(small_site / "edition" / "quality-2025.html")
    assert "第 2 版 · 已更正" in newest
    assert "第 1 条题目由“全国童车安全抽查结果公布，八十六批次中十一批次不合格”改为" in newest
    assert "已有第 2 版" in text_of(small_site / "edition" / "quality-2025_1.html")


def test_a_document_appears_once_with_its_life_in_order(small_site: Path) -> None:
    page = LexborHTMLParser((small_site / "register" / "documents.html").read_text("utf-8"))
    rows = page.css(".register tbody > tr")
    assert len(rows) == 2
    assert [node.text() for node in rows[0].css(".life b")] == ["起草", "征求意见", "印发", "施行"]
    assert "等 4 部门（列名 2 个，未列全）" in rows[0].text()


def test_what_comes_into_force_is_apart_from_what_has(small_site: Path) -> None:
    page = LexborHTMLParser((small_site / "calendar.html").read_text("utf-8"))
    coming, past = (section.text() for section in page.css("main section"))
    assert "2026年12月1日" in coming
    assert "《童车安全管理办法》" in coming
    assert "《" not in past
    calendar = (small_site / "calendar.ics").read_bytes()
    assert "SUMMARY:《童车安全管理办法》施行\r\n" in calendar.replace(b"\r\n ", b"").decode()
    assert max(len(line) for line in calendar.split(b"\r\n")) <= 75


def test_an_authority_has_a_page_with_its_documents(small_site: Path) -> None:
    names = LexborHTMLParser((small_site / "register/authorities.html").read_text("utf-8"))
    links = {node.text(): node.attributes["href"] or "" for node in names.css(".names a")}
    page = text_of((small_site / "register" / links["教育委员会"]).resolve())
    assert "《童车安全管理办法》" in page
    assert "常与 产品监督局" in page.replace("常与产品", "常与 产品")


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        (
            Case(parties=("甲公司",), authority="临河监管局", outcome="罚款", amount=320000, unit="元"),
            "案件 甲公司 临河监管局，罚款，320,000 元 · 类型未注明",
        ),
        (
            Award(award="临河质量奖", edition=5, winners=("甲厂", "乙校"), stated_count=3),
            "第5届临河质量奖 甲厂、乙校 · 称 3 个，列名 2 个",
        ),
        (
            Conference(name="计量大会", edition=2, dates=("2026-05-20", "2026-05-21"), place="石门"),
            "第2届计量大会 2026年5月20日—2026年5月21日，石门",
        ),
        (Campaign(name="查水表", by=("甲局",), by_count=3), "行动 查水表 甲局等 3 部门（列名 1 个，未列全）"),
        (First(claim="首个夜间检测站"), "首次 首个夜间检测站 来源的说法"),
        (Theme(name="质量月", value="人人把关", year=2026), "主题 质量月 人人把关 · 2026年"),
        (Appointment(person="何方", act="任命", office="局长"), "任免 何方 任命，局长"),
        (
            Recall(product="童车", maker="乙厂", count=1200, unit="辆", defect="轮轴断裂"),
            "召回 童车 乙厂，1,200 辆 · 轮轴断裂",
        ),
        (Statement(words="先检后卖", speaker="周一丁", occasion="例会"), "讲话 周一丁 “先检后卖” · 例会"),
        (Event(what="检测站开门", date="2026-11", place="东坪"), "事件 检测站开门 东坪 2026年11月"),
    ],
    ids=lambda value: type(value).__name__ if not isinstance(value, str) else "",
)
def test_every_kind_of_fact_has_words(tmp_path: Path, fact: Fact, words: str) -> None:
    evidence = (Evidence(article="a-1", of="text", start=0, end=2, sentence="一段"),)
    article = Article(id="a-1", page="p", title="题", text="一段话。")
    content = Content(articles=[article], facts=[replace(fact, evidence=evidence)])
    publish(content, tmp_path / "site", settings=Settings(), pack=PACK, as_of=paper_newsroom.AS_OF)
    assert words.replace(" ", "") in text_of(tmp_path / "site/article/a-1.html").replace(" ", "")
    assert "共 1 条" in text_of(tmp_path / "site/register/happenings.html")


def test_figures_form_a_series_and_what_is_derived_is_called_so(small_site: Path) -> None:
    text = text_of(small_site / "register" / "figures.html")
    assert "上期约 1,377 万人次（由增幅推定）" in text
    assert "历次 3" in text


def test_filing_numbers_link_to_the_offices(small_site: Path) -> None:
    links = [
        node.attributes["href"]
        for node in LexborHTMLParser((small_site / "index.html").read_text("utf-8")).css(".filing a")
    ]
    assert links == [
        "https://beian.miit.gov.cn/",
        "https://beian.mps.gov.cn/#/query/webSearch?code=00000000000000",
    ]


def test_an_old_story_id_leads_to_the_story_it_joined(small_site: Path) -> None:
    page = LexborHTMLParser((small_site / "story" / "s-old.html").read_text("utf-8"))
    refresh = page.css_first("meta[http-equiv=refresh]")
    assert refresh is not None
    assert refresh.attributes["content"] == "0; url=../story/s-00.html"


@pytest.mark.parametrize("content", [Content(articles=()), paper_newsroom.one_item()], ids=["nothing", "one"])
def test_little_data_makes_a_whole_site(tmp_path: Path, content: Content) -> None:
    publish(content, tmp_path / "site", settings=Settings(), pack=PACK, as_of=paper_newsroom.AS_OF)
    for name in ("index", "wire", "editions", "method", "sources", "404", "register/documents", "register/figures"):
        assert len(text_of(tmp_path / "site" / f"{name}.html")) > 60


def test_the_order_of_articles_changes_nothing(tmp_path: Path) -> None:
    content = paper_newsroom.small_newsroom()
    turned = Content(**{**content.__dict__, "articles": list(reversed(list(content.articles)))})
    for name, given in (("one", content), ("two", turned)):
        publish(given, tmp_path / name, settings=Settings(), pack=PACK, as_of=paper_newsroom.AS_OF)
    for file in sorted((tmp_path / "one").rglob("*")):
        if file.is_file() and file.suffix != "" and not file.name.startswith("."):
            other = tmp_path / "two" / file.relative_to(tmp_path / "one")
            assert file.read_bytes() == other.read_bytes(), file.name


def test_files_of_a_notice_are_listed_and_a_withdrawn_page_is_marked(tmp_path: Path) -> None:
    article = Article(
        id="a-notice",
        page="p-notice",
        title="关于开展童车抽查的通知",
        text="抽查方案见附件。",
        published="2026-11-20",
        attachments=(
            Attachment(name="抽查方案", url="https://www.example.org/plan.docx", kind="docx"),
            Attachment(name="坏地址", url="javascript:alert(1)", kind="pdf"),
        ),
    )
    for name, withdrawn in (("there", {}), ("gone", {"a-notice": "2026-11-21T09:00:00+08:00"})):
        content = Content(articles=[article], withdrawn=withdrawn)
        publish(content, tmp_path / name, settings=Settings(), pack=PACK, as_of=paper_newsroom.AS_OF)
        page = LexborHTMLParser((tmp_path / name / "article" / "a-notice.html").read_text("utf-8"))
        links = [node.attributes["href"] for node in page.css("section[aria-labelledby=files] a")]
        assert links == ["https://www.example.org/plan.docx"]
        assert ("原页已撤下" in page.body.text()) == (name == "gone")  # type: ignore[union-attr]
