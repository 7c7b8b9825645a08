"""The Word file is what GB/T 9704 asks for, and a real program opens it."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from pathlib import Path

import msgspec
import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt
from paper_edition import MADE, paper_edition, with_generated

from shida.publish.files.printed import AI_MARK
from shida.publish.files.word import word
from shida.publish.files.word_styles import STAND_INS

PARAGRAPH_ORDER = re.findall(
    r"\w+",
    "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs kinsoku wordWrap overflowPunct "
    "topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing jc "
    "textAlignment outlineLvl rPr",
)
RUN_ORDER = re.findall(r"\w+", "rStyle rFonts b bCs i iCs caps strike color spacing w kern position sz szCs u lang")


TWIPS = 1440 / 25.4
"""Twentieths of a point in a millimetre."""


def parts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}


@pytest.fixture(scope="module")
def content() -> bytes:
    return word(paper_edition())


def test_the_page_is_that_of_an_official_document(content: bytes) -> None:
    size = re.search(r'<w:pgSz w:w="(\d+)" w:h="(\d+)"', parts(content)["word/document.xml"])
    edges = re.search(r"<w:pgMar ([^>]+)/>", parts(content)["word/document.xml"])
    assert size
    assert edges
    margin = {name: int(value) / TWIPS for name, value in re.findall(r'w:(\w+)="(\d+)"', edges[1])}
    width, height = int(size[1]) / TWIPS, int(size[2]) / TWIPS
    wanted = {"width": 210, "height": 297, "top": 37, "left": 28, "across": 156, "down": 225}
    found = {
        "width": width,
        "height": height,
        "top": margin["top"],
        "left": margin["left"],
        "across": width - margin["left"] - margin["right"],
        "down": height - margin["top"] - margin["bottom"],
    }
    assert found == pytest.approx(wanted, abs=0.1)


@pytest.mark.parametrize(
    ("style", "font", "size"),
    [
        ("Normal", "仿宋", 16),
        ("Title", "方正小标宋简体", 22),
        ("Heading 1", "黑体", 16),
        ("Heading 2", "楷体", 16),
        ("Footer", "宋体", 14),
    ],
)
def test_styles_name_the_font_for_chinese_characters(content: bytes, style: str, font: str, size: float) -> None:
    found = Document(io.BytesIO(content)).styles[style]
    fonts = found.element.rPr.find(qn("w:rFonts"))
    assert fonts.get(qn("w:eastAsia")) == font
    assert found.font.size == Pt(size)
    assert not [name for name in fonts.keys() if "Theme" in name], "a theme font wins over the font that is named"  # noqa: SIM118


def test_lines_are_28_points_and_begin_two_characters_in(content: bytes) -> None:
    normal = Document(io.BytesIO(content)).styles["Normal"].element.pPr
    spacing, indent = normal.find(qn("w:spacing")), normal.find(qn("w:ind"))
    assert (spacing.get(qn("w:line")), spacing.get(qn("w:lineRule"))) == ("560", "exact")
    assert (indent.get(qn("w:firstLineChars")), indent.get(qn("w:firstLine"))) == ("200", "640")


def test_every_font_has_stand_ins(content: bytes) -> None:
    table = parts(content)["word/fontTable.xml"]
    for font in STAND_INS:
        found = re.search(rf'w:name="{font}"><w:altName w:val="([^"]+)"', table)
        assert found
        assert len(found[1].split(",")) >= 3


def test_page_numbers_are_in_dashes_and_change_sides(content: bytes) -> None:
    document = Document(io.BytesIO(content))
    assert document.settings.odd_and_even_pages_header_footer
    section = document.sections[0]
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        paragraph = footer.paragraphs[0]._p
        assert [text.text for text in paragraph.iter(qn("w:t"))] == ["— ", "1", " —"]
        assert "PAGE" in "".join(text.text or "" for text in paragraph.iter(qn("w:instrText")))
        assert paragraph.pPr.find(qn("w:jc")).get(qn("w:val")) == side


def test_an_editor_finds_all_parts_in_order(content: bytes) -> None:
    edition = paper_edition()
    lines = [paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs]
    assert lines[:3] == [edition.name, "2026年1月1日—2026年12月31日　质量", "第2版（已更正），截至2026年11月20日所知"]
    heads = [line for line in lines if re.match(r"[一二三四五六七八九十]{1,2}、", line)]
    assert heads[:10] == [
        f"{number}、{entry.title}" for number, entry in zip("一二三四五六七八九十", edition.entries, strict=True)
    ]
    assert heads[10:] == ["一、来源", "二、更正", "三、编法", "四、版本与权利"]
    assert "入榜理由：属“监管执法”，2026年9月1日起施行；由省级部门作出。" in lines
    assert "更正缘由：漏写检定周期" in lines
    assert any(line.startswith("[1] 何方，周一丁. 童车安全抽查结果公布") for line in lines)
    printed = [line for line in lines if re.match(r"\[\d+\] ", line)]
    assert len(printed) == len(edition.listed)
    cited: list[int] = []
    for line in (line for line in lines if line.startswith("来源：")):
        for first, last in re.findall(r"(\d+)(?:-(\d+))?", line[: line.index("]")]):
            cited += range(int(first), int(last or first) + 1)
    assert cited == [source.number for source in edition.listed]
    assert [line for line in lines if line in (edition.publisher, "2026年11月21日")] == [
        edition.publisher,
        "2026年11月21日",
    ]


def test_children_stand_in_the_order_the_format_asks_for(content: bytes) -> None:
    # Word refuses a file, or mends it with a question, where this order is broken; LibreOffice does not mind
    for name, part in parts(content).items():
        if not name.startswith("word/") or not name.endswith(".xml"):
            continue
        for tag, order in (("pPr", PARAGRAPH_ORDER), ("rPr", RUN_ORDER)):
            for block in re.findall(rf"<w:{tag}>(.*?)</w:{tag}>", part, re.DOTALL):
                flat = re.sub(r"<w:rPr>.*?</w:rPr>", "<w:rPr/>", block, flags=re.DOTALL) if tag == "pPr" else block
                found = [child for child in re.findall(r"<w:(\w+)[ />]", flat) if child in order]
                assert found == sorted(found, key=order.index), (name, block)


def test_generated_text_is_marked_for_people_and_for_machines(content: bytes) -> None:
    made = word(with_generated(paper_edition()))
    lines = [paragraph.text for paragraph in Document(io.BytesIO(made)).paragraphs]
    assert AI_MARK in lines
    assert sum("由人工智能生成" in line for line in lines) == 1
    assert 'name="AIGC"' in parts(made)["docProps/custom.xml"]
    assert 'name="AIGC"' not in parts(content)["docProps/custom.xml"]


def test_a_draft_says_that_it_is_one() -> None:
    lines = [paragraph.text for paragraph in Document(io.BytesIO(word(paper_edition(draft=True)))).paragraphs]
    assert "（草稿，未发布）" in lines
    assert "二、更正" not in lines
    assert "2026年11月22日" in lines, "a draft is dated by the day it was printed"


def test_the_same_edition_is_the_same_bytes(content: bytes) -> None:
    assert word(paper_edition()) == content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        year, month, day = (int(part) for part in MADE.split("-"))
        assert {entry.date_time for entry in archive.infolist()} == {(year, month, day, 0, 0, 0)}


def test_nothing_of_the_template_is_left_that_is_not_used(content: bytes) -> None:
    found = parts(content)
    assert not [name for name in found if re.search(r"thumbnail|numbering|stylesWithEffects|customXml", name)]
    for name, relations in ((name, part) for name, part in found.items() if name.endswith(".rels")):
        folder = name.replace("_rels/", "").rsplit("/", 1)[0] if "/" in name.replace("_rels/", "") else ""
        for target in re.findall(r'Target="([^"]+)"', relations):
            assert target.lstrip("/") in found or f"{folder}/{target}" in found, (
                f"{name} names {target}, which is not there"
            )
    used = set(re.findall(r'<w:pStyle w:val="(\w+)"', found["word/document.xml"] + found["word/footer1.xml"]))
    assert used <= set(re.findall(r'w:styleId="(\w+)"', found["word/styles.xml"]))
    settings = found["word/settings.xml"]
    assert "ja-JP" not in settings
    assert "<Application>shida<" in found["docProps/app.xml"]
    assert 'compressPunctuation"' in settings
    assert len(content) < 25_000


def test_libreoffice_prints_it(content: bytes, soffice: str, tmp_path: Path) -> None:
    file = tmp_path / "edition.docx"
    file.write_bytes(content)
    pages = as_pdf(soffice, file)
    text = subprocess.run(["pdftotext", "-layout", pages, "-"], capture_output=True, check=True).stdout.decode()
    flat = re.sub(r"\s+", "", text)
    for entry in paper_edition().entries:
        assert re.sub(r"\s+", "", entry.title) in flat
    assert "—1—" in flat
    assert "—2—" in flat
    # the body line: 28 characters in 156 mm, 22 lines in 225 mm
    box = subprocess.run(["pdftotext", "-bbox-layout", pages, "-"], capture_output=True, check=True).stdout.decode()
    edges = [
        tuple(map(float, found)) for found in re.findall(r'<line xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)"', box)
    ]
    width = 72 / 25.4
    assert min(left for left, _ in edges) >= 28 * width - 1
    assert max(right for _, right in edges) <= (28 + 156) * width + 8  # a mark may hang over the edge
    assert max(right for _, right in edges) >= (28 + 150) * width
    subprocess.run(["pdftoppm", "-r", "20", "-gray", pages, tmp_path / "page"], check=True)
    for image in tmp_path.glob("page*.pgm"):
        assert len(set(image.read_bytes()[-20_000:])) > 10, "a page is blank"


def test_a_page_has_22_lines_of_28_characters(soffice: str, tmp_path: Path) -> None:
    edition = paper_edition(size=2)
    long = msgspec.structs.replace(edition.entries[0], lead="检" * 2_000)
    file = tmp_path / "full.docx"
    file.write_bytes(word(msgspec.structs.replace(edition, entries=(long,))))
    text = subprocess.run(["pdftotext", "-layout", as_pdf(soffice, file), "-"], capture_output=True, check=True).stdout
    pages = [[line.strip() for line in page.split("\n") if line.strip()] for page in text.decode().split("\f")]
    assert pages[1][-1].replace(" ", "") == "—2—"
    assert pages[1][:-1] == ["检" * 28] * 22
    begun = next(line for line in pages[0] if line.startswith("检"))
    assert len(begun) == 26, "two characters in"


def as_pdf(soffice: str, file: Path) -> Path:
    """The file as LibreOffice prints it, with a profile of its own so that another one running does no harm."""
    profile = f"-env:UserInstallation=file://{file.parent}/profile"
    command: list[str | Path] = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", file.parent, file]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return file.with_suffix(".pdf")
