"""Fact → the characters it comes from: article, place, sentence, what stands around it, and what was restored in it."""

from __future__ import annotations

from shida.client.shapes import Origin, Proof
from shida.publish.addresses import article_file, safe_url
from shida.records import Article, Evidence, Fact
from shida.serve.api.library import Library
from shida.serve.api.shelf import Shelf

AROUND = 80
"""Characters shown on either side of a sentence."""

MAX_ORIGINS = 200
"""Articles looked into for one fact."""


def proof(library: Library, shelf: Shelf, fact: Fact) -> Proof:
    """Every place that states the fact, in the order of its evidence."""
    origins = [origin(library, shelf, one) for one in fact.evidence[:MAX_ORIGINS]]
    return Proof(fact=fact, origins=tuple(origins), as_of=shelf.as_of)


def origin(library: Library, shelf: Shelf, evidence: Evidence) -> Origin:
    """One piece of evidence beside the article it stands in."""
    name = evidence.article or ""
    article = library.newsroom.article(name) if name in shelf.articles else None
    if article is None:
        article = Article(id=name, page="")
    text = article.title if evidence.of == "title" else article.text
    exact = text[evidence.start : evidence.end] == evidence.sentence
    inside = tuple(
        repair
        for repair in article.repairs
        if repair.of == evidence.of and repair.start < evidence.end and repair.end > evidence.start
    )
    return Origin(
        article=name,
        of=evidence.of,
        start=evidence.start,
        end=evidence.end,
        sentence=evidence.sentence,
        exact=exact,
        before=text[max(0, evidence.start - AROUND) : evidence.start] if exact else "",
        after=text[evidence.end : evidence.end + AROUND] if exact else "",
        repairs=inside if exact else (),
        title=article.title,
        published=article.published,
        source=article.source,
        url=safe_url(article.url),
        page=f"/{article_file(name)}" if article.page else None,
        withdrawn=shelf.stock.withdrawn.get(name),
    )
