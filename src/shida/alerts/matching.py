"""A saved query → everything that matches it now, or why it cannot be saved. The search's own parser and answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from shida.errors import SettingsError
from shida.store.search import Answer, Filters, Hit, SearchIndex, search
from shida.store.search.asking import MAX_LIMIT, MAX_OFFSET
from shida.store.search.parsing import parse

MOST = MAX_OFFSET + MAX_LIMIT
"""Hits one search can be paged through; more are asked for in stretches of days."""

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)

UNSURE = frozenset({"near"})
"""Hints that speak of the answer of today and not of the query."""


class Matches(NamedTuple):
    """What matches."""

    hits: tuple[Hit, ...]
    terms: tuple[str, ...]
    """What is to be marked in texts, folded."""
    whole: bool
    """False where there are so many that some, of one day or without a date, could not be reached."""


def checked_query(query: str) -> str:
    """The query as it is kept; SettingsError in the search's own words where a part of it would be left out.

    >>> checked_query("  机构:市监总局   召回 ")
    '机构:市监总局 召回'
    >>> checked_query("日期:昨天 召回")
    Traceback (most recent call last):
    shida.errors.SettingsError: 看不懂日期“昨天”；可写 2025、2025-03、2025-01..2025-03 或 十四五。 Correct the query; try it with: shida search
    """  # noqa: E501  # one message
    query = " ".join("".join(char if char.isprintable() else " " for char in query).split())
    asked = parse(query)
    if asked.hints or not asked.groups:
        words = " ".join(hint.words for hint in asked.hints) or "查询里没有文字或数字。"
        raise SettingsError(f"{words} Correct the query; try it with: shida search")
    return query


def remarks(index: SearchIndex, query: str, *, saving: bool = False) -> list[str]:
    """What the search has to say of a query that can be saved: a body or topic it does not know, pinyin it resolved.

    When `saving`, SettingsError for pinyin: it is resolved only while no text holds the letters, and would fall silent.
    """
    hints = search(index, query, limit=1).hints
    if saving and (resolved := [hint.words for hint in hints if hint.code == "pinyin"]):
        raise SettingsError(
            f"{' '.join(resolved)} Write the name itself: letters are resolved only until a text has them."
        )
    return [hint.words for hint in hints if hint.code not in UNSURE]


def matches(index: SearchIndex, query: str) -> Matches:
    """Everything that holds all that is asked for, of the kind asked for; what only comes near does not count.

    Where more match than a search can be paged through, stretches of days are asked for one by one.
    """
    first = search(index, query, limit=MAX_LIMIT)
    if first.near:
        return Matches((), first.terms, True)
    hits = {_uid(hit): hit for hit in _paged(index, query, None, first)}
    whole = first.found <= MOST
    if not whole:
        stretches = [(FIRST_DAY, LAST_DAY)]
        whole = True
        dated = 0
        while stretches:
            start, end = stretches.pop()
            filters = Filters(first=start.isoformat(), last=end.isoformat())
            answer = search(index, query, filters=filters, limit=MAX_LIMIT)
            if answer.near or not answer.found:
                continue
            if answer.found > MOST and start < end:
                middle = date.fromordinal((start.toordinal() + end.toordinal()) // 2)
                stretches += [(start, middle), (date.fromordinal(middle.toordinal() + 1), end)]
                continue
            whole &= answer.found <= MOST
            dated += answer.found
            hits.update((_uid(hit), hit) for hit in _paged(index, query, filters, answer))
        whole &= first.found - dated <= sum(max(1, len(one.articles)) for one in hits.values() if one.published is None)
    return Matches(tuple(hits[uid] for uid in sorted(hits)), first.terms, whole)


def _paged(index: SearchIndex, query: str, filters: Filters | None, answer: Answer) -> Iterator[Hit]:
    while True:
        yield from answer.hits
        if answer.following is None or answer.following > MAX_OFFSET:
            return
        answer = search(index, query, filters=filters, limit=MAX_LIMIT, offset=answer.following)


def _uid(hit: Hit) -> str:
    return f"{hit.kind}:{hit.id}"
