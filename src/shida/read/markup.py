"""An HTML page → Draft: body, title, date, source line, author, lists, items, site, notice."""

from __future__ import annotations

import re

import msgspec
from selectolax.lexbor import LexborHTMLParser

from shida.pack import Pack
from shida.read.body import ENOUGH, Body, choose
from shida.read.dating import FUTURE, is_future
from shida.read.depth import cap_depth
from shida.read.draft import Draft
from shida.read.fallback import second_reading
from shida.read.head import read_head
from shida.read.hiding import hide_far, show_invisible
from shida.read.homes import find_posts
from shida.read.items import LEAST_ITEMS, find_items
from shida.read.lines import Lines, lines_of
from shida.read.lists import FoundList, dated_item, drop_repeats, find_top_lists, names_list
from shida.read.metadata import metadata_of
from shida.read.notices import notice_in_text, notice_table
from shida.read.numbering import numbered, top_list_lines
from shida.read.offers import attachments_of, next_pages_of
from shida.read.orders import UNREAD
from shida.read.paging import whole
from shida.read.said import lines_saying
from shida.read.script_pages import script_pages
from shida.read.shapes import apply_shapes
from shida.read.site import site_of
from shida.read.title import find_title, title_near
from shida.read.trail import section_of
from shida.read.walls import refused_as
from shida.read.words import BACK, ONWARD
from shida.records import Item, PageKind

READER = "lines/1"
WORTH = 15.0
"""So much body weight for each dated headline makes a page an article with a box of headlines."""
UNSURE = 60.0
"""A body of less weight is asked about elsewhere."""
NEAR_TITLE = 8
"""A body that begins so many lines below the title begins near it."""
_NOTICE = re.compile(r"(?:通知|公告|通告|公示|决定|批复|意见|函)(?:[（(].{1,20}[）)])?\Z")
"""How a page of an office ends its title; with a file to it, it is a notice."""
INDEX_SCORE, INDEX_LINKS = 60.0, 30
"""A page with less text and more headlines than this is a front page."""


def read_markup(
    html: str, pack: Pack, *, url: str | None = None, today: str | None = None, collected: str | None = None
) -> Draft:
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
    address = url or meta.url
    attachments = attachments_of(tree, html, address)
    hide_far(tree, html)
    page = lines_of(tree, html)
    title, title_line = find_title(page, meta, pack)
    body = choose(page, pack, title_line)
    if body.score < ENOUGH and show_invisible(tree, html):
        page = lines_of(tree)
        title, title_line = find_title(page, meta, pack)
        body = choose(page, pack, title_line)
    if title_line is None:
        title, title_line = title_near(page, body, title)
    table = notice_table(page, pack)
    dated = find_items(page, collected, today, prose=body.score)
    listed = len(dated.items) >= LEAST_ITEMS or body.score < ENOUGH
    others = dated.lines if listed else frozenset[int]()
    head = read_head(
        page, body, title_line, meta, pack, items=others, url=meta.url or url, today=today, collected=collected
    )
    chosen = [index for index in body.chosen if index != title_line and index not in head.only]
    if table:
        chosen = [index for index in chosen if index not in table.lines]
        title = title or table.title or ""
    published, how = head.published, head.published_how
    if table and table.published and (not published or how in ("line", "url", "signature")):
        published, how = table.published, "label"
    title = head.title or title if title_line is None else title
    words = pack.reading.top_list_words
    if names_list([title], words) and not any("。" in page.texts[index] for index in chosen):
        of_lists = set(top_list_lines(page, tree, words))
        chosen = sorted(of_lists.difference(head.only, (title_line,)).union(chosen))
    texts = [page.lines[index].text for index in chosen]
    keep, repeated = drop_repeats(texts)
    lines = [texts[index] for index in keep]
    reader = READER
    if body.score < UNSURE and not table and len(dated.items) < LEAST_ITEMS:
        lines, reader = _unsure(html, lines, meta.body)
    lists: list[FoundList] = []
    if names_list([title, *lines], words):
        # With the numbers that a browser puts before them.
        counted = numbered(page, [chosen[index] for index in keep], tree) if reader == READER else lines
        lists = find_top_lists([title, *counted], words, pack.reading.unranked_words)
    notice = table.notice if table else notice_in_text([*_above(page, title_line, body), *lines], title)
    listing = 0 if _headed(body, title_line, dated.lines, how) else len(dated.items)
    kind = _kind(page, body, bool(lists), notice is not None, listing, how)
    may_be_home = kind in ("article", "index") and how not in ("meta", "json-ld")
    posts = find_posts(page, meta.title or "", address) if may_be_home else ()
    items = dated.items if kind == "list" else _plain_items(lines) or dated.items if kind == "top_ten" else ()
    if kind == "list":
        lines = list(dict.fromkeys([*(line for line in lines if len(line) > 20), *dated.texts]))
        published, how = (published, how) if how == "label" else (None, None)
    if posts:  # the home of a blog: what stands on it belongs to several
        kind, items, published, how = "list", posts, None, None
        head = msgspec.structs.replace(head, source=None, author=None, editor=None)
        lines = [f"{post.title} {(post.published or '')[:10]}" for post in posts]
    items = tuple(_item(item, address, today) for item in items)
    if kind == "article" and attachments and _NOTICE.search(title):
        kind = "notice"
    answered = published is not None or bool(attachments)
    draft = Draft(
        title=title,
        lines=tuple(lines),
        published=published,
        published_how=how,
        source=head.source,
        author=head.author,
        editor=head.editor,
        section=meta.section or section_of(page, title_line, title),
        url=meta.url,
        items=items,
        lists=tuple(found.top for found in lists),
        repeated=repeated,
        notice=notice,
        site=site_of(page, pack, title_line),
        attachments=attachments,
        next_pages=_next_pages(tree, page, html, address, pack) if kind != "index" and not posts else (),
        refused=refused_as(title, lines, pack, dated=answered) if kind in ("article", "index") else None,
        kind=kind,
        reader=reader,
        flags=_flags(deep or page.deep, page.cut, head.refused, head.unread or (kind == "list" and dated.unread)),
    )
    return apply_shapes(draft, tree, url or meta.url, pack) if kind in ("article", "notice") else draft


