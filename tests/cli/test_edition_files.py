"""`shida edition files` and `shida edition verify` on the sample newsroom."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from command_line import Shida, demo_home, shida
from docx import Document

from shida.demo import DEMO_DAY

__all__ = ["demo_home", "shida"]  # fixtures, by their names

ID = "2025-zhiliang"


def test_an_edition_is_handed_on_in_every_form(shida: Shida, demo_home: Path, tmp_path: Path) -> None:
    answer = shida("edition", "files", ID, "out", "--home", demo_home, "--today", DEMO_DAY)
    assert answer.code == 0
    endings = (".docx", ".pdf", ".xlsx", ".md", "_wechat.html", ".txt")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(
        ["manifest.json", *(f"{ID}_1{ending}" for ending in endings)]
    )
    edition = json.loads(shida("edition", "show", ID, "--home", demo_home, "--json").out)
    lines = [paragraph.text for paragraph in Document(str(tmp_path / "out" / f"{ID}_1.docx")).paragraphs]
    assert lines[0] == edition["name"]
    for entry in edition["entries"]:
        assert any(line.endswith(f"、{entry['title']}") for line in lines)
        assert entry["lead"] in lines
    assert any(line.startswith("入榜理由：") for line in lines)
    assert any(line.startswith("[1] ") and "[EB/OL]. （2025-" in line for line in lines)
    checked = shida("edition", "verify", "out", "--json")
    assert (checked.code, json.loads(checked.out)["findings"]) == (0, [])
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_bytes())
    assert manifest["generated_from"]["run"] == 1
    assert manifest["generated_from"]["packs"] == ["quality", "general"]
    (tmp_path / "out" / f"{ID}_1.txt").write_text("changed")
    broken = shida("edition", "verify", "out")
    assert broken.code == 1
    assert f"{ID}_1.txt" in broken.out


def test_the_same_day_gives_the_same_zip(shida: Shida, demo_home: Path, tmp_path: Path) -> None:
    for name in ("one.zip", "two.zip"):
        forms = ("--format", "docx", "--format", "xlsx", "--format", "txt")
        assert shida("edition", "files", ID, name, *forms, "--home", demo_home, "--today", DEMO_DAY).code == 0
    one, two = ((tmp_path / name).read_bytes() for name in ("one.zip", "two.zip"))
    assert hashlib.sha256(one).digest() == hashlib.sha256(two).digest()
    assert shida("edition", "verify", "one.zip").code == 0


def test_what_cannot_be_is_said(shida: Shida, demo_home: Path, tmp_path: Path) -> None:
    for arguments, word in (
        (("files", "no-such", "out"), "edition show"),
        (("files", ID, "out", "--version", "9"), "there is no version 9"),
        (("files", ID, "out", "--format", "wps"), "wps"),
        (("files", ID, f"{demo_home}/newsroom.db/x", "--format", "txt"), "Name a folder"),
    ):
        answer = shida("edition", *arguments, "--home", demo_home)
        assert answer.code == 2
        assert word in answer.err + answer.out
    for path in ("nothing", tmp_path):
        answer = shida("edition", "verify", path)
        assert answer.code == 2
    assert not (tmp_path / "out").exists()
