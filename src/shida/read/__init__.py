"""The room `read`: Page → Article[], or Dropped with the reason."""

from __future__ import annotations

from shida.read.article import read
from shida.read.headlines import complete_headlines, complete_titles
from shida.read.joining import join_pages
from shida.read.page_text import PageText, page_text

STAGE_VERSION = "read/6"
"""Changes when the same page would be read differently; the ledger then reads it again."""
SECTIONS = ("reading",)
"""The sections of the pack that reading depends on."""

__all__ = [
    "SECTIONS",
    "STAGE_VERSION",
    "PageText",
    "complete_headlines",
    "complete_titles",
    "join_pages",
    "page_text",
    "read",
]
