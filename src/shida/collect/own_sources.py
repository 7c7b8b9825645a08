"""A newsroom's folder → its own sources: `sources.toml` and every OPML file in it. The packs' come after."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from fnmatch import fnmatchcase
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from shida.collect.opml import Opml, Subscription, parse_opml
from shida.errors import InputError
from shida.pack.sources import Sources, first_of_each
from shida.records import Source

FILE_NAME = "sources.toml"
MAX_FILE = 20 * 1024 * 1024

_NO_NAME = re.compile(r"[^a-z0-9]+")


def all_sources(home: Path, of_packs: Iterable[Source]) -> tuple[Source, ...]:
    """The newsroom's own sources and those of the packs. Of two with one name the newsroom's counts; of two with one
    address the one that a person named, so that a list of feeds that was written out and read in again adds none.

    Raises InputError with the file, the place in it, and what to do.
    """
    own, off = own_sources(home)
    packs = [one for one in of_packs if not any(fnmatchcase(one.name, shape) for shape in off)]
    of_pack = {one.url: one.name for one in packs}
    named = [one for one in own if one.url not in of_pack or one.name != name_of(one.url)]
    addresses = {one.url: one.name for one in named}
    return first_of_each((*named, *(one for one in packs if addresses.get(one.url, one.name) == one.name)))


def own_sources(home: Path) -> tuple[tuple[Source, ...], tuple[str, ...]]:
    """The sources that the folder of a newsroom lists, and the names of the packs' sources it turns off."""
    found: list[Source] = []
    off: tuple[str, ...] = ()
    file = home / FILE_NAME
    try:
        if file.is_file():
            listed = sources_of(file.read_bytes(), file)
            found += listed.sources
            off = listed.off
        for path in sorted(home.glob("*.opml")):
            found += (source_of(feed) for feed in opml_of(path).feeds)
    except OSError as error:
        raise InputError(f"{error.filename or home}: {error.strerror}. Check the file and its rights.") from error
    return first_of_each(found), off


def sources_of(content: bytes, file: Path) -> Sources:
    """The sources of a `sources.toml`; InputError with the place of what is wrong."""
    try:
        return msgspec.toml.decode(content, type=Sources)
    except (msgspec.DecodeError, UnicodeDecodeError, ValueError) as error:
        raise InputError(f"{file}: {error}. Correct it and run: shida check") from error


def opml_of(path: Path) -> Opml:
    """The feeds of an OPML file; InputError where it names none."""
    with path.open("rb") as file:
        opml = parse_opml(file.read(MAX_FILE))
    if not opml.feeds:
        why = f"it is broken ({opml.broken})" if opml.broken else "it names no feed (no outline with an xmlUrl)"
        raise InputError(f"{path}: {why}. Export it again from the feed reader, or move it away.")
    return opml


def source_of(feed: Subscription) -> Source:
    """The source that a line of an OPML file stands for; its name is made of the address, so it stays the same.

    >>> source_of(Subscription(feed="https://news.example.cn/rss.xml", title="江城日报", category="地方")).name
    'news-example-cn-425844'
    """
    host = urlsplit(feed.feed).hostname or "feed"
    return Source(
        name=name_of(feed.feed),
        title=(feed.title or host)[:100],
        url=feed.feed[:2_000],
        site=feed.site if feed.site and len(feed.site) <= 2_000 else None,
        category=feed.category[:100],
    )


def name_of(url: str) -> str:
    """A name for the source at an address: its host and six hex digits of the whole address."""
    host = _NO_NAME.sub("-", (urlsplit(url).hostname or "feed").lower().removeprefix("www.")).strip("-")
    return f"{host[:50] or 'feed'}-{hashlib.sha256(url.encode('utf-8', 'surrogatepass')).hexdigest()[:6]}"


def subscription_of(source: Source) -> Subscription:
    """The line of an OPML file for a source."""
    return Subscription(feed=source.url, title=source.title, site=source.site, category=source.category)


def toml_of(source: Source) -> str:
    """The source as a `[[sources]]` table to be put into `sources.toml`, without what is as usual.

    >>> print(toml_of(Source(name="a", title="江城日报", url="https://example.cn/", links=("https://example.cn/*",))))
    [[sources]]
    name = "a"
    title = "江城日报"
    url = "https://example.cn/"
    links = ["https://example.cn/*"]
    """
    lines = ["[[sources]]"]
    for field in msgspec.structs.fields(source):
        value = getattr(source, field.name)
        if value != field.default:
            written = [str(one) for one in value] if isinstance(value, tuple) else value
            # a JSON string is a TOML string but for the one control character that JSON lets stand
            lines.append(f"{field.name} = {json.dumps(written, ensure_ascii=False)}".replace("\x7f", "\\u007F"))
    return "\n".join(lines)
