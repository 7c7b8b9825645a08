"""Numbers and days → small drawings (SVG without script or style, so the strictest policy lets them pass)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape

from shida.publish.wording import day_words, number_words, when_words

MAX_DOTS = 60
"""A line of days with more dots than this is a smear; days are thinned to it."""

WORDS_APART = 17
"""Hundredths of a line's width that the words of a step need on a phone."""


def bar(share: float, *, against: bool = False) -> str:
    """A bar that fills `share` (0 to 1) of its place; `against`: hatched, for what speaks against.

    >>> bar(0.5)[:63]
    '<svg class="bar" width="100%" height="8" aria-hidden="true"><re'
    """
    width = f"{min(max(share, 0.0), 1.0) * 100:.1f}%"
    kind = "against" if against else "for"
    return (
        '<svg class="bar" width="100%" height="8" aria-hidden="true"><rect class="rail" width="100%" height="8"/>'
        f'<rect class="{kind}" width="{width}" height="8"/></svg>'
    )


def dot(share: float) -> str:
    """A dot whose area is `share` (0 to 1) of the largest; nothing where there is none.

    >>> dot(1.0)
    '<svg class="dot" width="22" height="22" aria-hidden="true"><circle cx="11" cy="11" r="10.0"/></svg>'
    >>> dot(0)
    ''
    """
    if share <= 0:
        return ""
    radius = max(1.5, 10 * min(share, 1.0) ** 0.5)
    return (
        f'<svg class="dot" width="22" height="22" aria-hidden="true"><circle cx="11" cy="11" r="{radius:.1f}"/></svg>'
    )


def _day(moment: str) -> date | None:
    try:
        return date.fromisoformat(moment[:10])
    except ValueError:
        return None


