"""What the same weeks of earlier years brought: the likest title to each title of a newsroom."""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np

from shida.rank.titles import TitleTable
from shida.rank.views import View

SAME_WEEKS: Final = 21
"""Days before and after the same day of an earlier year that are the same weeks."""
YEARS_BACK: Final = 2
"""Earlier years that are looked at."""
SAMPLE: Final = 5
"""Titles of a story that are looked for in earlier years."""


class EarlierYears:
    """The titles of a newsroom by day.

    The same weeks of an earlier year are one slice of the table, and how many pairs each title of a slice shares with
    the one that is asked for is one sum. What lies a year before a title was known when the title was, so an answer
    holds nothing later, whatever else the newsroom has.
    """

    def __init__(self, table: TitleTable) -> None:
        self._table = table
        self._days = np.array([_ordinal(day) for day in table.days], dtype=np.int64)
        self._found: dict[int, tuple[float, int]] = {}

    def likest(self, view: View) -> tuple[float, str] | None:
        """Likeness (Dice, mean over some titles of each one's likest) and the likest title; None without any."""
        found = [self._likest(self._table.row[member.article]) for member in view.sample(SAMPLE)]
        best = max(found)
        return (sum(value for value, _ in found) / len(found), self._table.titles[best[1]]) if best[0] else None

    def _likest(self, row: int) -> tuple[float, int]:
        """The likest title of the same weeks of earlier years, by its row."""
        known = self._found.get(row)
        if known is None:
            known = self._found[row] = self._look(row)
        return known

    def _look(self, row: int) -> tuple[float, int]:
        table, own = self._table, self._table.pairs_of(row)
        best = (0.0, -1)
        asked = np.zeros(table.kinds, dtype=bool)
        asked[own] = True
        for years in range(1, YEARS_BACK + 1):
            same = int(self._days[row]) - round(365.25 * years)
            low, high = np.searchsorted(self._days, (same - SAME_WEEKS, same + SAME_WEEKS + 1))
            if low == high or not own.size:
                continue
            starts = table.starts[low : high + 1]
            shared = np.concatenate(([0], np.cumsum(asked[table.pairs[starts[0] : starts[-1]]])))
            counts = shared[starts[1:] - starts[0]] - shared[starts[:-1] - starts[0]]
            likeness = 2 * counts / (own.size + np.diff(starts))
            top = int(np.argmax(likeness))
            best = max(best, (float(likeness[top]), int(low) + top))
        return best


def _ordinal(day: str) -> int:
    """The number of the day; 0, which is near no other, where it is no day."""
    try:
        return date.fromisoformat(day).toordinal()
    except ValueError:
        return 0
