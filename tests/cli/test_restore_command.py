"""`shida restore --to simplified`: what a person asks for beyond the repair."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from command_line import Shida, shida

__all__ = ["shida"]

TEXT = "臺北的標準，乾隆年間。"


def test_whole_text_is_written_in_simplified_where_asked(shida: Shida, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(TEXT, encoding="utf-8")
    plain = shida("restore", page)
    asked = shida("restore", "--to", "simplified", page)
    assert (plain.code, plain.out) == (0, TEXT)
    assert "nothing to restore" in plain.err
    assert (asked.code, asked.out) == (0, "台北的标准，乾隆年间。")
    assert "written in Simplified, as was asked" in asked.err


def test_lines_keep_their_id_and_their_changes(shida: Shida, tmp_path: Path) -> None:
    lines = tmp_path / "pages.jsonl"
    lines.write_text(json.dumps({"id": 7, "text": TEXT}) + "\n", encoding="utf-8")
    answer = json.loads(shida("restore", "--jsonl", "--to", "simplified", lines).out)
    text = TEXT
    for change in reversed(answer["changes"]):
        text = text[: change["start"]] + change["after"] + text[change["end"] :]
    assert (answer["id"], text) == (7, answer["text"])


def test_another_script_is_refused_with_the_choice(shida: Shida) -> None:
    answer = shida("restore", "--to", "traditional")
    assert answer.code == 2
    assert "simplified" in answer.err


@pytest.mark.parametrize(
    ("command", "line", "key"),
    [
        (("restore", "--jsonl"), {"id": 1, "text": TEXT}, "text"),
        (("read", "--jsonl"), {"id": 1, "html": f"<h1>标题</h1><p>{TEXT * 9}</p>"}, "body"),
        (("know", "--jsonl"), {"id": 1, "text": TEXT}, "facts"),
    ],
)
def test_a_hyphen_is_standard_input(
    command: tuple[str, ...], line: dict[str, object], key: str, shida: Shida, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in ((), ("-",)):
        given = io.TextIOWrapper(io.BytesIO(json.dumps(line).encode() + b"\n"))
        monkeypatch.setattr(sys, "stdin", given)
        answer = shida(*command, *place)
        assert json.loads(answer.out)["id"] == 1
        assert key in json.loads(answer.out)


@pytest.mark.parametrize("command", ["restore", "read", "know"])
def test_a_mistyped_option_is_no_file(command: str, shida: Shida) -> None:
    answer = shida(command, "--jsnl")
    assert answer.code == 2
    assert "Unknown option" in answer.err
