"""Story[] → Ranking: signals, one readable formula per list, diversity, why in and why not.

stories → views (what was known) → cues (what titles tell) → signals → score → choosing → Ranking
"""

from __future__ import annotations

from shida.rank.fields import assign_fields, assign_topics
from shida.rank.ranking import SECTIONS, STAGE_VERSION, rank

__all__ = ["SECTIONS", "STAGE_VERSION", "assign_fields", "assign_topics", "rank"]
