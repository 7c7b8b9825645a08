"""What `charset` asks of many characters, in Python; `shida.text.speedups` has the same compiled."""

from __future__ import annotations

import re

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")


def decode_gb(content: bytes) -> str | None:
    """The text of bytes in GB 18030, or None where the codec is to be asked: in Python always."""
    return None


def beyond_ascii(text: str, start: int, longest: int, enough: int) -> str:
    """The characters outside ASCII from `start` on, in runs of at most `longest`, until there are more than `enough`.

    >>> beyond_ascii("a一二b三四五c六", 2, 2, 3)
    '二三四五'
    """
    parts: list[str] = []
    length = 0
    for run in _BEYOND_ASCII.finditer(text, start):
        for begin in range(run.start(), run.end(), longest):
            part = text[begin : min(begin + longest, run.end())]
            parts.append(part)
            length += len(part)
            if length > enough:
                return "".join(parts)
    return "".join(parts)
