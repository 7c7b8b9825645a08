"""A bundle, folder or .zip → what does not agree with its manifest. Nothing is unpacked and no name leads outside."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO

import msgspec

from shida.errors import InputError
from shida.publish.files.bundle import FORMAT, MANIFEST, NAME, Manifest

MAX_MANIFEST = 4 * 1024 * 1024
MAX_FILE = 512 * 1024 * 1024
CHUNK = 1024 * 1024


def verify(path: Path) -> tuple[Manifest, list[str]]:
    """The manifest, and a sentence for each file that is missing, changed, or not named in it; none where all agree.

    InputError where there is no bundle to read.
    """
    try:
        if path.is_dir():
            return _folder(path)
        with zipfile.ZipFile(path) as archive:
            return _archive(path, archive)
    except zipfile.BadZipFile as error:
        raise InputError(f"{path}: not a .zip file ({error}). Name a bundle's folder or its .zip.") from error
    except (OSError, RuntimeError, NotImplementedError) as error:  # RuntimeError: an encrypted entry
        raise InputError(f"{path}: {error}. Name a bundle's folder or its .zip.") from error


def _folder(path: Path) -> tuple[Manifest, list[str]]:
    if not (path / MANIFEST).is_file():
        raise InputError(f"{path}: there is no {MANIFEST}. Make a bundle with: shida edition files ID DIR.")
    with (path / MANIFEST).open("rb") as file:
        manifest = _manifest(path, file)
    there = {found.name for found in path.iterdir() if found.is_file() and not found.is_symlink()}
    findings = []
    for row in manifest.files:
        if not NAME.fullmatch(row.name):
            findings.append(f"{row.name!r}: not a name a bundle may hold")
        elif row.name not in there:
            findings.append(f"{row.name}: missing")
        else:
            with (path / row.name).open("rb") as file:
                findings += _compare(row.name, file, row.bytes, row.sha256)
    return manifest, findings + _strangers(there, manifest)


def _archive(path: Path, archive: zipfile.ZipFile) -> tuple[Manifest, list[str]]:
    names = archive.namelist()
    if names.count(MANIFEST) != 1:
        raise InputError(f"{path}: there is no {MANIFEST} in it. Make a bundle with: shida edition files ID FILE.zip.")
    with archive.open(MANIFEST) as file:
        manifest = _manifest(path, file)
    findings = [f"{name!r}: stands in it twice" for name in sorted(set(names)) if names.count(name) > 1]
    for row in manifest.files:
        if not NAME.fullmatch(row.name):
            findings.append(f"{row.name!r}: not a name a bundle may hold")
        elif row.name not in names:
            findings.append(f"{row.name}: missing")
        else:
            try:
                with archive.open(row.name) as file:
                    findings += _compare(row.name, file, row.bytes, row.sha256)
            except zipfile.BadZipFile as error:
                findings.append(f"{row.name}: {error}")
    return manifest, findings + _strangers(names, manifest)


def _manifest(path: Path, file: IO[bytes]) -> Manifest:
    content = file.read(MAX_MANIFEST + 1)
    try:
        if len(content) > MAX_MANIFEST:
            raise msgspec.ValidationError(f"larger than {MAX_MANIFEST:,} bytes")
        found = msgspec.json.decode(content, type=Manifest)
        if found.format != FORMAT:
            raise msgspec.ValidationError(f"format {found.format[:80]!r}, this program knows {FORMAT!r}")
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: {MANIFEST} cannot be read: {error}. Make the bundle anew.") from error
    return found


def _compare(name: str, file: IO[bytes], size: int, digest: str) -> list[str]:
    """Reads no more than the manifest says, and one byte, so that a packed bomb costs nothing."""
    if not 0 <= size <= MAX_FILE:
        return [f"{name}: {size:,} bytes are more than a bundle may hold"]
    hashed = hashlib.sha256()
    read = 0
    while read <= size and (chunk := file.read(min(CHUNK, size + 1 - read))):
        hashed.update(chunk)
        read += len(chunk)
    if read != size:
        return [f"{name}: {'more than ' if read > size else f'{read:,} of '}{size:,} bytes"]
    return [] if hashed.hexdigest() == digest else [f"{name}: its content was changed"]


def _strangers(there: Iterable[str], manifest: Manifest) -> list[str]:
    named = {MANIFEST, *(row.name for row in manifest.files)}
    return [f"{name!r}: not in the manifest" for name in sorted(set(there) - named)]
