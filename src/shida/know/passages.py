"""Article → the sentences facts are looked for in, each with the day it was reported."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Literal

from shida.pack import Pack
from shida.pack.finding import FoundName, find_names
from shida.records import Article, Evidence, Item
from shida.text.dates import FoundDate, find_dates
from shida.text.sentences import sentence_spans

LONGEST_SENTENCE = 1200
"""Code points; what is longer is no sentence (a table, a text without full stops) and is read in pieces at commas."""

LINE_HEAD = 8
"""Code points by which a sentence is known for a line of a list page."""

_DATED = re.compile(r"[（(\[]?(\d{4}-\d{2}-\d{2})[)）\]]?\s*\Z")
_DATE_ENDS = frozenset(")）]0123456789")
_MAY_DATE = re.compile(
    r"[年月日天晚晨夜周星./－／．-](?:(?<=[\d〇○Ｏ零一二三四五六七八九十][年月日])|(?<=[ \t\u00a0\u3000][年月日])"
    r"|(?<=[前去上下今本明后同当當次翌昨][年月日天晚晨夜])|(?<=个月)|(?<=[本这上下][周星])|(?<=\d{4}.))"
)
"""What every date of `find_dates` holds; a look for it spares most sentences the search."""
_TRUNCATED = re.compile(r"(?:…|\.{3,6}|⋯)\s*\Z")


class Passage:
    """One sentence of an article: `whole[start:end] == sentence`, all offsets code points."""

    def __init__(
        self, article: Article, of: Literal["text", "title"], start: int, end: int, pack: Pack, line: Item | None = None
    ) -> None:
        """`start` and `end` are of the article's text or title; `pack` finds the names; `line` is the item it is."""
        self.article = article
        self.of = of
        self.start = start
        self.end = end
        self.pack = pack
        self.sentence = (article.text if of == "text" else article.title)[start:end]
        self.anchor = article.published
        self.body = self.sentence
        """The sentence without the date of a dated line and the mark of truncation."""
        self.truncated = False
        if (
            of == "text"
            and self.sentence[-1:] in _DATE_ENDS
            and (dated := _DATED.search(self.sentence, max(0, len(self.sentence) - 16)))
        ):
            self.anchor = dated[1]
            self.body = self.sentence[: dated.start()].rstrip()
        if line is not None and line.published:
            self.anchor = line.published  # the reader knows the day of the line, however it is printed
            self.truncated = line.truncated or line.printed is not None
        if self.body[-1:] in "….⋯" and (cut := _TRUNCATED.search(self.body, max(0, len(self.body) - 8))):
            self.truncated = True
            self.body = self.body[: cut.start()]

    @property
    def reported(self) -> str | None:
        """The day of the dated line or of the article."""
        return self.anchor[:10] if self.anchor else None

    @cached_property
    def dates(self) -> tuple[FoundDate, ...]:
        """Dates in `body`."""
        return find_dates(self.body, self.anchor) if _MAY_DATE.search(self.body) else ()

    @cached_property
    def names(self) -> tuple[FoundName, ...]:
        """Names of the pack in `body`."""
        return find_names(self.body, self.pack, self.reported)

    def evidence(self) -> Evidence:
        """The sentence as evidence."""
        return Evidence(article=self.article.id, of=self.of, start=self.start, end=self.end, sentence=self.sentence)


def passages(article: Article, pack: Pack) -> Iterator[Passage]:
    """The title, then the sentences of the text, in order."""
    for span in sentence_spans(article.title):
        yield Passage(article, "title", span.start, span.end, pack)
    titles = (
        (item.printed or item.title, item) for item in article.items
    )  # the text has them as the list cut them off
    lines = {title[:LINE_HEAD]: item for title, item in titles if len(title) >= LINE_HEAD}
    for span in sentence_spans(article.text):
        if span.end - span.start <= LONGEST_SENTENCE:
            line = lines.get(article.text[span.start : span.start + LINE_HEAD]) if lines else None
            yield Passage(article, "text", span.start, span.end, pack, line)
        else:
            for start, end in _pieces(article.text, span.start, span.end):
                yield Passage(article, "text", start, end, pack)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Stretches of at most LONGEST_SENTENCE, cut behind a comma where there is one."""
    while end - start > LONGEST_SENTENCE:
        limit = start + LONGEST_SENTENCE
        cut = max(text.rfind(mark, start, limit) for mark in "，；,;、 ") + 1
        cut = cut if cut > start else limit
        yield start, cut
        start = cut
    if end > start:
        yield start, end
