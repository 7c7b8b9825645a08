"""One process at a time: a lock that a killed holder lets go of by itself."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shida.errors import NewsroomBusy


@contextmanager
def hold(home: Path, what: str) -> Iterator[None]:
    """Hold the newsroom in `home` for one `what` (`run`, `collect`); NewsroomBusy where another process does."""
    path = home / (".lock" if what == "run" else f".{what}.lock")
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            file.seek(0)
            holder = file.read().strip() or "unknown"
            raise NewsroomBusy(
                f"{home}: another {what} (process {holder}) holds it. Wait for that to end and run again."
            ) from error
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
