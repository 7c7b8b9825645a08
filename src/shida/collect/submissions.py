"""JSON of articles → Pages: lines of JSONL, one JSON object, or an array of them.

Lines end at `\\n` only, so U+0085 and U+2028 inside a line do not split it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from shida.collect.counts import Tally
from shida.collect.pages import dropped, page
from shida.records import ARTICLE_JSON, Dropped, Page, Submission

BOM = b"\xef\xbb\xbf"
KNOWN_KEYS = frozenset(Submission.__struct_fields__)
MAX_ELEMENTS = 1_000_000

_decode = msgspec.json.Decoder().decode


def lines(pieces: Iterable[bytes], limit: int) -> Iterator[bytes | None]:
    r"""The lines of a stream, without their `\n`; None for one longer than `limit` bytes, which is never held whole.

    >>> list(lines([b"ab\ncd", b"ef\nlonger than it may be\ng"], 6))
    [b'ab', b'cdef', None, b'g']
    """
    kept: list[bytes] = []
    length = 0
    for piece in pieces:
        first, *others = piece.split(b"\n")
        if not others:
            length += len(first)
            kept = [*kept, first] if length <= limit else []
            continue
        yield b"".join([*kept, first]) if length + len(first) <= limit else None
        *whole, last = others
        for line in whole:
            yield line if len(line) <= limit else None
        kept, length = ([last] if len(last) <= limit else []), len(last)
    if length:
        yield b"".join(kept) if length <= limit else None


def take_jsonl(pieces: Iterable[bytes], name: str, limit: int, tally: Tally) -> Iterator[Page | Dropped]:
    """One Page a line, named `name:12`; a line that is no article gives a Dropped, the others go in."""
    for number, line in enumerate(lines(pieces, limit), 1):
        place = f"{name}:{number}"
        if line is None:
            yield dropped(
                place, "too_large", f"{place}: the line is longer than {limit:,} bytes. Raise max_page_bytes."
            )
            continue
        if number == 1:
            line = line.removeprefix(BOM)
        line = line.strip(b" \t\r")
        if line:
            yield take_object(line, place, tally)


def take_json(content: bytes, name: str, tally: Tally) -> Iterator[Page | Dropped]:
    """A JSON file: one article, or an array of articles named `name:1`, `name:2`, …; JSONL under a wrong name too."""
    content = content.removeprefix(BOM).strip()
    if _is_lines(content):
        yield from take_jsonl([content], name, len(content), tally)
        return
    if not content.startswith(b"["):
        yield take_object(content, name, tally)
        return
    try:
        elements = msgspec.json.decode(content, type=list[msgspec.Raw])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        yield _broken(name, error)
        return
    for number, element in enumerate(elements[:MAX_ELEMENTS], 1):
        yield take_object(bytes(element), f"{name}:{number}", tally)


def _is_lines(content: bytes) -> bool:
    """True where the first line is a whole object and more follow."""
    first, _, rest = content.partition(b"\n")
    if not rest.strip() or not first.startswith(b"{"):
        return False
    try:
        return isinstance(_decode(first), dict)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return False


def take_object(content: bytes, place: str, tally: Tally, *, source: str | None = None) -> Page | Dropped:
    """The Page of one JSON object, with its bytes as they are; Dropped where it is no article."""
    try:
        raw = _decode(content)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        return _broken(place, error)
    try:
        given = msgspec.convert(raw, Submission)
    except msgspec.ValidationError as error:
        return dropped(
            place,
            "bad_article",
            f"{place}: {error}. An article is an object with `title` or `text` (texts), and where known "
            "`id`, `published`, `source`, `url` (texts) and `position` (a whole number). Correct the line.",
        )
    if given.title is None and given.text is None:
        return dropped(
            place, "bad_article", f"{place}: neither `title` nor `text` is given. Give at least one of them."
        )
    for key in raw:
        if key not in KNOWN_KEYS:
            tally.ignored_key(key)
    return page(content, name=place, url=given.url, source=given.source or source, media_type=ARTICLE_JSON)


def _broken(place: str, error: Exception) -> Dropped:
    words = "nested too deeply" if isinstance(error, RecursionError) else str(error)
    return dropped(place, "bad_json", f"{place}: not JSON in UTF-8 ({words}). Correct the line; the others were taken.")
