from __future__ import annotations

import json
import subprocess
import sys
from ipaddress import IPv4Address, IPv6Address
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shida.errors import SettingsError
from shida.net.addresses import networks, refusal

HERE = Path(__file__).parent


def test_no_form_of_a_private_address_is_connected_to() -> None:
    """About a hundred forms, as a page, behind a redirect, as robots.txt, as a feed's page, by rebinding names."""
    try:
        probe = subprocess.run(["unshare", "-rn", "ip", "link", "set", "lo", "up"], capture_output=True, check=False)
    except FileNotFoundError:
        pytest.skip("unshare and ip are not installed (apt-get install util-linux iproute2)")
    if probe.returncode:
        pytest.skip(f"network namespaces are not permitted here: {probe.stderr.decode().strip()}")
    done = subprocess.run(
        ["unshare", "-rn", sys.executable, str(HERE / "namespace_run.py")],
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    result = json.loads(done.stdout)
    # The tripwire works: what may be reached is reached and seen.
    assert (result["public"], result["public_touched"]) == ("fetched", True)
    assert (result["allowed"], result["allowed_touched"]) == ("fetched", True)
    assert result["forms"] >= 60
    assert result["through"] == {}
    allowed_reasons = {"private_address", "bad_url", "no_such_host", "unreachable", "bad_scheme"}
    assert {reason for reasons in result["reasons"].values() for reason in reasons} <= allowed_reasons
    # Every kind of list that names all of them, as a source and as an address that is added.
    assert sorted(result["lists"]) == ["/feed", "/index.xml", "/json", "/list", "/map.xml", "/opml", "/units"]
    for path, found in result["lists"].items():
        assert found["touched"] == [], path
        if path in ("/feed", "/list", "/map.xml", "/opml"):
            assert found["refused"]["private_address"] >= 60, path
    assert result["names_touched"] == ["93.184.216.34"]
    assert result["names"] == {
        "rebind.test": ["fetched", "private_address", "private_address"],
        "mixed.test": ["fetched"] * 3,
        "inside.test": ["private_address"] * 3,
    }


@given(st.ip_addresses(v=4))
def test_every_ipv4_that_ipaddress_calls_not_global_is_refused(ip: IPv4Address) -> None:
    if not ip.is_global or ip.is_multicast:
        assert refusal(str(ip))


@given(st.ip_addresses(v=6))
def test_ipv6_outside_the_public_block_is_refused(ip: IPv6Address) -> None:
    if not ip.is_global or ip.exploded[0] not in "23":
        assert refusal(str(ip))
    assert refusal(f"{ip}%eth0") == refusal(str(ip))


@given(st.text(max_size=30))
def test_anything_else_is_no_address(text: str) -> None:
    assert refusal(f"x{text}") == "not an address"


def test_allow_is_by_network_and_by_family() -> None:
    inside = networks(["10.1.0.0/16", "fd00::/8", "192.168.1.5"])
    assert refusal("10.1.2.3", inside) is None
    assert refusal("fd12::1", inside) is None
    assert refusal("192.168.1.5", inside) is None
    assert refusal("10.2.0.1", inside)
    assert refusal("::ffff:10.1.2.3", inside)
    with pytest.raises(SettingsError, match=r"10\.0\.0\.0/8"):
        networks(["ten"])
