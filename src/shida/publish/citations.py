"""An article, a document or an edition → its reference by GB/T 7714, the way a Chinese paper prints it. Pure.

GB/T 7714—2025 (in force since 1 July 2026) sets `.` and `[ ]` narrow and every other mark wide, begins a standard with
its number, and asks for the day of access of web pages alone. `rules="2015"` gives the older form, narrow throughout.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal
from urllib.parse import urlsplit

import msgspec

from shida.publish.addresses import safe_url
from shida.publish.lines import one_line
from shida.publish.wording import day_of
from shida.records import Article, Document, Edition, Record

Rules = Literal["2025", "2015"]
Mark = Literal["EB", "N", "S", "A", "R", "Z"]
"""Web page, newspaper, standard, official document, report, other."""

NAMED = 3
"""Names that are printed; after them stands 等."""
UNTITLED = "[无题]"
"""A title that the maker of the reference supplies stands in brackets."""
READ_LATER = "引用日期"
"""Stands for the day of access; the site's script puts the day of reading in its place."""
DIGITAL_PAPERS = ("paper.", "epaper.", "szb.", "dzb.")
"""How the hosts of newspapers' digital editions begin; any other page on the web is cited as a web page."""
PUBLISHING = ("印发", "发布", "公布", "出台", "通过", "批准", "下发")
"""Words for an act that makes a document public."""

_BETWEEN = re.compile(r"[、，,；;/]")
_HAN_NAME = re.compile(r"[\u3400-\u9fff·]{2,4}\Z")
_STANDARD = re.compile(r"[A-Z]{1,6}(?:/[A-Z]{1,6}){0,2} ?[0-9][0-9.]{0,20}(?: ?[—–-] ?[0-9]{4})?\Z", re.ASCII)


class Work(Record, frozen=True, kw_only=True):
    """What is cited, in the parts of GB/T 7714."""

    title: str
    mark: Mark
    makers: tuple[str, ...] = ()
    number: str = ""
    """Of a standard or an official document."""
    paper: str = ""
    """The newspaper an article stands in."""
    issued: str = ""
    """ISO, as precise as it is known."""
    accessed: str = ""
    """ISO day on which the page was read; "" where nobody says."""
    url: str = ""


def citation(work: Work, *, rules: Rules = "2025") -> str:
    """The reference, without its number in a list.

    >>> page = Work(title="水表检定周期延长", mark="EB", makers=("标准周刊",), issued="2026-11-20",
    ...             accessed="2026-11-22", url="https://example.org/1")
    >>> citation(page)
    '标准周刊. 水表检定周期延长[EB/OL]. （2026-11-20）[2026-11-22]. https://example.org/1.'
    >>> citation(page, rules="2015")
    '标准周刊. 水表检定周期延长[EB/OL]. (2026-11-20)[2026-11-22]. https://example.org/1.'
    """
    wide = rules == "2025"
    comma, colon, left, right = ("，", "：", "（", "）") if wide else (", ", ": ", "(", ")")
    mark = f"[{work.mark}/OL]" if work.url else f"[{work.mark}]"
    title, makers = work.title or UNTITLED, _makers(work.makers, comma)
    if work.mark == "S" and work.number and wide:
        parts = [f"{work.number} {title}{mark}"]
    else:
        parts = [makers] if makers else []
        parts.append(title + (f"{colon}{work.number}" if work.number else "") + mark)
    accessed = f"[{work.accessed}]" if work.accessed and work.url else ""
    if work.mark == "N":
        issued = comma.join(part for part in (work.paper, work.issued) if part)
        parts.append(issued + ("" if wide else accessed))
    elif work.mark in ("S", "R") and wide:
        parts.append(work.issued[:4] if work.mark == "S" else work.issued)
    elif work.url:
        parts.append((f"{left}{work.issued}{right}" if work.issued else "") + accessed)
    else:
        parts.append(work.issued)
    parts.append(work.url)
    return ". ".join(part for part in parts if part) + "."


