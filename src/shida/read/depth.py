"""Mark-up → the same with tags nested deeper than 512 left out, their text kept."""

from __future__ import annotations

from shida.read.nesting import DEEPEST as DEEPEST
from shida.read.nesting import NEVER_NEST, TAG
from shida.read.passes import is_deep


def cap_depth(html: str) -> tuple[str, bool]:
    """The mark-up with tags beyond depth 512 taken out, and whether there were any.

    >>> cap_depth("<b>" * 9000 + "文")[0].count("<b>"), cap_depth("<b>文</b>")
    (512, ('<b>文</b>', False))
    """
    if not is_deep(html):
        return html, False
    kept: list[str] = []
    end = depth = left_out = 0
    for match in TAG.finditer(html):
        name = match[2].lower()
        if name in NEVER_NEST:
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
    kept.append(html[end:])
    return "".join(kept), True
