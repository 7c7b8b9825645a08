"""The links of a page that belong to its article: files it offers, and its own further pages."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from shida.read.depth import cap_depth
from shida.read.files import FILE
from shida.read.items import LEAST_ITEMS, find_items
from shida.read.lines import lines_of
from shida.read.page_text import page_text
from shida.read.paging import bare, in_order, siblings, whole
from shida.read.passes import names_file
from shida.read.words import BACK, ONWARD
from shida.records import Attachment, Dropped, Page

_ARROWS = " \u3000\xa0<>«»‹›〈〉《》[]()（）→←."
_NUMBER = re.compile(r"\s{0,3}[\[(（第]?\s{0,2}(\d{1,2})\s{0,2}[\])）页]?\s{0,3}\Z")
MOST = 50
"""Files or pages of one article; a page with more is a directory."""
MOST_LINKS = 3_000


def attachments_of(tree: LexborHTMLParser, html: str, url: str | None) -> tuple[Attachment, ...]:
    """The files a page offers, each address once, in order; addresses are made whole where the page's own is known.

    >>> html = "<p>附件：<a href='/f/1.docx'>抽查名单</a><a href='/x.html'>首页</a>"
    >>> attachments_of(LexborHTMLParser(html), html, "https://example.com/a.html")
    (Attachment(name='抽查名单', url='https://example.com/f/1.docx', kind='docx'),)
    """
    if not names_file(html):
        return ()
    found: dict[str, Attachment] = {}
    for node in tree.css("a[href]")[:MOST_LINKS]:
        attributes = node.attributes
        href = (attributes.get("href") or "").strip()
        if len(href) > 1_000 or not (match := FILE.search(href)) or href.lower().startswith(("javascript:", "data:")):
            continue
        name = " ".join(node.text().split()) or attributes.get("title") or href.rsplit("/", 1)[-1]
        address = whole(url, href)
        found.setdefault(address, Attachment(name=name[:200], url=address, kind=match[1].lower()))
    return tuple(found.values()) if len(found) <= MOST else ()


def next_pages_of(tree: LexborHTMLParser, words: str, url: str | None) -> tuple[str, ...]:
    """The addresses of an article's other pages, the earlier ones too: what 下一页 or 上一页 leads to, and the numbered
    links beside it whose addresses differ in a page's number only.

    `words` are the page's visible words; `url` is its own address where it is known.

    >>> html = "<p><a href=a_2.html>2</a> <a href=a_3.html>3</a> <a href=a_2.html>下一页</a>"
    >>> next_pages_of(LexborHTMLParser(html), "2 3 下一页", None)
    ('a_2.html', 'a_3.html')
    >>> html = "<p><a href=a_2.html>上一页</a> <a href=a.html>1</a> <a href=a_2.html>2</a> <b>3</b>"
    >>> next_pages_of(LexborHTMLParser(html), "上一页 1 2 3", "http://e.cn/a_3.html")
    ('http://e.cn/a.html', 'http://e.cn/a_2.html')
    """
    if not any(word in words for word in (*ONWARD, *BACK)):
        return ()
    beside: dict[str, list[str]] = {"on": [], "back": []}
    numbered: list[str] = []
    for node in tree.css("a[href]")[:MOST_LINKS]:
        text = node.text().strip(_ARROWS)
        if text not in ONWARD and text not in BACK and not _NUMBER.match(text):
            continue
        href = (node.attributes.get("href") or "").strip()
        if not href or len(href) > 500 or href.lower().startswith(("javascript:", "#")):
            continue
        if text in ONWARD:
            beside["on"].append(href)
        elif text in BACK:
            beside["back"].append(href)
        else:
            numbered.append(href)
    if any(len(set(led)) > 1 for led in beside.values()):
        return ()  # several lists beside the text
    near = list(dict.fromkeys([*beside["on"], *beside["back"]]))
    if url is not None:
        near = [href for href in near if siblings(url, whole(url, href))]
    if not near:
        return ()
    wanted = [href for href in numbered if href in near or siblings(near[0], href)]
    pages = dict.fromkeys(whole(url, href) for href in (*near, *wanted))
    own = bare(url) if url else None
    return tuple(in_order([page for page in pages if bare(page) != own])[:MOST])


def pages_beside(page: Page) -> tuple[str, ...]:
    """The same for a page as it was fetched; none for the front of a folder that lists dated headlines."""
    text = page_text(page)
    if page.url is None or isinstance(text, Dropped) or text.media_type != "text/html":
        return ()
    if not any(word in text.text for word in (*ONWARD, *BACK)):
        return ()
    tree = LexborHTMLParser(cap_depth(text.text)[0])
    found = next_pages_of(tree, text.text, page.url)
    name = bare(page.url).partition("?")[0].rpartition("/")[2].lower()
    if found and (not name or "list" in name or "index" in name):
        return found if len(find_items(lines_of(tree)).items) < LEAST_ITEMS else ()
    return found
