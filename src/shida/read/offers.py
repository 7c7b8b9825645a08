"""The links of a page that belong to its article: files it offers, and its own further pages."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser

from shida.records import Attachment

_ENDINGS = ("doc", "docx", "xls", "xlsx", "ppt", "pptx", "pdf", "wps", "et", "ofd", "zip", "rar", "7z", "csv")
# Both cases are spelt out: a pattern that ignores case is searched for much more slowly.
_FILE = re.compile(
    rf"\.({'|'.join(''.join(f'[{mark}{mark.upper()}]' for mark in ending) for ending in _ENDINGS)})(?=[\"'?#\s>]|\Z)"
)
_ONWARD = ("下一页", "下页", "后一页", "下一頁")
_NUMBER = re.compile(r"\s{0,3}[\[(（]?\s{0,2}(\d{1,2})\s{0,2}[\])）]?\s{0,3}\Z")
_DIGITS = re.compile(r"\d+")
MOST = 50
"""Files or pages of one article; a page with more is a directory."""
MOST_LINKS = 3_000


def attachments_of(tree: LexborHTMLParser, html: str, url: str | None) -> tuple[Attachment, ...]:
    """The files a page offers, each address once, in order; addresses are made whole where the page's own is known.

    >>> html = "<p>附件：<a href='/f/1.docx'>抽查名单</a><a href='/x.html'>首页</a>"
    >>> attachments_of(LexborHTMLParser(html), html, "https://example.com/a.html")
    (Attachment(name='抽查名单', url='https://example.com/f/1.docx', kind='docx'),)
    """
    if not _FILE.search(html):
        return ()
    found: dict[str, Attachment] = {}
    for node in tree.css("a[href]")[:MOST_LINKS]:
        attributes = node.attributes
        href = (attributes.get("href") or "").strip()
        if len(href) > 1_000 or not (match := _FILE.search(href)) or href.lower().startswith(("javascript:", "data:")):
            continue
        name = " ".join(node.text().split()) or attributes.get("title") or href.rsplit("/", 1)[-1]
        address = _whole(url, href)
        found.setdefault(address, Attachment(name=name[:200], url=address, kind=match[1].lower()))
    return tuple(found.values()) if len(found) <= MOST else ()


def next_pages_of(tree: LexborHTMLParser, words: str, url: str | None) -> tuple[str, ...]:
    """The addresses of an article's other pages: numbered links beside 下一页 that differ in a number only.

    `words` are the page's visible words.

    >>> html = "<p><a href=a_2.html>2</a> <a href=a_3.html>3</a> <a href=a_2.html>下一页</a>"
    >>> next_pages_of(LexborHTMLParser(html), "2 3 下一页", None)
    ('a_2.html', 'a_3.html')
    """
    if not any(word in words for word in _ONWARD):
        return ()
    onward: list[str] = []
    numbered: dict[int, str] = {}
    for node in tree.css("a[href]")[:MOST_LINKS]:
        href = (node.attributes.get("href") or "").strip()
        if not href or len(href) > 500 or href.lower().startswith(("javascript:", "#")):
            continue
        text = node.text().strip()
        if text in _ONWARD:
            onward.append(href)
        elif (match := _NUMBER.match(text)) and int(match[1]) >= 2:
            numbered.setdefault(int(match[1]), href)
    if len(set(onward)) != 1:
        return ()  # none, or several lists beside the text
    shape = _DIGITS.sub("0", onward[0])
    wanted = [href for _, href in sorted(numbered.items()) if _DIGITS.sub("0", href) == shape]
    pages = list(dict.fromkeys([*wanted] or onward))
    own = url or ""
    return tuple(address for href in pages[:MOST] if (address := _whole(url, href)) != own)


def _whole(url: str | None, href: str) -> str:
    if not url:
        return href
    try:
        return urljoin(url, href)
    except ValueError:
        return href
