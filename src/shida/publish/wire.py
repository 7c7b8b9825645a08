"""Articles and the dated lines of list pages → the headline wire, newest first, kept by month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from shida.publish.addresses import article_file, safe_url
from shida.publish.index import newest_first
from shida.publish.wording import clock_of, day_of, day_words
from shida.records import Article

PART = 300
"""Lines on one page of the archive. Parts are counted from the oldest line, so a full part never changes again."""
FRONT = 150
"""Lines on the wire's first page."""
UNDATED = "undated"


class Line(NamedTuple):
    """One headline. `sort` is first, so lines order themselves."""

    sort: str
    title: str
    href: str
    outside: bool
    """The link leaves the site: a dated line of a list page whose article we do not have."""
    source: str
    published: str
    truncated: bool = False
    record: str = ""
    """The article whose own headline this is; "" for a line that a list page prints."""


def lines_of(article: Article) -> Iterator[Line]:
    """The headlines one article gives: its own, and the dated lines that it lists."""
    source = article.source or ""
    if article.kind not in ("list", "index") and (article.title or article.text):
        moment = article.published or ""
        yield Line(
            newest_first(moment),
            headline(article),
            article_file(article.id),
            False,
            source,
            moment,
            record=article.id,
        )
    for item in article.items:
        if item.published and item.title.strip():
            href = safe_url(item.url)
            yield Line(
                newest_first(item.published),
                item.title.strip(),
                href or article_file(article.id),
                href is not None,
                source,
                item.published,
                item.truncated,
            )


def headline(article: Article) -> str:
    """The title, or the beginning of the text where there is none.

    >>> headline(Article(id="a", page="p", text="没有题目的一段话。"))
    '没有题目的一段话。'
    """
    title = article.title.strip()
    if title:
        return title
    first = article.text.strip().split("\n", 1)[0]
    return (first[:40] + "…" if len(first) > 40 else first) or "（无题）"


def newest(lines: Iterable[Line]) -> list[Line]:
    """Lines newest first, a headline once a day: an article hides the listed line of the same title.

    >>> line = Line("2026-11-22", "同题", "article/a.html", False, "甲报", "2026-11-22")
    >>> len(newest([line, line._replace(href="https://example.org/", outside=True)]))
    1
    """
    kept: dict[tuple[str, str], Line] = {}
    for line in sorted(lines, key=lambda line: (line.outside, line.href)):
        kept.setdefault((line.sort[:10], line.title), line)
    return sorted(kept.values(), key=lambda line: (line.sort, line.title, line.href), reverse=True)


def by_month(lines: Sequence[Line]) -> dict[str, list[Line]]:
    """Month (or `undated`) → its lines, newest first; months newest first, what has no date last."""
    months: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        day = day_of(line.published)
        months[(day[:7] if len(day) >= 7 else day) or UNDATED].append(line)
    return dict(sorted(months.items(), key=lambda pair: "" if pair[0] == UNDATED else pair[0], reverse=True))


def parts_of(lines: Sequence[Line]) -> list[tuple[int, Sequence[Line]]]:
    """A month's pages, newest first: the number in the address, and the lines.

    >>> [(number, len(lines)) for number, lines in parts_of([None] * 301)]
    [(2, 1), (1, 300)]
    """
    oldest_first = list(reversed(lines))
    pieces = [oldest_first[start : start + PART] for start in range(0, len(oldest_first), PART)]
    return [(number, list(reversed(piece))) for number, piece in reversed(list(enumerate(pieces, 1)))]


def part_file(month: str, number: int) -> str:
    """Where a page of the archive stands.

    >>> part_file("2026-11", 1), part_file("2026-11", 2)
    ('wire/2026-11.html', 'wire/2026-11_2.html')
    """
    return f"wire/{month}.html" if number == 1 else f"wire/{month}_{number}.html"


def month_words(month: str) -> str:
    """What an archive page is called.

    >>> month_words("2026-11"), month_words("undated")
    ('2026年11月', '日期未注明')
    """
    return "日期未注明" if month == UNDATED else day_words(month)


def day_groups(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """Lines under the heading of their day."""
    groups: list[dict[str, Any]] = []
    for line in lines:
        day = day_words(day_of(line.published) or None)
        if not groups or groups[-1]["day"] != day:
            groups.append({"day": day, "lines": []})
        groups[-1]["lines"].append(
            {
                "clock": clock_of(line.published),
                "title": line.title,
                "href": line.href,
                "outside": line.outside,
                "source": line.source,
                "truncated": line.truncated,
            }
        )
    return groups
