"""What a run did, stage by stage, in one line each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class StageReport:
    """Counts of one stage."""

    name: str
    taken: int = 0
    given: int = 0
    seconds: float = 0.0
    """Of work, summed over workers."""
    dropped: Counter[str] = field(default_factory=Counter)

    def line(self) -> str:
        """One line for a log.

        >>> StageReport("restore", taken=1204, given=1187, seconds=9.81, dropped=Counter(no_body=14, not_news=3)).line()
        'restore 1,204 in 1,187 out 17 dropped (14 no_body, 3 not_news) 9.8 s'
        """
        parts = [self.name, f"{self.taken:,} in", f"{self.given:,} out"]
        if total := self.dropped.total():
            reasons = sorted(self.dropped.items(), key=lambda item: (-item[1], item[0]))
            parts.append(f"{total:,} dropped ({', '.join(f'{count:,} {reason}' for reason, count in reasons)})")
        parts.append(f"{self.seconds:.1f} s")
        return " ".join(parts)


@dataclass
class RunReport:
    """What a run did; `number` is None where there was nothing to do."""

    number: int | None
    stages: list[StageReport]
    notes: list[str] = field(default_factory=list)
    """What an editor should know of the rulings that this run kept for the first time."""

    def lines(self) -> list[str]:
        """The lines of all stages, or one that says nothing was to do."""
        if self.number is None:
            return ["nothing to do: every page is done with these stages and packs"]
        return [*(stage.line() for stage in self.stages), *self.notes]
