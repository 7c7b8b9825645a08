"""References by GB/T 7714, in the edition of 2025 and that of 2015."""

from __future__ import annotations

import pytest

from shida.publish.citations import Rules, Work, article_work, citation, document_work, edition_work
from shida.records import Act, Article, Decision, Document, Edition
from shida.text.periods import parse_period

PAGE = Article(
    id="a",
    page="p",
    title="童车安全抽查结果公布",
    source="质量观察",
    author="何方、周一丁、李文、赵平",
    published="2026-09-01T08:30:00+08:00",
    url="https://www.zlgc.example/2026/1.html",
)


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        (
            "2025",
            "何方，周一丁，李文，等. 童车安全抽查结果公布[EB/OL]. （2026-09-01）[2026-11-22]. https://www.zlgc.example/2026/1.html.",
        ),
        (
            "2015",
            "何方, 周一丁, 李文, 等. 童车安全抽查结果公布[EB/OL]. (2026-09-01)[2026-11-22]. https://www.zlgc.example/2026/1.html.",
        ),
    ],
)
def test_a_web_page(rules: Rules, expected: str) -> None:
    assert citation(article_work(PAGE, accessed="2026-11-22"), rules=rules) == expected


def test_a_page_of_a_digital_newspaper_needs_no_day_of_access_since_2025() -> None:
    paper = Article(
        id="a",
        page="p",
        title="检测站开到村口",
        source="临河日报",
        author="何方",
        published="2026-09-01",
        url="http://epaper.linhe.example/1.htm",
    )
    work = article_work(paper, accessed="2026-11-22")
    assert citation(work) == "何方. 检测站开到村口[N/OL]. 临河日报，2026-09-01. http://epaper.linhe.example/1.htm."
    older = "何方. 检测站开到村口[N/OL]. 临河日报, 2026-09-01. http://epaper.linhe.example/1.htm."
    assert citation(work, rules="2015") == older


def test_what_is_not_known_is_left_out() -> None:
    bare = Article(id="a", page="p")
    assert citation(article_work(bare)) == "[无题][Z]."
    undated = Article(id="a", page="p", title="题", url="https://x.example/", source="某网")
    assert (
        citation(article_work(undated, accessed="2026-11-22")) == "某网. 题[EB/OL]. [2026-11-22]. https://x.example/."
    )
    assert citation(article_work(undated)) == "某网. 题[EB/OL]. https://x.example/."


def test_an_address_nobody_may_be_sent_to_is_not_printed() -> None:
    bad = Article(id="a", page="p", title="题", url="javascript:alert(1)", source="某网", published="2026")
    assert citation(article_work(bad)) == "某网. 题[Z]. 2026."


def test_a_standard_begins_with_its_number_since_2025() -> None:
    standard = Document(
        title="儿童推车安全要求",
        number="GB 14748—2026",
        issuers=("甲局",),
        document_kind="standard",
        acts=(Act(act="发布", date="2026-03-01", precision="day"),),
    )
    assert citation(document_work([standard])) == "GB 14748—2026 儿童推车安全要求[S]. 2026."
    assert citation(document_work([standard]), rules="2015") == "甲局. 儿童推车安全要求: GB 14748—2026[S]. 2026-03-01."


def test_a_law_and_a_report() -> None:
    law = Document(
        title="《计量法》",
        document_kind="law",
        acts=(Act(act="施行", date="1986-07"), Act(act="通过", date="1985-09-06")),
    )
    assert citation(document_work([law])) == "计量法[A]. 1985-09-06."
    report = Document(title="质量状况白皮书", document_kind="report", issuers=("甲局", "乙委"))
    assert citation(document_work([report], url="https://x.example/r")) == (
        "甲局，乙委. 质量状况白皮书[R/OL]. https://x.example/r."
    )


def test_a_document_told_in_parts_is_one_reference() -> None:
    parts = [
        Document(title="办法", acts=(Act(act="公开征求意见", date="2025-06-01"), Act(act="施行", date="2026-12-01"))),
        Document(title="办法", issuers=("甲局",), acts=(Act(act="联合印发", date="2026-09"),)),
        Document(title="办法", issuers=("甲局", "乙委"), number="甲乙〔2026〕3号"),
    ]
    assert citation(document_work(parts)) == "甲局，乙委. 办法：甲乙〔2026〕3号[A]. 2026-09."
    assert citation(document_work(parts[:1])) == "办法[A]."


def test_an_edition_is_cited_with_its_version() -> None:
    edition = Edition(
        id="e",
        name="十大",
        period=parse_period("2026"),
        field=None,
        as_of="2026-11-01",
        version=2,
        decisions=(Decision(step="corrected", by="", on="2026-11-21"),),
    )
    work = edition_work(edition, publisher="临河", url="https://x.example/e_2.html", accessed="2026-11-22")
    assert citation(work) == "临河. 十大：第2版[EB/OL]. （2026-11-21）[2026-11-22]. https://x.example/e_2.html."


def test_a_reference_is_one_line_whatever_it_is_made_of() -> None:
    work = Work(title="", mark="EB", makers=("甲",), issued="", url="")
    assert citation(work) == "甲. [无题][EB]."
    odd = Article(id="a", page="p", title="a\nb\u202e\x00" * 1_000, source="c\td", author=";;、、" * 1_000)
    text = citation(article_work(odd))
    assert "\n" not in text
    assert "\u202e" not in text
    assert len(text) < 600
