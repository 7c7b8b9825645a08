"""A ranking beside a published list → what we put in that people did not, and the reverse, each with the reason."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from shida.rank import Known
from shida.rank.signals import SIGNAL_NAMES
from shida.records import Entry, Ranking

BEGIN = "<!-- made by python -m bench.rank --mistakes; do not edit between these marks -->"
END = "<!-- end of what is made -->"
FIRST = 10
WORDS = tomllib.loads((Path(__file__).parent / "rank_entries.toml").read_text(encoding="utf-8"))


def table(ranking: Ranking, known: Known, gold: dict[str, Any], scorer: Any, leaked: set[str]) -> list[str]:
    """The lines of one list: what came in and was not printed, what was printed and did not come in."""
    items = [item for item in gold["items"] if item["evidence"]]
    evidence = [set(item["evidence"]) for item in items]
    answer = [set(entry.articles) - leaked for entry in ranking.entries]
    found: dict[int, int] = scorer.found(answer, evidence, True)
    place_of = {index: place for place, index in found.items()}
    absent = len(gold["items"]) - len(items)
    got = sum(place <= FIRST for place in found)
    head = f"{got} of {len(items)} in the first ten; {absent} more of its entries are not in the corpus."
    lines = [f"### {gold['list_id']}, {gold['domain']}", "", head, ""]
    inside = [
        f"| {entry.rank} | {_what(entry)} | {_reasons(entry)} | {_touches(answer[entry.rank - 1], evidence, found)} |"
        for entry in ranking.entries[:FIRST]
        if entry.rank not in found
    ]
    if inside:
        lines += ["| in, not printed | what | why it came in | beside the list |", "|---|---|---|---|", *inside, ""]
    words = WORDS.get(gold["list_id"], {})
    outside = [
        f"| {words.get(str(item['rank']), 'entry ' + str(item['rank']))} | {place_of.get(index, '–')} "
        f"| {_why_not(index, place_of, ranking, known, evidence[index], gold['domain'], scorer)} |"
        for index, item in enumerate(items)
        if place_of.get(index, FIRST + 1) > FIRST
    ]
    if outside:
        lines += ["| printed, not in | our place | why |", "|---|---|---|", *outside, ""]
    return lines


def write(page: Path, lines: Sequence[str]) -> None:
    """Put the lines between the marks of the page."""
    text = page.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN, 1)
    after = rest.split(END, 1)[1]
    page.write_text(f"{before}{BEGIN}\n\n" + "\n".join(lines).rstrip() + f"\n\n{END}{after}", encoding="utf-8")


def _what(entry: Entry) -> str:
    """The kind of act and how much there was: no headline of the evaluation data stands on the page."""
    said = {reason.signal: reason.sentence for reason in entry.reasons}
    thread = said.get("thread", "")
    kind = (thread or said.get("act", "") or "“”").split("“", 1)[1].split("”", 1)[0]
    single = "a story" if not thread else "a thread"
    return (
        f"{single} of “{kind}”, {len(entry.articles)} articles" if kind else f"{single}, {len(entry.articles)} articles"
    )


def _reasons(entry: Entry) -> str:
    parts = [r for r in entry.reasons if r.value * r.weight and r.signal in SIGNAL_NAMES]
    return ", ".join(f"{reason.signal} {reason.value * reason.weight:+.2f}" for reason in parts[:3])


def _touches(articles: set[str], evidence: Sequence[set[str]], found: dict[int, int]) -> str:
    """What it has to do with the entries that people printed."""
    shared = max(range(len(evidence)), key=lambda index: len(articles & evidence[index]), default=-1)
    if shared < 0 or not articles & evidence[shared]:
        return "nothing like it printed"
    held = "which we have" if shared in found.values() else "which we miss"
    return f"a part of a printed entry, {held}"


def _why_not(
    index: int,
    place_of: dict[int, int],
    ranking: Ranking,
    known: Known,
    evidence: set[str],
    field: str,
    scorer: Any,
) -> str:
    if index in place_of:
        return _lacks(ranking.entries[place_of[index] - 1], ranking.entries[FIRST - 1])
    holding = [view for view in known.views if evidence & {member.article for member in view.members}]
    mostly = [view for view in holding if scorer.ok({member.article for member in view.members}, evidence, True)]
    if not mostly:
        return f"its {len(evidence)} articles stand in {len(holding)} stories, none of them mostly it"
    if not any(field in view.fields for view in mostly):
        return f"told in {len(mostly)} stories, none of them in the field {field}"
    return "under the floor, folded into another entry, or past the hundredth place"


def _lacks(entry: Entry, last: Entry) -> str:
    """The signals in which an entry is behind the last of the first ten."""
    mine = {reason.signal: reason.value * reason.weight for reason in entry.reasons}
    theirs = {reason.signal: reason.value * reason.weight for reason in last.reasons}
    behind = sorted(((theirs.get(n, 0.0) - mine.get(n, 0.0), n) for n in {*mine, *theirs}), reverse=True)
    words = ", ".join(f"{name} {-gap:+.2f}" for gap, name in behind[:2] if gap > 0)
    return f"{last.score - entry.score:.2f} behind the tenth: {words}" if words else "a kind that was full"


def summary(rows: dict[str, list[float]]) -> Iterator[str]:
    """A line for each field: how much of the lists is in the first ten."""
    for field, recalls in rows.items():
        yield f"- {field}: {sum(recalls) / len(recalls):.2f} of the entries in the corpus, over {len(recalls)} lists"
