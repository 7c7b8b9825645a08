"""An HTML page → Draft: body, title, date, source line, author, lists, items, site, notice."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from shida.pack import Pack
from shida.read.body import Body, choose
from shida.read.dating import is_future
from shida.read.depth import cap_depth
from shida.read.draft import Draft
from shida.read.labels import Labels, read_labels
from shida.read.lines import Line, Lines, lines_of
from shida.read.lists import dated_item, drop_repeats, find_top_lists
from shida.read.metadata import Metadata, metadata_of
from shida.read.site import find_site
from shida.read.title import find_title
from shida.records import Item, PageKind
from shida.text.dates import FoundDate, find_dates, parse_date

READER = "lines/1"
HEAD_BEFORE, HEAD_AFTER = 12, 3
"""Lines before and after the start of the body where its date and source stand."""


def read_markup(html: str, pack: Pack, *, url: str | None = None, today: str | None = None) -> Draft:
    """The draft of an HTML page.

    >>> from shida.pack import load_packs
    >>> head = "<title>抽查玩具_市场网</title><h1>抽查玩具</h1><p>2025-03-05 来源：市场导报</p>"
    >>> draft = read_markup(head + "<p>本市抽查了三十家商店，结果很快公布。</p>", load_packs())
    >>> draft.title, draft.published, draft.source, draft.lines
    ('抽查玩具', '2025-03-05', '市场导报', ('本市抽查了三十家商店，结果很快公布。',))
    """
    html, deep = cap_depth(html)
    tree = LexborHTMLParser(html)
    meta = metadata_of(tree)
    page = lines_of(tree)
    body = choose(page, pack)
    title, title_line = find_title(page, body, meta)
    head = _head(page, body, title_line, pack)
    published, how = _published(page, meta, head, today)
    chosen = [
        index for index in body.chosen if index != title_line and not (index in head and _head_only(page.lines[index]))
    ]
    texts = [page.lines[index].text for index in chosen]
    keep, repeated = drop_repeats(texts)
    lines = [texts[index] for index in keep]
    lists = find_top_lists(lines, pack.reading.top_list_words, pack.reading.unranked_words)
    items = _items(page.lines, url)
    prose = sum(len(line) for line in lines)
    kind: PageKind = "article"
    if lists:
        kind = "top_ten"
    elif len(items) >= 5 and prose < 20 * len(items):
        kind = "list"
    return Draft(
        title=title,
        lines=tuple(lines),
        published=published,
        published_how=how,
        source=_first(head, "source") or meta.source,
        author=_first(head, "author"),
        editor=_first(head, "editor") or _last_editor(page, body, pack),
        section=meta.section,
        url=meta.url,
        items=items if kind == "list" else (),
        lists=tuple(found.top for found in lists),
        repeated=repeated,
        site=find_site("\n".join(line.text for line in page.lines)),
        kind=kind,
        reader=READER,
        flags=("deep_nesting",) if deep or page.deep else (),
    )


def _head(page: Lines, body: Body, title_line: int | None, pack: Pack) -> dict[int, Labels]:
    """The lines around the title and the start of the body, with their labels."""
    begin = body.chosen[0] if body.chosen else 0
    first = max(0, min(begin, title_line if title_line is not None else begin) - HEAD_BEFORE)
    found: dict[int, Labels] = {}
    for index in range(first, min(len(page.lines), max(begin, title_line or 0) + HEAD_AFTER)):
        line = page.lines[index]
        if len(line.text) <= 200:
            found[index] = read_labels(line.text, pack)
    return found


def _published(
    page: Lines, meta: Metadata, head: dict[int, Labels], today: str | None
) -> tuple[str | None, str | None]:
    """The page's own date: what it says in its head, else beside a label, else alone near the title."""
    if meta.published and (value := parse_date(meta.published)) and not is_future(value, today):
        return value, meta.published_how
    for index, labels in head.items():
        text = page.lines[index].text
        if labels.date and (date := _full(text[slice(*labels.date)])):
            return _value(date), "label"
    for index, labels in head.items():
        text = page.lines[index].text
        if not labels.other_date and len(text) < 120 and (date := _full(text)):
            return _value(date), "line"
    return None, None


def _full(text: str) -> FoundDate | None:
    return next((date for date in find_dates(text) if date.how == "full" and date.precision == "day"), None)


def _value(date: FoundDate) -> str:
    return f"{date.value} {date.time}" if date.time else date.value


def _head_only(line: Line) -> bool:
    return len(line.text) < 100 and not line.text.endswith(("。", "！", "？"))


def _first(head: dict[int, Labels], name: str) -> str | None:
    return next((value for labels in head.values() if (value := getattr(labels, name))), None)


def _last_editor(page: Lines, body: Body, pack: Pack) -> str | None:
    for index in range(max(body.start, body.end - 3), min(len(page.lines), body.end + 5)):
        if len(page.lines[index].text) < 200 and (editor := read_labels(page.lines[index].text, pack).editor):
            return editor
    return None


def _items(lines: list[Line], url: str | None) -> tuple[Item, ...]:
    """Lines that are a link with a date beside it."""
    found = (dated_item(line.text, None, line.href) for line in lines if line.href)
    return tuple(dict.fromkeys(item for item in found if item))
