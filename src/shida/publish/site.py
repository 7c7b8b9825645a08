"""Content → a folder with the whole site. Start reading at `publish`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec
import xxhash

from shida.pack import Pack
from shida.publish.addresses import (
    article_file,
    edition_file,
    original_file,
    stem,
    story_file,
)
from shida.publish.articles import article_context, original_text
from shida.publish.content import Content, PublishReport
from shida.publish.editions import by_edition, edition_context, edition_rows
from shida.publish.feeds import SIZE, FeedItem, atom, json_feed, rss
from shida.publish.folder import SiteFolder
from shida.publish.index import build_index
from shida.publish.registers import document_rows, figure_rows, sheets
from shida.publish.shell import Shell, without_controls
from shida.publish.stories import story_context
from shida.publish.tops import address_of, home_key, top_context
from shida.publish.wire import FRONT, Line, by_month, day_groups, lines_of, month_words, newest, part_file, parts_of
from shida.publish.wording import day_words, number_words, period_words
from shida.records import Article, Entry
from shida.settings import Settings

HOME_LINES = 24
HOME_FACTS = 8
MAX_ORIGINAL = 400_000
"""Characters of a damaged original that are shown; the rest is counted."""
SUMMARY = 160
"""Characters of an article's text that a feed carries: a summary and a link, not the text."""


def publish(
    content: Content, out: Path, *, settings: Settings, pack: Pack, as_of: str, fresh: bool = False
) -> PublishReport:
    """Build the site of `content` into the folder `out`, as known on the day `as_of`.

    The folder is swapped in whole at the end; files that did not change keep their time of change, and pages whose
    sources did not change are not made again (`fresh` makes all of them again). Raises InputError where `out` cannot
    be written or holds somebody else's files, NewsroomBusy where another build writes there.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     report = publish(Content(articles=()), Path(place, "site"), settings=Settings(), pack=Pack(
    ...         pack_names=(), digests={}), as_of="2026-11-22")
    >>> report.articles, report.files > 10
    (0, True)
    """
    articles = content.articles
    if iter(articles) is articles:  # read twice below
        articles = list(articles)
    with SiteFolder(out) as folder:
        build = _Build(content, articles, folder, settings, as_of, fresh)
        build.everything()
    return PublishReport(
        files=len(folder.files),
        written=folder.written,
        kept=folder.kept,
        removed=folder.removed,
        articles=len(build.index.articles),
        stories=len(build.index.shown),
        notes=tuple(build.notes),
    )


def _code_digest() -> str:
    """Changes with the Python of this package: a new version makes every page again."""
    state = xxhash.xxh3_64()
    for file in sorted(resources.files("shida.publish").iterdir(), key=lambda file: file.name):
        if file.name.endswith(".py"):
            state.update(file.read_bytes())
    return state.hexdigest()


