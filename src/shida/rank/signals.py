"""View → Signal: one function a signal, each a number from 0 to 1 and a Chinese sentence with the numbers behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from math import ceil, log2
from typing import Final

import msgspec

from shida.pack.ranking import ListRule, Ranking
from shida.rank.views import View
from shida.records import Document, Fact

ENOUGH_ARTICLES: Final = 64
"""Articles from which a story is as large as it can be for a score; the scale is logarithmic."""
ENOUGH_DAYS: Final = 64
ENOUGH_SOURCES: Final = 16
ENOUGH_A_DAY: Final = 8
ENOUGH_AT_FRONT: Final = 16
ENOUGH_OF_A_THEME: Final = 128
ENOUGH_ANSWERS: Final = 16
FACT_NAMES: Final = {
    "case": "案件",
    "award": "奖项",
    "conference": "会议",
    "campaign": "行动",
    "figure": "数字",
    "first": "首次",
    "theme": "年主题",
    "appointment": "任免",
    "recall": "召回",
    "statement": "讲话",
    "event": "事件",
}
SIGNAL_NAMES: Final = {
    "size": "篇数",
    "life": "持续",
    "breadth": "来源",
    "burst": "集中",
    "act": "要事",
    "theme": "主题",
    "authority": "权威",
    "consequence": "后果",
    "reaction": "反响",
    "position": "版位",
    "document": "文件",
    "fact": "事实",
    "routine": "例行",
    "recurring": "年年有",
}
"""What a reader calls a signal."""
COUNTED: Final = {
    "size": (ENOUGH_ARTICLES, 0, "报道", "篇"),
    "life": (ENOUGH_DAYS, 1, "有报道的日子", "天"),
    "breadth": (ENOUGH_SOURCES, 1, "来源", "个"),
    "burst": (ENOUGH_A_DAY, 1, "最多的一天", "篇"),
    "theme": (ENOUGH_OF_A_THEME, 0, "同一主题的报道", "篇"),
    "reaction": (ENOUGH_ANSWERS, 0, "反响与落实", "篇"),
    "position": (ENOUGH_AT_FRONT, 0, "排在前列的报道", "篇"),
}
"""Signals on a logarithmic scale: how many are 1, where counting starts, what is counted, and its measure word."""
FRONT: Final = 5
"""Places of a programme or page that count as its front."""


class Signal(msgspec.Struct, frozen=True):
    """A number and the sentence that says where it comes from."""

    value: float
    sentence: str


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """What signals may ask besides the story: the list, the pack, the facts of the story, likeness to earlier years."""

    rule: ListRule
    ranking: Ranking = Ranking()
    facts: Sequence[Fact] = ()
    themes: dict[str, float] = {}
    """Theme → how much there is of it in all stories that compete."""
    earlier: tuple[float, str] | None = None
    """Likeness to the likest story of the same weeks of an earlier year, and its title."""


def size(view: View, context: Context) -> Signal:
    """How many articles of its own a story has; filler counts less, copies not at all."""
    copies = f"，另有副本{view.copies}篇不计" if view.copies else ""
    return Signal(
        _scaled(view.mass, ENOUGH_ARTICLES), f"{len(view.members)}篇报道，除去套话相当于{view.mass:.1f}篇{copies}"
    )


def life(view: View, context: Context) -> Signal:
    """On how many days there was something to tell."""
    days = len(view.days)
    spread = f"{view.days[0]}至{view.days[-1]}间" if days > 1 else view.days[0]
    return Signal(_scaled(days, ENOUGH_DAYS, start=1), f"{spread}有{days}天报道")


def breadth(view: View, context: Context) -> Signal:
    """How many independent sources told it; one source is no breadth."""
    sources = {member.source for member in view.members if member.source}
    return Signal(_scaled(len(sources), ENOUGH_SOURCES, start=1), f"{max(1, len(sources))}个来源各自报道")


def burst(view: View, context: Context) -> Signal:
    """How much came on its fullest day."""
    by_day: Counter[str] = Counter()
    for member, mass in zip(view.members, view.masses, strict=True):
        by_day[(member.published or "")[:10]] += mass  # type: ignore[assignment]  # a Counter adds floats as well
    day = max(sorted(by_day), key=lambda d: by_day[d])
    return Signal(_scaled(by_day[day], ENOUGH_A_DAY, start=1), f"最多的一天（{day}）相当于{by_day[day]:.1f}篇")


def act(view: View, context: Context) -> Signal:
    """What kind of act it was: its worth on this list, less where few of the titles say so."""
    name, value = strongest_act(view, context.rule)
    if not name:
        return Signal(0.0, "标题中没有可辨的要事")
    return Signal(value, f"属“{name}”，{view.acts[name][1]:.0%}的报道标题如此")


def strongest_act(view: View, rule: ListRule) -> tuple[str, float]:
    """The kind of act that counts most on the list, and how much; ("", 0) where there is none."""
    best, most = "", 0.0
    for name, (value, share) in view.acts.items():
        worth = rule.worth(name, value) * min(1.0, 2 * share) ** 0.5
        if worth > most:
            best, most = name, worth
    return best, min(1.0, most)


def theme(view: View, context: Context) -> Signal:
    """How much the period brought of the theme that the story stands for, in whatever stories."""
    name, amount = theme_of(view, context.themes)
    if not name:
        return Signal(0.0, "不属于多篇报道的主题")
    return Signal(_scaled(amount, ENOUGH_OF_A_THEME), f"本期“{name}”主题的报道相当于{amount:.0f}篇")


def theme_of(view: View, themes: dict[str, float]) -> tuple[str, float]:
    """The most frequent theme that at least half of the story adds to, and how much there is of it; ("", 0) if none."""
    own = [name for name, amount in view.themes.items() if 2 * amount >= view.mass > 0]
    best = max(own, key=lambda name: (themes.get(name, 0.0), name), default="")
    return best, themes.get(best, 0.0)


def authority(view: View, context: Context) -> Signal:
    """Who did the weighty thing: an office counts only as far as the same title tells an act; a greeting is none."""
    total, names = 0.0, Counter[str]()
    for reading, mass in zip(view.readings, view.masses, strict=True):
        if reading.authority:
            worth = max((context.rule.worth(name, value) for name, value in reading.acts.items()), default=0.0)
            names[reading.authority[0]] += 1
            total += reading.authority[1] * worth * mass
    if not names:
        return Signal(0.0, "标题未提到机关")
    name, count = names.most_common(1)[0]
    return Signal(total / view.mass if view.mass else 0.0, f"{count}篇标题提到{name}")


def consequence(view: View, context: Context) -> Signal:
    """What followed: the most that a title says, less where few of the titles speak of it."""
    said = [(reading.consequence[1], reading.consequence[0]) for reading in view.readings if reading.consequence]
    if not said:
        return Signal(0.0, "标题未提到后果")
    value, name = max(said)
    share = min(1.0, 2 * len(said) / len(view.readings))
    return Signal(value * share**0.5, f"{len(said)}篇标题提到后果，最重的是：{name}")


def reaction(view: View, context: Context) -> Signal:
    """How many answers it called forth."""
    count = sum(reading.answer is not None for reading in view.readings)
    return Signal(_scaled(count, ENOUGH_ANSWERS), f"{count}篇是对它的反响与落实")


def position(view: View, context: Context) -> Signal:
    """How often it stood at the front of a programme or page; filler there counts less."""
    placed = [
        (member.position, mass)
        for member, mass in zip(view.members, view.masses, strict=True)
        if member.position is not None
    ]
    if not placed:
        return Signal(0.0, "没有版位")
    front = [mass for place, mass in placed if place <= FRONT]
    return Signal(_scaled(sum(front), ENOUGH_AT_FRONT), f"{len(placed)}篇中{len(front)}篇排在前{FRONT}位")


def document(view: View, context: Context) -> Signal:
    """The weightiest law, rule or plan that the story brought, with an act on it; more where a title names it."""
    worth = _documents(context)
    if not any(worth.values()):
        return Signal(0.0, "没有随之而来的文件")
    best = _heaviest(worth)
    return Signal(worth[best], f"带出{len(worth)}份文件，最重的是《{best}》")


def document_of(context: Context) -> str:
    """The weightiest document a story brought; "" where it brought none."""
    worth = _documents(context)
    return _heaviest(worth) if any(worth.values()) else ""


def _documents(context: Context) -> dict[str, float]:
    worth: dict[str, float] = {}
    for one in context.facts:
        if isinstance(one, Document) and one.acts:
            value = context.ranking.document_values.get(one.document_kind or "", 0.0) * _stated(one, context)
            worth[one.title] = max(worth.get(one.title, 0.0), value)
    return worth


def _heaviest(worth: dict[str, float]) -> str:
    return max(sorted(worth), key=lambda title: worth[title])


def fact(view: View, context: Context) -> Signal:
    """The weightiest case, recall, award, first, campaign or meeting that it states; more where a title does."""
    worth: dict[str, float] = {}
    for stated in context.facts:
        kind = str(type(stated).__struct_config__.tag)
        value = context.ranking.fact_values.get(kind, 0.0) * _stated(stated, context)
        worth[kind] = max(worth.get(kind, 0.0), value)
    kinds = sorted((kind for kind in worth if worth[kind]), key=lambda kind: (-worth[kind], kind))
    if not kinds:
        return Signal(0.0, "没有可计分的事实")
    names = "、".join(FACT_NAMES.get(kind, kind) for kind in kinds)
    return Signal(worth[kinds[0]], f"报道中有可核对的事实：{names}")


def _stated(fact: Fact, context: Context) -> float:
    return (
        1.0 if any(evidence.of == "title" for evidence in fact.evidence) else context.ranking.parts.get("in_text", 1.0)
    )


def routine(view: View, context: Context) -> Signal:
    """How much of it comes back every year, month or week, or fills the programme."""
    total, names = 0.0, Counter[str]()
    for reading in view.readings:
        cue = max((c for c in (reading.fixture, reading.filler) if c), key=lambda c: c[1], default=None)
        if cue:
            names[cue[0]] += 1
            total += cue[1]
    if not names:
        return Signal(0.0, "不属例行报道")
    name, count = names.most_common(1)[0]
    return Signal(
        total / len(view.readings), f"{len(view.readings)}篇中{names.total()}篇属例行，多为“{name}”（{count}篇）"
    )


def recurring(view: View, context: Context) -> Signal:
    """How like it is to what the same weeks of earlier years brought; half alike is still news."""
    if context.earlier is None:
        return Signal(0.0, "往年同期没有相似的报道")
    likeness, title = context.earlier
    return Signal(max(0.0, 2 * likeness - 1), f"与往年同期“{title[:20]}”相似度{likeness:.2f}")


SIGNALS: Final[dict[str, Callable[[View, Context], Signal]]] = {
    function.__name__: function
    for function in (
        size,
        life,
        breadth,
        burst,
        act,
        theme,
        authority,
        consequence,
        reaction,
        position,
        document,
        fact,
        routine,
        recurring,
    )
}
"""Name in a list's `weights` → function."""

