"""Which line is the title: the <title>, a heading or the line that both agree on."""

from __future__ import annotations

import re

from shida.read.lines import Lines
from shida.read.metadata import Metadata

_CUT = re.compile(r"\s{0,3}(?:[_|｜<>«»]|\s[-–—·]\s|--+|——|-(?=[^-]{2,20}\Z)|–|—(?=[^—]{2,20}\Z))\s{0,3}")
LONGEST = 150


def find_title(page: Lines, meta: Metadata) -> tuple[str, int | None]:
    """The title, and the line it stands on where it does."""
    wanted = _dense(meta.title or "")
    best: tuple[int, int] | None = None
    limit = len(page.lines)
    for index in range(limit):
        line = page.lines[index]
        dense = _dense(line.text)
        if not 4 <= len(dense) <= LONGEST or line.hidden:
            continue
        heading = line.tag in ("h1", "h2")
        if (
            wanted
            and dense in wanted
            and (wanted.startswith(dense) or heading or len(dense) >= 8)
            and line.link * 2 <= len(dense) + (4 if heading else 0)
        ):
            score = len(dense) + (40 if heading else 0) + (10 if wanted.startswith(dense) else 0)
            if best is None or score > best[0]:
                best = score, index
    if best is not None:
        return page.lines[best[1]].text, best[1]
    for index in range(limit - 1, -1, -1):
        line = page.lines[index]
        if line.tag == "h1" and line.link * 2 <= len(line.text) and 4 <= len(line.text) <= LONGEST:
            return line.text, index
    if meta.named_title and len(meta.named_title) >= 4:
        return _cut(meta.named_title), None
    return _cut(meta.title or ""), None


def _cut(title: str) -> str:
    """A <title> without the names of section and site behind it."""
    parts = [part for part in _CUT.split(title) if part.strip()]
    return (parts[0] if parts and len(parts[0]) >= 4 else title).strip()


def _dense(text: str) -> str:
    return "".join(text.split())
