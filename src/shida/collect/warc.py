"""WARC file → Pages: what a crawler kept, Common Crawl's news files among it. And the way back: answers → WARC.

FastWARC reads the records from a stream of ours, so bombs and cut files are treated as in every other file. It is not
let near the payload's encodings: asked to undo them it ends the file after the first compressed record, without a word
(FastWARC 2.0.1), so chunks and gzip are undone here.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Iterator

from shida.collect.gzips import Gunzip
from shida.collect.pages import dropped, page
from shida.collect.sniffing import kind_of
from shida.net.answers import charset as declared_charset
from shida.net.answers import in_china, media_type
from shida.net.limits import Limits
from shida.records import Dropped, Page

MAX_CHUNKS = 100_000
_TYPES = {"html": "text/html", "text": "text/plain"}
_END = b"\r\n\r\n"


class PieceStream(io.RawIOBase):
    """A stream over pieces as FastWARC wants it; `tail` holds the last bytes given."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._waiting = bytearray()
        self._position = 0
        self.tail = b""

    def readable(self) -> bool:
        """Yes."""
        return True

    def tell(self) -> int:
        """How much has been read."""
        return self._position

    def read(self, size: int = -1) -> bytes:
        """The next `size` bytes; fewer only at the end."""
        size = size if size >= 0 else 1 << 62
        while len(self._waiting) < size and (piece := next(self._pieces, b"")):
            self._waiting += piece
        taken = bytes(self._waiting[:size])
        del self._waiting[:size]
        self._position += len(taken)
        self.tail = (self.tail + taken[-4:])[-4:]
        return taken

    def seekable(self) -> bool:
        """Only to where it is."""
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        """FastWARC asks where it is by seeking to where it is."""
        if (whence == io.SEEK_CUR and offset == 0) or (whence == io.SEEK_SET and offset == self._position):
            return self._position
        raise io.UnsupportedOperation("seek")


def take_warc(pieces: Iterable[bytes], name: str, limits: Limits) -> Iterator[Page | Dropped]:
    """One Page for each answer with status 200 that is HTML or text, named `name:3`.

    What a crawl holds besides (pictures, scripts, redirects, errors) is summed up in one Dropped a kind at the end.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    stream = PieceStream(pieces)
    passed: Counter[str] = Counter()
    wanted = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    number = 0
    broken = ""
    try:
        for number, record in enumerate(ArchiveIterator(stream, record_types=wanted, parse_http=False), 1):
            place = f"{name}:{number}"
            url = (record.headers.get("WARC-Target-URI") or "").strip("<> ") or None
            try:
                if record.is_http:
                    record.parse_http()
                body = record.reader.read(limits.page_bytes + 1)
            except (OSError, ValueError):
                passed["bad_answer"] += 1
                continue
            headers = record.http_headers if record.is_http else record.headers
            status = _status(headers.status_line or "") if record.is_http else 200
            if status != 200:
                passed[f"http_{status}"] += 1
                continue
            content_type = headers.get("Content-Type") or ""
            if record.is_http:
                transfer, encoding = headers.get("Transfer-Encoding") or "", headers.get("Content-Encoding") or ""
                body = unwrapped(body, transfer, encoding, limits)
            if len(body) > limits.page_bytes:
                yield dropped(place, "too_large", f"{place}: {url}: more than {limits.page_bytes:,} bytes.")
                continue
            kind = kind_of(body, name=(url or "").partition("?")[0], media_type=media_type(content_type))
            if kind not in _TYPES:
                passed["empty" if kind == "empty" else "not_an_article"] += 1
                continue
            yield page(
                body,
                name=place,
                url=url,
                media_type=_TYPES[kind],
                charset=declared_charset(content_type),
                fetched=in_china(record.record_date),
            )
    except (OSError, ValueError) as error:
        broken = str(error)
    if broken or (stream.tail and stream.tail != _END):
        yield dropped(
            name,
            "truncated_warc",
            f"{name}: the file breaks off after record {number}{f' ({broken})' if broken else ''}; what came before "
            "was taken. Copy or download it again.",
        )
    elif not number:
        yield dropped(name, "empty", f"{name}: a WARC file without an answer in it. Nothing can be done.")
    for reason, count in sorted(passed.items()):
        yield dropped(name, reason, f"{name}: {count:,} records of the crawl are no page with status 200.")


def unwrapped(body: bytes, transfer: str, encoding: str, limits: Limits) -> bytes:
    """The payload without chunks and compression; what cannot be undone stays as it is.

    >>> unwrapped(b"3\\r\\n<p>\\r\\n1;x=y\\r\\na\\r\\n0\\r\\n\\r\\n", "chunked", "", Limits())
    b'<p>a'
    """
    if "chunked" in transfer.lower():
        body = _dechunked(body)
    if body.startswith(b"\x1f\x8b") or encoding.strip().lower() == "gzip":
        plain = bytearray()
        for piece in Gunzip([body]):
            plain += piece
            if len(plain) > limits.page_bytes:
                break
        return bytes(plain) or body
    return body


def _dechunked(body: bytes) -> bytes:
    """The chunks put together; the body itself where it has none, as some crawlers undo them and keep the header."""
    parts = []
    position = 0
    for _ in range(MAX_CHUNKS):
        line_end = body.find(b"\r\n", position, position + 200)
        size = body[position:line_end].partition(b";")[0].strip() if line_end >= 0 else b""
        if not size or len(size) > 8 or size.strip(b"0123456789abcdefABCDEF"):
            break
        length = int(size, 16)
        if length == 0:
            break
        parts.append(body[line_end + 2 : line_end + 2 + length])
        position = line_end + 2 + length + 2
    return b"".join(parts) if parts else body


def _status(line: str) -> int:
    """The status of a line like `HTTP/1.1 200 OK`; 0 where it has none."""
    word = line.split(" ")[1:2]
    return int(word[0]) if word and len(word[0]) == 3 and word[0].isascii() and word[0].isdigit() else 0
