"""What `shida restore --jsonl` writes for one text."""

from __future__ import annotations

from typing import Any

from shida.records import Restored


def to_contract(restored: Restored) -> dict[str, Any]:
    """The keys that others build on; replaying `changes` on the damaged text gives `text`.

    >>> to_contract(Restored(text="质量"))
    {'text': '质量', 'kind': None, 'changes': [], 'gaps': []}
    """
    return {
        "text": restored.text,
        "kind": restored.kind,
        "changes": [
            {
                "start": change.start,
                "end": change.end,
                "before": change.before,
                "after": change.after,
                "rule": change.rule,
                "proved": change.proved,
                "runner_up": change.runner_up,
                "margin": change.margin,
            }
            for change in restored.changes
        ],
        "gaps": [{"start": gap.start, "end": gap.end, "note": gap.note} for gap in restored.gaps],
    }
