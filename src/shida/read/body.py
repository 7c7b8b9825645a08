"""Lines of a page → which of them are its body.

The best run of weighted lines (prose adds, links and short lines take away), then the smallest container around it.
Words like 网友评论 end a body wherever they stand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from shida.pack import Pack
from shida.read.lines import Line, Lines
from shida.read.site import is_filing_line

_PUNCTUATION = re.compile(r"[，。！？；：、,;!?“”…]")
END_LENGTH = 40
"""A line that begins with an end word and is longer than this is a sentence."""


class Body:
    """The chosen lines: indices in order, and the stretch they come from."""

    def __init__(self, chosen: Sequence[int], start: int, end: int) -> None:
        self.chosen = tuple(chosen)
        self.start = start
        self.end = end


def weigh(line: Line) -> float:
    """How much a line speaks for being body: its characters outside links where it is prose, less than 0 otherwise."""
    length = len(line.text)
    free = length - line.link
    if line.hidden:
        return -5.0
    if line.link * 2 > length:
        return -10.0 - 0.5 * min(line.link, 60)
    if free >= 12 and (free >= 40 or _PUNCTUATION.search(line.text)):
        return float(min(free, 600))
    return -3.0 if line.tag not in ("td", "th", "li") else -5.0


def is_end(line: Line, pack: Pack) -> bool:
    """Whether a line begins what comes after a body."""
    text = line.text.lstrip(" \u3000·•>》»■◆●【[#*-—=|")
    return len(text) <= END_LENGTH and text.startswith(pack.reading.end_words)


def choose(page: Lines, pack: Pack) -> Body:
    """The body of a page; empty where no line is prose."""
    lines = page.lines
    ends = [is_end(line, pack) for line in lines]
    weights = [-150.0 if ends[index] else weigh(line) for index, line in enumerate(lines)]
    best, start, end = 0.0, 0, 0
    total, here = 0.0, 0
    for index, weight in enumerate(weights):
        total += weight
        if total <= 0:
            total, here = 0.0, index + 1
        elif total > best:
            best, start, end = total, here, index + 1
    if best <= 0:
        return Body((), 0, 0)
    first, last = _around(page, start, end)
    while start > first and not _outside(lines[start - 1], ends[start - 1]):
        start -= 1
    while end < last and not _outside(lines[end], ends[end]):
        end += 1
    chosen = [
        index
        for index in range(start, end)
        if not ends[index]
        and not lines[index].hidden
        and not _navigation(lines[index])
        and not is_filing_line(lines[index].text)
    ]
    return Body(chosen, start, end)


def _around(page: Lines, start: int, end: int) -> tuple[int, int]:
    """The smallest container around a run."""
    index = page.lines[start].container
    while index > 0:
        box = page.containers[index]
        if box.first <= start and box.end >= end:
            return box.first, box.end
        index = box.parent
    return 0, len(page.lines)


def _outside(line: Line, end: bool) -> bool:
    return end or _navigation(line)


def _navigation(line: Line) -> bool:
    return line.link * 5 > len(line.text) * 4
