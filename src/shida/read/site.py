"""Filing numbers: who runs the site. They are identity, never text."""

from __future__ import annotations

import re

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

    >>> find_site("京ICP备12345678号-1 京公网安备 11010102000001号")
    Site(icp='京ICP备12345678号-1', public_security_filing='京公网安备 11010102000001号')
    """
    icp = _ICP.search(text) if "ICP" in text or "icp" in text else None
    security = _SECURITY.search(text) if "公网安" in text or "公網安" in text else None
    return Site(icp=icp[0].strip() if icp else None, public_security_filing=security[0].strip() if security else None)


def is_filing_line(line: str) -> bool:
    """Whether a line says nothing but filing numbers.

    >>> is_filing_line("京公网安备 11010102000001号"), is_filing_line("该网站的备案号为京ICP备12345678号，经查属伪造。")
    (True, False)
    """
    return len(line) < 200 and may_have_filing(line) and _FILING_LINE.match(line) is not None


def may_have_filing(text: str) -> bool:
    """Whether a text has a word that every filing number stands beside."""
    return "ICP" in text or "公网安" in text or "公網安" in text or "备案" in text
