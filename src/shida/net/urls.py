"""Address as typed or found in a page → address we may ask for, or Refused."""

from __future__ import annotations

import re

from yarl import URL

from shida.net.refusals import Refused

MAX_URL = 4096
"""Longer addresses are not kept by any server in practice; nginx and Apache stop at 8 KB."""

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,30}:")


def looks_like_url(target: str) -> bool:
    """True where `target` is meant as a web address and not as a path.

    >>> looks_like_url("https://www.gov.cn/"), looks_like_url("pages/a.html"), looks_like_url("ftp://x/")
    (True, False, True)
    """
    return bool(_SCHEME.match(target)) and "://" in target[:40]


def checked(text: str, *, to_follow: URL | None = None) -> URL:
    """The address in `text`, relative to `to_follow` where given; http or https, with a host, without a password.

    Raises Refused where it is anything else. The fragment is cut off.

    >>> str(checked("http://例子.中国/新闻?a=1#top"))
    'http://xn--fsqu00a.xn--fiqs8s/%E6%96%B0%E9%97%BB?a=1'
    """
    shown = text[:200]
    if len(text) > MAX_URL:
        raise Refused(f"{shown}…: the address is longer than {MAX_URL} characters. Shorten it.", reason="bad_url")
    # A Location header with raw bytes (GBK sites send them) comes with lone surrogates: send the same bytes back.
    cleaned = "".join(
        f"%{ord(char) - 0xDC00:02X}" if "\udc80" <= char <= "\udcff" else char
        for char in text.strip()
        if char > "\x1f" and char != "\x7f"
    )
    try:
        url = URL(cleaned)
        if to_follow is not None:
            url = to_follow.join(url)
        host = url.host
        port = url.port
    except (ValueError, UnicodeError) as error:
        raise Refused(f"{shown}: not a web address ({error}). Correct it.", reason="bad_url") from error
    if url.scheme not in ("http", "https"):
        raise Refused(
            f"{shown}: only http and https are fetched, not {url.scheme or 'an address without a scheme'}. "
            "Give the whole address, or a path of a file.",
            reason="bad_scheme",
        )
    if not host or not port:
        raise Refused(f"{shown}: the address has no host. Correct it.", reason="bad_url")
    if url.user is not None or url.password is not None:
        raise Refused(
            f"{url.scheme}://…@{host}: addresses with a user name or password are not fetched. Leave them out.",
            reason="bad_url",
        )
    return url.with_fragment(None)
