"""Kind T: what a converter made of a Simplified text for Taiwan or Hong Kong, slips and all → the text.

A converter's slips (關繫, 方麵) tell its work from a writer's: without one the text is left as it is.
"""

from __future__ import annotations

import re

from shida.pack.restoring import Restoring
from shida.records import Change
from shida.restore.annotated import take_notes_off
from shida.restore.edits import joined, replay
from shida.restore.masks import inside

_NUMERAL = re.compile(r"(?<=[A-Za-z0-9])(-?)([一二三四五六七八九十]{1,3})(?![㐀-鿿])")
_DIGITS = {numeral: digit for digit, numeral in enumerate("一二三四五六七八九", 1)}


def slips_in(text: str, section: Restoring) -> list[str]:
    """The slips of the pack that the text has.

    >>> slips_in("這方麵的關繫", Restoring(slips=("方麵", "關繫", "控製")))
    ['方麵', '關繫']
    """
    return [slip for slip in section.slips if slip in text]


def numerals_in(text: str) -> int:
    """How many numbers of names a converter wrote in characters (UTF-八).

    >>> numerals_in("如 UTF-八、GB23十二")
    2
    """
    return len(_NUMERAL.findall(text))


def write_back(text: str, masks: list[tuple[int, int]], section: Restoring) -> list[Change]:
    """The changes that write the text as it was.

    Characters go back one for one; words of Taiwan's usage and numbers are chosen, for they may have been the writer's.

    >>> section = Restoring(taiwan_words={"軟體": "软件"})
    >>> changes = write_back("這方麵的軟體用UTF-八", [], section)
    >>> replay("這方麵的軟體用UTF-八", changes)
    '这方面的软件用UTF-8'
    """
    words = [
        Change(
            start=match.start(),
            end=match.end(),
            before=match[0],
            after=section.taiwan_words[match[0]],
            rule="usage",
            proved=False,
        )
        for match in (_words(section).finditer(text) if section.taiwan_words else ())
        if not inside(match.start(), masks)
    ]
    words += [
        Change(
            start=match.start(2),
            end=match.end(),
            before=match[2],
            after=str(_number(match[2])),
            rule="numeral",
            proved=False,
        )
        for match in _NUMERAL.finditer(text)
        if not inside(match.start(), masks)
    ]
    words.sort(key=lambda change: change.start)
    middle = replay(text, words)
    if masks and words:
        moved = []
        for start, end in masks:
            by = sum(len(word.after) - len(word.before) for word in words if word.end <= start)
            moved.append((start + by, end + by))
        masks = moved
    return joined(text, words, take_notes_off(middle, masks, toneless=False, emoji=False, turn=True, notes=False))


def _words(section: Restoring) -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, section.taiwan_words), key=lambda word: (-len(word), word))))


def _number(numeral: str) -> int:
    tens, mark, ones = numeral.rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if mark else 0) + (_DIGITS.get(ones, 0) if mark or len(ones) == 1 else 0)
