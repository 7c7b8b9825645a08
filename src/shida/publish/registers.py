"""Facts → the registers: documents with their lives, figures with their series; filters are plain links."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from shida.publish.addresses import MADE, authority_file, stem, word_stem
from shida.publish.calendar import INTO_FORCE
from shida.publish.charts import series_line
from shida.publish.codes import DOCUMENT_KINDS, word
from shida.publish.facts import evidence_rows, fact_row
from shida.publish.index import Index
from shida.publish.statements import STATUS, act_words, figure_words, issuer_words
from shida.publish.wording import CERTAINTY, amount_words, day_of, day_words, when_words
from shida.records import Act, Document, Fact, Figure

SHEET = 40
"""Rows on one page of a register."""
SENTENCES = 3
"""Sentences shown for one row, one where the row leads to a page of its own; the rest is counted."""
STEPS = 8
"""Steps of a document's life that are shown: the first, and the last seven."""
POINTS = 12
"""Values of a series that are shown, the newest."""
OTHER = "未注明"

Sheet = tuple[str, str, list[dict[str, Any]], list[dict[str, Any]]]
"""File name, heading, filter links, rows."""


def _newest(facts: Sequence[Fact]) -> str:
    days = [day_of(fact.reported) for fact in facts]
    if isinstance(facts[0], Document):
        days += [act.date or "" for fact in facts if isinstance(fact, Document) for act in fact.acts]
    return max(days, default="")


def document_groups(facts: Iterable[Fact]) -> dict[str, list[Document]]:
    """Title → what is stated of the document, oldest first."""
    groups: dict[str, list[Document]] = defaultdict(list)
    for fact in facts:
        if isinstance(fact, Document):
            groups[fact.title].append(fact)
    return {title: sorted(group, key=lambda fact: (fact.reported or "9", fact.id)) for title, group in groups.items()}


def figure_groups(facts: Iterable[Fact]) -> dict[tuple[str, str], list[Figure]]:
    """(what, unit) → the values stated of it, oldest first."""
    groups: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for fact in facts:
        if isinstance(fact, Figure):
            groups[fact.what, fact.unit or ""].append(fact)
    return {
        name: sorted(group, key=lambda fact: (point_when(fact), fact.reported or "", fact.id))
        for name, group in groups.items()
    }


def steps_of(facts: Iterable[Document]) -> list[Act]:
    """The steps of a document in order of date, each once: of two words for one step on one day the fuller stays.

    >>> acts = Act(act="公开征求意见", date="2026-01-05"), Act(act="征求意见", date="2026-01-05"), Act(act="征求意见")
    >>> [act.act for act in steps_of([Document(title="甲", acts=acts, effective="2026-03-01")])]
    ['公开征求意见', '施行']
    """
    acts: dict[tuple[str, str | None], Act] = {}
    for fact in facts:
        for act in fact.acts:
            acts.setdefault((act.act, act.date), act)
        if fact.effective and not any((act, fact.effective) in acts for act in INTO_FORCE):
            acts[INTO_FORCE[0], fact.effective] = Act(act=INTO_FORCE[0], date=fact.effective)
    for name, day in list(acts):
        if name in INTO_FORCE[1:] and (INTO_FORCE[0], day) in acts:
            del acts[name, day]
    kept = [act for act in acts.values() if not any(_says_more(other, act) for other in acts.values())]
    return sorted(kept, key=lambda act: (act.date is None, act.date or "", act.act))


def _says_more(other: Act, act: Act) -> bool:
    """True where `other` is the same step in fuller words, or with the day that `act` lacks."""
    if act.act not in other.act:
        return False
    return other.act != act.act if other.date == act.date else act.date is None


