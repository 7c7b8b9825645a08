"""What `shida restore --jsonl` writes for one text."""

from __future__ import annotations

from typing import Any

from shida.records import Restored


def to_contract(restored: Restored) -> dict[str, Any]:
    """The keys that others build on; replaying `changes` on the damaged text gives `text`.

    >>> to_contract(Restored(text="质量"))
    {'text': '质量', 'kind': None, 'changes': (), 'gaps': ()}
    """
    return {"text": restored.text, "kind": restored.kind, "changes": restored.changes, "gaps": restored.gaps}
