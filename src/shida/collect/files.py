"""A path → Pages and refusals: files of every kind we know, folders with all that is in them."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Generator, Iterator
from difflib import get_close_matches
from pathlib import Path

from shida.collect.contents import take_content
from shida.collect.counts import Tally
from shida.collect.gzips import Gunzip
from shida.collect.opml import parse_opml
from shida.collect.pages import dropped
from shida.collect.sitemaps import parse_sitemap
from shida.collect.sniffing import HEAD, kind_of
from shida.collect.submissions import take_jsonl
from shida.collect.warc import take_warc
from shida.errors import InputError
from shida.net.limits import Limits
from shida.records import Dropped, Page

PIECE = 256 * 1024


class NotAFile(OSError):
    """A pipe, a device or a socket: reading it could wait for ever."""


def shown(path: Path) -> str:
    """The path as text that can be stored. Names from old Chinese systems are GBK bytes, not UTF-8.

    >>> shown(Path("news/a.html"))
    'news/a.html'
    """
    raw = os.fsencode(path)
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")


def check_path(path: Path) -> None:
    """Raise InputError where `path` is not there or cannot be opened at all."""
    try:
        if path.is_dir():
            with os.scandir(path):
                return
        os.close(_open(path))
    except (OSError, ValueError) as error:
        raise InputError(_trouble(path, error)) from error


def addresses_in(path: Path, limits: Limits) -> tuple[str, ...]:
    """What a sitemap or an OPML file names; nothing for any other file or folder."""
    if not path.is_file():
        return ()
    with path.open("rb") as file:
        head = file.read(HEAD)
        kind = kind_of(head, name=path.name)
        if kind not in ("sitemap", "opml"):
            return ()
        content = head + file.read(limits.feed_bytes)
    if kind == "opml":
        return tuple(feed.feed for feed in parse_opml(content).feeds)
    sitemap = parse_sitemap(content)
    return tuple(entry.url for entry in (*sitemap.pages[: limits.linked_pages], *sitemap.maps))


def take_path(path: Path, limits: Limits, tally: Tally) -> Generator[Page | Dropped, None, None]:
    """All that is in a file or a folder, files in the order of their names."""
    if path.is_dir():
        for item in walk(path, tally):
            if isinstance(item, Dropped):
                yield item
            else:
                yield from take_file(item, limits, tally)
    else:
        yield from take_file(path, limits, tally)


def walk(root: Path, tally: Tally) -> Iterator[Path | Dropped]:
    """The files under `root`, sorted by name folder by folder.

    Links are not followed: what a link inside the folder points to is met at its own place, and what lies outside was
    not asked for. Names that start with a dot are passed over and counted.
    """
    inside = root.resolve()
    waiting = [root]
    while waiting:
        path = waiting.pop()
        try:
            if path is not root and path.is_symlink():
                refusal = _link_refusal(path, inside)
                if refusal is not None:
                    yield refusal
                continue
            if not path.is_dir():
                yield path
                continue
            with os.scandir(path) as listing:
                names = sorted(entry.name for entry in listing)
        except OSError as error:
            yield dropped(shown(path), "unreadable", _trouble(path, error))
            continue
        seen = [name for name in names if not name.startswith(".")]
        for _ in range(len(names) - len(seen)):
            tally.hidden()
        waiting += [path / name for name in reversed(seen)]


def take_file(path: Path, limits: Limits, tally: Tally) -> Iterator[Page | Dropped]:
    """What one file holds. Nothing is read into memory beyond the limit."""
    name = shown(path)
    try:
        descriptor = _open(path)
    except (OSError, ValueError) as error:
        reason = "not_a_file" if isinstance(error, NotAFile) else "unreadable"
        yield dropped(name, reason, _trouble(path, error))
        return
    with os.fdopen(descriptor, "rb") as file:
        try:
            yield from _take_stream(iter(lambda: file.read(PIECE), b""), name, limits, tally, os.fstat(descriptor))
        except OSError as error:
            yield dropped(name, "unreadable", _trouble(path, error))


def _take_stream(
    pieces: Iterator[bytes], name: str, limits: Limits, tally: Tally, status: os.stat_result
) -> Iterator[Page | Dropped]:
    first = next(pieces, b"")
    unzipped: Gunzip | None = None
    if first.startswith(b"\x1f\x8b"):
        unzipped = Gunzip(_chain(first, pieces))
        pieces = iter(unzipped)
        first = next(pieces, b"")
    while len(first) < HEAD and (more := next(pieces, b"")):
        first += more
    kind = kind_of(first, name=name)
    cut_line = ""
    limit = limits.feed_bytes if kind in ("feed", "sitemap", "opml", "json") else limits.page_bytes
    if kind == "jsonl":
        last: Page | Dropped | None = None
        for item in take_jsonl(_chain(first, pieces), name, limits.page_bytes, tally):
            if last is not None:
                yield last
            last = item
        # The line that was cut off with its file is told of once, by the file.
        broken = unzipped is not None and unzipped.problem is not None
        if broken and isinstance(last, Dropped) and last.reason == "bad_json":
            cut_line = f" but for line {last.record.rpartition(':')[2]}, which is cut in two"
        elif last is not None:
            yield last
    elif kind == "warc":
        for item in take_warc(_chain(first, pieces), name, limits):
            told = unzipped is not None and unzipped.problem is not None
            if not (told and isinstance(item, Dropped) and item.reason == "truncated_warc"):
                yield item
    elif unzipped is None and status.st_size > limit:
        yield _too_large(name, status.st_size, limit)
    else:
        content = bytearray()
        for piece in _chain(first, pieces):
            content += piece
            if len(content) > limit:
                yield _too_large(name, None, limit)
                return
        # An empty rest of a broken archive is told of by the archive.
        if content or unzipped is None or unzipped.problem is None:
            yield from take_content(bytes(content), kind, name=name, limits=limits, tally=tally)
    if unzipped is not None and unzipped.problem is not None:
        yield _gzip_trouble(name, unzipped, cut_line)


def _chain(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _open(path: Path) -> int:
    """A descriptor of a regular file; never waits, as opening a named pipe would."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise NotAFile(errno.EINVAL, "a pipe, a device or a socket, not a file")
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _trouble(path: Path, error: Exception) -> str:
    """Where, what, and what to do about a path that cannot be used."""
    name = shown(path)
    match error:
        case FileNotFoundError() | NotADirectoryError():
            near = _near(path)
            return f"{name}: there is no such file or folder. {f'Did you mean {near}?' if near else 'Check the path.'}"
        case PermissionError():
            return f"{name}: no permission to read it. Run: chmod u+rX {name!r}, or run shida as its owner."
        case NotAFile():
            return f"{name}: {error.strerror}. Save what it gives as a file and add that."
        case OSError():
            return f"{name}: cannot be read ({error.strerror or error}). Check the disk and the path."
        case _:
            return f"{name}: not a path ({error}). Check the path."


