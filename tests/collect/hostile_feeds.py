"""Feeds made to keep a parser busy or to fill its memory, and what the worker spends on them."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from shida.collect.feed_process import FeedProcess

SIZES = (24_000, 120_000)
"""Characters of the hostile part: the size that is known to take feedparser 19 s, and more."""

_FEED = "<?xml version='1.0'?><rss version='2.0' xmlns:m='http://search.yahoo.com/mrss/'><channel><title>t</title>{}</channel></rss>"
_ITEM = "<item><title>一</title>{}</item>"
_ATOM = "<feed xmlns='http://www.w3.org/2005/Atom'><title>t</title><entry><title>一</title>{}</entry></feed>"

_FILLINGS = {
    "letters": "a",
    "dots": "a.",
    "at": "a@",
    "addresses": "a@b.cn ",
    "dashes": "a-",
    "open": "<",
    "escaped": "&lt;",
    "entities": "&amp;amp;",
    "references": "&#20013;",
    "half references": "&#55357;",
    "wrong references": "&#x110000;",
    "spaces": " ",
    "lines": "\n",
    "quotes": "'\"",
    "brackets": "]]",
    "digits": "1",
    "colons": "1:",
    "han": "质",
}
_FIELDS = ("author", "dc:creator", "pubDate", "title", "description", "link", "guid", "category", "managingEditor")
_NESTED = {
    "divs": ("<div>", "</div>"),
    "escaped divs": ("&lt;div&gt;", "&lt;/div&gt;"),
    "unclosed": ("<b>", ""),
    "items": ("<item>", "</item>"),
    "authors": ("<author><name>", "</name></author>"),
    "bases": ("<x xml:base='http://a.cn/'>", "</x>"),
    "comments": ("<!--", "-->"),
    "cdata": ("<![CDATA[", ""),
    "namespaces": ("<x:y xmlns:x='u'>", "</x:y>"),
    "media": ("<m:group><m:content url='u'/>", "</m:group>"),
}


def hostile_feeds() -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each."""
    for size, field, (name, unit) in product(SIZES, _FIELDS, _FILLINGS.items()):
        if field in ("author", "pubDate", "description", "dc:creator") or name in ("letters", "dots", "open"):
            filling = unit * (size // len(unit))
            yield f"{size} {name} in {field}", _FEED.format(_ITEM.format(f"<{field}>{filling}</{field}>")).encode()
    for size, (name, (begin, end)) in product(SIZES, _NESTED.items()):
        depth = size // 2
        for place in ("description", "content"):
            nested = f"<{place}>{begin * depth}x{end * depth}</{place}>"
            yield (
                f"{depth} nested {name} in {place}",
                (_FEED.format(_ITEM.format(nested)) if place == "description" else _ATOM.format(nested)).encode(),
            )
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(12))
    yield "laughs", f"<!DOCTYPE r [{laughs}]>{_FEED.format('<item><title>&l11;</title></item>')}".encode()
    long = "".join(f"<!ENTITY l{n} '{'x' * 1_000}'>" for n in range(200))
    yield "many entities", f"<!DOCTYPE r [{long}]>{_FEED.format('<item><title>&l1;</title></item>')}".encode()
    yield (
        "attributes",
        f"<rss><channel><title {' '.join(f'a{n}=1' for n in range(20_000))}>t</title></channel></rss>".encode(),
    )
    yield "entries", _FEED.format("<item><title>x</title></item>" * 20_000).encode()
    yield "links", _FEED.format(_ITEM.format("<link>http://a.cn/</link>" * 10_000)).encode()
    yield "enclosures", _FEED.format(_ITEM.format("<enclosure url='u' length='1' type='t'/>" * 10_000)).encode()
    yield "nulls", b"<rss><channel><title>" + b"\0" * 200_000
    yield "utf-16", ("\ufeff" + _FEED.format(_ITEM.format("<author>" + "a" * 60_000))).encode("utf-16-le")


def worker_cpu(process: FeedProcess) -> float:
    """CPU seconds of the worker that runs, and of all that ended so far."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    running = process.running()
    return ended.ru_utime + ended.ru_stime + (_cpu_of(running) if running is not None else 0.0)


def _cpu_of(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100
