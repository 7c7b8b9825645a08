"""Mark-up → whether its tags nest deeper than 512."""

from __future__ import annotations

import re

DEEPEST = 512
"""As browsers have it. Parsers take seconds for 60,000 nested tags."""
SAFE = 8_000
"""Mark-up with fewer tags is parsed in a tenth of a second at any depth."""
NEVER_NEST = frozenset([
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr", "p", "li", "dt", "dd", "option", "tr", "td", "th", "thead", "tbody", "tfoot", "html", "head",
    "body", "optgroup",
])  # fmt: skip
"""Void, or closed by the next of their kind; they do not pile up."""
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*+)[^>]*+>?")


def is_deep(html: str) -> bool:
    """Whether there are many tags, and somewhere so many open that one more would be too deep.

    >>> is_deep("<b>" * 513), is_deep("<b>" * 8_000), is_deep("<br>" * 8_000)
    (False, True, False)
    """
    if html.count("<") < SAFE:
        return False
    depth = 0
    for match in TAG.finditer(html):
        if match[2].lower() in NEVER_NEST:
            continue
        if match[1]:
            depth = max(0, depth - 1)
        elif depth == DEEPEST:
            return True
        else:
            depth += 1
    return False
