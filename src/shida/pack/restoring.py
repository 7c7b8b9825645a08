"""What restoring needs to know: names of whole classes."""

from __future__ import annotations

from shida.pack.sections import Section


class Restoring(Section, frozen=True, kw_only=True):
    """`restoring.toml`. What restoring needs to know: names of whole classes."""
