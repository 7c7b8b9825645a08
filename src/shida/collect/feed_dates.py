"""The date of a feed entry as written → ISO text, or None.

A time with a zone is moved to +08:00. A time without a zone keeps only its day: it may be local time or UTC, and a
feed does not say which.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

CHINA = timezone(timedelta(hours=8))
MAX_DATE = 80
"""Longest text that is looked at as a date."""

_CHINESE = re.compile(
    r"(\d{4})\s?[年/.-]\s?(\d{1,2})\s?[月/.-]\s?(\d{1,2})\s?日?(?:[\sT]*(\d{1,2})[:时点](\d{1,2})(?:[:分](\d{1,2}))?)?"
)
_ZONE = re.compile(r"(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})\s*\Z")


def iso_date(text: str) -> str | None:
    """The date in `text`: `YYYY-MM-DDTHH:MM:SS+08:00` where it names a zone, else `YYYY-MM-DD`.

    >>> iso_date("Sat, 21 Nov 2026 20:30:00 GMT")
    '2026-11-22T04:30:00+08:00'
    >>> iso_date("2026-11-21 20:30:00"), iso_date("2026年11月1日"), iso_date("yesterday")
    ('2026-11-21', '2026-11-01', None)
    """
    text = " ".join(text[:MAX_DATE].split())
    time = _iso(text) or _rfc822(text) or _chinese(text)
    if time is None or not 1900 <= time.year <= 9000:
        return None
    if time.tzinfo is None:
        return time.date().isoformat()
    return time.astimezone(CHINA).isoformat(timespec="seconds")


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _rfc822(text: str) -> datetime | None:
    try:
        time = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    # `-0000` and a missing zone both come without tzinfo, as RFC 5322 has it.
    return time


def _chinese(text: str) -> datetime | None:
    match = _CHINESE.search(text)
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part) if part else 0 for part in match.groups())
    try:
        time = datetime(year, month, day, hour, minute, second)  # naive on purpose: no zone is known yet
    except ValueError:
        return None
    zone = _ZONE.search(text, match.end())
    if zone is None or match[4] is None:
        return time
    return _iso(time.isoformat() + ("+00:00" if zone[0].strip() in ("Z", "UTC", "GMT") else zone[0].strip()))
