"""The lines around a title and a body → when it was published, by whom, and where it came from."""

from __future__ import annotations

import re

import msgspec

from shida.pack import Pack
from shida.read.body import Body
from shida.read.bylines import bracketed_names, byline, names_only
from shida.read.dating import is_future, url_date, western_date
from shida.read.lines import Lines
from shida.read.metadata import Metadata
from shida.read.nearness import date_beside, is_banner, yearless_date
from shida.read.odd_dates import odd_date
from shida.read.places import YEARISH, Place, places_of
from shida.text.dates import FoundDate, find_dates, in_china, parse_date

_POSTED = re.compile(
    r"(?:[#＃]?\d{1,3}[楼#＃]?\s|由\s)?([\w\-.]{2,20})\s{1,4}(?:发表于|發表於|发布于|发表時間|发表时间|于)[:：]?\s{0,3}"
    r"(?=\d|昨|今|前)"
)
_TITLED = re.compile(r"标[\s\u3000]{0,4}题[\s\u3000]{0,2}[:：](.{4,120})\Z")
_MACHINE = re.compile(r"[Tt]eam|[Aa]dmin|[Ww]ebmaster|CMS|Discuz|管理员|网站|https?:|@")
_COUNTED = re.compile(r"\d|小时前|分钟前|天前")
_CLOCKED = re.compile(r"\W{0,3}(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?:\s{1,3}\d{1,2}:\d\d(?::\d\d)?)?\W{0,3}\Z")
_BYLINE_ONLY = re.compile(
    r"[（(■□●]?\s?(?:本报|本刊|本网|特约)?(?:记者|通讯员|記者|实习生)[\s\u3000:：/／]?"
    r"[\u4e00-\u9fff\s、/／]{2,30}[)）]?\Z"
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S{1,80}")
_PARTS = re.compile(r"[|｜\s\u3000]+")
_STOP = re.compile(r"[，。！？；]")


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """What the lines around say. `only` are lines that say nothing else and are no text."""

    published: str | None = None
    published_how: str | None = None
    source: str | None = None
    author: str | None = None
    editor: str | None = None
    title: str | None = None
    """Behind a label (标　题：), as boards of old have it."""
    only: frozenset[int] = frozenset()
    refused: bool = False
    """A date was found and lies in the future."""
    unread: bool = False
    """No date was found but one that may be read in two ways."""


def read_head(
    page: Lines,
    body: Body,
    title_line: int | None,
    meta: Metadata,
    pack: Pack,
    *,
    items: frozenset[int] = frozenset(),
    url: str | None,
    today: str | None,
    collected: str | None = None,
) -> Head:
    """All that the lines around title and body say about the page. `items` are lines of other pages; 3小时前 is
    measured from the moment the page was `collected`, where that is known.
    """
    places = [place for place in places_of(page, body, title_line, pack) if place.index not in items]
    published, how, refused = _published(places, body, meta, pack, url, today, collected)
    odd = odd_date(places, url, collected[:10] if collected else today) if how in (None, "url", *_BEHIND) else None
    if odd is not None and odd.day:
        published, how = odd.day, odd.how
    titled = ((place.index, match[1].strip()) for place in places if (match := _TITLED.match(place.line.text)))
    title = next(titled, None)
    return Head(
        title=title[1] if title else None,
        published=published,
        published_how=how,
        refused=refused,
        unread=published is None and odd is not None,
        source=_source(places, meta, pack),
        author=_author(places, page, body, meta, pack),
        editor=next((place.labels.editor for place in places if place.labels.editor), None),
        only=_only(places, pack) | ({title[0]} if title else set()),
    )


def _published(
    places: list[Place],
    body: Body,
    meta: Metadata,
    pack: Pack,
    url: str | None,
    today: str | None,
    collected: str | None,
) -> tuple[str | None, str | None, bool]:
    """The best dated place: declared, labelled, near the title, in the address, a signature."""
    candidates: list[tuple[float, int, str, str]] = []
    near = "\n".join(place.line.text for place in places if place.where in ("first", "last"))
    if meta.published and (value := parse_date(meta.published)):
        candidates.append((100.0 if len(value) >= 10 else 30.0, 0, value, meta.published_how or "meta"))
    for order, place in enumerate(places, 1):
        free = place.line.words - place.line.link
        if place.where == "before" and is_banner(place.line.text, collected or today):
            continue
        worth = _RELATIVE.get(place.where, 0.0) if free >= 2 and not place.labels.other_date else 0.0
        if worth and (value := date_beside(place.line.text, collected, labelled=place.labels.date is not None)):
            candidates.append((worth, -order, value, "relative"))
        elif (
            worth
            and not place.year
            and (value := yearless_date(place.line.text, collected=collected, url=url, near=near))
        ):
            candidates.append((worth - 5.0, -order, value, "context"))
        if free < 7 or (place.where == "after" and _of_another(place)):
            continue  # the date would stand in a link, or behind a headline of another page
        if place.year and (found := _dated(place, body.thread)) is not None:
            if not place.labels.date and any(word in place.line.text for word in pack.reading.act_words):
                continue
            candidates.append((found[0], -order, found[1], found[2]))
    if url and (day := url_date(url)):
        candidates.append((52.0, 0, day, "url"))
    refused = False
    for _, _, value, how in sorted(candidates, key=lambda one: (-one[0], -one[1])):
        if is_future(value, today):
            refused = True
            continue
        if value[:4] >= "1900":
            return value, how, False
    return None, None, refused


_BEHIND = ("signature", "relative", "context")
"""Dates that are believed less than one under the title."""
_RELATIVE = {"between": 78.0, "before": 44.0, "first": 58.0}
"""What 3小时前 is worth as the page's date: a little less than a date in its place."""


def _of_another(place: Place) -> bool:
    """Whether a line behind the body is a dated headline of another page."""
    text, link = place.line.text, place.line.link
    if place.labels.date:
        return False
    mostly = link >= 6 and link * 2 > place.line.words - link
    listed = place.line.tag == "li" or text.lstrip("[(（【 ")[:4].isdigit()
    return link >= 10 or mostly or (link > 0 and listed)


def _dated(place: Place, thread: bool) -> tuple[float, str, str] | None:
    """A place's date: how much it is worth, the value, and how it was found."""
    text = place.line.text
    if place.labels.date and (value := _full(text[slice(*place.labels.date)]) or _month(place, 16)):
        after = 50.0 if thread else 70.0  # in a thread the next post is labelled like the first
        return {"before": 60.0, "after": after, "last": 60.0}.get(place.where, 90.0), value, "label"
    if place.labels.other_date:
        return None
    short = len(text) <= 100
    if place.where in ("between", "before") and short and (value := _day_of(place)):
        worth = 80.0 if place.where == "between" else 45.0
        return worth + (5.0 if len(value) > 10 else 0.0) - (15.0 if len(text) > 60 else 0.0), value, "line"
    if place.where == "between" and (value := _month(place, 12)):
        return 50.0, value, "line"
    if place.where == "first" and short and not text.endswith("。") and (value := _day_of(place)):
        return 60.0 if len(text) <= 60 else 35.0, value, "line"
    if place.where == "after" and short and (value := _day_of(place)):
        return 48.0 if len(value) > 10 else 32.0, value, "line"
    if place.where == "last" and len(text) <= 40:
        bare = text.strip("（）()【】[] \u3000")
        found = next((date for date in find_dates(bare) if date.how == "full" and date.precision != "year"), None)
        if found and len(bare) - (found.end - found.start) <= 18:
            return (40.0 if found.precision == "day" else 25.0), _value(found), "signature"
    return None


def _day_of(place: Place) -> str | None:
    return _first_day(place.dates) or western_date(place.line.text)


def _full(text: str) -> str | None:
    return (_first_day(find_dates(text)) or western_date(text)) if YEARISH.search(text) else None


def _first_day(dates: tuple[FoundDate, ...]) -> str | None:
    return next((_value(date) for date in dates if date.how == "full" and date.precision == "day"), None)


def _month(place: Place, beside: int) -> str | None:
    """A month without a day, where little else stands in the line: a magazine's."""
    found = next((date for date in place.dates if date.how == "full" and date.precision == "month"), None)
    alone = found is not None and len(place.line.text) - (found.end - found.start) <= beside
    return found.value if found is not None and alone and found.until is None else None


def _value(date: FoundDate) -> str:
    return in_china(date.value, date.time) if date.time else date.value


def _source(places: list[Place], meta: Metadata, pack: Pack) -> str | None:
    """The labelled source; else what stands beside the date and ends like the name of a medium."""
    for place in places:
        if place.labels.source:
            return place.labels.source
    endings = pack.reading.source_endings
    for place in places:
        text = place.line.text
        if place.where in ("between", "first") and len(text) <= 80 and (dates := place.dates):
            rest = text[: dates[0].start] + " | " + text[dates[-1].end :]
            for part in _PARTS.split(_ADDRESS.sub(" ", rest)):
                value = part.strip("《》[]【】()（）·-—:：,，")
                if 2 <= len(value) <= 20 and value.endswith(endings):
                    return value
    return meta.source


def _author(places: list[Place], page: Lines, body: Body, meta: Metadata, pack: Pack) -> str | None:
    """A labelled author, a byline, names in the last brackets, the head's word, whoever put it there."""
    for place in places:
        if place.labels.author:
            return _with_bylines(place, places, pack)
    for where in ("between", "first", "last", "after"):
        found: list[str] = []
        for place in places:
            if place.where != where or (where == "after" and len(place.line.text) > 60):
                continue
            # In running text a byline stands at the start or the end: 记者 in between is somebody else's.
            text = place.line.text
            edge = text if len(text) <= 60 else text[:60] if where == "first" else text[-60:]
            names = byline(edge, pack) or (bracketed_names(text, pack) if where in ("last", "first") else None)
            if names and names not in found:
                found.append(names)
            elif found and where != "last":
                break  # the lines of one byline follow each other
        if found:
            return " ".join(found)
    for place in places:
        if place.where in ("between", "first", "before") and (match := _POSTED.match(place.line.text)):
            return match[1]
    near = [place for place in places if place.where == "between"][-6:] + [
        place for place in places if place.where == "first"
    ][:2]
    for place in near:
        if names := names_only(place.line.text, pack):
            return names
    if poster := next((place.labels.poster for place in places if place.labels.poster), None):
        return poster
    for place in places:
        if place.labels.source and (names := names_only(place.labels.source, pack)):
            return names
    if meta.author and len(meta.author) <= 40 and not _MACHINE.search(meta.author):
        return meta.author
    first = next((line for line in page.lines[:5] if line.tag == "h1"), None)
    return names_only(first.text, pack) if first else None


def _with_bylines(place: Place, places: list[Place], pack: Pack) -> str | None:
    """A labelled author; where the label is a role, with those of the bylines right above and below it."""
    if not _BYLINE_ONLY.match(place.line.text):
        return place.labels.author
    bylines = {
        one.index: one.labels.author or byline(one.line.text, pack)
        for one in places
        if one.where == place.where and _BYLINE_ONLY.match(one.line.text)
    }
    first = last = place.index
    while bylines.get(first - 1):
        first -= 1
    while bylines.get(last + 1):
        last += 1
    names = " ".join(bylines[index] or "" for index in range(first, last + 1))
    return " ".join(dict.fromkeys(names.split()))


CREDIT = 24
"""A line of 来源 or 作者 at the end of a text that is no longer than this says nothing else."""


def _only(places: list[Place], pack: Pack) -> frozenset[int]:
    """Lines that are no text. In a short body a line is both first and last; there it must be neither's text."""
    verdicts: dict[int, bool] = {}
    for place in places:
        verdicts[place.index] = _says_only(place, pack) and verdicts.get(place.index, True)
    return frozenset(index for index, only in verdicts.items() if only)


def _says_only(place: Place, pack: Pack) -> bool:
    """Whether a line at the body's edge is only about the page: labels with their values, a date, an address."""
    text = place.line.text
    if len(text) > 100 or text.endswith(("。", "！", "？", "”")):
        return False
    labels = place.labels
    if labels.source or labels.editor or labels.date or labels.other_date or labels.pending:
        credit = len(text) <= CREDIT and labels.source is not None
        return place.where != "last" or labels.editor is not None or labels.date is not None or credit
    if len(text) <= 60 and _COUNTED.search(text) and any(word in text for word in pack.reading.counter_words):
        return True
    if place.where == "last" and labels.author and len(text) <= CREDIT:
        return True
    if place.where == "last":
        return bool(_CLOCKED.match(text))
    if len(text) <= 40 and (labels.author or labels.poster or _BYLINE_ONLY.match(text)):
        return True
    dates = place.dates if len(text) <= 80 else ()
    if not dates or dates[0].precision != "day":
        return False
    rest = _ADDRESS.sub("", text[: dates[0].start] + text[dates[-1].end :])
    return len(rest.split()) <= 4 and len("".join(rest.split())) <= 16 and not _STOP.search(rest)
