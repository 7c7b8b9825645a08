"""What restoring never touches: tags, scripts, styles, comments, addresses."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right

import numpy as np

from shida.restore.codes import Flags, covered

_TAGGED = re.compile(
    r"<!--.{0,20000}?-->"
    r"|<(script|style|code|pre|textarea)\b[^<>]{0,500}>.{0,200000}?</\1\s{0,9}>"
    r"|</?[A-Za-z!?][^<>]{0,5000}>",
    re.DOTALL | re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:https?|ftp)://[!-'*-;=?-~]{1,2000}", re.IGNORECASE)
_MAILBOX = re.compile(r"[A-Za-z0-9._%+-]{1,64}\Z")
_HOST = re.compile(r"@[A-Za-z0-9.-]{1,200}\.[A-Za-z]{2,10}")


def find_masks(text: str) -> list[tuple[int, int]]:
    """Where `text` is not to be touched: half-open, in order, apart.

    >>> text = "<b>質</b>量 https://a.cn/x?y=1，見 a.b@c.cn"
    >>> [text[start:end] for start, end in find_masks(text)]
    ['<b>', '</b>', 'https://a.cn/x?y=1', 'a.b@c.cn']
    """
    found = [match.span() for match in _TAGGED.finditer(text)] if "<" in text else []
    if "://" in text:
        found += [match.span() for match in _ADDRESS.finditer(text)]
    if "@" in text:
        for match in _HOST.finditer(text):
            box = _MAILBOX.search(text[max(0, match.start() - 64) : match.start()])
            if box:
                found.append((match.start() - len(box[0]), match.end()))
    return _apart(found)


def _apart(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order, those that touch made one."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return out


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


def inside(at: int, masks: list[tuple[int, int]]) -> bool:
    """Whether `at` lies in one of the masks, which are in order.

    >>> inside(2, [(1, 3)]), inside(3, [(1, 3)])
    (True, False)
    """
    place = bisect_right(masks, (at, sys.maxsize)) - 1
    return place >= 0 and at < masks[place][1]


def masked(size: int, masks: list[tuple[int, int]]) -> Flags:
    """Which of `size` places lie in a mask.

    >>> masked(4, [(1, 3)]).tolist()
    [False, True, True, False]
    """
    if not masks:
        return np.zeros(size, np.bool_)
    spans = np.array(masks, np.int64)
    return covered(size, spans[:, 0], spans[:, 1])
