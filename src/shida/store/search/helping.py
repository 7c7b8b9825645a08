"""Where nothing was found: the same query in other words that do find something."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from shida.store.search.answers import Filters, Try
from shida.store.search.building import Builder
from shida.store.search.naming import names_of
from shida.store.search.parsing import Asked, Term, written
from shida.store.search.upkeep import View
from shida.text.ngrams import wholes

MAX_TRIES = 4

SPLIT = 4
"""A word of so many characters is not taken apart: nearly everything holds them all somewhere."""


def tries(view: View, asked: Asked, filters: Filters) -> tuple[Try, ...]:
    """Queries near to the one that found nothing, each of which finds an article, with how many."""
    found: list[Try] = []
    seen = {written(asked)}
    for words, other, narrowed in _others(view, asked, filters):
        query = written(other)
        if query in seen or not other.groups:
            continue
        seen.add(query)
        count = _count(view, other, narrowed)
        if count:
            found.append(Try(query=query, words=f"{words}（{count} 篇）"))
        if len(found) == MAX_TRIES:
            break
    return tuple(found)


def _others(view: View, asked: Asked, filters: Filters) -> Iterator[tuple[str, Asked, Filters]]:
    groups = asked.groups
    names = names_of(view)
    for place, group in enumerate(groups):  # a slip of the hand first
        for term in group:
            if term.field in ("text", "authority", "topic", "title") and not term.without:
                for name in names.nearly(term.value):
                    yield "是不是要找", _with(asked, place, (replace(term, value=name.text, quoted=False),)), filters
    for place, group in enumerate(groups):
        yield from _looser(asked, place, group, filters)
    if any(term.quoted for group in groups for term in group):
        yield "不加引号", Asked(groups=tuple(one for group in groups for one in _unquoted(group))), filters
    for place, group in enumerate(groups):
        if group[0].field not in ("text",) or group[0].without:
            yield f"去掉“{written(Asked(groups=(group,)))}”", _with(asked, place, None), filters
    plain = tuple(group for group in groups if group[0].field == "text" and not group[0].without)
    if len(plain) > 1:
        for place, group in enumerate(groups):
            if group in plain:
                yield f"去掉“{written(Asked(groups=(group,)))}”", _with(asked, place, None), filters
    if filters != Filters():
        yield "去掉筛选", replace(asked, hints=()), Filters()


def _looser(
    asked: Asked, place: int, group: tuple[Term, ...], filters: Filters
) -> Iterator[tuple[str, Asked, Filters]]:
    """A word that nothing holds in its parts, and what an operator asked for as a plain word."""
    for term in group:
        if term.without or term.field in ("date", "kind"):
            continue
        if term.field != "text":
            yield "不限在哪里", _with(asked, place, (replace(term, field="text"),)), filters
        parts = wholes(term.value)[:SPLIT]
        parts = [one for one in parts if not any(one != other and other in one for other in parts)]
        if term.field == "text" and 1 < len(parts) < SPLIT:
            split = tuple((replace(term, value=one, quoted=False),) for one in dict.fromkeys(parts))
            yield "拆开来找", Asked(groups=(*asked.groups[:place], *split, *asked.groups[place + 1 :])), filters


def _with(asked: Asked, place: int, group: tuple[Term, ...] | None) -> Asked:
    """The same with another group at `place`, or without it."""
    return Asked(groups=(*asked.groups[:place], *([group] if group else []), *asked.groups[place + 1 :]))


def _unquoted(group: tuple[Term, ...]) -> list[tuple[Term, ...]]:
    if len(group) > 1 or not group[0].quoted or group[0].without:
        return [tuple(replace(term, quoted=False) for term in group)]
    return [(replace(group[0], value=word, quoted=False),) for word in group[0].value.split()]


def _count(view: View, asked: Asked, filters: Filters) -> int:
    builder = Builder(view, asked, filters)
    query = builder.exact("article") or builder.listed("article")
    return int(view.searcher.search(query, 1).count)  # type: ignore[attr-defined]  # the stub leaves it out
