"""Vetoes and settings of grouping."""

from __future__ import annotations

from shida.pack.sections import Section


class Grouping(Section, frozen=True, kw_only=True):
    """`grouping.toml`. Vetoes and settings of grouping."""
