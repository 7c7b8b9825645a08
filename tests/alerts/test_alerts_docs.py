"""The page of the docs: every command is in it, and its two ways of checking a signature do."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

from shida.alerts.posting import TYPE
from shida.alerts.waits import MOST_TRIES, WAITS
from shida.cli.alerting import alerts
from shida.cli.watching import watch
from shida.client.webhooks import sign

PAGE = (Path(__file__).parents[2] / "docs" / "alerts.md").read_text("utf-8")
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def test_the_page_names_every_command() -> None:
    for application in (watch, alerts):
        for name in application.resolved_commands():
            if not name.startswith("-") and name not in ("unmute", "remove"):
                assert re.search(rf"(?:shida |`){application.name[0]} {name}|`{name} ", PAGE), name


def test_the_page_tells_the_truth_about_waits_and_types() -> None:
    assert TYPE in PAGE
    assert "After ten attempts" in PAGE
    assert MOST_TRIES == 10
    assert [round(seconds / 3600, 2) for seconds in WAITS] == [0.02, 0.08, 0.5, 2, 5, 10, 14, 20, 24]


def test_both_ways_to_check_a_signature_take_ours_and_refuse_others() -> None:
    blocks = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    found: dict[str, Any] = {}
    for block in blocks:
        exec(block, found)
    stamp = int(time.time())
    headers = {"webhook-id": "n-1", "webhook-timestamp": str(stamp)}
    headers["webhook-signature"] = sign([SECRET, SECRET[:-2] + "Qw"], "n-1", stamp, b"{}")
    seen: set[str] = set()
    assert found["take"](headers, b"{}", SECRET, seen) == 204
    assert found["signed"](headers, b"{}", SECRET)
    assert seen == {"n-1"}
    assert found["take"](headers, b"{ }", SECRET, seen) == 400
    assert not found["signed"](headers, b"{ }", SECRET)
    old = {**headers, "webhook-timestamp": str(stamp - 4000)}
    assert found["take"](old, b"{}", SECRET, seen) == 400
