"""Newest headlines → RSS 2.0, Atom 1.0 and JSON Feed 1.1."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

import msgspec

SIZE = 50
"""Entries of a feed."""
BEIJING = timezone(timedelta(hours=8))
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class FeedItem(NamedTuple):
    """One entry of a feed."""

    id: str
    path: str
    title: str
    summary: str
    published: str
    source: str


def moment(published: str) -> datetime:
    """An ISO date or time as a moment in Beijing; a missing month, day or hour is the first.

    >>> moment("2026-11-22").isoformat(), moment("2026-11-22T02:00:00+00:00").isoformat()
    ('2026-11-22T00:00:00+08:00', '2026-11-22T10:00:00+08:00')
    """
    text = published + "-01-01"[len(published) - 4 :] if len(published) in (4, 7) else published
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return datetime(1970, 1, 1, tzinfo=BEIJING)
    return found.replace(tzinfo=BEIJING) if found.tzinfo is None else found.astimezone(BEIJING)


def rfc822(when: datetime) -> str:
    """A moment as RSS wants it, in English whatever the machine's language.

    >>> rfc822(moment("2026-11-22T10:24:00+08:00"))
    'Sun, 22 Nov 2026 10:24:00 +0800'
    """
    return f"{_DAYS[when.weekday()]}, {when.day:02d} {_MONTHS[when.month - 1]} {when:%Y %H:%M:%S} +0800"


def xml_text(text: str) -> str:
    """Text for an element or an attribute of XML 1.0, without what XML cannot hold.

    >>> xml_text("甲<乙>\\x00")
    '甲&lt;乙&gt;'
    """
    return escape(_NOT_XML.sub("", text), {'"': "&quot;"})


def tag_id(base: str, day: str, path: str) -> str:
    """A `tag:` address (RFC 4151): stays the same when the site moves to https or another path.

    >>> tag_id("https://example.org/", "2026-11-22", "article/a-1.html")
    'tag:example.org,2026-11-22:article/a-1.html'
    """
    return f"tag:{urlsplit(base).hostname or 'localhost'},{day or '1970-01-01'}:{path}"


def rss(title: str, base: str, path: str, home: str, items: Sequence[FeedItem], as_of: str) -> str:
    """RSS 2.0 with the Atom self link."""
    newest = max((moment(item.published) for item in items), default=moment(as_of))
    out = [
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>\n',
        f"<title>{xml_text(title)}</title><link>{xml_text(base + home)}</link>"
        f"<description>{xml_text(title)}</description>\n",
        f"<language>zh-cn</language><lastBuildDate>{rfc822(newest)}</lastBuildDate>"
        f'<atom:link rel="self" type="application/rss+xml" href="{xml_text(base + path)}"/>\n',
    ]
    for item in items:
        source = f"<dc:creator>{xml_text(item.source)}</dc:creator>" if item.source else ""
        out.append(
            f"<item><title>{xml_text(item.title)}</title><link>{xml_text(base + item.path)}</link>"
            f'<guid isPermaLink="true">{xml_text(base + item.path)}</guid>'
            f"<pubDate>{rfc822(moment(item.published))}</pubDate>"
            f"{source}<description>{xml_text(item.summary)}</description></item>\n"
        )
    return "".join([*out, "</channel></rss>\n"])


def atom(title: str, base: str, path: str, home: str, items: Sequence[FeedItem], as_of: str) -> str:
    """Atom 1.0 (RFC 4287)."""
    newest = max((moment(item.published) for item in items), default=moment(as_of))
    out = [
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-Hans">\n',
        f"<title>{xml_text(title)}</title><id>{xml_text(tag_id(base, '2026-01-01', path))}</id>"
        f'<updated>{newest.isoformat()}</updated><link rel="self" href="{xml_text(base + path)}"/>'
        f'<link rel="alternate" type="text/html" href="{xml_text(base + home)}"/>'
        f"<author><name>{xml_text(title)}</name></author>\n",
    ]
    for item in items:
        when = moment(item.published)
        author = f"<author><name>{xml_text(item.source)}</name></author>" if item.source else ""
        out.append(
            f"<entry><title>{xml_text(item.title)}</title>"
            f"<id>{xml_text(tag_id(base, when.date().isoformat(), item.path))}</id>"
            f"<updated>{when.isoformat()}</updated><published>{when.isoformat()}</published>{author}"
            f'<link rel="alternate" type="text/html" href="{xml_text(base + item.path)}"/>'
            f"<summary>{xml_text(item.summary)}</summary></entry>\n"
        )
    return "".join([*out, "</feed>\n"])


def json_feed(title: str, base: str, path: str, home: str, items: Sequence[FeedItem]) -> bytes:
    """JSON Feed 1.1."""
    entries: list[dict[str, Any]] = []
    for item in items:
        entry: dict[str, Any] = {
            "id": base + item.path,
            "url": base + item.path,
            "title": _NOT_XML.sub("", item.title),
            "content_text": _NOT_XML.sub("", item.summary),
            "date_published": moment(item.published).isoformat(),
        }
        if item.source:
            entry["authors"] = [{"name": _NOT_XML.sub("", item.source)}]
        entries.append(entry)
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": base + home,
        "feed_url": base + path,
        "language": "zh-CN",
        "items": entries,
    }
    return msgspec.json.format(msgspec.json.encode(feed), indent=1)


def opml(title: str, own: Sequence[tuple[str, str]], sources: Sequence[tuple[str, str]]) -> str:
    """OPML 2.0: our feeds, and the addresses of the sources."""
    out = [
        '<?xml version="1.0" encoding="utf-8"?>\n<opml version="2.0">'
        f"<head><title>{xml_text(title)}</title></head><body>\n"
    ]
    for group, rows, kind in ((title, own, ' type="rss"'), ("来源", sources, ' type="link"')):
        if rows:
            out.append(f'<outline text="{xml_text(group)}">\n')
            where = "xmlUrl" if kind == ' type="rss"' else "url"
            out.extend(
                f'<outline{kind} text="{xml_text(name)}" {where}="{xml_text(address)}"/>\n' for name, address in rows
            )
            out.append("</outline>\n")
    return "".join([*out, "</body></opml>\n"])
