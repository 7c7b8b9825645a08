"""The index beside the store: opened, compared with the store, brought up to it, or made anew.

The index is a copy of what the store says, never a second truth. Its last commit carries the store's mark and the
inventory it was made from; where the mark differs, the inventories are compared and the difference is written in one
commit. A kill between the store's commit and the index's leaves an older mark, and the next opening catches up.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import tantivy
import zstandard

from shida.errors import NewsroomBusy
from shida.pack import Pack
from shida.pack.names import choose
from shida.store.newsroom import Newsroom
from shida.store.search.answers import Hit
from shida.store.search.changes import Changes, noted
from shida.store.search.hits import HitReader, HitWriter
from shida.store.search.inventory import Holdings, Inventory, store_mark
from shida.store.search.layout import STATE, VERSION, make_schema
from shida.text.ngrams import fold

FOLDER = "index"
"""The index's own folder in the newsroom. It may be deleted at any time: it is made again from the store."""

INVENTORY, CHANGES = f"{STATE}:inventory", f"{STATE}:changes"
"""`uid` of the documents beside STATE."""

WRITER_BYTES = 192_000_000
"""Memory for writing. About 20,000 articles go into one segment; fewer segments answer faster."""

WASTE_BYTES, WASTE_A_RECORD = 8_000_000, 1_500
"""How long the file of hits may grow before the index is made anew: a hit is about 300 bytes."""

WAIT_SECONDS = 120.0
"""How long to wait for another process that is writing the index."""

CHINA = timezone(timedelta(hours=8))

T = TypeVar("T")

HITS_KEPT = 50_000
"""Hits kept decoded; one takes some hundred bytes."""


class State(msgspec.Struct, frozen=True):
    """What the index was made from."""

    version: str
    mark: str
    records: int
    bytes: int
    """How long the file of hits was: what comes after was never acknowledged."""


class Upkeep(msgspec.Struct, frozen=True):
    """What was done to bring the index up to the store."""

    added: int = 0
    removed: int = 0
    remade: bool = False
    seconds: float = 0.0

    def line(self) -> str:
        """For the terminal.

        >>> Upkeep(added=1204, removed=3, seconds=1.5).line()
        'index 1,204 written 3 taken out 1.5 s'
        """
        return f"index {self.added:,} written {self.removed:,} taken out {self.seconds:.1f} s"


class View:
    """The index as it was at one commit: what a search reads. A later commit makes a new one and leaves this alone."""

    def __init__(
        self, searcher: tantivy.Searcher, schema: tantivy.Schema, pack: Pack, hits: HitReader, generation: int
    ) -> None:
        self.searcher = searcher
        self.schema = schema
        self.pack = pack
        self.generation = generation
        """Grows with each commit; whatever is kept of answers belongs to one generation."""
        self.kept: dict[str, Any] = {}
        """What other modules worked out of this view: names, suggestions."""
        self._hits = hits
        self._read: dict[int, Hit] = {}

    def hits(self, addresses: list[tantivy.DocAddress]) -> list[Hit]:
        """The hits at addresses of the index."""
        if not addresses:
            return []
        read, found = self._read, []
        if len(read) >= HITS_KEPT:
            read = self._read = {}
        for place in self.searcher.fast_field_values("at", addresses):
            if place is None:  # the two documents of state lead to no hit
                continue
            hit = read.get(int(place))
            if hit is None:
                hit = read[int(place)] = self._hits.at(int(place))
            found.append(hit)
        return found

    def full_name(self, called: str) -> str | None:
        """The full name of the body that is `called` so in any script or width, as the pack knows it."""
        names = self.pack.names
        called = called.strip()
        if "names" not in self.kept:  # only what folding changes: the names themselves are in the pack's own table
            self.kept["names"] = {folded: one for one in names.by_alias if (folded := fold(one)) != one}
        written = called if called in names.by_alias else self.kept["names"].get(fold(called))
        entry = choose(names.by_alias.get(written or "", ()))
        return entry.name if entry is not None and entry.kind != "place" else None