def _near(path: Path) -> str | None:
    """A name beside `path` that looks like it."""
    try:
        names = sorted(os.listdir(path.parent))[:10_000]
    except (OSError, ValueError):
        return None
    found = get_close_matches(path.name, names, n=1, cutoff=0.6)
    return shown(path.parent / found[0]) if found else None


def _link_refusal(link: Path, inside: Path) -> Dropped | None:
    """Why a link is not taken; None where what it points to is met anyway."""
    name = shown(link)
    try:
        target = link.resolve(strict=True)
    except (OSError, RuntimeError):
        return dropped(name, "broken_link", f"{name}: a link to nothing. Remove it or mend what it points to.")
    if target.is_relative_to(inside):
        return None
    return dropped(
        name, "outside", f"{name}: a link out of the folder, to {shown(target)}. If you want that too, add it itself."
    )


def _too_large(name: str, size: int | None, limit: int) -> Dropped:
    what = f"{size:,} bytes, more than" if size is not None else "more than"
    return dropped(name, "too_large", f"{name}: {what} the {limit:,} that are taken. Raise max_page_bytes to take it.")


def _gzip_trouble(name: str, unzipped: Gunzip, but: str) -> Dropped:
    problem = unzipped.problem or ""
    taken = f"the {unzipped.given:,} bytes before were taken{but}. Copy or download it again."
    words = {
        "truncated_gzip": f"the compressed file ends in the middle; {taken}",
        "damaged_gzip": f"the compressed file is damaged; {taken}",
        "too_large": f"{unzipped.taken:,} bytes unpack to more than {unzipped.given:,}, as no text does. "
        "It was given up there; unpack it yourself if you trust it.",
    }[problem]
    return dropped(name, problem, f"{name}: {words}")
