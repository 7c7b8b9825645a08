"""What restoring needs to know: names of whole classes."""

from __future__ import annotations

from functools import lru_cache

from shida.pack.sections import Section


class Restoring(Section, frozen=True, kw_only=True):
    """`restoring.toml`: `lists` of names of whole classes (all listed companies, …), one name a line.

    A name with lost bytes is found from them; a class is complete or it is not there.
    """

    def names(self) -> tuple[str, ...]:
        """All names of all lists, each once, in order.

        >>> Restoring(lists={"a": ("平安银行",), "b": ("平安银行", "海康威视")}).names()
        ('平安银行', '海康威视')
        """
        return _joined(tuple(self.lists.values()))


@lru_cache(maxsize=8)
def _joined(lists: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for entries in lists for name in entries))
