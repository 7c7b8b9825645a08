"""What restoring never touches: tags, scripts, styles, comments, addresses."""

from __future__ import annotations

import re

MASK = re.compile(
    r"<!--.{0,20000}?-->"
    r"|<(script|style|code|pre|textarea)\b[^<>]{0,500}>.{0,200000}?</\1\s{0,9}>"
    r"|</?[A-Za-z!?][^<>]{0,5000}>"
    r"|(?:https?|ftp)://[!-'*-;=?-~]{1,2000}"
    r"|[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,200}\.[A-Za-z]{2,10}",
    re.DOTALL | re.IGNORECASE,
)


def find_masks(text: str) -> list[tuple[int, int]]:
    """Where `text` is not to be touched: half-open, in order, apart.

    >>> text = "<b>質</b>量 https://a.cn/x?y=1，見"
    >>> [text[start:end] for start, end in find_masks(text)]
    ['<b>', '</b>', 'https://a.cn/x?y=1']
    """
    if "<" not in text and "://" not in text and "@" not in text:
        return []
    return [match.span() for match in MASK.finditer(text)]


def without(text: str, masks: list[tuple[int, int]]) -> str:
    """`text` with its masks taken out.

    >>> without("<b>質</b>量", [(0, 3), (4, 8)])
    '質\\n量'
    """
    if not masks:
        return text
    parts = []
    at = 0
    for start, end in masks:
        parts.append(text[at:start])
        at = end
    parts.append(text[at:])
    return "\n".join(part for part in parts if part)
