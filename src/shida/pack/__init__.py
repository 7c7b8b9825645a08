"""A domain pack: what editors know, as data, read and checked.

A pack is a folder of TOML files under `shida/packs/`. Each file is one *section* with its schema in this room; a
section may come from several packs and is joined in the order the packs are turned on. Word lists (`*.txt`, one entry
a line, lines that start with `#` say where it comes from) belong to the section whose `[lists]` table names them.

>>> pack = load_packs(("quality", "general"))
>>> pack.pack_names
('quality', 'general')
"""

from __future__ import annotations

from shida.pack.loading import Pack, load_packs, pack_names

__all__ = ["Pack", "load_packs", "pack_names"]
