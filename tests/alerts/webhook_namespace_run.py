"""Run inside a network namespace where every address leads to a tripwire: posts to every form of a private address.

Prints one JSON object: what got through, how a redirect there ends, and what names that resolve otherwise lead to.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "net"))

from local_web import Names
from namespace_run import FORMS, LIMITS, PUBLIC, Tripwire, prepare

from shida.net import Client, Refused


async def posted(client: Client, url: str) -> str:
    try:
        return str((await client.post(url, b"{}", {"content-type": "application/json"})).status)
    except Refused as error:
        return error.reason


async def main() -> dict[str, Any]:
    wire = Tripwire()
    servers = [await asyncio.start_server(wire.serve, "0.0.0.0", 80), await asyncio.start_server(wire.serve, "::", 80)]
    result: dict[str, Any] = {"forms": len(FORMS), "through": {}, "redirects": []}
    async with Client(LIMITS) as client:
        result["public"] = await posted(client, f"http://{PUBLIC}/")
    async with Client(LIMITS, allow=["127.0.0.0/8"]) as client:
        result["allowed"] = await posted(client, "http://127.0.0.1/")
    for form in FORMS:
        wire.touched.clear()
        async with Client(LIMITS) as client:
            said = [await posted(client, f"http://{form}/"), await posted(client, f"http://{PUBLIC}@{form}/")]
            wire.location = f"http://{form}/secret"
            result["redirects"].append(await posted(client, f"http://{PUBLIC}/to"))
        if set(wire.touched) - {PUBLIC} or any(one.isdigit() for one in said):
            result["through"][form] = [*said, *wire.touched]
    wire.touched.clear()
    names = Names({"rebind.test": [[PUBLIC], ["127.0.0.1"]], "inside.test": [["192.168.1.1", "fd00::1"]]})
    result["names"] = []
    for _ in range(2):
        async with Client(LIMITS, resolver=lambda: names) as client:
            result["names"] += [await posted(client, f"http://{name}/") for name in names.table]
    result["names_touched"] = sorted(set(wire.touched))
    for server in servers:
        server.close()
    return result


if __name__ == "__main__":
    prepare()
    print(json.dumps(asyncio.run(main())))
