"""Changes of one text: collected, replayed, and joined where one repair stands on another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from shida.records import Change, Gap


class Edits:
    """What was found on a text: changes in its offsets, in order, and the places that stay gaps."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.changes: list[Change] = []
        self.gaps: list[tuple[int, str]] = []
        """Where in the text the damage begins, and a note; a change that begins there leaves the gap."""

        self.left = 0
        """Characters left as they stand though another would fit too: 著, which 着 became as well."""
        self._restored: str | None = None

    def set_restored(self, text: str) -> None:
        """Say what the changes make of the text, where that is known already."""
        self._restored = text

    def restored(self) -> str:
        """The text with the changes made."""
        return replay(self.text, self.changes) if self._restored is None else self._restored

    def gap_records(self) -> Iterator[Gap]:
        """The gaps in the offsets of the restored text."""
        if not self.gaps:
            return
        by_start = {change.start: change for change in self.changes}
        wanted = sorted(set(self.gaps))
        moved = 0
        changes = iter(self.changes)
        change = next(changes, None)
        for start, note in wanted:
            while change and change.end <= start and change.start < start:
                moved += len(change.after) - len(change.before)
                change = next(changes, None)
            mine = by_start.get(start)
            length = len(mine.after) if mine else 1
            yield Gap(start=start + moved, end=start + moved + length, note=note)


def replay(text: str, changes: Iterable[Change]) -> str:
    """`text` with the changes made: what `restore` gives as its text.

    >>> replay("質量", [Change(start=0, end=1, before="質", after="质", rule="script", proved=True)])
    '质量'
    """
    parts = []
    at = 0
    for change in changes:
        if at != change.start:
            parts.append(text[at : change.start])
        parts.append(change.after)
        at = change.end
    parts.append(text[at:])
    return "".join(parts)


def joined(text: str, first: Sequence[Change], second: Sequence[Change]) -> list[Change]:
    """One list for two repairs in a row: `first` on `text`, `second` on what came out.

    Where a second change touches what a first one put there, the two become one, under the second one's rule, and
    proved only if both are.

    >>> one = Change(start=0, end=8, before="&#36074;", after="質", rule="entity", proved=True)
    >>> two = Change(start=0, end=1, before="質", after="质", rule="script", proved=True)
    >>> [(change.start, change.end, change.before, change.after) for change in joined("&#36074;量", [one], [two])]
    [(0, 8, '&#36074;', '质')]
    """
    if not first or not second:
        return list(first or second)
    middle = replay(text, first)
    placed = []
    moved = 0
    for change in first:
        placed.append((change.start + moved, change.start + moved + len(change.after), change))
        moved += len(change.after) - len(change.before)
    out: list[Change] = []
    at = moved = 0
    for group in _groups(placed, second):
        start, end, ones, twos = group
        while at < len(placed) and placed[at][0] < start and placed[at][2] not in ones:
            moved += len(placed[at][2].after) - len(placed[at][2].before)
            at += 1
        shift = sum(len(one.before) - len(one.after) for one in ones)
        left = start - moved
        right = end - moved + shift
        if not twos:
            out += ones
        else:
            inner = [_moved(two, -start) for two in twos]
            after = replay(middle[start:end], inner)
            out.append(
                Change(
                    start=left,
                    end=right,
                    before=text[left:right],
                    after=after,
                    rule=twos[0].rule,
                    proved=all(one.proved for one in ones) and all(two.proved for two in twos),
                    runner_up=twos[0].runner_up if len(twos) == 1 else None,
                    margin=twos[0].margin if len(twos) == 1 else None,
                )
            )
        moved -= shift
        at += len(ones)
    return out


def _moved(change: Change, by: int) -> Change:
    return Change(
        start=change.start + by,
        end=change.end + by,
        before=change.before,
        after=change.after,
        rule=change.rule,
        proved=change.proved,
    )


def _groups(
    placed: list[tuple[int, int, Change]], second: Sequence[Change]
) -> Iterator[tuple[int, int, list[Change], list[Change]]]:
    """What overlaps, together: start and end in the middle text, the first changes and the second ones."""
    spans = [(start, end, 0, change) for start, end, change in placed]
    spans += [(change.start, change.end, 1, change) for change in second]
    spans.sort(key=lambda span: (span[0], span[1], span[2]))
    group: list[tuple[int, int, int, Change]] = []
    reach = -1
    for span in spans:
        if group and span[0] >= reach and not (span[0] == reach and span[0] == span[1]):
            yield _group(group)
            group = []
        group.append(span)
        reach = max(reach, span[1]) if len(group) > 1 else span[1]
    if group:
        yield _group(group)


def _group(spans: list[tuple[int, int, int, Change]]) -> tuple[int, int, list[Change], list[Change]]:
    return (
        min(span[0] for span in spans),
        max(span[1] for span in spans),
        [span[3] for span in spans if span[2] == 0],
        [span[3] for span in spans if span[2] == 1],
    )
