"""A record of the newsroom → a document of the index. The index holds nothing that the store does not.

Articles have fields of their own (`title`, `body`, `whole`), so that a plain query needs no filter and what stories and
facts say does not change how rare a word is among articles. All else that can be found has `name`, `said` and `part`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple

import tantivy

from shida.pack import Pack
from shida.pack.finding import find_names
from shida.records import (
    Appointment,
    Article,
    Award,
    Campaign,
    Case,
    Conference,
    Document,
    Edition,
    Event,
    Fact,
    Figure,
    First,
    Recall,
    Statement,
    Story,
    Theme,
)
from shida.store.search.answers import ARTICLE, EDITION, STORY, Hit
from shida.text.ngrams import fold, pairs, signed, wholes

VERSION = "4"
"""A change of what is written here makes every index be remade."""

STATE = "state"
"""`uid` of the document that says what the index was made from."""

PARAGRAPH = "\n"

WEIGHT = "weight"
"""The field an article's score is multiplied by; see `brevity`."""

SHORTEST, LONGEST, BREVITY = 50, 100_000, 0.2
"""Pairs of a text between which its length counts for its weight, and the power with which it does."""

NAMELESS = ("figure", "first", "statement", "appointment")
"""Facts that bear no name people look for: they are found by what they say, and stand beside no other search."""

EVIDENCE = 8
"""Sentences of a fact that are indexed; a document that is often cited has hundreds."""

Fields = dict[str, str | list[str]]
"""Fields of a document and their tokens."""


class Laid(NamedTuple):
    """A document, and the hit it leads to."""

    document: tantivy.Document
    hit: Hit


