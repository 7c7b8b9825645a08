"""What every form of an edition's files prints: the same words, numbers and sources in each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from shida.publish.wording import day_words
from shida.records import Record
from shida.text.scripts import converter

Script = Literal["hans", "hant"]

OPEN, CLOSE = "\ue000", "\ue001"
"""Stand around what is not converted until it is written; no text from outside holds them."""
_EXACT = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}")

AI_MARK = "本文件含人工智能生成的内容，已在相应条目后注明。"
"""The visible mark that the rules in force since 1 September 2025 ask for."""
AI_ENTRY = "（本条提要由人工智能生成）"


class Source(Record, frozen=True, kw_only=True):
    """An article an entry stands on."""

    number: int
    place: int
    """Of the first entry that stands on it."""
    article: str
    title: str
    source: str
    author: str
    published: str
    """ISO, as precise as it is known; "" where it is not."""
    url: str
    citation: str
    printed: bool
    """Whether the printed forms list it; the table lists all."""

    @property
    def line(self) -> str:
        """The reference, and the outlet where the reference has no place for it."""
        return self.citation + (f"（来源：{self.source}）" if self.source and self.source not in self.citation else "")


class Stated(Record, frozen=True, kw_only=True):
    """A fact that an entry's articles state."""

    place: int
    kind: str
    title: str
    detail: str
    day: str
    certainty: str
    sentence: str
    source: int | None
    """Number of the source whose sentence it is."""


class PrintedEntry(Record, frozen=True, kw_only=True):
    """One entry, in words."""

    place: int
    title: str
    when: str
    counts: str
    lead: str
    reasons: tuple[str, ...]
    sources: tuple[int, ...]
    """Numbers of the printed sources."""
    more: int
    """How many further sources the table has."""
    ai_generated: bool = False
    first: str = ""
    last: str = ""
    """ISO days of its first and last article."""


class Correction(Record, frozen=True, kw_only=True):
    """What a version changed, and why."""

    version: int
    on: str
    by: str
    reason: str
    changes: tuple[str, ...]


class Origin(Record, frozen=True, kw_only=True):
    """What the files were made from, for the manifest."""

    run: int | None = None
    run_day: str = ""
    pack_digest: str = ""
    packs: tuple[str, ...] = ()
    program: str = ""


class Printed(Record, frozen=True, kw_only=True):
    """A whole edition, in words."""

    id: str
    name: str
    period: str
    span: str
    field: str
    version: int
    step: str
    """`Edition.state`."""
    state: str
    """The same in words."""
    public: bool
    """Published already, and no draft."""
    as_of: str
    issued: str
    """ISO day of the decision to publish or correct; "" for a draft."""
    made: str
    """ISO day on which the files were made."""
    publisher: str
    address: str
    licence: str
    entries: tuple[PrintedEntry, ...]
    sources: tuple[Source, ...]
    facts: tuple[Stated, ...]
    corrections: tuple[Correction, ...]
    method: tuple[str, ...]
    citation: str
    """Of the edition itself."""
    ai_generated: bool
    origin: Origin
    script: Script = "hans"
    """The characters the files are written in."""
    notes: tuple[str, ...] = ()
    """What a person should know: what was cut, what is missing."""

    @property
    def language(self) -> str:
        """The language tag of the files."""
        return "zh-CN" if self.script == "hans" else "zh-TW"

    def written(self, text: str) -> str:
        """A finished text in the characters of the files, but what `exact` marked, which loses its marks.

        As on the site's pages in traditional characters, single characters are changed and no words.
        """
        if self.script == "hans":
            return text
        change = converter("s2tw").convert
        parts = _EXACT.split(text)
        return "".join(part if number % 2 else change(part) for number, part in enumerate(parts))

    def exact(self, text: str) -> str:
        """A text that stays as it was written, whatever the files are written in: a name, a title that is cited."""
        return text if self.script == "hans" else f"{OPEN}{text}{CLOSE}"

    @property
    def version_line(self) -> str:
        """Which version this is, and what it knows."""
        return f"第{self.version}版（{self.state}），截至{day_words(self.as_of)}所知"

    @property
    def period_line(self) -> str:
        """The period and the field under the name."""
        return "　".join(part for part in (self.span, self.field) if part)

    @property
    def listed(self) -> tuple[Source, ...]:
        """The sources that printed forms list."""
        return tuple(source for source in self.sources if source.printed)


LICENCE = "榜单与编排由编制者负责；所引题目、摘句的权利属各来源。对外刊发新闻信息，须有互联网新闻信息服务许可。"
"""What is said of rights where nobody gives another word."""


def cited(numbers: Sequence[int]) -> str:
    """Numbers of references as GB/T 7714 writes them in a text: in one bracket, the neighbours joined.

    >>> cited([1]), cited([1, 2]), cited([1, 2, 3, 7]), cited([2, 4])
    ('[1]', '[1-2]', '[1-3,7]', '[2,4]')
    """
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][-1] + 1:
            spans[-1] = [spans[-1][0], number]
        else:
            spans.append([number])
    return f"[{','.join('-'.join(map(str, span)) for span in spans)}]"


def heading_number(place: int) -> str:
    """一 to 九十九 for the headings of an official document, digits after that.

    >>> [heading_number(place) for place in (1, 10, 11, 20, 35, 100)]
    ['一', '十', '十一', '二十', '三十五', '100']
    """
    digits = "零一二三四五六七八九"
    if not 0 < place < 100:
        return str(place)
    tens, ones = divmod(place, 10)
    return (digits[tens] if tens > 1 else "") + ("十" if tens else "") + (digits[ones] if ones else "")
