"""Printed → an .xlsx with a sheet each for entries, sources, facts, corrections and what must be known."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from shida.publish.files.packed import moment_of, repacked
from shida.publish.files.plain import width
from shida.publish.files.printed import AI_MARK, Printed

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_HEIGHT = 409.0
"""Points; the highest row Excel knows."""
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "'", "＝", "＋", "－", "＠")
"""A text that begins so is kept a text by the cell's mark for it, the same that an apostrophe makes in Excel."""
DAY, MOMENT = 'yyyy"年"m"月"d"日"', 'yyyy"年"m"月"d"日" hh:mm'

_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_MODIFIED = re.compile(rb"(<dcterms:(?:created|modified)[^>]{0,200}>)[^<]{0,100}")
_HEAD = PatternFill("solid", fgColor="FFF0ECE3")
_LINE = Side(style="thin", color="FFBBB5A8")


class Column(NamedTuple):
    """A column: its head, its width in characters, whether its text is wrapped."""

    name: str
    width: int
    wrap: bool = False


ENTRIES = (
    Column("位次", 6),
    Column("题目", 34, True),
    Column("提要", 46, True),
    Column("最早", 15),
    Column("最近", 15),
    Column("篇数", 16),
    Column("入榜理由", 40, True),
    Column("来源序号", 12, True),
    Column("人工智能", 10),
)
SOURCES = (
    Column("序号", 6),
    Column("位次", 6),
    Column("题目", 36, True),
    Column("来源", 18, True),
    Column("作者", 12, True),
    Column("发布时间", 22),
    Column("网址", 36, True),
    Column("引文（GB/T 7714）", 54, True),
    Column("稿件编号", 22),
)
FACTS = (
    Column("位次", 6),
    Column("类别", 8),
    Column("事项", 34, True),
    Column("内容", 40, True),
    Column("日期", 15),
    Column("判定", 8),
    Column("依据的句子", 60, True),
    Column("来源序号", 10),
)
CORRECTIONS = (
    Column("版次", 6),
    Column("日期", 15),
    Column("经手", 14),
    Column("缘由", 50, True),
    Column("改动", 60, True),
)
ABOUT = (Column("项目", 16), Column("内容", 90, True))


def tables(edition: Printed) -> bytes:
    """The .xlsx of an edition; the same edition gives the same bytes."""
    book = Workbook()
    book.remove(book.active)
    _sheet(edition, book, "条目", ENTRIES, _entry_rows(edition))
    _sheet(edition, book, "来源", SOURCES, _source_rows(edition))
    _sheet(edition, book, "事实", FACTS, _fact_rows(edition))
    _sheet(edition, book, "更正", CORRECTIONS, _correction_rows(edition))
    _sheet(edition, book, "说明", ABOUT, _about_rows(edition))
    moment = datetime(*moment_of(edition.made))
    about = book.properties
    about.title, about.creator = edition.written(edition.name), edition.written(edition.publisher)
    about.lastModifiedBy = about.creator
    about.subject, about.language, about.version = (
        edition.written(edition.period_line),
        edition.language,
        str(edition.version),
    )
    about.created = moment
    out = io.BytesIO()
    book.save(out)
    stamp = f"{moment.isoformat()}Z".encode()

    def dated(name: str, part: bytes) -> bytes:
        return _MODIFIED.sub(rb"\g<1>" + stamp, part) if name == "docProps/core.xml" else part

    return repacked(out.getvalue(), edition.made, dated)


def real_day(moment: str) -> date | datetime | str | None:
    """An ISO day or time as the table's own date; a month or a year, which is none, stays words.

    >>> real_day("2026-11-22"), real_day("2026-11"), real_day("")
    (datetime.date(2026, 11, 22), '2026-11', None)
    """
    if not moment:
        return None
    try:
        if len(moment) > 10:
            # a table knows no zones: the time is Beijing's, as everywhere in the newsroom
            return datetime.fromisoformat(moment).replace(tzinfo=None)
        return date.fromisoformat(moment) if len(moment) == 10 else moment
    except ValueError:
        return moment


def _entry_rows(edition: Printed) -> Iterable[Sequence[Any]]:
    for entry in edition.entries:
        yield (
            entry.place,
            entry.title,
            entry.lead,
            real_day(entry.first),
            real_day(entry.last),
            entry.counts,
            "；".join(entry.reasons),
            "、".join(str(source.number) for source in edition.sources if source.place == entry.place),
            "是" if entry.ai_generated else "否",
        )


