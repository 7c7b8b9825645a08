"""Pack → what is wrong in its lists, in words: what holds across files, which reading them one by one cannot see."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from shida.pack.documents import Documents, read_law, short_title
from shida.pack.figures import Figures
from shida.pack.happenings import Happenings
from shida.pack.loading import MEND, Pack
from shida.pack.names import Names

STAGES = ("drafted", "consulted", "adopted", "signed", "issued", "in_force", "amended", "repealed")
"""What an act on a document may be."""


def check_pack(pack: Pack) -> tuple[str, ...]:
    """Findings with the file and what to do, in a fixed order; none where all is well.

    >>> from shida.pack import load_packs
    >>> check_pack(load_packs())
    ()
    """
    checks: tuple[tuple[str, Callable[[], Iterable[str]]], ...] = (
        ("names", lambda: _names(pack.names)),
        ("documents", lambda: _documents(pack.documents)),
        ("figures", lambda: _figures(pack.figures)),
        ("happenings", lambda: _happenings(pack.happenings)),
    )
    return tuple(f"{section}.toml: {finding}. {MEND}" for section, check in checks for finding in check())


def _names(names: Names) -> Iterator[str]:
    known = {entry.name for entry in names.listed}
    for entry in names.names:
        for role, other in (("parent", entry.parent), ("successor", entry.successor)):
            if other is not None and other not in known:
                yield f"the {role} of {entry.name}, {other}, is no name"
        if entry.since and entry.until and entry.until < entry.since[: len(entry.until)]:
            yield f"{entry.name} ends before it begins"
        if entry.rank not in (1, 2, 3, 4, 5):
            yield f"{entry.name} has no rank from 1 to 5"
    for called, entries in names.by_word.items():
        spans = sorted((entry.since or "", entry.until or "9999") for entry in entries)
        if any(end >= start for (_, end), (start, _) in pairwise(spans)):
            yield f"{called} means two bodies on one day"


def _documents(documents: Documents) -> Iterator[str]:
    for act in documents.acts:
        if act.stage not in STAGES:
            yield f"the stage {act.stage!r} of {act.word} is none of {', '.join(STAGES)}"
    yield from _twice("act", (act.word for act in documents.acts))
    titles: list[str] = []
    for line in documents.lists.get("laws", ()):
        try:
            titles.append(short_title(read_law(line).title))
        except ValueError as error:
            yield str(error)
    yield from _twice("law", titles)


def _figures(figures: Figures) -> Iterator[str]:
    units = (*figures.money, *figures.measures, *figures.counters)
    yield from _twice("unit", units)
    for unit in figures.not_after_unit:
        if unit not in units:
            yield f"{unit} has words that may not follow it and is no unit"


def _happenings(happenings: Happenings) -> Iterator[str]:
    yield from _twice("name of a series", (w for one in happenings.series for w in (one.name, *one.aliases)))
    yield from _twice("word for a product", (word for words in happenings.products.values() for word in words))
    for name, words in happenings.products.items():
        if not words:
            yield f"the class {name} has no word"


def _twice(what: str, words: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for word in words:
        if word in seen:
            yield f"the {what} {word} stands twice"
        seen.add(word)
