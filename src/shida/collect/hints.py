"""A list page that gives no articles → what a person needs to mend its source: address shapes and feeds it names."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from urllib.parse import urlsplit

from shida.collect.links import MIN_WORDS, article_links, joined
from shida.records import Record

SHOWN = 5
FEWEST = 3
"""Addresses of one shape before it is shown: a list has more than two articles."""

_LINK = re.compile(r"""<link\s((?>[^<>"']|"[^"<]*"|'[^'<]*')*+)>""", re.IGNORECASE)
_HREF = re.compile(r"""(?<![\w-])href\s{0,5}=\s{0,5}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_FEED_TYPE = re.compile(r"application/(?:rss|atom|feed)\+(?:xml|json)", re.IGNORECASE)
_VARYING = re.compile(r"[0-9a-f]{12,}|\d+", re.IGNORECASE)


class AddressShape(Record, frozen=True, kw_only=True):
    """A shape that several addresses on a page have."""

    shape: str
    count: int
    title: str
    """Of one of them."""


def address_shapes(text: str, url: str) -> tuple[AddressShape, ...]:
    """The shapes that most links with a headline's length of words have, the commonest first.

    >>> row = '<a href="/xw/2026/art_{0}.html">第{0}批标准样品今天发布</a>'
    >>> [(one.shape, one.count) for one in address_shapes("".join(map(row.format, range(4))), "https://example.cn/")]
    [('https://example.cn/xw/*/art_*.html', 4)]
    """
    found: dict[str, list[str]] = defaultdict(list)
    for link in article_links(text, url, ("http*",)):
        if len(link.title) >= MIN_WORDS:
            found[shape_of(link.url)].append(link.title)
    common = sorted(
        (item for item in found.items() if len(item[1]) >= FEWEST), key=lambda item: (-len(item[1]), item[0])
    )
    return tuple(AddressShape(shape=shape, count=len(titles), title=titles[0]) for shape, titles in common[:SHOWN])


def shape_of(url: str) -> str:
    """The address with `*` for what differs from article to article.

    >>> shape_of("https://example.cn/xw/202611/t20261121_1077.html")
    'https://example.cn/xw/*/t*_*.html'
    """
    parts = urlsplit(url)
    rest = url[len(f"{parts.scheme}://{parts.netloc}") :]
    return f"{parts.scheme}://{parts.netloc}{_VARYING.sub('*', rest)}"


def feeds_named(text: str, url: str) -> tuple[str, ...]:
    """The feeds that the head of a page names.

    >>> feeds_named('<link rel="alternate" type="application/rss+xml" href="/rss.xml">', "https://example.cn/")
    ('https://example.cn/rss.xml',)
    """
    found: dict[str, None] = {}
    for link in _LINK.finditer(text[:200_000]):
        href = _HREF.search(link[1])
        if href is not None and _FEED_TYPE.search(link[1]):
            written = next((group for group in href.groups() if group is not None), "")
            address = joined(url, html.unescape(written).strip())
            if address:
                found[address] = None
    return tuple(found)[:SHOWN]
