"""An invented edition in two versions, with all its files are made from; and the same with any text in every field."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from shida.publish.files.compose import compose
from shida.publish.files.printed import Origin, Printed
from shida.records import (
    Act,
    Article,
    Decision,
    Document,
    Edition,
    EditionEntry,
    Entry,
    Evidence,
    Fact,
    Figure,
    Ranking,
    Reason,
)
from shida.text.periods import parse_period

MADE = "2026-11-22"
TITLES = (
    "童车安全抽查结果公布，八十六批次中十一批次不合格",
    "《水表检定规程》修订发布",
    "临河三年建成四十二个社区检测站",
    "充电桩计量检定纳入强制管理",
    "第七届质量对话在安丰举行",
    "电饭锅能效新标准征求意见",
    "安丰县通报五起认证造假案件",
    "望江儿童座椅召回一万三千个",
    "校园防火门专项检查启动",
    "北仓港开通检测结果互认窗口",
)
LEAD = "这次抽查覆盖三十二家企业的八十六批次产品，检验项目包括结构强度、标识和有害物质含量，2026年9月起执行GB 14748。"
SOURCES = (
    ("临河日报", "何方、周一丁", "https://epaper.linhe.example/html/2026-0{m}/1{n}/content_{n}.htm"),
    ("质量观察", None, "https://www.zlgc.example/2026/0{m}/{n}.html"),
    ("安丰县市场监管局", "质量监督科", "http://scjg.anfeng.example/t2026{n}.html?a=1&b=2"),
    ("东坪晚报", None, None),
    (None, None, "https://m.example.org/{n}"),
)


def same(text: str) -> str:
    """Leave a text as it is."""
    return text


def paper_edition(spoil: Callable[[str], str] = same, *, draft: bool = False, size: int = 10) -> Printed:
    """`size` entries with one to six articles each; version 2 corrects version 1. `spoil` is done to every text."""
    articles: dict[str, Article] = {}
    facts: list[Fact] = []
    entries = []
    for n, title in enumerate(TITLES[:size]):
        names = []
        for m in range(1 + n % 6):
            source, author, url = SOURCES[(n + m) % 5]
            name = f"a-{n}{m}"
            names.append(name)
            articles[name] = Article(
                id=name,
                page=f"p-{n}{m}",
                title=spoil(title if m == 0 else f"{title}（续{m}）"),
                text=spoil(LEAD),
                published=(f"2026-0{n % 8 + 1}-1{m}T08:30:00+08:00", f"2026-0{n % 8 + 1}-1{m}", "2026-03", None)[m % 4],
                source=spoil(source) if source else None,
                author=spoil(author) if author else None,
                url=spoil(url.format(n=n, m=m)) if url else None,
            )
        evidence = Evidence(article=names[0], of="text", start=0, end=len(LEAD), sentence=spoil(LEAD))
        facts.append(Figure(what=spoil("抽查批次"), value=86, unit=spoil("批次"), evidence=(evidence,)))
        if n % 2:
            facts.append(
                Document(
                    title=spoil(f"{title}办法"),
                    number=spoil("产监〔2026〕19号"),
                    acts=(Act(act=spoil("发布"), date="2026-09-01", precision="day"),),
                    evidence=(evidence,),
                    certainty="likely",
                )
            )
        entries.append(
            EditionEntry(place=n + 1, story=f"s-{n}", title=spoil(title), lead=spoil(LEAD), articles=tuple(names))
        )
    first = Edition(
        id="2026-zhiliang",
        name=spoil("2026年度十大质量新闻"),
        period=parse_period("2026"),
        field=spoil("质量"),
        as_of="2026-11-20",
        state="draft" if draft else "published",
        entries=tuple(entries),
        decisions=()
        if draft
        else (
            Decision(step="draft", by=spoil("何方"), on="2026-11-18"),
            Decision(step="published", by=spoil("何方"), on="2026-11-20"),
        ),
    )
    versions = [first]
    if not draft:
        mended = msgspec.structs.replace(entries[1], title=spoil("《水表检定规程》修订发布，周期由六年改为四年"))
        versions.append(
            msgspec.structs.replace(
                first,
                version=2,
                state="corrected",
                entries=(entries[0], mended, *entries[2:]),
                decisions=(
                    *first.decisions,
                    Decision(step="corrected", by=spoil("周一丁"), on="2026-11-21", reason=spoil("漏写检定周期")),
                ),
            )
        )
    return compose(
        versions,
        versions[-1],
        articles=articles,
        facts=facts,
        ranking=paper_ranking(versions[-1], spoil),
        made=MADE,
        publisher=spoil("临河质量研究室"),
        address="https://shida.example/edition/2026-zhiliang_2.html",
        licence=spoil("转载请注明出处。"),
        accessed={"p-00": "2026-10-01"},
        origin=Origin(run=7, run_day="2026-11-20", pack_digest="0123456789abcdef", packs=("quality",), program="shida"),
    )


def paper_ranking(edition: Edition, spoil: Callable[[str], str]) -> Ranking:
    """The ranking the edition was made from."""
    reasons = (
        Reason(signal="act", value=1.0, weight=1.8, sentence=spoil("属“监管执法”，2026-09-01起施行")),
        Reason(signal="size", value=3.0, weight=0.8, sentence="3篇报道"),
        Reason(signal="authority", value=1.0, weight=0.5, sentence=spoil("由省级部门作出")),
        Reason(signal="routine", value=1.0, weight=-1.2, sentence=spoil("每年都有同类消息")),
    )
    return Ranking(
        period=edition.period,
        field=edition.field,
        list="质量",
        as_of=edition.as_of,
        entries=tuple(
            Entry(rank=e.place, story=e.story, title=e.title, score=9.0, articles=e.articles, reasons=reasons)
            for e in edition.entries
        ),
        considered=120,
        formula="score = 0.8 × size + 1.8 × act − 1.2 × routine; floor 0.5",
    )


def with_generated(edition: Printed) -> Printed:
    """The same with the lead of the third entry written by a machine."""
    entries = tuple(msgspec.structs.replace(entry, ai_generated=entry.place == 3) for entry in edition.entries)
    return msgspec.structs.replace(edition, entries=entries, ai_generated=True)
