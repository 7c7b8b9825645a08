"""`shida story`: what an editor decides, on the terminal, on the site and in the API."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import Shida, shida

__all__ = ["shida"]

ARTICLES = [
    ("a1", "松江口大桥合龙", "松江口大桥今天合龙，大桥连接江北新区与老城，是当地第一座双层斜拉桥。", "2026-05-01"),
    ("a2", "松江口大桥桥面铺装开工", "松江口大桥合龙后开始桥面铺装，双层斜拉桥预计明年通车。", "2026-05-04"),
    ("b1", "云岭茶博会开幕", "云岭茶博会今天开幕，四百家茶企参展，主办方发布茶叶分级标准。", "2026-05-02"),
    ("b2", "云岭茶博会闭幕", "云岭茶博会闭幕，参展茶企签下订单，茶叶分级标准受到采购商欢迎。", "2026-05-08"),
    ("c1", "会展中心的交易会收官", "三千万元订单签约，交易会上的采购商来自十二个省。", "2026-05-09"),
]
BY = ("--by", "林", "--now", "2026-05-11T09:00:00+08:00")
DAY = ("--today", "2026-05-11")


@pytest.fixture
def home(tmp_path: Path, shida: Shida, monkeypatch: pytest.MonkeyPatch) -> Path:
    lines = [
        json.dumps({"id": id, "title": title, "text": text, "published": day, "source": "江畔日报"}, ensure_ascii=False)
        for id, title, text, day in ARTICLES
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    monkeypatch.setenv("SHIDA_HOME", str(tmp_path / "home"))
    shida("add", "in.jsonl")
    shida("run", *DAY)
    return tmp_path / "home"


def stories(shida: Shida) -> dict[str, str]:
    """First article → story."""
    found = [json.loads(line) for line in shida("stories", "--json").out.splitlines()]
    return {story["members"][0]["article"]: story["id"] for story in found}


def test_the_old_address_of_a_merged_story_leads_to_the_new_one(home: Path, shida: Shida, tmp_path: Path) -> None:
    there = stories(shida)
    shida("publish", "site", "--as-of", "2026-05-11")
    old = tmp_path / "site" / "story" / f"{there['b1']}.html"
    assert "云岭茶博会" in old.read_text("utf-8")
    assert shida("story", "merge", there["a1"], there["b1"], "--why", "一次写进一篇", *BY).code == 0
    shida("run", *DAY)
    shida("publish", "site", "--as-of", "2026-05-11")
    said = old.read_text("utf-8")
    assert "这件事已经并入另一件" in said
    assert f'href="../story/{there["a1"]}.html"' in said
    page = (tmp_path / "site" / "story" / f"{there['a1']}.html").read_text("utf-8")
    assert "编辑林于 2026-05-11 将所在报道并入本报道：一次写进一篇" in page
    # taken back, the old address is its own again
    assert shida("story", "undo", "1", "--why", "看错了", *BY).code == 0
    shida("run", *DAY)
    shida("publish", "site", "--as-of", "2026-05-11")
    assert "这件事已经并入另一件" not in old.read_text("utf-8")
    assert "撤回 2026-05-11 的合并，看错了" in old.read_text("utf-8")


def test_the_api_gives_the_story_that_an_old_id_leads_to(home: Path, shida: Shida) -> None:
    from shida.pack import load_packs
    from shida.serve.api import Library
    from shida.serve.api.parameters import Asked
    from shida.serve.api.records import story
    from shida.settings import load

    there = stories(shida)
    shida("story", "merge", there["a1"], there["b1"], "--why", "一次写进一篇", *BY)
    shida("run", *DAY)
    settings = load(home)
    library = Library(home, settings=settings, pack=load_packs(settings.packs), today=lambda: "2026-05-11")
    found = story(library, Asked(), there["b1"])
    assert (found.id, found.aliases) == (there["a1"], (there["b1"],))


def test_stories_that_shrink_keep_their_pages(home: Path, shida: Shida, tmp_path: Path) -> None:
    there = stories(shida)
    part = json.loads(shida("story", "split", there["b1"], "b2", "--why", "两件事", *BY, "--json").out)["part"]
    shida("run", *DAY)
    shida("publish", "site", "--as-of", "2026-05-11")
    names = {file.stem for file in (tmp_path / "site" / "story").iterdir()}
    assert {there["b1"], part} <= names


def test_what_is_decided_is_told_and_listed(home: Path, shida: Shida) -> None:
    there = stories(shida)
    merged = shida("story", "merge", there["b1"], there["c1"], "--why", "同一届", *BY)
    assert merged.out == f"kept as ruling 1 (林 on 2026-05-11 merges {there['b1']}, {there['c1']})\n"
    assert merged.err == "next: shida run\n"
    split = shida("story", "split", there["b1"], "c1", "--why", "不是同一届", *BY)
    assert "says the opposite: the later one, 2, counts" in split.out
    listed = shida("story", "rulings").out
    assert "同一届" in listed
    assert "(overruled by 2)" in listed
    assert "(waits for the next run)" in listed
    ran = shida("run", *DAY)
    assert "contradict each other: the later one, 2, counts" in ran.out
    rows = [json.loads(line) for line in shida("story", "rulings", "--json").out.splitlines()]
    assert [(row["ruling"]["number"], row["state"], row["by"]) for row in rows] == [
        (1, "overruled", 2),
        (2, "kept", None),
    ]
    assert shida("story", "rulings", "--as-of", "2026-05-10").out.startswith("no ruling yet")
    assert shida("story", "rulings", "--as-of", "2026-05-32").code == 2


def test_notes_are_in_the_json_of_a_run(home: Path, shida: Shida) -> None:
    there = stories(shida)
    shida("story", "merge", there["b1"], there["c1"], "--why", "同一届", *BY)
    shida("story", "split", there["b1"], "c1", "--why", "不是同一届", *BY)
    answer = json.loads(shida("run", *DAY, "--json").out)
    assert len(answer["notes"]) == 1


def test_a_story_is_shown_with_its_reasons(home: Path, shida: Shida) -> None:
    there = stories(shida)
    shida("story", "merge", there["b1"], there["c1"], "--why", "同一届", *BY)
    shida("run", *DAY)
    shown = shida("story", "show", there["c1"])
    assert shown.err == f"{there['c1']} was merged into {there['b1']}\n"
    assert "将所在报道并入本报道：同一届" in shown.out
    assert "正文只有这一句" in shown.out
    found = json.loads(shida("story", "show", there["b1"], "--json").out)
    assert [member["article"] for member in found["members"]] == ["b1", "b2", "c1"]
    assert all(moment["why"] for moment in found["timeline"])
    early = json.loads(shida("story", "show", there["b1"], "--as-of", "2026-05-02", "--json").out)
    assert [member["article"] for member in early["members"]] == ["b1"]
    none = shida("story", "show", there["b1"], "--as-of", "2026-05-01")
    assert (none.code, "as of 2026-05-01" in none.err) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("show", "{a}x"), "Did you mean {a}?"),
        (("merge", "{a}", "{b}x", "--why", "x"), "Did you mean {b}?"),
        (("merge", "{a}", "--why", "x"), "Name two or more"),
        (("merge", "{a}", "{a}", "--why", "x"), "Name two or more"),
        (("merge", "{a}", "{b}", "--why", " "), "--why"),
        (("merge", "{a}", "{b}"), "--why"),
        (("split", "{a}", "a22", "--why", "x"), "Did you mean a2?"),
        (("split", "{a}", "b1", "--why", "x"), "is in story {b}"),
        (("split", "{a}", "a1", "a2", "--why", "x"), "At least one has to stay"),
        (("split", "{a}", "--why", "x"), "ARTICLES"),
        (("undo", "1", "--why", "x"), "There are none yet"),
        (("undo", "one", "--why", "x"), "one"),
        (("merge", "{a}", "{b}", "--why", "x", "--now", "noon"), "is not a time"),
    ],
)
def test_slips_are_answered_with_what_to_do(home: Path, shida: Shida, arguments: tuple[str, ...], words: str) -> None:
    there = stories(shida)
    names = {"a": there["a1"], "b": there["b1"]}
    answer = shida("story", *(one.format(**names) for one in arguments))
    assert answer.code == 2
    assert words.format(**names) in answer.err + answer.out
    assert shida("story", "rulings").out.startswith("no ruling yet")
