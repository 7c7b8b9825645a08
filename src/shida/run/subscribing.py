"""Addresses and OPML files a user names → sources in the newsroom's folder."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from shida.collect.files import check_path
from shida.collect.own_sources import FILE_NAME, name_of, opml_of, own_sources, source_of, sources_of, toml_of
from shida.errors import InputError, SettingsError
from shida.net.urls import checked, looks_like_url
from shida.records import Source

HEAD = """\
# Sources of this newsroom; one with the name of a pack's source takes its place. Check it with: shida check
# off = ["amr-*"]   turns sources of the packs off, `*` for anything.
"""


def subscribe(home: Path, targets: Sequence[str], *, title: str | None, name: str | None) -> list[Source]:
    """Add sources to the newsroom in `home`; those that were added. InputError or SettingsError, before anything is
    written, where one cannot be.
    """
    known, _ = own_sources(home)
    if len(targets) > 1 and (title or name):
        raise SettingsError("--title and --name are for one source. Add the others by themselves.")
    added: list[Source] = []
    files: list[Path] = []
    lines: list[str] = []
    for target in targets:
        if looks_like_url(target):
            source = _source(str(checked(target)), title, name)
            if twin := next(
                (one for one in (*known, *added) if source.url == one.url or source.name == one.name), None
            ):
                raise InputError(
                    f"{target}: it is there already, as {twin.name} ({twin.url}). Edit {home / FILE_NAME}."
                )
            added.append(source)
            lines.append(toml_of(source))
        else:
            path = Path(target)
            check_path(path)
            added += map(source_of, opml_of(path).feeds)
            files.append(path)
    home.mkdir(parents=True, exist_ok=True)
    if lines:
        _write(home / FILE_NAME, lines)
    for path in files:
        place = home / f"{path.stem}.opml"
        if not place.exists() or not place.samefile(path):
            shutil.copyfile(path, place)
    return added


def _source(url: str, title: str | None, name: str | None) -> Source:
    given = {"name": name or name_of(url), "title": title or urlsplit(url).hostname or url, "url": url, "kind": "list"}
    try:
        return msgspec.convert(given, Source)
    except msgspec.ValidationError as error:
        raise SettingsError(
            f"{error}. A name is short, of a-z, 0-9 and hyphens; a title has at most 100 characters."
        ) from error


def _write(file: Path, blocks: Sequence[str]) -> None:
    """Append to the file; InputError, and nothing written, where the result could not be read."""
    before = file.read_text(encoding="utf-8") if file.is_file() else HEAD
    after = "\n\n".join([before.rstrip("\n"), *blocks]) + "\n"
    try:
        sources_of(after.encode(), file)
    except InputError as error:
        raise InputError(
            f"{file}: it has its sources in one list (`sources = [`), to which nothing can be added. Put this into "
            "the list, or write the list as [[sources]] tables:\n\n" + "\n\n".join(blocks)
        ) from error
    file.write_text(after, encoding="utf-8")
