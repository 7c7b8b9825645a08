"""Every page shape of the packs on its own page: what reads otherwise than its expected JSON says."""

from __future__ import annotations

from importlib import resources

import msgspec

from shida.pack import Pack
from shida.pack.reading import Shape, load_shapes
from shida.read import page_text, read
from shida.records import Dropped, Page, Restored


def try_shapes(pack: Pack) -> list[str]:
    """What is wrong with the shapes of the packs that are on; nothing where each reads its page as it should.

    >>> from shida.pack import load_packs
    >>> try_shapes(load_packs(("quality", "general")))
    []
    """
    return [finding for shape in load_shapes(pack.pack_names) for finding in _try(shape, pack)]


def _try(shape: Shape, pack: Pack) -> list[str]:
    place = f"sources: shape {shape.name} of {shape.valid_from}"
    expected = msgspec.json.decode(_file(pack, shape.expected), type=dict[str, object])
    page = Page(id="p-0", name=shape.page, content=_file(pack, shape.page), url=str(expected.pop("url")))
    text = page_text(page)
    if isinstance(text, Dropped):
        return [f"{place}: {shape.page}: {text.detail}"]
    found = read(page, Restored(text=text.text), pack)
    if isinstance(found, Dropped):
        return [f"{place}: {shape.page}: {found.detail}"]
    got = msgspec.to_builtins(found[0])
    return [
        f"{place}: {shape.page}: {name} reads {got.get('text' if name == 'body' else name)!r}, expected {wanted!r}. "
        f"Correct the shape or {shape.expected}."
        for name, wanted in expected.items()
        if got.get("text" if name == "body" else name) != wanted
    ]


def _file(pack: Pack, name: str) -> bytes:
    for pack_name in pack.pack_names:
        file = resources.files("shida") / "packs" / pack_name / "sources" / name
        if file.is_file():
            return file.read_bytes()
    return b""
