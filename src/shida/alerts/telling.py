"""What matched → News: its title, its place, and the sentence that holds what was asked, to the character."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from shida.publish.addresses import article_file, edition_file, safe_url, story_file
from shida.records import Article, Evidence, Fact, News
from shida.records.watches import Happened
from shida.store import Newsroom
from shida.store.search import Hit, find_marks
from shida.store.search.answers import ARTICLE, EDITION, STORY
from shida.store.search.layout import fact_name
from shida.text.ngrams import fold
from shida.text.sentences import sentence_spans

LONGEST_SENTENCE = 240
"""Code points of a sentence that are told; a longer one is cut around what was asked."""
BEFORE = 60
LONGEST_TITLE = 200
LOOKED_AT = 200_000
"""Code points of a text that are looked through."""
LOOKED_IN = 20
"""Articles behind a fact whose sentences are looked through."""


def news_of(newsroom: Newsroom, hit: Hit, terms: Sequence[str], what: Happened, why: str = "") -> News:
    """What is told of a hit."""
    own = News(
        what=what,
        kind=hit.kind,
        id=hit.id,
        title=(hit.title or "（无题）")[:LONGEST_TITLE],
        published=hit.published,
        source=hit.source,
        page=page_of(hit.kind, hit.id, hit.articles),
        url=safe_url(hit.url),
        why=why,
    )
    match hit.kind:
        case "article":
            article = newsroom.article(hit.id)
            return own if article is None else _with_place(own, article, place_of(article, terms))
        case "story":
            story = newsroom.story(hit.id)
            return own if story is None else replace(own, sentence=story.lead[:LONGEST_SENTENCE])
        case "edition":
            return own
    return _fact_news(newsroom, own, hit, terms)


def page_of(kind: str, record_id: str, articles: Sequence[str]) -> str:
    """Where something stands in the site: its own page, or that of the first article behind it.

    >>> page_of("story", "s-1", ()), page_of("document", "f-1", ("a-1",))
    ('story/s-1.html', 'article/a-1.html#f-1')
    """
    if kind == ARTICLE:
        return article_file(record_id)
    if kind == STORY:
        return story_file(record_id)
    if kind == EDITION:
        return edition_file(record_id)
    return f"{article_file(articles[0])}#{record_id}" if articles else ""


def place_of(article: Article, terms: Sequence[str]) -> Evidence:
    """The first sentence of an article that holds the most different things asked for; else its title where that
    holds any, else the first.

    `text[start:end] == sentence`, whatever was cut off.
    """
    text = article.text[:LOOKED_AT]
    marks = find_marks(text, terms)
    spans = sentence_spans(text)
    best, most = (spans[0].start, spans[0].end) if spans else (0, 0), 0
    place = 0
    for span in spans:
        while place < len(marks) and marks[place].start < span.start:
            place += 1
        inside = place
        while inside < len(marks) and marks[inside].end <= span.end:
            inside += 1
        held = len({fold(text[mark.start : mark.end]) for mark in marks[place:inside]})
        if held > most:
            best, most = (span.start, span.end), held
            if span.end - span.start > LONGEST_SENTENCE:
                best = (max(span.start, marks[place].start - BEFORE), span.end)
    if not most and (of_title := find_marks(article.title, terms)):
        start = max(0, of_title[0].start - BEFORE)
        end = min(len(article.title), start + LONGEST_SENTENCE)
        return Evidence(article=article.id, of="title", start=start, end=end, sentence=article.title[start:end])
    start, end = best[0], min(best[1], best[0] + LONGEST_SENTENCE)
    return Evidence(article=article.id, of="text", start=start, end=end, sentence=text[start:end])


def _fact_news(newsroom: Newsroom, own: News, hit: Hit, terms: Sequence[str]) -> News:
    """With the sentence that states the fact; of several, the one that holds most of what was asked."""
    stated: list[Fact] = newsroom.watches.facts_of(hit.kind, hit.articles[:LOOKED_IN])
    same = [one for one in stated if one.id == hit.id] or [one for one in stated if fact_name(one) == hit.title]
    places = [evidence for fact in same for evidence in fact.evidence]
    if not places:
        return own
    most = max(
        places, key=lambda one: len(find_marks(one.sentence[:LOOKED_AT], terms))
    )  # max takes the first of equals
    article = newsroom.article(most.article) if most.article else None
    if article is None:
        return own
    end = min(most.end, most.start + LONGEST_SENTENCE)
    cut = Evidence(
        article=article.id, of=most.of, start=most.start, end=end, sentence=most.sentence[: end - most.start]
    )
    told = _with_place(own, article, cut)
    return replace(told, source=article.source, url=safe_url(article.url))


def _with_place(own: News, article: Article, place: Evidence) -> News:
    return replace(
        own,
        sentence=place.sentence,
        article=article.id,
        of=place.of,
        start=place.start,
        end=place.end,
        kept=article.page,
    )
