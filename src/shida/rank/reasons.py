"""Why in, and why not: the reasons of an entry, and what the first outside lacked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from shida.pack.ranking import ListRule
from shida.rank.choosing import Choice
from shida.rank.signals import COUNTED, SIGNAL_NAMES, Signal, change_words, strongest_act
from shida.rank.views import View, title_of
from shida.records import Entry, Reason

WORTH_SAYING: Final = 0.1
"""Score taken off for likeness from which on it is among the reasons."""
MOST_WAYS: Final = 3
"""Changes that are named where the first outside is explained."""


class Scored(msgspec.Struct, frozen=True, kw_only=True):
    """A story in the race with all that made its score."""

    score: float
    view: View
    signals: dict[str, Signal]


def formula(rule: ListRule) -> str:
    """The formula of a list, readable.

    >>> formula(ListRule(name="甲", weights={"size": 1.0, "routine": -1.5}, floor=0.5))
    'score = 1 × size − 1.5 × routine; floor 0.5'
    """
    parts = [
        f"{'−' if weight < 0 else '+'} {abs(weight):g} × {name}" for name, weight in rule.weights.items() if weight
    ]
    return f"score = {' '.join(parts).removeprefix('+ ')}; floor {rule.floor:g}"


def entry_of(place: int, choice: Choice, short: Sequence[Scored], rule: ListRule, field: str | None) -> Entry:
    """The entry of a choice: its signals, the heaviest first, what likeness took off, and what was folded into it."""
    chosen = short[choice.index]
    reasons = [
        Reason(signal=name, value=round(signal.value, 4), weight=rule.weights[name], sentence=signal.sentence)
        for name, signal in chosen.signals.items()
        if signal.value
    ]
    reasons.sort(key=lambda reason: -abs(reason.value * reason.weight))
    if choice.lost >= WORTH_SAYING and choice.like is not None:
        sentence = f"与已入选的“{title_of(short[choice.like].view, field)[:20]}”相近，减分"
        reasons.append(Reason(signal="likeness", value=round(choice.lost, 4), weight=-1.0, sentence=sentence))
    if chosen.view.thread:
        parts = sorted(chosen.view.stories, key=lambda view: (-view.mass, view.story))
        titles = "；".join(title_of(view, field)[:20] for view in parts[:3])
        sentence = f"“{chosen.view.thread}”的{len(parts)}件事合为一条：{titles}"
        reasons.append(Reason(signal="thread", value=float(len(parts)), weight=0.0, sentence=sentence))
    if choice.folded:
        titles = "；".join(title_of(short[index].view, field)[:20] for index in choice.folded[:3])
        sentence = f"同一主题的另{len(choice.folded)}件并入此条：{titles}"
        reasons.append(Reason(signal="folded", value=float(len(choice.folded)), weight=0.0, sentence=sentence))
    return Entry(
        rank=place,
        story=chosen.view.story,
        title=title_of(chosen.view, field),
        score=round(choice.score, 4),
        articles=tuple(member.article for member in chosen.view.members),
        reasons=tuple(reasons),
    )


def first_outside(
    outside: Choice, taken: Sequence[Choice], short: Sequence[Scored], rule: ListRule, field: str | None
) -> Entry:
    """The first that stayed outside: what it lacked against the last that came in, and what would have to change."""
    entry = entry_of(len(taken) + 1, outside, short, rule, field)
    if not taken:
        return entry
    last = min(taken, key=lambda choice: choice.score)
    gap = last.score - outside.score
    if gap <= 0:
        kind = strongest_act(short[outside.index].view, rule)[0]
        added = [
            Reason(signal="lacked", value=0.0, weight=0.0, sentence=f"分数够，但前{len(taken)}位里“{kind}”一类已满")
        ]
    else:
        added = [_lacked(gap, outside, last, short, rule, field), *_changes(gap, outside, short, rule, field)]
    return msgspec.structs.replace(entry, reasons=(*entry.reasons, *added))


def _lacked(
    gap: float, outside: Choice, last: Choice, short: Sequence[Scored], rule: ListRule, field: str | None
) -> Reason:
    mine, theirs = short[outside.index].signals, short[last.index].signals
    lacks = {name: rule.weights[name] * (theirs[name].value - mine[name].value) for name in mine}
    name = max(lacks, key=lambda name: (lacks[name], name))
    sentence = f"比末位入选的“{title_of(short[last.index].view, field)[:20]}”少{gap:.2f}分"
    if lacks[name] > 0:
        sentence += f"，差得最多的是{SIGNAL_NAMES[name]}：本条{mine[name].value:.2f}，末位{theirs[name].value:.2f}"
    return Reason(signal="lacked", value=round(gap, 4), weight=0.0, sentence=sentence)


def _changes(
    gap: float, outside: Choice, short: Sequence[Scored], rule: ListRule, field: str | None
) -> Iterator[Reason]:
    """Each thing that alone would have been enough, the smallest change first."""
    signals = short[outside.index].signals
    kept = 1.0 - outside.lost / short[outside.index].score if short[outside.index].score > 0 else 1.0
    ways = []
    for name, signal in signals.items():
        weight = rule.weights[name] * max(kept, 0.1)
        enough = signal.value + gap / weight if weight else 2.0
        if 0 <= enough <= 1 and name != "recurring":
            # what can be counted is said first: "two sources" tells more than a number between 0 and 1
            ways.append((name not in COUNTED, abs(enough - signal.value), change_words(name, signal.value, enough)))
    said = [words for _, _, words in sorted(ways)[:MOST_WAYS]]
    if outside.lost >= gap and outside.like is not None:
        said.append(f"不与“{title_of(short[outside.like].view, field)[:20]}”相近")
    sentence = f"做到任何一项即可入选：{'；'.join(said)}" if said else "没有哪一项单独变化就够入选"
    yield Reason(signal="change", value=round(gap, 4), weight=0.0, sentence=sentence)