class SearchIndex:
    """The open index of a newsroom. `refresh` before a search brings it up to the store; asking costs microseconds.

    Searches read `view`; they may go on in other threads while one thread refreshes.
    """

    view: View

    def __init__(self, newsroom: Newsroom, pack: Pack) -> None:
        self.newsroom = newsroom
        self.pack = pack
        self.folder: Path | None = newsroom.home / FOLDER
        self.schema = make_schema()
        self.upkeep = Upkeep()
        """What the last `refresh` that had something to do did."""
        self._memory = b""
        self._index: tantivy.Index | None = None
        self._state: State | None = None
        self._before: tuple[Inventory, Changes] | None = None
        """What an index that is made anew was made from, and what it knew of changes."""
        self._wanted = f"{VERSION} {pack.digest('names', 'fields', 'ranking')}"

    def stale(self) -> bool:
        """Whether the store may have moved since; asking costs microseconds."""
        return self._state is None or not self._state.mark or self._state.mark != store_mark(self.newsroom)

    def refresh(self, *, remake: bool = False) -> bool:
        """Bring the index up to the store; True where anything was to be done. Raises NewsroomBusy after a long wait.

        A newsroom that cannot be written is indexed in memory.
        """
        if (
            not remake
            and self._state is not None
            and self._state.mark
            and self._state.mark == store_mark(self.newsroom)
        ):
            return False
        began = time.perf_counter()
        with self._held():
            mark = store_mark(self.newsroom)  # before anything is read: what is written meanwhile makes it differ
            if remake or self._wasteful():
                if self._index is None:
                    self._open()  # for what it knows of changes
                self._forget()
            else:
                self._open()  # another process may have brought it up already, or made it anew
            if self._state is not None and mark and self._state.mark == mark:
                return False
            try:
                self._write(mark, began)
            except ValueError:  # what a killed writer left lies in the way: a file of deletions named as the next one
                self._forget()
                self._write(mark, began)
        return True

    def _write(self, mark: str, began: float) -> None:
        old = self.inventory()
        holdings = Holdings(self.newsroom, self.pack, old)
        new = holdings.inventory
        gone = [one for one, token in old.items() if new.get(one) != token and one != "facts"]
        due = [one for one, token in new.items() if old.get(one) != token and one != "facts"]
        index = self._index or self._made()
        writer = index.writer(WRITER_BYTES, num_threads=1)
        hits = HitWriter(self._hits_file(), self._memory)
        for one in (*gone, STATE, INVENTORY, CHANGES):
            writer.delete_documents_by_term("uid", one)
        for document, hit in holdings.documents(due):
            document.add_integer("at", hits.add(hit))
            writer.add_document(document)
        hits.close()
        self._memory = bytes(hits.memory)
        state = State(version=self._wanted, mark=mark, records=len(new) - 1, bytes=hits.end)
        known = (old, self.changes()) if old else self._before
        changes = noted(known[1] if known else None, known[0] if known else {}, new, today())
        writer.add_document(tantivy.Document(uid=STATE, kept=msgspec.msgpack.encode(state)))
        writer.add_document(tantivy.Document(uid=INVENTORY, kept=_packed(new)))
        writer.add_document(tantivy.Document(uid=CHANGES, kept=_packed(changes)))
        writer.commit()
        writer.wait_merging_threads()
        self._index = index
        self._load()
        if gone or due or not old:
            self.upkeep = Upkeep(len(due), len(gone), not old, time.perf_counter() - began)

    # ── the files ───────────────────────────────────────────────────────────────────────────────────────────────

    def _open(self) -> None:
        """Take the newest commit; what cannot be read, or was made by other rules, is thrown away."""
        try:
            if self._index is None and self.folder is not None and tantivy.Index.exists(str(self.folder / "files")):
                self._index = tantivy.Index.open(str(self.folder / "files"))
            self._load()
        except (ValueError, OSError, msgspec.DecodeError):  # tantivy says ValueError for a damaged file
            self._state = None
        if self._state is None or self._state.version != self._wanted:
            self._forget()

    def _wasteful(self) -> bool:
        """Whether the file of hits holds far more that is past than present: time to make everything anew."""
        return self._state is not None and self._state.bytes > WASTE_BYTES + WASTE_A_RECORD * self._state.records

    def _forget(self) -> None:
        with suppress(ValueError, OSError, msgspec.DecodeError, zstandard.ZstdError):  # what cannot be read is lost
            old, changes = self.inventory(), self.changes()
            self._before = (old, changes) if old and changes is not None else self._before
        self._index = self._state = None
        self._memory = b""
        if self.folder is not None:
            shutil.rmtree(self.folder / "files", ignore_errors=True)

    def _hits_file(self) -> Path | None:
        """The file of hits; None where the index is kept in memory."""
        return self.folder / "files" / "hits" if self.folder is not None else None

    def _made(self) -> tantivy.Index:
        if self.folder is None:
            return tantivy.Index(self.schema)
        files = self.folder / "files"
        files.mkdir(parents=True, exist_ok=True)
        return tantivy.Index(self.schema, path=str(files))

    def _load(self) -> None:
        """Take the newest commit."""
        if self._index is None:
            return
        self._index.reload()
        searcher = self._index.searcher()
        blob = _stored(searcher, self.schema, STATE)
        state = msgspec.msgpack.decode(blob, type=State) if blob is not None else None
        if state != self._state or state is None:
            number = self.view.generation + 1 if self._state is not None else 1
            file = self._hits_file()
            hits = HitReader(file if file is not None else self._memory)
            if state is not None and len(hits) < state.bytes:
                raise ValueError("the file of hits is shorter than it was")
            self.view = View(searcher, self.schema, self.pack, hits, number)
        self._state = state

    def inventory(self) -> Inventory:
        """What the last commit was made from, as `uid` → token; empty where there is none."""
        return self._read(INVENTORY, dict[str, str]) or {}

    def changes(self) -> Changes | None:
        """What is known of when records changed or went, as of the last commit."""
        return self._read(CHANGES, Changes)

    def _read(self, name: str, kind: type[T]) -> T | None:
        blob = _stored(self._index.searcher(), self.schema, name) if self._index is not None else None
        if blob is None:
            return None
        return msgspec.msgpack.decode(zstandard.ZstdDecompressor().decompress(blob), type=kind)

    @contextmanager
    def _held(self) -> Iterator[None]:
        """Hold the index against other processes that write it."""
        lock = self._lock_file()
        if lock is None:
            yield
            return
        with lock.open("a+") as file:
            until = time.monotonic() + WAIT_SECONDS
            while True:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except OSError as error:
                    if time.monotonic() > until:
                        raise NewsroomBusy(
                            f"{self.folder}: another process is writing the search index. Wait for it and ask again."
                        ) from error
                    time.sleep(0.05)
            yield

    def _lock_file(self) -> Path | None:
        """The file to lock; None where the newsroom cannot be written and the index is kept in memory."""
        if self.folder is None:
            return None
        try:
            self.folder.mkdir(exist_ok=True)
            writable = os.access(self.folder, os.W_OK)
        except OSError:
            writable = False
        if not writable:
            self.folder = None
            return None
        return self.folder / "lock"

    @property
    def records(self) -> int:
        """How many articles, stories, facts and editions the index holds."""
        return self._state.records if self._state is not None else 0


