"""Pack folders → one Pack, or PackError with file, place and what to do."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

import msgspec

from shida.errors import PackError
from shida.pack.documents import Documents
from shida.pack.fields import Fields
from shida.pack.figures import Figures
from shida.pack.grouping import Grouping
from shida.pack.happenings import Happenings
from shida.pack.names import Names
from shida.pack.ranking import Ranking
from shida.pack.reading import Reading
from shida.pack.restoring import Restoring
from shida.pack.sections import Section
from shida.pack.sources import Sources

MEND = "Correct it and run: shida check"


class Pack(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """The knowledge of the packs that are on, one attribute a section."""

    pack_names: tuple[str, ...]
    digests: dict[str, str]
    """Section name → hash of its files, for the ledger."""
    names: Names = Names()
    restoring: Restoring = Restoring()
    reading: Reading = Reading()
    documents: Documents = Documents()
    figures: Figures = Figures()
    happenings: Happenings = Happenings()
    grouping: Grouping = Grouping()
    fields: Fields = Fields()
    ranking: Ranking = Ranking()
    sources: Sources = Sources()

    def digest(self, *sections: str) -> str:
        """16 hex digits that change when a file of one of these sections changes; of all sections without arguments."""
        chosen = sections or tuple(sorted(self.digests))
        text = "\n".join(f"{name} {self.digests[name]}" for name in chosen)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


SECTIONS: dict[str, type[Section]] = {
    field.name: field.type
    for field in msgspec.structs.fields(Pack)
    if isinstance(field.type, type) and issubclass(field.type, Section)
}


def pack_names() -> tuple[str, ...]:
    """Names of the packs that are installed.

    >>> pack_names()
    ('general', 'quality')
    """
    root = resources.files("shida") / "packs"
    return tuple(sorted(entry.name for entry in root.iterdir() if entry.is_dir() and not entry.name.startswith("_")))


@cache
def load_packs(names: Sequence[str] = ("quality", "general")) -> Pack:
    """Read, check and join the packs called `names` (a tuple; the first wins where they disagree).

    Raises PackError with the file, the place in it, and what to do.
    """
    joined: dict[str, Section] = {name: kind() for name, kind in SECTIONS.items()}
    seen = {name: hashlib.sha256() for name in SECTIONS}
    for pack_name in names:
        folder = resources.files("shida") / "packs" / pack_name
        if pack_name not in pack_names():
            known = ", ".join(pack_names())
            raise PackError(f"packs: there is no pack {pack_name!r}; there are {known}. Correct the setting `packs`.")
        for path in _under(folder, "sources"):  # page shapes are part of what reading knows
            seen["reading"].update(path.read_bytes())
        for name, kind in SECTIONS.items():
            file = folder / f"{name}.toml"
            if file.is_file():
                section, used = _read_section(folder, pack_name, name, kind)
                joined[name] = joined[name].joined(section)
                for content in used:
                    seen[name].update(content)
    return Pack(
        pack_names=tuple(names),
        digests={name: digest.hexdigest()[:16] for name, digest in seen.items()},
        **joined,  # type: ignore[arg-type]  # each name has its own section type
    )


def _read_section(folder: Traversable, pack_name: str, name: str, kind: type[Section]) -> tuple[Section, list[bytes]]:
    """One TOML file and the word lists it names, with the bytes that were read."""
    place = f"{pack_name}/{name}.toml"
    content = (folder / f"{name}.toml").read_bytes()
    used = [content]
    try:
        raw: dict[str, Any] = msgspec.toml.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise PackError(f"{place}: {error}. {MEND}") from error
    lists = raw.get("lists", {})
    if not isinstance(lists, dict) or not all(isinstance(file, str) for file in lists.values()):
        raise PackError(f"{place}: `lists` must map names to file names. {MEND}")
    for list_name, file in lists.items():
        path = folder / file
        if "/" in file or not path.is_file():
            raise PackError(f"{place}: the list {list_name!r} names {file!r}, which is not a file of the pack. {MEND}")
        text = path.read_bytes()
        used.append(text)
        lines = (line.strip() for line in text.decode().split("\n"))
        lists[list_name] = tuple(line for line in lines if line and not line.startswith("#"))
    try:
        return msgspec.convert(raw, kind), used
    except msgspec.ValidationError as error:
        raise PackError(f"{place}: {error}. {MEND}") from error


def _under(folder: Traversable, name: str) -> list[Traversable]:
    """The files of a folder of the pack, by name; none where it has no such folder."""
    inside = folder / name
    return sorted(inside.iterdir(), key=lambda path: path.name) if inside.is_dir() else []
