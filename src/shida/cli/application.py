"""The application and what its commands share: the newsroom's folder, today, and printing."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

from cyclopts import App, Parameter

if TYPE_CHECKING:
    from shida.pack import Pack
    from shida.settings import Settings
    from shida.store import Newsroom

application = App(
    name="shida",
    help="The newsroom behind a Top Ten: damaged Chinese pages in, a published list with reasons out.",
    version_flags=["--version"],
    result_action="return_value",
    suppress_keyboard_interrupt=False,
    exit_on_error=False,
)

Home = Annotated[
    Path | None, Parameter(name="--home", help="The newsroom's folder; else $SHIDA_HOME, else ./newsroom.")
]
Json = Annotated[bool, Parameter(name="--json", negative="", help="Print JSON instead of text.")]
Now = Annotated[
    str | None, Parameter(name="--now", help="The time to take for now (2026-11-22T12:00:00+08:00); else the clock.")
]
Today = Annotated[str | None, Parameter(name="--today", help="The day to take for today (YYYY-MM-DD).")]

_CONTROLS = dict.fromkeys((*range(9), *range(11, 32), *range(127, 160)), "\ufffd")
"""Control characters, line ends and tabs aside: a terminal obeys them."""

CHINA = timezone(timedelta(hours=8))


def home_folder(home: Path | None) -> Path:
    """The newsroom's folder: as given, else $SHIDA_HOME, else ./newsroom."""
    from shida.settings import HOME_VARIABLE

    return home or Path(os.environ.get(HOME_VARIABLE) or "newsroom")


def the_day(given: str | None) -> str:
    """The day given, checked; else today in China. The only place where the clock is read for a stage."""
    from datetime import date

    from shida.errors import SettingsError

    if given is None:
        return datetime.now(CHINA).date().isoformat()
    try:
        return date.fromisoformat(given).isoformat()
    except ValueError as error:
        raise SettingsError(f"{given!r} is not a day. Give YYYY-MM-DD, for example 2025-12-31.") from error


def the_time(given: str | None) -> datetime:
    """The time given, checked, in China; else the clock."""
    from shida.errors import SettingsError

    if given is None:
        return datetime.now(CHINA).replace(microsecond=0)
    try:
        time = datetime.fromisoformat(given)
    except ValueError as error:
        raise SettingsError(f"{given!r} is not a time. Give one like 2026-11-22T12:00:00+08:00.") from error
    return time.replace(tzinfo=time.tzinfo or CHINA).astimezone(CHINA)


def open_newsroom(home: Path | None, *, create: bool = False) -> tuple[Newsroom, Settings, Pack]:
    """The newsroom, its settings and its packs."""
    from shida.pack import load_packs
    from shida.settings import load
    from shida.store import Newsroom

    folder = home_folder(home)
    settings = load(folder)
    pack = load_packs(settings.packs)
    return Newsroom.open(folder, create=create), settings, pack


def print_json(value: Any) -> None:
    """One JSON document and a newline."""
    import msgspec

    sys.stdout.buffer.write(msgspec.json.encode(value) + b"\n")


def print_json_lines(values: Iterable[Any]) -> None:
    """One JSON object a line; a line ends at a newline only."""
    import msgspec

    encode = msgspec.json.Encoder().encode
    for value in values:
        sys.stdout.buffer.write(encode(value) + b"\n")


def tell(text: str) -> None:
    """A line on standard output, for a person: what comes from pages cannot move the cursor or name the window."""
    print(text.translate(_CONTROLS))


def say(text: str) -> None:
    """The same on standard error, where standard output is for data."""
    print(text.translate(_CONTROLS), file=sys.stderr)


@contextmanager
def writing(path: Path) -> Iterator[BinaryIO]:
    """The file at `path`, open for writing; InputError where it cannot be."""
    from shida.errors import InputError

    try:
        with path.open("wb") as file:
            yield file
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}. Name another file.") from error


# They register their commands.
from shida.cli import (  # noqa: E402, F401
    alerting,
    answers,
    assistants,
    editions,
    filters,
    newsroom,
    registers,
    searching,
    site,
    sources,
    story,
    watching,
)
