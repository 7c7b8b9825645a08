"""Kinds of documents, the acts on them, and words that are none."""

from __future__ import annotations

from shida.pack.sections import Section


class Documents(Section, frozen=True, kw_only=True):
    """`documents.toml`. Kinds of documents, the acts on them, and words that are none."""
