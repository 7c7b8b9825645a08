"""What only several articles together say: the pages of one article are joined."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from shida.pack import Pack
from shida.read.lists import find_top_lists
from shida.read.paging import bare, in_order, siblings, whole
from shida.records import Article, Part, Repair

LEAST = 6
"""So many characters of a headline must stand before its dots to know it again without its address."""
PAGES_MISSING = "pages_missing"
"""The flag of an article that goes on, on pages that are not here."""
MOST_PAGES = 20
"""So many pages of one article are waited for; what has more is joined as far as it came, and flagged."""
_PAGE_MARK = re.compile(r"[\s_\-—(（\[【第]{0,4}\d{1,2}[\s页)）\]】]{0,3}\Z")


class _Leaf(NamedTuple):
    """An article as one page gave it."""

    article: Article
    address: str
    key: str
    links: dict[str, str]
    """The keys of its other pages, and their addresses."""


def join_pages(
    articles: Sequence[Article], addresses: Mapping[str, str] | None = None, pack: Pack | None = None
) -> tuple[Article, ...]:
    """The articles with those that are pages of one text joined to its first page; in the order they came.

    `addresses` says where each page (by its id) was taken from; without it the articles' own addresses count, which on
    some sites are those of the first page on all of them. The first page keeps its id, the texts follow each other in
    the order of the pages, and `parts` says whose each stretch is. Nothing is joined while a page is missing: all that
    are there stay as they are, flagged `pages_missing`. Pages with other titles or times are other articles, whatever
    links to them. With a `pack`, a top-ten list that begins on one page and ends on another is found whole.

    >>> first = Article(id="a-1", page="p-1", text="甲", url="http://e.cn/a.html", next_pages=("http://e.cn/a_2.html",))
    >>> second = Article(id="a-2", page="p-2", text="乙", url="http://e.cn/a_2.html")
    >>> joined, = join_pages([second, first])
    >>> joined.id, joined.text, joined.next_pages, [(part.page, part.start, part.end) for part in joined.parts]
    ('a-1', '甲\\n乙', (), [('p-1', 0, 1), ('p-2', 2, 3)])
    >>> join_pages([first])[0].flags
    ('pages_missing',)
    """
    leaves = _leaves(articles, addresses or {})
    joined: dict[str, Article] = {}
    used: set[str] = set()
    for pages in _texts(leaves):
        known = {leaf.key for leaf in pages}
        named = {key: link for leaf in pages for key, link in leaf.links.items() if siblings(pages[0].key, key)}
        missing = in_order([key for key in named if key not in known and key not in leaves])
        if missing and not _enough([leaf.key for leaf in pages], missing):
            for leaf in pages:
                joined[leaf.article.page] = _flagged(leaf.article)
        elif len(pages) > 1:
            one = _with_lists(_joined(pages, left=tuple(named[key] for key in missing)), pack)
            joined[pages[0].article.page] = _flagged(one) if missing else one
            used.update(leaf.article.page for leaf in pages[1:])
    return tuple(joined.get(article.page, article) for article in articles if article.page not in used)


def _with_lists(article: Article, pack: Pack | None) -> Article:
    """The joined article with the top-ten lists of its whole text."""
    if pack is None:
        return article
    lines = [article.title, *article.text.split("\n")]
    found = find_top_lists(lines, pack.reading.top_list_words, pack.reading.unranked_words)
    if not found or article.kind not in ("article", "top_ten"):
        return article
    return msgspec.structs.replace(article, kind="top_ten", lists=tuple(one.top for one in found))


def page_of(article: Article, start: int) -> tuple[str, int]:
    """The page that a place of an article's text stands on, and the place in that page's own text.

    >>> parts = (Part(page="p-1", start=0, end=4), Part(page="p-2", start=5, end=9))
    >>> page_of(Article(id="a-1", page="p-1", text="甲甲甲甲\\n乙乙乙乙", parts=parts), 7)
    ('p-2', 2)
    """
    for part in reversed(article.parts):
        if start >= part.start:
            return part.page, start - part.start
    return article.page, start


def _leaves(articles: Sequence[Article], addresses: Mapping[str, str]) -> dict[str, _Leaf]:
    """Key of its address → each article; of several at one address the first by its page's id."""
    found: dict[str, _Leaf] = {}
    for article in sorted(articles, key=lambda article: article.page):
        address = addresses.get(article.page) or article.url or ""
        if not address:
            continue
        further = article.next_pages if article.kind != "list" else ()  # a list goes on, but is no text in pieces
        links = {bare(link): link for href in further if (link := whole(address, href))}
        found.setdefault(bare(address), _Leaf(article, address, bare(address), links))
    return found


