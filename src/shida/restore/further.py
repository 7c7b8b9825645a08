"""What lies further off than three characters: brackets that open and close, and what the page says elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping

from shida.restore.codes import back_table_of_text
from shida.restore.language import PageGrams
from shida.restore.syllables import SYLLABLE

BRACKETS = ("“”", "《》", "（）", "‘’", "〈〉", "【】", "『』", "「」", "〔〕", "〖〗", "［］", "｛｝")
FAR = 300
"""Characters in which a bracket that closes was opened."""
WANTED, ODD = 6.0, -4.0
"""Nats for a bracket that alone makes the others match, and for one that leaves them unmatched."""
AGREED = (6, 5, 4, 3)
"""Characters after a place that may stand elsewhere in the page, the more the better."""

SEEN_AFTER = 30
"""Printed characters that hold these, notes and all."""

_PAIR_OF = {one: pair for pair in BRACKETS for one in pair}
_BRACKET = re.compile(f"[{re.escape(''.join(BRACKETS))}]")
_NOTE = re.compile(rf"\([{SYLLABLE}]{{1,6}}\)")
_MONTH = re.compile(r"[0-2]月")
_ASCII = re.compile(r"[0-9A-Za-z]")


def brackets(text: str, start: int, end: int, between: str) -> Mapping[str, float]:
    """For each bracket: nats for or against it at the end of a stretch `start:end` of the page, read as `between`.

    Looked for in the same line, up to the next stretch.

    >>> brackets("他說?5G”的网", 2, 3, "")["“"], brackets("他說?5G的网", 2, 3, "")["“"]
    (6.0, -4.0)
    """
    line = max(text.rfind("\n", 0, start) + 1, start - FAR)
    before = text[line:start] + between
    stop = text.find("\n", end, end + FAR)
    after = text[end : stop if stop >= 0 else end + FAR].partition("?")[0]
    wanted = dict.fromkeys("".join(BRACKETS), ODD)
    for pair in dict.fromkeys(map(_PAIR_OF.__getitem__, _BRACKET.findall(before) + _BRACKET.findall(after))):
        opens, closes = pair[0], pair[1]
        inside = before.rfind(opens) > before.rfind(closes)
        first, last = after.find(opens), after.find(closes)
        later = last >= 0 and (first < 0 or last < first)
        wanted[opens] = WANTED if later and not inside else ODD
        wanted[closes] = WANTED if inside and first >= 0 and not later else 0.0 if inside and not later else ODD
    return wanted


def swallowed(right: str, page: PageGrams) -> str:
    """The ASCII character lost before `right`: a month has no other digit, or the page has the same elsewhere; or none.

    >>> swallowed("2月3日", PageGrams("")), swallowed("0多名选手", PageGrams("有30多名选手"))
    ('1', '3')
    """
    right = _NOTE.sub("", right[:SEEN_AFTER]).translate(back_table_of_text())
    if _MONTH.match(right):
        return "1"
    if len(right) < AGREED[-1] or not page.before(right[: AGREED[-1]]):  # then no more of them agree either
        return ""
    for length in AGREED:
        if len(right) >= length:
            found = page.before(right[:length])
            if found:
                return found if len(found) == 1 and _ASCII.match(found) else ""
    return ""
