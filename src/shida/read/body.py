"""Lines of a page → which of them are its body.

Lines are weighed (prose adds, links and scraps take away) and the best run is taken, but not across a *barrier*: a line
that ends a body (网友评论, 相关报道) or the mark of a post in a thread (a repeated line of name and time). What
follows a barrier counts less once some prose stood before it, so that comments longer than the post do not win. Then
the smallest container that holds nearly all of the run says where the body begins and ends.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from shida.pack import Pack
from shida.read.lines import Line, Lines
from shida.read.passes import beginning, runs_of
from shida.read.said import lines_saying
from shida.read.site import filing_lines
from shida.read.threads import post_marks
from shida.read.weighing import SCRAP
from shida.read.weighing import weigh as weigh
from shida.read.words import BEFORE_END, words_of

_SENTENCE_END = re.compile(r"[。！？…!?](?:[”’」』）)\]]{0,2})\Z")
_PAGER = re.compile(r"[\s\[\]【】(（)）\d上下一页首尾末页第共>»<«|·…:：/\-]{1,80}\Z")
_CUT_OFF = re.compile(r"(?:…|\.{3}|⋯)\s?(?:\[?(?:详细|全文|更多|阅读全文)\]?)?\Z")
_RULE = re.compile(r"[-=*_—~－\s]{2,200}\Z|(?:本页|本文|原文)(?:地址|网址|链接)[:：]|https?://\S{1,300}\Z")
"""What a body does not end with: a rule, the page's own address."""
_PAGED = re.compile(r"页|\[\d{1,3}\]")
END_LENGTH = 40
"""A line that begins with an end word and is longer than this is a sentence."""
ENOUGH = 30.0
"""So much prose is a body; barriers behind it count."""
SHORT = 150.0
"""A body of less weight is looked for near the title, for anything else on the page may be as long."""
TEASER = 80
"""The sentence under a headline of another page is no longer than this."""
AFTER_BARRIER, AFTER_LEGAL, AFTER_COMMENTS = 0.5, 0.2, 0.05
"""What a run is worth that follows a barrier (legal words, comments) once a body stood before it."""
HOLDS = 0.92
"""A container is around the body when it holds this share of the run's weight."""


class Body(msgspec.Struct, frozen=True):
    """The chosen lines, and the stretch they come from."""

    chosen: tuple[int, ...] = ()
    start: int = 0
    end: int = 0
    score: float = 0.0
    thread: bool = False


NO_MORE = frozenset([AFTER_COMMENTS, AFTER_LEGAL])
"""Behind such a barrier no body goes on, whatever the containers say."""
_COUNT_ONLY = re.compile(r"[\s:：(（\[【)）\]】\d条條共个個人次篇,，/|>》»+-]*(?:[我查看发發参參]|\Z)")


def barriers(page: Lines, pack: Pack) -> dict[int, float]:
    """Lines that end a body → what is worth a run behind them."""
    reading = pack.reading
    words = words_of(pack)
    starts = words.ends
    comments, sites = reading.comment_words, reading.site_words
    inside = lines_saying(page, reading.end_inside, pack)
    found: dict[int, float] = {}
    firsts = words.end_firsts
    texts = page.texts
    for index in sorted(inside.union(beginning(texts, firsts))):
        text = texts[index]
        if len(text) > END_LENGTH:
            continue
        text = text.lstrip(BEFORE_END)
        if text and text[0] in starts and text.startswith(starts[text[0]]):
            if text.startswith(sites):
                found[index] = AFTER_COMMENTS
            elif word := next((word for word in comments if text.startswith(word)), None):
                # 评论：纸包不住火 is a heading; 评论(23) is where the readers begin.
                if _COUNT_ONLY.match(text, len(word)) or len(word) > 2:
                    found[index] = AFTER_COMMENTS
            else:
                found[index] = AFTER_LEGAL if index in inside else AFTER_BARRIER
        elif index in inside and len(text) > 5:
            found[index] = AFTER_LEGAL
    return found


