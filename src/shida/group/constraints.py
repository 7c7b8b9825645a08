"""What editors decided about stories → done, and kept from being undone."""

from __future__ import annotations

from collections.abc import Sequence
from weakref import WeakKeyDictionary

import msgspec

from shida.group.lines import Line, Lines, story_id
from shida.records import Constraint


class _Kept(msgspec.Struct):
    """What was done about the stories of one `Lines`."""

    done: set[tuple[int, Constraint]] = msgspec.field(default_factory=set)
    """Constraints, by their place, that were made true: each is carried out once, since a later one may undo it."""
    seen: set[str] = msgspec.field(default_factory=set)
    """Articles they name that were in some story."""


_kept: WeakKeyDictionary[Lines, _Kept] = WeakKeyDictionary()


def keep(constraints: Sequence[Constraint], lines: Lines) -> list[str]:
    """Make the open stories keep all `constraints`, the earlier first; ids of the stories that changed.

    What is done already changes nothing, so it may be called before and after each run. Ids that are not known (yet)
    are passed over.
    """
    changed: dict[str, None] = {}
    here = {article for one in constraints for article in one.articles if lines.of(article) is not None}
    kept = _kept.setdefault(lines, _Kept(seen=here))
    come = here - kept.seen
    kept.seen |= here
    for place, constraint in enumerate(constraints):
        later = constraints[place + 1 :]
        if constraint.kept or (place, constraint) in kept.done:
            changed.update(dict.fromkeys(_hold(constraint, come, later, lines)))
            continue
        if constraint.kind == "merge":
            there = bool(constraint.articles) or all(_named(story, lines) for story in constraint.stories)
            changed.update(dict.fromkeys(_merge(constraint, lines)))
        elif len(constraint.stories) > 1:
            there = True
            changed.update(dict.fromkeys(_part(constraint, lines)))
        elif _undone(constraint, later, lines):
            continue
        else:
            there = all(lines.of(article) for article in constraint.articles)
            changed.update(dict.fromkeys(_split(constraint, lines)))
        if there:
            # what knows its articles or its part was decided on stories that were there; it is not tried a second time
            kept.done.add((place, constraint))
    return [story for story in changed if story in lines.open]


def _hold(constraint: Constraint, come: set[str], later: Sequence[Constraint], lines: Lines) -> list[str]:
    """Keep apart what a split parted, unless it was put together since. An article of the part that was lost and has
    `come` back goes there, unless a later constraint names it.
    """
    if constraint.kind == "merge" or not constraint.stories or not constraint.articles:
        return []
    source, target = _named(constraint.stories[0], lines), _named(part_id(constraint), lines)
    if source is None or target is None or source is target:
        return []
    lines.forbid(source, target)
    back = [article for article in constraint.articles if article in come]
    leaving = _leaving(source, [one for one in back if not any(one in after.articles for after in later)])
    if not leaving or len(leaving) == len(source.members):
        return []
    lines.move(leaving, source, target, f"{_who(constraint)}从报道《{_title(source)}》分出{_why(constraint)}")
    return [source.id, target.id]


def _leaving(source: Line, articles: Sequence[str]) -> list[str]:
    """The members among the articles, with their copies."""
    return [one.article for one in source.members.values() if one.article in articles or one.copy_of in articles]


def part_id(constraint: Constraint) -> str:
    """The id of the story that a split makes: as the split says, else that of its first article, or, where the parted
    story has that, another.

    >>> part_id(Constraint(kind="split", stories=("s-0000000000000000",), articles=("a1",)))
    's-f55ff16f66f43360'
    >>> part_id(Constraint(kind="split", stories=("s-f55ff16f66f43360",), articles=("a1",)))
    's-7711338e115661d2'
    >>> part_id(Constraint(kind="split", stories=("s-0000000000000000", "s-1111111111111111"), articles=("a1",)))
    's-1111111111111111'
    """
    if len(constraint.stories) > 1:
        return constraint.stories[1]
    first = story_id(constraint.articles[0])
    return story_id(constraint.articles[0] + "/split") if first in constraint.stories else first


def _named(story: str, lines: Lines) -> Line | None:
    """The story with this id or alias. An id that was given back is an alias no longer, whatever it was before."""
    line = lines.open.get(story) or lines.named(story)
    if line is None or story == line.id or story in line.aliases:
        return line
    return next((one for one in lines.open.values() if story in one.aliases), None)


