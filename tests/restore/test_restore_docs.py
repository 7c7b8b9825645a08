"""The documentation: its example runs, and every rule is in it."""

from __future__ import annotations

import doctest
from pathlib import Path

from shida.restore.report import RULES

DOCS = Path(__file__).resolve().parents[2] / "docs" / "restore.md"


def test_the_example_runs() -> None:
    failed, tried = doctest.testfile(str(DOCS), module_relative=False)
    assert tried >= 6
    assert not failed


def test_every_rule_is_explained() -> None:
    text = DOCS.read_text(encoding="utf-8")
    assert [rule for rule in RULES if f"`{rule}`" not in text] == []
