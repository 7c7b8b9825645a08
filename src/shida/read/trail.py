"""The line that says where on its site a page stands (当前位置：首页 > 质量监督 > 正文) → the section."""

from __future__ import annotations

import re

from shida.read.lines import Lines

LONGEST, LONGEST_NAME = 120, 20
MOST_LINES = 60
"""So many lines above a title it is looked for."""
_HERE = re.compile(
    r"(?:当前|所在|您的|目前|现在的?|你的)(?:所在)?(?:的)?位置\W|您现在(?:的位置|在)"
    r"|(?:首\s?页|主页|网站首页)\s{0,3}[>＞»›→/\\|-]"
)
_HINTS = ("位置", "页", "您现在")
"""Without one of these there is no trail."""
_STEP = re.compile(r"\s{0,3}(?:[>＞»›→]{1,3}|(?<=\S)\s[/\\|-]{1,2}\s|-&gt;)\s{0,3}")
_NO_SECTION = re.compile(r"正文|内容|详情|详细|首\s?页|主页|阅读|浏览|位置|文章|查看|\A\W*\Z")


def section_of(page: Lines, title_line: int | None, title: str) -> str | None:
    """The last step of the trail above the title that is neither the page itself nor the front page.

    >>> from selectolax.lexbor import LexborHTMLParser
    >>> from shida.read.lines import lines_of
    >>> html = "<div>当前位置：<a href=/>首页</a> &gt; <a href=/z>质量监督</a> &gt; 正文</div><h1>抽查玩具</h1>"
    >>> section_of(lines_of(LexborHTMLParser(html)), 1, "抽查玩具")
    '质量监督'
    """
    end = title_line if title_line is not None else min(len(page.lines), MOST_LINES)
    for line in reversed(page.lines[max(0, end - MOST_LINES) : end]):
        text = line.text
        if line.hidden or len(text) > LONGEST or not any(word in text for word in _HINTS):
            continue
        if (found := _HERE.search(text)) is None:
            continue
        steps: list[str] = [step.strip(" \u3000:：[]【】") for step in _STEP.split(text[found.start() :])]
        for step in reversed(steps[1:]):
            if 2 <= len(step) <= LONGEST_NAME and not _NO_SECTION.search(step) and step not in title:
                return step
        return None
    return None
