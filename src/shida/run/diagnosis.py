"""What this machine and newsroom are like, for a person who looks for the reason of something."""

from __future__ import annotations

import platform
import shutil
from collections import Counter
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from shida.alerts import ailments as ailing_alerts
from shida.collect.own_sources import all_sources
from shida.errors import ShidaError
from shida.pack import load_packs
from shida.records import Record, Source
from shida.run.collecting import AILING
from shida.settings import load, rows, shown
from shida.store import Newsroom
from shida.store.engine import FILE_NAME

LOW_DISK_BYTES = 200 * 1024 * 1024
"""Less free space than this, and a run may not end."""


class Diagnosis(Record, frozen=True, kw_only=True):
    """What was found; `ailments` is empty where all is well."""

    shida: str
    python: str
    newsroom: str
    free_bytes: int
    settings: dict[str, str]
    counts: dict[str, int]
    dropped: dict[str, int]
    """`stage reason` → how many."""
    sources: dict[str, int]
    """State of health → how many of the sources that were ever visited."""
    ailments: tuple[str, ...]

    def lines(self) -> list[str]:
        """For the terminal."""
        found = [
            f"shida {self.shida}, Python {self.python}",
            f"newsroom {self.newsroom}, {self.free_bytes / 1e9:.1f} GB free",
            "settings:",
            *(f"  {name} = {value or '(empty)'}  {help_text}" for name, value, help_text in self._settings()),
        ]
        if self.counts:
            found.append("holds: " + ", ".join(f"{count:,} {name}" for name, count in self.counts.items()))
        if self.sources:
            found.append("sources: " + ", ".join(f"{count:,} {state}" for state, count in self.sources.items()))
        found.extend(f"  dropped by {what}: {count:,}" for what, count in self.dropped.items())
        found.extend(f"ailing: {ailment}" for ailment in self.ailments)
        return found

    def _settings(self) -> list[tuple[str, str, str]]:
        return [(name, self.settings.get(name, default), help_text) for name, default, help_text in rows()]


def diagnosis(home: Path, now: datetime) -> Diagnosis:
    """Look at the machine and the newsroom in `home`, its sources as they are at `now`; nothing is changed but a schema
    that is behind.
    """
    ailments = []
    found: tuple[Source, ...] = ()
    sources: Counter[str] = Counter()
    settings: dict[str, str] = {}
    counts: dict[str, int] = {}
    dropped: Counter[str] = Counter()
    try:
        loaded = load(home)
        settings = {name: shown(getattr(loaded, name)) for name, _, _ in rows()}
        found = all_sources(home, load_packs(loaded.packs).sources.sources)
    except ShidaError as error:
        ailments.append(str(error))
    if (home / FILE_NAME).is_file():
        try:
            with Newsroom.open(home) as newsroom:
                counts = dict(newsroom.counts())
                waiting = newsroom.pages_waiting()
                ailments.extend(newsroom.check())
                dropped.update(f"{d.stage} {d.reason}" for d in newsroom.dropped())
                if any(not row.done for row in newsroom.runs()):
                    ailments.append("a run was cut off; go on with: shida run")
                if waiting:
                    counts["waiting"] = waiting
                if settings:
                    ailments.extend(ailing_alerts(newsroom, load(home), now))
                for one in newsroom.visits.healths([source for source in found if not source.off], now):
                    sources[one.state] += 1
                    if one.state in AILING:
                        ailments.append(
                            f"source {one.source} is {one.state}: {one.sentence}. "
                            f"Look at it: shida collect --source {one.source} --dry-run"
                        )
        except ShidaError as error:
            ailments.append(str(error))
    else:
        ailments.append(f"{home}: there is no newsroom here. Make one with: shida init {home}")
    nearest = next(folder for folder in (home, *home.absolute().parents) if folder.is_dir())
    free = shutil.disk_usage(nearest).free
    if free < LOW_DISK_BYTES:
        ailments.append(f"{nearest}: only {free / 1e6:.0f} MB free. Free some space before the next run.")
    return Diagnosis(
        shida=version("shida"),
        python=platform.python_version(),
        newsroom=str(home),
        free_bytes=free,
        settings=settings,
        counts=counts,
        dropped=dict(sorted(dropped.items())),
        sources=dict(sorted(sources.items())),
        ailments=tuple(ailments),
    )
