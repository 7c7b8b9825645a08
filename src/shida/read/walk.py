"""Written-out mark-up → its visible lines with what is around them: one loop over its tags, no recursion."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shida.read.chunks import HIDDEN, NEVER_CLOSED, Chunk, chunks_of, unescaped
from shida.read.line import Container, Line, Lines
from shida.read.nesting import DEEPEST
from shida.read.weighing import marks_of, weigh

MOST_LINES = 20_000
"""A page with more is cut there and flagged."""
_SKIP = (
    "script", "style", "noscript", "head", "title", "textarea", "select", "iframe", "object", "svg", "template",
    "button", "map", "canvas", "video", "audio", "applet", "noframes", "math", "datalist", "rp", "rt",
)  # fmt: skip
"""What is never text of the page. `rt` is the reading over a character, not a character of the text."""
_CONTAINER = (
    "div", "td", "th", "tr", "table", "tbody", "li", "ul", "ol", "dl", "dd", "section", "article", "main", "header",
    "footer", "nav", "aside", "form", "blockquote", "center", "figure", "body", "pre", "fieldset",
)  # fmt: skip
_CONTAINERS = frozenset(_CONTAINER)
_HEADING = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCK = (
    "p", "thead", "tfoot", "caption", "dt", "legend", "figcaption", "address", "html", "details", "summary", "dir",
    "menu", "hgroup", "marquee", "text", "frameset", "label", "option",
)  # fmt: skip
VOID, INLINE, INLINE_END, BOLD, BOLD_END, SKIP, LINK_END, LINK, BREAK, HIDE, HIDE_END = range(11)
BLOCK, HEADING, CONTAINER, BLOCK_END, HEADING_END, CONTAINER_END = range(11, 17)
LEAF = 17
"""What a chunk does to lines. The order matters: from BREAK on a line ends, from BLOCK on a block begins, from
BLOCK_END on one ends; a LEAF is a block with one line in it."""
KINDS: dict[str, int] = {
    **dict.fromkeys(NEVER_CLOSED, VOID),
    **dict.fromkeys(_BLOCK, BLOCK),
    **dict.fromkeys(_HEADING, HEADING),
    **dict.fromkeys(_CONTAINER, CONTAINER),
    **{f"/{name}": BLOCK_END for name in _BLOCK},
    **{f"/{name}": HEADING_END for name in _HEADING},
    **{f"/{name}": CONTAINER_END for name in _CONTAINER},
    **dict.fromkeys(_SKIP, SKIP),
    "a": LINK,
    "/a": LINK_END,
    "b": BOLD,
    "/b": BOLD_END,
    "strong": BOLD,
    "/strong": BOLD_END,
    "br": BREAK,
    "hr": BREAK,
    HIDDEN: HIDE,
    f"/{HIDDEN}": HIDE_END,
}
LEAVES = ("h1", "h2", "h3", "h4", "h5", "h6", "li", "p", "td", "th", "div", "dd", "dt")
"""Blocks that `chunks_of` takes as one where they hold a text and at most one link."""
_LAST: Chunk = ("", "", "", "br", "")
SEPARATORS = " \n\t\r\u3000\xa0|｜·•>»<«/-—_.,，、:：;；()（）[]【】"
_RUNS = re.compile(r"[ \t\r\n\f\v]+")
EDGE = " \u3000\xa0\u200b\ufeff\t\r\n"


def walk(html: str) -> Lines:  # one loop on purpose: it runs for every tag of every page
    """The lines of mark-up as lexbor writes it out: every element closed, brackets in texts and attributes escaped.

    >>> found = walk('<h1>一</h1><p>二 <a href="/x">三</a><br>四</p>')
    >>> [(line.text, line.tag, line.link) for line in found.lines]
    [('一', 'h1', 0), ('二 三', 'p', 1), ('四', 'p', 0)]
    """
    lines: list[Line] = []
    # What the containers will be made of: for each its parent, tag, first line and the line behind its last.
    parents, names, firsts, ends = [-1], ["html"], [0], [0]
    above: list[tuple[int, str]] = []
    here, block = 0, "html"
    parts: list[str] = []
    unlinked: list[str] = []
    links: list[bool] = []
    kinds = KINDS.copy()  # takes in the tags of this page as they stand, for most of them return
    known = kinds.get
    count = link = anchors = in_link = bold = bold_length = hidden = inline = deepest = 0
    joint = False
    link_tag = first_tag = ""
    chunks = iter([*chunks_of(html), _LAST])
    for leaf, before, linking, tag, text in chunks:
        kind = LEAF if leaf else known(tag)
        if kind is None:
            if tag[:2] == "a ":
                kind = LINK  # seldom twice the same
            else:
                kind = kinds[tag] = _kind(tag)
        if kind >= BREAK:
            if parts:
                line = "".join(parts).strip(EDGE)
                if line:
                    if "\n" in line or "  " in line or "\t" in line:
                        line = _RUNS.sub(" ", line)
                    length = len(line)
                    if link:
                        link = min(link, length)
                        length = link + _unlinked_length("".join(unlinked)) if unlinked else link
                    full = bold_length * 10 >= len(line) * 9 if bold_length else False
                    lines.append(Line(line, length, link, block, here, first_tag, anchors, hidden > 0, full))
                    count += 1
                    if count >= MOST_LINES:
                        break
                parts.clear()
                unlinked.clear()
                if anchors or link or bold_length:
                    link = anchors = bold_length = 0
                    first_tag = ""
            elif anchors:
                anchors = 0  # links without words are none of the next line
            if kind >= BLOCK_END:
                if kind == LEAF:
                    anchor = beside = ""
                    inside = line = before
                    if linking:
                        anchor, _, inside = linking.partition(">")
                        inside, _, behind = inside.partition("</a>")
                        if "&" in linking or "&" in before:
                            before, inside, behind = unescaped(before), unescaped(inside), unescaped(behind)
                        line = inside
                        if before or behind:
                            line = _apart(before, inside, behind)
                            beside = f"{before}{behind}".strip(SEPARATORS)
                    elif "&" in line:
                        inside = line = unescaped(line)
                    line = line.strip(EDGE)
                    if line:
                        if "\n" in line or "  " in line or "\t" in line:
                            line = _RUNS.sub(" ", line)
                        at = here
                        if leaf in _CONTAINERS:
                            at = len(parents)
                            parents.append(here)
                            names.append(leaf)
                            firsts.append(count)
                            ends.append(count + 1)
                        length = len(line)
                        anchors = ' href="' in anchor
                        if in_link:
                            length = link = len(line.strip(SEPARATORS))
                            anchor = link_tag
                        elif anchors:
                            link = len(inside.strip(SEPARATORS))
                            if link:
                                length = link + _unlinked_length(beside) if beside else link
                        full = bold > 0 or leaf[0] == "h"
                        anchor = anchor if link else ""
                        lines.append(Line(line, length, link, leaf, at, anchor, anchors, hidden > 0, full))
                        link = anchors = 0
                        count += 1
                        if count >= MOST_LINES:
                            break
                elif kind == CONTAINER_END:
                    ends[here] = count
                elif kind == HEADING_END:
                    bold -= 1
                if above and kind != LEAF:
                    here, block = above.pop()
            elif kind >= BLOCK:
                above.append((here, block))
                if len(above) > deepest:
                    deepest = len(above)
                block = tag.partition(" ")[0] if " " in tag else tag
                if kind == CONTAINER:
                    parents.append(here)
                    names.append(block)
                    firsts.append(count)
                    ends.append(-1)
                    here = len(parents) - 1
                elif kind == HEADING:
                    bold += 1
            elif kind != BREAK:
                hidden += 1 if kind == HIDE else -1
        elif kind:
            if kind == LINK:
                # <a name> is no link; where it is never closed the rest of the page would be one.
                is_link = ' href="' in tag
                links.append(is_link)
                joint = True
                if is_link:
                    in_link += 1
                    anchors += 1
                    link_tag = tag
            elif kind == LINK_END:
                joint = True
                if links and links.pop():
                    in_link -= 1
            elif kind == SKIP:
                text = _behind(chunks, tag.partition(" ")[0])
            else:
                inline += 1 if kind in (INLINE, BOLD) else -1
                if inline > deepest:
                    deepest = inline
                if kind == BOLD:
                    bold += 1
                elif kind == BOLD_END:
                    bold -= 1
        if text:
            if "&" in text:
                text = unescaped(text)
            if text.isspace():
                if parts:
                    parts.append(" ")
            else:
                if joint:
                    # A date and the headline's link behind it touch: 2026-11-18<a>2026年…
                    if parts and text[0].isdigit() and parts[-1][-1:].isdigit():
                        parts.append(" ")
                    joint = False
                if not in_link:
                    unlinked.append(text)
                else:
                    length = len(text.strip(SEPARATORS))
                    link += length
                    if length and not first_tag:
                        first_tag = link_tag
                parts.append(text)
                if bold:
                    bold_length += len(text.strip(EDGE))
    ends = [count if end < 0 else end for end in ends]
    ends[0] = count
    containers = list(map(Container, range(len(parents)), parents, names, firsts, ends))
    texts = [line.text for line in lines]
    weights, marks = [*map(weigh, lines)], bytes(map(marks_of, texts))
    return Lines(lines, containers, deepest > DEEPEST, count >= MOST_LINES, weights, marks, texts, "\n".join(texts))


def _apart(before: str, inside: str, behind: str) -> str:
    """A date and the headline beside it touch: 2026-11-18<a>2026年…"""
    left = " " if before[-1:].isdigit() and inside[:1].isdigit() else ""
    right = " " if inside[-1:].isdigit() and behind[:1].isdigit() else ""
    return f"{before}{left}{inside}{right}{behind}"


def _kind(tag: str) -> int:
    name = tag.partition(" ")[0]
    if (kind := KINDS.get(name)) is not None:
        return kind
    return INLINE_END if name[:1] == "/" else VOID if name[:1] in "!?" else INLINE


def _behind(chunks: Iterator[Chunk], name: str) -> str:
    """The text behind an element that is passed over, with all that is in it."""
    again, end = f"{name} ", f"/{name}"
    level = 1
    for *_, tag, text in chunks:
        if tag == end:
            level -= 1
            if not level:
                return text
        elif tag == name or tag.startswith(again):
            level += 1
    return ""


def _unlinked_length(text: str) -> int:
    """How many characters beside a line's links say something: bullets and rules do not."""
    text = text.strip(SEPARATORS)
    return sum([mark not in SEPARATORS for mark in text]) if text else 0
