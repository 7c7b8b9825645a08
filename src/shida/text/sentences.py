"""Text → spans of its sentences, code points.

A sentence ends at 。！？!? with the closing quotes and brackets behind it, or at the end of a line. A full stop inside
a pair of quotes or brackets does not end it, unless the pair is longer than anybody quotes. One pass; a mark that
never closes (or closes what never opened) is a plain character.
"""

from __future__ import annotations

import re

from shida.records import Span

LONGEST_QUOTE = 600
"""Code points a pair may enclose and still hold a sentence together; longer ones are paragraphs in quotes."""

_OPEN = {"“": "”", "‘": "’", "「": "」", "『": "』", "《": "》", "（": "）", "(": ")", "【": "】", "〔": "〕"}
_CLOSE = frozenset(_OPEN.values())
_MARK = re.compile(r"[。！？!?\n“”‘’「」『』《》（）()【】〔〕]")
_TRAIL = re.compile(r"[。！？!?”’」』）)》】\"]*")
_LEAD = re.compile(r"[\s●○•·■□◆◇▲△★☆►▶※-]*")


def sentence_spans(text: str) -> tuple[Span, ...]:
    """Spans of the sentences of `text`, in order, without bullets and white space around them.

    >>> text = "●他说：“质量第一。安全第一。”会议（第二次）结束。\\n- 下一条"
    >>> [text[s.start:s.end] for s in sentence_spans(text)]
    ['他说：“质量第一。安全第一。”', '会议（第二次）结束。', '下一条']
    """
    pairs = _pairs(text)
    spans: list[Span] = []
    start = held = 0
    for match in _MARK.finditer(text):
        at, mark = match.start(), match[0]
        if at < start:
            continue
        if mark == "\n":
            _add(spans, text, start, at)
            start = held = at + 1
        elif mark in _OPEN:
            held = max(held, pairs.get(at, at))
        elif mark in _CLOSE:
            # 。” ends the sentence with the quote; a quote inside a sentence goes on.
            if at >= held and text[at - 1] in "。！？!?" and mark in "”’」』" and pairs.get(-at - 1) is not None:
                start = held = _end(spans, text, start, at)
        elif at >= held:
            start = held = _end(spans, text, start, at)
    _add(spans, text, start, len(text))
    return tuple(spans)


def _end(spans: list[Span], text: str, start: int, at: int) -> int:
    trail = _TRAIL.match(text, at)
    end = trail.end() if trail else at + 1
    _add(spans, text, start, end)
    return end


def _add(spans: list[Span], text: str, start: int, end: int) -> None:
    lead = _LEAD.match(text, start, end)
    start = lead.end() if lead else start
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        spans.append(Span(start=start, end=end))


def _pairs(text: str) -> dict[int, int]:
    """Position of an opening mark → that of its close, for pairs on one line that are not too long.

    For a close the key is its negative position less one, so that one table serves both.
    """
    pairs: dict[int, int] = {}
    stack: list[tuple[str, int]] = []
    for match in _MARK.finditer(text):
        mark, at = match[0], match.start()
        if mark == "\n":
            stack.clear()
        elif mark in _OPEN:
            stack.append((_OPEN[mark], at))
            if len(stack) > 50:
                del stack[:25]
        elif mark in _CLOSE:
            for depth in range(len(stack) - 1, max(-1, len(stack) - 4), -1):
                if stack[depth][0] == mark:
                    opened = stack[depth][1]
                    del stack[depth:]
                    if at - opened <= LONGEST_QUOTE:
                        pairs[opened] = at
                        pairs[-at - 1] = opened
                    break
    return pairs
