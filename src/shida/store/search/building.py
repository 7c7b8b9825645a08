"""Asked → tantivy queries: the exact one, and the one for what comes near."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import tantivy
from tantivy import Occur, Query

from shida.store.search.answers import ARTICLE, Filters, Hint
from shida.store.search.layout import day_number
from shida.store.search.parsing import Asked, Term
from shida.store.search.upkeep import View
from shida.text.ngrams import fold, pairs, signed, wholes

TITLE_WEIGHT = 0.3
"""How much a title's match adds to the body's. More moves the text that holds a rare cut-out down (measured)."""

SIGN_WEIGHT = 2.0
"""How much more than its words a sign that was typed counts: it was cut out with them (fragments with signs, MRR@10:
.564, .567, .568 at 1, 2, 3). More would let a text full of that sign pass one full of the words."""

NAME_WEIGHT = 3.0
"""The same for stories and facts, which are found by name before all."""

NEAR_SHARE = 0.5
"""How many of the pairs asked for a text must hold to be called near."""

MAX_NEAR_PAIRS = 48

Side = Literal["article", "other"]
_TITLE: dict[Side, str] = {"article": "title", "other": "name"}
_BODY: dict[Side, str] = {"article": "body", "other": "said"}
_WHOLE: dict[Side, str] = {"article": "whole", "other": "part"}


class Builder:
    """Builds the queries of one search; `hints` says what it could not take as it was meant."""

    def __init__(self, view: View, asked: Asked, filters: Filters) -> None:
        self.view = view
        self.schema = view.schema
        self.asked = asked
        self.filters = filters
        self.hints: list[Hint] = []

    def exact(self, side: Side, kinds: Sequence[str] = ()) -> Query | None:
        """What holds all that was asked for; None where nothing was asked for in words (list by day instead)."""
        parts: list[tuple[Occur, Query]] = []
        for group in self.asked.groups:
            wanted = [self.term(term, side) for term in group if term.field != "kind"]
            if wanted:
                query = wanted[0] if len(wanted) == 1 else Query.boolean_query([(Occur.Should, one) for one in wanted])
                parts.append((Occur.MustNot if group[0].without else Occur.Must, query))
        scored = any(occur == Occur.Must for occur, _ in parts) and bool(self.asked.terms("text", "title", "number"))
        if not scored:
            return None
        parts += [(Occur.Should, one) for one in self.as_typed(side)]
        parts += [(Occur.Must, _silent(one)) for one in self.narrowing(side, kinds)]
        sided = any(all(t.field in ("text", "title") and not t.without for t in group) for group in self.asked.groups)
        if not sided and not kinds:  # only words and titles have fields of their own on each side
            article = Query.term_query(self.schema, "kind", ARTICLE, "basic")
            parts.append((Occur.Must, _silent(article)) if side == "article" else (Occur.MustNot, article))
        return parts[0][1] if len(parts) == 1 and parts[0][0] == Occur.Must else Query.boolean_query(parts)

    def as_typed(self, side: Side) -> list[Query]:
        """What lifts a text that holds the query just as it was typed: its words without a gap, and its signs."""
        typed, found = self.asked.typed, []
        if side == "other" or not typed or typed.isalnum():
            return []
        if len(self.asked.groups) > 1 and (tokens := pairs("".join(typed.split()))):
            found.append(self._phrase(tokens, "body", each=True))
        for around in signed(typed):
            sign = Query.term_query(self.schema, "signs", around[-1], "freq")
            found.append(Query.boost_query(sign, SIGN_WEIGHT))
        return found

    def named(self) -> Query | None:
        """Stories, facts and editions that bear all the words asked for in their names; None where there are none."""
        parts: list[tuple[Occur, Query]] = []
        for group in self.asked.groups:
            if any(term.field not in ("text", "title", "date") for term in group):
                return None
            wanted = [
                self._held(t.value, "name", "part") if t.field != "date" else self.term(t, "other") for t in group
            ]
            query = wanted[0] if len(wanted) == 1 else Query.boolean_query([(Occur.Should, one) for one in wanted])
            parts.append((Occur.MustNot if group[0].without else Occur.Must, query))
        if not self.asked.terms("text", "title") or self.filters != Filters():
            return None
        return parts[0][1] if len(parts) == 1 else Query.boolean_query(parts)

    def listed(self, side: Side, kinds: Sequence[str] = ()) -> Query:
        """The same without words: only operators and filters, for a list by day."""
        parts: list[tuple[Occur, Query]] = []
        for group in self.asked.groups:
            wanted = [(Occur.Should, self.term(term, side)) for term in group if term.field != "kind"]
            if wanted:
                parts.append((Occur.MustNot if group[0].without else Occur.Must, Query.boolean_query(wanted)))
        kinds = kinds or ((ARTICLE,) if side == "article" else ())
        parts += [(Occur.Must, one) for one in self.narrowing(side, kinds)]
        if not any(occur == Occur.Must for occur, _ in parts):
            parts.append((Occur.Must, Query.range_query(self.schema, "day", tantivy.FieldType.Integer, 0)))
        return Query.boolean_query(parts)

    def near(self, side: Side, kinds: Sequence[str] = ()) -> Query | None:
        """What holds most of the words asked for, all operators kept; None where there are no words to loosen."""
        seen: dict[str, Query] = {}
        for term in self.asked.terms("text"):
            for pair in pairs(term.value):
                if len(seen) < MAX_NEAR_PAIRS and pair not in seen:
                    seen[pair] = self._either(pair, side)
            for word in wholes(term.value):
                if (word.isascii() and len(word) > 1) or len(term.value) == 1:
                    seen.setdefault(f" {word}", Query.term_query(self.schema, _WHOLE[side], word, "freq"))
        if len(seen) < 2:
            return None
        least = max(1, int(len(seen) * NEAR_SHARE))
        words = Query.boolean_query([(Occur.Should, one) for one in seen.values()], minimum_number_should_match=least)
        parts = [(Occur.Must, words)]
        for group in self.asked.groups:
            kept = [(Occur.Should, self.term(term, side)) for term in group if term.field not in ("text", "kind")]
            if group[0].without:
                parts += [(Occur.MustNot, self.term(term, side)) for term in group if term.field != "kind"]
            elif kept and len(kept) == len(group):
                parts.append((Occur.Must, _silent(Query.boolean_query(kept))))
        parts += [(Occur.Must, _silent(one)) for one in self.narrowing(side, kinds)]
        return Query.boolean_query(parts)

    def narrowing(self, side: Side, kinds: Sequence[str]) -> list[Query]:
        """The filters as queries."""
        filters = self.filters
        found = []
        if kinds:
            found.append(Query.term_set_query(self.schema, "kind", list(kinds)))
        for field, value in (("source", filters.source), ("topic", filters.topic), ("year", filters.year)):
            if value:
                found.append(Query.term_query(self.schema, field, value, "basic"))
        if filters.first or filters.last:
            last = day_number(filters.last) or 99_999_999
            found.append(self._days(day_number(filters.first) or 1, last))
        return found

    def term(self, term: Term, side: Side) -> Query:
        """One term."""
        match term.field:
            case "title":
                return self._held(term.value, _TITLE[side], _WHOLE[side])
            case "source":
                return self._held(term.value, "origin", "origin")
            case "number":
                number = self._held(term.value, "number", "number")
                if not _whole_number(term.value):  # 2025 or 16号 stand in many a text that is about no document
                    return number
                return Query.boolean_query([(Occur.Should, number), (Occur.Should, self.text(term.value, side))])
            case "date":
                return self._days(term.first, term.last)
            case "authority":
                name = self.view.full_name(term.value)
                if name is not None:
                    return Query.term_query(self.schema, "authority", name, "basic")
                self._hint("no_name", f"不认识机构“{term.value}”；已按原词查找。", term.value)
                return self.text(term.value, side)
            case "topic":
                known = self._topic(term.value)
                if known is not None:
                    return Query.term_query(self.schema, "topic", known, "basic")
                self._hint("no_topic", f"没有叫“{term.value}”的主题；已按原词查找。", term.value)
                return self.text(term.value, side)
            case _:
                return self.text(term.value, side)

    def text(self, value: str, side: Side) -> Query:
        """Words as they stand, one after the other, in title or body."""
        alone = wholes(value)
        if len(alone) == 1 and not (alone[0].isascii() and len(value) > 1 and self._unheard(alone[0])):
            # a character, a word or a number: found whole; in a longer one only where it never stands alone
            return Query.term_query(self.schema, _WHOLE[side], alone[0], "freq")
        tokens = pairs(value)
        if not tokens:
            return Query.empty_query()
        return self._in_both(tokens, side)

    def _unheard(self, word: str) -> bool:
        return not any(self.view.searcher.doc_freq(field, word) for field in ("whole", "part"))

    def _in_both(self, tokens: list[str], side: Side) -> Query:
        weight = TITLE_WEIGHT if side == "article" else NAME_WEIGHT
        title = Query.boost_query(self._phrase(tokens, _TITLE[side]), weight)
        return Query.boolean_query([(Occur.Should, self._phrase(tokens, _BODY[side])), (Occur.Should, title)])

    def _either(self, pair: str, side: Side) -> Query:
        return self._in_both([pair], side)

    def _held(self, value: str, field: str, whole: str) -> Query:
        tokens = pairs(value)
        if tokens:
            return self._phrase(tokens, field)
        alone = wholes(value)
        return Query.term_query(self.schema, whole, alone[0], "freq") if alone else Query.empty_query()

    def _phrase(self, tokens: list[str], field: str, *, each: bool = False) -> Query:
        """The pairs in this order. Every second one, and the last, say all but whether there is a gap."""
        if len(tokens) == 1:
            return Query.term_query(self.schema, field, tokens[0], "freq")
        last = len(tokens) - 1
        return Query.phrase_query(
            self.schema,
            field,
            [(place, one) for place, one in enumerate(tokens) if each or not place % 2 or place == last],
        )

    def _days(self, first: int, last: int) -> Query:
        return Query.range_query(self.schema, "day", tantivy.FieldType.Integer, first, last)

    def _topic(self, called: str) -> str | None:
        fields = self.view.pack.fields
        called_so = [*(one.name for one in fields.topics), *(one.name for one in fields.fields)]
        return next((name for name in called_so if fold(name) == called), None)

    def _hint(self, code: Literal["no_name", "no_topic"], words: str, about: str) -> None:
        hint = Hint(code=code, words=words, about=about)
        if hint not in self.hints:
            self.hints.append(hint)


def _whole_number(value: str) -> bool:
    """Whether what was typed can only be a document's number: who issued it, and which.

    >>> _whole_number("国办发[2025]16号"), _whole_number("2025"), _whole_number("16号")
    (True, False, False)
    """
    return sum(map(str.isalpha, value)) >= 3 and any(map(str.isdigit, value))


def _silent(query: Query) -> Query:
    """The query without a say in the order."""
    return Query.const_score_query(query, 0.0)
