"""Lines of a page with the numbers and bullets that a browser puts before them: those of <ol> and <ul> are no text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

from shida.read.depth import DEEPEST
from shida.read.lines import Lines
from shida.read.lists import find_top_lists, marked

BULLET = "•"
MOST_LISTS, MOST_ENTRIES = 200, 100
"""Lists of a page, and entries of one, that are looked at; who has more is no top-ten list."""
LEAST_BULLETED = 5
"""So many entries a list without numbers has at least, to be more than a row of names."""
LEAST_CELLS = 3
_CELLS = ("td", "th")
_NO_NUMBERS = re.compile(r"list-style(?:-type)?\s{0,3}:\s{0,3}(?:none|disc|circle|square)", re.IGNORECASE)
_INTEGER = re.compile(r"\s{0,9}([+-]?\d{1,6})")
_LEFT_OUT = ("button", "canvas", "datalist", "noscript", "object", "select", "video", "audio", "applet", "math", "map")
"""Around a list that is no text of the page."""


def numbered(page: Lines, chosen: Sequence[int], tree: LexborHTMLParser) -> list[str]:
    """The texts of the `chosen` lines, with the number or bullet of the list entry that each begins.

    `start`, `reversed` and `value` count. A list whose style takes its numbers away has bullets; entries that bring a
    number of their own keep it.

    >>> from shida.read.lines import lines_of
    >>> tree = LexborHTMLParser("<p>年度十大新闻<ol start=3><li>换秤<li><p>换表<p>都说好<li value=9>开门</ol>")
    >>> page = lines_of(tree)
    >>> numbered(page, range(len(page.lines)), tree)
    ['年度十大新闻', '3、换秤', '4、换表', '都说好', '9、开门']
    """
    texts = [page.lines[index].text for index in chosen]
    _join_cells(page, chosen, texts)
    lists = _entries(page, chosen)
    if not lists:
        return texts
    ordered = _ordered(page, tree)
    for box, entries in lists.items():
        if any(marked(texts[at]) for at, _ in entries):
            continue
        numbers = ordered.get(box)
        if numbers is None and len(entries) < LEAST_BULLETED:
            continue
        for at, entry in entries:
            number = numbers.get(entry) if numbers is not None else None
            texts[at] = f"{BULLET}{texts[at]}" if number is None else f"{number}、{texts[at]}"
    return texts


def _join_cells(page: Lines, chosen: Sequence[int], texts: list[str]) -> None:
    """Cells with nothing but 1, 2, 3 (or back to 1) become the numbers of the cells behind them; heads of columns are
    left out.
    """
    cells = [
        at
        for at, text in enumerate(texts[:-1])
        if len(text) <= 2 and text.isdecimal() and _in_one_row(page, chosen[at], chosen[at + 1])
    ]
    values = [int(texts[at]) for at in cells]
    count = len(cells)
    if count < LEAST_CELLS or (values != list(range(1, count + 1)) and values != list(range(count, 0, -1))):
        return
    for at in range(cells[0] - 1, -1, -1):
        if page.lines[chosen[at]].tag != "th":
            break
        texts[at] = ""
    for at in cells:
        texts[at], texts[at + 1] = f"{texts[at]}、{texts[at + 1]}", ""


def _in_one_row(page: Lines, one: int, other: int) -> bool:
    """Whether two lines stand in two cells of one row."""
    left, right = page.containers[page.lines[one].container], page.containers[page.lines[other].container]
    return left.tag in _CELLS and right.tag in _CELLS and left.parent == right.parent and left.index != right.index


def top_list_lines(page: Lines, tree: LexborHTMLParser, words: tuple[str, ...]) -> list[int]:
    """The lines of a page that are its top-ten lists with their headings, where it has no prose to find them by."""
    every = [index for index, line in enumerate(page.lines) if not line.hidden]
    texts = numbered(page, every, tree)
    found = [one for one in find_top_lists(texts, words) if len(one.top.entries) >= LEAST_BULLETED]
    if not found:
        return []
    end = found[-1].end
    while end < len(texts) and not texts[end]:
        end += 1  # the cell of the last number
    return every[found[0].start : end]


def _entries(page: Lines, chosen: Sequence[int]) -> dict[int, list[tuple[int, int]]]:
    """Each list → which of the chosen lines begin an entry of it, and the entry; both by their containers."""
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    containers = page.containers
    for at, index in enumerate(chosen):
        box = containers[page.lines[index].container]
        while box.tag != "li" and box.first == index and box.parent > 0:
            box = containers[box.parent]
        if box.tag == "li" and box.first == index and containers[box.parent].tag in ("ol", "ul"):
            found[box.parent].append((at, box.index))
    return found


def _ordered(page: Lines, tree: LexborHTMLParser) -> dict[int, dict[int, int]]:
    """Container of each numbered list → the number of each entry that says something, by its container.

    Nothing where the tree has other lists than the lines: then nobody knows which is which.
    """
    boxes = [box.index for box in page.containers if box.tag == "ol"]
    if not boxes or len(boxes) > MOST_LISTS:
        return {}
    nodes = [node for node in tree.css("ol") if not _is_left_out(node)]
    if len(nodes) != len(boxes):
        return {}
    inside: dict[int, list[int]] = defaultdict(list)
    for box in page.containers:
        if box.tag == "li" and box.end > box.first:
            inside[box.parent].append(box.index)
    found = {}
    for index, node in zip(boxes, nodes, strict=True):
        numbers = _numbers(node)
        if numbers is not None and len(numbers) == len(inside[index]):
            found[index] = dict(zip(inside[index], numbers, strict=True))
    return found


def _is_left_out(node: LexborNode) -> bool:
    above = node.parent
    for _ in range(DEEPEST):
        if above is None:
            break
        if above.tag in _LEFT_OUT:
            return True
        above = above.parent
    return False


def _numbers(node: LexborNode) -> list[int] | None:
    """The numbers of a list's entries that say something; None where it shows none."""
    if _NO_NUMBERS.search(node.attributes.get("style") or ""):
        return None
    entries = [child for child in node.iter() if child.tag == "li"]
    if len(entries) > MOST_ENTRIES:
        return None
    step = -1 if "reversed" in node.attributes else 1
    next_one = _integer(node.attributes.get("start"), 1 if step > 0 else len(entries))
    numbers = []
    for entry in entries:
        number = _integer(entry.attributes.get("value"), next_one)
        next_one = number + step
        if entry.text().strip():
            numbers.append(number)
    return numbers


def _integer(text: str | None, otherwise: int) -> int:
    match = _INTEGER.match(text or "")
    return int(match[1]) if match else otherwise
