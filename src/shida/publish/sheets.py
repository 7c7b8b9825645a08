"""Records → an Excel workbook: one sheet of rows under Chinese headings, one that says what it is."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, BinaryIO

import msgspec
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from shida.errors import InputError
from shida.publish.codes import DOCUMENT_KINDS
from shida.publish.exports import FORMULA_SIGNS, TITLES, Table
from shida.publish.files.packed import repacked
from shida.publish.statements import STATUS
from shida.publish.wording import CERTAINTY, QUALIFIERS

MOST_ROWS = 1_048_575
"""What a sheet holds under its head row."""
LONGEST_CELL = 32_767
"""Characters Excel keeps of a cell; a longer text ends in an ellipsis."""
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_WIDE = ("title", "what", "name", "claim", "words", "sentence", "value", "acts", "office", "text", "lead", "evidence")
_WIDTHS = {"id": 21, "issuers": 28, "drafters": 28, "parties": 28, "winners": 28, "url": 36} | dict.fromkeys(_WIDE, 48)
"""Field → the width of its column in characters; 16 for the others."""

HEADINGS = {
    "id": "编号", "title": "名称", "document_kind": "文件类型", "number": "文号", "issuers": "发布机关",
    "issuer_count": "机关数（原文）", "issuers_complete": "机关列全", "drafters": "起草机关", "acts": "动作与日期",
    "times": "第几次", "occasion": "场合", "period": "所属时期", "status": "状态", "effective": "施行日期",
    "what": "内容", "value": "数值", "unit": "单位", "as_of": "截至", "qualifier": "约数",
    "change_percent": "变化（%）",
    "change_points": "变化（百分点）", "change_abs": "变化（绝对值）", "derived_base": "推算的原值", "field": "领域",
    "authority": "机关", "parties": "当事人", "case_type": "案由", "outcome": "结果", "amount": "金额", "date": "日期",
    "legal_basis": "依据", "ordinal": "序次", "award": "奖项", "edition": "届次", "year": "年份", "awarders": "授奖方",
    "winners": "获奖者", "winner_types": "获奖者类型", "stated_count": "数目（原文）", "grades": "等级", "name": "名称",
    "dates": "日期", "place": "地点", "by": "主办", "by_count": "主办数（原文）", "parts": "组成", "targets": "对象",
    "claim": "首次", "claimed_by": "据称", "body": "发布者", "person": "姓名", "office": "职务", "act": "动作",
    "product": "产品", "maker": "生产者", "count": "数量", "defect": "缺陷", "words": "原话", "speaker": "说话人",
    "certainty": "把握", "reported": "报道日期", "rule": "规则", "evidence": "原句", "kind": "种类", "text": "正文",
    "published": "发布日期", "source": "来源", "url": "网址", "first": "首日", "last": "末日", "lead": "提要",
}  # fmt: skip
"""Field → its heading; another stands as it is called."""
CODES: dict[str, Mapping[str, str]] = {
    "document_kind": DOCUMENT_KINDS, "status": STATUS, "certainty": CERTAINTY, "qualifier": QUALIFIERS, "kind": TITLES,
}  # fmt: skip
"""Field that holds a code → the words for its codes; others stay as they are."""


def write_sheet(records: Iterable[Mapping[str, Any]], table: Table, out: BinaryIO, *, as_of: str, licence: str) -> None:
    """A workbook of the records; texts stay texts, whatever they begin with. `as_of` (ISO day) dates it.

    InputError for more rows than a sheet holds.
    """
    book = Workbook(write_only=True)
    day = datetime.fromisoformat(as_of[:10])
    book.properties.creator = book.properties.lastModifiedBy = "shida"
    book.properties.created = book.properties.modified = day
    book.properties.title = table.title
    sheet = book.create_sheet(table.title[:31])
    sheet.freeze_panes = "B2"
    for place, name in enumerate(table.columns, 1):
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS.get(name, 16)
    sheet.print_title_rows, sheet.print_title_cols = "1:1", "A:B"  # on paper each sheet bears heads and names
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 8  # A3: a register has many columns
    heads = headings(table.columns)
    sheet.append([_head(sheet, heads[name]) for name in table.columns])
    rows = 0
    for record in records:
        rows += 1
        if rows > MOST_ROWS:
            raise InputError(
                f"a sheet holds {MOST_ROWS:,} rows. Ask for csv or parquet, or for less (--since, --until)."
            )
        sheet.append([_cell(sheet, _in_words(name, record.get(name))) for name in table.columns])
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{rows + 1}"
    about = book.create_sheet("说明")
    about.column_dimensions["A"].width, about.column_dimensions["B"].width = 20, 80
    for line in (("名称", table.title), ("条数", rows), ("截至", as_of[:10]), ("权利", licence), ("栏目", "字段")):
        about.append([_cell(about, cell) for cell in line])
    for name in table.columns:
        about.append([heads[name], name])
    made = io.BytesIO()
    book.save(made)
    out.write(repacked(made.getvalue(), as_of, lambda name, part: _pinned(name, part, as_of)))


def _pinned(name: str, part: bytes, as_of: str) -> bytes:
    """openpyxl writes the moment of saving as the day of the change, whatever it is told."""
    return (
        _MODIFIED.sub(rb"\g<1>" + as_of[:10].encode() + rb"T00:00:00Z\g<2>", part)
        if name == "docProps/core.xml"
        else part
    )


def headings(columns: Iterable[str]) -> dict[str, str]:
    """Column → its heading; where two would be called the same, the later bears its field's name.

    >>> headings(["title", "name", "mystery"])
    {'title': '名称', 'name': '名称 name', 'mystery': 'mystery'}
    """
    heads: dict[str, str] = {}
    for name in columns:
        head = HEADINGS.get(name, name)
        heads[name] = f"{head} {name}" if head in heads.values() else head
    return heads


def _in_words(name: str, value: Any) -> Any:
    words = CODES.get(name)
    return words.get(value, value) if words is not None and isinstance(value, str) else value


def _head(sheet: Any, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, text)
    cell.font = Font(bold=True)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _cell(sheet: Any, value: Any) -> Any:
    """A value as a cell: numbers as numbers, lists in words, and a text that looks like a formula as a text."""
    if value is None or isinstance(value, (bool, int, float)):
        return {True: "是", False: "否"}[value] if isinstance(value, bool) else value
    text = cell_words(value)
    if len(text) > LONGEST_CELL:
        text = text[: LONGEST_CELL - 1] + "…"
    if not text.startswith(FORMULA_SIGNS):
        return text
    cell = WriteOnlyCell(sheet, "")
    cell._value, cell.data_type, cell.quotePrefix = text, "s", True
    return cell


def cell_words(value: Any) -> str:
    """A list, an act, a piece of evidence in words; control characters left out.

    >>> cell_words(("甲局", "乙部")), cell_words(({"act": "公布", "date": "2024-05-01"}, {"act": "施行"}))
    ('甲局；乙部', '公布 2024-05-01；施行')
    """
    if isinstance(value, str):
        return _NOT_XML.sub("", value)
    if isinstance(value, (tuple, list)):
        return "；".join(cell_words(one) for one in value)
    if isinstance(value, Mapping):
        if "act" in value:
            return cell_words(" ".join(part for part in (value["act"], value.get("date")) if part))
        if "sentence" in value:
            return cell_words(value["sentence"])
    return cell_words(str(value) if isinstance(value, (int, float)) else msgspec.json.encode(value).decode())
