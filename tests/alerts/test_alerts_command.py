"""The commands: saving, showing and sending, exit codes, and what is printed once."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from mail_room import Postbox, mail_server
from receiver import Receiver

sys.path.insert(0, str(Path(__file__).parents[1] / "cli"))

from command_line import Answer, Shida, shida

from shida.client import verify

__all__ = ["Answer", "shida"]

NOW = "2026-11-22T09:00:00+08:00"


def add(shida: Shida, number: int, text: str) -> None:
    row = {
        "id": f"x{number}",
        "title": f"消息{number}",
        "text": text,
        "published": "2026-11-21",
        "source": "江城质量报",
    }
    Path("news.jsonl").write_text(json.dumps(row, ensure_ascii=False) + "\n")
    assert shida("add", "news.jsonl").code == 0
    assert shida("run", "--today", "2026-11-22").code == 0


def test_a_saved_search_from_beginning_to_end(shida: Shida, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHIDA_ALLOW", "127.0.0.0/8")
    add(shida, 1, "甲厂召回玩具。共三批次，请消费者退货。")
    made = json.loads(shida("watch", "add", "召回", "召回 -广告", "--now", NOW, "--json").out)
    assert (made["query"], made["feeds"]["rss"].endswith(f"/watches/{made['id']}/news.rss")) == ("召回 -广告", True)
    assert shida("watch", "add", "召回", "别的").code == 2
    refused = shida("watch", "add", "坏的", "日期:昨天")
    assert (refused.code, "看不懂日期" in refused.err) == (2, True)
    with Receiver() as there:
        hooked = json.loads(shida("alerts", "hook", there.url, "--watch", "召回", "--json").out)
        assert shida("alerts", "send", "--now", NOW).code == 0
        assert there.got == []
        add(shida, 2, "乙厂召回水壶。共两批次，请消费者退货。")
        dry = shida("alerts", "send", "--dry-run", "--now", NOW)
        assert (dry.code, "消息2" in dry.out, there.url in dry.out, there.got) == (0, True, True, [])
        sent = json.loads(shida("alerts", "send", "--now", NOW, "--json").out)
        assert (sent["done"], sent["looked"][0]["told"]) == (1, 1)
        stamp = int(there.got[0].headers["webhook-timestamp"])
        verify(hooked["secret"], there.got[0].headers, there.got[0].body, now=stamp)
        rotated = shida("alerts", "rotate", hooked["hook"]["id"])
        assert rotated.out.startswith("secret  whsec_")
        assert shida("alerts", "rotate", hooked["hook"]["id"], "--finish").code == 0
    shown = shida("watch", "show", "召回")
    assert "乙厂召回水壶。" in shown.out
    assert hooked["secret"] not in shida("alerts", "--json").out
    listed = json.loads(shida("watch", "--json").out)
    assert listed["alerts_made"] == 1
    assert shida("alerts", "--now", NOW).code == 0
    assert shida("watch", "mute", "召回").code == 0
    assert "muted" in shida("watch").out
    assert shida("watch", "unmute", made["id"]).code == 0
    assert shida("alerts", "remove", hooked["hook"]["id"]).code == 0
    assert not list(Path("newsroom/secrets").glob("*.txt"))
    assert shida("watch", "remove", "召回").code == 0
    assert shida("watch", "show", "召回").code == 2


def test_a_hook_that_is_away_is_named_and_sent_to_again(shida: Shida, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHIDA_ALLOW", "127.0.0.0/8")
    add(shida, 1, "今天没有要紧的事。各处平安，一切如常。")
    shida("watch", "add", "召回", "召回", "--now", NOW)
    hooked = json.loads(shida("alerts", "hook", "http://127.0.0.1:9/", "--json").out)
    add(shida, 2, "乙厂召回水壶。共两批次，请消费者退货。")
    assert shida("alerts", "send", "--now", NOW).code == 1
    told = shida("alerts", "--log", "5", "--now", NOW)
    assert "failing" in told.out
    assert "unreachable" in told.out
    late = shida("alerts", "--now", "2026-11-24T09:00:00+08:00")
    assert (late.code, "wait since" in late.err) == (1, True)
    assert "wait since" in "".join(
        json.loads(shida("doctor", "--now", "2026-11-24T09:00:00+08:00", "--json").out)["ailments"]
    )
    for day in range(3, 16):
        shida("alerts", "send", "--now", f"2026-12-{day:02d}T09:00:00+08:00")
    assert "given up after" in shida("alerts").out
    assert shida("alerts", "retry", "--now", NOW).code == 0
    assert shida("alerts", "retry", hooked["hook"]["id"]).code == 1
    assert shida("alerts", "resume", "h-none").code == 2
    assert shida("alerts", "remove", "h-none").code == 2


def test_letters_from_the_command_line(shida: Shida, monkeypatch: pytest.MonkeyPatch) -> None:
    add(shida, 1, "今天没有要紧的事。各处平安，一切如常。")
    shida("watch", "add", "召回", "召回", "--owner", "法规部", "--now", NOW)
    assert shida("alerts", "mail", "reader@example.org\nBcc: x@example.org").code == 2
    assert shida("alerts", "mail", "reader@example.org", "--owner", "法规部", "--now", NOW).code == 0
    changed = ("alerts", "mail", "reader@example.org", "--owner", "法规部", "--json")
    add(shida, 2, "乙厂召回水壶。共两批次，请消费者退货。")
    unset = shida("alerts", "--now", NOW)
    assert (unset.code, "smtp_host" in unset.err) == (1, True)
    box = Postbox()
    with mail_server(box) as port:
        for name, value in (
            ("MAIL_FROM", "desk@quality.example.cn"),
            ("SMTP_HOST", "127.0.0.1"),
            ("SMTP_PORT", str(port)),
            ("SMTP_SECURITY", "none"),
        ):
            monkeypatch.setenv(f"SHIDA_{name}", value)
        assert shida("alerts", "send", "--now", "2026-11-22T06:00:00+08:00").code == 0  # told, and not yet the hour
        before = json.loads(shida(*changed, "--every", "week").out)
        assert json.loads(shida(*changed).out) == {**before, "every": "day"}  # what was told is still to be sent
        dry = shida("alerts", "send", "--dry-run", "--now", NOW)
        assert "Subject: 十大 · 法规部 · 每日关注 2026-11-22：1 条" in dry.out
        assert "乙厂召回水壶。" in dry.out
        assert box.taken == []
        assert shida("alerts", "send", "--now", NOW).code == 0
    assert [str(one["To"]) for one in box.letters()] == ["reader@example.org"]


def test_a_query_can_be_tried_before_it_is_saved(shida: Shida) -> None:
    add(shida, 1, "甲厂召回玩具。共三批次，请消费者退货。")
    found = shida("watch", "test", "召回")
    assert (found.code, "x1" in found.out) == (0, True)
    assert shida("watch", "test", "没有这样的词").code == 1
    said = shida("watch", "test", "机构:某某不存在局", "召回")
    assert "不认识机构" in said.err
    pinyin = shida("watch", "add", "名字", "guojiashichangjianduguanlizongju")
    assert (pinyin.code, "Write the name itself" in pinyin.err) == (2, True)
    assert shida("watch", "test", "--json", "召回").out.startswith('{"query":"召回","matches":1')
