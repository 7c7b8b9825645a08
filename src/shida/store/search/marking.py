"""Where a hit holds what was asked: spans in its title, and the piece of its text that holds most."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import msgspec
from sqlalchemy import select

from shida.store import schema
from shida.store.newsroom import Newsroom
from shida.store.search.answers import ARTICLE, EDITION, STORY, Answer, Hit, Mark, Passage
from shida.text.ngrams import fold

PIECE = 140
"""Code points of a text that are shown."""

BEFORE = 30
"""How many of them may stand before the first mark."""


class _Text(msgspec.Struct):
    """What is read of an article's record."""

    text: str = ""


class _Lead(msgspec.Struct):
    """What is read of a story's record."""

    lead: str = ""


_ONLY_TEXT = msgspec.json.Decoder(_Text)
_ONLY_LEAD = msgspec.json.Decoder(_Lead)

MAX_MARKS = 200
LOOKED_AT = 200_000
"""Code points of a text that are looked through for the best piece."""
_STOPS = "。！？；\n"
_RUN = re.compile(r"[0-9a-z]+|[^\W_0-9a-z]+")


def passages(newsroom: Newsroom, answer: Answer) -> dict[str, Passage]:
    """`kind:id` → title marks and a piece of text, for every hit of the answer; the text is read from the store.

    What stands beside the hits (`also`) has marks in its title only.
    """
    articles = _texts(newsroom, [_speaks(hit) for hit in answer.hits])
    leads = _leads(newsroom, [hit.id for hit in answer.hits if hit.kind == STORY])
    found = {f"{hit.kind}:{hit.id}": Passage(title=find_marks(hit.title, answer.terms)) for hit in answer.also}
    for hit in answer.hits:
        text = leads.get(hit.id, "") if hit.kind == STORY else articles.get(_speaks(hit), "")
        start, end, marks = _piece(text, find_marks(text[:LOOKED_AT], answer.terms))
        title = find_marks(hit.title, answer.terms)
        found[f"{hit.kind}:{hit.id}"] = Passage(title=title, text=text[start:end], marks=marks, start=start)
    return found


def _speaks(hit: Hit) -> str:
    """The article whose text stands under a hit: its own, or the first that states the fact."""
    if hit.kind in (STORY, EDITION):
        return ""
    return hit.id if hit.kind == ARTICLE else next(iter(hit.articles), "")


def _leads(newsroom: Newsroom, ids: Sequence[str]) -> dict[str, str]:
    """The leads of these stories, in one question."""
    if not ids:
        return {}
    query = select(schema.story.c.id, schema.story.c.record).where(schema.story.c.id.in_(sorted(set(ids))))
    with newsroom._engine.connect() as db:
        return {row.id: _ONLY_LEAD.decode(row.record).lead for row in db.execute(query)}


def _texts(newsroom: Newsroom, ids: Sequence[str]) -> dict[str, str]:
    """The texts of these articles, in one question."""
    if not any(ids):
        return {}
    table = schema.article
    query = select(table.c.id, table.c.record).where(table.c.id.in_(sorted(set(ids))), table.c.current)
    with newsroom._engine.connect() as db:
        return {row.id: _ONLY_TEXT.decode(row.record).text for row in db.execute(query)}


def find_marks(text: str, terms: Sequence[str]) -> tuple[Mark, ...]:
    """Where the (folded) terms stand in `text`: code points of it, left to right, none within another.

    Punctuation between the parts of a term may differ; a Latin word or number is marked whole only.

    >>> find_marks("國辦發〔2025〕16號文", ("国办发[2025]16号",))
    (Mark(start=0, end=12),)
    >>> find_marks("GDP和xGDP", ("gdp",))
    (Mark(start=0, end=3),)
    """
    pattern = _pattern(tuple(terms))
    if pattern is None or not text:
        return ()
    folded = fold(text)
    places = range(len(text) + 1) if len(folded) == len(text) else _places(text)
    spans: list[tuple[int, int]] = []
    for match in pattern.finditer(folded):
        start, end = places[match.start(1)], places[match.end(1)]
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
        if len(spans) >= MAX_MARKS:
            break
    return tuple(Mark(start=start, end=end) for start, end in spans)


@lru_cache(maxsize=256)
def _pattern(terms: tuple[str, ...]) -> re.Pattern[str] | None:
    """Any of the terms, the longest first, also where two overlap."""
    forms = []
    for term in sorted(set(terms), key=lambda term: (-len(term), term)):
        runs = _RUN.findall(term)
        if not runs:
            continue
        form = r"[\W_]{0,6}".join(map(re.escape, runs))  # bounded: linear
        if len(runs) == 1 and runs[0].isascii():
            form = rf"(?<![0-9a-z]){form}(?![0-9a-z])"
        forms.append(form)
    return re.compile(f"(?=({'|'.join(forms)}))") if forms else None


def _places(text: str) -> list[int]:
    """Place in the folded text → place in the text, where folding changes the length."""
    found = []
    for place, char in enumerate(text):
        found += [place] * len(fold(char))
    return [*found, len(text)]


def _piece(text: str, marks: Sequence[Mark]) -> tuple[int, int, tuple[Mark, ...]]:
    """Start and end of the piece that holds the most of the marks, and those marks counted from its start."""
    best, most = 0, 0
    last = 0
    for first, mark in enumerate(marks):  # two fingers: each mark is passed twice
        last = max(last, first)
        while last < len(marks) and marks[last].end <= mark.start + PIECE - BEFORE:
            last += 1
        if last - first > most:
            best, most = first, last - first
    start = max(0, marks[best].start - BEFORE) if marks else 0
    if start:
        stop = max(text.rfind(sign, start, marks[best].start) for sign in _STOPS)
        start = stop + 1 if stop >= 0 else start
    end = min(len(text), start + PIECE)
    inside = (Mark(start=m.start - start, end=m.end - start) for m in marks if start <= m.start and m.end <= end)
    return start, end, tuple(inside)
