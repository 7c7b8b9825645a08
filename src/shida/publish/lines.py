"""Text from outside → one printable line: nothing unseen, nothing that turns it around, no longer than it may be."""

from __future__ import annotations

import re

CUT = "…"
"""Stands where a text was cut."""

_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ufffe\uffff\U000e0000-\U000e007f\ud800-\udfff]{1,1000}"
)
"""Controls, marks of direction, characters of no width, half characters: XML forbids some, print has no use for any."""
_MARKS = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_PILED = re.compile(f"({_MARKS}{{2}}){_MARKS}{{1,1000}}")
"""More marks on a character than any writing has; they would cover the lines above and below."""
_BLANK = re.compile(r"\s{1,1000}")
_FIXED = re.compile(r"[\ue000\ue001\ufdd0-\ufdef]")
"""Characters that mean nothing to anybody else; the first two are marks of this program's own."""


def one_line(text: str, limit: int = 500) -> str:
    r"""`text` on one line, without what cannot be seen, at most `limit` characters with `…` where it was cut.

    Marks of direction go because they would turn the printed line around; a blank stays one blank.

    >>> one_line("甲\n乙\u202e丙\x00"), one_line("一二三四", 3)
    ('甲 乙丙', '一二…')
    """
    # twice the limit is looked at, so that a megabyte of blanks costs nothing
    seen = _PILED.sub(r"\1", _FIXED.sub("\ufffd", _UNSEEN.sub("", text[: limit * 2 + 1000])))
    plain = _BLANK.sub(" ", seen).strip()
    return plain if len(plain) <= limit else plain[: limit - 1].rstrip() + CUT


def is_cut(text: str, limit: int) -> bool:
    """Whether `one_line` cuts it.

    >>> is_cut("一二三四", 3), is_cut("一二三", 3)
    (True, False)
    """
    return len(text) > limit and len(_BLANK.sub(" ", text).strip()) > limit
