"""The one guarded HTTP client: addresses checked at connect, limits, robots.txt, politeness.

`fetch(url)` gives one answer; `Client` is the same for code with an event loop and many addresses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shida.net.limits import Limits
from shida.net.refusals import Refused

if TYPE_CHECKING:
    from shida.net.answers import Fetched
    from shida.net.client import Client, fetch

__all__ = ["Client", "Fetched", "Limits", "Refused", "fetch"]


def __getattr__(name: str) -> Any:
    # aiohttp takes a third of a second to import; what only reads files does not wait for it.
    if name in ("Client", "fetch"):
        from shida.net import client

        return getattr(client, name)
    if name == "Fetched":
        from shida.net.answers import Fetched

        return Fetched
    raise AttributeError(f"module 'shida.net' has no attribute {name!r}")
