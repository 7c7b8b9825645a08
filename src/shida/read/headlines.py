"""Headlines that a list cut off → the whole of them, once the articles they lead to are known."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence

import msgspec

from shida.read.lists import before_dots, truncated
from shida.read.paging import bare, whole
from shida.records import Article, Item

LEAST = 6
"""So many characters of a headline must stand before its dots to know it again without its address."""
LEAST_AT_ADDRESS = 2
"""So many where the address says which article it is; less says nothing."""
_LABEL = re.compile(r"\A\s{0,3}[\[【〔(（][^\[\]【】〔〕()（）]{1,8}[\]】〕)）]\s{0,3}")
_PLAIN_QUOTES = str.maketrans("“”„‟〝〞‘’「」『』", "\"\"\"\"\"\"''''''")

Titles = Mapping[str, Sequence[tuple[str, str]]]
"""Address as it is compared → id and title of each article known by it."""
Ask = Callable[[Sequence[str]], Titles]
"""Some addresses → what is known by them."""


def complete_headlines(listing: Article, address: str, ask: Ask) -> Article:
    """A list page whose cut-off headlines are whole where an article known by the item's address begins like them.

    `address` is where the list was taken from; `ask` is asked once, for all addresses of cut-off headlines. What the
    list printed and whose title it is are kept in the item. The whole is found from what was printed, so it does not
    matter whether the item was whole before: an article that is withdrawn or has another title takes it back. Articles
    with two titles at one address prove nothing.

    >>> item = Item(title="市里召开质量工作会…", url="http://e.cn/t1.html", truncated=True)
    >>> listing = Article(id="a-1", page="p-1", kind="list", items=(item,))
    >>> whole_one = complete_headlines(listing, "", lambda keys: {"e.cn/t1.html": [("a-2", "市里召开质量工作会议")]})
    >>> whole_one.items[0].title, whole_one.items[0].printed, whole_one.items[0].titled_by
    ('市里召开质量工作会议', '市里召开质量工作会…', 'a-2')
    >>> complete_headlines(whole_one, "", lambda keys: {}) == listing
    True
    """
    items = [_as_printed(item) for item in listing.items]
    keys = [bare(whole(address, item.url)) if item.truncated and item.url else "" for item in items]
    wanted = sorted(set(filter(None, keys)))
    if not wanted:
        return listing
    known = ask(wanted)
    found = tuple(_whole(item, listing.id, known.get(key, ())) for item, key in zip(items, keys, strict=True))
    return listing if found == listing.items else msgspec.structs.replace(listing, items=found)


def _as_printed(item: Item) -> Item:
    if item.printed is None:
        return item
    return msgspec.structs.replace(item, title=item.printed, truncated=True, printed=None, titled_by=None)


def _whole(item: Item, listing: str, known: Sequence[tuple[str, str]]) -> Item:
    """The item with the one title that begins like it."""
    fits = sorted((id, title) for id, title in known if id != listing and _continues(item.title, title))
    if not fits or len({_folded(title) for _, title in fits}) > 1:
        return item
    id, title = fits[0]
    return msgspec.structs.replace(item, title=title, truncated=False, printed=item.title, titled_by=id)


def _continues(cut: str, title: str) -> bool:
    """Whether a title is the whole of a headline that was cut off; gaps, widths, forms of quotes and a label that the
    list puts before it aside.

    >>> _continues("[通知] 市里召开“质量”工作会...", '市里召开 "质量"工作会议'), _continues("市里召开…", "市里开会")
    (True, False)
    """
    full = _folded(title)
    if truncated(title):
        return full == _folded(cut)  # dots that are the author's own
    begin = before_dots(cut)
    return any(
        len(start) >= LEAST_AT_ADDRESS and full.startswith(start)
        for start in (_folded(begin), _folded(_LABEL.sub("", begin, count=1)))
    )


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text.translate(_PLAIN_QUOTES)).split())


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
    begin = before_dots(item.title)
    title = by_url.get(item.url or "")
    if title is None or not title.startswith(begin[:LEAST]):
        fits = [one for one in titles if len(begin) >= LEAST and one.startswith(begin) and len(one) > len(begin)]
        title = fits[0] if len(fits) == 1 else None
    if title is None or truncated(title):
        return item
    return msgspec.structs.replace(item, title=title, truncated=False)
