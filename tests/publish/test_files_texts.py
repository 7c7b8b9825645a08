"""Markdown, plain text and the WeChat page say the same as the Word file, and nothing from outside is markup."""

from __future__ import annotations

import io
import re
import subprocess
import tomllib
from pathlib import Path

import msgspec
import pytest
from docx import Document
from markdown_it import MarkdownIt
from openpyxl import load_workbook
from paper_edition import paper_edition, with_generated
from selectolax.lexbor import LexborHTMLParser, LexborNode

from shida.publish.files.bundle import MANIFEST, bundle
from shida.publish.files.markdown import markdown
from shida.publish.files.plain import COLUMNS, NOT_FIRST, plain, width
from shida.publish.files.printed import AI_MARK
from shida.publish.files.wechat import MAX_CHARACTERS, wechat

EDITOR = tomllib.loads((Path(__file__).parent / "wechat_editor.toml").read_text())


def survives(page: str) -> tuple[str, list[str]]:
    """The text that is left of a page after WeChat's editor, and what it took away."""
    body = LexborHTMLParser(page).body
    assert body is not None
    gone: list[str] = []
    for node in list(body.traverse()):
        tag = node.tag or ""
        if tag in EDITOR["gone_whole"]:
            gone.append(f"<{tag}> with all it holds")
            node.decompose()
        elif tag not in ("body", "-text") and tag not in EDITOR["elements"]:
            gone.append(f"<{tag}>")
        elif tag != "-text" and tag != "body":
            gone += _attributes(node)
    return body.text(), gone


def _attributes(node: LexborNode) -> list[str]:
    gone = [f"{node.tag} {name}" for name in node.attributes if name not in EDITOR["attributes"]]
    for declaration in (node.attributes.get("style") or "").split(";"):
        name, _, value = declaration.strip().partition(":")
        if name and (name not in EDITOR["properties"] or any(bad in value.lower() for bad in EDITOR["bad_values"])):
            gone.append(f"{node.tag} style {declaration}")
    return gone


def test_the_sanitiser_takes_what_the_editor_takes() -> None:
    page = "<section class=a><a href='//x.example'>甲</a><script>1</script><p style='position:fixed;color:red'>乙</p>"
    text, gone = survives(page)
    assert "1" not in text
    assert gone == ["section class", "<a>", "<script> with all it holds", "p style position:fixed"]


@pytest.mark.parametrize("draft", [False, True])
def test_the_wechat_page_loses_nothing_in_the_editor(draft: bool) -> None:
    edition = with_generated(paper_edition(draft=draft))
    page = wechat(edition).decode()
    text, gone = survives(page)
    assert gone == []
    for entry in edition.entries:
        assert entry.title in text
        assert entry.lead in text
    for source in edition.listed:
        assert source.url in text, "an outside link is printed, for the editor takes the link away"
    assert AI_MARK in text
    assert ("更正缘由" in text or "漏写检定周期" in text) is not draft
    assert len(page) <= MAX_CHARACTERS == EDITOR["max_characters"]


def test_the_wechat_page_fetches_and_runs_nothing() -> None:
    page = wechat(paper_edition()).decode()
    assert not re.search(r"<(?:script|link|img|iframe|a|form)\b", page)
    assert not re.search(r"\s(?:id|class|on\w+|src|href)=", page)
    assert "default-src 'none'" in page


def test_markdown_has_a_note_for_every_number() -> None:
    edition = paper_edition()
    text = markdown(edition).decode()
    called = re.findall(r"\[\^(\d+)\](?!:)", text)
    notes = re.findall(r"^\[\^(\d+)\]:", text, re.MULTILINE)
    assert [int(number) for number in notes] == [source.number for source in edition.listed]
    assert sorted(map(int, set(called))) == [int(number) for number in notes]


def test_markdown_is_read_as_it_was_meant() -> None:
    edition = paper_edition()
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(markdown(edition).decode())
    heads = [tokens[n + 1].content for n, token in enumerate(tokens) if token.type == "heading_open"]
    assert heads[0] == edition.name
    assert [re.sub(r"^[一二三四五六七八九十]+、", "", head) for head in heads[1:11]] == [
        e.title for e in edition.entries
    ]
    assert heads[11:] == ["更正", "编法", "版本与权利"]
    links = [child.attrs["href"] for token in tokens for child in token.children or () if child.type == "link_open"]
    assert links == [source.url for source in edition.listed if source.url]


def test_plain_lines_are_38_characters_and_begin_with_no_stop() -> None:
    edition = with_generated(paper_edition())
    lines = plain(edition).decode().split("\n")
    assert lines[-1] == ""
    for line in lines:
        assert width(line.rstrip("，。、；：？！）》」』…—·,.;:?!)]}")) <= COLUMNS
        assert not (line and line[0] in NOT_FIRST)
    text = "".join(line.strip("　") for line in lines)
    for entry in edition.entries:
        assert entry.title in text
        assert re.sub(r"\s", "", entry.lead) in re.sub(r"\s", "", text)
    assert AI_MARK in text


def test_every_form_can_be_written_in_traditional_characters(soffice: str, tmp_path: Path) -> None:
    edition = msgspec.structs.replace(paper_edition(), script="hant")
    files = dict(bundle(edition))
    assert all(name == MANIFEST or name.startswith("2026-zhiliang_2_hant") for name in files)
    found = {}
    for name, content in files.items():
        if name.endswith(".docx"):
            document = Document(io.BytesIO(content))
            found[name] = (
                "\n".join(paragraph.text for paragraph in document.paragraphs) + document.core_properties.title
            )
            assert "黑体" in document.styles.element.xml, "a font keeps its name"
        elif name.endswith(".xlsx"):
            book = load_workbook(io.BytesIO(content))
            found[name] = "\n".join(str(c.value) for sheet in book for row in sheet.iter_rows() for c in row)
            assert book.sheetnames == ["條目", "來源", "事實", "更正", "說明"]
            assert book["條目"].print_title_rows == "$1:$1"
        elif name.endswith(".pdf"):
            (tmp_path / name).write_bytes(content)
            found[name] = subprocess.run(
                ["pdftotext", tmp_path / name, "-"], capture_output=True, check=True
            ).stdout.decode()
        elif name != MANIFEST:
            found[name] = content.decode()
    assert len(found) == 6
    for name, text in found.items():
        flat = re.sub(r"\s", "", text)
        for word in ("童車安全抽查結果公佈", "來源", "漏寫檢定週期", "已更正"):
            assert word in flat, name
        # a reference keeps the characters of what it names: 周 is a name here and no week
        assert "何方，周一丁.童车安全抽查结果公布" in flat, name
        assert "\ue000" not in text
        assert "\ue001" not in text


def test_a_reason_and_a_correction_stand_in_every_text() -> None:
    edition = paper_edition()
    for made in (markdown(edition), plain(edition), wechat(edition)):
        text = re.sub(r"[\s\\　]", "", made.decode())
        assert "2026年9月1日起施行" in text
        assert "漏写检定周期" in text
        assert "转载请注明出处。" in text
