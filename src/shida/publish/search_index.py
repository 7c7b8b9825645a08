"""The small index of the static site: editions, documents and titles, as scripts that the search page loads itself.

Full texts are searched by `shida serve`. Scripts, not JSON: they load from a folder without a server too.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import msgspec
import xxhash

from shida.publish.addresses import edition_file
from shida.publish.build import Build
from shida.publish.editions import by_edition
from shida.publish.shell import SEARCH
from shida.records import Document
from shida.text.scripts import by_character

FOLDER = "search/"
NAMES = FOLDER + "names.js"
SHELF = 5_000
"""Titles in one file, about 300 KB, counted from the year's oldest: a full file never changes again."""

_BASIC = range(0x3400, 0xA000)
"""Characters a browser's strings hold as one."""


def search_pages(build: Build) -> None:
    """The search page and what it looks through. Call after the headlines are read and the documents told."""
    shelves = title_shelves(build)
    table = {old: new for old, new in by_character("t2s").items() if ord(old) in _BASIC and ord(new) in _BASIC}
    names = {
        "fold": ["".join(table), "".join(table.values())],
        "shelves": [[path.removeprefix(FOLDER), len(rows)] for path, rows in shelves.items()],
        "rows": [*_edition_rows(build), *_document_rows(build)],
    }
    for path, rows in shelves.items():
        build.folder.put(path, _script(path, rows))
    script = _script(NAMES, names)
    build.folder.put(NAMES, script)
    build.page(SEARCH, SEARCH, served=False, q="", shelf=xxhash.xxh3_64_hexdigest(script)[:8])


def title_shelves(build: Build) -> dict[str, list[list[str]]]:
    """File → its titles (title, address, day, source), newest file first. Copies stand under their original only."""
    years: dict[str, list[list[str]]] = defaultdict(list)
    copies = {m.article for story in build.content.stories for m in story.members if m.copy_of is not None}
    for line in reversed(build.lines):
        if line.record and line.record not in copies:
            day = line.published[:10]
            years[day[:4] or "0000"].append([line.title, line.href, day, line.source])
    shelves = {
        f"{FOLDER}{year}-{start // SHELF + 1}.js": rows[start : start + SHELF]
        for year, rows in years.items()
        for start in range(0, len(rows), SHELF)
    }
    return dict(sorted(shelves.items(), key=lambda shelf: _place(shelf[0]), reverse=True))


def _place(path: str) -> tuple[str, int]:
    year, number = path.removeprefix(FOLDER).removesuffix(".js").split("-")
    return year, int(number)


def _edition_rows(build: Build) -> list[list[str]]:
    return [
        [versions[-1].name, edition_file(name), versions[-1].as_of, "榜单"]
        for name, versions in by_edition(build.content.editions).items()
    ]


def _document_rows(build: Build) -> list[list[str]]:
    """Documents with the page of their own, else with the sentence that names them."""
    rows: dict[str, list[str]] = {}
    for fact in build.content.facts:
        if isinstance(fact, Document) and fact.title not in rows:
            places = (build.index.evidence_href(one) for one in fact.evidence)
            place = build.index.documents.get(fact.title) or next(filter(None, places), None)
            if place:
                rows[fact.title] = [fact.title, place, fact.reported or "", "文件"]
    return list(rows.values())


def _script(path: str, content: Any) -> bytes:
    """A script that hands `content` over under its name; nothing in it can end the script."""
    name = path.removeprefix(FOLDER).removesuffix(".js")
    data = msgspec.json.encode(content).replace(b"<", b"\\u003c").replace("\u2028".encode(), b"\\u2028")
    return b"shidaShelf(" + msgspec.json.encode(name) + b"," + data.replace("\u2029".encode(), b"\\u2029") + b");\n"