def _texts(leaves: Mapping[str, _Leaf]) -> list[list[_Leaf]]:
    """The pages of each paged text, in their order; a text of which one page is known is a list of one."""
    together: dict[str, set[str]] = {key: {key} for key in leaves if leaves[key].links}
    for key in sorted(leaves):
        for other in leaves[key].links:
            if other in leaves and siblings(key, other) and _alike(leaves[key].article, leaves[other].article):
                group = together.setdefault(key, {key}) | together.setdefault(other, {other})
                for one in group:
                    together[one] = group
    found: list[list[_Leaf]] = []
    for key in sorted(together):
        ordered = in_order(sorted(together[key]))
        if ordered[0] == key:
            found.append(_without_copies([leaves[one] for one in ordered]))
    return found


def _enough(pages: list[str], missing: list[str]) -> bool:
    """Whether the pages are the first of very many, so that no more of them are waited for."""
    return len(pages) >= MOST_PAGES and in_order([*pages, *missing])[: len(pages)] == pages


def _without_copies(pages: list[_Leaf]) -> list[_Leaf]:
    """The pages without those that print again what stands on an earlier one: a page of comments, a second address."""
    kept: list[_Leaf] = []
    for leaf in pages:
        if not any(leaf.article.text in one.article.text for one in kept):
            kept.append(leaf)
    return kept


def _alike(one: Article, other: Article) -> bool:
    """Whether two pages have one title, as far as they have any, and were published at one time."""
    left, right = (_PAGE_MARK.sub("", "".join(article.title.split())) for article in (one, other))
    shorter, longer = sorted((left, right), key=len)
    if shorter and shorter != longer and not (len(shorter) >= LEAST and longer.startswith(shorter)):
        return False
    days = (one.published or "", other.published or "")
    length = min(map(len, days))
    return days[0][:length] == days[1][:length]


def _flagged(article: Article) -> Article:
    return msgspec.structs.replace(article, flags=tuple(dict.fromkeys((*article.flags, PAGES_MISSING))))


def _joined(pages: Sequence[_Leaf], *, left: tuple[str, ...]) -> Article:
    first = pages[0].article
    text = ""
    repairs: list[Repair] = [repair for repair in first.repairs if repair.of != "text"]
    parts: list[Part] = []
    for leaf in pages:
        shift = len(text) + 1 if parts else 0
        text = f"{text}\n{leaf.article.text}" if parts else leaf.article.text
        url = leaf.address if "://" in leaf.address[:12] else leaf.article.url
        parts.append(Part(page=leaf.article.page, url=url, start=shift, end=len(text)))
        repairs += [
            msgspec.structs.replace(repair, start=repair.start + shift, end=repair.end + shift)
            for repair in leaf.article.repairs
            if repair.of == "text"
        ]
    others = [leaf.article for leaf in pages]
    dated = next((one for one in others if one.published), first)
    return msgspec.structs.replace(
        first,
        text=text,
        published=dated.published,
        published_how=dated.published_how,
        source=next((one.source for one in others if one.source), None),
        author=next((one.author for one in others if one.author), None),
        editor=next((one.editor for one in others if one.editor), None),
        items=tuple(dict.fromkeys(item for one in others for item in one.items)),
        lists=tuple(dict.fromkeys(top for one in others for top in one.lists)),
        repeated=sum(one.repeated for one in others),
        attachments=tuple(dict.fromkeys(file for one in others for file in one.attachments)),
        damage=next((one.damage for one in others if one.damage), None),
        next_pages=left,
        parts=tuple(parts),
        repairs=tuple(repairs),
        flags=tuple(dict.fromkeys(flag for one in others for flag in one.flags)),
    )
