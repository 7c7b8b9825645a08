"""What is laid over a text: strings against copying, look-alike characters, a line of spam at its head."""

from __future__ import annotations

import re
from functools import lru_cache

from shida.pack.restoring import Restoring
from shida.records import Change
from shida.restore.masks import inside

STRING_LETTERS = 4
"""Single letters a string against copying has at least."""

_STRING = re.compile(r"^[ \t]{0,3}((?:[!-/:-@\[-`{-~0-9][ \t]?|[A-Za-z](?![A-Za-z])[ \t]?){8,200})", re.MULTILINE)
_SINGLE = re.compile(r"(?<![A-Za-z])[A-Za-z](?![A-Za-z])")
_SYMBOL = re.compile(r"[!-/:-@\[-`{-~]")
_HAN_AFTER = re.compile(r"[㐀-鿿０-９、，]|\d{1,2}[、.]")


def strings_against_copying(text: str, masks: list[tuple[int, int]]) -> list[Change]:
    """The changes that take off strings of loose letters and signs at the beginning of lines.

    >>> text = "; l! k$ y* {: U, ?二、概述"
    >>> [change.before for change in strings_against_copying(text, [])]
    ['; l! k$ y* {: U, ?']
    >>> strings_against_copying("a = b + c * d - e / f 的值", [])
    []
    """
    changes = []
    for match in _STRING.finditer(text):
        found = match[1]
        kept = re.search(r"\d{1,2}$", found)
        if kept and text[match.end() : match.end() + 1] in "、.":
            found = found[: kept.start()]
        letters, signs = _SINGLE.findall(found), _SYMBOL.findall(found)
        start = match.start(1)
        end = start + len(found)
        random = len(letters) >= STRING_LETTERS and len(signs) >= STRING_LETTERS and len(set(signs)) >= 4
        ordered = " = " in found or ("+ " in found and "- " in found)
        if random and not ordered and _HAN_AFTER.match(text, end) and not inside(start, masks):
            changes.append(Change(start=start, end=end, before=found, after="", rule="string", proved=False))
    return changes


def look_alikes(text: str, masks: list[tuple[int, int]], section: Restoring) -> list[Change]:
    """The changes that put the characters that were meant; none where fewer than three stand for others.

    >>> section = Restoring(look_alikes={"尛": "小", "囷": "和", "楿": "相"})
    >>> [change.after for change in look_alikes("尛游戏囷应用楿关", [], section)]
    ['小', '和', '相']
    """
    if not section.look_alikes:
        return []
    found = [
        match for match in re.finditer(f"[{''.join(section.look_alikes)}]", text) if not inside(match.start(), masks)
    ]
    if len(found) < 3:
        return []
    return [
        Change(
            start=match.start(),
            end=match.end(),
            before=match[0],
            after=section.look_alikes[match[0]],
            rule="look_alike",
            proved=False,
        )
        for match in found
    ]


@lru_cache(maxsize=4)
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """What finds any of the words at all: most lines have none, and that is known in one go."""
    return re.compile("|".join(map(re.escape, words)) or r"\Zx")


def spam_head(text: str, masks: list[tuple[int, int]], section: Restoring) -> list[Change]:
    """The change that empties a line of spam at the head of the text; the line stays in the change.

    Its line end stays in the text, so that no line takes the place of another.

    >>> section = Restoring(spam_words=("在线观看", "无码"))
    >>> [change.before for change in spam_head("无码高清,在线观看\\n正文第一段。", [], section)]
    ['无码高清,在线观看']
    """
    at = 0
    for _ in range(3):
        end = text.find("\n", at) + 1
        if not end or inside(at, masks):
            return []
        line = text[at:end]
        hits = sum(line.count(word) for word in section.spam_words) if _any_of(section.spam_words).search(line) else 0
        if hits >= 2 and hits * 12 >= len(line.strip()) and text[end:].strip():
            whole = line.rstrip("\r\n")
            return [Change(start=at, end=at + len(whole), before=whole, after="", rule="spam", proved=False)]
        if line.strip():
            return []
        at = end
    return []
