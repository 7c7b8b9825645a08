"""What only several articles together say: the pages of one article, and the whole of a headline that was cut off."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from shida.read.lists import truncated
from shida.records import Article, Item, Repair

LEAST = 6
"""So many characters of a headline must stand before its dots to know it again without its address."""


def join_pages(articles: Sequence[Article]) -> tuple[Article, ...]:
    """The articles with those that are further pages of another one joined to it, in the order they came.

    The first page keeps its id; the texts follow each other in the order of `next_pages`. A page that did not come
    leaves `next_pages` as it is, so that it can be joined another time.

    >>> first = Article(id="a-1", page="p-1", text="甲", url="http://e.cn/a.html", next_pages=("http://e.cn/a_2.html",))
    >>> second = Article(id="a-2", page="p-2", text="乙", url="http://e.cn/a_2.html")
    >>> joined, = join_pages([second, first])
    >>> joined.id, joined.text, joined.next_pages
    ('a-1', '甲\\n乙', ())
    """
    by_url = {article.url: article for article in articles if article.url}
    # Each page links to the others, the first one too; the first is the one whose address is the shortest.
    heads = {
        article.id
        for article in articles
        if article.next_pages
        and not any(
            (other := by_url.get(url)) is not None
            and article.url in other.next_pages
            and (len(url), url) < (len(article.url or ""), article.url or "")
            for url in article.next_pages
        )
    }
    used: set[str] = set()
    joined: dict[str, Article] = {}
    for article in articles:
        if article.id not in heads:
            continue
        parts = [by_url[url] for url in article.next_pages if url in by_url and by_url[url].id not in heads | used]
        if parts:
            used.update(part.id for part in parts)
            joined[article.id] = _joined(article, parts)
    return tuple(joined.get(article.id, article) for article in articles if article.id not in used)


def _joined(first: Article, parts: Sequence[Article]) -> Article:
    text = first.text
    repairs: list[Repair] = list(first.repairs)
    there = {part.url for part in parts}
    for part in parts:
        shift = len(text) + 1
        text = f"{text}\n{part.text}"
        repairs += [
            msgspec.structs.replace(repair, start=repair.start + shift, end=repair.end + shift)
            for repair in part.repairs
            if repair.of == "text"
        ]
    return msgspec.structs.replace(
        first,
        text=text,
        author=first.author or next((part.author for part in parts if part.author), None),
        editor=first.editor or next((part.editor for part in parts if part.editor), None),
        attachments=tuple(dict.fromkeys(one for part in (first, *parts) for one in part.attachments)),
        next_pages=tuple(url for url in first.next_pages if url not in there),
        repairs=tuple(repairs),
        flags=tuple(dict.fromkeys(flag for part in (first, *parts) for flag in part.flags)),
    )


def complete_titles(listing: Article, articles: Sequence[Article]) -> Article:
    """A list page whose cut-off headlines are whole where their articles are known: by address, else by beginning.

    A beginning that fits two titles proves nothing.

    >>> listing = Article(id="a-1", page="p-1", kind="list", items=(Item(title="市里召开质量工作会…", truncated=True),))
    >>> complete_titles(listing, [Article(id="a-2", page="p-2", title="市里召开质量工作会议")]).items[0].title
    '市里召开质量工作会议'
    """
    if not any(item.truncated for item in listing.items):
        return listing
    by_url = {article.url: article.title for article in articles if article.url and article.title}
    titles = sorted({article.title for article in articles if article.title})
    return msgspec.structs.replace(
        listing, items=tuple(_completed(item, by_url, titles) if item.truncated else item for item in listing.items)
    )


def _completed(item: Item, by_url: dict[str, str], titles: Sequence[str]) -> Item:
    begin = item.title.rstrip("….。⋯‥ ")
    title = by_url.get(item.url or "")
    if title is None or not title.startswith(begin[:LEAST]):
        fits = [one for one in titles if len(begin) >= LEAST and one.startswith(begin) and len(one) > len(begin)]
        title = fits[0] if len(fits) == 1 else None
    if title is None or truncated(title):
        return item
    return msgspec.structs.replace(item, title=title, truncated=False)
