"""Units, qualifiers and words of change."""

from __future__ import annotations

from shida.pack.sections import Section


class Figures(Section, frozen=True, kw_only=True):
    """`figures.toml`. Units, qualifiers and words of change."""
