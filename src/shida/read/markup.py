"""An HTML page → Draft: body, title, date, source line, author, lists, items, site, notice."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from shida.pack import Pack
from shida.read.body import choose
from shida.read.dating import FUTURE
from shida.read.depth import cap_depth
from shida.read.draft import Draft
from shida.read.head import read_head
from shida.read.lines import Line, lines_of
from shida.read.lists import dated_item, drop_repeats, find_top_lists
from shida.read.metadata import metadata_of
from shida.read.site import find_site
from shida.read.title import find_title
from shida.records import Item, PageKind

READER = "lines/1"


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
    page = lines_of(tree, html)
    title, title_line = find_title(page, meta)
    body = choose(page, pack, title_line)
    head = read_head(page, body, title_line, meta, pack, url=meta.url or url, today=today)
    chosen = [index for index in body.chosen if index != title_line and index not in head.only]
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
        published=head.published,
        published_how=head.published_how,
        source=head.source,
        author=head.author,
        editor=head.editor,
        section=meta.section,
        url=meta.url,
        items=items if kind == "list" else (),
        lists=tuple(found.top for found in lists),
        repeated=repeated,
        site=find_site("\n".join(line.text for line in page.lines)),
        kind=kind,
        reader=READER,
        flags=_flags(deep or page.deep, page.cut, head.refused),
    )


def _flags(deep: bool, cut: bool, refused: bool) -> tuple[str, ...]:
    said = (("deep_nesting", deep), ("cut_long", cut), (FUTURE, refused))
    return tuple(flag for flag, holds in said if holds)


def _items(lines: list[Line], url: str | None) -> tuple[Item, ...]:
    """Lines that are a link with a date beside it."""
    found = (dated_item(line.text, None, line.href) for line in lines if line.href)
    return tuple(dict.fromkeys(item for item in found if item))
