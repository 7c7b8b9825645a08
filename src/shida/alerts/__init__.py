"""Saved searches told to people: what is new for each, by webhook and by letter. One round: `alerts(newsroom, …)`.

    saved searches → looking → alerts, kept → posting (hooks) and letters (letterboxes) → attempts, kept

What is told is decided once, in the store; sending comes after and may be repeated: an alert keeps its id.
"""

from __future__ import annotations

from shida.alerts.health import TargetHealth, ailments, healths
from shida.alerts.looking import first_look, look, state_of
from shida.alerts.rounds import Looked, Round, alerts
from shida.alerts.targets import make_hook, make_letterbox, make_watch

__all__ = [
    "Looked",
    "Round",
    "TargetHealth",
    "ailments",
    "alerts",
    "first_look",
    "healths",
    "look",
    "make_hook",
    "make_letterbox",
    "make_watch",
    "state_of",
]
