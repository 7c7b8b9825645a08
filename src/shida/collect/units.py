"""A list page that is drawn by a second request → the address of that request, and the mark-up in its answer.

The publishing platform that SAMR, CNCA, SAC and many other Chinese authorities share leaves the list out of the page: a
`<script parseType="bulidstatic" url="/api-gateway/…" queryData="{'webId':'…',…}">` says where it is, and the answer is
JSON with the mark-up of the list inside (as public feed projects describe it; not seen on the sites from here).
"""

from __future__ import annotations

import html
import re
from urllib.parse import urlencode, urljoin, urlsplit

import msgspec

MAX_UNITS = 3
"""Lists of one page that are asked for."""
MAX_QUERY = 2_000

_UNIT = re.compile(r"""<script\s((?>[^<>"']|"[^"<]*"|'[^'<]*')*+)>""", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""(?<![\w-])(parsetype|url|querydata)\s{0,5}=\s{0,5}(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)


def unit_addresses(text: str, url: str) -> tuple[str, ...]:
    """The addresses of the lists that the page `text` at `url` leaves to a second request; on its own host only.

    >>> query = "{'webId':'1','pageId':'2'}"
    >>> page = f'<script parseType="bulidstatic" url="/api/unit" queryData="{query}"></script>'
    >>> unit_addresses(page, "https://example.cn/xw/")
    ('https://example.cn/api/unit?webId=1&pageId=2',)
    """
    found: dict[str, None] = {}
    for script in _UNIT.finditer(text):
        values = {name.lower(): html.unescape(one or two) for name, one, two in _ATTRIBUTE.findall(script[1])}
        if not values.get("parsetype", "").lower().startswith(("bulid", "build")) or not values.get("url"):
            continue
        try:
            query = msgspec.json.decode(
                values.get("querydata", "{}")[:MAX_QUERY].replace("'", '"'), type=dict[str, str | int]
            )
            address = urljoin(url, values["url"])
            same = urlsplit(address).hostname == urlsplit(url).hostname
        except (msgspec.MsgspecError, ValueError, RecursionError):
            continue
        if same and address.startswith(("http://", "https://")):
            found[f"{address}{'&' if '?' in address else '?'}{urlencode(query)}" if query else address] = None
    return tuple(found)[:MAX_UNITS]


def unit_markup(content: bytes) -> str:
    """The mark-up of the list in the answer; empty where there is none.

    >>> unit_markup('{"success":true,"data":{"html":"<ul></ul>"}}'.encode())
    '<ul></ul>'
    """
    try:
        answer = msgspec.json.decode(content)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return ""
    data = answer.get("data") if isinstance(answer, dict) else None
    inside = data.get("html") if isinstance(data, dict) else data
    return inside if isinstance(inside, str) else ""
