"""What editors ruled → what a run keeps of it, and what standing it gives to the next ruling."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Literal

import msgspec

from shida.records import Constraint, Record, Ruling
from shida.store import Newsroom, RunRow

if TYPE_CHECKING:
    from shida.group.standing import Standing  # grouping is imported late: its dictionaries take a tenth of a second


def last_kept(newsroom: Newsroom, *, before: int | None = None) -> int:
    """Number of the last ruling that a run kept, of those `before` that number of run; 0 where none did."""
    return max((run.ruled or 0 for run in newsroom.runs() if before is None or run.number < before), default=0)


def constraints_of(newsroom: Newsroom, run: RunRow) -> tuple[Constraint, ...]:
    """What a run is to keep: the rulings up to its own last one, whatever was ruled while it went on."""
    from shida.group.rulings import in_force

    kept = [past.ruled or 0 for past in newsroom.runs() if past.number < run.number]
    return in_force(newsroom.rulings.all(until=run.ruled or 0), kept, carried_out=max(kept, default=0))


def ruled_key(newsroom: Newsroom, until: int) -> str:
    """The part of a run's key that stands for the rulings up to this number; nothing where there are none."""
    if not until:
        return ""
    digest = hashlib.sha256()
    for ruling in newsroom.rulings.all(until=until):
        digest.update(msgspec.json.encode(ruling) + b"\n")
    return f" {digest.hexdigest()[:16]}"


def notes_of(newsroom: Newsroom, *, after: int, until: int) -> list[str]:
    """What an editor should know of the rulings with these numbers, now that a run has kept them."""
    from shida.group.deciding import findings
    from shida.group.standing import Standing

    rulings = newsroom.rulings.all(until=until)
    new = [ruling for ruling in rulings if ruling.number > after]
    return findings(Standing(newsroom.stories()), new, rulings)


def standing_of(newsroom: Newsroom) -> Standing:
    """The stories as the next run will have them, for one who rules now."""
    from shida.group.rulings import in_force
    from shida.group.standing import Standing

    runs = newsroom.runs()
    carried_out = max((run.ruled or 0 for run in runs if run.done), default=0)
    rulings = newsroom.rulings.all()
    waiting = in_force(rulings, [run.ruled or 0 for run in runs], carried_out=carried_out)
    return Standing(newsroom.stories(), waiting, (ruling.part for ruling in rulings if ruling.part))


class Listed(Record, frozen=True, kw_only=True):
    """A ruling in a list, with what has become of it."""

    ruling: Ruling
    state: Literal["waiting", "kept", "overruled", "withdrawn"]
    by: int | None = None
    """The ruling that overruled it or took it back."""


def rulings_known(newsroom: Newsroom, as_of: str | None = None) -> list[Listed]:
    """All rulings, the first one first, each with its state; as on the day `as_of`, that day included."""
    from shida.group.rulings import overruled, withdrawn

    rulings = newsroom.rulings.all(as_of=as_of)
    kept = max((run.ruled or 0 for run in newsroom.runs() if run.done and run.day <= (as_of or "~")), default=0)
    gone = withdrawn(rulings)
    counting = [one for one in rulings if one.number not in gone]
    over = {
        one.number: later.number for place, later in enumerate(counting) for one in overruled(later, counting[:place])
    }
    found = []
    for ruling in rulings:
        number = ruling.number
        state: Literal["waiting", "kept"] = "waiting" if number > kept else "kept"
        if number in gone:
            found.append(Listed(ruling=ruling, state="withdrawn", by=gone[number]))
        elif number in over:
            found.append(Listed(ruling=ruling, state="overruled", by=over[number]))
        else:
            found.append(Listed(ruling=ruling, state=state))
    return found
