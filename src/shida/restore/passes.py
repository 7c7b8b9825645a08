"""The passes over a page's code points: compiled, where shida was installed beside a compiler, else on arrays."""

from __future__ import annotations

try:
    from shida.restore.speedups import (
        Ngrams,
        Words,
        blank,
        change_runs,
        count_classes,
        find_addresses,
        find_readings,
        key_table,
        turn,
        weigh_notes,
    )

    COMPILED = True
except ImportError:
    from shida.restore.arrays import (
        blank,
        change_runs,
        count_classes,
        find_addresses,
        find_readings,
        key_table,
        turn,
        weigh_notes,
    )
    from shida.restore.ngrams import Ngrams  # type: ignore[assignment]  # the same, compiled or not
    from shida.restore.words import Words  # type: ignore[assignment]

    COMPILED = False

__all__ = [
    "COMPILED",
    "JOINED",
    "Ngrams",
    "Words",
    "blank",
    "change_runs",
    "count_classes",
    "find_addresses",
    "find_readings",
    "key_table",
    "turn",
    "weigh_notes",
]

JOINED = 3
"""So many characters that stay as they are may stand inside a change: a change is about as long as a word."""
