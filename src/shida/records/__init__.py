"""The frozen records that flow through the line, left to right.

    Source → Page → Restored (Change, Gap) → Article (Item, TopList, Repair) → Fact → Story → Ranking → Edition

Offsets are code points, half-open. Dates are ISO text (`2025`, `2025-03`, `2025-03-14`, or a time with +08:00).
The same classes read the packs' TOML, JSONL input and every export, so an error names its place.
"""

from __future__ import annotations

from shida.records.articles import Article, Attachment, Item, Notice, PageKind, Part, Repair, Site, TopList
from shida.records.facts import (
    Act,
    Appointment,
    Award,
    Campaign,
    Case,
    Conference,
    Document,
    Event,
    Evidence,
    Fact,
    FactBase,
    Figure,
    First,
    Precision,
    Recall,
    Statement,
    Theme,
)
from shida.records.lists import Decision, Edition, EditionEntry, EditionState, Entry, Period, Ranking, Reason
from shida.records.pages import ARTICLE_JSON, Change, Gap, Page, Record, Restored, Span, Submission
from shida.records.refusals import Dropped
from shida.records.sources import Address, Look, Source, SourceState
from shida.records.stories import Choice, Constraint, Member, Moment, Ruling, Story, StoryThen
from shida.records.watches import Alert, Attempt, Delivery, Hook, Letterbox, News, Watch

__all__ = [
    "ARTICLE_JSON",
    "Act",
    "Address",
    "Alert",
    "Appointment",
    "Article",
    "Attachment",
    "Attempt",
    "Award",
    "Campaign",
    "Case",
    "Change",
    "Choice",
    "Conference",
    "Constraint",
    "Decision",
    "Delivery",
    "Document",
    "Dropped",
    "Edition",
    "EditionEntry",
    "EditionState",
    "Entry",
    "Event",
    "Evidence",
    "Fact",
    "FactBase",
    "Figure",
    "First",
    "Gap",
    "Hook",
    "Item",
    "Letterbox",
    "Look",
    "Member",
    "Moment",
    "News",
    "Notice",
    "Page",
    "PageKind",
    "Part",
    "Period",
    "Precision",
    "Ranking",
    "Reason",
    "Recall",
    "Record",
    "Repair",
    "Restored",
    "Ruling",
    "Site",
    "Source",
    "SourceState",
    "Span",
    "Statement",
    "Story",
    "StoryThen",
    "Submission",
    "Theme",
    "TopList",
    "Watch",
]