def choose(page: Lines, pack: Pack, title_line: int | None) -> Body:
    """The body of a page; empty where no line is prose."""
    lines = page.lines
    ends = barriers(page, pack)
    marks = post_marks(page)
    weights = page.weights.copy()
    for index in lines_saying(page, pack.reading.boilerplate_words, pack):
        if weights[index] > 0 and len(lines[index].text) < 200:
            weights[index] = -30.0
    if title_line is not None:
        weights[title_line] = SCRAP  # a long headline reads like prose
    for index in _teasers(lines, weights):
        weights[index] = -10.0
    runs = runs_of(weights, {*ends, *marks})
    if max(runs, default=(0.0, 0, 0))[0] < ENOUGH:
        runs = runs_of(_verse(lines, weights), {*ends, *marks}) or runs
    if not runs:
        return Body()
    best = _best(runs, ends, marks, title_line)
    score, start, end = _near_title(page, weights, best, title_line) if best[0] < SHORT else best
    start, end = _contained(page, weights, start, end)
    start, end = _resumed(page, weights, runs, (start, end), ends, marks, title_line)
    first, last = _box(page, start, end)
    stop = {*ends, *marks}
    no_text = stop.union(filing_lines(page, pack))
    while start > first and start - 1 not in no_text and start - 1 != title_line and not _navigation(lines[start - 1]):
        start -= 1
    while end < last and end not in no_text and not _navigation(lines[end]):
        end += 1
    while end > start + 1 and _RULE.match(lines[end - 1].text):
        end -= 1
    chosen = tuple(index for index in range(start, end) if index not in no_text and _keeps(lines, index, start, end))
    return Body(chosen=chosen, start=start, end=end, score=score, thread=bool(marks))


def _teasers(lines: Sequence[Line], weights: Sequence[float]) -> list[int]:
    """Short sentences between headlines of other pages, or under one and cut off with dots."""
    found = []
    for index in [index for index, weight in enumerate(weights) if 0 < weight <= TEASER]:
        if not index or not _headline(lines[index - 1]):
            continue
        text = lines[index].text
        if len(text) > TEASER:
            continue
        if _CUT_OFF.search(text) or (index + 1 < len(lines) and _headline(lines[index + 1])):
            found.append(index)
    return found


def _verse(lines: Sequence[Line], weights: Sequence[float]) -> list[float]:
    """Weights for a page without prose: short lines without links, three in one container, may be verse or a table."""
    mended = list(weights)
    for index in range(1, len(lines) - 1):
        near = lines[index - 1 : index + 2]
        if weights[index] == SCRAP and all(not line.link and line.container == near[0].container for line in near):
            for at in (index - 1, index, index + 1):
                mended[at] = max(mended[at], float(min(len(lines[at].text), 20)))
    return mended


def _headline(line: Line) -> bool:
    return line.anchors == 1 and line.words >= 6 and line.link * 5 > line.words * 4


def _best(
    runs: list[tuple[float, int, int]], ends: dict[int, float], marks: frozenset[int], title_line: int | None
) -> tuple[float, int, int]:
    """The run that is the body: the heaviest; what follows a body's end counts less, a thread's first post wins."""
    after_title = [run for run in runs if title_line is None or run[2] > title_line]
    candidates = after_title if after_title and max(after_title)[0] >= 0.2 * max(runs)[0] else runs
    if marks:
        least = max(ENOUGH, 0.02 * max(candidates)[0])
        around = [run for run in candidates if run[0] >= least]
        first_mark = min(marks)
        # A thread: the first post begins behind the first mark, or ends at it.
        for run in around:
            if run[2] >= first_mark or _ends_at(run, first_mark):
                return run
        if around:
            return around[0]
    worth = 1.0
    stood = False
    best: tuple[float, tuple[float, int, int]] | None = None
    stops = sorted(ends.items())
    position = 0
    for run in candidates:
        while position < len(stops) and stops[position][0] < run[1]:
            if stood:
                worth = min(worth, stops[position][1])
            position += 1
        value = run[0] * worth
        if best is None or value > best[0]:
            best = value, run
        stood = stood or run[0] >= ENOUGH
    return best[1] if best else runs[0]


