"""One line under a title → source, author, editor, poster and date, by the labels the pack knows."""

from __future__ import annotations

import re

from shida.pack import Pack
from shida.read.words import words_of
from shida.records import Record

VALUE_LENGTH = 40
LONGEST_LABEL = 10
_GAPS = " \t\u00a0\u3000"
_COLON = re.compile(r"[:：](?!//)")
_TRANSLATED = re.compile(r"(?<=[\u4e00-\u9fff])[\s/|]{1,3}[A-Za-z][A-Za-z ]{1,24}\Z")
_VALUE_END = re.compile(
    r"[|｜丨【】\[\]<>《》（）()\n;；]|[ \t\u00a0\u3000]{2,}|——|--|&nbsp|(?<=\D)(?=(?:19|20)\d\d[-年/.])"
)
_DIGITS_BEHIND = re.compile(r"[\s,，](?=\d)|\s(?:阅读|点击|浏览|评论|人气|字号|字体|打印|分享|收藏|关注|编辑|责编)")
_PARTS = re.compile(r"([ \t\u00a0\u3000|｜]+)")
_NOISE = " \t\u00a0\u3000:：,，、。·-—_/|*"
_MARKUP_REST = re.compile(r"[=\"{}]|https?://|^\W*\Z|^\d+\Z")


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
    pending: str | None = None
    """The kind of a label at the end of the line, whose value stands on the next one."""

    @property
    def any(self) -> bool:
        """Whether the line has a label at all."""
        return bool(
            self.source or self.author or self.editor or self.poster or self.date or self.other_date or self.pending
        )


NO_LABELS = Labels()


def read_labels(line: str, pack: Pack) -> Labels:
    """What the labels of one line say. A label of one or two characters must stand alone: 会议时间 is not 时间.

    >>> from shida.pack import load_packs
    >>> labels = read_labels("2025年3月5日 来源：市场导报 作 者：林小雨 责任编辑：周平", load_packs())
    >>> labels.source, labels.author, labels.editor
    ('市场导报', '林小雨', '周平')
    """
    if ":" not in line and "：" not in line:
        return _spaced(line, pack)
    kinds = words_of(pack).labels
    found: list[tuple[int, int, str]] = []
    floor = 0
    for match in _COLON.finditer(line):
        at = match.start()
        if at and line[at - 1].isdigit():
            continue
        label = _label_before(line, at, floor, kinds)
        if label is None and at and line[at - 1].isascii() and (match_two := _TRANSLATED.search(line, floor, at)):
            label = _label_before(line, match_two.start(), floor, kinds)  # 来源 Source：
        if label is not None:
            found.append((label[0], match.end(), label[1]))
            floor = match.end()
    return _values(line, found) if found else _spaced(line, pack)


def _label_before(line: str, at: int, floor: int, kinds: dict[str, str]) -> tuple[int, str] | None:
    """The longest label that ends at `at`: where it begins, and its kind."""
    best: tuple[int, str] | None = None
    compact = ""
    index = at - 1
    while index >= floor and len(compact) < LONGEST_LABEL:
        mark = line[index]
        if mark not in _GAPS:
            compact = mark + compact
            kind = kinds.get(compact)
            alone = index == 0 or not "\u4e00" <= line[index - 1] <= "\u9fff"
            # Behind another label's value there may be no gap: 来源：市场导报记者：林小雨.
            if kind is not None and (alone or floor or len(compact) > 2 or kind in ("source", "editor")):
                best = index, kind
        elif at - index > 2 * LONGEST_LABEL:
            break
        index -= 1
    return best


def _values(line: str, found: list[tuple[int, int, str]]) -> Labels:
    values: dict[str, str] = {}
    date: tuple[int, int] | None = None
    other = False
    pending = None
    for number, (_, start, kind) in enumerate(found):
        end = found[number + 1][0] if number + 1 < len(found) else len(line)
        if not line[start:end].strip(_NOISE) and end == len(line):
            pending = kind
        elif kind == "date":
            date = date or (start, end)
        elif kind == "other":
            other = True
        elif kind not in values and (value := clean_value(line[start:end], kind)):
            values[kind] = value
    return Labels(
        source=values.get("source"),
        author=values.get("author"),
        editor=values.get("editor"),
        poster=values.get("poster"),
        date=date,
        other_date=other,
        pending=pending,
    )


def _spaced(line: str, pack: Pack) -> Labels:
    """Labels with a space instead of a colon, at the start of a short line or of a part of it: 来源 市场导报."""
    words = words_of(pack)
    kinds = words.labels
    if len(line) > 80 or (line not in kinds and not _PARTS.search(line)) or words.label_ends.isdisjoint(line):
        return NO_LABELS
    found: list[tuple[int, int, str]] = []
    position = 0
    for part in _PARTS.split(line):
        kind = kinds.get(part)
        if kind and len(part) >= 2:
            found.append((position, position + len(part), kind))
        position += len(part)
    if not found or (found[0][0] > 0 and found[0][2] != "source"):
        return NO_LABELS
    return _values(line, found)


def clean_value(text: str, kind: str = "author") -> str | None:
    """A label's value without what stands around it; None where nothing of a name is left.

    >>> clean_value("[ 市场导报 ] 打印"), clean_value(' size="20" ')
    ('市场导报', None)
    """
    text = text.lstrip(_NOISE + "[【（(《“")
    text = text.replace("\u3000", "  ") if kind == "source" else text  # names of people have wide gaps between them
    stop = _VALUE_END.search(text)
    value = (text[: stop.start()] if stop else text).strip(_NOISE + "“”\"'")
    value = _DIGITS_BEHIND.split(value, maxsplit=1)[0].strip(_NOISE)
    return value if 0 < len(value) <= VALUE_LENGTH and not _MARKUP_REST.search(value) else None
