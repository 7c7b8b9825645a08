"""UTF-8 read as GBK → Chinese: the bytes that survive, and for each lost one what fits around it.

GBK takes bytes in twos where UTF-8 writes threes. A byte that made no pair was printed as `�` (or, as 0x80, `€`), and
is lost; only values that make no pair with the byte after it can have stood there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from shida.records import Change
from shida.restore.damage import pair_table
from shida.restore.language import Language, plain
from shida.restore.masks import inside

UNKNOWN = -1
BEAM = 6
OPTIONS = 10
"""Values of a lost byte that are weighed: the most usual characters."""
_RUN = re.compile("[^\x00-\x7f]{2,4000}")


@dataclass(frozen=True, slots=True)
class _Path:
    score: float
    context: str
    before: _Path | None
    last: str

    def texts(self) -> tuple[str, ...]:
        out = []
        path: _Path | None = self
        while path and path.last:
            out.append(path.last)
            path = path.before
        return tuple(reversed(out))


@dataclass(frozen=True, slots=True)
class _Unit:
    """One character of UTF-8: where its bytes begin and end, and what it can be."""

    start: int
    end: int
    options: tuple[str, ...]


def read_misread(text: str, masks: list[tuple[int, int]], language: Language) -> tuple[list[Change], list[int]]:
    """The changes that read the GBK as the UTF-8 it was, and where nothing fits (`�` is left there).

    >>> from shida.restore.language import Language
    >>> changes, _ = read_misread("质量强国".encode().decode("gbk"), [], Language(None, ()))
    >>> changes[0].after, changes[0].proved
    ('质量强国', True)
    """
    changes: list[Change] = []
    lost: list[int] = []
    for match in _RUN.finditer(text):
        if not inside(match.start(), masks):
            _read_run(text, match.start(), match.end(), language, changes, lost)
    return changes, lost


def _read_run(text: str, start: int, end: int, language: Language, changes: list[Change], lost: list[int]) -> None:
    content: list[int] = []
    owner: list[int] = []  # which character of the page each byte is of
    for at in range(start, end):
        for byte in _bytes_of(text[at]):
            content.append(byte)
            owner.append(at)
    after = ord(text[end]) if end < len(text) else 0x0A
    units = _units(content, after)
    if not units:
        return
    best = _choose(units, language)
    at = 0
    while at < len(units):
        stop = at + 1
        while stop < len(units) and owner[units[stop - 1].end - 1] == owner[units[stop].start]:
            stop += 1
        known = all(len(unit.options) == 1 for unit in units[at:stop])
        first, last = owner[units[at].start], owner[units[stop - 1].end - 1] + 1
        after_text = "".join(best[at:stop])
        if "\ufffd" in after_text:
            lost.append(first)
        other = "" if known else _runner_up(units, best, at, stop, language)
        if known and changes and changes[-1].proved and changes[-1].end == first:
            last_change = changes.pop()
            changes.append(
                Change(
                    start=last_change.start,
                    end=last,
                    before=text[last_change.start : last],
                    after=last_change.after + after_text,
                    rule="misread",
                    proved=True,
                )
            )
        else:
            changes.append(
                Change(
                    start=first,
                    end=last,
                    before=text[first:last],
                    after=after_text,
                    rule="misread",
                    proved=known,
                    runner_up=other or None,
                )
            )
        at = stop


def _bytes_of(character: str) -> tuple[int, ...]:
    if character == "\ufffd":
        return (UNKNOWN,)
    if character == "€":
        return (0x80,)
    try:
        return tuple(character.encode("gb18030"))
    except UnicodeEncodeError:
        return (UNKNOWN,)


def _units(content: list[int], after: int) -> list[_Unit]:
    units = []
    at = 0
    size = len(content)
    while at < size:
        lead = content[at]
        length = 3 if 0xE0 <= lead < 0xF0 else 2 if 0xC2 <= lead < 0xE0 else 4 if 0xF0 <= lead < 0xF5 else 1
        body = content[at + 1 : at + length]
        if length == 1 or len(body) < length - 1 or not all(byte == UNKNOWN or 0x80 <= byte < 0xC0 for byte in body):
            units.append(_Unit(at, at + 1, ("\ufffd",) if lead >= 0x80 or lead == UNKNOWN else (chr(lead),)))
            at += 1
            continue
        following = content[at + length] if at + length < size else after
        units.append(_Unit(at, at + length, _options(lead, body, following)))
        at += length
    return units


def _options(lead: int, body: list[int], following: int) -> tuple[str, ...]:
    """What the bytes can be; a lost one is any that made no pair with the byte after it."""
    found = [bytes([lead])]
    for at, byte in enumerate(body):
        after = body[at + 1] if at + 1 < len(body) else following
        values = (byte,) if byte != UNKNOWN else _lonely(after)
        found = [before + bytes([value]) for before in found for value in values]
    texts = []
    for content in found:
        try:
            texts.append(content.decode())
        except UnicodeDecodeError:
            continue
    return tuple(texts) or ("\ufffd",)


@cache
def _lonely(after: int) -> tuple[int, ...]:
    """The continuation bytes that make no character of GBK with the byte `after`."""
    table = pair_table()
    return tuple(
        byte
        for byte in range(0x80, 0xC0)
        if byte == 0x80 or after < 0x40 or after in (0x7F, 0xFF) or table[byte << 8 | after] in ("", "?")
    )


def _runner_up(units: list[_Unit], best: tuple[str, ...], at: int, stop: int, language: Language) -> str:
    """The stretch with its likeliest other value for one lost byte."""
    tried = []
    for place in range(at, stop):
        left = ("\n\n" + plain("".join(best[max(0, place - 2) : place])))[-2:]
        right = plain("".join(best[place + 1 : place + 3]))
        for option in _usual(units[place].options, language):
            if option != best[place]:
                whole = left + plain(option) + right
                score = sum(language.likely(whole[step : step + 3]) for step in range(len(whole) - 2))
                tried.append((score, "".join((*best[at:place], option, *best[place + 1 : stop]))))
    return max(tried)[1] if tried else ""


@lru_cache(maxsize=20_000)
def _usual(options: tuple[str, ...], language: Language) -> tuple[str, ...]:
    """The options that are read most often."""
    if len(options) == 1:
        return options
    counts = language.counts
    return tuple(sorted(options, key=lambda option: (-counts.get(option, 0.0), option))[:OPTIONS])


def _choose(units: list[_Unit], language: Language) -> tuple[str, ...]:
    """The likeliest way to read the units. Of paths that end alike only the best can win, so only it is kept."""
    beam = [_Path(0.0, "\n\n", None, "")]
    for unit in units:
        options = unit.options
        if len(options) > 1:
            options = _usual(options, language)
        grown = []
        for path in beam:
            for option in options:
                three = path.context + plain(option)[-1:]
                score = path.score + (language.likely(three) if len(three) == 3 else 0.0)
                grown.append(_Path(score, three[-2:], path, option))
        if len(grown) > 1:
            grown.sort(key=lambda path: (-path.score, path.context))
            alike: dict[str, _Path] = {}
            for path in grown:
                alike.setdefault(path.context, path)
            grown = list(alike.values())[:BEAM]
        beam = grown
    return beam[0].texts()
