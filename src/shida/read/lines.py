"""Parsed mark-up → its visible lines with what is around them."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser, LexborNode

from shida.read.chunks import LEFT_OUT, simplify
from shida.read.line import Container, Line, Lines
from shida.read.passes import may_hold, walk

__all__ = ["Container", "Line", "Lines", "attribute", "lines_of", "lines_of_node"]


def lines_of(tree: LexborHTMLParser, html: str | None = None) -> Lines:
    """All visible lines of a parsed page, in order. Scripts and styles are taken out of the tree; `html` is what it was
    parsed from, where that is known: each kind of element that is not in it need not be looked for.

    >>> found = lines_of(LexborHTMLParser("<h1>一</h1><p>二 <a href='/x'>三</a><br>四"))
    >>> [(line.text, line.tag, line.link) for line in found.lines]
    [('一', 'h1', 0), ('二 三', 'p', 1), ('四', 'p', 0)]
    """
    simplify(tree, LEFT_OUT if html is None else may_hold(html))
    root = tree.body or tree.root  # a page of frames has no body
    return lines_of_node(root) if root is not None else Lines([], [Container(0, -1, "html", 0)])


def lines_of_node(node: LexborNode) -> Lines:
    """The lines of one element."""
    return walk(node.html or "")


def attribute(node: LexborNode, name: str) -> str:
    """An attribute of a node, or the empty text."""
    return str(node.attributes.get(name) or "")
