"""Documents → the days on which they come into force, as a page and as a calendar file (iCalendar, RFC 5545)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import xxhash

from shida.publish.facts import evidence_rows
from shida.publish.index import Index
from shida.publish.wording import day_words
from shida.records import Document, Fact

INTO_FORCE = ("施行", "实施", "生效")
"""Acts by which a document begins to bind; on one day they are one step, called by the first."""
PAST_SHOWN = 100
_DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?\Z", re.ASCII)
_NOT_TEXT = re.compile(r"[\x00-\x1f\x7f]")


def force_rows(facts: Iterable[Fact], index: Index) -> list[dict[str, Any]]:
    """One row for each document and day it comes into force, in order of day."""
    found: dict[tuple[str, str], list[Document]] = {}
    for fact in facts:
        if not isinstance(fact, Document):
            continue
        days = {fact.effective} if fact.effective else set()
        days |= {act.date for act in fact.acts if act.date and act.act in INTO_FORCE}
        for day in sorted(day for day in days if _DAY.match(day)):
            found.setdefault((day, fact.title), []).append(fact)
    rows = []
    for (day, title), group in sorted(found.items()):
        evidence = evidence_rows([one for fact in group for one in fact.evidence], index)
        issuers = max((fact.issuers for fact in group), key=lambda names: (len(names), names))
        rows.append(
            {
                "day": day,
                "words": day_words(day),
                "title": f"《{title}》",
                "href": index.documents.get(title, ""),
                "who": "、".join(issuers),
                "evidence": evidence[:2],
                "more": max(0, len(evidence) - 2),
            }
        )
    return rows


def split_rows(rows: Sequence[dict[str, Any]], as_of: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What is still to come, soonest first, and what came, latest first. A month or year counts until its end.

    >>> rows = [{"day": "2026-11"}, {"day": "2026-11-01"}, {"day": "2026-12-01"}]
    >>> coming, past = split_rows(rows, "2026-11-22")
    >>> [row["day"] for row in coming], [row["day"] for row in past]
    (['2026-11', '2026-12-01'], ['2026-11-01'])
    """
    coming = [row for row in rows if row["day"] >= as_of[: len(row["day"])]]
    past = [row for row in rows if row["day"] < as_of[: len(row["day"])]]
    return coming, past[::-1][:PAST_SHOWN]


def _folded(line: str) -> str:
    """A line of at most 75 bytes and its continuations, never cutting a character in two."""
    parts, size = [""], 0
    for char in line:
        width = len(char.encode())
        if size + width > 73:
            parts.append(" ")
            size = 1
        parts[-1] += char
        size += width
    return "\r\n".join(parts)


def _text(value: str) -> str:
    value = _NOT_TEXT.sub("", value)
    return value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def calendar_file(rows: Sequence[dict[str, Any]], title: str, host: str, as_of: str) -> str:
    """All days known to the day as whole-day events.

    >>> row = {"day": "2026-12-01", "title": "《童车办法》", "who": "甲局"}
    >>> "DTSTART;VALUE=DATE:20261201" in calendar_file([row], "十大", "example.org", "2026-11-22")
    True
    >>> before = {**row, "title": "《丙》"}
    >>> files = [calendar_file(rows, "十大", "example.org", "2026-11-22") for rows in ([row], [before, row])]
    >>> [file.count("UID:2026-12-01-fe400d15d926f224@example.org") for file in files]
    [1, 1]
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//shida//calendar//ZH", f"X-WR-CALNAME:{_text(title)}"]
    for row in (row for row in rows if len(row["day"]) == 10):
        # not its place among the others: a document found later must not rename them
        own = xxhash.xxh3_64_hexdigest(row["title"].encode())
        lines += [
            "BEGIN:VEVENT",
            f"UID:{row['day']}-{own}@{host}",
            f"DTSTAMP:{as_of[:10].replace('-', '')}T000000Z",
            f"DTSTART;VALUE=DATE:{row['day'].replace('-', '')}",
            f"SUMMARY:{_text(row['title'] + '施行')}",
            *([f"DESCRIPTION:{_text(row['who'])}"] if row["who"] else []),
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    return "\r\n".join(_folded(line) for line in [*lines, "END:VCALENDAR"]) + "\r\n"
