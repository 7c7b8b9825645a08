"""Who runs a site: filing numbers, and what all its pages have in common. They are identity, never text."""

from __future__ import annotations

import hashlib
import re

from shida.pack import Pack
from shida.read.lines import Lines
from shida.read.said import lines_saying
from shida.read.words import FILING_WORDS
from shida.records import Site

_PLACES = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀贵黔云滇藏陕甘陇青宁新"
_ICP = re.compile(
    rf"[{_PLACES}] ?ICP ?[备证備證]字? ?(?:第|[A-Z]2?-?)? ?\d{{5,12}} ?[号號]?(?:-\d{{1,3}})?", re.IGNORECASE
)
_SECURITY = re.compile(rf"[{_PLACES}] ?公[网網]安[备備]案? ?第? ?\d{{10,16}} ?[号號]?")
_EDGE = r"[\s|·,，、:：\-—]{0,8}"
_FILING_LINE = re.compile(
    rf"{_EDGE}(?:(?:[{_PLACES}] ?(?:ICP|公[网網]安)|ICP|网站备案|备案)[^。]{{0,60}}"
    rf"\d{{5,16}} ?[号號]?(?:-\d{{1,3}})?{_EDGE}){{1,3}}\Z"
)


def find_site(text: str) -> Site:
    """The ICP and public-security filing numbers of a page's text.

    >>> site = find_site("京ICP备12345678号-1 京公网安备 11010102000001号")
    >>> site.icp, site.public_security_filing
    ('京ICP备12345678号-1', '京公网安备 11010102000001号')
    """
    icp = _ICP.search(text) if "ICP" in text or "icp" in text else None
    security = _SECURITY.search(text) if "公网安" in text or "公網安" in text else None
    return Site(icp=icp[0].strip() if icp else None, public_security_filing=security[0].strip() if security else None)


FOOT, HEAD = 14, 40
"""How many of a page's last lines may be its foot, and of its first ones its navigation."""
LEAST_NAVIGATION = 4
_COUNTS = re.compile(r"[\d\s|｜·:：,，.。/\-—()（）]+")


def site_of(page: Lines, pack: Pack, title_line: int | None) -> Site:
    """Filing numbers, and the marks of what a page has in common with the others of its site: foot and navigation.

    Dates, counts and years are left out of the marks, so they are the same on all pages of a site. A site that copies
    another one whole, footer and all, has the other's marks: that is what they are for.
    """
    words = pack.reading.boilerplate_words + pack.reading.site_words
    lines = page.lines
    last = [at for at in sorted(lines_saying(page, words, pack)) if at >= len(lines) - FOOT and not lines[at].hidden]
    foot = [_COUNTS.sub("", page.texts[at]) for at in last]
    until = HEAD if title_line is None else min(HEAD, title_line)
    short = [
        line for line in lines[:until] if line.link and line.link * 2 > line.words and line.words <= 8 * line.anchors
    ]
    navigation = [_COUNTS.sub("", line.text) for line in short]
    filed = sorted(lines_saying(page, (*FILING_WORDS, "icp"), pack))
    site = find_site("\n".join([page.texts[at] for at in filed]))
    return Site(
        icp=site.icp,
        public_security_filing=site.public_security_filing,
        footer=_mark(foot) if sum(map(len, foot)) >= 12 else None,
        template=_mark(navigation) if sum(line.anchors for line in short) >= LEAST_NAVIGATION else None,
    )


def _mark(lines: list[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def is_filing_line(line: str) -> bool:
    """Whether a line says nothing but filing numbers.

    >>> is_filing_line("京公网安备 11010102000001号"), is_filing_line("该网站的备案号为京ICP备12345678号，经查属伪造。")
    (True, False)
    """
    return len(line) < 200 and may_have_filing(line) and _FILING_LINE.match(line) is not None


def filing_lines(page: Lines, pack: Pack) -> list[int]:
    """Those of a page's lines that say nothing but filing numbers."""
    return sorted(at for at in lines_saying(page, FILING_WORDS, pack) if is_filing_line(page.texts[at]))


def may_have_filing(text: str) -> bool:
    """Whether a text has a word that every filing number stands beside."""
    return any(word in text for word in FILING_WORDS)
