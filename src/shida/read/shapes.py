"""Page shapes given as data: the parts of a page found by the selectors of its site's shape."""

from __future__ import annotations

from urllib.parse import urlsplit

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from shida.pack import Pack
from shida.pack.reading import Shape, load_shapes
from shida.read.draft import Draft
from shida.read.labels import clean_value, read_labels
from shida.read.lines import lines_of_node
from shida.read.site import is_filing_line
from shida.text.dates import parse_date

LEAST = 20
"""Characters; a body selector that finds less has met a redesigned page."""
FAILED = "shape_failed"
"""The flag of a page whose site has shapes, none of which fits: the site was redesigned."""


def shapes_for(url: str | None, pack: Pack) -> tuple[Shape, ...]:
    """The shapes of an address's site, the newest first."""
    if not url:
        return ()
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
    except ValueError:
        return ()
    return tuple(
        shape
        for shape in load_shapes(pack.pack_names)
        if any(_is_host(host, name) for name in shape.hosts) and (not shape.paths or parts.path.startswith(shape.paths))
    )


def _is_host(host: str, name: str) -> bool:
    return host == name or (name.startswith("*.") and (host == name[2:] or host.endswith(name[1:])))


def apply_shapes(draft: Draft, tree: LexborHTMLParser, url: str | None, pack: Pack) -> Draft:
    """The draft with the parts that the newest fitting shape finds; flagged where the site's shapes all fail."""
    shapes = shapes_for(url, pack)
    for shape in shapes:
        if lines := _body(tree, shape):
            return _shaped(draft, tree, shape, lines, pack)
    return msgspec.structs.replace(draft, flags=(*draft.flags, FAILED)) if shapes else draft


def _shaped(draft: Draft, tree: LexborHTMLParser, shape: Shape, lines: tuple[str, ...], pack: Pack) -> Draft:
    parts: dict[str, str | None] = {}
    for name in ("source", "author", "editor"):
        text = _text(tree, getattr(shape, name))
        parts[name] = (getattr(read_labels(text, pack), name) or clean_value(text)) if text else None
    date = _text(tree, shape.date)
    published = parse_date(date) if date else None
    # A page's declared time is as good as its visible one, and often has the minute.
    keep = draft.published_how in ("meta", "json-ld") or published is None
    return msgspec.structs.replace(
        draft,
        lines=lines,
        title=_text(tree, shape.title) or draft.title,
        published=draft.published if keep else published,
        published_how=draft.published_how if keep else "shape",
        source=parts["source"] or draft.source,
        author=parts["author"] or draft.author,
        editor=parts["editor"] or draft.editor,
        reader=f"shape:{shape.name}/{shape.valid_from}",
    )


def _first(tree: LexborHTMLParser, selector: str) -> LexborNode | None:
    try:
        return tree.css_first(selector)
    except SelectolaxError:
        return None  # `shida check` names a selector that cannot be read


def _text(tree: LexborHTMLParser, selector: str | None) -> str | None:
    node = _first(tree, selector) if selector else None
    if node is None:
        return None
    text = node.attributes.get("content") or node.text(separator=" ")
    return " ".join(text.split())[:300] or None


def _body(tree: LexborHTMLParser, shape: Shape) -> tuple[str, ...]:
    node = _first(tree, shape.body)
    if node is None:
        return ()
    for selector in shape.drop:
        try:
            for found in node.css(selector):
                found.attrs["style"] = "display:none"
        except SelectolaxError:
            continue
    lines = [line for line in lines_of_node(node).lines if not line.hidden]
    texts = tuple(line.text for line in lines if not is_filing_line(line.text))
    return texts if sum(map(len, texts)) >= LEAST else ()
