"""Addresses as they are compared: two that lead to one page in the same form."""

from __future__ import annotations

import re

_SCHEME = re.compile(r"\A(?:https?:)?//", re.IGNORECASE)
_INDEX = re.compile(r"(?<=/)(?:index|default)\.(?:s?html?|php|jsp|aspx?)(?=\Z|\?)", re.IGNORECASE)


def bare(address: str) -> str:
    """An address as it is compared: without scheme, fragment, `www.` and the name of a folder's own page.

    >>> bare("https://www.e.cn/a/index.html#top"), bare("http://e.cn/a/")
    ('e.cn/a/', 'e.cn/a/')
    """
    address = _SCHEME.sub("", address.strip().partition("#")[0], count=1)
    host, slash, path = address.partition("/")
    return without_index(f"{host.lower().removeprefix('www.')}{slash}{path}") if slash else address


def without_index(address: str) -> str:
    """An address without the name of a folder's own page.

    >>> without_index("e.cn/a/default.aspx?id=7")
    'e.cn/a/?id=7'
    """
    return _INDEX.sub("", address, count=1)
