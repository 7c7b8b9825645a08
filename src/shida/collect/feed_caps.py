"""Feed bytes → the same, mended where feedparser would be slow or give up on the whole feed.

A character reference that names no character (`&#2000000;`) or half of one (`&#55357;&#56832;`, an emoji as some
editors write it) ends feedparser with an exception: such references are put right or replaced by U+FFFD.

feedparser looks for an e-mail address in every author with a pattern whose cost grows with the square of the length:
12,000 characters take 4 s and 24,000 take 19 s (feedparser 6.0.14, its issue 562). No person's name is that long.
"""

from __future__ import annotations

import re

MAX_FIELD = 1_000
"""Bytes of a person's or a date's field that are kept."""

_SLOW = re.compile(
    rb"<((?:[A-Za-z0-9_]{1,20}:)?"
    rb"(?:author|name|email|creator|contributor|managingEditor|webMaster|publisher|owner|rights|generator"
    rb"|pubDate|published|updated|modified|issued|created|date|lastBuildDate|expirationDate))(?=[\s>/])([^<>]*+)>",
    re.IGNORECASE,
)
MAX_DEPTH = 500
"""Elements within elements: real feeds stay under twenty, those with mark-up that nobody closed under a hundred."""

_PIECE = re.compile(rb"<!\[CDATA\[|<!--|<(/?)([A-Za-z_][A-Za-z0-9_:.-]{0,60})(?=[\s>/])[^<>]*+>")
_NO_DEPTH = frozenset(
    (b"br", b"hr", b"img", b"input", b"link", b"meta", b"col", b"source", b"param", b"area", b"embed")
)
_WHOLE = frozenset((b"item", b"entry"))
_REFERENCE = re.compile(rb"&#(?:[xX]([0-9A-Fa-f]{1,20})|([0-9]{1,20}));?")
_REFERENCES = re.compile(rb"(?:&#(?:[xX][0-9A-Fa-f]{1,20}|[0-9]{1,20});?)++")
_LOST = 0xFFFD
_MARKUP = re.compile(rb"<!\[CDATA\[|\]\]>|<[^<>]*+>?|>")


def too_deep(content: bytes) -> bool:
    """Whether elements lie more than `MAX_DEPTH` deep in each other: feedparser's time grows with the depth of every
    element, and 60,000 of them take it seconds.

    >>> too_deep(b"<rss><item>" + b"<div>" * 501 + b"</item></rss>"), too_deep(b"<rss>" + b"<item><p></item>" * 900)
    (True, False)
    """
    depth = of_entry = skip_to = 0
    never_closed: set[bytes] = set()
    for piece in _PIECE.finditer(content):
        if piece.start() < skip_to:
            continue
        closing, name = piece[1], piece[2]
        if name is None:
            closer = b"-->" if piece[0] == b"<!--" else b"]]>"
            if closer not in never_closed:
                end = content.find(closer, piece.end())
                skip_to = max(skip_to, end)
                if end < 0:
                    never_closed.add(closer)
        elif name.lower() in _WHOLE:
            # What an entry leaves open ends with it; entries within entries count.
            of_entry = max(0, of_entry + (-1 if closing else 1))
            depth = of_entry
        elif closing:
            depth = max(of_entry, depth - 1)
        elif name.lower() not in _NO_DEPTH and not piece[0].endswith(b"/>"):
            depth += 1
        if depth > MAX_DEPTH:
            return True
    return False


def mended(content: bytes) -> bytes:
    """`content` with every numeric character reference naming a character that XML allows.

    >>> mended(b"&#20013;&#55357;&#56832; &#2000000; &#x4E2D;&#0;")
    b'&#20013;&#128512; &#65533; &#20013;&#65533;'
    """
    return _REFERENCES.sub(_named_right, content) if b"&#" in content else content


def _named_right(run: re.Match[bytes]) -> bytes:
    """References that follow on each other, with halves of one character joined."""
    numbers: list[int] = []
    for found in _REFERENCE.finditer(run[0]):
        number = int(found[1], 16) if found[1] else int(found[2])
        if numbers and 0xD800 <= numbers[-1] < 0xDC00 <= number < 0xE000:
            number = 0x10000 + ((numbers.pop() - 0xD800) << 10) + (number - 0xDC00)
        numbers.append(number)
    return b"".join(b"&#%d;" % (number if _legal(number) else _LOST) for number in numbers)


def _legal(number: int) -> bool:
    """Whether XML 1.0 has a character of this number."""
    return number in (9, 10, 13) or 0x20 <= number < 0xD800 or 0xE000 <= number < 0xFFFE or 0xFFFF < number < 0x110000


def capped(content: bytes) -> bytes:
    """`content` with persons and dates cut at 1,000 bytes; all else as it was.

    >>> capped(b"<item><author>" + b"a" * 5000 + b"</author><title>t</title></item>").count(b"a")
    1002
    """
    parts = []
    position = 0
    never_closed: set[bytes] = set()
    for opening in _SLOW.finditer(content):
        name = opening[1]
        if opening.start() < position or name in never_closed or opening[2].endswith(b"/"):
            continue
        end = content.find(b"</" + name, opening.end())
        if end < 0:
            never_closed.add(name)
            end = len(content)
        if end - opening.end() > MAX_FIELD:
            # Cut to text, so that no tag or character reference is left open.
            kept = _MARKUP.sub(b" ", content[opening.end() : opening.end() + MAX_FIELD])
            parts += [content[position : opening.end()], kept.rpartition(b"&")[0] or kept]
            position = end
    parts.append(content[position:])
    return b"".join(parts)
