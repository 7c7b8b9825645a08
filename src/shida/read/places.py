"""The lines around a title and a body, where they stand, and what their labels say."""

from __future__ import annotations

import re

import msgspec

from shida.pack import Pack
from shida.read.body import Body, weigh
from shida.read.labels import NO_LABELS, Labels, clean_value, read_labels
from shida.read.lines import Line, Lines
from shida.read.words import words_of
from shida.text.dates import FoundDate, find_dates

BEFORE, BETWEEN, FIRST, LAST, AFTER = 12, 30, 8, 4, 8
"""How many lines before the title, between title and body, in the body's edges and behind it are looked at."""
LONGEST = 200
LEAST_LABEL = 4
"""A shorter label without a colon (时间, 日期) may be a word."""
# One class of first characters, and behind it what each is followed by: so it is searched for three times as fast.
YEARISH = re.compile(
    r"[\d一二民](?:(?<=[12１２])[\d０-９]{3}|(?<=[一二])[〇○０0零九]|(?<=民)[国國]|(?<=\d)\d[-/.]\d{1,2}[-/.]\d\d?\s)"
)
"""A line without any of these has no year, so no date of its own."""


class Place(msgspec.Struct):
    """A line that is looked at, where it stands, and what its labels say."""

    index: int
    where: str
    """`before` the title, `between` title and body, in the body's `first` or `last` lines, `after` the body."""
    line: Line
    labels: Labels
    year: bool = False
    """Whether it has what may be a year; without one it has no date of its own."""
    found: tuple[FoundDate, ...] | None = None

    @property
    def dates(self) -> tuple[FoundDate, ...]:
        """Its dates, looked for when they are first asked for."""
        if self.found is None:
            self.found = find_dates(self.line.text) if self.year else ()
        return self.found


def places_of(page: Lines, body: Body, title_line: int | None, pack: Pack) -> list[Place]:
    """The lines that may say something of the page, in the order in which they are asked."""
    lines = page.lines
    begin = body.chosen[0] if body.chosen else (title_line or 0)
    title = title_line if title_line is not None and title_line <= begin else begin
    prose = next((index for index in body.chosen if weigh(lines[index]) > 0), begin)
    stretches = [
        ("between", range(max(title + 1, begin - BETWEEN) if title < begin else begin, begin)),
        ("before", _free_before(lines, title)),
        ("first", body.chosen[:FIRST]),
        ("last", [index for index in body.chosen[-LAST:] if index > prose]),
        ("after", _free_after(lines, body.end, pack)),
    ]
    places: list[Place] = []
    read_before: dict[int, Place] = {}
    for where, indices in stretches:
        for index in indices:
            if (same := read_before.get(index)) is not None:
                places.append(Place(index, where, same.line, same.labels, same.year, same.found))
                continue
            line = lines[index]
            if len(line.text) > LONGEST and where not in ("first", "last"):
                continue
            labels = read_labels(line.text, pack) if len(line.text) <= LONGEST else NO_LABELS
            if labels.pending and index + 1 < len(lines) and len(lines[index + 1].text) <= 60:
                labels = _with_next(labels, line.text, lines[index + 1].text)
            above = lines[index - 1].text if index else ""
            if 0 < len(above) < 12 and above.startswith(pack.reading.other_date_labels):
                labels = msgspec.structs.replace(labels, other_date=True)  # the label in one cell, its date in the next
            elif labels is NO_LABELS and LEAST_LABEL <= len(above) < 12 and words_of(pack).labels.get(above) == "date":
                labels = msgspec.structs.replace(labels, date=(0, len(line.text)))
            year = len(line.text) <= LONGEST and YEARISH.search(line.text) is not None
            place = Place(index, where, line, labels, year)
            read_before[index] = place
            places.append(place)
    return places


def _free_before(lines: list[Line], title: int) -> list[int]:
    """The lines before a title that are not links, the nearest dozen."""
    found: list[int] = []
    for index in range(title - 1, max(-1, title - 80), -1):
        line = lines[index]
        if (line.link * 2 <= line.words or line.words - line.link >= 8) and len(found) < BEFORE:
            found.append(index)
    return found


def _free_after(lines: list[Line], end: int, pack: Pack) -> range:
    """The lines behind a body, up to where readers speak."""
    for index in range(end, min(len(lines), end + AFTER)):
        if len(lines[index].text) <= 20 and lines[index].text.startswith(pack.reading.comment_words):
            return range(end, index)
    return range(end, min(len(lines), end + AFTER))


def _with_next(labels: Labels, text: str, following: str) -> Labels:
    """A label at the end of a line takes the next line as its value; a date is judged there by itself."""
    kind, value = labels.pending, clean_value(following)
    if kind in ("source", "author", "editor", "poster") and value and getattr(labels, kind) is None:
        return msgspec.structs.replace(labels, **{kind: value})
    return labels