def document_row(
    title: str, facts: Sequence[Document], index: Index, *, sentences: int | None = None, steps: int = STEPS
) -> dict[str, Any]:
    """All that is stated of one document: who, number, its life in order of date."""
    life = steps_of(facts)
    hidden = max(0, len(life) - steps)
    if hidden:
        life = [life[0], *life[-steps + 1 :]]
    fullest = max(facts, key=lambda fact: (len(fact.issuers), len(fact.drafters), fact.id))
    evidence = evidence_rows([one for fact in facts for one in fact.evidence], index)
    href = index.documents.get(title, "")
    sentences = sentences or (1 if href else SENTENCES)
    status = next((fact.status for fact in facts if fact.status), None)
    return {
        "title": f"《{title}》",
        "kind": word(DOCUMENT_KINDS, next((fact.document_kind for fact in facts if fact.document_kind), "") or ""),
        "number": next((fact.number for fact in facts if fact.number), "") or "",
        "who": issuer_words(fullest),
        "status": STATUS.get(status or "", status or ""),
        "period": next(("—".join(fact.period) + "年" for fact in facts if fact.period), ""),
        "life": [
            {
                "act": act.act,
                "date": act.date,
                "day": day_words(act.date) if act.date else "",
                "words": act_words(act),
            }
            for act in life
        ],
        "hidden": hidden,
        "certainty": CERTAINTY.get(facts[0].certainty, ""),
        "day": _newest(facts),
        "href": href,
        "evidence": evidence[:sentences],
        "more": max(0, len(evidence) - sentences),
    }


def document_rows(facts: Iterable[Fact], index: Index) -> list[dict[str, Any]]:
    """Documents, each once, newest first."""
    rows = [document_row(title, group, index) for title, group in document_groups(facts).items()]
    return sorted(rows, key=lambda row: (row["day"], row["title"]), reverse=True)


def authorities(facts: Iterable[Fact]) -> dict[str, dict[str, set[str]]]:
    """Authority → document → those who issued or drafted it together."""
    found: dict[str, dict[str, set[str]]] = {}
    for fact in facts:
        if isinstance(fact, Document):
            names = tuple(dict.fromkeys(name for name in (*fact.issuers, *fact.drafters) if name.strip()))
            for name in names:
                found.setdefault(name, {}).setdefault(fact.title, set()).update(
                    other for other in names if other != name
                )
    return dict(sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0])))


