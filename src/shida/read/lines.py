"""Parsed mark-up → its visible lines with what is around them: one loop over its runs of block tags, no recursion."""

from __future__ import annotations

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

from shida.read.chunks import HEADING, HIDDEN, NOTHING, PRE, cut, markup_of, piece_of, run_of, simplify
from shida.read.depth import DEEPEST
from shida.read.line import SEPARATORS, Line, Place, apart, tidied, unescaped, words_beside
from shida.read.mixed import nothing_open, piece_lines

__all__ = ["Container", "Line", "Lines", "attribute", "lines_of", "lines_of_node"]

MOST_LINES = 20_000
"""A page with more is cut there and flagged."""


class Container(msgspec.Struct, gc=False):
    """An element that can hold the body."""

    index: int
    parent: int
    tag: str
    first: int
    """First line in it."""
    end: int = 0
    """The line behind its last."""


class Lines(msgspec.Struct):
    """The lines of a page with the containers around them."""

    lines: list[Line]
    containers: list[Container]
    deep: bool = False
    cut: bool = False
    texts: list[str] = []
    """The texts of all lines."""
    whole: str = ""
    """The same in one, a newline between: to ask once what is on the page at all."""
    said: dict[str, list[int]] | None = None
    """Which of the words that are asked for stand on which lines; see `lines_saying`."""


def lines_of(tree: LexborHTMLParser) -> Lines:
    """All visible lines of a parsed page, in order. Scripts and styles are taken out of the tree.

    >>> found = lines_of(LexborHTMLParser("<h1>一</h1><p>二 <a href='/x'>三</a><br>四"))
    >>> [(line.text, line.tag, line.link) for line in found.lines]
    [('一', 'h1', 0), ('二 三', 'p', 1), ('四', 'p', 0)]
    """
    simplify(tree)
    root = tree.body or tree.root  # a page of frames has no body
    return lines_of_node(root) if root is not None else Lines([], [Container(0, -1, "html", 0)])


def lines_of_node(node: LexborNode) -> Lines:  # one loop on purpose: it runs for every line of every page
    """The lines of one element of a simplified tree."""
    lines: list[Line] = []
    containers = [Container(0, -1, "html", 0)]
    above: list[Place] = []
    here, block, flags = 0, "html", 0
    inside = nothing_open()
    known = {"": NOTHING}
    deepest = count = 0
    alone = True
    chunks = iter(cut(markup_of(node)))
    for tags, before, link, words, behind, more in chunks:
        run = known.get(tags)
        if run is None:
            run = known[tags] = run_of(tags)
        closed, opened, below = run
        if below > 0 and len(above) + below > deepest:
            deepest = len(above) + below
        if closed and closed <= len(above):
            containers[here].end = count
            if closed > 1:
                for outer, _, _ in above[1 - closed :]:
                    containers[outer].end = count
            here, block, flags = above[-closed]
            del above[-closed:]
        for name, holds, flag in opened:
            above.append((here, block, flags))
            if holds:
                containers.append(Container(len(containers), here, name, count))
                here = len(containers) - 1
            block = name
            flags |= flag
        if more or not alone or flags >= PRE or (link and ' style="' in link):
            piece = piece_of(before, link, words, behind, more)
            lines += piece_lines(piece, (here, block, flags), inside, chunks)
            count = len(lines)
            alone = not inside.any
        elif link:
            if "&" in before or "&" in words or "&" in behind:
                before, words, behind = unescaped(before), unescaped(words), unescaped(behind)
            if text := tidied(apart(before, words, behind) if before or behind else words):
                length, linked, anchors = len(text), 0, 0
                if ' href="' in link:
                    anchors = 1
                    if linked := len(words.strip(SEPARATORS)):
                        length = linked + words_beside(before + behind) if before or behind else linked
                lines.append(
                    Line(
                        text,
                        length,
                        linked,
                        block,
                        here,
                        link if linked else "",
                        anchors,
                        flags & HIDDEN > 0,
                        flags & HEADING > 0,
                    )
                )
                count += 1
        elif before and (text := tidied(unescaped(before) if "&" in before else before)):
            lines.append(Line(text, len(text), 0, block, here, "", 0, flags & HIDDEN > 0, flags & HEADING > 0))
            count += 1
        if count >= MOST_LINES:
            break
    del lines[MOST_LINES:]
    for at, _, _ in (*above, (here, block, flags), (0, "", 0)):
        containers[at].end = len(lines)
    texts = [line.text for line in lines]
    deep, cut_off = max(deepest, inside.deepest) > DEEPEST, count >= MOST_LINES
    return Lines(lines, containers, deep, cut_off, texts, "\n".join(texts))


def attribute(node: LexborNode, name: str) -> str:
    """An attribute of a node, or the empty text."""
    return str(node.attributes.get(name) or "")
