"""Lines that mark posts: a repeated line of time and name, a floor, 发表于 … 回复."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from shida.read.lines import Line, Lines
from shida.read.passes import beginning
from shida.read.weighing import TIME

MARK_LENGTH = 120
LEAST = 2
_WORDS = "于於间間期表在楼樓"
"""How words end that stand before a time: 发表于, 时间, 日期."""
_WHEN = re.compile(
    r"(?:(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?|(?<!\d)\d{1,2}[-/月]\d{1,2}日?)[\s,，|]{0,4}(?:星期.)?\s{0,3}"
    r"(?:[上下]午)?\s?\d{1,2}:\d\d|(?:十?[一二三四五六七八九十]月|[A-Z][a-z]{2,8}\.?)\s\d{1,2}(?:st|nd|rd|th)?,\s\d{4}\s\d{1,2}:\d\d"
    r"|\d{1,3} ?(?:秒|分钟|小时|天|周|个月|年)前|(?:昨天|今天|前天)\s?\d{1,2}:\d\d"
)
_SENDER = ("发信人", "發信人", "寄信人")
_FLOOR = re.compile(
    r"(?:[#＃]\s?\d{1,4}|\d{1,4}\s?[#＃](?!\d)|第?\s?\d{1,4}\s?[楼樓](?![上下盘层市房价道梯宇])"
    r"|楼主|樓主|沙发|板凳|地板|引用\s?\d{1,4}\s?楼)"
)
_FIRSTS = frozenset("发發寄#＃第楼樓沙板地引0123456789０１２３４５６７８９")
"""What a sender or a floor begins with."""


def post_marks(page: Lines) -> frozenset[int]:
    """Which lines mark a post, where at least two of one form do; empty on a page that is no thread.

    Two lines are of one form when they stand in the same kind of block and their time (or floor) follows a like mark,
    word or name.
    """
    forms: dict[tuple[str, str, str], list[int]] = {}
    lines = page.lines
    timed = [index for index, mark in enumerate(page.marks) if mark & TIME]
    for index in sorted({*timed, *beginning(page.texts, _FIRSTS)}):
        line = lines[index]
        text = line.text
        if line.hidden or len(text) > MARK_LENGTH or (line.link >= 10 and line.link * 3 > len(text)):
            continue
        if page.marks[index] & TIME and (match := _WHEN.search(text)):
            before = text[: match.start()].rstrip(" \u3000:：")
            rest = len(text) - match.end()
            if before or rest <= 15:  # a time and then a sentence is a line of a chronicle
                forms.setdefault(("when", line.tag, _form(before)), []).append(index)
        elif text[0] not in _FIRSTS:
            continue
        elif len(text) <= 80 and text.startswith(_SENDER):
            forms.setdefault(("sender", line.tag, ""), []).append(index)
        elif len(text) <= 40 and _FLOOR.match(text):
            forms.setdefault(("floor", line.tag, ""), []).append(index)
    marks: set[int] = set()
    for found in forms.values():
        if len(found) >= LEAST and _between(lines, found):
            marks.update(found)
    return frozenset(marks)


def _form(before: str) -> str:
    """What stands before the time, without the name that differs from post to post."""
    if not before or not before[-1].isalnum():
        return before[-1:]
    return before[-2:] if before[-1] in _WORDS else "name"


def _between(lines: Sequence[Line], found: Sequence[int]) -> bool:
    """Whether text (not links) stands between most of the marks: a list of dated headlines is no thread."""
    gaps = 0
    for first, last in pairwise(found):
        between = lines[first + 1 : last] if last - first < 60 else []
        said = any(line.link * 2 < line.words and len(line.text) > 1 for line in between)
        gaps += said or (last == first + 1 and len(lines[first].text) > 30)
    return gaps * 2 >= len(found) - 1
