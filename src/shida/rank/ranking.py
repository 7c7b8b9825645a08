"""Stories → Ranking: what the machine proposes for a period and field, with reasons."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from shida.errors import SettingsError
from shida.pack import Pack
from shida.pack.ranking import ListRule
from shida.rank.choosing import Choice, Runner, choose
from shida.rank.cues import reader_of
from shida.rank.editions import edition_of
from shida.rank.likeness import EarlierYears, vectors
from shida.rank.signals import SIGNALS, Context, Signal, strongest_act, theme_of
from shida.rank.views import View, view_of
from shida.records import Document, Entry, Fact, Period, Ranking, Reason, Story

STAGE_VERSION: Final = "1"
SECTIONS: Final = ("ranking", "fields", "names")

SHORT_LIST: Final = 300
"""Stories that are compared with each other and with earlier years; the rest is too far behind to matter."""
WORTH_SAYING: Final = 0.1
"""Score taken off for likeness from which on it is among the reasons."""
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
    Raises SettingsError where the pack has no such field or list.

    >>> from shida.pack import load_packs
    >>> from shida.records import Member
    >>> from shida.text.periods import parse_period
    >>> story = Story(id="s-1", title="某大桥建成通车", members=(
    ...     Member(article="a-1", title="某大桥建成通车", published="2024-03-01"),))
    >>> ranking = rank([story], [], load_packs(("quality", "general")), parse_period("2024"), as_of="2024-12-31")
    >>> [(entry.rank, entry.title) for entry in ranking.entries]
    [(1, '某大桥建成通车')]
    """
    rule = list_rule(pack, field, list_name)
    field = field or rule.field
    reader = reader_of(pack)
    views = [view for story in stories if (view := view_of(story, reader, period, as_of, field))]
    if field is not None:
        views = [view for view in views if field in view.fields]
    stated = _by_story(facts, views, as_of, pack)
    themes = _all_themes(views)
    scored = sorted((_score(view, stated.get(view.story, ()), themes, rule, pack, None) for view in views), key=_order)
    short = _short_list(scored, themes, rule, limit)
    earlier = None
    if rule.weights.get("recurring"):
        earlier = EarlierYears(stories, period.first, as_of, [view for _, view, _ in short])
    scored = sorted(
        (
            _score(view, stated.get(view.story, ()), themes, rule, pack, earlier.likest(view) if earlier else None)
            for _, view, _ in short
        ),
        key=_order,
    )
    titles = [[member.title for member in view.members] for _, view, _ in scored]
    runners = [
        Runner(
            score=score,
            kind=strongest_act(view, rule)[0],
            edition=edition_of(own),
            theme=theme_of(view, themes)[0],
            by_theme=rule.weights.get("theme", 0.0) * next((s.value for n, _, s in signals if n == "theme"), 0.0),
            likeness=vector,
        )
        for (score, view, signals), own, vector in zip(scored, titles, vectors(titles), strict=True)
    ]
    taken, outside = choose(runners, rule, limit)
    entries = [_entry(place, choice, scored, rule) for place, choice in enumerate(taken, 1)]
    return Ranking(
        period=period,
        field=field,
        list=rule.name,
        as_of=as_of,
        entries=tuple(entries),
        considered=len(views),
        formula=formula(rule),
        next=_first_outside(outside, taken, scored, rule) if outside else None,
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


def formula(rule: ListRule) -> str:
    """The formula of a list, readable.

    >>> formula(ListRule(name="甲", weights={"size": 1.0, "routine": -1.5}, floor=0.5))
    'score = 1 × size − 1.5 × routine; floor 0.5'
    """
    parts = [
        f"{'−' if weight < 0 else '+'} {abs(weight):g} × {name}" for name, weight in rule.weights.items() if weight
    ]
    return f"score = {' '.join(parts).removeprefix('+ ')}; floor {rule.floor:g}"


_Scored = tuple[float, View, list[tuple[str, float, Signal]]]


def _score(
    view: View,
    facts: Sequence[Fact],
    themes: dict[str, float],
    rule: ListRule,
    pack: Pack,
    earlier: tuple[float, str] | None,
) -> _Scored:
    context = Context(rule=rule, ranking=pack.ranking, facts=facts, themes=themes, earlier=earlier)
    signals = [(name, weight, SIGNALS[name](view, context)) for name, weight in rule.weights.items()]
    return round(sum(weight * signal.value for _, weight, signal in signals), 6), view, signals


def _short_list(scored: Sequence[_Scored], themes: dict[str, float], rule: ListRule, limit: int) -> list[_Scored]:
    """The best, but no more than so many of one theme: a long war must not keep the rest of the world out."""
    most = max(SHORT_LIST, 3 * limit)
    held: Counter[str] = Counter()
    short: list[_Scored] = []
    for entry in scored:
        if len(short) == most:
            break
        view = entry[1]
        name = theme_of(view, themes)[0] or strongest_act(view, rule)[0]
        held[name] += 1
        if not name or not rule.repetition or held[name] <= OF_ONE_THEME + limit // 10:
            short.append(entry)
    return short


def _all_themes(views: Sequence[View]) -> dict[str, float]:
    """How much all stories together add to each theme."""
    themes: dict[str, float] = {}
    for view in views:
        for name, amount in view.themes.items():
            themes[name] = themes.get(name, 0.0) + amount
    return themes


def _order(scored: _Scored) -> tuple[float, str, str]:
    score, view, _ = scored
    return -score, view.days[0], view.story


def _by_story(facts: Sequence[Fact], views: Sequence[View], as_of: str, pack: Pack) -> dict[str, list[Fact]]:
    """Facts of kinds that weigh, by the story whose known articles state them, with no other evidence.

    A fact that was merged over many articles may hold acts of later days; these are left out.
    """
    weighing = {"document", *pack.ranking.fact_values}
    story_of = {member.article: view.story for view in views for member in view.members}
    found: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.__struct_config__.tag not in weighing or (fact.reported or "")[:10] > as_of[:10]:
            continue
        if isinstance(fact, Document):
            fact = replace(fact, acts=tuple(a for a in fact.acts if not a.date or a.date <= as_of[: len(a.date)]))
        known = [evidence for evidence in fact.evidence if evidence.article in story_of]
        for story in sorted({story_of[evidence.article or ""] for evidence in known}):
            own = tuple(evidence for evidence in known if story_of[evidence.article or ""] == story)
            found[story].append(replace(fact, evidence=own))
    return found


def _first_outside(outside: Choice, taken: Sequence[Choice], scored: Sequence[_Scored], rule: ListRule) -> Entry:
    """The first that stayed outside, with what it lacked against the last that came in."""
    entry = _entry(len(taken) + 1, outside, scored, rule)
    if not taken:
        return entry
    last = min(taken, key=lambda choice: choice.score)
    gap = last.score - outside.score
    if gap <= 0:
        sentence = f"分数不低于末位，但前{len(taken)}位里这一类已满"
    else:
        mine, theirs = scored[outside.index][2], scored[last.index][2]
        lacks = [
            (w * (b.value - a.value), name, w, a.value) for (name, w, a), (_, _, b) in zip(mine, theirs, strict=True)
        ]
        _, name, weight, value = max(lacks, key=lambda lack: (lack[0], lack[1]))
        enough = value + gap / weight if weight else value
        sentence = f"比末位入选者少{gap:.2f}分，差得最多的是{name}（{value:.2f}）"
        if 0 <= enough <= 1:
            sentence += f"；{name}到{enough:.2f}即可入选"
    reason = Reason(signal="lacked", value=round(max(0.0, gap), 4), weight=0.0, sentence=sentence)
    return replace(entry, reasons=(*entry.reasons, reason))


def _entry(place: int, choice: Choice, scored: Sequence[_Scored], rule: ListRule) -> Entry:
    _, view, signals = scored[choice.index]
    reasons = [
        Reason(signal=name, value=round(signal.value, 4), weight=weight, sentence=signal.sentence)
        for name, weight, signal in signals
        if signal.value
    ]
    reasons.sort(key=lambda reason: -abs(reason.value * reason.weight))
    if choice.lost >= WORTH_SAYING and choice.like is not None:
        sentence = f"与已入选的“{scored[choice.like][1].title[:20]}”相近，减分"
        reasons.append(Reason(signal="likeness", value=round(choice.lost, 4), weight=-1.0, sentence=sentence))
    if choice.folded:
        titles = "；".join(scored[index][1].title[:20] for index in choice.folded[:3])
        sentence = f"同一主题的另{len(choice.folded)}件并入此条：{titles}"
        reasons.append(Reason(signal="folded", value=float(len(choice.folded)), weight=0.0, sentence=sentence))
    return Entry(
        rank=place,
        story=view.story,
        title=view.title,
        score=round(choice.score, 4),
        articles=tuple(member.article for member in view.members),
        reasons=tuple(reasons),
    )
