"""Articles over several pages: what each page said, and what they say together."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, Engine, delete, select, update

from shida.pack import Pack
from shida.records import Article
from shida.store import schema
from shida.store.outcomes import SUPERSEDED, rank_of

BATCH = 500
"""Articles written in one statement."""

Join = Callable[[Sequence[Article], Mapping[str, str], Pack], Sequence[Article]]
"""The articles of pages, each page's address, the pack → the same articles with those joined that are one."""


class _Row(NamedTuple):
    """An article as it is kept, and what its own page said."""

    id: str
    page: str
    current: bool
    part_of: str | None
    record: bytes
    alone: Article
    address: str
    fetched: str


class Paged:
    """The part of a newsroom where pages become one article."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def join(self, join: Join, pack: Pack, anew: Sequence[str]) -> int:
        """Join what belongs together, in one transaction; how many articles are others now than before.

        Joining starts from what each page said by itself, so a page that comes later, or is read anew, finds its
        place. The stages in `anew` are due again for what is another article now.
        """
        with self._engine.begin() as db:
            rows = _rows(db)
            newest = _newest(rows)
            leaves = {row.page: row for row in newest if row.alone.next_pages}
            # an article that has become one page: nothing that was its further page stands for it
            told = {row.id for row in newest if not row.alone.next_pages}
            if not leaves:
                return 0
            addresses = {page: row.address for page, row in leaves.items()}
            together = join([row.alone for row in leaves.values()], addresses, pack)
            head = {part.page: article.id for article in together for part in article.parts}
            mine: set[str] = set()
            changed = 0
            for article in sorted(together, key=lambda one: _first(one, leaves[one.page].address)):
                # Where a site calls all pages by one address they have one id: the first of them stands for it.
                row, current = leaves[article.page], article.id not in told
                changed += _keep(db, row, article, current=current, part_of=None, anew=anew)
                told.add(article.id)
                if current:
                    mine.add(article.id)
            present = {article.page for article in together}
            for page in sorted(leaves.keys() - present):
                row = leaves[page]
                changed += _keep(db, row, row.alone, current=False, part_of=head[page], anew=anew)
            _one_current(db, [row for row in rows if row.id in mine], present)
        return changed

    def with_first_pages(self, article_id: str, revisions: Sequence[Article]) -> list[Article]:
        """The revisions of an article, each joined one behind what its first page says alone."""
        table = schema.article
        query = select(table.c.page, table.c.alone).where(table.c.id == article_id, table.c.alone.is_not(None))
        with self._engine.connect() as db:
            alone = {row.page: msgspec.json.decode(row.alone, type=Article) for row in db.execute(query)}
        return [one for told in revisions for one in ([alone[told.page]] if told.parts else []) + [told]]


def _first(article: Article, address: str) -> tuple[bool, int, str]:
    """Joined articles before pages that wait, and first pages before later ones."""
    return not article.parts, len(address), address


def _rows(db: Connection) -> list[_Row]:
    """Every revision of every article of which some revision has further pages."""
    article, page = schema.article, schema.page
    columns = (article.c.id, article.c.page, article.c.current, article.c.part_of, article.c.record, article.c.alone)
    paged = select(article.c.id).where(article.c.paged)
    query = (
        select(*columns, page.c.url, page.c.name, page.c.fetched)
        .select_from(article.join(page, page.c.id == article.c.page))
        .where(article.c.id.in_(paged))
        .order_by(article.c.id, article.c.page)
    )
    rows = []
    for one in db.execute(query):
        alone = msgspec.json.decode(one.alone or one.record, type=Article)
        address = one.url or alone.url or one.name
        rows.append(_Row(one.id, one.page, one.current, one.part_of, one.record, alone, address, one.fetched or ""))
    return rows


def _newest(rows: Sequence[_Row]) -> list[_Row]:
    """The newest revision at each address: fetched last, else published last, else by its content."""
    newest: dict[str, tuple[tuple[str, ...], _Row]] = {}
    for row in rows:
        age = (
            row.fetched,
            row.alone.published or "",
            hashlib.sha256(msgspec.json.encode(row.alone)).hexdigest(),
            row.page,
        )
        if row.address not in newest or age > newest[row.address][0]:
            newest[row.address] = age, row
    return sorted((row for _, row in newest.values()), key=lambda row: row.page)


def _keep(
    db: Connection, row: _Row, article: Article, *, current: bool, part_of: str | None, anew: Sequence[str]
) -> bool:
    """Write what has changed of a row; whether its article is another one now."""
    record = msgspec.json.encode(article)
    new: dict[str, Any] = {}
    if record != row.record:
        alone = msgspec.json.encode(row.alone)
        new = {
            "record": record,
            "alone": None if record == alone else alone,
            "kind": article.kind,
            "published": article.published,
            "rank": rank_of(article, record),
        }
        done = (schema.ledger.c.record == row.page, schema.ledger.c.stage.in_(list(anew)))
        db.execute(delete(schema.ledger).where(*done))
    if (current, part_of) != (row.current, row.part_of):
        new |= {"current": current, "part_of": part_of}
    if new:
        here = (schema.article.c.id == row.id, schema.article.c.page == row.page)
        db.execute(update(schema.article).where(*here).values(new))
    return bool(new)


def _one_current(db: Connection, rows: Sequence[_Row], present: set[str]) -> None:
    """Of articles with one id only the one that stands for it is current; further pages supersede nothing."""
    addresses: dict[str, set[str]] = {}
    for row in rows:
        addresses.setdefault(row.id, set()).add(row.address)
        if row.page not in present and row.current:
            here = (schema.article.c.id == row.id, schema.article.c.page == row.page)
            db.execute(update(schema.article).where(*here).values(current=False))
    shared = sorted(article_id for article_id, found in addresses.items() if len(found) > 1)
    dropped = schema.dropped.c
    for start in range(0, len(shared), BATCH):
        some = shared[start : start + BATCH]
        db.execute(delete(schema.dropped).where(dropped.reason == SUPERSEDED, dropped.record.in_(some)))
