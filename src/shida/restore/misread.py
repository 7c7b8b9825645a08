"""UTF-8 read as GBK → Chinese: the bytes that survive, and for each lost one what fits around it.

GBK takes bytes in twos where UTF-8 writes threes. A byte that made no pair was printed as `�` (or, as 0x80, `€`), and
is lost; only values that make no pair with the byte after it can have stood there.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from heapq import nsmallest
from itertools import accumulate, chain, islice
from typing import NamedTuple

from shida.records import Change
from shida.restore.damage import pair_table
from shida.restore.language import Language, plain
from shida.restore.masks import inside

BEAM = 6
OPTIONS = 10
"""Values of a lost byte that are weighed: the most usual characters."""

ALIKE = 1e-6
"""Nats in which two readings are taken to be as likely."""

LOST_BYTE = 0xFF
"""Stands for a byte that was lost; GBK has none of this value."""

_RUN = re.compile("[^\x00-\x7f]{2,4000}")
_ALONE_IN_GBK = re.compile("[\ufffd€\ud800-\udfff]")
_SPLIT = re.compile("[\x00\x01]")
_BYTES = bytes((0x80, LOST_BYTE, *range(2, 0x100)))
"""0 and 1, which no run has, stand for what is one byte: the printed `€`, and what was lost."""
_ANY = rb"[\x80-\xbf\xff]"
_UNITS = re.compile(
    rb"((?:[\xe1-\xec\xee\xef][\x80-\xbf]{2}|[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|\xed[\x80-\x9f][\x80-\xbf]"
    rb"|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2})+)"
    rb"|([\xc2-\xdf]" + _ANY + rb"|[\xe0-\xef]" + _ANY + rb"{2}|[\xf0-\xf4]" + _ANY + rb"{3})|[\x00-\xff]"
)
"""Characters of UTF-8 that are whole, as many as there are; or one with a lost byte (or none at all); or a byte."""

_ALONE = {code: plain(chr(code)) for code in (*range(0x80), *range(0xFF00, 0xFF60))}
_Path = tuple[float, str, str]
"""How unlikely a reading is, in nats; the two characters it ends with, as they are counted; and the reading."""


class _Read(NamedTuple):
    """A run of the page, as bytes and as what these can be, one character of UTF-8 after the other."""

    owner: list[int]
    """Which character of the page each byte is of."""
    bounds: list[int]
    """Where the bytes of each unit begin, and where the last one's end."""
    places: list[int]
    """The units that can be several characters."""
    options: list[str]
    """For each of these: what it can be."""
    parts: list[str]
    """The units before the first of these, between them and behind the last one."""

    def is_inside(self, unit: int) -> bool:
        """Whether a unit begins inside a character of the page."""
        start = self.bounds[unit]
        return start > 0 and self.owner[start - 1] == self.owner[start]

    def start(self, unit: int) -> int:
        """The character of the page in which a unit begins."""
        return self.owner[self.bounds[unit]]


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
    content, owner = _bytes_of(text[start:end], start)
    next_bytes, _ = _bytes_of(text[end : end + 1] or "\n", 0)  # not ASCII where the run was too long for one
    run = _units(content, owner, next_bytes[0], language)
    best = _choose(run, language)
    if "\ufffd" in best:
        _add_lost(run, best, lost)
    places, size = run.places, len(best)
    at = which = 0
    while which < len(places):
        first, stop = places[which], places[which] + 1
        while run.is_inside(first):
            first -= 1
        while stop < size and run.is_inside(stop):
            stop += 1
        after = bisect_left(places, stop)
        left, right = run.start(first), run.start(stop) if stop < size else end
        if at < first:
            _add_known(text, run.start(at), left, best[at:first], changes)
        changes.append(
            Change(
                start=left,
                end=right,
                before=text[left:right],
                after=best[first:stop],
                rule="misread",
                proved=False,
                runner_up=_runner_up(run, best, range(which, after), first, stop, language) or None,
            )
        )
        at, which = stop, after
    if at < size:
        _add_known(text, run.start(at), end, best[at:], changes)


