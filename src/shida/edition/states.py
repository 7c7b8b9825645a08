"""The states of an edition and the steps between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from shida.errors import EditionError
from shida.records import Decision, Edition, EditionEntry, EditionState, Ranking

NEXT: Mapping[EditionState, tuple[EditionState, ...]] = {
    "draft": ("nominated", "decided"),
    "nominated": ("voting", "decided"),
    "voting": ("decided",),
    "decided": ("published",),
    "published": ("corrected",),
    "corrected": ("corrected",),
}
"""Which state may follow which. What is published never goes back: it is corrected, and the correction is listed."""


def draft(ranking: Ranking, *, id: str, name: str, by: str, on: str, leads: Mapping[str, str] | None = None) -> Edition:
    """A new edition from what the machine proposes. `leads`: story id → the line under its title.

    EditionError where the ranking is empty.
    """
    if not ranking.entries:
        raise EditionError(
            f"edition {id}: no story of {ranking.period.name} stands in the ranking, so there is nothing to list. "
            f"Add articles of that period, or ask for another one."
        )
    entries = tuple(
        EditionEntry(
            place=entry.rank,
            story=entry.story,
            title=entry.title,
            lead=(leads or {}).get(entry.story, ""),
            articles=entry.articles,
        )
        for entry in ranking.entries
    )
    made = Decision(step="draft", by=by, on=on, reason=f"取自“{ranking.list}”榜，截至 {ranking.as_of} 所知")
    return Edition(
        id=id,
        name=name,
        period=ranking.period,
        field=ranking.field,
        as_of=ranking.as_of,
        entries=entries,
        decisions=(made,),
    )


edition = draft
"""The room's function: Ranking → Edition."""


def step(current: Edition, to: EditionState, *, by: str, on: str, reason: str = "") -> Edition:
    """The edition in its next state, with the decision kept. EditionError where the step is not allowed."""
    if to not in NEXT[current.state]:
        allowed = " or ".join(NEXT[current.state])
        raise EditionError(f"edition {current.id}: {current.state} cannot become {to}; it can become {allowed}.")
    decision = Decision(step=to, by=by, on=on, reason=reason)
    return msgspec.structs.replace(current, state=to, decisions=(*current.decisions, decision))


def publish(current: Edition, *, by: str, on: str) -> Edition:
    """The edition published: decided first where nobody nominated or voted. Publishing twice is an EditionError.

    >>> from shida.records import Period
    >>> one = EditionEntry(place=1, story="s-1", title="首部条例施行")
    >>> day = Period(name="2025", first="2025-01-01", last="2025-12-31")
    >>> new = Edition(id="2025", name="十大", period=day, field=None, as_of="2025-12-31", entries=(one,))
    >>> [decision.step for decision in publish(new, by="editor", on="2026-01-02").decisions]
    ['decided', 'published']
    """
    if current.state in ("published", "corrected"):
        raise EditionError(
            f"edition {current.id}: version {current.version} is already published. A change is a correction."
        )
    if current.state != "decided":
        current = step(current, "decided", by=by, on=on)
    _check(current)
    return step(current, "published", by=by, on=on)


def correct(current: Edition, entries: Sequence[EditionEntry], *, by: str, on: str, reason: str) -> Edition:
    """A new version of a published edition; the version before it stays readable. EditionError without a reason."""
    if not reason.strip():
        raise EditionError(f"edition {current.id}: a correction says what was wrong. Give a reason.")
    corrected = step(current, "corrected", by=by, on=on, reason=reason)
    corrected = msgspec.structs.replace(corrected, version=current.version + 1, entries=tuple(entries))
    _check(corrected)
    return corrected


def _check(edition: Edition) -> None:
    """The rules every printed list keeps: something in it, places 1 to n, no story twice."""
    if not edition.entries:
        raise EditionError(f"edition {edition.id}: it has no entry. Add one before it is published.")
    if [entry.place for entry in edition.entries] != list(range(1, len(edition.entries) + 1)):
        raise EditionError(f"edition {edition.id}: its places are not 1 to {len(edition.entries)}. Number them anew.")
    stories = [entry.story for entry in edition.entries]
    if twice := sorted({story for story in stories if stories.count(story) > 1}):
        raise EditionError(f"edition {edition.id}: {', '.join(twice)} stands in it twice. Take one away.")
