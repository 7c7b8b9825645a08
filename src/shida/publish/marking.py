"""Text, evidence and repairs → HTML: paragraphs with anchors, and the same paragraphs with every repair marked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from shida.publish.codes import GAP_RULES, RULES, word
from shida.publish.twin import exact
from shida.publish.wording import HOW
from shida.records import Repair

Spans = tuple[tuple[int, int], ...]
Event = tuple[int, int, str, str, str]
"""A stretch of a text, the tags before its first part, before each later part, and behind each part."""

FIX = '<span class="fix'

HIDDEN_NAMES = {"\n": "换行", " ": "空格", "\u3000": "全角空格", "\t": "制表符", "\u00a0": "不换行空格"}
"""What a reader is told stood there when the character itself cannot be seen."""
MAX_BEFORE = 200


def merged_spans(spans: Iterable[tuple[int, int]]) -> Spans:
    """Spans in order, joined where they overlap: one anchor a stretch.

    >>> merged_spans([(5, 9), (0, 3), (7, 12)])
    ((0, 3), (5, 12))
    """
    out: list[tuple[int, int]] = []
    for start, end in sorted(span for span in spans if 0 <= span[0] < span[1]):
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)


def anchor_of(spans: Spans, start: int) -> str:
    """The anchor of the stretch that holds `start`.

    >>> anchor_of(((0, 3), (5, 12)), 7)
    't5'
    """
    for first, end in spans:
        if first <= start < end:
            return f"t{first}"
    return "text"


def text_html(text: str, spans: Spans = ()) -> str:
    """Paragraphs as `<p>`; each span is a `<span class="ev">` that can be linked to.

    >>> text_html("一段。\\n<二>段。", ((7, 9),))
    '<p>一段。</p>\\n<p>&lt;二&gt;<span class="ev" id="t7">段。</span></p>'
    """
    if not spans:
        return "\n".join(f"<p>{escape(line)}</p>" for line in text.split("\n") if line.strip())
    events = [(start, end, f'<span class="ev" id="t{start}">', '<span class="ev">', "</span>") for start, end in spans]
    return _paragraphs(text, events)


def repaired_html(text: str, repairs: Sequence[Repair]) -> str:
    """Paragraphs with every repair marked and what stood there beside it.

    >>> fix = Repair(of="text", start=0, end=1, before="q", rule="byte_lost", how="chosen")
    >>> repaired_html("质量", [fix])[:66]
    '<p><span class="fix chosen" tabindex="0" title="原处：q"><ins>质</ins>'
    """
    events: list[Event] = []
    last = 0
    for repair in sorted(repairs, key=lambda r: (r.start, r.end)):
        start, end = max(repair.start, last), min(repair.end, len(text))
        if end < start or start > len(text):
            continue
        opened, closed = _repair_tags(repair, text[start:end])
        events.append((start, end, opened, opened, closed))
        last = end
    return _paragraphs(text, events)


def shown(text: str) -> str:
    """What stood there, as a person can see it: names for what is invisible, codes for what is not a character.

    >>> shown(""), shown(" "), shown("\\x80质")
    ('（无）', '空格', '[0080]质')
    """
    if not text:
        return "（无）"
    if text in HIDDEN_NAMES:
        return HIDDEN_NAMES[text]
    text = text[:MAX_BEFORE] + ("…" if len(text) > MAX_BEFORE else "")
    return "".join(
        char if char.isprintable() or char == "\u3000" else HIDDEN_NAMES.get(char, f"[{ord(char):04x}]")
        for char in text
    )


def _repair_tags(repair: Repair, after: str) -> tuple[str, str]:
    """Tags around a repaired stretch: the mark, and the note that hover, focus and tap bring up."""
    how = HOW[repair.how]
    before = exact(shown(repair.before))
    if repair.how == "gap":
        said = f"{how}：原处为“{before}”，无从补出" if repair.before else f"{how}：这里缺损，无从补出"
    else:
        said = f"{how}：原处为“{before}”，现作“{escape(shown(after))}”"
        if repair.runner_up:
            said += f"，另一可能“{escape(shown(repair.runner_up))}”"
    rule = f" · {escape(word(GAP_RULES if repair.how == 'gap' else RULES, repair.rule))}" if repair.rule else ""
    void = "" if after else " void"
    opened = f'{FIX} {repair.how}{void}" tabindex="0" title="原处：{before}"><ins>'
    return opened, f'</ins><span class="note">{said}{rule}</span></span>'


def _paragraphs(text: str, events: Sequence[Event]) -> str:
    """`text` as paragraphs with tags around stretches; events are in order and do not overlap."""
    out: list[str] = []
    at = number = 0
    begun = False
    for line in text.split("\n"):
        line_end = at + len(line)
        parts: list[str] = []
        here = at
        while number < len(events):
            start, end, opened, again, closed = events[number]
            if start > line_end or (start == line_end and end > start and not opened.startswith(FIX)):
                break
            stop = min(end, line_end)
            parts.append(escape(text[here : max(start, at)]))
            if not begun:
                parts.append(f"{opened}{escape(text[max(start, at) : stop])}{closed}")
                begun = True
            elif stop > at:  # goes on from the line before
                parts.append(f"{again}{escape(text[at:stop])}{closed}")
            here = max(here, stop)
            if end > line_end + 1:
                break
            number += 1
            begun = False
        parts.append(escape(text[here:line_end]))
        joined = "".join(parts)
        if joined.strip():
            out.append(f"<p>{joined}</p>")
        at = line_end + 1
    return "\n".join(out)
