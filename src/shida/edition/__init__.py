"""Ranking + Decisions → Edition: the states of a list on its way to print, and the rules they keep. Pure."""

from __future__ import annotations

from shida.edition.naming import edition_id
from shida.edition.states import NEXT, correct, draft, edition, publish, step

__all__ = ["NEXT", "correct", "draft", "edition", "edition_id", "publish", "step"]
