"""What a stage refused."""

from __future__ import annotations

from shida.records.pages import Record


class Dropped(Record, frozen=True, kw_only=True):
    """Something a stage refused, kept with the reason."""

    stage: str
    record: str
    """Id of the page or article, or the name of the input where it has no id."""
    reason: str
    """A short word to count by: `no_text`, `bad_json`, `future_date`, …"""
    detail: str = ""
    """Where, what, and what to do, in a sentence."""
