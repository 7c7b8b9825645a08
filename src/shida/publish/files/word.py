"""Printed → a Word file in the style of GB/T 9704—2012 that an editor can put into print."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from shida.publish.files.packed import moment_of, repacked
from shida.publish.files.plain import width
from shida.publish.files.printed import AI_ENTRY, AI_MARK, Printed, PrintedEntry, cited, heading_number
from shida.publish.files.word_styles import set_up
from shida.publish.lines import one_line
from shida.publish.wording import day_words

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
UNUSED = ("thumbnail", "stylesWithEffects", "numbering", "customXml")
"""Parts of the template that nothing here refers to."""
MAX_PROPERTY = 255
"""Characters of one of the file's own data; the format allows no more."""
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_MADE_BY = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http://schemas.openxmlformats.org/'
    b'officeDocument/2006/extended-properties"><Application>shida</Application></Properties>'
)
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def word(edition: Printed) -> bytes:
    """The .docx of an edition; the same edition gives the same bytes."""
    document = Document()
    set_up(document, edition.language)
    _drop_unused(document)
    _describe(document, edition)
    _front(document, edition)
    for entry in edition.entries:
        _entry(document, entry)
    _signature(document, edition)
    _annex(document, edition)
    out = io.BytesIO()
    document.save(out)

    def finished(name: str, part: bytes) -> bytes:
        if name == "docProps/app.xml":
            return _MADE_BY  # the template says Word for Macintosh made it
        # names of fonts stand in other parts, and stay as they are
        return edition.written(part.decode()).encode() if name in ("word/document.xml", "docProps/core.xml") else part

    return repacked(out.getvalue(), edition.made, finished)


def _add(document: Any, words: str, style: str = "Normal") -> Any:
    """A paragraph at the end. The style is named by its id: looking it up by name takes longer than all the rest."""
    paragraph = document.add_paragraph(words)
    if style != "Normal":
        paragraph._p.style = style.replace(" ", "")
    return paragraph


def _front(document: Any, edition: Printed) -> None:
    _add(document, edition.name, "Title")
    _add(document, edition.period_line, "Subtitle")
    _add(document, edition.version_line, "Subtitle")
    if not edition.public:
        _add(document, "（草稿，未发布）", "Subtitle")
    if edition.ai_generated:
        _add(document, AI_MARK, "Subtitle")


def _entry(document: Any, entry: PrintedEntry) -> None:
    _add(document, f"{heading_number(entry.place)}、{entry.title}", "Heading 1")
    _add(document, f"{entry.when}。{entry.counts}。", "Shida Note")
    if entry.lead:
        _add(document, entry.lead + (AI_ENTRY if entry.ai_generated else ""))
    if entry.reasons:
        reasons = _add(document, f"入榜理由：{'；'.join(entry.reasons)}。")
        reasons.paragraph_format.keep_with_next = True  # the line of sources does not begin a page
    if entry.sources:
        more = f"等{entry.more + len(entry.sources)}篇" if entry.more else ""
        _add(document, f"来源：{cited(entry.sources)}{more}。")


def _signature(document: Any, edition: Printed) -> None:
    """署名 and 成文日期: the date four characters from the right, the name centred on it."""
    _add(document, "")
    day = day_words(edition.issued or edition.made)
    # a column is half a character, and half of the difference stands on either side
    centred = 400 + (width(day) - width(edition.publisher)) * 25
    for text, right in ((edition.publisher, max(0, centred)), (day, 400)):
        if not text:
            continue
        paragraph = _add(document, text, "Shida Signature")
        indent = OxmlElement("w:ind")
        indent.set(qn("w:rightChars"), str(right))
        indent.set(qn("w:right"), str(right * 32 // 10))
        paragraph._p.get_or_add_pPr().append(indent)


def _annex(document: Any, edition: Printed) -> None:
    document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)
    _add(document, "附件", "Shida Annex")
    _add(document, "来源、更正与编法", "Title")
    parts: list[tuple[str, Any]] = [("来源", _sources)]
    if edition.corrections:
        parts.append(("更正", _corrections))
    parts += [("编法", _method), ("版本与权利", _rights)]
    for number, (name, part) in enumerate(parts, 1):
        _add(document, f"{heading_number(number)}、{name}", "Heading 1")
        part(document, edition)


def _sources(document: Any, edition: Printed) -> None:
    if not edition.listed:
        _add(document, "没有可列的来源。", "Shida Small")
    for source in edition.listed:
        _add(document, f"[{source.number}] {edition.exact(source.line)}", "Shida Source")
    left = len(edition.sources) - len(edition.listed)
    if left:
        _add(document, f"另有{left}篇，见同名表格文件。", "Shida Small")


def _corrections(document: Any, edition: Printed) -> None:
    for number, correction in enumerate(edition.corrections, 1):
        head = f"（{heading_number(number)}）第{correction.version}版"
        head += f"（{day_words(correction.on)}）" if correction.on else ""
        _add(document, head, "Heading 2")
        if correction.reason:
            _add(document, f"更正缘由：{correction.reason}", "Shida Small")
        for change in correction.changes:
            _add(document, change, "Shida Small")


def _method(document: Any, edition: Printed) -> None:
    for line in edition.method:
        _add(document, line, "Shida Small")


def _rights(document: Any, edition: Printed) -> None:
    _add(document, f"{edition.version_line}。", "Shida Small")
    _add(document, edition.licence, "Shida Small")
    reference = _add(document, f"引用本榜单：{edition.citation}", "Shida Small")
    reference.alignment = WD_ALIGN_PARAGRAPH.LEFT  # a line of an address and few blanks is not to be spread
    for note in edition.notes:
        _add(document, note, "Shida Small")


def _describe(document: Any, edition: Printed) -> None:
    """The file's own data: title, maker, day, and the mark of generated text that machines read."""
    core = document.core_properties
    about = {
        "title": edition.name,
        "author": edition.publisher,
        "subject": edition.period_line,
        "comments": edition.version_line,
        "keywords": edition.field,
        "last_modified_by": edition.publisher,
        "version": str(edition.version),
        "category": "十大",
        "language": edition.language,
    }
    for name, value in about.items():
        setattr(core, name, one_line(value, MAX_PROPERTY))
    core.created = core.modified = datetime(*moment_of(edition.made))
    core.revision = 1
    values = {
        "ShidaEdition": edition.id,
        "ShidaVersion": str(edition.version),
        "ShidaRun": str(edition.origin.run or ""),
        "ShidaPackDigest": edition.origin.pack_digest,
    }
    if edition.ai_generated:
        values["AIGC"] = '{"Label":"1"}'
    rows = "".join(
        f'<property fmtid="{_FORMAT_ID}" pid="{number}" name="{name}"><vt:lpwstr>{escape(value)}</vt:lpwstr></property>'
        for number, (name, value) in enumerate(values.items(), 2)
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    blob = f'{head}<Properties xmlns="{_PROPERTIES}" xmlns:vt="{_TYPES}">{rows}</Properties>'.encode()
    package = document.part.package
    kind = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    package.relate_to(Part(PackURI("/docProps/custom.xml"), kind, blob, package), _RELATION)


def _drop_unused(document: Any) -> None:
    """The template brings lists, effects and a picture of an empty page, ten times what the document needs."""
    for part in (document.part.package, document.part):
        for name, relation in list(part.rels.items()):
            if relation.reltype.rsplit("/", 1)[-1] in UNUSED:
                del part.rels[name]
