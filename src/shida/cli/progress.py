"""A bar on a terminal, nothing in a log (the run's report says it in one line a stage)."""

from __future__ import annotations

from types import TracebackType
from typing import Self


class Bar:
    """A progress bar on standard error: `bar(what, done, total)`. Silent where that is no terminal, or not `wanted`."""

    def __init__(self, *, wanted: bool = True, in_bytes: bool = False) -> None:
        self._wanted, self._in_bytes = wanted, in_bytes

    def __enter__(self) -> Self:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            DownloadColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeElapsedColumn,
        )

        console = Console(stderr=True)
        number = DownloadColumn() if self._in_bytes else MofNCompleteColumn()
        columns = (TextColumn("{task.description}"), BarColumn(), number, TimeElapsedColumn())
        silent = not (self._wanted and console.is_terminal)
        self._progress = Progress(*columns, console=console, transient=True, disable=silent)
        self._tasks: dict[str, int] = {}
        self._progress.start()
        return self

    def __call__(self, what: str, done: int, total: int) -> None:
        """`done` of `total` of `what`."""
        from rich.progress import TaskID

        if what not in self._tasks:
            self._tasks[what] = self._progress.add_task(what, total=total)
        self._progress.update(TaskID(self._tasks[what]), completed=done, total=total or None)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._progress.stop()
