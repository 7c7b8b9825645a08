"""Printed → its files in a folder or a .zip, with a manifest that says what each is and what all were made from."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from shida.errors import InputError, SettingsError
from shida.publish.addresses import stem
from shida.publish.files import markdown, pdf, plain, tables, wechat, word
from shida.publish.files.packed import packed
from shida.publish.files.printed import Origin, Printed, Script
from shida.records import Record

MANIFEST = "manifest.json"
FORMAT = "shida-edition-files/1"


class Form(NamedTuple):
    """A form an edition is handed on in: the end of its file's name, its media type, and what makes it."""

    ending: str
    media_type: str
    make: Callable[[Printed], bytes]


FORMS: Mapping[str, Form] = {
    "docx": Form(".docx", word.MEDIA_TYPE, word.word),
    "pdf": Form(".pdf", pdf.MEDIA_TYPE, pdf.pdf),
    "xlsx": Form(".xlsx", tables.MEDIA_TYPE, tables.tables),
    "md": Form(".md", markdown.MEDIA_TYPE, markdown.markdown),
    "html": Form("_wechat.html", wechat.MEDIA_TYPE, wechat.wechat),
    "txt": Form(".txt", plain.MEDIA_TYPE, plain.plain),
}


class ManifestFile(Record, frozen=True, kw_only=True):
    """One file of a bundle."""

    name: str
    form: str
    media_type: str
    bytes: int
    sha256: str


class ManifestCounts(Record, frozen=True, kw_only=True):
    """How much is in each of the files."""

    entries: int
    sources: int
    facts: int
    corrections: int


class ManifestEdition(Record, frozen=True, kw_only=True):
    """Which edition it is."""

    id: str
    name: str
    version: int
    state: str
    period: str
    field: str
    as_of: str
    address: str
    digest: str
    """SHA-256 of everything the files print, the same for all forms of one version."""


class Manifest(Record, frozen=True, kw_only=True):
    """What a bundle holds, and what it was generated from."""

    format: str
    made: str
    edition: ManifestEdition
    generated_from: Origin
    licence: str
    ai_generated: bool
    script: Script
    counts: ManifestCounts
    files: tuple[ManifestFile, ...]
    notes: tuple[str, ...] = ()


def bundle(edition: Printed, forms: Sequence[str] | None = None) -> list[tuple[str, bytes]]:
    """Name and content of every file, the manifest last. `forms`: keys of FORMS; None makes all that can be made here.

    SettingsError where a form that was asked for needs a part that is missing; without being asked for it is left out
    and the manifest says so.
    """
    made: list[tuple[str, bytes]] = []
    rows = []
    notes = list(edition.notes)
    base = f"{stem(edition.id)}_{edition.version}" + ("_hant" if edition.script == "hant" else "")
    for name in dict.fromkeys(forms or FORMS):
        form = FORMS[name]
        try:
            content = form.make(edition)
        except SettingsError as error:
            if forms:
                raise
            notes.append(str(error))
            continue
        if name == "html" and len(content.decode()) > wechat.MAX_CHARACTERS:
            notes.append(f"公众号文章至多 {wechat.MAX_CHARACTERS} 字符，{base}{form.ending} 超出，请分两篇。")
        made.append((base + form.ending, content))
        rows.append(
            ManifestFile(
                name=base + form.ending,
                form=name,
                media_type=form.media_type,
                bytes=len(content),
                sha256=hashlib.sha256(content).hexdigest(),
            )
        )
    return [*made, (MANIFEST, _manifest(edition, rows, notes))]


class Written(NamedTuple):
    """What was written, and what a person should know of it."""

    paths: list[Path]
    notes: tuple[str, ...]


def write_bundle(edition: Printed, out: Path, forms: Sequence[str] | None = None) -> Written:
    """The bundle in the folder `out`, or in the file where its name ends in .zip.

    In a folder each file is put in place whole and the manifest last, so a cut-off writing is seen by `verify`. Files
    of an earlier bundle go; any other file stays. InputError where `out` cannot be written.
    """
    files = bundle(edition, forms)
    notes = msgspec.json.decode(files[-1][1], type=Manifest).notes
    try:
        if out.suffix.lower() == ".zip":
            out.parent.mkdir(parents=True, exist_ok=True)
            _put(out, packed(files, edition.made))
            return Written([out], notes)
        out.mkdir(parents=True, exist_ok=True)
        earlier = _earlier(out / MANIFEST)
        if earlier:
            (out / MANIFEST).unlink()
        for name, content in files:
            _put(out / name, content)
        for name in earlier - {name for name, _ in files}:
            (out / name).unlink(missing_ok=True)
    except OSError as error:
        raise InputError(f"{out}: {error.strerror or error}. Name a folder or a .zip that can be written.") from error
    return Written([out / name for name, _ in files], notes)


def _manifest(edition: Printed, rows: Sequence[ManifestFile], notes: Sequence[str]) -> bytes:
    manifest = Manifest(
        format=FORMAT,
        made=edition.made,
        edition=ManifestEdition(
            id=edition.id,
            name=edition.name,
            version=edition.version,
            state=edition.step,
            period=edition.period,
            field=edition.field,
            as_of=edition.as_of,
            address=edition.address,
            digest=hashlib.sha256(msgspec.json.encode(edition)).hexdigest(),
        ),
        generated_from=edition.origin,
        licence=edition.licence,
        ai_generated=edition.ai_generated,
        script=edition.script,
        counts=ManifestCounts(
            entries=len(edition.entries),
            sources=len(edition.sources),
            facts=len(edition.facts),
            corrections=len(edition.corrections),
        ),
        files=tuple(rows),
        notes=tuple(notes),
    )
    return msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n"


def _earlier(manifest: Path) -> set[str]:
    """The files an earlier bundle left in the folder; none where there was none, or where it cannot be read."""
    try:
        found = msgspec.json.decode(manifest.read_bytes(), type=Manifest)
    except (FileNotFoundError, msgspec.DecodeError):
        return set()
    return {file.name for file in found.files if NAME.fullmatch(file.name)} | {MANIFEST}


def _put(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    aside = path.with_name(f".{path.name}.new")
    try:
        aside.write_bytes(content)
        os.replace(aside, path)
    finally:
        aside.unlink(missing_ok=True)


NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,120}\.[a-z]{2,5}", re.ASCII)
"""What a file of a bundle may be called: never a path."""