def _next_pages(tree: LexborHTMLParser, page: Lines, html: str, address: str | None, pack: Pack) -> tuple[str, ...]:
    """The addresses of the other pages: those that are linked, else those whose links a script writes."""
    linked = next_pages_of(tree, page.whole, address) if lines_saying(page, (*ONWARD, *BACK), pack) else ()
    return linked or script_pages(html, address, pack)


def _above(page: Lines, title_line: int | None, body: Body) -> list[str]:
    """The lines between title and body: a notice has its number there."""
    if title_line is None or not body.chosen or not 0 < body.chosen[0] - title_line <= NEAR_TITLE:
        return []
    return [line.text for line in page.lines[title_line + 1 : body.chosen[0]] if not line.link]


def _unsure(html: str, lines: list[str], declared: str | None) -> tuple[list[str], str]:
    """Lines for a page whose body is hardly there: the page's own JSON-LD text, else a second reader's where ours has
    nothing at all. (A short text is mostly what it seems; the second reader then takes comments and footers for it.)
    """
    length = sum(map(len, lines))
    if declared and len(declared) > 2 * length:
        return [line.strip() for line in declared.split("\n") if line.strip()], "json-ld/1"
    second = second_reading(html) if not lines and html.count("<a ") < INDEX_LINKS else None
    if second:
        return list(second[0]), second[1]
    return lines, READER


def _flags(deep: bool, cut: bool, refused: bool, unread: bool) -> tuple[str, ...]:
    said = (("deep_nesting", deep), ("cut_long", cut), (FUTURE, refused), (UNREAD, unread))
    return tuple(flag for flag, holds in said if holds)


def _kind(page: Lines, body: Body, lists: bool, notice: bool, items: int, how: str | None) -> PageKind:
    """What kind of page it is. A list page has many dated headlines and little text or date of its own."""
    if lists:
        return "top_ten"
    if notice:
        return "notice"
    if (
        (items >= LEAST_ITEMS or body.score < ENOUGH)
        and body.score < WORTH * items
        and how not in ("label", "meta", "json-ld")
    ):
        return "list"
    if body.score >= INDEX_SCORE or how is not None:
        return "article"
    links = sum(line.link * 5 > line.words * 4 for line in page.lines)
    return "index" if links >= INDEX_LINKS else "article"


def _headed(body: Body, title_line: int | None, items: frozenset[int], how: str | None) -> bool:
    """Whether a title, a date that is none of an item's and a text without items follow each other: an article, however
    many dated headlines stand beside it.
    """
    if title_line is None or how not in ("line", "relative", "context", "url", "signature") or body.score < ENOUGH:
        return False
    return 0 < body.start - title_line <= NEAR_TITLE and items.isdisjoint(range(title_line, body.end))


def _item(item: Item, address: str | None, today: str | None) -> Item:
    """An item with its whole address, and no day that has not come."""
    future = item.published is not None and is_future(item.published, today)
    url = whole(address, item.url) if item.url else None
    return msgspec.structs.replace(item, url=url, published=None if future else item.published)


def _plain_items(lines: list[str]) -> tuple[Item, ...]:
    """Dated lines inside a page of top-ten lists."""
    found = (dated_item(line) for line in lines)
    return tuple(dict.fromkeys(item for item in found if item))
