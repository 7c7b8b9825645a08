"""Bytes and where they came from → Page or Dropped, with the ids and words that all of this room uses."""

from __future__ import annotations

import hashlib
from typing import Final

from shida.records import Dropped, Page

STAGE: Final = "collect"


def page_id(content: bytes, url: str | None = None) -> str:
    """`p-` and 16 hex digits of the address and the content: the same page twice has the same id.

    >>> page_id(b"x"), page_id(b"x", "https://example.cn/")
    ('p-3c7e9bc930dc93f0', 'p-3f4e1b802047ff58')
    """
    digest = hashlib.sha256((url or "").encode("utf-8", "surrogatepass") + b"\0" + content)
    return f"p-{digest.hexdigest()[:16]}"


def page(
    content: bytes,
    *,
    name: str,
    url: str | None = None,
    source: str | None = None,
    media_type: str | None = None,
    charset: str | None = None,
    fetched: str | None = None,
) -> Page:
    """A Page of these bytes."""
    return Page(
        id=page_id(content, url),
        content=content,
        name=name,
        url=url,
        source=source,
        media_type=media_type,
        charset=charset,
        fetched=fetched,
    )


def dropped(record: str, reason: str, detail: str) -> Dropped:
    """A refusal of this room. `detail` says where, what, and what to do."""
    return Dropped(stage=STAGE, record=record, reason=reason, detail=detail)
