"""GB/T 9704—2012 as Word styles: page, grid, fonts with their stand-ins, sizes, page numbers."""

from __future__ import annotations

from typing import Any, NamedTuple

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.section import Section
from docx.shared import Mm
from docx.styles import BabelFish

SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

SONG, FANG, HEI, KAI, PAGE = "方正小标宋简体", "仿宋", "黑体", "楷体", "宋体"
STAND_INS = {
    SONG: ("方正小标宋_GBK,小标宋体,华文中宋,STZhongsong,Noto Serif CJK SC", "roman"),
    FANG: ("仿宋_GB2312,FangSong,华文仿宋,STFangsong,Noto Serif CJK SC", "modern"),
    HEI: ("SimHei,华文黑体,STHeiti,Noto Sans CJK SC", "modern"),
    KAI: ("楷体_GB2312,KaiTi,华文楷体,STKaiti,Noto Serif CJK SC", "modern"),
    PAGE: ("SimSun,华文宋体,STSong,Noto Serif CJK SC", "auto"),
}
"""Font → what a program may take in its place, and its family; the fonts themselves may not be handed on."""

TOP, BINDING, TEXT_WIDTH, TEXT_HEIGHT = 37, 28, 156, 225
"""Millimetres: 天头, 订口, 版心."""
BODY = 32
"""三号 in half points."""
LINE = 560
"""28 points in twentieths: 22 lines fill 版心."""
PITCH = 579
"""225 mm in 22 lines, for the grid."""
NARROWER = -5
"""What each of 28 characters of 16 points gives up to fit into 156 mm, in twentieths of a point.

Set on the characters and not by a grid of cells: where a cell is narrower than its character, LibreOffice takes two.
"""


class Style(NamedTuple):
    """A paragraph style: 字体, 字号 in half points, and how it stands."""

    name: str
    font: str
    size: int
    align: str = "both"
    first: int = 200
    """First-line indent in hundredths of a character."""
    before: int = 0
    after: int = 0
    line: int = LINE
    outline: int | None = None
    left: int = 0
    """Hanging indent in hundredths of a character: the first line begins that much before the others."""


STYLES = (
    Style("Normal", FANG, 32),
    Style("Title", SONG, 44, "center", first=0, after=280, line=640),
    Style("Subtitle", KAI, 32, "center", first=0),
    Style("Heading 1", HEI, 32, "left", outline=0, before=140),
    Style("Heading 2", KAI, 32, "left", outline=1),
    Style("Shida Note", KAI, 32, "left"),
    Style("Shida Signature", FANG, 32, "right", first=0),
    Style("Shida Annex", HEI, 32, "left", first=0),
    Style("Shida Source", FANG, 28, "left", first=0, left=200, line=480),
    Style("Shida Small", FANG, 28, "both", line=480),
    Style("Footer", PAGE, 28, "right", first=0, line=280),
)


def set_up(document: Document, language: str) -> None:
    """Give a new document its page, its styles and the table of fonts."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.left_margin = Mm(TOP), Mm(BINDING)
    section.bottom_margin, section.right_margin = Mm(297 - TOP - TEXT_HEIGHT), Mm(210 - BINDING - TEXT_WIDTH)
    section.header_distance, section.footer_distance = Mm(15), Mm(25.5)
    _grid(section)
    _defaults(document, language)
    _tidy(document)
    for style in STYLES:
        _style(document, style)
    document.settings.odd_and_even_pages_header_footer = True
    _page_number(section.footer.paragraphs[0]._p, "right")
    _page_number(section.even_page_footer.paragraphs[0]._p, "left")
    _modern(document, language)
    for part in document.part.package.iter_parts():
        if str(part.partname) == "/word/fontTable.xml":
            part._blob = font_table()


def font_table() -> bytes:
    """word/fontTable.xml: each font with the names of its stand-ins, which Word looks for where it is missing."""
    rows = []
    for name, (others, family) in [*STAND_INS.items(), ("Times New Roman", ("Liberation Serif", "roman"))]:
        charset = "00" if name == "Times New Roman" else "86"
        inside = "".join(
            _w(tag, val=value)
            for tag, value in (("altName", others), ("charset", charset), ("family", family), ("pitch", "variable"))
        )
        rows.append(f'<w:font w:name="{name}">{inside}</w:font>')
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{head}<w:fonts xmlns:w="{SPACE}">{"".join(rows)}</w:fonts>'.encode()


def _w(tag: str, **values: object) -> str:
    attributes = "".join(f' w:{name}="{value}"' for name, value in values.items())
    return f"<w:{tag}{attributes}/>"


def _fonts(font: str) -> str:
    # ascii stays a Latin font: 仿宋's own digits are as wide as half a character and look torn apart
    latin = "宋体" if font == PAGE else "Times New Roman"
    return _w("rFonts", ascii=latin, hAnsi=latin, eastAsia=font, cs="Times New Roman", hint="eastAsia")


def _grid(section: Section) -> None:
    properties = section._sectPr
    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    grid = OxmlElement("w:docGrid")
    for name, value in (("type", "lines"), ("linePitch", PITCH)):
        grid.set(qn(f"w:{name}"), str(value))
    properties.append(grid)


def _defaults(document: Document, language: str) -> None:
    """Replace the template's theme fonts, which win over any font that is named."""
    styles = document.styles.element
    for old in styles.findall(qn("w:docDefaults")):
        styles.remove(old)
    # Latin words are not Chinese: a program that takes them for it breaks numbers and addresses anywhere
    words = _w("lang", val="en-US", eastAsia=language, bidi="ar-SA")
    run = f"<w:rPr>{_fonts(FANG)}{_w('kern', val=2)}{_w('sz', val=32)}{_w('szCs', val=32)}{words}</w:rPr>"
    xml = f'<w:docDefaults xmlns:w="{SPACE}"><w:rPrDefault>{run}</w:rPrDefault><w:pPrDefault/></w:docDefaults>'
    styles.insert(0, parse_xml(xml))


