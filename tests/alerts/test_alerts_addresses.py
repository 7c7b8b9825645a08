"""No post ever reaches an address that is not public: every form of one, redirects to it, names that turn to it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest


def test_no_form_of_a_private_address_is_posted_to() -> None:
    script = Path(__file__).with_name("webhook_namespace_run.py")
    call = ["unshare", "-rn", sys.executable, str(script)]
    try:
        probe = subprocess.run(["unshare", "-rn", "ip", "link", "set", "lo", "up"], capture_output=True, check=False)
    except FileNotFoundError:
        pytest.skip("unshare and ip are not installed (apt-get install util-linux iproute2)")
    if probe.returncode:
        pytest.skip(f"network namespaces are not permitted here: {probe.stderr.decode().strip()}")
    run = subprocess.run(call, capture_output=True, text=True, timeout=120, check=False)
    assert run.returncode == 0, run.stderr[-2_000:]
    found = json.loads(run.stdout)
    assert found["forms"] >= 60
    assert (found["public"], found["allowed"]) == ("200", "200")  # the tripwire works
    assert found["through"] == {}
    assert set(found["redirects"]) == {"302"}  # an answer, and not followed
    assert found["names"] == ["200", "private_address", "private_address", "private_address"]
    assert found["names_touched"] == ["93.184.216.34"]
