"""Page stages over many pages, in this process or in several; the order of what comes out is the order that went in."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import NamedTuple

from shida.pack import Pack, load_packs
from shida.records import Dropped
from shida.restore import Counts
from shida.run.stages import PageStage, PageWork

AHEAD = 3
"""Chunks in flight per worker: enough to keep all busy, few enough to keep memory flat."""


PARENT_WATCH_SECONDS = 2.0
"""How often a worker looks whether its parent is still there."""


class Done(NamedTuple):
    """One page's way through the stages."""

    work: PageWork
    seconds: tuple[tuple[str, float], ...]
    """Stage → seconds it took, for the stages that ran."""


_worker: tuple[Sequence[PageStage], Pack, Counts | None] | None = None


def do_pages(
    chunks: Iterable[list[PageWork]],
    stages: Sequence[PageStage],
    pack: Pack,
    counts: Counts | None,
    *,
    workers: int,
) -> Iterator[list[Done]]:
    """Each chunk through all `stages`. With one worker nothing leaves this process.

    A page that kills its worker (memory, a crash in a C library) is tried alone and, where it kills again, comes
    back as Dropped `worker_died`; the others go on.
    """
    if workers <= 1:
        for chunk in chunks:
            yield [_through(work, stages, pack, counts) for work in chunk]
        return
    line = _Line(workers, stages, pack, counts)
    try:
        for chunk in chunks:
            line.put(chunk)
            if len(line) >= workers * AHEAD:
                yield line.take()
        while len(line):
            yield line.take()
    finally:
        line.stop()


class _Line:
    """Chunks in flight in a pool of workers, first in first out; a pool that broke is replaced."""

    def __init__(self, workers: int, stages: Sequence[PageStage], pack: Pack, counts: Counts | None) -> None:
        self._workers, self._stages, self._pack, self._counts = workers, stages, pack, counts
        self._pool = _pool(workers, stages, pack, counts)
        self._waiting: deque[tuple[list[PageWork], Future[list[Done]]]] = deque()

    def __len__(self) -> int:
        return len(self._waiting)

    def put(self, chunk: list[PageWork]) -> None:
        try:
            future = self._pool.submit(_do_chunk, chunk)
        except BrokenProcessPool:
            self._replace_pool()
            future = self._pool.submit(_do_chunk, chunk)
        self._waiting.append((chunk, future))

    def take(self) -> list[Done]:
        chunk, future = self._waiting.popleft()
        try:
            return future.result()
        except BrokenProcessPool:
            self._replace_pool()
            return _one_by_one(chunk, self._stages, self._pack, self._counts)

    def stop(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _replace_pool(self) -> None:
        self.stop()
        self._pool = _pool(self._workers, self._stages, self._pack, self._counts)
        lost = list(self._waiting)
        self._waiting.clear()
        for chunk, future in lost:
            done = future.done() and not future.cancelled() and future.exception() is None
            self._waiting.append((chunk, future if done else self._pool.submit(_do_chunk, chunk)))


def _one_by_one(chunk: list[PageWork], stages: Sequence[PageStage], pack: Pack, counts: Counts | None) -> list[Done]:
    """Page by page in one worker, replaced when it dies, to find the page that kills."""
    found = []
    pool = _pool(1, stages, pack, counts)
    for work in chunk:
        try:
            found.extend(pool.submit(_do_chunk, [work]).result())
        except BrokenProcessPool:
            dropped = Dropped(
                stage=stages[0].name,
                record=work.page.id,
                reason="worker_died",
                detail=f"{work.page.name}: the process that worked on it died; the page is kept as it came.",
            )
            found.append(Done(PageWork(page=work.page, today=work.today, articles=(), dropped=dropped), ()))
            pool.shutdown(wait=False)
            pool = _pool(1, stages, pack, counts)
    pool.shutdown(wait=False)
    return found


def _pool(workers: int, stages: Sequence[PageStage], pack: Pack, counts: Counts | None) -> ProcessPoolExecutor:
    # spawn: a forked child would inherit the database connection and the progress bar's thread
    return ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=_start_worker, initargs=(stages, pack.pack_names, counts)
    )


def _start_worker(stages: Sequence[PageStage], pack_names: tuple[str, ...], counts: Counts | None) -> None:
    global _worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    _worker = (stages, load_packs(pack_names), counts)


def _end_with(parent: int) -> None:
    """End this process soon after its parent: one that was killed cannot tell its workers."""
    while os.getppid() == parent:
        time.sleep(PARENT_WATCH_SECONDS)
    os._exit(0)


def _do_chunk(chunk: list[PageWork]) -> list[Done]:
    if _worker is None:  # pragma: no cover
        raise RuntimeError("the worker was not started")
    stages, pack, counts = _worker
    return [_through(work, stages, pack, counts) for work in chunk]


def _through(work: PageWork, stages: Sequence[PageStage], pack: Pack, counts: Counts | None) -> Done:
    """One page through the stages it still needs (those whose part it does not carry yet)."""
    seconds = []
    for stage in stages:
        began = time.perf_counter()
        work = stage.work(work, pack, counts)
        seconds.append((stage.name, time.perf_counter() - began))
        if work.dropped is not None:
            break
    return Done(work, tuple(seconds))


def worker_count(asked: int) -> int:
    """How many processes: as asked, or one a core this process may use for 0."""
    return asked or len(os.sched_getaffinity(0))
