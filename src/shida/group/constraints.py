"""What editors decided about stories → done, and kept from being undone."""

from __future__ import annotations

from collections.abc import Sequence

from shida.group.lines import Line, Lines, story_id
from shida.records import Constraint


def keep(constraints: Sequence[Constraint], lines: Lines) -> list[str]:
    """Make the open stories keep all `constraints`, the earlier first; ids of the stories that changed.

    What is done already changes nothing, so it may be called before and after each run. Ids that are not known (yet)
    are passed over.
    """
    changed: dict[str, None] = {}
    for place, constraint in enumerate(constraints):
        if constraint.kind == "merge":
            changed.update(dict.fromkeys(_merge(constraint, lines)))
        elif not _undone(constraint, constraints[place + 1 :]):
            changed.update(dict.fromkeys(_split(constraint, lines)))
    return [story for story in changed if story in lines.open]


def part_id(constraint: Constraint) -> str:
    """The id of the story that a split makes: that of its first article, or, where the parted story has it, another.

    >>> part_id(Constraint(kind="split", stories=("s-0000000000000000",), articles=("a1",)))
    's-f55ff16f66f43360'
    >>> part_id(Constraint(kind="split", stories=("s-f55ff16f66f43360",), articles=("a1",)))
    's-7711338e115661d2'
    """
    first = story_id(constraint.articles[0])
    return story_id(constraint.articles[0] + "/split") if first in constraint.stories else first


def _undone(split: Constraint, later: Sequence[Constraint]) -> bool:
    """Whether a later merge puts together again what the split parts."""
    if not split.stories or not split.articles:
        return True
    return any(one.kind == "merge" and {split.stories[0], part_id(split)} <= set(one.stories) for one in later)


def _merge(constraint: Constraint, lines: Lines) -> list[str]:
    """Make one of the stories that are known."""
    found: list[Line] = []
    for story in constraint.stories:
        line = lines.named(story)
        if line is not None and line not in found:
            found.append(line)
    if len(found) < 2:
        return []
    line = found[0]
    for other in found[1:]:
        line = lines.absorb(line, other, f"{_who(constraint)}将所在报道并入本报道")
    return [line.id]


def _split(constraint: Constraint, lines: Lines) -> list[str]:
    """Part the articles, with their copies, from the story, and forbid that the two meet again."""
    source, target = lines.named(constraint.stories[0]), lines.named(part_id(constraint))
    if source is None:
        return []
    if target is source:
        # The machine had them as two, and merged them before the editor spoke: the part needs an id of its own.
        target = lines.named(story_id(constraint.articles[0] + "/split"))
    leaving = [
        member.article
        for member in source.members.values()
        if member.article in constraint.articles or member.copy_of in constraint.articles
    ]
    changed: list[str] = []
    if leaving and len(leaving) < len(source.members):
        if target is None or target is source:
            name = part_id(constraint)
            if lines.named(name) is not None:
                name = story_id(constraint.articles[0] + "/split")
            target = lines.found(("~", name), name)
        lines.move(leaving, source, target, f"{_who(constraint)}从报道《{_title(source)}》分出")
        changed = [source.id, target.id]
    if target is not None and target is not source:
        lines.forbid(source, target)
    return changed


def _title(line: Line) -> str:
    if line.told is not None:
        return line.told.title
    return next(iter(line.members.values())).title


def _who(constraint: Constraint) -> str:
    return f"编辑{constraint.by}" + (f"于 {constraint.on} " if constraint.on else "")
