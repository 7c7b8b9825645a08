"""A line at a glance: how much it speaks for being body, and what is in it that others look for."""

from __future__ import annotations

import re

from shida.read.line import Line

SCRAP = -2.0
"""The weight of a short line that is neither prose nor link."""
NUMBER, TIME, DATE = 1, 2, 4
"""The marks of a line: it has a digit; it has what every time in it has; it has what every date of numbers or of an
English month has. See `marks_of`."""
PUNCTUATION = "，。！？；、,;!?…"
UNITS = "秒钟时天周月年"
"""What stands before 前 in 3小时前."""
_PUNCTUATION = re.compile(rf"[{PUNCTUATION}]|：“")
_DIGIT = re.compile(r"\d")
_DATE = re.compile(r"[-/.]\d\d?[-/.]\d|[a-z.,0-9] (?:19|20)\d\d")


def weigh(line: Line) -> float:
    """How much a line speaks for being body: its characters outside links where it is prose, less than 0 otherwise."""
    if line.hidden:
        return -5.0
    text, link = line.text, line.link
    free = len(text)
    if link:
        if link * 2 > line.words:
            # A link that was never closed holds whole paragraphs; a headline has no full stop inside.
            if free >= 60 and line.anchors <= 2 and text.count("。") + text.count("，") >= 3:
                return free * 0.6
            return -10.0 - 0.5 * min(link, 60)
        free -= link
        if free < link:
            return -5.0
    if free >= 40 or (free >= 10 and ("，" in text or "。" in text or _PUNCTUATION.search(text))):
        return float(min(free, 800))
    return SCRAP


def marks_of(text: str) -> int:
    """NUMBER where a line has a digit, TIME where it has digits around a colon or 天前, 分钟前, DATE where it has three
    numbers with marks between or a year behind a word.

    >>> [marks_of(text) for text in ("三天前", "第3条", "12:30", "前天：", "26/11/20", "Nov. 2026")]
    [2, 1, 3, 0, 5, 5]
    """
    timed = (":" in text or "前" in text) and _timed(text)
    if _DIGIT.search(text) is None:
        return TIME * timed
    return NUMBER + TIME * timed + DATE * (_DATE.search(text) is not None)


def _timed(text: str) -> bool:
    at = text.find(":")
    while at > 0:
        if text[at - 1].isdigit() and text[at + 1 : at + 2].isdigit():
            return True
        at = text.find(":", at + 1)
    at = text.find("前")
    while at > 0:
        if text[at - 1] in UNITS:
            return True
        at = text.find("前", at + 1)
    return False
