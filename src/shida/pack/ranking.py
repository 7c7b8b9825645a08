"""Lists: formulas, weights, fixtures and filler."""

from __future__ import annotations

from shida.pack.sections import Section


class Ranking(Section, frozen=True, kw_only=True):
    """`ranking.toml`. Lists: formulas, weights, fixtures and filler."""
