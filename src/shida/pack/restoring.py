"""What restoring needs to know: names of whole classes."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from shida.pack.sections import Section


class Restoring(Section, frozen=True, kw_only=True):
    """`restoring.toml`: `lists` of names of whole classes (all listed companies, …), one name a line.

    A name with lost bytes is found from them; a class is complete or it is not there.
    """

    slips: tuple[str, ...] = ()
    """Words that only a converter writes (關繫, 方麵): signs of kind T."""
    taiwan_words: dict[str, str] = msgspec.field(default_factory=dict)
    """What a converter to Taiwan's usage puts for a word → the word."""
    look_alikes: dict[str, str] = msgspec.field(default_factory=dict)
    """Characters put in place of ones that look or sound alike (尛 for 小) → the character."""
    spam_words: tuple[str, ...] = ()
    """Words of the lines that are put at the head of stolen or broken pages."""

    def names(self) -> tuple[str, ...]:
        """All names of all lists, each once, in order; a line of a list may have several.

        >>> Restoring(lists={"a": ("平安银行",), "b": ("平安银行", "卡塔尔 多哈")}).names()
        ('平安银行', '卡塔尔', '多哈')
        """
        return _joined(tuple(self.lists.values()))


@lru_cache(maxsize=8)
def _joined(lists: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for entries in lists for line in entries for name in line.split()))
