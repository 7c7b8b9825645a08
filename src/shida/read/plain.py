"""A page of plain text → Draft: title, head lines, body, lists, dated items."""

from __future__ import annotations

import re

from shida.pack import Pack
from shida.read.draft import Draft
from shida.read.labels import Labels, read_labels
from shida.read.lists import dated_item, drop_repeats, find_top_lists
from shida.read.notices import notice_in_text
from shida.read.site import find_site, is_filing_line
from shida.records import Item, PageKind
from shida.text.dates import FoundDate, find_dates

READER = "plain/1"
TITLE_LENGTH = 80
HEAD_LINES = 6
"""A date or a source is looked for in so many lines under the title."""
SIGNATURE_LINES = 4
"""A date alone on one of the last lines dates a notice."""

_LINE = re.compile(r"[^\n]+")
_HEAD_REST = re.compile(r"[\s\d:：/\-—|｜年月日时分星期周一二三四五六日天()（）【】\[\],，.。]*\Z")


def read_plain(text: str, pack: Pack) -> Draft:
    """The draft of a plain text. The first line is the title, where it looks like one.

    >>> from shida.pack import load_packs
    >>> draft = read_plain("市里抽查玩具\\n2025年3月5日 来源：市场导报\\n结果很快公布。", load_packs())
    >>> draft.title, draft.published, draft.source, draft.lines
    ('市里抽查玩具', '2025-03-05', '市场导报', ('结果很快公布。',))
    """
    spans = [span for match in _LINE.finditer(text) if (span := _stripped(text, match.start(), match.end()))]
    site = find_site(text)
    spans = [(start, end) for start, end in spans if not is_filing_line(text[start:end])]
    lines = [text[start:end] for start, end in spans]
    keep, repeated = drop_repeats(lines)
    spans, lines = [spans[index] for index in keep], [lines[index] for index in keep]
    title_start, title = None, ""
    if lines and _is_title(lines[0]):
        mark = len(lines[0]) - len(lines[0].lstrip("# "))
        title_start, title = spans[0][0] + mark, lines[0][mark:]
        spans, lines = spans[1:], lines[1:]
    head, labels = _head(lines, pack)
    published, how = _date(lines, head, labels)
    spans, lines = [*_without(spans, head)], [*_without(lines, head)]
    # The title may be the heading of the list.
    lists = find_top_lists([title, *lines], pack.reading.top_list_words, pack.reading.unranked_words)
    notice = notice_in_text(lines, title)
    items = _items(lines)
    kind: PageKind = "top_ten" if lists else "notice" if notice else "article"
    if kind == "article" and items and len(items) * 2 > len(lines):
        kind = "list"
    return Draft(
        title=title,
        title_start=title_start,
        lines=tuple(lines),
        starts=tuple(start for start, _ in spans),
        published=published,
        published_how=how,
        source=_first(labels, "source"),
        author=_first(labels, "author") or _first(labels, "poster"),
        editor=_first(labels, "editor"),
        items=items,
        lists=tuple(found.top for found in lists),
        repeated=repeated,
        site=site,
        notice=notice,
        kind=kind,
        reader=READER,
    )


def _stripped(text: str, start: int, end: int) -> tuple[int, int] | None:
    line = text[start:end]
    start += len(line) - len(line.lstrip())
    end = start + len(line.strip())
    return (start, end) if end > start else None


def _is_title(line: str) -> bool:
    return len(line) <= TITLE_LENGTH and not line.endswith(("。", "；", ";")) and dated_item(line) is None


def _head(lines: list[str], pack: Pack) -> tuple[frozenset[int], dict[int, Labels]]:
    """The lines under the title that say only when and by whom, and their labels."""
    head: set[int] = set()
    said: dict[int, Labels] = {}
    last = len(lines) - SIGNATURE_LINES
    prose = next((index for index, line in enumerate(lines) if line.endswith(("。", "！", "？")) or len(line) > 60), 0)
    for index, line in enumerate(lines):
        if HEAD_LINES <= index < last or len(line) > 120:
            continue
        labels = read_labels(line, pack)
        if any((labels.source, labels.author, labels.editor, labels.date)):
            said[index] = labels
            rest = len(line) < 60 and not line.endswith("。")
            if rest and index < HEAD_LINES and index <= prose:
                head.add(index)
        elif index < min(HEAD_LINES, prose) and _HEAD_REST.match(line) and find_dates(line):
            head.add(index)
    return frozenset(head), said


def _date(lines: list[str], head: frozenset[int], said: dict[int, Labels]) -> tuple[str | None, str | None]:
    for index, labels in said.items():
        if labels.date and not labels.other_date and (found := _full(lines[index][slice(*labels.date)])):
            return _value(found), "label"
    for index in sorted(head):
        if found := _full(lines[index]):
            return _value(found), "line"
    for line in lines[-SIGNATURE_LINES:]:
        bare = line.strip("（）() 　")
        found = _full(bare)
        if found and found.end - found.start == len(bare):
            return _value(found), "signature"
    return None, None


def _full(text: str) -> FoundDate | None:
    return next((date for date in find_dates(text) if date.how == "full" and date.precision == "day"), None)


def _value(date: FoundDate) -> str:
    return f"{date.value} {date.time}" if date.time else date.value


def _items(lines: list[str]) -> tuple[Item, ...]:
    """Runs of dated lines; a single one may be a sentence that happens to end in a date."""
    found: list[Item] = []
    run: list[Item] = []
    for line in [*lines, ""]:
        item = dated_item(line) if line else None
        if item:
            run.append(item)
            continue
        if len(run) >= 2:
            found.extend(run)
        run = []
    return tuple(dict.fromkeys(found))


def _without(values: list, drop: frozenset[int]) -> list:  # type: ignore[type-arg]  # spans or lines alike
    return [value for index, value in enumerate(values) if index not in drop]


def _first(said: dict[int, Labels], name: str) -> str | None:
    return next((value for labels in said.values() if (value := getattr(labels, name))), None)