def _add_lost(run: _Read, best: str, lost: list[int]) -> None:
    """Add where the stretches begin in which nothing fits."""
    start = 0
    for unit, character in enumerate(best):
        if not run.is_inside(unit):
            start = run.start(unit)
        if character == "\ufffd" and lost[-1:] != [start]:
            lost.append(start)


def _add_known(text: str, first: int, last: int, after: str, changes: list[Change]) -> None:
    """Add what is known to the changes, in one with what is known before it."""
    if changes and changes[-1].proved and changes[-1].end == first:
        before = changes.pop()
        first, after = before.start, before.after + after
    changes.append(Change(start=first, end=last, before=text[first:last], after=after, rule="misread", proved=True))


def _bytes_of(run: str, start: int) -> tuple[bytes, list[int]]:
    """The bytes of a run that starts at `start`, and the place of the character each is of."""
    alone = _ALONE_IN_GBK.sub(lambda found: "\x00" if found[0] == "€" else "\x01", run)
    content = alone.encode("gb18030")
    owner: list[int] = []
    if len(content) == 2 * len(run) - alone.count("\x00") - alone.count("\x01"):
        at = start
        for part in _SPLIT.split(alone):
            places = range(at, at + len(part))
            owner += chain.from_iterable(zip(places, places, strict=True))
            at += len(part) + 1
            owner.append(at - 1)
        del owner[-1]
    else:
        owner += [at for at, one in enumerate(alone, start) for _ in one.encode("gb18030")]
    return content.translate(_BYTES), owner


def _units(content: bytes, owner: list[int], after: int, language: Language) -> _Read:
    bounds: list[int] = [0]
    places: list[int] = []
    options: list[str] = []
    parts: list[str] = [""]
    for match in _UNITS.finditer(content):
        start, end = match.span()
        if match[1]:
            whole = match[1].decode()
            parts[-1] += whole
            if end - start == 3 * len(whole):
                bounds += range(start + 3, end + 1, 3)
            else:
                bounds += accumulate([len(one.encode()) for one in whole], initial=start)
                del bounds[-len(whole) - 1]
            continue
        if unit := match[2]:
            following = content[end] if end < len(content) else after
            found = _options(unit, _kind(following) if unit[-1] == LOST_BYTE else 0, language)
            if len(found) > 1:
                places.append(len(bounds) - 1)
                options.append(found)
                parts.append("")
            else:
                parts[-1] += found
        else:
            parts[-1] += chr(content[start]) if content[start] < 0x80 else "\ufffd"
        bounds.append(end)
    return _Read(owner, bounds, places, options, parts)


def _kind(after: int) -> int:
    """A byte, or 0 for all those that make a pair with none."""
    return 0 if after < 0x40 or after in (0x7F, LOST_BYTE) else after


@lru_cache(maxsize=20_000)
def _options(unit: bytes, after: int, language: Language) -> str:
    """What the bytes can be, the most usual characters; a lost one is any that made no pair with the byte after it."""
    found = _characters(unit, after)
    if len(unit) > 3:  # none of these was ever counted
        return "".join(islice(found, OPTIONS)) or "\ufffd"
    counts = language.counts
    return "".join(nsmallest(OPTIONS, found, key=lambda option: (-counts.get(option, 0.0), option))) or "\ufffd"


def _characters(unit: bytes, after: int) -> Iterator[str]:
    """All that the bytes can be, in order."""
    codes: Iterator[int] = iter((unit[0] & (0x1F, 0x0F, 0x07)[len(unit) - 2],))
    for at in range(1, len(unit)):
        following = unit[at + 1] if at + 1 < len(unit) else after
        values = _lonely(_kind(following)) if unit[at] == LOST_BYTE else (unit[at],)
        codes = _longer(codes, values)
    least = (0x80, 0x800, 0x10000)[len(unit) - 2]
    return (chr(code) for code in codes if least <= code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF)


