"""A piece of text with links, bold words and other tags in it → its lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from shida.read.chunks import HEADING, HIDDEN, NEVER_CLOSED, PRE, Chunk, hides, may_hide, piece_of
from shida.read.depth import DEEPEST
from shida.read.line import EDGE, SEPARATORS, Line, Place, apart, tidied, unescaped, words_beside

_SKIP = (
    "script", "style", "noscript", "head", "title", "textarea", "select", "iframe", "object", "svg", "template",
    "button", "map", "canvas", "video", "audio", "applet", "noframes", "math", "datalist", "rp", "rt",
)  # fmt: skip
"""What is never text of the page. `rt` is the reading over a character, not a character of the text."""
VOID, INLINE, INLINE_END, BOLD, BOLD_END, LINK, LINK_END, SKIP, BREAK = range(9)
HIDES = 16
"""What a tag does to lines; HIDES is added where its style hides the element."""
_KINDS: dict[str, int] = {
    **dict.fromkeys(NEVER_CLOSED, VOID),
    **dict.fromkeys(_SKIP, SKIP),
    "": VOID,
    "a": LINK,
    "/a": LINK_END,
    "b": BOLD,
    "/b": BOLD_END,
    "strong": BOLD,
    "/strong": BOLD_END,
    "br": BREAK,
    "/": BREAK,
}
_DEEPER, _BOLDER = (0, 1, -1, 1, -1), (0, 0, 0, 1, -1)
"""What the first five kinds add to the depth and to the number of bold elements around."""
_TAG = re.compile(r"<([^>]*+)>([^<]*+)")
_LINK = re.compile(r"<a( [^>]*+)>([^<]*+)</a>([^<]*+)")
_NEUTRAL = re.compile(r"</?(?:span|font|i|em|u|o:p|big|small|nobr|cite|sup|sub|ins|del|s|time|code)(?: [^>]*+)?+>")
"""Tags that change nothing in a line: without them most pieces are a text with links."""
_END = "/"
"""A tag no page can have: it stands behind the last of a piece."""


class Open(msgspec.Struct):
    """What is open of links, bold words and the like where a piece ends: they may go on behind the next block tag."""

    kinds: dict[str, int]
    """Takes in the tags of this page as they stand, for most of them return."""
    links: list[bool]
    """Of each open link, whether it has an address."""
    in_link: int = 0
    link_tag: str = ""
    bold: int = 0
    depth: int = 0
    deepest: int = 0
    veil: str = ""
    """The element whose style hides what is in it."""
    veils: int = 0
    """How many of its name are open."""

    @property
    def any(self) -> bool:
        """Whether anything is open that the next piece must know of."""
        return bool(self.in_link or self.bold or self.veil)


def nothing_open() -> Open:
    """The state before a page's first piece."""
    return Open(_KINDS.copy(), [])


def piece_lines(piece: str, place: Place, inside: Open, behind: Iterator[Chunk]) -> list[Line]:
    """The lines of a piece with any tags in it.

    `inside` is what is open before it, and becomes what is open behind it. `behind` are the chunks that follow; those
    that an element holds which is passed over are taken from there.

    >>> place = (0, "p", 0)
    >>> piece = '一<a href="x">二</a><select>三</select><b style="display:none">四</b>五'
    >>> [(line.text, line.link, line.hidden) for line in piece_lines(piece, place, nothing_open(), iter(()))]
    [('一二', 1, False), ('四', 0, True), ('五', 0, False)]
    """
    if inside.any or place[2] >= PRE or inside.depth + piece.count("<") >= DEEPEST or may_hide(piece):
        return _mixed_lines(piece, place, inside, behind)
    ends = piece.count("</")
    piece, left_out = _NEUTRAL.subn("", piece)
    inside.depth += left_out - 2 * (ends - piece.count("</"))
    links = _LINK.findall(piece)
    if 2 * len(links) != piece.count("<"):
        return _mixed_lines(piece, place, inside, behind)
    line = _linked_line(piece.partition("<")[0], links, place)
    return [line] if line else []


def _linked_line(text: str, links: list[tuple[str, str, str]], place: Place) -> Line | None:
    """The line of a text with nothing in it but links, each with the text behind it."""
    if "&" in text:
        text = unescaped(text)
    beside = text
    linked = anchors = 0
    anchor = ""
    for link, words, behind in links:
        if "&" in words or "&" in behind:
            words, behind = unescaped(words), unescaped(behind)
        if ' href="' in link:
            length = len(words.strip(SEPARATORS))
            if length and not linked:
                anchor = link
            linked += length
            anchors += 1
        else:
            beside += words
        beside += behind
        text = apart(text, words, behind)
    if not (text := tidied(text)):
        return None
    container, block, flags = place
    length = linked + words_beside(beside) if linked else len(text)
    return Line(text, length, linked, block, container, anchor, anchors, flags & HIDDEN > 0, flags & HEADING > 0)