def days_line(moments: Iterable[str | None], first: str | None = None, last: str | None = None) -> str:
    """A thin line from the first day to the last, a dot for each day in `moments`; "" with fewer than two days.

    >>> days_line(["2026-01-02", "2026-01-05"])[:45]
    '<svg class="days" width="100%" height="14" ro'
    >>> days_line(["2026-01-02"])
    ''
    """
    days = sorted({day for moment in moments if moment and (day := _day(moment))})
    begin = _day(first) if first else None
    end = _day(last) if last else None
    begin, end = begin or (days[0] if days else None), end or (days[-1] if days else None)
    if begin is None or end is None or begin >= end:
        return ""
    length = (end - begin).days
    places = sorted({round((day - begin).days / length * 1000) for day in days if begin <= day <= end})
    if len(places) > MAX_DOTS:
        places = sorted({place // 20 * 20 for place in places})
    dots = "".join(f'<circle cx="{1 + place * 0.098:.1f}%" cy="7" r="3"/>' for place in places)
    said = escape(f"{day_words(begin.isoformat())}至{day_words(end.isoformat())}，{len(days)} 天有报道")
    return (
        f'<svg class="days" width="100%" height="14" role="img" aria-label="{said}">'
        f'<line x1="1%" x2="99%" y1="7" y2="7"/>{dots}</svg>'
    )


def series_line(points: Sequence[tuple[str, float]], unit: str) -> str:
    """A figure's values over time as columns with their numbers; "" with fewer than two values.

    Where labels would run into each other, only the first, the last and the largest column keep theirs.

    >>> series_line([("2024", 704.0), ("2025", 1139.0)], "项").count("<rect")
    2
    """
    if len(points) < 2:
        return ""
    points = points[-12:]
    top = max(abs(value) for _, value in points) or 1.0
    step = 100 / len(points)
    crowded = len(points) > 6 or any(len(when) > 7 for when, _ in points)
    peak = max(range(len(points)), key=lambda number: (abs(points[number][1]), number))
    out = []
    for number, (when, value) in enumerate(points):
        high = max(1.0, abs(value) / top * 72)
        left, middle = number * step + step * 0.32, number * step + step / 2
        against = ' class="against"' if value < 0 else ""
        out.append(
            f'<rect{against} x="{left:.1f}%" y="{92 - high:.1f}" width="{step * 0.36:.1f}%" height="{high:.1f}"/>'
        )
        at_end = number in (0, len(points) - 1)
        if not crowded or at_end or number == peak:
            out.append(f'<text x="{middle:.1f}%" y="{86 - high:.1f}">{escape(number_words(value))}</text>')
        if not crowded:
            out.append(f'<text class="when" x="{middle:.1f}%" y="108">{escape(when)}</text>')
        elif at_end:
            edge, anchor = ("0", "start") if number == 0 else ("100%", "end")
            out.append(f'<text class="when {anchor}" x="{edge}" y="108">{escape(when)}</text>')
    said = escape("，".join(f"{when} {number_words(value)}{unit}" for when, value in points))
    return f'<svg class="series" width="100%" height="112" role="img" aria-label="{said}">{"".join(out)}</svg>'


def life_line(steps: Sequence[tuple[str, str | None]]) -> str:
    """The dated steps of something (what, ISO day, month or year) on a line that keeps their distances.

    A step's words stand below the line, or above it where the step before is near; where neither has room, its place in
    the list beside the drawing stands there. Steps of one day share a place; "" with fewer than two days.

    >>> life_line([("征求意见", "2025-01-01"), ("修订", None), ("施行", "2026-01-01")]).count("<circle")
    2
    """
    dated = [(number, what, day) for number, (what, when) in enumerate(steps, 1) if when and (day := _first_day(when))]
    if len({day for _, _, day in dated}) < 2:
        return ""
    begin, end = min(day for _, _, day in dated), max(day for _, _, day in dated)
    length = (end - begin).days
    marks: dict[int, list[tuple[int, str]]] = {}
    for number, what, day in dated:
        marks.setdefault(round((day - begin).days / length * 84), []).append((number, what))
    drawn, last = [], {True: -99, False: -99}
    for place, group in sorted(marks.items()):
        below = place - last[True] >= WORDS_APART
        room = below or place - last[False] >= WORDS_APART
        words = escape("·".join(what for _, what in group[:2])) if room else "·".join(str(n) for n, _ in group)
        last[below] = place
        drawn.append(
            f'<circle cx="{8 + place}%" cy="28" r="4"/><text x="{8 + place}%" y="{50 if below else 16}">{words}</text>'
        )
    said = escape(f"{day_words(begin.isoformat())}至{day_words(end.isoformat())}，{len(dated)} 步")
    return (
        f'<svg class="lifeline" width="100%" height="58" role="img" aria-label="{said}">'
        f'<line x1="8%" x2="92%" y1="28" y2="28"/>{"".join(drawn)}</svg>'
    )


def _first_day(when: str) -> date | None:
    """The first day of an ISO day, month or year."""
    return _day({4: f"{when}-01-01", 7: f"{when}-01"}.get(len(when), when))


def value_line(points: Sequence[tuple[str, float]], unit: str) -> str:
    """A figure's values as a line over their moments, with the first, the last, the largest and the least written.

    "" with fewer than two values. The drawing stretches to its place; circles and words do not.

    >>> value_line([("2023", 1.0), ("2024", 3.0), ("2025", 2.0)], "项").count("<circle")
    3
    """
    if len(points) < 2:
        return ""
    low, top = min(0.0, *(value for _, value in points)), max(0.0, *(value for _, value in points))
    reach = (top - low) or 1.0
    step = 88 / (len(points) - 1)
    spots = [(6 + number * step, 34 + (top - value) / reach * 150) for number, (_, value) in enumerate(points)]
    told = {0, len(points) - 1}
    told |= {max(range(len(points)), key=lambda n: points[n][1]), min(range(len(points)), key=lambda n: points[n][1])}
    whens = range(len(points)) if len(points) <= 6 else sorted(told & {0, len(points) - 1} | {len(points) // 2})
    base = 34 + top / reach * 150
    path = " ".join(f"{x * 10:.1f},{y:.1f}" for x, y in spots)
    out = [
        f'<line class="rail" x1="0" x2="100%" y1="{base:.1f}" y2="{base:.1f}"/>',
        '<svg viewBox="0 0 1000 220" width="100%" height="220" preserveAspectRatio="none">'
        f'<polyline points="{path}" vector-effect="non-scaling-stroke"/></svg>',
    ]
    for number, ((x, y), (when, value)) in enumerate(zip(spots, points, strict=True)):
        side = " start" if number == 0 else " end" if number == len(points) - 1 else ""
        at = 0 if number == 0 else 100 if number == len(points) - 1 else x
        out.append(f'<circle cx="{x:.1f}%" cy="{y:.1f}" r="4"/>')
        if number in told:
            out.append(f'<text class="value" x="{x:.1f}%" y="{y - 12:.1f}">{escape(number_words(value))}</text>')
        if number in whens:
            out.append(f'<text class="when{side}" x="{at:.1f}%" y="214">{escape(when_words(when))}</text>')
    said = escape("，".join(f"{when} {number_words(value)}{unit}" for when, value in points))
    return f'<svg class="values" width="100%" height="220" role="img" aria-label="{said}">{"".join(out)}</svg>'
