"""A permanent name for an edition that can stand in an address and in a file name."""

from __future__ import annotations

import re

from pypinyin import lazy_pinyin

from shida.errors import EditionError
from shida.records import Period

MAX_LENGTH = 80


def edition_id(period: Period, field: str | None, given: str | None = None) -> str:
    """The id of the edition of a period and field: `[a-z0-9-]+`, at most 80 characters.

    `given` is taken as it is where it keeps that form; EditionError where it does not.

    >>> edition_id(Period(name="2025", first="2025-01-01", last="2025-12-31"), "质量")
    '2025-zhiliang'
    >>> edition_id(Period(name="十四五", first="2021-01-01", last="2025-12-31"), None)
    'shisiwu'
    """
    if given is not None:
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+){0,20}", given, re.ASCII) or len(given) > MAX_LENGTH:
            raise EditionError(
                f"edition id {given!r}: only a-z, 0-9 and single hyphens, at most {MAX_LENGTH}. Example: 2025-zhiliang."
            )
        return given
    parts = [_slug(period.name), _slug(field or "")]
    return "-".join(part for part in parts if part)[:MAX_LENGTH].strip("-")


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", "".join(lazy_pinyin(text)).lower()).strip("-")
