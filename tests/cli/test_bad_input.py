"""Bad input gets a clear word and loses nothing: each case with the message or the kept refusal it gives."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from command_line import Shida, shida

from shida.store import Newsroom

__all__ = ["shida"]  # the fixture, by its name

SHIDA = [sys.executable, "-c", "from shida.cli import main; main()"]

ARTICLE = {"id": "good-1", "title": "储能标准发布", "text": "国家标准委今天发布储能标准。", "published": "2026-01-05"}


def line(**changes: object) -> str:
    return json.dumps({**ARTICLE, **changes}, ensure_ascii=False)


def refusals(home: Path = Path("newsroom")) -> list[tuple[str, str]]:
    with Newsroom.open(home) as newsroom:
        return [(dropped.reason, dropped.detail) for dropped in newsroom.dropped()]


def articles(home: Path = Path("newsroom")) -> list[str]:
    with Newsroom.open(home) as newsroom:
        return [article.title for article in newsroom.articles()]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.html", b"", "empty"),
        ("picture.html", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "binary"),
        ("no-text.html", b"<html><head><title></title></head><body><img src=a.png></body></html>", "no_text"),
        ("blank.txt", " \n\t\n　\n".encode(), "no_text"),
    ],
)
def test_a_file_without_text_is_refused_with_the_reason(
    shida: Shida, tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(content)
    (tmp_path / "good.jsonl").write_text(line() + "\n")
    shida("add", name, "good.jsonl")
    shida("run")
    found = refusals()
    assert [kind for kind, _ in found] == [reason]
    assert name in found[0][1]
    assert articles() == ["储能标准发布"]


def test_a_file_past_the_limit_is_refused_unread(shida: Shida, tmp_path: Path) -> None:
    with (tmp_path / "big.html").open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    answer = shida("add", "big.html")
    assert answer.code == 1
    assert [reason for reason, _ in refusals()] == ["too_large"]
    assert "big.html" in answer.err
    assert "max_page_bytes" in answer.err


def test_a_truncated_gzip_gives_what_was_readable(shida: Shida, tmp_path: Path) -> None:
    whole = gzip.compress(
        "".join(line(id=f"n-{number}", title=f"第{number}条") + "\n" for number in range(3000)).encode()
    )
    (tmp_path / "cut.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    answer = shida("add", "cut.jsonl.gz")
    assert answer.code == 1
    reasons = {reason for reason, _ in refusals()}
    assert "truncated_gzip" in reasons
    with Newsroom.open(Path("newsroom")) as newsroom:
        assert 100 < newsroom.counts()["pages"] < 3000


def test_a_broken_line_is_named_and_the_others_go_in(shida: Shida, tmp_path: Path) -> None:
    lines = [line(id="a"), '{"id": "b", "title": ', "[1, 2]", line(id="d", position="first"), "", line(id="f")]
    (tmp_path / "news.jsonl").write_text("\n".join(lines) + "\n")
    answer = shida("add", "news.jsonl")
    assert answer.code == 1
    assert answer.out.startswith("2 new")
    found = refusals()
    assert sorted(reason for reason, _ in found) == ["bad_article", "bad_article", "bad_json"]
    for number in (2, 3, 4):
        assert any(f"news.jsonl:{number}" in detail for _, detail in found), number


def test_other_keys_are_ignored_and_counted(shida: Shida, tmp_path: Path) -> None:
    (tmp_path / "news.jsonl").write_text(line(id="a", mood="calm") + "\n" + line(id="b", mood="keen") + "\n")
    assert "mood 2×" in shida("add", "news.jsonl").err


def test_line_separators_do_not_split_a_line(shida: Shida, tmp_path: Path) -> None:
    text = "第一句话说标准。\u2028第二句话说计量。\u0085第三句话说认证。"
    (tmp_path / "news.jsonl").write_text(
        json.dumps({"id": "u", "title": "分隔符", "text": text}, ensure_ascii=False) + "\n"
    )
    assert shida("add", "news.jsonl").out.startswith("1 new")
    shida("run")
    exported = shida("export", "articles").out
    assert exported.count("\n") == 1
    assert "第三句话说认证" in json.loads(exported)["text"]


def test_nul_bytes_do_not_stop_a_page(shida: Shida, tmp_path: Path) -> None:
    body = "国家标准委今天发布储能电站安全标准，自明年起施行。" * 4
    page = f"<html><head><title>储能标准发布</title></head><body><p>{body}</p></body></html>".encode()
    (tmp_path / "nul.html").write_bytes(page[:60] + b"\0\0" + page[60:] + b"\0")
    shida("add", "nul.html")
    shida("run")
    assert refusals() == []
    assert "储能电站安全标准" in shida("export", "articles").out


@pytest.mark.parametrize(
    ("declared", "written"), [("utf-8", "gb18030"), ("gb2312", "utf-8"), ("gb2312", "big5"), ("big5", "gb18030")]
)
def test_a_wrong_charset_label_fools_nobody(shida: Shida, tmp_path: Path, declared: str, written: str) -> None:
    body = "市場監管總局今天公布食品安全抽檢結果，合格率比上年提高。消費者可以在網上查詢。" * 5
    if written != "big5":
        body = body.translate(str.maketrans("場監總結漲費網詢", "场监总结涨费网询"))
    page = f'<html><head><meta charset="{declared}"><title>抽檢公布</title></head><body><p>{body}</p></body></html>'
    (tmp_path / "page.html").write_bytes(page.encode(written))
    shida("add", "page.html")
    shida("run")
    assert "食品安全抽" in shida("export", "articles").out


def test_sixty_thousand_nested_tags_are_read(shida: Shida, tmp_path: Path) -> None:
    text = "嵌套再深，文字也要读出来，这是一条关于质量的消息。" * 5
    page = f"<html><title>很深的页面</title><body>{'<div>' * 60_000}<p>{text}</p>{'</div>' * 60_000}</body></html>"
    (tmp_path / "deep.html").write_text(page)
    began = time.monotonic()
    shida("add", "deep.html")
    shida("run")
    assert time.monotonic() - began < 20
    found = json.loads(shida("export", "articles").out)
    assert "嵌套再深" in found["text"]
    assert "deep_nesting" in found["flags"]


def test_a_date_in_the_future_dates_nothing(shida: Shida, tmp_path: Path) -> None:
    (tmp_path / "news.jsonl").write_text(line(published="2099-01-01") + "\n")
    shida("add", "news.jsonl")
    shida("run", "--today", "2026-01-06")
    found = json.loads(shida("export", "articles").out)
    assert found["published"] is None
    assert "future_date_refused" in found["flags"]


def test_a_folder_that_may_not_be_read(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    # root reads everything by two capabilities; without them it is a user like any other
    as_user = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    try:
        answer = subprocess.run([*as_user, *SHIDA, "add", "closed"], cwd=tmp_path, capture_output=True, text=True)
    finally:
        closed.chmod(0o700)
    assert answer.returncode == 2
    assert "closed" in answer.stderr
    assert "ermission" in answer.stderr


def test_a_path_that_is_not_there(shida: Shida) -> None:
    answer = shida("add", "nowhere.html")
    assert answer.code == 2
    assert "nowhere.html" in answer.err


def test_ctrl_c_in_the_middle_keeps_what_was_done_and_the_next_run_goes_on(shida: Shida, tmp_path: Path) -> None:
    lines = "".join(
        line(id=f"n-{number}", title=f"第{number}批抽检结果公布", text=f"第{number}批抽检结果今天公布。" * 40) + "\n"
        for number in range(4000)
    )
    (tmp_path / "news.jsonl").write_text(lines)
    for home in ("cut", "whole"):
        assert shida("add", "news.jsonl", "--home", home).code == 0
    process = subprocess.Popen(
        [*SHIDA, "run", "--home", "cut", "--today", "2026-01-06", "--workers", "1"], stderr=subprocess.PIPE, text=True
    )
    deadline = time.monotonic() + 60
    with Newsroom.open(Path("cut")) as newsroom:
        while newsroom.counts()["articles"] == 0 and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "run the same command to go on" in err
    with Newsroom.open(Path("cut")) as newsroom:
        assert 0 < newsroom.counts()["articles"] < 4000
    shida("run", "--home", "cut", "--today", "2026-01-07")
    shida("run", "--home", "whole", "--today", "2026-01-06")
    for what in ("articles", "stories", "facts"):
        assert shida("export", what, "--home", "cut").out == shida("export", what, "--home", "whole").out


def test_two_runs_at_once_the_second_is_told(shida: Shida, tmp_path: Path) -> None:
    (tmp_path / "news.jsonl").write_text(line() + "\n")
    shida("add", "news.jsonl")
    with Newsroom.open(Path("newsroom")) as newsroom, newsroom.hold():
        answer = shida("run")
    assert answer.code == 2
    assert f"process {os.getpid()}" in answer.err
    assert shida("run").code == 0


def test_a_revision_of_an_article_is_told_anew_where_it_stands(shida: Shida, tmp_path: Path) -> None:
    revision = line(title="储能标准更正后发布", text="更正后的标准全文如下。", published="2026-01-08")
    (tmp_path / "one.jsonl").write_text(line() + "\n")
    (tmp_path / "two.jsonl").write_text(revision + "\n")
    for name in ("one.jsonl", "two.jsonl"):
        shida("add", name)
        shida("run", "--today", "2026-01-09")
    (story,) = [json.loads(row) for row in shida("export", "stories").out.splitlines()]
    assert (story["title"], story["last"]) == ("储能标准更正后发布", "2026-01-08")
    assert [moment["sentence"] for moment in story["timeline"]] == ["更正后的标准全文如下。"]
    dropped = [json.loads(row) for row in shida("export", "dropped").out.splitlines()]
    assert [(one["reason"], one["record"]) for one in dropped] == [("superseded", "good-1")]
    assert shida("run").out.startswith("nothing to do")


@pytest.mark.parametrize(
    "field", [{"position": 0}, {"position": 10**20}, {"title": "标" * 2000}, {"id": ""}, {"id": "x" * 300}, {"id": 5}]
)
def test_a_field_out_of_bounds_is_named(shida: Shida, tmp_path: Path, field: dict[str, object]) -> None:
    (tmp_path / "news.jsonl").write_text(line(**field) + "\n" + line() + "\n")
    assert shida("add", "news.jsonl").out.startswith("1 new")
    ((reason, detail),) = refusals()
    assert reason == "bad_article"
    assert "news.jsonl:1" in detail
    assert next(iter(field)) in detail
