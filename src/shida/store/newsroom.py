"""Questions to the newsroom, one method each. No answer's order depends on how the records went in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

import msgspec
import zstandard
from sqlalchemy import Connection, Engine, delete, exists, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as insert_or

from shida.errors import StoreError
from shida.records import Article, Dropped, Edition, Fact, Page, Story
from shida.store import schema
from shida.store.deliveries import Deliveries
from shida.store.engine import FILE_NAME, open_engine
from shida.store.headlines import Headlines
from shida.store.holding import hold
from shida.store.outcomes import keep_dropped, keep_outcomes, revisions_newest_first
from shida.store.paged import Paged
from shida.store.rows import Added, PageOutcome, RunRow
from shida.store.rulings import Rulings
from shida.store.visits import Visits
from shida.store.watches import Watches

if TYPE_CHECKING:
    from shida.restore import Counts  # numpy and the rules of restoring: 0.3 s that a search need not wait for

BATCH = 1_000
"""Pages acknowledged at a time: what a kill can cost is one batch that was not yet acknowledged."""

T = TypeVar("T")


class Newsroom:
    """The newsroom in a folder. Safe to read while a run writes; one run at a time (`hold`)."""

    def __init__(self, home: Path, engine: Engine) -> None:
        self.home = home
        self._engine = engine
        self.visits = Visits(engine)
        """What collecting remembers of sources and addresses."""
        self.paged, self.headlines = Paged(engine), Headlines(engine)
        """Articles over several pages, and headlines that lists cut off."""
        self.watches = Watches(engine)
        """Saved searches, and what was told of them."""
        self.deliveries = Deliveries(engine)
        """Where alerts go, and how sending them fared."""
        self.rulings = Rulings(engine)
        """What editors decided about stories."""

    @classmethod
    def open(cls, home: Path, *, create: bool = False) -> Self:
        """Open the newsroom in `home`; StoreError where there is none and `create` is off."""
        if not (home / FILE_NAME).is_file():
            if not create:
                raise StoreError(f"{home}: there is no newsroom here. Make one with: shida init {home}")
            try:
                home.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise StoreError(f"{home}: {error.strerror}. Name another folder.") from error
        return cls(home, open_engine(home))

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def hold(self, what: str = "run") -> Iterator[None]:
        """Hold the newsroom for one run (or one `collect`); NewsroomBusy where another holds it.

        A killed holder lets go by itself. A run and a collecting may go on side by side.
        """
        with hold(self.home, what):
            yield

    # ── pages ───────────────────────────────────────────────────────────────────────────────────────────────────

    def add_pages(self, arrivals: Iterable[Page | Dropped]) -> Added:
        """Keep pages and refusals as they come, a batch at a time; a page that is known is counted and left."""
        total = Added()
        compress = zstandard.ZstdCompressor(level=3).compress
        for batch in _batches(arrivals, BATCH):
            pages = {p.id: p for p in batch if isinstance(p, Page)}
            dropped = [d for d in batch if isinstance(d, Dropped)]
            with self._engine.begin() as db:
                known = set(_column(db, schema.page.c.id, pages))
                rows = [
                    {
                        "id": p.id,
                        "name": p.name,
                        "url": p.url,
                        "source": p.source,
                        "media_type": p.media_type,
                        "charset": p.charset,
                        "fetched": p.fetched,
                        "size": len(p.content),
                        "content": compress(p.content),
                    }
                    for p in pages.values()
                    if p.id not in known
                ]
                mended = (
                    schema.dropped.c.stage == "collect",
                    schema.dropped.c.record.in_([p.name for p in pages.values()]),
                )
                db.execute(delete(schema.dropped).where(*mended))
                if rows:
                    db.execute(insert_or(schema.page).on_conflict_do_nothing(), rows)
                keep_dropped(db, dropped, page=None)
            total = Added(
                new=total.new + len(rows),
                known=total.known + len(batch) - len(dropped) - len(rows),
                dropped=total.dropped + len(dropped),
            )
        return total

    def pages(self, ids: Sequence[str]) -> Iterator[Page]:
        """The pages with these ids, in the order of the ids."""
        decompress = zstandard.ZstdDecompressor().decompress
        for chunk in _batches(ids, BATCH):
            with self._engine.connect() as db:
                found = {row.id: row for row in db.execute(select(schema.page).where(schema.page.c.id.in_(chunk)))}
            for page_id in chunk:
                row = found[page_id]
                yield Page(
                    id=row.id,
                    name=row.name,
                    url=row.url,
                    source=row.source,
                    media_type=row.media_type,
                    charset=row.charset,
                    fetched=row.fetched,
                    content=decompress(row.content),
                )

    def page(self, page_id: str) -> Page | None:
        """One page, or None."""
        with self._engine.connect() as db:
            known = _column(db, schema.page.c.id, [page_id])
        return next(self.pages(known), None)

    def pages_waiting(self) -> int:
        """How many pages no run has taken yet."""
        with self._engine.connect() as db:
            return db.execute(select(func.count()).where(schema.page.c.run.is_(None))).scalar_one()

    def pages_to_do(self, stage: str, key: str) -> list[str]:
        """Ids of the pages that runs have taken but `stage` has not done with `key`, sorted."""
        done = exists().where(
            schema.ledger.c.record == schema.page.c.id, schema.ledger.c.stage == stage, schema.ledger.c.key == key
        )
        query = select(schema.page.c.id).where(schema.page.c.run.is_not(None), ~done).order_by(schema.page.c.id)
        with self._engine.connect() as db:
            return list(db.execute(query).scalars())

    # ── runs ────────────────────────────────────────────────────────────────────────────────────────────────────

    def begin_run(self, day: str, key: str = "", ruled: int = 0) -> RunRow | None:
        """The run that was cut off, else a new one that takes all waiting pages, else None where nothing waits.

        `ruled`: number of the last ruling that a new run is to keep.
        """
        with self._engine.begin() as db:
            row = db.execute(select(schema.run).where(~schema.run.c.done)).first()
            if row is not None:
                return RunRow(**row._mapping)
            waiting = db.execute(select(func.count()).where(schema.page.c.run.is_(None))).scalar_one()
            return self._new_run(db, day, key, ruled) if waiting else None

    def begin_rework(self, day: str, key: str = "", ruled: int = 0) -> RunRow:
        """A run that takes no new page: stages, packs or rulings changed, and what is known is to be done anew."""
        with self._engine.begin() as db:
            return self._new_run(db, day, key, ruled)

    @staticmethod
    def _new_run(db: Connection, day: str, key: str, ruled: int) -> RunRow:
        number = (db.execute(select(func.max(schema.run.c.number))).scalar() or 0) + 1
        learned = db.execute(select(func.max(schema.learned.c.id))).scalar()
        row = RunRow(number=number, day=day, done=False, learned=learned, key=key, ruled=ruled or None)
        db.execute(insert(schema.run).values(msgspec.structs.asdict(row)))
        db.execute(update(schema.page).where(schema.page.c.run.is_(None)).values(run=number))
        return row

    def runs(self) -> list[RunRow]:
        """All runs, first one first."""
        with self._engine.connect() as db:
            rows = db.execute(select(schema.run).order_by(schema.run.c.number))
            return [RunRow(**row._mapping) for row in rows]

    def run_pages(self, number: int) -> list[str]:
        """Ids of the pages run `number` took, sorted."""
        with self._engine.connect() as db:
            query = select(schema.page.c.id).where(schema.page.c.run == number).order_by(schema.page.c.id)
            return list(db.execute(query).scalars())

    # ── articles and facts ──────────────────────────────────────────────────────────────────────────────────────

    def save_outcomes(self, outcomes: Sequence[PageOutcome]) -> None:
        """Keep what the page stages made, with the ledger's marks, in one transaction."""
        with self._engine.begin() as db:
            keep_outcomes(db, outcomes)

    def articles(self) -> Iterator[Article]:
        """The current revision of every article, in the order of their ids."""
        query = select(schema.article.c.record).where(schema.article.c.current).order_by(schema.article.c.id)
        return self._decoded(query, Article)

    def article(self, article_id: str) -> Article | None:
        """The current revision of one article, or None."""
        query = select(schema.article.c.record).where(schema.article.c.id == article_id, schema.article.c.current)
        return next(self._decoded(query, Article), None)

    def revisions(self, article_id: str) -> list[Article]:
        """All revisions of one article, the newest last; before a joined one stands what its first page said alone."""
        mine = (schema.article.c.id == article_id, schema.article.c.part_of.is_(None))
        query = revisions_newest_first(schema.article.c.record).where(*mine)
        return self.paged.with_first_pages(article_id, list(self._decoded(query, Article))[::-1])

    def articles_of_page(self, page_id: str) -> list[Article]:
        """What was read from one page, in the order of ids."""
        query = select(schema.article.c.record).where(schema.article.c.page == page_id).order_by(schema.article.c.id)
        return list(self._decoded(query, Article))

    def articles_to_group(self) -> list[Article]:
        """Current articles that are in no story yet, or changed since their story was told; by their ids."""
        told = exists().where(
            schema.member.c.article == schema.article.c.id, schema.member.c.told == schema.article.c.rank
        )
        query = select(schema.article.c.record).where(schema.article.c.current, ~told).order_by(schema.article.c.id)
        return list(self._decoded(query, Article))

    def facts(self, kind: str | None = None) -> Iterator[Fact]:
        """Facts of current articles as each article states them, by kind, id and article; not merged."""
        query = (
            select(schema.fact.c.record)
            .join(
                schema.article,
                (schema.article.c.id == schema.fact.c.article) & (schema.article.c.page == schema.fact.c.page),
            )
            .where(schema.article.c.current)
            .order_by(schema.fact.c.kind, schema.fact.c.id, schema.fact.c.article)
        )
        if kind is not None:
            query = query.where(schema.fact.c.kind == kind)
        return self._decoded(query, Fact)

    # ── stories ─────────────────────────────────────────────────────────────────────────────────────────────────

    def save_run(self, run: RunRow, stories: Iterable[Story], gone: Sequence[str] = ()) -> None:
        """Keep the stories a run made or changed, drop those `gone`, and mark the run done, in one transaction."""
        still = exists().where(schema.article.c.id == schema.member.c.article, schema.article.c.current)
        with self._engine.begin() as db:
            db.execute(delete(schema.story).where(schema.story.c.id.in_(gone)))
            db.execute(delete(schema.member).where(~still))
            for one in stories:
                absorbed = [alias for alias in one.aliases if alias != one.id]
                if absorbed:
                    db.execute(delete(schema.story).where(schema.story.c.id.in_(absorbed)))
                upsert = insert_or(schema.story).values(
                    id=one.id, first=one.first, last=one.last, record=msgspec.json.encode(one)
                )
                db.execute(
                    upsert.on_conflict_do_update(
                        set_={name: upsert.excluded[name] for name in ("first", "last", "record")}
                    )
                )
                placed = insert_or(schema.member)
                db.execute(
                    placed.on_conflict_do_update(set_={"story": placed.excluded.story}),
                    [{"article": m.article, "story": one.id} for m in one.members],
                )
            current = select(schema.article.c.rank).where(
                schema.article.c.id == schema.member.c.article, schema.article.c.current
            )
            db.execute(update(schema.member).values(told=current.scalar_subquery()))
            db.execute(update(schema.run).where(schema.run.c.number == run.number).values(done=True))

    def stories(self) -> Iterator[Story]:
        """All stories, in the order of their ids."""
        return self._decoded(select(schema.story.c.record).order_by(schema.story.c.id), Story)

    def story(self, story_id: str) -> Story | None:
        """One story by its id, or by an id it had before it was merged; None where there is none."""
        query = select(schema.story.c.record).where(schema.story.c.id == story_id)
        found = next(self._decoded(query, Story), None)
        return found or next((s for s in self.stories() if story_id in s.aliases), None)

    # ── editions ────────────────────────────────────────────────────────────────────────────────────────────────

    def save_edition(self, edition: Edition) -> None:
        """Keep this version of an edition. StoreError where the version is printed already: it is only corrected."""
        with self._engine.begin() as db:
            same = (schema.edition.c.id == edition.id) & (schema.edition.c.version == edition.version)
            state = db.execute(select(schema.edition.c.state).where(same)).scalar()
            if state in ("published", "corrected"):
                raise StoreError(f"edition {edition.id}: version {edition.version} is printed. Correct it instead.")
            upsert = insert_or(schema.edition).values(
                id=edition.id, version=edition.version, state=edition.state, record=msgspec.json.encode(edition)
            )
            db.execute(upsert.on_conflict_do_update(set_={name: upsert.excluded[name] for name in ("state", "record")}))

    def editions(self) -> list[Edition]:
        """All versions of all editions, by id and version."""
        query = select(schema.edition.c.record).order_by(schema.edition.c.id, schema.edition.c.version)
        return list(self._decoded(query, Edition))

    def edition(self, edition_id: str) -> Edition | None:
        """The newest version of an edition, or None."""
        return next((e for e in reversed(self.editions()) if e.id == edition_id), None)

    # ── what was learned ────────────────────────────────────────────────────────────────────────────────────────

    def save_learned(self, counts: Counts) -> str:
        """Keep what was learned, beside what was learned before; its id: the day, the how-manieth of it, and a hash."""
        content = msgspec.msgpack.encode(counts)
        digest = hashlib.sha256(content).hexdigest()[:16]
        with self._engine.begin() as db:
            of_day = schema.learned.c.id.startswith(counts.on)
            known = list(db.execute(select(schema.learned.c.id).where(of_day)).scalars())
            if same := [learned_id for learned_id in known if learned_id.endswith(digest)]:
                return str(same[0])
            learned_id = f"{counts.on} {len(known) + 1:04d} {digest}"
            record = zstandard.ZstdCompressor().compress(content)
            db.execute(insert(schema.learned).values(id=learned_id, record=record))
        return learned_id

    def newest_learned(self) -> str | None:
        """Id of what was learned last, or None."""
        with self._engine.connect() as db:
            return db.execute(select(func.max(schema.learned.c.id))).scalar()

    def learned(self, learned_id: str) -> Counts:
        """What was learned under this id."""
        with self._engine.connect() as db:
            query = select(schema.learned.c.record).where(schema.learned.c.id == learned_id)
            record = db.execute(query).scalar_one()
        from shida.restore import Counts

        return msgspec.msgpack.decode(zstandard.ZstdDecompressor().decompress(record), type=Counts)

    # ── refusals and counts ─────────────────────────────────────────────────────────────────────────────────────

    def dropped(self) -> list[Dropped]:
        """All refusals, by stage, record and reason."""
        table = schema.dropped
        with self._engine.connect() as db:
            rows = db.execute(select(table).order_by(table.c.stage, table.c.record, table.c.reason))
            return [Dropped(stage=r.stage, record=r.record, reason=r.reason, detail=r.detail) for r in rows]

    def counts(self) -> Mapping[str, int]:
        """How many pages, articles, facts, stories, editions and refusals there are."""
        tables = {
            "pages": select(func.count()).select_from(schema.page),
            "articles": select(func.count()).where(schema.article.c.current),
            "facts": select(func.count(func.distinct(schema.fact.c.id))),
            "stories": select(func.count()).select_from(schema.story),
            "editions": select(func.count(func.distinct(schema.edition.c.id))),
            "dropped": select(func.count()).select_from(schema.dropped),
        }
        with self._engine.connect() as db:
            return {name: db.execute(query).scalar_one() for name, query in tables.items()}

    def check(self) -> list[str]:
        """What SQLite finds wrong with the file; nothing where it is whole."""
        with self._engine.connect() as db:
            said = [str(row[0]) for row in db.exec_driver_sql("PRAGMA quick_check")]
        return [] if said == ["ok"] else said

    def _decoded(self, query: Any, kind: type[T] | Any) -> Iterator[T]:
        decoder = msgspec.json.Decoder(kind)
        with self._engine.connect() as db:
            for record in db.execute(query.execution_options(yield_per=BATCH)).scalars():
                try:
                    yield decoder.decode(record)
                except (msgspec.DecodeError, UnicodeDecodeError) as error:
                    file = self.home / FILE_NAME
                    raise StoreError(f"{file}: a record is damaged ({error}). Restore the newest backup.") from error


def _column(db: Connection, column: Any, values: Iterable[str]) -> list[str]:
    return list(db.execute(select(column).where(column.in_(list(values)))).scalars())


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    source = iter(items)
    while batch := list(islice(source, size)):
        yield batch
