"""Rulings → the constraints in force, and which of them contradict each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import permutations

import msgspec

from shida.group.lines import story_id
from shida.records import Constraint, Ruling, StoryThen


def withdrawn(rulings: Iterable[Ruling]) -> dict[int, int]:
    """Number of a ruling that was taken back → number of the withdrawal."""
    return {one.withdraws: one.number for one in rulings if one.withdraws is not None}


def in_force(rulings: Sequence[Ruling], kept: Sequence[int] = (), *, carried_out: int = 0) -> tuple[Constraint, ...]:
    """What grouping is to keep of all rulings, in the order they were made.

    `kept`: the last ruling of each run so far. One that was withdrawn before any run kept it leaves nothing; one that a
    run carried out is undone by its opposite, in the place of the withdrawal. `carried_out`: up to this number they are
    carried out already.

    >>> stories = tuple(StoryThen(id=name, title="", articles=(f"a{name}",)) for name in ("s-1", "s-2"))
    >>> merge = Ruling(number=1, kind="merge", at="2026-01-05", by="林", stories=stories)
    >>> undo = Ruling(number=2, kind="withdraw", at="2026-01-07", by="周", withdraws=1)
    >>> [one.kind for one in in_force([merge])], in_force([merge, undo])
    (['merge'], ())
    >>> [(one.kind, one.stories, one.articles) for one in in_force([merge, undo], kept=[1])]
    [('split', ('s-1', 's-2'), ('as-2',)), ('split', ('s-2', 's-1'), ('as-1',))]
    """
    gone, by_number = withdrawn(rulings), {one.number: one for one in rulings}
    found: list[Constraint] = []
    for ruling in rulings:
        target = by_number.get(ruling.withdraws or 0)
        if target is not None:
            if any(target.number <= number < ruling.number for number in kept):
                found += _marked(_opposite(target, ruling), ruling.number <= carried_out)
        elif ruling.kind != "withdraw" and ruling.number not in gone:
            found += _marked([_constraint(ruling)], ruling.number <= carried_out)
    return tuple(found)


def _marked(constraints: Iterable[Constraint], kept: bool) -> list[Constraint]:
    return [msgspec.structs.replace(one, kept=kept) for one in constraints]


def _constraint(ruling: Ruling) -> Constraint:
    ids = tuple(story.id for story in ruling.stories)
    made = Constraint(kind="merge", stories=ids, by=ruling.by, on=ruling.at[:10], why=ruling.why)
    if ruling.kind == "merge":
        articles = tuple(article for story in ruling.stories for article in story.articles)
        return msgspec.structs.replace(made, articles=articles)
    if ruling.part:
        old = [name for story in ruling.stories for name in given_back(story, ruling.articles) if name != ruling.part]
        ids = (*ids, ruling.part, *old)
    return msgspec.structs.replace(made, kind="split", stories=ids, articles=ruling.articles)


def given_back(source: StoryThen, articles: Sequence[str]) -> list[str]:
    """Ids that were merged into a story and whose founding articles are among these.

    >>> source = StoryThen(id="s-1", title="", aliases=("s-f55ff16f66f43360",), articles=("a0", "a1"))
    >>> given_back(source, ["a1"]), given_back(source, ["a0"])
    (['s-f55ff16f66f43360'], [])
    """
    founded = [story_id(article) for article in articles]
    return [name for name in founded if name in source.aliases]


def _opposite(target: Ruling, ruling: Ruling) -> list[Constraint]:
    """What undoes `target`, in the name of the one who withdraws it."""
    what = "合并" if target.kind == "merge" else "拆分"
    why = f"撤回 {target.at[:10]} 的{what}" + (f"，{ruling.why}" if ruling.why else "")
    made = Constraint(kind="split", stories=(), by=ruling.by, on=ruling.at[:10], why=why)
    replace = msgspec.structs.replace
    if target.kind == "split":
        parted = (*(story.id for story in target.stories), *((target.part,) if target.part else ()))
        return [replace(made, kind="merge", stories=parted, articles=target.articles)]
    # Which of them stayed is not known here, so each is told to leave each other: the one it is in gives it back.
    return [
        replace(made, stories=(other.id, one.id, *one.aliases), articles=one.articles, back=True)
        for other, one in permutations(target.stories, 2)
        if one.articles
    ]


def overruled(ruling: Ruling, earlier: Iterable[Ruling]) -> list[Ruling]:
    """Those of the `earlier` rulings that a merge or split says the opposite of: the later one counts."""
    if ruling.kind == "merge":
        return [one for one in earlier if one.kind == "split" and _parts(one, ruling)]
    return [one for one in earlier if one.kind == "merge" and ruling.kind == "split" and _parts(ruling, one)]


def _parts(split: Ruling, merge: Ruling) -> bool:
    """Whether what a split tells apart is in two of the stories of a merge."""
    leaving = set(split.articles)
    staying = {article for story in split.stories for article in story.articles} - leaving
    sides = [
        (not leaving.isdisjoint(story.articles), not staying.isdisjoint(story.articles)) for story in merge.stories
    ]
    return any(one[0] and other[1] for one, other in permutations(sides, 2))