def authority_context(name: str, titles: dict[str, set[str]], rows: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """What an authority's page shows. `rows`: title in 《》 → row of the register."""
    together: dict[str, int] = defaultdict(int)
    for others in titles.values():
        for other in others:
            together[other] += 1
    own = sorted((rows[f"《{title}》"] for title in titles), key=lambda row: (row["day"], row["title"]), reverse=True)
    years = Counter(row["day"][:4] for row in own if row["day"])
    partners = sorted(together.items(), key=lambda pair: (-pair[1], pair[0]))[:5]
    return {
        "name": name,
        "total": len(own),
        "rows": own[:SHEET],
        "chart": series_line([(year, float(count)) for year, count in sorted(years.items())], "件"),
        "years": [{"when": year, "words": str(count)} for year, count in sorted(years.items(), reverse=True)],
        "unlisted": max(0, len(own) - SHEET),
        "together": [{"name": other, "count": count, "href": authority_file(other)} for other, count in partners],
    }


def point_when(figure: Figure) -> str:
    """The moment a value belongs to: its period, else its day."""
    return figure.period or (figure.as_of or figure.reported or "")[:10]


def _values(facts: Sequence[Figure]) -> dict[str, set[float]]:
    points: dict[str, set[float]] = defaultdict(set)
    for fact in facts:
        if fact.value is not None and point_when(fact):
            points[point_when(fact)].add(fact.value)
    return points


def clear_points(facts: Sequence[Figure]) -> list[tuple[str, float]]:
    """Moment and value in order, without moments whose statements contradict each other.

    >>> clear_points([Figure(what="甲", value=2, period="2025"), Figure(what="甲", value=1, period="2024")])
    [('2024', 1), ('2025', 2)]
    """
    return [(when, next(iter(values))) for when, values in sorted(_values(facts).items()) if len(values) == 1]


def figure_row(what: str, facts: Sequence[Figure], index: Index) -> dict[str, Any]:
    """All values stated of one quantity in one unit, oldest first; contradicting ones stand side by side."""
    latest = facts[-1]
    href = index.figures.get((what, latest.unit or ""), "")
    sentences = 1 if href else SENTENCES
    evidence = evidence_rows([one for fact in reversed(facts) for one in fact.evidence], index)
    base = ""
    if latest.derived_base is not None:
        base = f"上期约 {amount_words(latest.derived_base, latest.unit)}（由增幅推定）"
    return {
        "title": what,
        "words": figure_words(latest),
        "when": when_words(latest.period) or (f"截至{day_words(latest.as_of)}" if latest.as_of else ""),
        "reported": day_words(latest.reported) if latest.reported else "",
        "base": base,
        "certainty": CERTAINTY.get(latest.certainty, ""),
        "chart": series_line(clear_points(facts), latest.unit or ""),
        "href": href,
        "times": len(facts),
        "series": [
            {"when": when_words(point_when(fact)) or "期间未注明", "words": figure_words(fact)}
            for fact in (facts if len(facts) > 1 and not href else ())
        ][-POINTS:],
        "disputed": any(len(values) > 1 for values in _values(facts).values()),
        "day": max((day_of(fact.reported) for fact in facts), default=""),
        "evidence": evidence[:sentences],
        "more": max(0, len(evidence) - sentences),
    }


def figure_rows(facts: Iterable[Fact], index: Index) -> list[dict[str, Any]]:
    """Figures, one row a quantity and unit, newest first."""
    rows = [figure_row(what, group, index) for (what, _), group in figure_groups(facts).items()]
    return sorted(rows, key=lambda row: (row["day"], row["title"]), reverse=True)


def happening_rows(facts: Iterable[Fact], index: Index) -> list[dict[str, Any]]:
    """What is neither a document nor a figure, newest first."""
    rows = [fact_row(fact, index) for fact in facts if not isinstance(fact, Document | Figure)]
    return sorted(rows, key=lambda row: (row["day"], row["kind"], row["title"]), reverse=True)


def sheets(name: str, rows: Sequence[dict[str, Any]], second: str | None = None) -> list[Sheet]:
    """Rows → pages: all of them newest first, then one page a year, and one for each value of `second`.

    A page that would be longer than SHEET goes on in further ones; the links between them are the filters.
    """
    years = sorted({row["day"][:4] or OTHER for row in rows}, reverse=True)
    kinds = sorted({row[second] or OTHER for row in rows}) if second else []
    groups: list[tuple[str, str, str, list[dict[str, Any]]]] = [("", name, "全部", list(rows))]
    for year in years:
        found = [row for row in rows if (row["day"][:4] or OTHER) == year]
        words = year if year == OTHER else f"{year}年"
        groups.append(("year", f"{name}-{word_stem(year)}", words, found))
    taken: set[str] = set()
    for kind in kinds if len(kinds) > 1 else ():
        found = [row for row in rows if second and (row[second] or OTHER) == kind]
        read = word_stem(kind) if word_stem(kind) not in taken else stem(f"{MADE}{kind}")  # two words read alike
        taken.add(read)
        groups.append(("kind", f"{name}-kind-{read}", kind, found))
    out: list[Sheet] = []
    for _, file, words, found in groups:
        links = [
            {"words": other, "href": f"register/{link}.html", "here": link == file, "count": len(there), "kind": of}
            for of, link, other, there in groups
        ]
        pieces = [found[start : start + SHEET] for start in range(0, len(found), SHEET)] or [[]]
        for number, piece in enumerate(pieces, 1):
            pages = [
                {"words": str(page), "href": _sheet_file(file, page), "here": page == number}
                for page in range(1, len(pieces) + 1)
            ]
            head = {"filters": links, "pages": pages if len(pieces) > 1 else [], "words": words, "total": len(found)}
            out.append((_sheet_file(file, number), words, [head], piece))
    return out


def _sheet_file(name: str, number: int) -> str:
    return f"register/{name}.html" if number == 1 else f"register/{name}_{number}.html"