def _tidy(document: Document) -> None:
    """Drop the template's hundred other styles: an editor would look for ours among them."""
    styles = document.styles.element
    kept = {style.name for style in STYLES}
    for found in styles.findall(qn("w:style")):
        name = found.find(qn("w:name")).get(qn("w:val"))
        if found.get(qn("w:default")) != "1" and BabelFish.internal2ui(name) not in kept:
            styles.remove(found)


def _style(document: Document, style: Style) -> None:
    found = {known.name: known for known in document.styles}
    made = found.get(style.name) or document.styles.add_style(style.name, WD_STYLE_TYPE.PARAGRAPH)
    element = made.element
    for tag in ("w:pPr", "w:rPr", "w:basedOn", "w:link", "w:semiHidden", "w:unhideWhenUsed"):
        for old in element.findall(qn(tag)):
            element.remove(old)
    indent: dict[str, object] = {"firstLineChars": style.first, "firstLine": style.first * style.size // 10}
    if style.left:
        indent = {
            "leftChars": style.left,
            "left": style.left * style.size // 10,
            "hangingChars": style.left,
            "hanging": style.left * style.size // 10,
        }
    paragraph = "".join(
        [
            _w("keepNext") if style.outline is not None else "",
            _w("kinsoku", val=1),
            _w("overflowPunct", val=1),
            _w("topLinePunct", val=1) if style.name == "Normal" else "",
            _w("spacing", before=style.before, after=style.after, line=style.line, lineRule="exact"),
            _w("ind", **indent),
            _w("jc", val=style.align),
            _w("outlineLvl", val=style.outline) if style.outline is not None else "",
        ]
    )
    run = f"{_fonts(style.font)}{_w('b', val=0)}{_w('i', val=0)}{_w('color', val='000000')}"
    run += _w("spacing", val=NARROWER) if style.size == BODY else ""
    run += f"{_w('sz', val=style.size)}{_w('szCs', val=style.size)}"
    element.append(parse_xml(f'<w:pPr xmlns:w="{SPACE}">{paragraph}</w:pPr>'))
    element.append(parse_xml(f'<w:rPr xmlns:w="{SPACE}">{run}</w:rPr>'))


def _page_number(paragraph: Any, side: str) -> None:
    """— 1 —, one character from the outer edge: right on odd pages, left on even ones."""
    indent = _w("ind", **{f"{side}Chars": 100, side: 280, "firstLine": 0, "firstLineChars": 0})
    for old in list(paragraph):
        paragraph.remove(old)
    field = (
        '<w:r><w:t xml:space="preserve">— </w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        '<w:r><w:t xml:space="preserve"> —</w:t></w:r>'
    )
    properties = f"<w:pPr>{_w('pStyle', val='Footer')}{indent}{_w('jc', val=side)}</w:pPr>"
    for child in parse_xml(f'<w:p xmlns:w="{SPACE}">{properties}{field}</w:p>'):
        paragraph.append(child)


def _modern(document: Document, language: str) -> None:
    """Say that the file is of today's Word, else it opens in a mode for old ones; and that it is Chinese."""
    settings = document.settings.element
    for found in settings.findall(qn("w:characterSpacingControl")):
        found.set(qn("w:val"), "compressPunctuation")
    for found in settings.findall(qn("w:themeFontLang")):
        found.set(qn("w:eastAsia"), language)
    for old in settings.findall(qn("w:compat")):
        settings.remove(old)
    uri = "http://schemas.microsoft.com/office/word"
    compat = parse_xml(
        f'<w:compat xmlns:w="{SPACE}">{_w("spaceForUL")}{_w("balanceSingleByteDoubleByteWidth")}{_w("useFELayout")}'
        f"{_w('compatSetting', name='compatibilityMode', uri=uri, val='15')}</w:compat>"
    )
    # the schema fixes the order: compat stands before rsids and what follows them
    after = ("w:docVars", "w:rsids", "m:mathPr", "w:themeFontLang", "w:clrSchemeMapping", "w:shapeDefaults")
    place = next((child for child in settings if child.tag in {qn(tag) for tag in after}), None)
    if place is None:
        settings.append(compat)
    else:
        place.addprevious(compat)
