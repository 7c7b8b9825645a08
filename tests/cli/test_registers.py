"""The register on the command line: what is asked, what is answered, and what lies beside a file."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from command_line import Shida, shida

__all__ = ["shida"]  # the fixture, by its name

ARTICLES = (
    ("r-1", "2016-05-04", "质检总局印发《童车检验办法》，自2016年7月1日起施行。"),
    (
        "r-2",
        "2024-03-06",
        "市场监管总局、教育部等3部门印发《校园食堂规定》，自2024年5月1日起施行。产量达到30万吨，同比增长5%。",
    ),
    ("r-3", "2024-06-20", "李某汽车公司宣布召回1200辆电动汽车，因制动存在缺陷。"),
)


@pytest.fixture
def newsroom(shida: Shida, tmp_path: Path) -> Shida:
    lines = [
        json.dumps({"id": i, "title": "消息", "text": t, "published": p}, ensure_ascii=False) for i, p, t in ARTICLES
    ]
    (tmp_path / "news.jsonl").write_text("\n".join(lines) + "\n")
    shida("add", "news.jsonl")
    shida("run")
    return shida


def titles(shida: Shida, *asked: str) -> list[str]:
    answer = shida("facts", "documents", "--json", *asked)
    assert answer.code == (0 if answer.out else 1)
    return sorted(json.loads(line)["title"] for line in answer.out.splitlines())


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (("--issuer", "SAMR"), ["校园食堂规定"]),
        (("--issuer", "SAMR", "--predecessors"), ["校园食堂规定", "童车检验办法"]),
        (("--in-force", "2024-01-01"), ["童车检验办法"]),
        (("--in-force", "2024-05-01"), ["校园食堂规定", "童车检验办法"]),
        (("--since", "2024"), ["校园食堂规定"]),
        (("--until", "2016-12"), ["童车检验办法"]),
        (("--q", "食堂 教育部"), ["校园食堂规定"]),
        (("--q", "没有的词"), []),
    ],
)
def test_what_is_asked_is_answered(newsroom: Shida, asked: tuple[str, ...], found: list[str]) -> None:
    assert titles(newsroom, *asked) == found


def test_recalls_by_class_of_product(newsroom: Shida) -> None:
    (line,) = newsroom("facts", "recalls", "--field", "汽车", "--json").out.splitlines()
    assert json.loads(line)["count"] == 1200
    assert newsroom("facts", "recalls", "--field", "食品", "--json").out == ""


def test_a_misspelt_kind_or_body_is_told(newsroom: Shida) -> None:
    answer = newsroom("facts", "docments")
    assert (answer.code, "Did you mean documents?" in answer.err) == (2, True)
    assert "市场监管总局" in newsroom("facts", "documents", "--issuer", "市场管总局").err
    answer = newsroom("export", "stories", "--issuer", "SAMR")
    assert (answer.code, "filters are for facts" in answer.err) == (2, True)


@pytest.mark.parametrize("form", ["csv", "jsonl", "xlsx", "ics"])
def test_a_file_has_its_manifest_and_the_same_bytes(newsroom: Shida, tmp_path: Path, form: str) -> None:
    asked = ("export", "facts", "--kind", "documents", "--format", form, "--as-of", "2026-01-01", "--out")
    assert newsroom(*asked, "one").code == 0
    newsroom(*asked, "two")
    content = (tmp_path / "one").read_bytes()
    assert content == (tmp_path / "two").read_bytes()
    manifest = json.loads((tmp_path / "one.manifest.json").read_text())
    assert manifest["files"][0]["sha256"] == hashlib.sha256(content).hexdigest()
    assert manifest["counts"] == {"document": 2}
    assert manifest["period"] == ["2016-05-04", "2024-03-06"]


def test_a_form_that_cannot_hold_it_leaves_nothing(newsroom: Shida, tmp_path: Path) -> None:
    answer = newsroom("export", "facts", "--kind", "figures", "--format", "ics", "--out", "figures.ics")
    assert (answer.code, "documents" in answer.err) == (2, True)
    assert list(tmp_path.glob("*figures.ics*")) == []
