"""One line under a title → source, author, editor, poster and date, by the labels the pack knows."""

from __future__ import annotations

import re
from functools import cache

from shida.pack import Pack
from shida.records import Record

_GAP = r"[ \t\u00a0\u3000]"
_VALUE_END = re.compile(r"[|｜丨【】\[\]<>《》（）()\n;；]|[ \t\u00a0\u3000]{2,}|——|--|&nbsp")
VALUE_LENGTH = 40
_NOISE = " \t\u00a0\u3000:：,，、.。·-—_/|*"


class Labels(Record, frozen=True, kw_only=True):
    """What a line says about its page. Each value as it stands, cleaned at the ends."""

    source: str | None = None
    author: str | None = None
    editor: str | None = None
    poster: str | None = None
    date: tuple[int, int] | None = None
    """Where in the line the value behind a date label stands."""
    other_date: bool = False
    """A label says that the line's date is not the page's."""


@cache
def _pattern(groups: tuple[tuple[str, tuple[str, ...]], ...]) -> re.Pattern[str]:
    """One pattern for all labels, the longest first, a gap allowed between two characters (作 者).

    A label of one or two characters may not follow another Chinese character: 会议时间 is not the page's 时间.
    """
    kinds: dict[str, str] = {}
    for name, group in groups:
        for word in group:
            kinds.setdefault(word, name)
    alternatives = []
    for number, word in enumerate(sorted(kinds, key=lambda word: (-len(word), word))):
        spaced = f"{_GAP}{{0,3}}".join(map(re.escape, word)) if len(word) == 2 else re.escape(word)
        alone = r"(?<![\u4e00-\u9fff])" if len(word) <= 2 else ""
        alternatives.append(f"(?P<{kinds[word]}_{number}>{alone}{spaced})")
    return re.compile(rf"(?:{'|'.join(alternatives)}){_GAP}{{0,3}}[:：]{_GAP}{{0,3}}")


def label_pattern(pack: Pack) -> re.Pattern[str]:
    """The pattern of all labels of a pack."""
    reading = pack.reading
    return _pattern(
        (
            ("source", reading.source_labels),
            ("author", reading.author_labels),
            ("editor", reading.editor_labels),
            ("poster", reading.poster_labels),
            ("date", reading.date_labels),
            ("other", reading.other_date_labels),
        )
    )


def read_labels(line: str, pack: Pack) -> Labels:
    """What the labels of one line say.

    >>> from shida.pack import load_packs
    >>> labels = read_labels("2025年3月5日 来源：市场导报 作者：林小雨 责任编辑：周平", load_packs())
    >>> labels.source, labels.author, labels.editor
    ('市场导报', '林小雨', '周平')
    """
    matches = list(label_pattern(pack).finditer(line))
    found: dict[str, str] = {}
    date: tuple[int, int] | None = None
    other = False
    for index, match in enumerate(matches):
        kind = (match.lastgroup or "").partition("_")[0]
        end = matches[index + 1].start() if index + 1 < len(matches) else len(line)
        if kind == "date":
            date = date or (match.end(), end)
            continue
        if kind == "other":
            other = True
            continue
        value = _value(line, match.end(), end)
        if value and kind not in found:
            found[kind] = value
    return Labels(
        source=found.get("source"),
        author=found.get("author"),
        editor=found.get("editor"),
        poster=found.get("poster"),
        date=date,
        other_date=other,
    )


def _value(line: str, start: int, end: int) -> str | None:
    text = line[start:end].lstrip(_NOISE + "[【（(")
    stop = _VALUE_END.search(text)
    value = (text[: stop.start()] if stop else text).strip(_NOISE)
    value = re.split(r"\s(?=\d)|(?<=\D)(?=(?:19|20)\d\d[-年/])", value, maxsplit=1)[0].strip(_NOISE)
    return value if 0 < len(value) <= VALUE_LENGTH else None