def _source_rows(edition: Printed) -> Iterable[Sequence[Any]]:
    for one in edition.sources:
        published = real_day(one.published)
        title, source, author, cited = map(edition.exact, (one.title, one.source, one.author, one.citation))
        yield one.number, one.place, title, source, author, published, one.url, cited, one.article


def _fact_rows(edition: Printed) -> Iterable[Sequence[Any]]:
    for fact in edition.facts:
        day = real_day(fact.day)
        yield fact.place, fact.kind, fact.title, fact.detail, day, fact.certainty, fact.sentence, fact.source


def _correction_rows(edition: Printed) -> Iterable[Sequence[Any]]:
    if not edition.corrections:
        yield None, None, None, "没有更正。", None
    for one in edition.corrections:
        yield one.version, real_day(one.on), one.by, one.reason, "\n".join(one.changes)


def _about_rows(edition: Printed) -> Iterable[Sequence[Any]]:
    yield "名称", edition.name
    yield "编号", edition.id
    yield "时段", edition.span
    yield "领域", edition.field or "全部"
    yield "版次", f"{edition.version_line}。"
    yield "发布日期", real_day(edition.issued)
    yield "制表日期", real_day(edition.made)
    yield "编制", edition.publisher
    yield "永久地址", edition.address
    yield "引用本榜单", edition.citation
    for line in edition.method:
        yield "编法", line
    if edition.ai_generated:
        yield "标识", AI_MARK
    yield "权利", edition.licence
    yield "出处", _origin_words(edition)
    for note in edition.notes:
        yield "附注", note


def _origin_words(edition: Printed) -> str:
    origin = edition.origin
    run = f"第{origin.run}次运行（{origin.run_day}）" if origin.run else ""
    packs = f"知识包 {'、'.join(origin.packs)} {origin.pack_digest}" if origin.pack_digest else ""
    return "；".join(part for part in (origin.program, run, packs) if part)


def _sheet(
    edition: Printed, book: Workbook, name: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]]
) -> None:
    sheet = book.create_sheet(edition.written(name))
    for number, column in enumerate(columns, 1):
        head = sheet.cell(1, number, edition.written(column.name))
        head.font, head.fill = Font(name="黑体", bold=False, size=11), _HEAD
        head.alignment, head.border = Alignment(vertical="center", wrap_text=True), Border(bottom=_LINE)
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    last = 1
    for last, row in enumerate(rows, 2):
        for number, (column, value) in enumerate(zip(columns, row, strict=True), 1):
            shown = edition.written(value) if isinstance(value, str) else value
            _put(sheet.cell(last, number), shown, column.wrap)
        sheet.row_dimensions[last].height = _height(columns, row)
    sheet.freeze_panes = "C2" if len(columns) > 2 else "B2"
    sheet.row_dimensions[1].height = 24
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{last}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = "— &P —"


def _height(columns: Sequence[Column], row: Sequence[Any]) -> float:
    """Points a row needs for its wrapped text: programs do not agree on who works that out."""
    lines = [1]
    for column, value in zip(columns, row, strict=True):
        if column.wrap and isinstance(value, str):
            # a Latin word that does not fit goes to the next line whole, hence the three columns less
            lines.append(sum(-(-width(line) // (column.width - 3)) for line in value.split("\n")))
    return min(MAX_HEIGHT, 15.0 * max(lines) + 3)


def _put(cell: Any, value: Any, wrap: bool) -> None:
    if value is None or value == "":
        return
    cell.font, cell.alignment = Font(name="宋体", size=11), Alignment(vertical="top", wrap_text=wrap)
    if isinstance(value, str):
        # whatever it looks like, it is a text: never a formula, never an error, and Excel's `_x0041_` stays five signs
        cell.value = _ESCAPE.sub("_x005F_", value)
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(FORMULA_SIGNS)
        return
    cell.value = value
    if isinstance(value, int):
        cell.alignment = Alignment(vertical="top", horizontal="center")
    if isinstance(value, datetime):
        cell.number_format = MOMENT
    elif isinstance(value, date):
        cell.number_format = DAY
    if isinstance(value, date):
        cell.alignment = Alignment(vertical="top", horizontal="left")