def _mixed_lines(piece: str, place: Place, inside: Open, behind: Iterator[Chunk]) -> list[Line]:
    """The same, tag by tag: one loop on purpose, for it runs for many tags of every page."""
    container, block, flags = place
    covered, pre = flags & HIDDEN > 0, flags & PRE > 0
    lines: list[Line] = []
    parts: list[str] = []
    linked: list[int] = []
    link = anchors = bold_length = skips = 0
    anchor = skipped = ""
    joint = False
    kinds, links, in_link, veil = inside.kinds, inside.links, inside.in_link, inside.veil
    bold = inside.bold + (flags & HEADING)
    hidden = covered or veil != ""
    tokens = _tokens(piece, pre)
    for tag, text in tokens:  # grows where an element that is passed over ends in a later piece
        if skipped:
            if tag == _END:
                following = next(behind, None)
                if following:
                    tokens += _tokens(piece_of(*following[1:]), pre)
                    continue
                skips = 0  # nothing closes it
            skips += _step(tag, skipped)
            if skips:
                continue
            kind, skipped = (BREAK if tag == _END else VOID), ""
        elif tag[:2] == "a " and ' style="' not in tag:
            kind = LINK
        elif (known := kinds.get(tag)) is not None:
            kind = known
        else:
            kind = kinds[tag] = _kind(tag)
        if kind >= HIDES and hidden:
            kind -= HIDES
        breaks, after = kind >= BREAK, hidden
        if veil:
            inside.veils += _step(tag, veil)
            if not inside.veils:
                breaks, after, veil = True, covered, ""
        elif kind >= HIDES and kind != HIDES + SKIP:
            veil, inside.veils, after = tag.partition(" ")[0], 1, True
        if breaks:
            if parts and (line := tidied("".join(parts))):
                words = len(line)
                bolder = bold_length * 10 >= words * 9 if bold_length else False
                if link:
                    link = min(link, words)
                    rest = [part for index, part in enumerate(parts) if index not in linked]
                    words = link + words_beside("".join(rest)) if rest else link
                lines.append(Line(line, words, link, block, container, anchor, anchors, hidden, bolder))
            parts, linked = [], []
            link = anchors = bold_length = 0
            anchor = ""
            hidden = after
            kind %= HIDES
        if kind == LINK:
            # <a name> is no link; where it is never closed the rest of the page would be one.
            links.append(' href="' in tag)
            joint = True
            if links[-1]:
                in_link += 1
                anchors += 1
                inside.link_tag = tag
        elif kind == LINK_END:
            joint = True
            if links and links.pop():
                in_link -= 1
        elif kind == SKIP:
            skipped, skips = tag.partition(" ")[0], 1
            continue
        elif BREAK > kind > VOID:
            inside.depth += _DEEPER[kind]
            if inside.depth > inside.deepest:
                inside.deepest = inside.depth
            bold += _BOLDER[kind]
        if not text:
            continue
        if "&" in text:
            text = unescaped(text)
        if text.isspace():
            if parts:
                parts.append(" ")
            continue
        if joint:
            # A date and the headline's link behind it touch: 2026-11-18<a>2026年…
            if parts and text[0].isdigit() and parts[-1][-1:].isdigit():
                parts.append(" ")
            joint = False
        if in_link:
            linked.append(len(parts))
            length = len(text.strip(SEPARATORS))
            link += length
            if length and not anchor:
                anchor = inside.link_tag
        parts.append(text)
        if bold:
            bold_length += len(text.strip(EDGE))
    inside.in_link, inside.veil, inside.bold = in_link, veil, bold - (flags & HEADING)
    return lines


def _tokens(piece: str, pre: bool) -> list[tuple[str, str]]:
    """The tags of a piece, each with the text behind it; an empty one before them and a last one that ends the line."""
    found = [*_TAG.findall(f"<>{piece}"), (_END, "")]
    if pre and "\n" in piece:
        return [("br" if index else tag, line) for tag, text in found for index, line in enumerate(text.split("\n"))]
    return found


def _kind(tag: str) -> int:
    """What a tag does to lines."""
    name = tag.partition(" ")[0]
    kind = _KINDS.get(name)
    if kind is None:
        kind = INLINE_END if name[:1] == "/" else VOID if name[:1] in "!?" else INLINE
    return kind + HIDES if kind not in (VOID, BREAK) and hides(tag) else kind


def _step(tag: str, name: str) -> int:
    """What a tag adds to the number of open elements of a name."""
    return -1 if tag == f"/{name}" else int(tag.partition(" ")[0] == name)
