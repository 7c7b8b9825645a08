"""What stands around a place of a damaged page, as the page was before: what choices are made by."""

from __future__ import annotations

import re

from shida.restore.arrays import Places
from shida.restore.language import Language, plain
from shida.restore.pairs import Piece

GARBLED, GARBLED_LEAST, GARBLED_LOOK = -11.0, 4, 24
"""Nats a character at which printed text does not read at all, the characters it takes to say so, and those looked at.
Of news 1 stretch in 1,000 of four characters reads so badly, and of news shifted by a byte 99 in 100."""

QUOTED = 300
"""Characters in which a quote that closes was opened."""

NEAR = 8
"""Characters that surely hold the two before a place, or behind it, however a number is written."""

_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")


class Surroundings:
    """A page with characters turned back and notes off, by the places of the page as it is printed."""

    def __init__(self, plain_text: str, kept_before: Places, language: Language) -> None:
        self._plain_text, self._kept_before, self._language = plain_text, kept_before, language

    def before(self, start: int, last: Piece | None) -> str:
        """The restored characters before `start`: some eight, two at least; `last` is the last stretch read."""
        where = int(self._kept_before[start])
        text = self._plain_text[max(0, where - NEAR) : where]
        if last and last.end <= start:
            between = int(self._kept_before[start] - self._kept_before[last.end])
            if between < NEAR:
                text = last.after[-NEAR:] + self._plain_text[where - between : where]
        return "\n\n" + plain(text)

    def is_garbled(self, at: int, last: Piece | None) -> bool:
        """Whether what is printed at `at` is still shifted: no text reads so badly."""
        where = int(self._kept_before[at])
        run = _NOT_ASCII.match(self._plain_text, where, where + GARBLED_LOOK)
        shown = run[0] if run else ""
        if len(shown) < GARBLED_LEAST:
            return False
        return self._language.score(self.before(at, last)[-2:] + plain(shown)) < GARBLED * len(shown)

    def is_quoted(self, at: int) -> bool:
        """Whether a quotation is open before the place `at`."""
        where = int(self._kept_before[at])
        before = self._plain_text[max(0, where - QUOTED) : where]
        return before.rfind("“") > before.rfind("”")

    def zhe(self, at: int) -> tuple[str, str, float]:
        """着 or 著 for the 著 at `at`, the other one, and the nats between them."""
        where = int(self._kept_before[at])
        left = ("\n\n" + plain(self._plain_text[max(0, where - NEAR) : where]))[-2:]
        right = (plain(self._plain_text[where + 1 : where + 1 + NEAR]) + "\n\n")[:2]
        scores = {choice: self._language.score(left + choice + right) for choice in "着著"}
        best, second = sorted(scores, key=lambda choice: -scores[choice])
        return best, second, round(scores[best] - scores[second], 3)
