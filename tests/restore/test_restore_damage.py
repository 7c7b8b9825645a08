"""The damage model against what damaged pages print."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest

from shida.restore.damage import damage

NOTE = re.compile(r"(.)\((?:[a-zü]{0,5}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-z]{0,3})\)")


def test_a_pair_that_straddles_two_characters_is_annotated() -> None:
    assert damage("们试", {"冊"}) == "們?cè)" + damage("们试", {"冊"}).split("?cè)")[1]
    assert damage("咨询如何", {"內"}).startswith("咨詢?nèi)")


def test_punctuation_cuts_across_characters() -> None:
    assert damage("祝福”这是") == "祝?!边@是"
    assert damage("学校、社区") != "學校、社區"


def test_line_ends_are_never_swallowed() -> None:
    assert damage("海、\n下一行").endswith("?\n下一行")


@pytest.mark.shared
def test_kind_d_pairs_come_out_to_the_character(shared: Path) -> None:
    with gzip.open(shared / "damage" / "pairs.jsonl.gz", "rt", encoding="utf-8") as lines:
        pairs = [pair for pair in map(json.loads, lines) if pair["kind"] == "D"]
    assert len(pairs) == 40
    wrong = [pair["id"] for pair in pairs if damage(pair["original"], fold_width=False) != pair["damaged"]]
    assert wrong == []


@pytest.mark.shared
def test_the_seed_page_is_its_restoration_damaged(shared: Path) -> None:
    page = (shared / "seed" / "page.txt").read_text(encoding="utf-8")
    listed = {match[1] for match in NOTE.finditer(page)} | {"數"}
    restored = (shared / "seed" / "restored.txt").read_text(encoding="utf-8")
    # The page was folded to ASCII after it was cut; its restoration keeps the folded commas, which cut nothing.
    assert damage(restored.replace(",", "，"), listed) == page
