"""A bundle says what it holds, and `verify` sees every difference."""

from __future__ import annotations

import hashlib
import io
import json
import sys
import zipfile
from pathlib import Path

import pytest
from paper_edition import paper_edition

from shida.errors import InputError, SettingsError
from shida.publish.files.bundle import FORMS, MANIFEST, bundle, write_bundle
from shida.publish.files.verify import verify

QUICK = ("docx", "xlsx", "md", "html", "txt")


def test_the_manifest_says_what_each_file_is_and_what_all_were_made_from() -> None:
    edition = paper_edition()
    files = dict(bundle(edition, QUICK))
    manifest = json.loads(files[MANIFEST])
    assert [row["name"] for row in manifest["files"]] == [name for name in files if name != MANIFEST]
    for row in manifest["files"]:
        content = files[row["name"]]
        assert (row["bytes"], row["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
        assert row["media_type"] == FORMS[row["form"]].media_type
    assert manifest["counts"] == {
        "entries": 10,
        "sources": len(edition.sources),
        "facts": len(edition.facts),
        "corrections": 1,
    }
    assert manifest["edition"]["version"] == 2
    assert manifest["edition"]["state"] == "corrected"
    assert manifest["generated_from"]["run"] == 7
    assert manifest["generated_from"]["pack_digest"] == "0123456789abcdef"
    assert manifest["licence"] == "转载请注明出处。"


@pytest.mark.parametrize("name", ["out", "out.zip"])
def test_what_was_written_verifies(tmp_path: Path, name: str) -> None:
    write_bundle(paper_edition(), tmp_path / name, QUICK)
    manifest, findings = verify(tmp_path / name)
    assert findings == []
    assert len(manifest.files) == 5


def test_every_difference_is_found(tmp_path: Path) -> None:
    write_bundle(paper_edition(), tmp_path, QUICK)
    base = "2026-zhiliang_2"
    changed = (tmp_path / f"{base}.txt").read_bytes()
    (tmp_path / f"{base}.txt").write_bytes(changed.replace("童车".encode(), "重车".encode(), 1))
    (tmp_path / f"{base}.md").write_bytes((tmp_path / f"{base}.md").read_bytes() + b"\n")
    (tmp_path / f"{base}.docx").unlink()
    (tmp_path / "mine.txt").write_text("a file of somebody's")
    _, findings = verify(tmp_path)
    assert [finding.split(":")[0] for finding in findings] == [
        f"{base}.docx",
        f"{base}.md",
        f"{base}.txt",
        "'mine.txt'",
    ]


def test_a_manifest_cannot_lead_outside(tmp_path: Path) -> None:
    folder = tmp_path / "bundle"
    write_bundle(paper_edition(), folder, ["txt"])
    (tmp_path / "outside.txt").write_text("x")
    manifest = json.loads((folder / MANIFEST).read_bytes())
    manifest["files"][0]["name"] = "../outside.txt"
    (folder / MANIFEST).write_text(json.dumps(manifest))
    assert "not a name a bundle may hold" in verify(folder)[1][0]
    (folder / "link.txt").symlink_to(tmp_path / "outside.txt")
    manifest["files"][0]["name"] = "link.txt"
    (folder / MANIFEST).write_text(json.dumps(manifest))
    assert "link.txt: missing" in verify(folder)[1]


def test_a_bomb_costs_nothing(tmp_path: Path) -> None:
    out = io.BytesIO()
    files = dict(bundle(paper_edition(), ["txt"]))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(MANIFEST, files[MANIFEST])
        archive.writestr("2026-zhiliang_2.txt", b"\0" * 200_000_000)
    bomb = tmp_path / "bomb.zip"
    bomb.write_bytes(out.getvalue())
    assert "more than" in verify(bomb)[1][0]


@pytest.mark.parametrize("content", [b"", b"PK\x05\x06" + b"\0" * 18, b"not a zip", b'{"format": 1}'])
def test_what_is_no_bundle_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.zip").write_bytes(content)
    with pytest.raises(InputError):
        verify(tmp_path / "x.zip")
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / MANIFEST).write_bytes(content)
    with pytest.raises(InputError):
        verify(tmp_path / "d")


def test_an_earlier_bundle_makes_place_and_other_files_stay(tmp_path: Path) -> None:
    write_bundle(paper_edition(), tmp_path, QUICK)
    (tmp_path / "mine.doc").write_text("kept")
    write_bundle(paper_edition(draft=True), tmp_path, ["txt"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["2026-zhiliang_1.txt", MANIFEST, "mine.doc"]


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="file"):
        write_bundle(paper_edition(), tmp_path / "file" / "in", ["txt"])


def test_pdf_is_left_out_with_a_word_and_refused_where_it_was_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    manifest = json.loads(dict(bundle(paper_edition()))[MANIFEST])
    assert [row["form"] for row in manifest["files"]] == list(QUICK)
    assert 'pip install "shida[pdf]"' in manifest["notes"][-1]
    with pytest.raises(SettingsError):
        bundle(paper_edition(), ["pdf"])