class _Build:
    """One build: what all its pages share, and a method for each kind of page."""

    def __init__(
        self,
        content: Content,
        articles: Iterable[Article],
        folder: SiteFolder,
        settings: Settings,
        as_of: str,
        fresh: bool,
    ) -> None:
        self.content = content
        self.articles = articles
        self.folder = folder
        self.as_of = as_of
        self.fresh = fresh
        self.index = build_index(content, as_of)
        self.home = home_key(content.rankings)
        self.shell = Shell(settings)
        self.digest = f"{_code_digest()}{self.shell.digest}"
        self.notes: list[str] = []
        self.lines: list[Line] = []
        self.summaries: dict[str, str] = {}
        self.paths: list[str] = []

    def everything(self) -> None:
        """All pages, feeds and files."""
        for path, data in self.shell.static.items():
            self.folder.put(path, data)
        self.read_lines()
        self.article_pages()
        self.story_pages()
        documents, figures = document_rows(self.content.facts, self.index), figure_rows(self.content.facts, self.index)
        self.register_pages("documents", documents, "kind")
        self.register_pages("figures", figures, None)
        self.top_pages(documents, figures)
        self.wire_pages()
        self.edition_pages()
        self.about_pages()
        self.feed_files()

    def page(self, path: str, template: str, key: str = "", **context: Any) -> None:
        """Render one page and put it into the folder."""
        self.folder.put(path, self.shell.page(template, path, **context), key)

    def key(self, *parts: Any) -> str:
        """What a page is made from, as a short hash."""
        return xxhash.xxh3_128_hexdigest(self.digest.encode() + msgspec.json.encode(parts))

    def read_lines(self) -> None:
        """First reading of the articles: who is there, and the headlines they give."""
        stems: dict[str, str] = {}
        for article in self.articles:
            if stem(article.id) != article.id:
                stems[article.id] = stem(article.id)
            self.index.articles.add(article.id)
            self.lines.extend(lines_of(article))
        self.lines = newest(self.lines)
        if stems:
            self.notes.append(f"{len(stems)} 个文章编号不能作文件名，已改用散列名")

    def article_pages(self) -> None:
        """Second reading: a page each, and the damaged original of those that were repaired."""
        in_feed = {line.record for line in self.feed_lines()}
        for article in self.articles:
            if article.id in in_feed:
                self.summaries[article.id] = " ".join(article.text[:SUMMARY].split())
            story = self.index.stories.get(self.index.home.get(article.id, ""))
            path = article_file(article.id)
            facts = self.index.facts_of.get(article.id, ())
            own = [self.fact_key(fact) for fact in facts]
            member = self.index.members.get(article.id)
            near = (story.id, story.title, len(story.members), story.id in self.index.shown) if story else ()
            same = [other.article for other in story.members if other.copy_of == article.id] if story else []
            key = self.key(article, near, same, member and member.copy_of, own)
            original = original_file(article.id)
            damaged = bool(article.repairs or article.damage)
            if not self.fresh and self.folder.keep(path, key) and (not damaged or self.folder.keep(original, key)):
                continue
            if damaged:
                damaged = self.original_page(article, original, key)
            self.page(path, "article.html", key, **article_context(article, self.index, damaged))

    def fact_key(self, fact: Any) -> Any:
        """A fact, and what its row shows of the articles behind it."""
        return fact, [
            (self.index.evidence_href(one), member.source, member.published)
            for one in fact.evidence
            if (member := self.index.members.get(one.article or ""))
        ]

    def original_page(self, article: Article, path: str, key: str) -> bool:
        """The page's bytes as they came, as text; False where they were not kept."""
        data = self.content.page_bytes(article.page)
        if data is None:
            return False
        text = original_text(data)
        cut = max(0, len(text) - MAX_ORIGINAL)
        self.page(
            path,
            "original.html",
            key,
            title=article.title or "（无题）",
            text=text[:MAX_ORIGINAL],
            cut=cut,
            size=f"{len(data):,}",
            back=article_file(article.id),
        )
        return True

    def story_pages(self) -> None:
        """A page for every story of more than one article or in any list, and a signpost for each old id."""
        places: dict[str, list[tuple[str, str, Entry]]] = defaultdict(list)
        for (_, area), ranking in self.content.rankings.items():
            words = period_words(ranking.period, self.as_of)
            for entry in ranking.entries:
                places[entry.story].append((words, area, entry))
        for name in sorted(self.index.shown):
            story = self.index.stories[name]
            facts = [self.fact_key(fact) for fact in self.index.story_facts(story)]
            known = [member.article in self.index.articles for member in story.members]
            mine = places.get(name, [])
            key = self.key(story, facts, known, mine)
            path = story_file(name)
            if self.fresh or not self.folder.keep(path, key):
                self.page(path, "story.html", key, **story_context(story, self.index, mine))
            for alias in story.aliases:
                if alias not in self.index.stories:
                    self.page(story_file(alias), "moved.html", title=story.title, href=path)

    def register_pages(self, name: str, rows: list[dict[str, Any]], second: str | None) -> None:
        """A register on as many pages as it needs."""
        for path, _, head, piece in sheets(name, rows, second):
            self.page(path, f"{name}.html", head=head[0], rows=piece)

    def top_pages(self, documents: list[dict[str, Any]], figures: list[dict[str, Any]]) -> None:
        """The home page and one page for each period and field."""
        new = [
            {
                "kind": "文件",
                "title": row["title"],
                "day": row["day"],
                "register": "documents",
                "words": row["life"][-1]["words"] if row["life"] else row["who"],
            }
            for row in documents[: HOME_FACTS // 2]
        ] + [
            {"kind": "数字", "title": row["title"], "day": row["day"], "register": "figures", "words": row["words"]}
            for row in figures[: HOME_FACTS // 2]
        ]
        printed = [
            row for row in edition_rows(by_edition(self.content.editions)) if row["state"] in ("已发布", "已更正")
        ]
        side: dict[str, Any] = {
            "edition": printed[0] if printed else None,
            "wire_total": number_words(len(self.lines)),
            "news": [{**row, "day": day_words(row["day"]) if row["day"] else ""} for row in new],
        }
        self.top_page("index.html", self.home, side)
        for key, ranking in self.content.rankings.items():
            self.top_page(address_of(ranking), key, side)

    def top_page(self, path: str, key: tuple[str, str] | None, side: dict[str, Any]) -> None:
        """One Top Ten; the wire beside it is about as long as the list."""
        context = top_context(self.content, self.index, key, self.as_of)
        lines = min(HOME_LINES, 10 + 2 * len(context["entries"]))
        self.page(path, "top.html", **context, **side, wire_groups=day_groups(self.lines[:lines]))

    def wire_pages(self) -> None:
        """The newest headlines, and an archive by month."""
        months = by_month(self.lines)
        archive = [
            {"words": month_words(month), "href": part_file(month, parts_of(lines)[0][0]), "count": len(lines)}
            for month, lines in months.items()
        ]
        self.page(
            "wire.html",
            "wire.html",
            title="快讯",
            groups=day_groups(self.lines[:FRONT]),
            archive=archive,
            pages=[],
            total=number_words(len(self.lines)),
            as_of=day_words(self.as_of),
        )
        for month, lines in months.items():
            parts = parts_of(lines)
            for number, piece in parts:
                path = part_file(month, number)
                pages = [
                    {"words": str(other), "href": part_file(month, other), "here": other == number}
                    for other, _ in parts
                ]
                self.page(
                    path,
                    "wire.html",
                    title=f"快讯 · {month_words(month)}",
                    groups=day_groups(piece),
                    archive=[],
                    pages=pages if len(parts) > 1 else [],
                    total=number_words(len(lines)),
                    as_of="",
                )

    def edition_pages(self) -> None:
        """The list of editions, and a page for each version; the newest also at the edition's own address."""
        histories = by_edition(self.content.editions)
        self.page("editions.html", "editions.html", editions=edition_rows(histories))
        for name, versions in histories.items():
            latest = edition_context(versions, versions[-1], self.index)
            self.page(edition_file(name), "edition.html", **latest, permanent=edition_file(name))
            for version in versions:
                path = edition_file(name, version.version)
                self.page(path, "edition.html", **edition_context(versions, version, self.index), permanent=path)

    def about_pages(self) -> None:
        """How the lists are made, where the articles come from, and the page for a wrong address."""
        formulas: dict[str, list[str]] = defaultdict(list)
        for (_, area), ranking in self.content.rankings.items():
            if ranking.formula:
                formulas[ranking.formula].append(
                    f"{period_words(ranking.period, self.as_of)}{' · ' + area if area else ''}"
                )
        self.page(
            "method.html",
            "method.html",
            formulas=[{"text": text, "lists": lists} for text, lists in formulas.items()],
            dropped=sorted(self.content.dropped, key=lambda row: (row.stage, -row.count, row.reason)),
        )
        rows = sorted(self.content.sources, key=lambda row: (-row.articles, row.name))
        self.page(
            "sources.html",
            "sources.html",
            sources=[
                {
                    "name": row.name,
                    "articles": number_words(row.articles),
                    "copies": number_words(row.copies),
                    "first": day_words(row.first),
                    "last": day_words(row.last),
                    "health": row.health,
                    "note": row.note,
                }
                for row in rows
            ],
        )
        # A wrong address may be at any depth, so this page alone names its links from the top of the host.
        self.page("404.html", "404.html", root=urlsplit(self.shell.base).path)

    def feed_lines(self) -> list[Line]:
        """The newest articles of our own."""
        return [line for line in self.lines if line.record and line.published][:SIZE]

    def feed_files(self) -> None:
        """RSS, Atom and JSON Feed of the newest articles."""
        items = [
            FeedItem(
                line.record,
                line.href,
                without_controls(line.title),
                self.summaries.get(line.record, ""),
                line.published,
                line.source,
            )
            for line in self.feed_lines()
        ]
        title, base = self.shell.site["title"], self.shell.base
        self.folder.put("feed.xml", rss(title, base, "feed.xml", "", items, self.as_of))
        self.folder.put("atom.xml", atom(title, base, "atom.xml", "", items, self.as_of))
        self.folder.put("feed.json", json_feed(title, base, "feed.json", "", items))