OF_THE_VIEW: Final = frozenset({"size", "life", "breadth", "burst", "consequence", "reaction", "position", "routine"})
"""Signals that ask the view alone: the same on every list."""


def signal_of(name: str, view: View, context: Context) -> Signal:
    """The signal `name` of `view`; one that no list changes is worked out once."""
    if name not in OF_THE_VIEW:
        return SIGNALS[name](view, context)
    kept: Signal | None = view.signals.get(name)
    if kept is None:
        kept = view.signals[name] = SIGNALS[name](view, context)
    return kept


def _scaled(number: float, enough: float, *, start: int = 0) -> float:
    """Logarithmic: `start` is 0, `enough` is 1."""
    return max(0.0, min(1.0, log2(1 + max(0.0, number - start)) / log2(1 + enough - start)))


def change_words(name: str, value: float, enough: float) -> str:
    """How far a signal would have to move, in what it counts.

    >>> change_words("breadth", 0.0, 0.25), change_words("act", 0.5, 0.58)
    ('来源由1个增至2个', '要事的分量由0.50升至0.58')
    """
    if name not in COUNTED:
        return f"{SIGNAL_NAMES[name]}的分量由{value:.2f}{'升' if enough > value else '降'}至{enough:.2f}"
    most, start, what, unit = COUNTED[name]
    have, need = (2 ** (v * log2(1 + most - start)) - 1 + start for v in (value, enough))
    return f"{what}由{have:.0f}{unit}增至{ceil(need - 0.01)}{unit}"
