"""The search index beside the store: character pairs in tantivy, made from the store and brought up to it by itself.

index = open_index(newsroom, pack)
answer = search(index, "质量强国 来源:新华社 日期:2025")
"""

from __future__ import annotations

from shida.store.search.answers import Answer, Facet, Filters, Hint, Hit, Mark, Passage, Try
from shida.store.search.asking import search
from shida.store.search.marking import find_marks, passages
from shida.store.search.naming import Suggestion, suggest
from shida.store.search.upkeep import SearchIndex, Upkeep, bring_up, open_index

__all__ = [
    "Answer",
    "Facet",
    "Filters",
    "Hint",
    "Hit",
    "Mark",
    "Passage",
    "SearchIndex",
    "Suggestion",
    "Try",
    "Upkeep",
    "bring_up",
    "find_marks",
    "open_index",
    "passages",
    "search",
    "suggest",
]
