"""Mark-up → the same with tags nested deeper than 512 left out, their text kept."""

from __future__ import annotations

import re

DEEPEST = 512
"""As browsers have it. Parsers take seconds for 60,000 nested tags."""
SAFE = 8_000
"""Mark-up with fewer tags is parsed in a tenth of a second at any depth."""

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*+)[^>]*+>?")
_NEVER_NEST = frozenset([
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr", "p", "li", "dt", "dd", "option", "tr", "td", "th", "thead", "tbody", "tfoot", "html", "head",
    "body", "optgroup",
])  # fmt: skip
"""Void, or closed by the next of their kind; they do not pile up."""


def cap_depth(html: str) -> tuple[str, bool]:
    """The mark-up with tags beyond depth 512 taken out, and whether there were any.

    >>> cap_depth("<b>" * 9000 + "文")[0].count("<b>"), cap_depth("<b>文</b>")
    (512, ('<b>文</b>', False))
    """
    if html.count("<") < SAFE:
        return html, False
    kept: list[str] = []
    end = depth = left_out = 0
    capped = False
    for match in _TAG.finditer(html):
        name = match[2].lower()
        if name in _NEVER_NEST:
            continue
        if not match[1]:
            if depth < DEEPEST:
                depth += 1
                continue
            left_out += 1
        elif left_out:
            left_out -= 1
        else:
            depth = max(0, depth - 1)
            continue
        kept.append(html[end : match.start()])
        end = match.end()
        capped = True
    if not capped:
        return html, False
    kept.append(html[end:])
    return "".join(kept), True