def _undone(split: Constraint, later: Sequence[Constraint], lines: Lines) -> bool:
    """Whether a later merge puts together again what the split parts: it names the part, by its id or by what is in
    it, and the story it was parted from, whatever that is called by now.
    """
    if not split.stories or not split.articles:
        return True
    parts = {part_id(split), story_id(f"{split.articles[0]}/split")}
    source = _named(split.stories[0], lines)
    for merge in later:
        if merge.kind == "merge" and (not parts.isdisjoint(merge.stories) or split.articles[0] in merge.articles):
            others = [story for story in merge.stories if story not in parts]
            if split.stories[0] in others or any(source is _named(story, lines) for story in others):
                return True
    return False


def _merge(constraint: Constraint, lines: Lines) -> list[str]:
    """Make one of the stories that are known."""
    found: list[Line] = []
    for story in constraint.stories:
        line = _named(story, lines)
        if line is not None and line not in found:
            found.append(line)
    if len(found) < 2:
        return []
    _reunite(found)
    line = found[0]
    for other in found[1:]:
        line = lines.absorb(line, other, f"{_who(constraint)}将所在报道并入本报道{_why(constraint)}")
    return [line.id]


def _reunite(found: list[Line]) -> None:
    """A story whose founding article is in another of these is as old as that article: it gets its own back."""
    orders = {story_id(article): digest.order for line in found for article, digest in line.cluster.digests.items()}
    for line in found:
        line.cluster.founder = min(line.cluster.founder, orders.get(line.id, line.cluster.founder))
    # of equals the first one stays
    found.sort(key=lambda line: line.id not in orders)


def _split(constraint: Constraint, lines: Lines) -> list[str]:
    """Part the articles, with their copies, from the story, and forbid that the two meet again."""
    name = part_id(constraint)
    source, target = _named(constraint.stories[0], lines), _named(name, lines)
    if source is None:
        return []
    if target is source:
        # The machine had them as two, and merged them before the editor spoke: the part needs an id of its own.
        name = story_id(constraint.articles[0] + "/split")
        target = _named(name, lines)
    leaving = _leaving(source, constraint.articles)
    changed: list[str] = []
    if leaving and len(leaving) < len(source.members):
        if target is None or target is source:
            target = lines.found(("~", name), name)
        lines.move(leaving, source, target, f"{_who(constraint)}从报道《{_title(source)}》分出{_why(constraint)}")
        changed = [source.id, target.id]
    if target is not None and target is not source:
        lines.forbid(source, target)
    return changed


def _part(constraint: Constraint, lines: Lines) -> list[str]:
    """The same where the split says what the part is called: it has that id, and the aliases that are named with it."""
    other, name, *aliases = constraint.stories
    source, holder = _named(other, lines), _named(name, lines)
    if source is None:
        return []
    leaving = _leaving(source, constraint.articles)
    if constraint.back and (source.id == name or (holder is source and _is_older(name, other, source))):
        return []
    if source.id == name:
        # It was merged with the other before this split, and turned out the older one: what stays leaves it.
        name, holder, aliases = other, source, []
        leaving = [article for article in source.members if article not in leaving]
    target, changed = lines.open.get(name), []
    if leaving and len(leaving) < len(source.members):
        if target is None:
            target = lines.found(("~", name), name)
            for line in (source, holder or source):
                target.aliases += tuple(alias for alias in line.aliases if alias in aliases)
                line.aliases = tuple(alias for alias in line.aliases if alias not in (name, *aliases))
        lines.move(leaving, source, target, f"{_who(constraint)}从报道《{_title(source)}》分出{_why(constraint)}")
        changed = [source.id, target.id, *((holder.id,) if holder else ())]
    if target is not None:
        lines.forbid(source, target)
    return changed


def _is_older(story: str, other: str, line: Line) -> bool:
    """Of two that were merged and whose story was merged into a further one: whether the first had left its id."""
    orders = {story_id(article): digest.order for article, digest in line.cluster.digests.items()}
    return other != line.id and orders.get(story, ("~", story)) < orders.get(other, ("~", other))


def _title(line: Line) -> str:
    if line.told is not None:
        return line.told.title
    return next(iter(line.members.values())).title


def _who(constraint: Constraint) -> str:
    return f"编辑{constraint.by}" + (f"于 {constraint.on} " if constraint.on else "")


def _why(constraint: Constraint) -> str:
    return f"：{constraint.why}" if constraint.why else ""
