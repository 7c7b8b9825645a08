"""The fields of a pack, their topics, and how to tell them."""

from __future__ import annotations

from shida.pack.sections import Section


class Fields(Section, frozen=True, kw_only=True):
    """`fields.toml`. The fields of a pack, their topics, and how to tell them."""
