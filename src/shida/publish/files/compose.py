"""An edition and what it stands on → Printed, what every form of its files prints. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

import msgspec

from shida.publish.citations import Rules, article_work, citation, edition_work
from shida.publish.codes import floor_words, weight_rows
from shida.publish.editions import STATES, differences
from shida.publish.files.printed import LICENCE, Correction, Origin, Printed, PrintedEntry, Script, Source, Stated
from shida.publish.lines import is_cut, one_line
from shida.publish.statements import said
from shida.publish.wording import CERTAINTY, NO_DATE, day_of, day_words, span_words
from shida.records import Article, Edition, EditionEntry, Fact, Ranking, Reason

MAX_TITLE = 200
MAX_LEAD = 2_000
MAX_SHORT = 300
"""Characters of a name, a reason, a detail."""
PRINTED_SOURCES = 4
"""Sources printed under an entry, different ones first; the table lists all."""
PRINTED_REASONS = 3
MAX_SOURCES = 2_000
MAX_FACTS = 5_000
COUNTED = ("size", "breadth")
"""Signals whose sentence says no more than the line of counts above it."""
MAX_STEPS = 12
STEPS = {
    "draft": "起草",
    "nominated": "提名",
    "voting": "投票",
    "decided": "定稿",
    "published": "发布",
    "corrected": "更正",
}

_DAY = re.compile(r"(?<![0-9-])[12][0-9]{3}-[01][0-9]-[0-3][0-9](?![0-9-])", re.ASCII)


def compose(
    versions: Sequence[Edition],
    shown: Edition,
    *,
    articles: Mapping[str, Article],
    facts: Sequence[Fact],
    ranking: Ranking | None,
    made: str,
    publisher: str,
    address: str,
    licence: str = LICENCE,
    accessed: Mapping[str, str] | None = None,
    origin: Origin | None = None,
    rules: Rules = "2025",
    script: Script = "hans",
) -> Printed:
    """The edition `shown` as its files print it.

    `versions`: all of it, oldest first. `articles`: by id, those its entries name. `facts`: merged. `ranking`: the one
    it was made from, for the reasons. `accessed`: page id → ISO day on which it was read, else `made` (ISO day).
    """
    notes: list[str] = [] if address else ["网站还没有公开地址（设置 site_url），文件里没有印。"]
    chosen = {entry.story: _articles(entry, articles) for entry in shown.entries}
    facts_of = _facts_of(facts)
    sources = _sources(shown, chosen, accessed or {}, made, rules)
    if len(sources) >= MAX_SOURCES:
        notes.append(f"来源多于 {MAX_SOURCES} 篇，只列前 {MAX_SOURCES} 篇。")
    numbers = {source.article: source for source in sources}
    reasons = {entry.story: entry.reasons for entry in ranking.entries} if ranking else {}
    entries = tuple(
        _entry(entry, chosen[entry.story], numbers, reasons.get(entry.story, ()), notes)
        for entry in sorted(shown.entries, key=lambda entry: entry.place)
    )
    stated = _stated(shown, chosen, facts_of, numbers)
    if len(stated) >= MAX_FACTS:
        notes.append(f"事实多于 {MAX_FACTS} 条，只列前 {MAX_FACTS} 条。")
    made_public = [decision for decision in shown.decisions if decision.step in ("published", "corrected")]
    return Printed(
        id=shown.id,
        name=one_line(shown.name, MAX_TITLE) or "（无名榜单）",
        period=one_line(shown.period.name, MAX_SHORT),
        span=span_words(shown.period),
        field=one_line(shown.field or "", MAX_SHORT),
        version=shown.version,
        step=shown.state,
        state=STATES[shown.state],
        public=shown.state in ("published", "corrected"),
        as_of=day_of(shown.as_of),
        issued=day_of(made_public[-1].on) if made_public else "",
        made=day_of(made),
        publisher=one_line(publisher, MAX_SHORT),
        address=address,
        licence=one_line(licence, MAX_LEAD),
        entries=entries,
        sources=sources,
        facts=stated,
        corrections=_corrections(versions, shown),
        method=_method(ranking, shown),
        citation=citation(edition_work(shown, publisher=publisher, url=address, accessed=made), rules=rules),
        ai_generated=any(entry.ai_generated for entry in entries) or bool(getattr(shown, "ai_generated", False)),
        origin=origin or Origin(),
        script=script,
        notes=tuple(notes),
    )


def _articles(entry: EditionEntry, articles: Mapping[str, Article]) -> list[Article]:
    return [articles[name] for name in dict.fromkeys(entry.articles) if name in articles]


def _facts_of(facts: Sequence[Fact]) -> dict[str, list[Fact]]:
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        for article in dict.fromkeys(evidence.article for evidence in fact.evidence):
            if article is not None:
                found.setdefault(article, []).append(fact)
    return found


def _sources(
    shown: Edition, chosen: Mapping[str, list[Article]], accessed: Mapping[str, str], made: str, rules: Rules
) -> tuple[Source, ...]:
    """All articles in the order of the entries; those that are printed have the first numbers of their entry."""
    found: dict[str, Source] = {}
    for entry in sorted(shown.entries, key=lambda entry: entry.place):
        first = _different(entry, chosen[entry.story])
        for article in [*first, *(other for other in chosen[entry.story] if other not in first)]:
            if article.id in found or len(found) >= MAX_SOURCES:
                continue
            work = article_work(article, accessed=accessed.get(article.page) or made)
            found[article.id] = Source(
                number=0,
                place=entry.place,
                article=article.id,
                title=one_line(article.title, MAX_TITLE),
                source=one_line(article.source or "", MAX_SHORT),
                author=one_line(article.author or "", MAX_SHORT),
                published=(article.published or "")[:25] if day_of(article.published) else "",
                url=work.url,
                citation=citation(work, rules=rules),
                printed=article in first,
            )
    # printed ones are numbered first, so that the numbers in print leave no gap
    ordered = sorted(found.values(), key=lambda source: not source.printed)
    return tuple(msgspec.structs.replace(source, number=number) for number, source in enumerate(ordered, 1))


def _different(entry: EditionEntry, articles: Sequence[Article]) -> list[Article]:
    """The few to print: the one the entry is titled after, then one of each other source, then what is left."""
    ordered = sorted(articles, key=lambda article: article.title != entry.title)
    seen: set[str] = set()
    one_each = []
    for article in ordered:
        if (article.source or article.id) not in seen:
            seen.add(article.source or article.id)
            one_each.append(article)
    return [*one_each, *(article for article in ordered if article not in one_each)][:PRINTED_SOURCES]


def _entry(
    entry: EditionEntry,
    articles: list[Article],
    numbers: Mapping[str, Source],
    reasons: tuple[Reason, ...],
    notes: list[str],
) -> PrintedEntry:
    for text, limit, word in ((entry.title, MAX_TITLE, "题目"), (entry.lead, MAX_LEAD, "提要")):
        if is_cut(text, limit):
            notes.append(f"第{entry.place}条{word}原有{len(text)}字，印出{limit}字。")
    days = sorted(day for article in articles if (day := day_of(article.published)))
    first, last = (days[0], days[-1]) if days else ("", "")
    own = [numbers[article.id] for article in articles if article.id in numbers]
    shown = sorted(source.number for source in own if source.printed)
    outlets = {article.source for article in articles if article.source}
    total = len(entry.articles)
    return PrintedEntry(
        place=entry.place,
        title=one_line(entry.title, MAX_TITLE) or "（无题）",
        when=NO_DATE if not first else day_words(first) + (f"至{day_words(last)}" if last != first else ""),
        counts=f"{total}篇" + (f"、{len(outlets)}个来源" if outlets else ""),
        lead=one_line(entry.lead, MAX_LEAD) if entry.lead != entry.title else "",
        reasons=tuple(_in_words(reason.sentence) for reason in _strongest(reasons)),
        sources=tuple(shown),
        more=max(0, total - len(shown)),
        ai_generated=bool(getattr(entry, "ai_generated", False)),
        first=first,
        last=last,
    )


def _in_words(sentence: str) -> str:
    """A reason as print has it: days in words, no full stop, for the next follows."""
    return _DAY.sub(lambda found: day_words(found[0]), one_line(sentence, MAX_SHORT)).rstrip("。；")


def _strongest(reasons: tuple[Reason, ...]) -> list[Reason]:
    """What speaks most for it; what speaks against it is on the site and not in print."""
    speaking = [
        reason
        for reason in reasons
        if reason.value * reason.weight > 0 and reason.sentence.strip() and reason.signal not in COUNTED
    ]
    return sorted(speaking, key=lambda reason: -reason.value * reason.weight)[:PRINTED_REASONS]


def _stated(
    shown: Edition,
    chosen: Mapping[str, list[Article]],
    facts_of: Mapping[str, list[Fact]],
    numbers: Mapping[str, Source],
) -> tuple[Stated, ...]:
    rows: list[Stated] = []
    for entry in sorted(shown.entries, key=lambda entry: entry.place):
        seen: set[int] = set()
        own = {article.id for article in chosen[entry.story]}
        for article in chosen[entry.story]:
            for fact in facts_of.get(article.id, ()):
                if id(fact) in seen or len(rows) >= MAX_FACTS:
                    continue
                seen.add(id(fact))
                evidence = next(one for one in fact.evidence if one.article in own)
                words = said(fact)
                source = numbers.get(evidence.article or "")
                rows.append(
                    Stated(
                        place=entry.place,
                        kind=words.kind,
                        title=one_line(words.title or evidence.sentence, MAX_SHORT),
                        detail=one_line("；".join(part for part in (words.detail, *words.notes) if part), MAX_SHORT),
                        day=day_of(words.day) or day_of(fact.reported),
                        certainty=CERTAINTY.get(fact.certainty, ""),
                        sentence=one_line(evidence.sentence, MAX_LEAD),
                        source=source.number if source else None,
                    )
                )
    return tuple(rows)


def _corrections(versions: Sequence[Edition], shown: Edition) -> tuple[Correction, ...]:
    """What each version up to this one changed, the newest first."""
    found = []
    for old, new in pairwise(versions):
        if new.version > shown.version:
            break
        decisions = [decision for decision in new.decisions if decision.step == "corrected"]
        made = decisions[-1] if decisions else None
        changes = tuple(one_line(change, MAX_SHORT) for change in differences(old, new))
        if made is None and not changes:
            continue
        found.append(
            Correction(
                version=new.version,
                on=day_of(made.on) if made else "",
                by=one_line(made.by, MAX_SHORT) if made else "",
                reason=one_line(made.reason, MAX_SHORT) if made else "",
                changes=changes,
            )
        )
    return tuple(reversed(found))


def _method(ranking: Ranking | None, shown: Edition) -> tuple[str, ...]:
    """How the list came about, in sentences."""
    lines = []
    if ranking is not None:
        lines.append(
            f"程序从这一时段的{ranking.considered}件事中按同一公式提出候选，编辑定稿；每一条都可追到原文的句子。"
        )
        rows = weight_rows(ranking.formula)
        if rows:
            floor = floor_words(ranking.formula)
            weights = "、".join(f"{row['word']}（{row['weight']}）" for row in rows)
            lines.append(f"公式各项与权重：{weights}" + (f"；低于{floor}分不列。" if floor else "。"))
    steps = [
        f"{day_words(decision.on)}{STEPS[decision.step]}"
        for decision in shown.decisions
        if decision.on and decision.step in STEPS
    ]
    if steps:
        lines.append(f"经过：{'，'.join(list(dict.fromkeys(steps))[-MAX_STEPS:])}。")
    lines.append("转载和内容相同的稿件不重复计算。日期为北京时间。")
    return tuple(lines)
