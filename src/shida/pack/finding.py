"""Text → every name of the pack in it, in one pass."""

from __future__ import annotations

from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from shida.pack.loading import Pack
from shida.pack.names import Name, choose


class FoundName(NamedTuple):
    """A name in a text: `text[start:end]` is what it is called there, `name` what it is."""

    start: int
    end: int
    name: Name


class _Finder(NamedTuple):
    automaton: AhoCorasick
    patterns: tuple[str, ...]
    entries: tuple[tuple[Name, ...], ...]
    barred: tuple[tuple[str, ...], ...]
    """For each pattern, what may not follow it."""


def find_names(text: str, pack: Pack, day: str | None = None) -> tuple[FoundName, ...]:
    """Names in `text`, left to right, the longest where several begin; offsets are code points.

    `day` (ISO, any precision) decides between bodies that bore the same name at different times.
    Linear in the text (Aho–Corasick, leftmost-longest).

    >>> from shida.pack import load_packs
    >>> found = find_names("教育部门和国务院办公厅", load_packs())
    >>> [(one.start, one.end, one.name.name) for one in found]
    [(5, 11, '国务院办公厅')]
    """
    finder = _finder(pack)
    found = []
    for number, start, end in finder.automaton.find_matches_as_indexes(text):
        barred = finder.barred[number]
        if barred and text.startswith(barred, end):
            continue
        name = choose(finder.entries[number], day)
        if name is not None:
            found.append(FoundName(start, end, name))
    return tuple(found)


def _finder(pack: Pack) -> _Finder:
    """Built once for a pack and kept on it."""
    kept: _Finder | None = pack.__dict__.get("_finder")
    if kept is not None:
        return kept
    table = pack.names.by_alias
    patterns = tuple(table)
    barred = tuple(
        tuple(word for ending, words in pack.names.not_before.items() if called.endswith(ending) for word in words)
        for called in patterns
    )
    automaton = AhoCorasick(list(patterns), matchkind=MatchKind.LeftmostLongest)
    made = _Finder(automaton, patterns, tuple(table.values()), barred)
    pack.__dict__["_finder"] = made
    return made
