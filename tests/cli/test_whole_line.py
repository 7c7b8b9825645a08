"""The whole line on real input: what a fresh clone beside the evaluation data must show."""

from __future__ import annotations

import gzip
import json
import random
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from command_line import Shida, shida

__all__ = ["shida"]  # the fixture, by its name

pytestmark = pytest.mark.shared


def test_restore_prints_the_restoration_byte_for_byte_and_names_what_was_chosen(shared: Path) -> None:
    call = [sys.executable, "-c", "from shida.cli import main; main()", "restore", str(shared / "seed" / "page.txt")]
    answer = subprocess.run(call, capture_output=True, check=True)
    assert answer.stdout == (shared / "seed" / "restored.txt").read_bytes()
    chosen = [line for line in answer.stderr.decode().splitlines() if "chosen, not proved" in line]
    assert chosen
    assert all("海康威视" in line.replace("【", "").replace("】", "") for line in chosen)


def lines_of(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def seed_newsroom(shida: Shida, shared: Path) -> Shida:
    assert shida("add", shared / "seed" / "page.txt").code == 0
    assert shida("run", "--today", "2026-02-01").code == 0
    return shida


def test_the_seed_page_is_read(seed_newsroom: Shida, shared: Path) -> None:
    expected = json.loads((shared / "seed" / "expected.json").read_text())
    (article,) = lines_of(seed_newsroom("export", "articles").out)
    assert article["title"] == expected["title"]
    lists = [{**one, "entries": len(one["entries"])} for one in article["lists"]]
    assert lists == expected["lists"]
    assert article["repeated"] == expected["repeated_blocks_removed"]
    assert [{key: item[key] for key in ("title", "published", "truncated")} for item in article["items"]] == expected[
        "items"
    ]
    assert article["site"]["public_security_filing"] == expected["site"]["public_security_filing"]
    assert "京公网安备" not in article["text"]
    assert article["published"] is None
    for kept in expected["must_survive"]:
        assert kept in article["text"], kept


def test_the_seed_pages_documents_and_figures_are_known_and_no_others(seed_newsroom: Shida, shared: Path) -> None:
    expected = json.loads((shared / "seed" / "expected.json").read_text())
    facts = lines_of(seed_newsroom("export", "facts").out)
    documents = {fact["title"]: fact for fact in facts if fact["kind"] == "document"}
    assert documents.keys() == {wanted["title"] for wanted in expected["documents"]}
    for wanted in expected["documents"]:
        found = documents[wanted["title"]]
        for key, value in wanted.items():
            if key == "acts":
                for act in value:
                    assert act["act"] in {have["act"] for have in found["acts"]} | {
                        have["act"].removeprefix("审议") for have in found["acts"]
                    }
                    assert not act.get("date") or act in found["acts"]
            else:
                assert found.get(key) == value, (wanted["title"], key)
    figures = [fact for fact in facts if fact["kind"] == "figure"]
    for wanted in expected["figures"]:
        same = [
            have
            for have in figures
            if all(have.get(key) == wanted[key] for key in wanted if key not in ("what", "derived_base"))
        ]
        assert len(same) == 1, wanted
        if "derived_base" in wanted:
            assert round(same[0]["derived_base"]) == wanted["derived_base"]
    assert len(figures) == len(expected["figures"])


def test_the_same_lines_shuffled_give_the_same_exports(shida: Shida, shared: Path, tmp_path: Path) -> None:
    with gzip.open(shared / "news" / "broadcast-2022-2024.jsonl.gz", "rt", encoding="utf-8") as file:
        lines = [line for number, line in enumerate(file) if number % 60 == 0]
    shuffled = random.Random(7).sample(lines, len(lines))
    for name, order in (("one", lines), ("two", shuffled)):
        (tmp_path / f"{name}.jsonl").write_text("".join(order))
        assert shida("add", f"{name}.jsonl", "--home", name).out.startswith(f"{len(lines)} new")
        shida("run", "--home", name, "--today", "2025-01-01")
        assert "nothing to do" in shida("run", "--home", name).out
    for what in ("articles", "facts", "stories"):
        assert shida("export", what, "--home", "one").out == shida("export", what, "--home", "two").out, what


def test_all_broadcast_items_are_worked_and_ranked_within_the_limits(shared: Path, tmp_path: Path) -> None:
    limit_seconds, limit_kilobytes = 240, 1_500_000

    def call(*arguments: str) -> str:
        command = [sys.executable, "-c", "from shida.cli import main; main()", *arguments]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout

    began = time.monotonic()
    assert call("add", str(shared / "news" / "broadcast-2022-2024.jsonl.gz")).startswith("17,266 new")
    call("run", "--today", "2025-01-01")
    answer = call("top", "2024", "--field", "国内", "--as-of", "2024-12-28", "-n", "100", "--json")
    assert time.monotonic() - began < limit_seconds
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < limit_kilobytes
    ranking = json.loads(answer)
    assert (ranking["period"], ranking["field"], ranking["as_of"]) == ("2024", "国内", "2024-12-28")
    assert [entry["rank"] for entry in ranking["entries"]] == list(range(1, 101))
    for entry in ranking["entries"]:
        assert all("20240101" <= article[:8] <= "20241228" for article in entry["articles"])
        assert all(reason["sentence"] for reason in entry["reasons"])
    members = [
        article for story in lines_of(call("export", "stories")) for article in story["articles"] + story["copies"]
    ]
    assert len(members) == len(set(members)) == 17_266
