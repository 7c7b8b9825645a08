"""IP address → why we will not connect to it, or None.

The check runs on the address the socket is about to connect to, so a name that resolves differently the second time
(DNS rebinding) or an odd spelling (`0x7f.1`, `2130706433`) gains nothing. The tables are the special-purpose registries
of IANA (RFC 6890 and its updates, as of 2025) with multicast and the reserved block. `ipaddress.is_global` is asked as
well but not trusted alone: it takes NAT64 (64:ff9b::/96), 6to4 (2002::/16), ::127.0.0.1, multicast and 192.0.0.8 for
public addresses.
"""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from shida.errors import SettingsError

Network = IPv4Network | IPv6Network

_REFUSED_V4 = tuple(
    (IPv4Network(network), why)
    for network, why in (
        ("0.0.0.0/8", "this host"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "carrier's shared space, also cloud metadata"),
        ("127.0.0.0/8", "loopback"),
        ("168.63.129.16/32", "cloud metadata"),
        ("169.254.0.0/16", "link-local, also cloud metadata"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "protocol assignments"),
        ("192.0.2.0/24", "documentation"),
        ("192.31.196.0/24", "AS112"),
        ("192.52.193.0/24", "AMT"),
        ("192.88.99.0/24", "6to4 relay"),
        ("192.168.0.0/16", "private"),
        ("192.175.48.0/24", "AS112"),
        ("198.18.0.0/15", "benchmarking"),
        ("198.51.100.0/24", "documentation"),
        ("203.0.113.0/24", "documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
    )
)
_GLOBAL_V6 = IPv6Network("2000::/3")
"""The only block of IPv6 from which public unicast addresses are given out (RFC 4291, IANA)."""
_REFUSED_V6 = tuple(
    (IPv6Network(network), why)
    for network, why in (
        ("::1/128", "loopback"),
        ("::/128", "this host"),
        ("::ffff:0:0/96", "IPv4 written as IPv6"),
        ("::ffff:0:0:0/96", "IPv4 written as IPv6"),
        ("::/96", "IPv4 written as IPv6"),
        ("64:ff9b::/96", "NAT64, which reaches IPv4 hosts"),
        ("64:ff9b:1::/48", "local NAT64"),
        ("100::/64", "discard"),
        ("2001::/23", "protocol assignments, also Teredo"),
        ("2001:db8::/32", "documentation"),
        ("2002::/16", "6to4, which reaches IPv4 hosts"),
        ("2620:4f:8000::/48", "AS112"),
        ("3fff::/20", "documentation"),
        ("fc00::/7", "private"),
        ("fe80::/10", "link-local"),
        ("fec0::/10", "site-local"),
        ("ff00::/8", "multicast"),
    )
)


def networks(allow: Sequence[str]) -> tuple[Network, ...]:
    """The networks written in `allow`, such as `127.0.0.0/8` or `10.1.2.3`.

    Raises SettingsError for one that is not a network.
    """
    found = []
    for text in allow:
        try:
            found.append(ip_network(text, strict=False))
        except ValueError as error:
            raise SettingsError(f"allowed network {text!r}: {error}. Write it like 10.0.0.0/8 or fd00::/8.") from error
    return tuple(found)


def refusal(address: str, allow: Sequence[Network] = ()) -> str | None:
    """Why `address` (as a resolver gives it, a zone after % is ignored) is refused; None where it may be connected to.

    >>> refusal("93.184.216.34"), refusal("2606:2800:220:1::1")
    (None, None)
    >>> refusal("127.0.0.1"), refusal("::ffff:10.0.0.1")
    ('loopback', 'IPv4 written as IPv6')
    >>> refusal("127.0.0.1", networks(["127.0.0.0/8"])) is None
    True
    """
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return "not an address"
    if any(ip.version == network.version and ip in network for network in allow):
        return None
    return _refusal_v4(ip) if isinstance(ip, IPv4Address) else _refusal_v6(ip)


def _refusal_v4(ip: IPv4Address) -> str | None:
    for network, why in _REFUSED_V4:
        if ip in network:
            return why
    return None if ip.is_global else "not a public address"


def _refusal_v6(ip: IPv6Address) -> str | None:
    for network, why in _REFUSED_V6:
        if ip in network:
            return why
    return None if ip in _GLOBAL_V6 and ip.is_global else "not a public address"