def open_index(newsroom: Newsroom, pack: Pack, *, remake: bool = False) -> SearchIndex:
    """The newsroom's search index, brought up to the store; made where there is none, or anew with `remake`."""
    index = SearchIndex(newsroom, pack)
    index.refresh(remake=remake)
    return index


def bring_up(home: Path, pack: Pack) -> Upkeep:
    """Bring the index of the newsroom in `home` up to it, after whoever wrote has closed it; what was done."""
    with Newsroom.open(home) as newsroom:
        return open_index(newsroom, pack).upkeep


def today() -> str:
    """The day in China (ISO). The clock, not the last run's day: editors and collecting change things between runs."""
    return datetime.now(CHINA).date().isoformat()


def _stored(searcher: tantivy.Searcher, schema: tantivy.Schema, name: str) -> bytes | None:
    found = searcher.search(tantivy.Query.term_query(schema, "uid", name), 1).hits
    return _blob(searcher.doc(found[0][1])) if found else None


def _packed(value: Inventory | Changes) -> bytes:
    return zstandard.ZstdCompressor(level=1).compress(msgspec.msgpack.encode(value))


def _blob(document: tantivy.Document) -> bytes:
    stored: Any = document.get_first("kept")
    if stored is None:
        raise ValueError("an index of other fields")
    return bytes(stored)
