"""The names a newsroom can be asked for: found by their beginning, by pinyin, and by what is nearly written so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from tantivy import Query

from shida.records import Record
from shida.store.search.answers import EDITION
from shida.store.search.upkeep import SearchIndex, View
from shida.text.ngrams import fold, plain

TITLES = 4_000
"""Documents, campaigns, conferences and editions whose names are offered, those behind the most articles first."""

NAMED_KINDS = ("document", "campaign", "conference", "award", EDITION)
MAX_PREFIX = 40


class Suggestion(Record, frozen=True, kw_only=True):
    """A name to search for, and what it is: `authority`, `topic`, `document`, …"""

    text: str
    kind: str
    full: str | None = None
    """The full name, where `text` is a shorter one."""


class _Name(NamedTuple):
    shown: Suggestion
    written: str
    """Folded, letters and digits only."""


class Names:
    """The names of one view of the index, the packs' before the newsroom's own."""

    def __init__(self, view: View) -> None:
        self._names: list[_Name] = []
        self._read: list[tuple[str, str]] = []
        self._lengths: dict[int, list[tuple[int, frozenset[str]]]] = {}
        known: set[str] = set()
        for shown in (*_of_pack(view), *_of_newsroom(view)):
            written = plain(fold(shown.text))
            if written and written not in known:
                known.add(written)
                self._names.append(_Name(shown, written))

    def _readings(self) -> Iterator[tuple[_Name, str, str]]:
        """Each name with its initials and full pinyin, read where it is first asked for."""
        for place, name in enumerate(self._names):
            if place == len(self._read):
                self._read.append(_pinyin(name.written))
            yield name, *self._read[place]

    def suggest(self, prefix: str, limit: int = 8) -> tuple[Suggestion, ...]:
        """Names that begin so, in characters or pinyin, then names that hold it."""
        asked = plain(fold(prefix[:MAX_PREFIX]))
        if not asked:
            return ()
        first = [name.shown for name in self._names if name.written.startswith(asked)]
        first.sort(key=lambda shown: plain(fold(shown.text)) != asked)  # stable: the name itself before longer ones
        if len(first) < limit and asked.isascii() and asked.isalpha() and len(asked) > 1:
            first += [name.shown for name, *read in self._readings() if any(one.startswith(asked) for one in read)]
        if len(first) < limit:
            first += [name.shown for name in self._names if asked in name.written]
        return tuple(dict.fromkeys(first))[:limit]

    def _by_length(self) -> dict[int, list[tuple[int, frozenset[str]]]]:
        """Length → places of the names so long, with their characters; made where it is first asked for."""
        if not self._lengths:
            for place, name in enumerate(self._names):
                self._lengths.setdefault(len(name.written), []).append((place, frozenset(name.written)))
        return self._lengths

    def by_pinyin(self, typed: str) -> Suggestion | None:
        """The first name that is read so, or whose syllables begin with these letters."""
        typed = plain(typed)
        if len(typed) < 2:
            return None
        return next((name.shown for name, *read in self._readings() if typed in read and name.written != typed), None)

    def nearly(self, typed: str, limit: int = 3) -> list[Suggestion]:
        """Names that differ from what was typed in one character, or in two where it is long."""
        asked = plain(fold(typed))[:MAX_PREFIX]
        if len(asked) < 3:
            return []
        allowed = 1 if len(asked) < 6 else 2
        held = frozenset(asked)
        enough = len(held) - allowed
        near = []
        for size in range(len(asked) - allowed, len(asked) + allowed + 1):
            for place, characters in self._by_length().get(size, ()):
                if len(held & characters) >= enough:
                    distance = edits(asked, self._names[place].written, allowed)
                    if 0 < distance <= allowed:
                        near.append((distance, place))
        return [self._names[place].shown for _, place in sorted(near)[:limit]]


def names_of(view: View) -> Names:
    """The names, made once for each view of the index."""
    if "suggested" not in view.kept:
        view.kept["suggested"] = Names(view)
    names: Names = view.kept["suggested"]
    return names


def suggest(index: SearchIndex, prefix: str, limit: int = 8) -> tuple[Suggestion, ...]:
    """Names to search for that begin with what is typed so far: bodies, topics, documents, campaigns, editions."""
    return names_of(index.view).suggest(prefix, max(1, min(limit, 20)))


def edits(one: str, other: str, most: int) -> int:
    """How many characters must be changed, put in or left out to make one of the other; `most` + 1 where more.

    >>> edits("市场监管总局", "市场临管总局", 2), edits("甲乙丙", "丁戊己", 2)
    (1, 3)
    """
    row = list(range(len(other) + 1))
    for place, char in enumerate(one, 1):
        before, row[0] = row[0], place
        for column, against in enumerate(other, 1):
            before, row[column] = row[column], min(row[column] + 1, row[column - 1] + 1, before + (char != against))
        if min(row) > most:
            return most + 1
    return row[-1]


def _pinyin(written: str) -> tuple[str, str]:
    """Initials and full pinyin; Latin letters and digits stand for themselves.

    >>> _pinyin("质量iso")
    ('zliso', 'zhiliangiso')
    """
    from pypinyin import Style, pinyin  # 0.1 s: only where Latin letters are typed

    as_they_are: Any = list
    syllables = [one for (one, *_) in pinyin(written, style=Style.NORMAL, errors=as_they_are)]
    return "".join(one[:1] for one in syllables), "".join(syllables)


def _of_pack(view: View) -> Iterator[Suggestion]:
    fields = view.pack.fields
    for name in (*(one.name for one in fields.fields), *(one.name for one in fields.topics)):
        yield Suggestion(text=name, kind="topic")
    for entry in view.pack.names.names:
        if entry.until or entry.kind == "place":
            continue
        for called in (entry.name, *entry.aliases):
            yield Suggestion(text=called, kind=entry.kind, full=entry.name if called != entry.name else None)


def _of_newsroom(view: View) -> Iterable[Suggestion]:
    wanted = Query.term_set_query(view.schema, "kind", list(NAMED_KINDS))
    found = view.searcher.search(wanted, 4 * TITLES, count=False, order_by_field="day")
    hits = view.hits([address for _, address in found.hits])
    hits.sort(key=lambda hit: -len(hit.articles))  # stable: the newest first among equals
    return [Suggestion(text=hit.title.strip("《》"), kind=hit.kind) for hit in hits[:TITLES]]
