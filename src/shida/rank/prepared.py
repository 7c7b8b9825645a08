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
    """Article → the facts of kinds that weigh which it states."""
    titles: TitleTable
    earlier: EarlierYears


class Known(msgspec.Struct, kw_only=True, eq=False):
    """What was known of a period on a day: the views of the stories, shared by the lists of all fields."""

    prepared: Prepared
    period: Period
    as_of: str
    views: tuple[View, ...]


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
        facts=_by_article(facts, ready, pack),
        titles=titles,
        earlier=EarlierYears(titles),
    )


def weighing_kinds(pack: Pack) -> tuple[str, ...]:
    """The kinds of fact that any list of the pack may count, in order; others need not be fetched."""
    return tuple(sorted({"document", *(kind for kind, value in pack.ranking.fact_values.items() if value)}))


def known_in(prepared: Prepared, period: Period, as_of: str) -> Known:
    """The part of every story that falls in `period` and was known on the day `as_of` (that day included)."""
    views = tuple(view for one in prepared.told if (view := view_of(one, prepared.reader, period, as_of)))
    return Known(prepared=prepared, period=period, as_of=as_of, views=views)


def facts_of(view: View, known: Known) -> tuple[Fact, ...]:
    """The facts that known articles of the view state, without acts of a later day."""
    facts = known.prepared.facts
    stated = [fact for member in view.members for fact in facts.get(member.article, ())]
    return tuple(_known(fact, known.as_of[:10]) for fact in stated if (fact.reported or "")[:10] <= known.as_of[:10])


def _known(fact: Fact, as_of: str) -> Fact:
    """A fact that was merged over many articles may hold acts of later days; these are left out."""
    if isinstance(fact, Document):
        acts = tuple(act for act in fact.acts if not act.date or act.date <= as_of[: len(act.date)])
        return fact if acts == fact.acts else msgspec.structs.replace(fact, acts=acts)
    return fact


def _by_article(facts: Sequence[Fact], ready: Sequence[Told], pack: Pack) -> dict[str, tuple[Fact, ...]]:
    """Each article's facts of kinds that weigh, with the evidence of that article alone."""
    weighing = set(weighing_kinds(pack))
    own = {member.article for one in ready for member in one.own}
    found: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.__struct_config__.tag not in weighing:
            continue
        for article in {evidence.article: None for evidence in fact.evidence}:
            if article in own:
                stated = tuple(evidence for evidence in fact.evidence if evidence.article == article)
                same = len(stated) == len(fact.evidence)
                found[article].append(fact if same else msgspec.structs.replace(fact, evidence=stated))
    return {article: tuple(stated) for article, stated in found.items()}
