"""What reading needs to know: labels of source and editor lines, words of navigation."""

from __future__ import annotations

from shida.pack.sections import Section


class Reading(Section, frozen=True, kw_only=True):
    """`reading.toml`. What reading needs to know: labels of source and editor lines, words of navigation."""
