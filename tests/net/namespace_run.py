"""Run inside a network namespace: every address there is leads to one tripwire, which counts who got through.

`ip route add local 0.0.0.0/0 dev lo` makes the kernel take every address for its own, so a connection that should not
have been made is seen, whatever it was made to. Prints one JSON object.
"""

from __future__ import annotations

import asyncio
import html
import json
import subprocess
from collections import Counter
from contextlib import suppress
from datetime import datetime
from typing import Any

from local_web import Names

from shida.collect import collect
from shida.collect.addresses import fetch_page
from shida.collect.rounds import collect_sources
from shida.collect.visits import Arrival
from shida.errors import InputError
from shida.net import Client, Limits, Refused
from shida.records import Dropped, Source

PUBLIC = "93.184.216.34"
LIMITS = Limits(host_gap_seconds=0, total_seconds=5, idle_seconds=2)

_FORMS = """
127.0.0.1 127.0.0.2 127.255.255.254 127.1 127.0.1 0x7f.1 0x7f000001 0x7f.0.0.1 0177.0.0.1 017700000001 2130706433
localhost LOCALHOST localhost. 127.0.0.1. 0 0.0.0.0 0.1.2.3 00000000177.1 %31%32%37.0.0.1 １２７.０.０.１ ①②⑦.⓪.⓪.①
127。0。0。1 10.0.0.1 10.255.255.255 0xa.1 167772161 100.64.0.1 100.100.100.200 100.127.255.254 168.63.129.16
169.254.169.254 169.254.170.2 0xa9fea9fe 2852039166 172.16.0.1 172.31.255.254 192.0.0.1 192.0.0.8 192.0.0.170 192.0.2.1
192.31.196.1 192.52.193.1 192.88.99.1 192.168.0.1 192.168.255.254 3232235521 192.175.48.1 198.18.0.1 198.19.255.254
198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255
[::] [::1] [0:0:0:0:0:0:0:1] [::127.0.0.1] [::10.0.0.1] [::ffff:127.0.0.1] [::ffff:7f00:1] [::ffff:169.254.169.254]
[::ffff:93.184.216.34] [::ffff:0:127.0.0.1] [64:ff9b::127.0.0.1] [64:ff9b::a00:1] [64:ff9b::93.184.216.34]
[64:ff9b:1::127.0.0.1] [100::1] [2001::1] [2001:0:4136:e378:8000:63bf:3fff:fdd2] [2001:2::1] [2001:10::1] [2001:20::1]
[2001:db8::1] [2002:7f00:1::] [2002:a00:1::1] [2620:4f:8000::1] [3fff::1] [5f00::1] [fc00::1] [fd00:ec2::254]
[fe80::1] [fe80::1%25lo] [fec0::1] [ff02::1] [ff0e::1] [4000::1] [1::1] [e000::1]
"""
FORMS = _FORMS.split()


def prepare() -> None:
    for command in (
        "ip link set lo up",
        "ip route add local 0.0.0.0/0 dev lo",
        "ip -6 route add local ::/0 dev lo",
    ):
        subprocess.run(command.split(), check=True)


class Tripwire:
    """Listens on every address; remembers which of them was connected to."""

    def __init__(self) -> None:
        self.touched: list[str] = []
        self.location = ""
        self.bodies: dict[str, bytes] = {}

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.touched.append(writer.get_extra_info("sockname")[0])
        try:
            line = await reader.readline()
            path = line.split(b" ")[1].decode() if line.count(b" ") == 2 else "/"
            if path.startswith("/to") or (path == "/robots.txt" and self.location.endswith("/robots.txt")):
                head = f"HTTP/1.1 302 X\r\nLocation: {self.location}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            elif path in self.bodies:
                body = self.bodies[path]
                writer.write(b"HTTP/1.1 200 X\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n" + body)
                head = ""
            elif path == "/robots.txt":
                head = "HTTP/1.1 404 X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            else:
                head = (
                    "HTTP/1.1 200 X\r\nContent-Type: text/html\r\nContent-Length: 5\r\nConnection: close\r\n\r\n<p>x\n"
                )
            writer.write(head.encode("utf-8", "surrogateescape"))
            await writer.drain()
        except (ConnectionError, UnicodeError):
            pass
        finally:
            writer.close()


async def reason(client: Client, url: str) -> str:
    try:
        await client.fetch(url)
    except Refused as error:
        return error.reason
    return "fetched"


