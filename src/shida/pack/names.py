"""The names a domain knows: authorities, organisations, places, and what they are called."""

from __future__ import annotations

from shida.pack.sections import Section


class Names(Section, frozen=True, kw_only=True):
    """`names.toml`. The names a domain knows: authorities, organisations, places, and what they are called."""
