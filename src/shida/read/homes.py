"""Lines of a page → the posts of a blog's or a forum's home: whole texts, each with a headline and a time of its own.

Such a page is no article: what stands on it belongs to several. The lines that carry a time are found first (all of one
form), then the headlines that stand in the same place beside each of them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from shida.read.dating import western_date
from shida.read.lines import Line, Lines
from shida.read.lists import truncated
from shida.read.paging import whole
from shida.read.weighing import NUMBER, weigh
from shida.records import Item
from shida.text.dates import iso

MARK_LENGTH = 120
TITLE_LENGTH = 80
LEAST, LEAST_UNLINKED = 2, 3
"""So many posts are a home: where their headlines are links, and where they are not."""
MOST, MOST_FORMS = 200, 5
"""So many posts a page has at most, and so many forms of lines with a time are looked at."""
NEAR = 3
"""So many lines below its headline a time stands at most, where the text comes after it."""
INSIDE = 0.7
"""So much of the page's prose belongs to the posts: else they are a box beside an article."""
USUAL = 6
"""Headlines are half of the time longer than this; names are not."""
_YEAR = re.compile(r"\d(?:(?<=1)9\d\d|(?<=2)0\d\d|\d[-/.]\d{1,2}[-/.]\d\d?\s)")
_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?[-/.年]\s?(1[0-2]|0?[1-9])\s?[-/.月]\s?(3[01]|[12]\d|0?[1-9])(?!\d)")
_PERSON = re.compile(r"/u/|/user|/space|/people|/member|/author|uid=|userid=|profile", re.IGNORECASE)
_REPLY = re.compile(r"#?\s?(?:re|回复|答复|引用)\s?[:：]", re.IGNORECASE)
_WORDS = "于於间間期表:：|｜"
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")

Form = tuple[str, str]
Sign = tuple[str, bool, bool]


def find_posts(page: Lines, named: str, url: str | None) -> tuple[Item, ...]:
    """The posts of a home in the order of the page; none where the page is an article, a thread or a list of links.

    `named` is what <title> says: a page that is called like one of its headlines is that article.
    """
    lines = page.lines
    dated: dict[int, str] = {}
    forms: dict[Form, list[int]] = {}
    for index, value, before in _dated(page):
        dated[index] = value
        forms.setdefault(_form(lines[index], before), []).append(index)
    several = [marks for marks in forms.values() if LEAST <= len(marks) <= MOST]
    if not several:
        return ()
    prose = [*accumulate((max(0.0, weight) for weight in page.weights), initial=0.0)]
    for marks in sorted(several, key=lambda marks: (-len(marks), marks))[:MOST_FORMS]:
        if not _apart(marks, prose):
            continue
        heads = _headlines(lines, marks, prose)
        if heads and _is_home(lines, heads, marks, prose, named):
            return tuple(_item(lines, heads, marks, number, dated, url) for number in range(len(marks)))
    return ()


def _dated(page: Lines) -> Iterator[tuple[int, str, str]]:
    """Lines that carry a time: the time, and what stands before it."""
    for index in [index for index, mark in enumerate(page.marks) if mark & NUMBER]:
        line = page.lines[index]
        text = line.text
        if not 8 <= len(text) <= MARK_LENGTH or line.hidden or (line.link >= 10 and line.link * 2 > line.words):
            continue  # a date in a link is another page's
        if ("20" in text or "19" in text) and (found := _DAY.search(text)) is not None:
            value = iso(int(found[1]), int(found[2]), int(found[3]))
            if value and not text.endswith("。") and "，" not in text[: found.start()]:
                yield index, value, text[: found.start()].rstrip(" \u3000")
        elif _YEAR.search(text) is not None and (value := western_date(text)):
            yield index, value, ""


def _form(line: Line, before: str) -> Form:
    """What lines that mark posts have in common: the block, and how the words before the time end."""
    return line.tag, before[-2:] if before and before[-1] in _WORDS else "name" if before else ""


def _apart(marks: Sequence[int], prose: Sequence[float]) -> bool:
    """Whether prose stands between nearly all marks."""
    gaps = sum(prose[last] > prose[first + 1] for first, last in pairwise(marks))
    return gaps * 5 >= (len(marks) - 1) * 4


