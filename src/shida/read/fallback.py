"""The second reader, for pages on which ours is unsure: trafilatura, imported late (it takes most of a second)."""

from __future__ import annotations

from functools import cache
from typing import Any

LONGEST, MOST_TAGS = 200_000, 4_000
"""Mark-up beyond these is not given to it: it takes seconds for what ours reads in a tenth."""
LEAST = 60
"""Characters; a shorter answer is no better than ours."""


@cache
def _trafilatura() -> Any:
    import trafilatura

    return trafilatura


def second_reading(html: str) -> tuple[tuple[str, ...], str] | None:
    """The lines trafilatura reads and the reader's name with its version; None where it has nothing to say."""
    if len(html) > LONGEST or html.count("<") > MOST_TAGS:
        return None
    trafilatura = _trafilatura()
    try:
        text = trafilatura.extract(
            html,
            include_comments=False,
            include_tables=True,
            favor_precision=True,
            deduplicate=False,
            target_language=None,
        )
    except (ValueError, TypeError, AttributeError, IndexError, KeyError, RecursionError, OverflowError, AssertionError):
        return None  # a page that upsets somebody else's parser is read by ours alone
    if not text or len(text) < LEAST:
        return None
    lines = tuple(line.strip() for line in text.split("\n") if line.strip())
    return lines, f"trafilatura/{trafilatura.__version__}"
