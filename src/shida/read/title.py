"""Which line is the title: the <title>, a heading or the line that both agree on."""

from __future__ import annotations

import re

from shida.pack import Pack
from shida.read.body import Body
from shida.read.lines import Lines
from shida.read.metadata import Metadata
from shida.read.passes import beginning

_CUT = re.compile(r"\s{0,3}(?:::|[_|｜<>«»]|\s[-–—·]\s|--+|——|-(?=[^-]{2,20}\Z)|–|—(?=[^—]{2,20}\Z))\s{0,3}")
_FILE = re.compile(r"(?<=[^\s.]{2})\.(?:pdf|docx?|wps|ofd|pptx?|xlsx?)\s{0,3}\Z", re.IGNORECASE)
"""How a viewer names a document."""
LONGEST = 150
LEAST = 5.0
"""A line of <title>'s words with less weight is a word of it, not the title."""
_WEIGHTS = {"h1": 1.6, "h2": 1.5, "h3": 1.3, "th": 1.2}
"""How much more a heading's characters count."""


def find_title(page: Lines, meta: Metadata, pack: Pack) -> tuple[str, int | None]:
    """The title, and the line it stands on where it does."""
    wanted = _dense(meta.title or "")
    parts = [part for part in _CUT.split(meta.title or "") if part.strip()]
    last = _dense(parts[-1]) if len(parts) > 1 else ""
    is_site = last.endswith(pack.reading.site_endings) or any(len(part) > len(last) for part in parts[:-1])
    site = last if is_site else ""
    marks = frozenset(wanted)
    best: tuple[float, int] | None = None
    longest = 2 * len(wanted)
    for index in [at for at in beginning(page.texts, marks) if len(page.texts[at]) <= longest]:
        line = page.lines[index]
        dense = _dense(line.text)
        if line.hidden:
            continue
        if not 4 <= len(dense) <= LONGEST or dense not in wanted:
            continue
        # A headline may be a link to itself; a link's short words are the name of a section or the site.
        weight = _WEIGHTS.get(line.tag, 1.0) * (1.2 if wanted.startswith(dense) else 1.0)
        weight *= 0.5 if dense == site else 1.0
        weight *= 0.6 if line.link * 2 > line.words else 1.0
        if len(dense) * weight >= LEAST and (best is None or len(dense) * weight > best[0]):
            best = len(dense) * weight, index
    if best is not None:
        return page.lines[best[1]].text, best[1]
    for index in range(len(page.lines) - 1, -1, -1):
        line = page.lines[index]
        if line.tag == "h1" and line.link * 2 <= line.words and 4 <= len(line.text) <= LONGEST:
            return line.text, index
    if meta.named_title and len(meta.named_title) >= 4:
        return _cut(meta.named_title), None
    return _cut(meta.title or ""), None


NEAR = 10
"""So many lines above a body a heading is looked for, where <title> names no line."""


def title_near(page: Lines, body: Body, title: str) -> tuple[str, int | None]:
    """The heading or bold line right above the body, where it and the title found so far have nothing in common."""
    begin = body.chosen[0] if body.chosen else 0
    known = _dense(title)
    for index in range(begin - 1, max(-1, begin - 1 - NEAR), -1):
        line = page.lines[index]
        dense = _dense(line.text)
        if not (line.bold or line.tag in _HEADINGS) or not 6 <= len(dense) <= 60 or line.link * 2 > line.words:
            continue
        if dense[:6] in known or known[:6] in dense or dense.endswith(("：", ":", "。")):
            return title, None
        return line.text, index
    return title, None


_HEADINGS = ("h1", "h2", "h3", "th")


def _cut(title: str) -> str:
    """A <title> without the names of section and site behind it."""
    title = _FILE.sub("", title)
    parts = [part for part in _CUT.split(title) if part.strip()]
    return (parts[0] if parts and len(parts[0]) >= 4 else title).strip()


def _dense(text: str) -> str:
    return "".join(text.split())
