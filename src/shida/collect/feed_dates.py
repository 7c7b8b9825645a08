"""The date of a feed entry as written → ISO text, or None: `parse_date` with the habits of feeds put right first."""

from __future__ import annotations

import re

from shida.text.dates import parse_date

MAX_DATE = 80
"""Longest text that is looked at as a date."""

_JAVA = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{1,2}) (\d{2}:\d{2}:\d{2}) ([A-Z]{3,4}) (\d{4})\Z", re.ASCII)
_CHINA = re.compile(r"\b(?:CST|BJT)\b(?:\s?\([^()]{0,30}\))?")
_RFC_822 = re.compile(r"(?:[A-Za-z]{3,9},? )?\d{1,2} [A-Za-z]{3,9} \d{4} \d{1,2}:\d{2}(?::\d{2})?\Z", re.ASCII)


def iso_date(text: str) -> str | None:
    """The date in `text`, a time as `YYYY-MM-DDTHH:MM:SS+08:00`.

    CST is China's time, not America's as RFC 822 has it, also in the form Java prints. A time without a zone is taken
    for Chinese time, as it is everywhere in shida.

    >>> iso_date("Sat, 21 Nov 2026 20:30:00 GMT"), iso_date("Sat, 21 Nov 2026 20:30:00 CST")
    ('2026-11-22T04:30:00+08:00', '2026-11-21T20:30:00+08:00')
    >>> iso_date("Sat Nov 21 20:30:00 CST 2026"), iso_date("Sat, 21 Nov 2026 20:30:00")
    ('2026-11-21T20:30:00+08:00', '2026-11-21T20:30:00+08:00')
    >>> iso_date("2026年11月1日"), iso_date("yesterday")
    ('2026-11-01', None)
    """
    text = " ".join(text[:MAX_DATE].split())
    text = _JAVA.sub(r"\2 \1 \5 \3 \4", text)
    text = _CHINA.sub("+0800", text)
    if _RFC_822.match(text):
        text += " +0800"
    return parse_date(text)