def _longer(codes: Iterator[int], values: tuple[int, ...]) -> Iterator[int]:
    return (code << 6 | value & 0x3F for code in codes for value in values)


@cache
def _lonely(after: int) -> tuple[int, ...]:
    """The continuation bytes that make no character of GBK with the byte `after`; all, where it is 0."""
    table = pair_table()
    return tuple(
        byte for byte in range(0x80, 0xC0) if byte == 0x80 or not after or table[byte << 8 | after] in ("", "?")
    )


def _runner_up(run: _Read, best: str, opened: range, at: int, stop: int, language: Language) -> str:
    """The stretch with its likeliest other value for one lost byte."""
    tried = []
    for which in opened:
        place = run.places[which]
        left = ("\n\n" + plain(best[max(0, place - 2) : place]))[-2:]
        right = plain(best[place + 1 : place + 3])
        others = run.options[which].replace(best[place], "")
        reads = others.translate(_ALONE)
        if len(right) == 2 and reads == others:  # nearly always
            scored = language.ngrams.ranked(others, left, right, ALIKE)
        else:
            scored = [(language.score(left + read + right), option) for option, read in zip(others, reads, strict=True)]
        tried += [(chance, place, option) for chance, option in scored]
    top = max(tried)[0]
    return max([f"{best[at:place]}{one}{best[place + 1 : stop]}" for chance, place, one in tried if chance == top])


def _choose(run: _Read, language: Language) -> str:
    """The likeliest way to read the units. Of paths that end alike only the best can win, so only it is kept."""
    likely = language.likely
    beam: list[_Path] = [(0.0, "\n\n", "")]
    chosen: list[str] = []
    for options, part in zip(("", *run.options), run.parts, strict=True):
        counted = part.translate(_ALONE)
        at = 0
        if options:
            reads = options.translate(_ALONE)
            if len(beam) == 1 and len(part) > 1 and reads == options:  # nearly always
                cost, context, _ = beam[0]
                cost, found = _between(cost, context, options, counted[:2], likely)
                beam = [(cost, counted[:2], "")]
                chosen += (found, part[:2])
                at = 2
            else:
                beam = _best(beam, options, reads, likely)
        while len(beam) > 1 and at < len(part):
            beam = _best(beam, part[at], counted[at], likely)
            at += 1
        if len(beam) == 1:  # what it has cost so far it costs every path
            _, context, reading = beam[0]
            chosen += (reading, part[at:])
            beam = [(0.0, (context + counted[at:])[-2:], "")]
    return "".join((*chosen, beam[0][2]))


def _between(
    cost: float, context: str, options: str, following: str, likely: Callable[[str], float]
) -> tuple[float, str]:
    """As the beam finds it: the best of `options` between one path and two characters that are known."""
    last, next_one = context[1], following[0]
    near = sorted([(cost - likely(context + option), option) for option in options])[:BEAM]
    passed = [(first - likely(f"{last}{option}{next_one}"), option) for first, option in near]
    best, _, found = min([(second - likely(option + following), second, option) for second, option in passed])
    return best, found


def _best(beam: list[_Path], options: str, reads: str, likely: Callable[[str], float]) -> list[_Path]:
    """The paths that go on with one of `options`, counted as `reads`; the best of those that end differently."""
    width = len(options)
    grown = [
        (cost - likely(context + read), context[1] + read, at)
        for before, (cost, context, _) in enumerate(beam)
        for at, read in enumerate(reads, before * width)
    ]
    grown.sort()
    kept: dict[str, _Path] = {}
    for cost, context, at in grown:
        if context not in kept:
            kept[context] = cost, context, beam[at // width][2] + options[at % width]
            if len(kept) == BEAM:
                break
    return list(kept.values())