def open_citation(work: Work, *, rules: Rules = "2025") -> str:
    """The reference for a page that stands for years: where the day of access belongs, the reader's own is put in.

    >>> page = Work(title="水表检定周期延长", mark="EB", issued="2026-11-20", url="https://example.org/1")
    >>> open_citation(page)
    '水表检定周期延长[EB/OL]. （2026-11-20）[引用日期]. https://example.org/1.'
    """
    return citation(msgspec.structs.replace(work, accessed=READ_LATER), rules=rules)


def article_work(article: Article, *, accessed: str = "") -> Work:
    """An article as what is cited: a page of a digital newspaper, a web page, or what came without an address.

    >>> made = Article(id="a", page="p", title="抽查结果公布", source="临河日报", published="2026-11-20T08:00:00+08:00")
    >>> citation(article_work(made))
    '抽查结果公布[N]. 临河日报，2026-11-20.'
    """
    url = safe_url(article.url) or ""
    source = one_line(article.source or "")
    makers = makers_of(article.author or "")
    printed = urlsplit(url).netloc.lower().startswith(DIGITAL_PAPERS) if url else source.endswith("报")
    if printed and source:
        mark: Mark = "N"
    else:
        mark = "EB" if url else "Z"
        makers = makers or ((source,) if source else ())
    return Work(
        title=one_line(article.title),
        mark=mark,
        makers=makers,
        paper=source if mark == "N" else "",
        issued=day_of(article.published),
        accessed=day_of(accessed) if mark == "EB" else "",
        url=url,
    )


def document_work(told: Sequence[Document], *, url: str | None = None, accessed: str = "") -> Work:
    """A law, rule, standard or report as what is cited. `told`: all that is known of it, one or more records.

    The day is that of its publication; a draft's or the day it comes into force is none. `url`: where its own text can
    be read, where that is known.

    >>> citation(document_work([Document(title="信息与文献 参考文献著录规则", number="GB/T 7714—2025")]))
    'GB/T 7714—2025 信息与文献 参考文献著录规则[S].'
    >>> citation(document_work([Document(title="童车管理办法", number="产监〔2026〕19号", issuers=("产品监督局",))]))
    '产品监督局. 童车管理办法：产监〔2026〕19号[A].'
    """
    number = next((one_line(one.number) for one in told if one.number), "")
    kind = next((one.document_kind for one in told if one.document_kind), None)
    issuers = max((one.issuers for one in told), key=len, default=())
    dated = [act for one in told for act in one.acts if day_of(act.date)]
    issued = sorted(day_of(act.date) for act in dated if any(word in act.act for word in PUBLISHING))
    mark: Mark = "S" if _STANDARD.match(number) else "R" if kind == "report" else "A"
    return Work(
        title=one_line(told[0].title).strip("《》") if told else "",
        mark=mark,
        makers=tuple(one_line(name) for name in issuers),
        number=number,
        issued=issued[0] if issued else "",
        accessed=day_of(accessed),
        url=safe_url(url) or "",
    )


def edition_work(edition: Edition, *, publisher: str, url: str, accessed: str = "") -> Work:
    """An edition at its permanent address as what is cited; the version is part of its title."""
    printed = [decision.on for decision in edition.decisions if decision.step in ("published", "corrected")]
    found = safe_url(url) or ""
    return Work(
        title=one_line(edition.name) + (f"：第{edition.version}版" if edition.version > 1 else ""),
        mark="EB" if found else "Z",
        makers=(one_line(publisher),) if publisher.strip() else (),
        issued=day_of(printed[-1] if printed else edition.as_of),
        accessed=day_of(accessed),
        url=found,
    )


def makers_of(line: str) -> tuple[str, ...]:
    """The names in a line of authors.

    >>> makers_of("何方、周一丁"), makers_of("何方 周一丁"), makers_of("消费者权益保护科"), makers_of("Jane Doe")
    (('何方', '周一丁'), ('何方', '周一丁'), ('消费者权益保护科',), ('Jane Doe',))
    """
    names: list[str] = []
    for part in _BETWEEN.split(line[:1000]):
        words = one_line(part).split(" ")
        names.extend(words if all(_HAN_NAME.match(word) for word in words) else [" ".join(words)])
    return tuple(name for name in names if name)


def _makers(names: tuple[str, ...], comma: str) -> str:
    shown = comma.join(names[:NAMED])
    return f"{shown}{comma}等" if len(names) > NAMED else shown
