"""What the newsroom holds, as `uid` → token: two inventories tell what an index lacks and what it has too much."""

from __future__ import annotations

import os
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec
import xxhash
from sqlalchemy import Select, select

from shida.pack import Pack
from shida.records import Article, Document, Fact, Story
from shida.store import schema
from shida.store.engine import FILE_NAME
from shida.store.newsroom import BATCH, Newsroom
from shida.store.search.answers import ARTICLE, EDITION, STORY
from shida.store.search.layout import Laid, article_document, edition_document, fact_document, story_document, uid

YOUNG = 0.05
"""Seconds. A file written less than this ago may be written again without a change of its time of change."""

FACTS = "facts"
"""The line of an inventory that stands for all facts together: where it is the same, none has changed."""

Inventory = dict[str, str]


def store_mark(newsroom: Newsroom) -> str:
    """Changes with every write to the newsroom's database; empty where the database is not a file beside us.

    It is the size and time of change of the database and of its write-ahead log, so that asking costs microseconds. It
    may change without a write (a checkpoint), never the other way about.
    """
    file = newsroom.home / FILE_NAME
    while True:
        found = []
        newest = 0.0
        for path in (file, file.with_name(f"{FILE_NAME}-wal")):
            try:
                stat = os.stat(path)
            except OSError:
                if path == file:
                    return ""
                continue
            if path == file or stat.st_size:
                found.append(f"{stat.st_ino} {stat.st_size} {stat.st_mtime_ns}")
                newest = max(newest, stat.st_mtime)
        age = time.time() - newest
        if not 0 <= age < YOUNG:
            return " ".join(found)
        time.sleep(YOUNG - age)


class Holdings:
    """The newsroom as it is now: what is in it, and documents of any part of it."""

    def __init__(self, newsroom: Newsroom, pack: Pack, known: Mapping[str, str] | None = None) -> None:
        """`known`: the inventory of an index; where no fact has changed since, they are not read again."""
        self._engine = newsroom._engine
        self._pack = pack
        self._editions = {edition.id: edition for edition in newsroom.editions()}  # by version: the newest stays
        self._stories: dict[str, Story] = {}
        self._story_of: dict[str, str] = {}
        self._copies: dict[str, str] = {}
        self._facts: dict[str, Fact] = {}
        self._numbers: dict[str, set[str]] = defaultdict(set)
        self._topics_of: dict[str, tuple[str, ...]] = {}
        self.inventory: Inventory = {}
        self._take_stories()
        self._take_articles()
        self._take_facts(newsroom, known or {})
        for edition in self._editions.values():
            self.inventory[uid(EDITION, edition.id)] = _token(msgspec.json.encode(edition))

    def documents(self, wanted: Iterable[str]) -> Iterator[Laid]:
        """The documents of these uids, the newest first: where nothing else decides, the newest is the first found."""
        asked: dict[str, list[str]] = defaultdict(list)
        for one in wanted:
            kind, _, record_id = one.partition(":")
            asked[kind].append(record_id)
        yield from self._articles(asked.pop(ARTICLE, []))
        for story in sorted((self._stories[one] for one in asked.pop(STORY, [])), key=_newest, reverse=True):
            yield story_document(story, self._topics(story.id))
        for edition_id in sorted(asked.pop(EDITION, [])):
            yield edition_document(self._editions[edition_id])
        facts = (self._facts[uid(kind, one)] for kind, ids in asked.items() for one in ids)
        for fact in sorted(facts, key=lambda fact: (fact.reported or "", fact.id), reverse=True):
            yield fact_document(fact)

    def _take_stories(self) -> None:
        decoder = msgspec.json.Decoder(Story)
        for story_id, record in self._rows(select(schema.story.c.id, schema.story.c.record)):
            story = decoder.decode(record)
            self._stories[story_id] = story
            self.inventory[uid(STORY, story_id)] = _token(record)
            for member in story.members:
                self._story_of[member.article] = story_id
                if member.copy_of is not None:
                    self._copies[member.article] = member.copy_of

    def _take_articles(self) -> None:
        table = schema.article
        for article_id, rank in self._rows(select(table.c.id, table.c.rank).where(table.c.current)):
            # a story's topics and copies are part of what its articles are found by
            story = self.inventory.get(uid(STORY, self._story_of.get(article_id, "")), "")
            self.inventory[uid(ARTICLE, article_id)] = _token(f"{rank} {story}".encode())

    def _take_facts(self, newsroom: Newsroom, known: Mapping[str, str]) -> None:
        table = schema.fact
        state = xxhash.xxh3_128()
        of_current = (schema.article.c.id == table.c.article) & (schema.article.c.page == table.c.page)
        columns = (table.c.id, table.c.article, table.c.page, table.c.kind, schema.article.c.rank)
        query = select(*columns).join(schema.article, of_current).where(schema.article.c.current)
        for row in self._rows(query.order_by(table.c.id, table.c.article)):
            state.update("\t".join(row).encode())
        self.inventory[FACTS] = state.hexdigest()
        if known.get(FACTS) == self.inventory[FACTS]:
            kinds = tuple(f"{kind}:" for kind in (ARTICLE, STORY, EDITION))
            self.inventory |= {one: token for one, token in known.items() if one != FACTS and not one.startswith(kinds)}
            facts: Iterable[Fact] = newsroom.facts("document")
        else:
            from shida.know import (
                merge,
            )  # the rules of facts: 0.3 s that a search of a known newsroom need not wait for

            facts = merge(newsroom.facts())
            for fact in facts:
                name = uid(str(fact.__struct_config__.tag), fact.id)
                self._facts[name] = fact
                self.inventory[name] = _token(msgspec.json.encode(fact))
        for fact in facts:
            if isinstance(fact, Document) and fact.number:
                for one in fact.evidence:
                    self._numbers[one.article or ""].add(fact.number)

    def _articles(self, ids: list[str]) -> Iterator[Laid]:
        decoder = msgspec.json.Decoder(Article)
        table = schema.article
        days = {row[0]: row[1] for row in self._rows(select(table.c.id, table.c.published).where(table.c.current))}
        ordered = sorted(ids, key=lambda one: (days.get(one) or "", one), reverse=True)
        for start in range(0, len(ordered), BATCH):
            chunk = ordered[start : start + BATCH]
            query = select(table.c.id, table.c.record).where(table.c.id.in_(chunk), table.c.current)
            found = {row[0]: row[1] for row in self._rows(query)}
            for article_id in chunk:
                if article_id in found:
                    yield article_document(
                        decoder.decode(found[article_id]),
                        self._topics(self._story_of.get(article_id, "")),
                        sorted(self._numbers.get(article_id, ())),
                        self._copies.get(article_id),
                        self._pack,
                    )

    def _topics(self, story_id: str) -> tuple[str, ...]:
        """The fields and topics of a story, found once."""
        story = self._stories.get(story_id)
        if story is None:
            return ()
        if story_id not in self._topics_of:
            from shida.rank import assign_fields, assign_topics  # as above

            fields = story.fields or assign_fields(story, self._pack)
            self._topics_of[story_id] = tuple(dict.fromkeys([*fields, *assign_topics(story, self._pack)]))
        return self._topics_of[story_id]

    def _rows(self, query: Select[Any]) -> Iterator[tuple[Any, ...]]:
        with self._engine.connect() as db:
            for row in db.execute(query.execution_options(yield_per=BATCH)):
                yield tuple(row)


def _newest(story: Story) -> tuple[str, str]:
    return story.last or "", story.id


def _token(content: bytes) -> str:
    return xxhash.xxh3_64_hexdigest(content)
