"""Story[] → Ranking: signals, one readable formula per list, diversity, why in and why not.

stories → prepared → views (what was known) → cues (what titles tell) → signals → score → choosing → Ranking
"""

from __future__ import annotations

from shida.rank.fields import assign_fields, assign_topics
from shida.rank.prepared import Known, Prepared, known_in, prepare, weighing_kinds
from shida.rank.ranking import SECTIONS, STAGE_VERSION, rank, rank_known

__all__ = [
    "SECTIONS",
    "STAGE_VERSION",
    "Known",
    "Prepared",
    "assign_fields",
    "assign_topics",
    "known_in",
    "prepare",
    "rank",
    "rank_known",
    "weighing_kinds",
]