def make_schema() -> tantivy.Schema:
    """The fields of the index."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("uid", tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("kept", stored=True)
    builder.add_integer_field("at", fast=True)
    builder.add_float_field(WEIGHT, fast=True)
    for name in ("title", "body", "name", "said", "number", "origin"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for name in ("whole", "part", "signs"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in ("kind", "source", "topic", "year"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_text_field("authority", tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("day", indexed=True, fast=True)
    return builder.build()


def day_number(day: str | None) -> int:
    """An ISO date of any precision as a number that sorts; the first day where it is not precise, 0 where unknown.

    >>> day_number("2025-03-14T08:00:00+08:00"), day_number("2025"), day_number(None)
    (20250314, 20250101, 0)
    """
    digits = (day or "")[:10].replace("-", "")
    return int((digits + "0101"[len(digits) - 4 :]) if len(digits) >= 4 else 0) if digits.isdecimal() else 0


def brevity(length: int) -> float:
    """How many pairs a text has → the value of its WEIGHT.

    tantivy's BM25 takes three quarters of a text's length into account (b = 0.75, fixed). Words cut out of a text are
    likelier to come from one that holds little else; so short texts weigh a little more, with a power of their length
    and not by the average, which would move with every text that is added. tantivy multiplies by log2(2 + value).

    >>> [round(math.log2(2 + brevity(length)), 2) for length in (3, 50, 300, 3_000, 200_000)]
    [4.57, 4.57, 3.2, 2.02, 1.0]
    """
    weight = (LONGEST / min(max(length, SHORTEST), LONGEST)) ** BREVITY
    return math.exp2(weight) - 2


def uid(kind: str, record_id: str) -> str:
    """The name of a record in the index."""
    return f"{kind}:{record_id}"


def article_document(
    article: Article, topics: Sequence[str], numbers: Iterable[str], copy_of: str | None, pack: Pack
) -> Laid:
    """An article: title, body, and what it can be asked by; `numbers` are those of the documents it states."""
    notice = article.notice.number if article.notice is not None else None
    numbers = list(dict.fromkeys([*filter(None, [notice]), *numbers]))
    title, text = fold(article.title), fold(article.text)
    named = find_names(article.title + PARAGRAPH + article.text, pack, (article.published or "")[:10] or None)
    hit = Hit(
        id=article.id,
        kind=ARTICLE,
        title=article.title,
        published=article.published,
        url=article.url,
        articles=(article.id,),
        source=article.source,
        copy_of=copy_of,
    )
    body = pairs(text)
    found: Fields = {
        "title": " ".join(pairs(title)),
        "body": " ".join(body),
        "whole": " ".join(wholes(f"{title} {text}")),
        "signs": " ".join(chain.from_iterable(signed(f"{title}{PARAGRAPH}{text}"))),
        "number": " ".join(pairs(fold(" ".join(numbers)))),
        "authority": sorted({one.name.name for one in named if one.name.kind != "place"}),
    }
    return _document(hit, found, article.source, topics, weight=brevity(len(body)))


def story_document(story: Story, topics: Sequence[str]) -> Laid:
    """A story: its title and lead; its articles say the rest."""
    own = tuple(member.article for member in story.members if member.copy_of is None)
    hit = Hit(id=story.id, kind=STORY, title=story.title, published=story.last, articles=own)
    return _document(hit, _named(story.title, [story.lead]), None, topics)


def fact_document(fact: Fact) -> Laid:
    """A fact: what it is about, and the sentences that state it."""
    kind = str(fact.__struct_config__.tag)
    articles = tuple(dict.fromkeys(one.article for one in fact.evidence if one.article))
    hit = Hit(id=fact.id, kind=kind, title=fact_name(fact), published=fact.reported, articles=articles)
    said = [*_beside(fact), *(one.sentence for one in fact.evidence[:EVIDENCE])]
    found = _named(hit.title, said, known_by_name=kind not in NAMELESS)
    if isinstance(fact, Document):
        found["number"] = " ".join(pairs(fold(fact.number or "")))
        found["authority"] = sorted({*fact.issuers, *fact.drafters})
    return _document(hit, found, None, ())


def edition_document(edition: Edition) -> Laid:
    """An edition: its name and its entries."""
    articles = tuple(dict.fromkeys(article for entry in edition.entries for article in entry.articles))
    hit = Hit(id=edition.id, kind=EDITION, title=edition.name, published=edition.period.last, articles=articles)
    topics = (edition.field,) if edition.field else ()
    return _document(hit, _named(edition.name, [entry.title for entry in edition.entries]), None, topics)


def fact_name(fact: Fact) -> str:
    """What a person calls a fact, in one line.

    >>> fact_name(Figure(what="抽检批次", value=12, unit="万批次"))
    '抽检批次 12万批次'
    """
    match fact:
        case Document(title=title):
            return f"《{title}》"
        case Conference(name=name) | Campaign(name=name):
            return f"第{fact.edition}届{name}" if fact.edition and "第" not in name else name
        case Award(award=award):
            return award
        case Theme(name=name, value=value):
            return f"{name}：{value}"
        case Figure():
            value = "" if fact.value is None else f" {fact.value:,}{fact.unit or ''}".replace(",", "")
            change = "" if fact.change_percent is None else f" {fact.change_percent:+g}%"
            return f"{fact.what}{value}{change}"
        case Case():
            return " ".join(filter(None, [fact.authority, "、".join(fact.parties), fact.outcome])) or fact.case_type
        case Appointment():
            return " ".join(filter(None, [fact.person, fact.act, fact.office]))
        case Recall():
            return " ".join(filter(None, [fact.maker, fact.product]))
        case First(claim=claim):
            return claim
        case Statement():
            return f"{fact.speaker}：{fact.words}"
        case Event(what=what):
            return what


def _beside(fact: Fact) -> list[str]:
    """What else of a fact one may look for."""
    match fact:
        case Document():
            return [*fact.issuers, *fact.drafters, fact.number or ""]
        case Award():
            return list(fact.winners)
        case Campaign():
            return [*fact.by, *fact.parts]
        case Conference() | Event():
            return [fact.place or ""]
        case _:
            return []


def _named(name: str, said: Iterable[str], *, known_by_name: bool = True) -> Fields:
    name, text = fold(name), fold(PARAGRAPH.join(filter(None, said)))
    return {
        "name": " ".join(pairs(name)) if known_by_name else "",
        "said": " ".join(pairs(text if known_by_name else name + PARAGRAPH + text)),
        "part": " ".join(wholes(f"{name} {text}" if known_by_name else name)),
    }


def _document(
    hit: Hit, fields: Fields, source: str | None, topics: Sequence[str], *, weight: float | None = None
) -> Laid:
    """The document of `hit`, with what all kinds share; where the hit lies (`at`) is told by who keeps it."""
    day = day_number(hit.published)
    values: dict[str, object] = {
        **{name: value for name, value in fields.items() if value},
        "uid": uid(hit.kind, hit.id),
        "kind": hit.kind,
        "day": day,
        "topic": list(topics),
    }
    if weight is not None:
        values[WEIGHT] = weight
    if day:
        values["year"] = str(day // 10_000)
    if source:
        values["source"] = source
        values["origin"] = " ".join([*pairs(fold(source)), *wholes(fold(source))])
    return Laid(tantivy.Document(**values), hit)
