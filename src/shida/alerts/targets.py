"""What a person gives → Watch, Hook, Letterbox; or a refusal that says what to do. Ids are made of what is given."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from shida.alerts.matching import checked_query
from shida.errors import SettingsError
from shida.net.addresses import Network, refusal
from shida.net.refusals import Refused
from shida.net.urls import checked
from shida.records import Hook, Letterbox, Watch

LONGEST_NAME = 80

_ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,64}(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,64}){0,8}"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,8}[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]"
)
_LOCAL = {"localhost": "127.0.0.1"}


def make_watch(name: str, query: str, *, owner: str, now: str, since: str | None = None) -> Watch:
    """A saved search. SettingsError for a name that is none, or a query a part of which would be left out."""
    name = label(name, "name")
    return Watch(
        id=_id("w", owner, name),
        name=name,
        query=checked_query(query),
        owner=label(owner, "owner") if owner else "",
        created=now,
        since=since,
    )


def feeds_of(watch: Watch, base: str) -> dict[str, str]:
    """Where what is told of a saved search can be subscribed to: form → address. `base` ends with a slash.

    >>> one = make_watch("召回", "召回", owner="", now="2026-11-22T08:00:00+08:00")
    >>> feeds_of(one, "https://example.org/")["atom"]
    'https://example.org/api/v1/watches/w-9940ec000cd5/news.atom'
    """
    return {form: f"{base}api/v1/watches/{watch.id}/news.{form}" for form in ("rss", "atom", "jsonfeed")}


def make_hook(url: str, *, owner: str, watches: Sequence[str] = (), now: str, allow: Sequence[Network] = ()) -> Hook:
    """A hook. SettingsError for an address that is none, or that would carry the news in the clear."""
    address = hook_address(url, allow)
    owner = label(owner, "owner") if owner else ""
    return Hook(id=_id("h", owner, address), url=address, owner=owner, watches=tuple(watches), created=now)


def make_letterbox(address: str, *, owner: str, every: str = "day", hour: int = 8, now: str, upto: int) -> Letterbox:
    """A letterbox; `upto`: the newest alert there is, since it is told only what comes later."""
    owner = label(owner, "owner") if owner else ""
    address = mail_address(address)
    if every not in ("day", "week") or not 0 <= hour <= 23:
        raise SettingsError(f"every {every!r} at {hour}: letters go every day or week, at 0 to 23. Correct it.")
    return Letterbox(
        id=_id("e", owner, address),
        address=address,
        owner=owner,
        every="week" if every == "week" else "day",
        hour=hour,
        created=now,
        upto=upto,
    )


def label(text: str, what: str) -> str:
    """A name a person gave, on one line; SettingsError where nothing is left or it is too long.

    >>> label(" 食品\\n 召回 ", "name")
    '食品 召回'
    """
    found = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    if not found or len(found) > LONGEST_NAME:
        raise SettingsError(f"{what} {text[:100]!r}: give 1 to {LONGEST_NAME} characters.")
    return found


def mail_address(text: str) -> str:
    """An address mail can be sent to, ASCII only; SettingsError for anything else, a line end in it before all.

    >>> mail_address("desk@quality.example.cn")
    'desk@quality.example.cn'
    >>> mail_address("a@example.cn\\r\\nBcc: b@example.cn")
    Traceback (most recent call last):
    shida.errors.SettingsError: 'a@example.cn\\r\\nBcc: b@example.cn' is not an e-mail address. Give one like desk@example.cn; a Chinese domain is written xn--…
    """  # noqa: E501  # one message
    if len(text) > 254 or not _ADDRESS.fullmatch(text):
        raise SettingsError(
            f"{text[:100]!r} is not an e-mail address. Give one like desk@example.cn; a Chinese domain is written xn--…"
        )
    return text


def hook_address(text: str, allow: Sequence[Network] = ()) -> str:
    """The address of a hook as it is kept: https, or http to an address of a network in `allow`.

    >>> hook_address("https://hooks.example.cn/a?b=1")
    'https://hooks.example.cn/a?b=1'
    >>> hook_address("http://hooks.example.cn/")
    Traceback (most recent call last):
    shida.errors.SettingsError: http://hooks.example.cn/: news is not sent in the clear. Give an https address; http is for an address like http://127.0.0.1:9000/ of a network that is listed in `allow`.
    """  # noqa: E501  # one message
    try:
        url = checked(text)
    except Refused as error:
        raise SettingsError(str(error)) from error
    host = _LOCAL.get(url.host or "", url.host or "")
    own = refusal(host) is not None and refusal(host, allow) is None
    if url.scheme != "https" and not own:
        raise SettingsError(
            f"{str(url)[:200]}: news is not sent in the clear. Give an https address; http is for an address like "
            "http://127.0.0.1:9000/ of a network that is listed in `allow`."
        )
    return str(url)


def _id(kind: str, owner: str, name: str) -> str:
    digest = hashlib.sha256(f"{owner}\0{name}".encode("utf-8", "replace")).hexdigest()
    return f"{kind}-{digest[:12]}"
