"""Answers → WARC 1.1 file, so that what was fetched can be kept, checked and given to others."""

from __future__ import annotations

import gzip
import hashlib
import io
import uuid
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from shida.net.answers import Fetched

_NOT_TRUE_ANY_MORE = frozenset(("content-encoding", "transfer-encoding", "content-length"))
"""Headers that speak of the bytes on the wire; they are kept under X-Archive-Orig-, as wget and Common Crawl do."""


class WarcWriter:
    """Appends to a `.warc.gz`, one gzip member a record, so a file cut off by a crash stays readable up to there.

    Use it as `Client(keep=writer.add)`. `when` is the time of the visit (ISO, with its zone) for
    answers without a Date header.
    """

    def __init__(self, path: Path, when: str) -> None:
        self._path = path
        self._when = when

    def __enter__(self) -> Self:
        self._file = self._path.open("ab")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def add(self, answer: Fetched) -> None:
        """Write one answer down. The same answer at the same time has the same record id."""
        from fastwarc.warc import WarcRecord, WarcRecordType

        when = datetime.fromisoformat(answer.fetched or self._when).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        digest = hashlib.sha256(answer.content).hexdigest()
        record_id = uuid.uuid5(uuid.NAMESPACE_URL, f"{answer.final_url} {when} {answer.status} {digest}")
        record = WarcRecord()
        record.init_headers(WarcRecordType.response, record_id.urn.encode())
        record.headers["WARC-Target-URI"] = answer.final_url
        record.headers["WARC-Date"] = when
        record.headers["Content-Type"] = "application/http; msgtype=response"
        record.set_bytes_content(_head(answer) + answer.content)
        plain = io.BytesIO()
        record.write(plain, checksum_data=True)
        self._file.write(gzip.compress(plain.getvalue(), mtime=0))
        self._file.flush()


def _head(answer: Fetched) -> bytes:
    lines = [f"HTTP/1.1 {answer.status} "]
    for name, value in answer.headers:
        prefix = "X-Archive-Orig-" if name.lower() in _NOT_TRUE_ANY_MORE else ""
        lines.append(f"{prefix}{name}: {' '.join(value.split())}")
    lines.append(f"Content-Length: {len(answer.content)}")
    return "\r\n".join([*lines, "", ""]).encode("utf-8", "surrogateescape")
