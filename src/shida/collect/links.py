"""List page → the links to articles on it, without a tree, so depth and unclosed tags cost nothing."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Sequence
from fnmatch import translate
from functools import lru_cache
from itertools import islice
from urllib.parse import urljoin, urlsplit

from shida.collect.markup import to_text
from shida.records import Record

MAX_LINKS = 5_000
MAX_ANCHORS = 20_000
"""Links of a page that are looked at."""
MAX_TIMES = 4
"""How often one address is looked at: a page links an article by picture, headline, first words, and 更多."""
MAX_ANCHOR = 2_000
"""Characters of mark-up between <a> and </a> that are looked at for its words."""

_ANCHOR = re.compile(r"""<a\s((?>[^<>"']|"[^"<]*"|'[^'<]*')*+)>""", re.IGNORECASE)
_BASE = re.compile(r"""<base\s((?>[^<>"']|"[^"<]*"|'[^'<]*')*+)>""", re.IGNORECASE)
_HREF = re.compile(r"""(?<![\w-])href\s{0,5}=\s{0,5}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_TITLE = re.compile(r"""(?<![\w-])title\s{0,5}=\s{0,5}(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_END = re.compile(r"</a\s{0,5}>|<a\s", re.IGNORECASE)
_DATE_NEAR = re.compile(r"20\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}|(?<!\d)\d{2}-\d{2}(?!\d)")
_ARTICLE_PATH = re.compile(r"\d{4}")
MIN_WORDS = 8
"""Characters a headline has at least; names of sections are shorter."""


class Link(Record, frozen=True, kw_only=True):
    """A link of a list page."""

    url: str
    title: str
    dated: bool = False
    """A date stands beside it."""


def article_links(text: str, url: str, shapes: Sequence[str] = ()) -> tuple[Link, ...]:
    """The links of the page `text` at `url` that lead to articles, in its order, each once.

    With `shapes` those whose address fits one of them; else those on the same host with a number in the path and at
    least eight characters of text.

    >>> page = '<a href="./202611/t20261121_1.html">一批国家标准今天正式发布</a> 2026-11-21 <a href="/">首页</a>'
    >>> article_links(page, "https://example.cn/xw/")
    (Link(url='https://example.cn/xw/202611/t20261121_1.html', title='一批国家标准今天正式发布', dated=True),)
    """
    base = url
    if (found := _BASE.search(text[:20_000])) and (href := _attribute(_HREF, found[1])):
        base = joined(url, href) or url
    links: dict[str, Link] = {}
    met: Counter[str] = Counter()
    host = urlsplit(url).hostname
    for anchor in islice(_ANCHOR.finditer(text), MAX_ANCHORS):
        if len(links) >= MAX_LINKS:
            break
        href = _attribute(_HREF, anchor[1])
        target = joined(base, href) if href else None
        if target is None or met[target] >= MAX_TIMES or (shapes and not fits(target, shapes)):
            continue
        met[target] += 1
        inside = text[anchor.end() : anchor.end() + MAX_ANCHOR]
        end = _END.search(inside)
        stop = end.start() if end else len(inside)
        words = _attribute(_TITLE, anchor[1]) or ""
        shown = " ".join(to_text(inside[:stop]).split())
        title = words if len(words) > len(shown) else shown
        known = links.get(target)
        if (shapes or _looks_like_article(target, title, host)) and (known is None or len(known.title) < len(title)):
            near = (
                to_text(text[max(0, anchor.start() - 100) : anchor.start()])[-20:]
                + to_text(inside[stop : stop + 200])[:40]
            )
            dated = bool(_DATE_NEAR.search(near)) or (known is not None and known.dated)
            links[target] = Link(url=target, title=title[:500], dated=dated)
    return tuple(links.values())


def _attribute(pattern: re.Pattern[str], tag: str) -> str | None:
    found = pattern.search(tag)
    return html.unescape(next((group for group in found.groups() if group is not None), "")).strip() if found else None


def joined(base: str, href: str) -> str | None:
    """The address that `href` means on the page `base`; None where it is none of http or https."""
    try:
        url = urljoin(base, href).partition("#")[0]
    except ValueError:
        return None
    return url if url.startswith(("http://", "https://")) and len(url) <= 4096 else None


def _looks_like_article(url: str, title: str, host: str | None) -> bool:
    parts = urlsplit(url)
    return parts.hostname == host and len(title) >= MIN_WORDS and bool(_ARTICLE_PATH.search(parts.path + parts.query))


def fits(url: str, shapes: Sequence[str]) -> bool:
    """Whether an address has one of these shapes, `*` for anything."""
    return any(_compiled(shape).match(url) for shape in shapes)


@lru_cache(maxsize=1_000)
def _compiled(shape: str) -> re.Pattern[str]:
    # translate() makes `*` atomic, so a shape with many of them stays linear.
    return re.compile(translate(shape.replace("[", "[[]")))