def list_bodies() -> dict[str, bytes]:
    """Lists of every kind that name every form: as articles, as further maps, as second requests, as feeds."""
    targets = [f"http://{form}/2026/page.html" for form in FORMS]
    anchors = "".join(f"<a href='{html.escape(url)}'>一二三四五六七八九十</a>" for url in targets)
    units = "".join(
        f"<script parseType='bulidstatic' url='{html.escape(url)}' queryData='{{}}'></script>" for url in targets
    )
    items = "".join(f"<item><title>t</title><link>{html.escape(url)}</link></item>" for url in targets)
    maps = "".join(f"<sitemap><loc>{html.escape(url)}</loc></sitemap>" for url in targets)
    pages = "".join(f"<url><loc>{html.escape(url)}</loc></url>" for url in targets)
    outlines = "".join(f"<outline xmlUrl='{html.escape(url)}'/>" for url in targets)
    return {
        "/list": f"<html>{anchors}</html>".encode(),
        "/units": f"<html>{units}</html>".encode(),
        "/feed": f"<rss><channel><title>t</title>{items}</channel></rss>".encode(),
        "/index.xml": f"<sitemapindex>{maps}</sitemapindex>".encode(),
        "/map.xml": f"<urlset>{pages}</urlset>".encode(),
        "/json": json.dumps([{"url": url, "title": "一二三四五六"} for url in targets]).encode(),
        "/opml": f"<opml><body>{outlines}</body></opml>".encode(),
    }


async def by_lists(wire: Tripwire) -> dict[str, Any]:
    """One visit to each list as a source, and one as an address that is added: which addresses were touched."""
    wire.bodies = list_bodies()
    limits = Limits(host_gap_seconds=0, total_seconds=5, idle_seconds=2, linked_pages=1_000)
    now = datetime.fromisoformat("2026-11-22T12:00:00+08:00")
    found: dict[str, Any] = {}
    for path in wire.bodies:
        wire.touched.clear()
        source = Source(name="a", title="t", url=f"http://{PUBLIC}{path}", kind="list", links=("http*",))
        refused: Counter[str] = Counter()

        def visit(source: Source = source, refused: Counter[str] = refused) -> None:
            for item in collect_sources([source], {}, limits=limits, client=Client(limits), now=now):
                one = item.refused if isinstance(item, Arrival) else item
                if isinstance(one, Dropped):
                    refused[one.reason] += 1
            with suppress(InputError):
                for added in collect(source.url, limits=limits, client=Client(limits)):
                    if isinstance(added, Dropped):
                        refused[added.reason] += 1

        await asyncio.to_thread(visit)
        found[path] = {"touched": sorted(set(wire.touched) - {PUBLIC}), "refused": dict(refused)}
    wire.bodies = {}
    return found


async def main() -> dict[str, Any]:
    wire = Tripwire()
    servers = [
        await asyncio.start_server(wire.serve, "0.0.0.0", 80),
        await asyncio.start_server(wire.serve, "::", 80),
    ]
    result: dict[str, Any] = {"forms": len(FORMS), "through": {}, "reasons": {}}

    async with Client(LIMITS) as client:
        result["public"] = await reason(client, f"http://{PUBLIC}/")
    result["public_touched"] = PUBLIC in wire.touched
    async with Client(LIMITS, allow=["127.0.0.0/8"]) as client:
        result["allowed"] = await reason(client, "http://127.0.0.1/")
    result["allowed_touched"] = "127.0.0.1" in wire.touched

    for form in FORMS:
        wire.touched.clear()
        reasons = []
        for robots in (True, False):
            async with Client(LIMITS, robots=robots) as client:
                reasons.append(await reason(client, f"http://{form}/"))
                reasons.append(await reason(client, f"http://{PUBLIC}@{form}/"))
                wire.location = f"http://{form}/secret"
                reasons.append(await reason(client, f"http://{PUBLIC}/to"))
                found = await fetch_page(f"http://{form}/page", LIMITS, client)
                reasons.append(getattr(found, "reason", "fetched"))
        async with Client(LIMITS) as client:
            wire.location = f"http://{form}/robots.txt"
            await reason(client, f"http://{PUBLIC}/page")
        result["reasons"][form] = sorted(set(reasons))
        wrong = [address for address in wire.touched if address != PUBLIC]
        if wrong or "fetched" in reasons:
            result["through"][form] = wrong or reasons

    result["lists"] = await by_lists(wire)

    wire.touched.clear()
    names = Names(
        {
            "rebind.test": [[PUBLIC], ["127.0.0.1"], ["10.0.0.1"]],
            "mixed.test": [["127.0.0.1", "::1", PUBLIC]],
            "inside.test": [["192.168.1.1", "fd00::1"]],
        }
    )
    outcome: dict[str, list[str]] = {}
    for _ in range(3):
        async with Client(LIMITS, resolver=lambda: names) as client:
            for name in names.table:
                outcome.setdefault(name, []).append(await reason(client, f"http://{name}/"))
    result["names"] = outcome
    result["names_touched"] = sorted(set(wire.touched))
    for server in servers:
        server.close()
    return result


if __name__ == "__main__":
    prepare()
    print(json.dumps(asyncio.run(main())))
