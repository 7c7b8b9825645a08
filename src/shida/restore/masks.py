"""What restoring never touches: tags, scripts, styles, comments, addresses."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right

import numpy as np

from shida.restore.arrays import Flags, covered
from shida.restore.passes import find_addresses

LONGEST_ADDRESS = 2000
"""Characters of an address, at most."""

_TAG = re.compile(r"<!--|</?([A-Za-z!?][A-Za-z0-9]{0,20})[^<>]{0,5000}>")
_WHOLE = ("script", "style", "code", "pre", "textarea")
"""Elements whose content is not touched either."""
_MAILBOX = re.compile(r"[A-Za-z0-9._%+-]{1,64}\Z")
_HOST = re.compile(r"@[A-Za-z0-9.-]{1,200}\.[A-Za-z]{2,10}")


def find_masks(text: str) -> list[tuple[int, int]]:
    """Where `text` is not to be touched: half-open, in order, apart.

    >>> text = "<b>質</b>量 https://a.cn/x?y=1，見 a.b@c.cn"
    >>> [text[start:end] for start, end in find_masks(text)]
    ['<b>', '</b>', 'https://a.cn/x?y=1', 'a.b@c.cn']
    >>> find_masks("<script>質</script>量<!--質-->")
    [(0, 18), (19, 27)]
    """
    found = _tags(text) if "<" in text else []
    addresses = find_addresses(text, LONGEST_ADDRESS) if "://" in text else []
    if not found and "@" not in text:
        return addresses
    found += addresses
    if "@" in text:
        for match in _HOST.finditer(text):
            box = _MAILBOX.search(text[max(0, match.start() - 64) : match.start()])
            if box:
                found.append((match.start() - len(box[0]), match.end()))
    return _apart(found)


def _tags(text: str) -> list[tuple[int, int]]:
    """Tags, comments, and elements that are masked whole; each closing is sought once, so this is linear."""
    found: list[tuple[int, int]] = []
    unclosed: set[str] = set()
    at = 0
    while match := _TAG.search(text, at):
        start, at = match.span()
        name = (match[1] or "--").lower()
        if name not in unclosed and (name == "--" or (name in _WHOLE and text[start + 1] != "/")):
            close = text.find("-->", at) if name == "--" else _closing(text, name, at)
            if close < 0:
                unclosed.add(name)
            else:
                end = text.find(">", close)
                at = len(text) if end < 0 else end + 1
        found.append((start, at))
    return found


def _closing(text: str, name: str, at: int) -> int:
    for written in (f"</{name}", f"</{name.upper()}"):
        close = text.find(written, at)
        if close >= 0:
            return close
    return -1


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
