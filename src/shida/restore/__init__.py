"""Text of a page → Restored: what was damaged, what was changed, the proof, and what cannot be known.

    from shida.restore import restore
    restored = restore(text, pack)

`damage` is the mechanism by which pages break, and so the proof of a repair; `replay` makes the restored text from the
changes; `in_simplified` writes whole Traditional text in Simplified characters where a person asks for it; `learn`
counts clean articles so that lost bytes are chosen as the newsroom would write.
"""

from shida.restore.annotated import in_simplified
from shida.restore.damage import damage
from shida.restore.edits import replay
from shida.restore.language import Counts, learn
from shida.restore.page import SECTIONS, STAGE_VERSION, restore
from shida.restore.report import report_html

__all__ = [
    "SECTIONS",
    "STAGE_VERSION",
    "Counts",
    "damage",
    "in_simplified",
    "learn",
    "replay",
    "report_html",
    "restore",
]