def _headlines(lines: Sequence[Line], marks: Sequence[int], prose: Sequence[float]) -> list[int]:
    """The headline of each mark's post: all of one kind, and all in the same place to their mark."""
    signs: dict[Sign, list[int]] = {}
    taken = frozenset(marks)
    for index, line in enumerate(lines):
        if index not in taken and (sign := _sign(line)):
            signs.setdefault(sign, []).append(index)
    order = sorted(signs, key=lambda sign: (sign[0] not in _HEADINGS, not sign[1], not sign[2], sign[0]))
    for sign in order:
        at = signs[sign]
        if len(at) < len(marks):
            continue
        for heads in (_above(at, marks, prose), _below(at, marks, prose, len(lines))):
            if len(heads) == len(marks) and len({lines[head].text for head in heads}) == len(heads):
                return heads
    return []


def _sign(line: Line) -> Sign | None:
    """What kind of headline a line may be; None where it is none."""
    text = line.text
    if line.hidden or not 2 <= len(text) <= TITLE_LENGTH or text.endswith(("。", "：", ":")) or line.anchors > 1:
        return None
    linked = line.anchors == 1 and line.link * 5 >= line.words * 4
    if line.tag not in _HEADINGS and not line.bold and not linked:
        return None
    return line.tag, line.bold, linked


def _above(at: Sequence[int], marks: Sequence[int], prose: Sequence[float]) -> list[int]:
    """The nearest headline above each mark, where either all texts stand between the two or none does."""
    heads = []
    for before, mark in zip((-1, *marks), marks, strict=False):
        place = bisect_left(at, mark) - 1
        if place < 0 or at[place] <= before:
            return []
        heads.append(at[place])
    said = [prose[mark] > prose[head + 1] for head, mark in zip(heads, marks, strict=True)]
    if all(said) or (not any(said) and all(mark - head <= NEAR for head, mark in zip(heads, marks, strict=True))):
        return heads
    return []


def _below(at: Sequence[int], marks: Sequence[int], prose: Sequence[float], end: int) -> list[int]:
    """The headline right below each mark, with its text behind it: a day stands above the posts of that day."""
    heads = []
    for mark, behind in zip(marks, (*marks[1:], end), strict=True):
        place = bisect_right(at, mark)
        if place == len(at) or at[place] >= min(behind, mark + NEAR) or not prose[behind] > prose[at[place] + 1]:
            return []
        heads.append(at[place])
    return heads


def _is_home(
    lines: Sequence[Line], heads: Sequence[int], marks: Sequence[int], prose: Sequence[float], named: str
) -> bool:
    """Whether these are the posts of a home, and not the replies of a thread or a box beside an article."""
    titles = ["".join(lines[head].text.split()) for head in heads]
    linked = all(lines[head].href for head in heads)
    if len(heads) < (LEAST if linked else LEAST_UNLINKED):
        return False
    if any(_REPLY.match(title) for title in titles) or any(_PERSON.search(lines[head].href or "") for head in heads):
        return False
    if sorted(map(len, titles))[len(titles) // 2] < USUAL:
        return False
    dense = "".join(named.split())
    if any(len(title) >= USUAL and (title in dense or (len(dense) >= USUAL and dense in title)) for title in titles):
        return False
    below = any(prose[mark] > prose[head + 1] for head, mark in zip(heads, marks, strict=True))
    end = marks[-1] if below and heads[0] < marks[0] else len(lines)
    return prose[end] - prose[min(heads[0], marks[0])] >= INSIDE * prose[-1]


def _item(
    lines: Sequence[Line],
    heads: Sequence[int],
    marks: Sequence[int],
    number: int,
    dated: dict[int, str],
    url: str | None,
) -> Item:
    """One post: its headline, its time, and the address its headline or a line of its own leads to."""
    head, mark = lines[heads[number]], marks[number]
    first = min(heads[number], mark)
    end = min(heads[number + 1], marks[number + 1]) if number + 1 < len(marks) else max(heads[number], mark) + 60
    href = head.href or lines[mark].href
    if not href or _PERSON.search(href):
        others = [line.href for line in lines[first : min(end, len(lines))] if line.href and weigh(line) <= 0]
        href = next((one for one in others if not _PERSON.search(one)), None)
    address = whole(url, href.partition("#")[0]) if href else None
    return Item(title=head.text, published=dated[mark][:10], url=address or None, truncated=truncated(head.text))
