"""First bytes of something → what it is, by its content first and its name second."""

from __future__ import annotations

import codecs
import re
from typing import Literal

from shida.text.charset import looks_binary

JSON_FEED = b"jsonfeed.org/version/"
HEAD = 8192
"""Bytes that are looked at."""

Kind = Literal[
    "empty", "html", "text", "feed", "sitemap", "opml", "json", "jsonl", "warc", "gzip", "xml", "other", "binary"
]

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"\x89PNG\r\n", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "sound, video or a picture"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3\0", "a database"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\0", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ROOTS: dict[bytes, Kind] = {
    b"rss": "feed",
    b"feed": "feed",
    b"rdf": "feed",
    b"channel": "feed",
    b"urlset": "sitemap",
    b"sitemapindex": "sitemap",
    b"opml": "opml",
    b"html": "html",
}
_PROLOG = re.compile(rb"\s+|<\?(?s:.){0,2000}?\?>|<!--(?s:.){0,4000}?-->|<!DOCTYPE[^<>\[]{0,1000}>", re.IGNORECASE)
_ROOT = re.compile(rb"<(?:[A-Za-z0-9_]{1,20}:)?([A-Za-z][A-Za-z0-9_.-]{0,40})[\s/>]")
_HTML_DOCTYPE = re.compile(rb"\s{0,200}(?:<!--(?s:.){0,4000}?-->\s{0,200})?<!DOCTYPE\s{1,20}html", re.IGNORECASE)
_HTML_TAG = re.compile(
    rb"<(?:html|head|title|meta|link|body|div|p|table|td|tr|span|font|center|h[1-6]|br|a|script|style|article|section)"
    rb"(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
_TEXT_NAMES = (".txt", ".text", ".md")
_OTHER = """
    .css .js .mjs .map .py .sh .bat .c .h .java .go .rs .ts .sql .toml .ini .cfg .conf .yml .yaml .lock .log .csv .tsv
    .svg .xsl .xslt .xsd .dtd .po .tex .bib .ics .vcf .eml
"""
_OTHER_NAMES = tuple(_OTHER.split())
_HTML_NAMES = (".html", ".htm", ".shtml", ".shtm", ".xhtml", ".mht.html", ".asp", ".aspx", ".php", ".jsp", ".jhtml")


def kind_of(head: bytes, *, name: str = "", media_type: str | None = None) -> Kind:
    """What something is, from its first bytes, its name and the media type it was sent with.

    The bytes win: a feed that calls itself text/html is a feed, a picture called `a.html` is not a page.

    >>> kind_of(b"<?xml version='1.0'?><rss version='2.0'>", media_type="text/html")
    'feed'
    >>> kind_of("质量月启动".encode()), kind_of(b"<p>x</p>", name="a.htm"), kind_of(bytes(range(32)))
    ('text', 'html', 'binary')
    """
    lower = name.lower().removesuffix(".gz")
    given = head[:HEAD]
    head = _as_ascii_compatible(given)
    if not head.replace(codecs.BOM_UTF8, b"").strip():
        return "empty"
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if head.startswith(b"WARC/"):
        return "warc"
    if called(head) or looks_binary(given):
        return "binary"
    if lower.endswith((".jsonl", ".ndjson")):
        return "jsonl"
    if lower.endswith(_OTHER_NAMES):
        return "other"
    start = head.lstrip()
    if _HTML_DOCTYPE.match(start):
        return "html"
    if root := _root_of(start):
        if root in _ROOTS:
            return _ROOTS[root]
        if start[:5].lower() == b"<?xml" and not lower.endswith(_HTML_NAMES):
            return "xml"
    if start[:1] == b"{" and JSON_FEED in head:
        return "feed"
    if start[:1] in b"{[" and (lower.endswith(".json") or (media_type or "").endswith("json")):
        return "json"
    if lower.endswith(_HTML_NAMES) or media_type in ("text/html", "application/xhtml+xml"):
        return "html"
    if lower.endswith(_TEXT_NAMES) or media_type == "text/plain":
        return "text"
    return "html" if _HTML_TAG.search(head) else "text"


def called(head: bytes) -> str | None:
    """What a known binary format is called, or None.

    >>> called(b"%PDF-1.7")
    'a PDF'
    """
    return next((words for magic, words in _MAGIC if head.startswith(magic)), None)


def _root_of(start: bytes) -> bytes | None:
    """Name of the first element, in small letters, without its prefix."""
    position = 0
    for _ in range(50):
        match = _PROLOG.match(start, position)
        if not match:
            break
        position = match.end()
    found = _ROOT.match(start, position)
    return found[1].lower() if found else None


def _as_ascii_compatible(head: bytes) -> bytes:
    """The bytes without their BOM; UTF-16 and UTF-32 as UTF-8, so that one set of patterns does."""
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            rest = head[len(bom) :]
            return rest if encoding == "utf-8" else rest.decode(encoding, "replace").encode("utf-8", "replace")
    return head
