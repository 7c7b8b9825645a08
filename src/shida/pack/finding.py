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


class _Word(NamedTuple):
    """A word for listed names, and what it needs to be weighed in a text."""

    entries: tuple[Name, ...]
    barred: tuple[str, ...]
    """What may not follow it."""
    places: tuple[str, ...]
    """Words for places it begins with, itself among them: behind these a branch may stand."""


class _Finder(NamedTuple):
    automaton: AhoCorasick
    words: tuple[_Word, ...]
    branches: dict[tuple[str, str], _Word]
    """Place and ending → the branch, filled as they are met: a place has dozens and a text few."""


def find_names(text: str, pack: Pack, day: str | None = None) -> tuple[FoundName, ...]:
    """Names in `text`, left to right, the longest where several begin; offsets are code points.

    `day` (ISO, any precision) decides between bodies that bore the same name at different times.
    Linear in the text (Aho–Corasick, leftmost-longest; the branches of places are tried behind a place's word).

    >>> from shida.pack import load_packs
    >>> found = find_names("教育部门和国务院办公厅", load_packs())
    >>> [(one.start, one.end, one.name.name) for one in found]
    [(5, 11, '国务院办公厅')]
    """
    finder = _finder(pack)
    found: list[FoundName] = []
    offset = 0
    while offset >= 0:
        offset = _scan(text, offset, finder, pack, day, found)
    return tuple(found)


def _scan(text: str, offset: int, finder: _Finder, pack: Pack, day: str | None, found: list[FoundName]) -> int:
    """Add the names from `offset` on; where to look again, or -1 where the end is reached.

    The automaton knows no branches: behind one it may have gone on in its middle, and is then set on again.
    """
    taken = offset
    for number, start, end in finder.automaton.find_matches_as_indexes(text[offset:] if offset else text):
        start, end = start + offset, end + offset
        if start < taken:
            return taken
        word = finder.words[number]
        if word.places and (branch := _branch(text, start, end, word, finder, pack)):
            end, word = branch
        taken = end
        if word.barred and text.startswith(word.barred, end):
            continue
        name = choose(word.entries, day)
        if name is not None:
            found.append(FoundName(start, end, name))
    return -1


def _branch(text: str, start: int, end: int, word: _Word, finder: _Finder, pack: Pack) -> tuple[int, _Word] | None:
    """The longest branch of a place that begins at `start` and ends behind `end`."""
    best: tuple[int, _Word] | None = None
    for place in word.places:
        behind = start + len(place)
        for ending in pack.names.branch_endings.get(text[behind : behind + 1], ()):
            stop = behind + len(ending)
            if stop <= max(end, best[0] if best else 0) or not text.startswith(ending, behind):
                continue
            known = finder.branches.get((place, ending))
            if known is None:
                known = _Word(pack.names.branch_names(place, ending), _barred(place + ending, pack), ())
                finder.branches[place, ending] = known
            if known.entries:  # 杭州市 has no 厅
                best = (stop, known)
                break
    return best


def _barred(called: str, pack: Pack) -> tuple[str, ...]:
    return tuple(word for ending, words in pack.names.not_before.items() if called.endswith(ending) for word in words)


def _finder(pack: Pack) -> _Finder:
    """Built once for a pack and kept on it."""
    kept: _Finder | None = pack.__dict__.get("_finder")
    if kept is not None:
        return kept
    table, places = pack.names.by_word, pack.names.places_by_word
    words = tuple(
        _Word(
            entries,
            _barred(called, pack),
            tuple(called[:size] for size in range(len(called), 1, -1) if called[:size] in places),
        )
        for called, entries in table.items()
    )
    made = _Finder(AhoCorasick(list(table), matchkind=MatchKind.LeftmostLongest), words, {})
    pack.__dict__["_finder"] = made
    return made
