"""Stories → Ranking: what the machine proposes for a period and field, with reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from shida.errors import SettingsError
from shida.pack import Pack
from shida.pack.ranking import ListRule
from shida.rank.choosing import Runner, choose
from shida.rank.prepared import Known, facts_of, known_in, prepare
from shida.rank.reasons import Scored, entry_of, first_outside, formula
from shida.rank.signals import SIGNALS, Context, Signal, document_of, signal_of, strongest_act, theme_of
from shida.rank.threads import with_threads
from shida.rank.titles import Likeness
from shida.rank.views import View, telling
from shida.records import Fact, Period, Ranking, Story

STAGE_VERSION: Final = "1"
SECTIONS: Final = ("ranking", "fields", "names")

SHORT_LIST: Final = 300
"""Stories that are compared with each other and with earlier years; the rest is too far behind to matter."""
MOST_TITLES: Final = 40
"""Titles of a story that are compared; spread over its length."""
OF_ONE_THEME: Final = 20
"""Of these, how many may be of one theme (or of one kind of act)."""


def rank(
    stories: Sequence[Story],
    facts: Sequence[Fact],
    pack: Pack,
    period: Period,
    *,
    as_of: str,
    field: str | None = None,
    list_name: str | None = None,
    limit: int = 10,
) -> Ranking:
    """The `limit` stories that mattered most in `period`, as known on the day `as_of` (that day included).

    `field` keeps to the stories of one field; `list_name` picks a formula of the pack (the field's own where left out).
    Raises SettingsError where the pack has no such field or list. For many lists: `prepare`, `known_in`, `rank_known`.

    >>> from shida.pack import load_packs
    >>> from shida.records import Member
    >>> from shida.text.periods import parse_period
    >>> story = Story(id="s-1", title="某大桥建成通车", members=(
    ...     Member(article="a-1", title="某大桥建成通车", published="2024-03-01"),))
    >>> ranking = rank([story], [], load_packs(("quality", "general")), parse_period("2024"), as_of="2024-12-31")
    >>> [(entry.rank, entry.title) for entry in ranking.entries]
    [(1, '某大桥建成通车')]
    """
    list_rule(pack, field, list_name)
    known = known_in(prepare(stories, facts, pack), period, as_of)
    return rank_known(known, field=field, list_name=list_name, limit=limit)


def rank_known(known: Known, *, field: str | None = None, list_name: str | None = None, limit: int = 10) -> Ranking:
    """One list of what was known of a period; see `rank`."""
    rule = list_rule(known.prepared.pack, field, list_name)
    field = field or rule.field

    def weight(view: View) -> float:
        """A thread stands under a story that weighs and has a title that tells it, not under an answer to it."""
        news = sum(reading.answer is None for reading in view.readings) / len(view.readings)
        return _score(view, known, {}, rule).score * telling(view, field) * news

    views = with_threads(known.views, field, rule, known.prepared.reader, weight)
    themes = _all_themes(views)
    scored = sorted((_score(view, known, themes, rule) for view in views), key=_order)
    short = _short_list(scored, themes, rule, limit)
    if "recurring" in rule.weights:
        short = sorted((_with_earlier(one, known, themes, rule) for one in short), key=_order)
    runners = [_runner(one, known, themes, rule) for one in short]
    likeness = Likeness(known.prepared.titles, [one.view.sample(MOST_TITLES) for one in short])
    taken, outside = choose(runners, likeness.to_all, rule, limit)
    return Ranking(
        period=known.period,
        field=field,
        list=rule.name,
        as_of=known.as_of,
        entries=tuple(entry_of(place, choice, short, rule, field) for place, choice in enumerate(taken, 1)),
        considered=sum(field is None or field in view.fields for view in known.views),
        formula=formula(rule),
        next=first_outside(outside, taken, short, rule, field) if outside else None,
    )


def _runner(one: Scored, known: Known, themes: dict[str, float], rule: ListRule) -> Runner:
    return Runner(
        score=one.score,
        kind=strongest_act(one.view, rule)[0],
        edition=one.view.edition,
        document=document_of(_context(one.view, known, themes, rule)),
        theme=theme_of(one.view, themes)[0],
        by_theme=rule.weights.get("theme", 0.0) * one.signals["theme"].value if "theme" in one.signals else 0.0,
    )


def list_rule(pack: Pack, field: str | None, list_name: str | None) -> ListRule:
    """The formula called `list_name`, or that of `field`, or that of all fields together."""
    rules = pack.ranking.ranked_lists
    known_fields = {rule.name for rule in pack.fields.fields}
    if field is not None and field not in known_fields:
        raise SettingsError(f"field {field!r}: the packs know {'、'.join(sorted(known_fields))}. Give one of them.")
    for rule in rules:
        if (rule.name == list_name) if list_name is not None else (rule.field == field):
            return rule
    names = "、".join(rule.name for rule in rules)
    raise SettingsError(f"list {list_name or field!r}: the packs have {names}. Give one of them.")


def _score(view: View, known: Known, themes: dict[str, float], rule: ListRule) -> Scored:
    """The score without what earlier years say, which is asked only for those that are near."""
    context = _context(view, known, themes, rule)
    signals = {name: signal_of(name, view, context) for name in rule.weights if name != "recurring"}
    return Scored(score=_sum(signals, rule), view=view, signals=signals)


def _context(view: View, known: Known, themes: dict[str, float], rule: ListRule) -> Context:
    return Context(rule=rule, ranking=known.prepared.pack.ranking, facts=facts_of(view, known), themes=themes)


def _with_earlier(one: Scored, known: Known, themes: dict[str, float], rule: ListRule) -> Scored:
    context = Context(rule=rule, earlier=known.prepared.earlier.likest(one.view))
    signals = {**one.signals, "recurring": SIGNALS["recurring"](one.view, context)}
    return Scored(score=_sum(signals, rule), view=one.view, signals=signals)


def _sum(signals: dict[str, Signal], rule: ListRule) -> float:
    return round(sum(rule.weights[name] * signal.value for name, signal in signals.items()), 6)


def _short_list(scored: Sequence[Scored], themes: dict[str, float], rule: ListRule, limit: int) -> list[Scored]:
    """The best, but no more than so many of one theme: a long war must not keep the rest of the world out."""
    most = max(SHORT_LIST, 3 * limit)
    held: Counter[str] = Counter()
    short: list[Scored] = []
    for one in scored:
        if len(short) == most:
            break
        name = theme_of(one.view, themes)[0] or strongest_act(one.view, rule)[0]
        held[name] += 1
        if not name or not rule.repetition or held[name] <= OF_ONE_THEME + limit // 10:
            short.append(one)
    return short


def _all_themes(views: Sequence[View]) -> dict[str, float]:
    """How much all stories together add to each theme."""
    themes: dict[str, float] = {}
    for view in views:
        for name, amount in view.themes.items():
            themes[name] = themes.get(name, 0.0) + amount
    return themes


def _order(one: Scored) -> tuple[float, str, str]:
    return -one.score, one.view.days[0], one.view.story
