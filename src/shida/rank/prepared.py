"""Stories and facts → Prepared: what no period changes, made once for any number of lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import msgspec

from shida.pack import Pack
from shida.rank.cues import Reader, reader_of
from shida.rank.earlier import EarlierYears
from shida.rank.titles import TitleTable
from shida.rank.views import Told, View, told, view_of
from shida.records import Document, Fact, Period, Story


class Prepared(msgspec.Struct, kw_only=True, eq=False):
    """A newsroom made ready to be ranked for any period; it holds no answer and no day."""

    pack: Pack
    reader: Reader
    told: tuple[Told, ...]
    """The stories with a dated article of their own, by id."""
    facts: dict[str, tuple[Fact, ...]]
    """Story → facts of kinds that weigh, which one of its own articles states."""
    titles: TitleTable
    earlier: EarlierYears


class Known(msgspec.Struct, kw_only=True, eq=False):
    """What was known of a period on a day: the views of the stories, shared by the lists of all fields."""

    prepared: Prepared
    period: Period
    as_of: str
    views: tuple[View, ...]
    facts: dict[str, tuple[Fact, ...]] = {}
    """Story → what its known articles state, once it was asked for."""


def prepare(stories: Sequence[Story], facts: Sequence[Fact], pack: Pack) -> Prepared:
    """Make `stories` and `facts` ready for `known_in`; facts need not be merged.

    >>> from shida.pack import load_packs
    >>> from shida.records import Member
    >>> opened = Member(article="a", title="某桥通车", published="2024-03-01")
    >>> story = Story(id="s-1", title="某桥通车", members=(opened,))
    >>> [one.days for one in prepare([story], [], load_packs(("quality", "general"))).told]
    [['2024-03-01']]
    """
    ready = tuple(one for story in sorted(stories, key=lambda story: story.id) if (one := told(story)))
    titles = TitleTable([member for one in ready for member in one.own])
    return Prepared(
        pack=pack,
        reader=reader_of(pack),
        told=ready,
        facts=_by_story(facts, ready, pack),
        titles=titles,
        earlier=EarlierYears(titles),
    )


def weighing_kinds(pack: Pack) -> tuple[str, ...]:
    """The kinds of fact that any list of the pack may count, in order; others need not be fetched."""
    return tuple(sorted({"document", *(kind for kind, value in pack.ranking.fact_values.items() if value)}))


def known_in(prepared: Prepared, period: Period, as_of: str) -> Known:
    """The part of every story that falls in `period` and was known on the day `as_of` (that day included)."""
    views = tuple(view for one in prepared.told if (view := view_of(one, prepared.reader, period, as_of)))
    return Known(prepared=prepared, period=period, as_of=as_of, views=views, facts={})


def facts_of(view: View, known: Known) -> tuple[Fact, ...]:
    """The facts that known articles of the view state, with no other evidence and no later act.

    A fact that was merged over many articles may hold acts of later days; these are left out.
    """
    stated = known.prepared.facts.get(view.story)
    if stated is None:
        return ()
    if view.story not in known.facts:
        known.facts[view.story] = _cut(stated, {member.article for member in view.members}, known.as_of[:10])
    return known.facts[view.story]


def _cut(facts: Sequence[Fact], articles: set[str], as_of: str) -> tuple[Fact, ...]:
    kept = []
    for fact in facts:
        if (fact.reported or "")[:10] > as_of:
            continue
        evidence = tuple(one for one in fact.evidence if one.article in articles)
        if not evidence:
            continue
        if isinstance(fact, Document):
            acts = tuple(act for act in fact.acts if not act.date or act.date <= as_of[: len(act.date)])
            fact = msgspec.structs.replace(fact, acts=acts)
        kept.append(msgspec.structs.replace(fact, evidence=evidence))
    return tuple(kept)


def _by_story(facts: Sequence[Fact], ready: Sequence[Told], pack: Pack) -> dict[str, tuple[Fact, ...]]:
    weighing = set(weighing_kinds(pack))
    story_of = {member.article: one.story.id for one in ready for member in one.own}
    found: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.__struct_config__.tag in weighing:
            places = {story_of[one.article] for one in fact.evidence if one.article in story_of}
            for story in places if len(places) < 2 else sorted(places):
                found[story].append(fact)
    return {story: tuple(own) for story, own in found.items()}