def _near_title(
    page: Lines, weights: Sequence[float], best: tuple[float, int, int], title_line: int | None
) -> tuple[float, int, int]:
    """A short run cut to the smallest container that holds the title and any prose behind it."""
    if title_line is None:
        return best
    _, start, end = best
    index = page.lines[title_line].container
    while index > 0:
        box = page.containers[index]
        first, last = max(start, box.first, title_line + 1), min(end, box.end)
        inside = [at for at in range(first, last) if weights[at] > 0]
        if inside:
            return sum(weights[at] for at in inside), inside[0], inside[-1] + 1
        index = box.parent
    return best


def _ends_at(run: tuple[float, int, int], mark: int) -> bool:
    return run[2] <= mark <= run[2] + 6


def _contained(page: Lines, weights: Sequence[float], start: int, end: int) -> tuple[int, int]:
    """The run cut to the smallest container that holds nearly all of its weight."""
    total = 0.0
    sums = [0.0]
    for weight in weights[start:end]:
        total += max(0.0, weight)
        sums.append(total)
    heaviest = max(range(start, end), key=weights.__getitem__)
    index = page.lines[heaviest].container
    while index >= 0:
        box = page.containers[index]
        first, last = max(start, box.first), min(end, box.end)
        if sums[last - start] - sums[first - start] >= HOLDS * total:
            return first, last
        index = box.parent
    return start, end


def _resumed(
    page: Lines,
    weights: Sequence[float],
    runs: list[tuple[float, int, int]],
    span: tuple[int, int],
    ends: dict[int, float],
    marks: frozenset[int],
    title_line: int | None,
) -> tuple[int, int]:
    """The run with those around it in the very same container: a box of links cut the text in two."""
    start, end = span
    home = _home(page, weights, start, end)
    # Text straight in <body> has no container of its own, so its neighbours prove nothing.
    if page.containers[home].tag in ("html", "body"):
        return span
    hard = {index for index, worth in ends.items() if worth in NO_MORE} | marks
    for _, first, last in runs:
        if first >= end and _home(page, weights, first, last) == home and not any(end <= stop < first for stop in hard):
            end = last
    for _, first, last in reversed(runs):
        if (
            last <= start
            and (title_line is None or first > title_line)
            and _home(page, weights, first, last) == home
            and not any(last <= stop < start for stop in hard)
        ):
            start = first
    return start, end


def _home(page: Lines, weights: Sequence[float], start: int, end: int) -> int:
    """The container that holds the heaviest line of a stretch."""
    return page.lines[max(range(start, end), key=weights.__getitem__)].container


def _box(page: Lines, start: int, end: int) -> tuple[int, int]:
    """The smallest container around a run."""
    index = page.lines[start].container
    while index >= 0:
        box = page.containers[index]
        if box.first <= start and box.end >= end:
            return box.first, box.end
        index = box.parent
    return 0, len(page.lines)


def _navigation(line: Line) -> bool:
    return line.hidden or line.link * 5 > line.words * 4


def _keeps(lines: Sequence[Line], index: int, start: int, end: int) -> bool:
    """Whether a line of the stretch is text: no navigation, no page numbers, nothing hidden.

    One link between two paragraphs is text (a name, a title); two in a row are a list of links.
    """
    line = lines[index]
    if line.hidden:
        return False
    if line.link * 5 > line.words * 4:
        if len(line.text) >= 60 and line.anchors <= 2 and "，" in line.text:
            return True
        around = (lines[near] for near in (index - 1, index + 1) if start <= near < end)
        return (
            line.anchors == 1
            and start < index < end - 1
            and len(line.text) >= 4
            and all(near.link * 2 < near.words and near.words > 20 for near in around)
        )
    return not ((line.link or len(line.text) < 30) and _PAGER.match(line.text) and _PAGED.search(line.text))
