"""Whatever stands in a field, every file is valid, runs nothing and shows no sign that turns the line around."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import msgspec
import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from openpyxl import load_workbook
from paper_edition import paper_edition
from test_files_texts import survives
from test_files_word import as_pdf

from shida.publish.files.bundle import bundle
from shida.publish.files.markdown import markdown
from shida.publish.files.pdf import pdf
from shida.publish.files.plain import plain
from shida.publish.files.printed import Printed
from shida.publish.files.tables import tables
from shida.publish.files.wechat import wechat
from shida.publish.files.word import word

PAYLOADS = (
    "<script>hit(1)</script>",
    "\"'><img src=x onerror=hit(1)>",
    "</title></style></p><svg onload=hit(1)>",
    "]]><!--<b>",
    "&lt;b&gt; &amp; &#60;i&#62;",
    "[x](javascript:hit) ![y](https://evil.example/p.png) <https://evil.example> `c` ***",
    "[^1]: https://evil.example\n\n# head\n\n| a | b |\n|---|---|",
    "1. one\n2. two\n- three\n> four\n    code",
    '=cmd|"/c calc"!A1',
    "@SUM(1+1)*cmd",
    "+1+1",
    "-2+3",
    "#REF!",
    "_x003D_1+1",
    "\x00\x01\x08\x0b\x0c\x1f\x7f\x85\x9f",
    "\ud800\udfff\ufffe\uffff\ufdd0",
    "\u202egnp.cod\u202c \u2066x\u2069 \u200f\u061c",
    "\u200b\u200d\ufeff\u2060",
    "\u2028\u2029\r\n\t",
    "{{ 7*7 }}{% include 'x' %}${7*7}",
    "甲" * 100_000,
    "A" * 100_000,
    " " * 100_000 + "尾",
    "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢" * 50,
    "𠮷野家😀👨‍👩‍👧",
    "",
)
DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def check(edition: Printed) -> None:
    """Every form but the PDF is read back by somebody else's reader."""
    docx = word(edition)
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(archive.read(name))
    lines = [paragraph.text for paragraph in Document(io.BytesIO(docx)).paragraphs]
    assert lines[0] == edition.name
    table = tables(edition)
    cells = [cell for sheet in load_workbook(io.BytesIO(table)) for row in sheet.iter_rows() for cell in row]
    assert not [cell.value for cell in cells if cell.data_type in ("f", "e")]
    page = wechat(edition).decode()
    assert survives(page)[1] == []
    strict = Tags()
    strict.feed(page)
    assert strict.seen <= {"html", "head", "meta", "title", "body", "section", "p", "span", "sup", "strong"}
    text = markdown(edition).decode()
    tokens = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(text)
    flat = [child for token in tokens for child in (token, *(token.children or ()))]
    assert not [
        token.content for token in flat if "html" in token.type or token.type in ("image", "code_inline", "fence")
    ]
    assert [t.attrs["href"] for t in flat if t.type == "link_open"] == [s.url for s in edition.listed if s.url]
    assert sum(token.type == "heading_open" for token in tokens) == 1 + len(edition.entries) + 3
    said = plain(edition).decode()
    for shown in ("\n".join(lines), page, text, said, *(str(cell.value) for cell in cells)):
        assert not DIRECTION.search(shown)
        assert not FORBIDDEN.search(shown)
    assert len(docx) < 2_000_000
    assert len(table) < 2_000_000


class Tags(HTMLParser):
    """The elements of a page, by a second reader."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.seen.add(tag)


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_every_field_takes_every_payload(payload: str) -> None:
    check(paper_edition(lambda text: f"{text[:3]}{payload}{text[3:]}", size=4))


@pytest.mark.parametrize("payload", PAYLOADS[::5], ids=range(0, len(PAYLOADS), 5))
def test_a_field_may_hold_nothing_else(payload: str) -> None:
    check(paper_edition(lambda text: payload, size=4))


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.one_of(st.text(max_size=300), st.sampled_from(PAYLOADS)), min_size=1, max_size=5))
def test_every_field_takes_any_text(texts: list[str]) -> None:
    count = iter(range(10_000))
    check(paper_edition(lambda text: texts[next(count) % len(texts)], size=4))


@pytest.mark.parametrize("number", [14, 15, 20])
def test_a_pdf_is_set_whatever_the_field_says(number: int) -> None:
    payload = PAYLOADS[number]
    assert pdf(paper_edition(lambda text: text + payload, size=2))[:5] == b"%PDF-"


def test_libreoffice_opens_what_is_hostile(soffice: str, tmp_path: Path) -> None:
    count = iter(range(10_000))
    edition = paper_edition(lambda text: text + PAYLOADS[next(count) % len(PAYLOADS)])
    file = tmp_path / "hostile.docx"
    file.write_bytes(word(edition))
    text = subprocess.run(["pdftotext", as_pdf(soffice, file), "-"], capture_output=True, check=True).stdout.decode()
    assert "来源" in text
    assert len(text) > 2_000


def test_a_cut_is_told(tmp_path: Path) -> None:
    edition = paper_edition(lambda text: text + "长" * 5_000)
    assert edition.entries[0].title.endswith("…")
    assert any("第1条题目原有" in note for note in edition.notes)


def test_no_name_leads_outside() -> None:
    edition = msgspec.structs.replace(paper_edition(), id="../../etc/passwd")
    assert all(
        re.fullmatch(r"x-[0-9a-f]{16}_2[a-z_]*\.[a-z]+|manifest\.json", name) for name, _ in bundle(edition, ["txt"])
    )
