"""Numbers and days → small drawings (SVG without script or style, so the strictest policy lets them pass)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape

from shida.publish.wording import day_words, number_words

MAX_DOTS = 60
"""A line of days with more dots than this is a smear; days are thinned to it."""


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
