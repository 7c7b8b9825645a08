"""A list of articles in JSON, as sites load it into their list pages → Links. The State Council has such lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from shida.collect.feed_dates import iso_date
from shida.collect.links import MAX_LINKS, MIN_WORDS, Link, fits, joined
from shida.collect.markup import to_text

MAX_VALUES = 50_000
"""Values of the file that are looked at."""
_ADDRESS_KEYS = ("url", "link", "href", "docpuburl", "linkurl", "infourl", "arturl")
_TITLE_KEYS = ("title", "headline", "doctitle", "linktitle", "name", "arttitle")
_DATE_KEYS = (
    "docrelpubtime",
    "pubdate",
    "pubtime",
    "publishtime",
    "publishdate",
    "date",
    "time",
    "releasetime",
    "published",
)


def json_links(content: bytes, url: str, shapes: Sequence[str] = ()) -> tuple[Link, ...] | None:
    """The articles that objects anywhere in the JSON name by an address and a title, in its order, each once.

    None where it is no JSON. With `shapes` those whose address fits one of them.

    >>> json_links('[{"TITLE":"一批标准发布","URL":"/a/1.htm","DOCRELPUBTIME":"2026-11-20"}]'.encode(), "https://example.cn/l.json")
    (Link(url='https://example.cn/a/1.htm', title='一批标准发布', dated=True),)
    """
    try:
        waiting: list[Any] = [msgspec.json.decode(content.removeprefix(b"\xef\xbb\xbf"))]
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    links: dict[str, Link] = {}
    looked = 0
    while waiting and len(links) < MAX_LINKS and looked < MAX_VALUES:
        looked += 1
        value = waiting.pop()
        if isinstance(value, list):
            waiting += reversed(value)
        elif isinstance(value, dict):
            link = _link(value, url, shapes)
            if link is not None:
                links.setdefault(link.url, link)
            waiting += [inside for inside in reversed(value.values()) if isinstance(inside, list | dict)]
    return tuple(links.values())


def _link(value: dict[str, Any], base: str, shapes: Sequence[str]) -> Link | None:
    plain = {key.lower().replace("_", ""): inside for key, inside in value.items() if isinstance(inside, str)}
    address = next((plain[key] for key in _ADDRESS_KEYS if plain.get(key)), None)
    title = next((plain[key] for key in _TITLE_KEYS if plain.get(key)), "")
    target = joined(base, address) if address else None
    if target is None or not title or (shapes and not fits(target, shapes)):
        return None
    title = " ".join(to_text(title[:2_000]).split())[:500]
    if not shapes and len(title) < MIN_WORDS // 2:
        return None
    dated = any(iso_date(plain[key]) for key in _DATE_KEYS if plain.get(key))
    return Link(url=target, title=title, dated=dated)
