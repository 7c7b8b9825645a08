"""What all pages of one build share: the newsroom, the folder, the frame, and how a page is put into the folder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import resources
from typing import Any

import msgspec
import xxhash

from shida.pack import Pack
from shida.publish.cards import card, card_file
from shida.publish.content import Content
from shida.publish.facts import own_page
from shida.publish.folder import SiteFolder
from shida.publish.index import build_index, topics_of
from shida.publish.shell import Rendered, Shell
from shida.publish.tops import home_key
from shida.publish.twin import TWIN
from shida.publish.wire import Line
from shida.records import Article, FactBase
from shida.settings import Settings

TOGETHER = 400_000
"""Bytes of pages that are converted in one call: about a hundred articles."""


def code_digest() -> str:
    """Changes with the Python of this package: a new version makes every page again."""
    state = xxhash.xxh3_64()
    for file in sorted(resources.files("shida.publish").iterdir(), key=lambda file: file.name):
        if file.name.endswith(".py"):
            state.update(file.read_bytes())
    return state.hexdigest()


class Build:
    """One build. Pages are put with `page`; `kept` says that one made from the same things is still there."""

    def __init__(
        self,
        content: Content,
        articles: Iterable[Article],
        folder: SiteFolder,
        *,
        pack: Pack,
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
        self.pack = pack
        self.index.topics = topics_of(content.stories, pack)
        self.shell = Shell(settings, topics=bool(self.index.topics))
        self.notes: list[str] = []
        self.lines: list[Line] = []
        """All headlines, newest first."""
        self.feeds: dict[Any, list[Line]] = {}
        """Channel → its newest articles."""
        self.summaries: dict[str, str] = {}
        """Article → the beginning of its text, for those that stand in a feed."""
        self.paths: list[tuple[str, str]] = []
        """Address and day of every page a search engine should know."""
        self._waiting: list[tuple[Rendered, str]] = []
        self._weight = 0
        self._digest = f"{code_digest()}{self.shell.digest}".encode()

    def page(self, path: str, template: str, key: str = "", *, twin: bool = True, **context: Any) -> None:
        """Render one page and put it into the folder, in both scripts unless `twin` is off."""
        page = self.shell.page(template, path, twin=twin, **context)
        self.folder.put(path, self.shell.plain(page), key)
        if twin:
            self._waiting.append((page, key))
            self._weight += len(page.text)
            if self._weight > TOGETHER:
                self.finish()

    def finish(self) -> None:
        """Put the pages in traditional characters that are still waiting for theirs."""
        texts = self.shell.traditional([page for page, _ in self._waiting])
        for (page, key), text in zip(self._waiting, texts, strict=True):
            self.folder.put(TWIN + page.path, text, key)
        self._waiting, self._weight = [], 0

    def card(self, page: str, period: str, shares: Sequence[float]) -> str:
        """Put the card of the list at `page` into the folder; gives its address."""
        path, key = card_file(page), self.key(period, shares)
        if path not in self.folder.files and not self.kept(path, key, twin=False):
            self.folder.put(path, card(period, shares), key)
        return path

    def kept(self, path: str, key: str, *, twin: bool = True) -> bool:
        """True where the last build made this page from the same things, and it was taken over."""
        if self.fresh:
            return False
        return self.folder.keep(path, key) and (not twin or self.folder.keep(TWIN + path, key))

    def listed(self, path: str, day: str = "") -> None:
        """Remember a page for the site map; `day`: when it last changed, where that is known."""
        self.paths.append((path, day))

    def key(self, *parts: Any) -> str:
        """What a page is made from, as a short hash."""
        return xxhash.xxh3_128_hexdigest(self._digest + msgspec.json.encode(parts))

    def fact_key(self, fact: FactBase) -> Any:
        """A fact, and what its row shows of the articles behind it."""
        return (
            fact,
            own_page(fact, self.index),
            [
                (self.index.evidence_href(one), member.source, member.published)
                for one in fact.evidence
                if (member := self.index.members.get(one.article or ""))
            ],
        )
