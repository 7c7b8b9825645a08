"""Which date is the page's own: candidates in, `published` and how it was found out."""

from __future__ import annotations

from shida.text.dates import parse_date

FUTURE = "future_date_refused"
EARLIEST = "1900"


def accept(value: str | None, today: str | None) -> tuple[str | None, tuple[str, ...]]:
    """A date or time as it may be published: never after `today`, never before 1900.

    >>> accept("2099-01-01", "2026-01-28")
    (None, ('future_date_refused',))
    >>> accept("2025年3月5日 10:30", "2026-01-28")
    ('2025-03-05T10:30+08:00', ())
    """
    parsed = parse_date(value) if value else None
    if parsed is None:
        return None, ()
    if is_future(parsed, today):
        return None, (FUTURE,)
    return (parsed, ()) if parsed >= EARLIEST else (None, ())


def is_future(value: str, today: str | None) -> bool:
    """Whether a date lies after `today` (ISO day); without a day, only what no page can be: 2100 and later.

    >>> is_future("2026-02", "2026-01-28"), is_future("2026-01", "2026-01-28"), is_future("2099", None)
    (True, False, True)
    """
    limit = today or UNKNOWN_TODAY
    return value[:10] > limit[: len(value[:10])]


UNKNOWN_TODAY = "2049-12-31"
"""Without a day to compare with, a date past this one is refused: no reader of this program can know it."""
