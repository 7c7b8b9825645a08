"""Each kind of fact → the words of its row: what it is called, what it says, what must be known beside it."""

from __future__ import annotations

from typing import NamedTuple

from shida.publish.wording import QUALIFIERS, amount_words, change_words, day_words, when_words
from shida.records import (
    Act,
    Appointment,
    Award,
    Campaign,
    Case,
    Conference,
    Document,
    Event,
    FactBase,
    Figure,
    First,
    Recall,
    Statement,
    Theme,
)

STATUS = {
    "draft": "征求意见",
    "issued": "已发布",
    "in_force": "施行",
    "amended": "已修订",
    "repealed": "已废止",
    "planned": "筹备",
    "held": "已举行",
}
"""States as the records call them, in words; another is shown as it is called."""
UNSTATED_CASE = "类型未注明"


class Said(NamedTuple):
    """The words of one fact."""

    kind: str
    title: str
    detail: str = ""
    notes: tuple[str, ...] = ()
    day: str = ""
    """ISO; "" where the fact names none."""


def act_words(act: Act) -> str:
    """What was done, and when as precisely as stated.

    >>> act_words(Act(act="印发", date="2022-04", precision="month")), act_words(Act(act="出台"))
    ('2022年4月印发', '出台（日期未注明）')
    """
    return f"{day_words(act.date)}{act.act}" if act.date else f"{act.act}（日期未注明）"


def issuer_words(document: Document) -> str:
    """Who issued it, and whether the list is complete.

    >>> issuer_words(Document(title="方案", issuers=("甲部", "乙委"), issuer_count=5))
    '甲部、乙委等 5 部门（列名 2 个，未列全）'
    """
    names = "、".join(document.issuers)
    count = document.issuer_count
    if count and count > len(document.issuers):
        return (
            f"{names}等 {count} 部门（列名 {len(document.issuers)} 个，未列全）" if names else f"{count} 部门（未列名）"
        )
    if names:
        return names
    return f"起草：{'、'.join(document.drafters)}" if document.drafters else ""


def figure_words(figure: Figure) -> str:
    """The quantity and its change.

    >>> figure_words(Figure(what="新批准项目", value=1139, unit="项", change_percent=61.8))
    '1,139 项，+61.8%'
    """
    value = ""
    if figure.value is not None:
        value = QUALIFIERS.get(figure.qualifier or "", "") + amount_words(figure.value, figure.unit)
    change = change_words(figure.change_percent, figure.change_points, figure.change_abs)
    return "，".join(part for part in (value, change) if part) or "—"


def said(fact: FactBase) -> Said:
    """The words of a fact; a kind without words of its own is called by the name of its record.

    >>> said(Recall(product="充电宝", maker="甲公司", count=131000, unit="台", defect="过热"))
    Said(kind='召回', title='充电宝', detail='甲公司，131,000 台', notes=('过热',), day='')
    """
    if isinstance(fact, Document):
        acts = [act_words(act) for act in fact.acts]
        if fact.effective and not any(act.date == fact.effective for act in fact.acts):
            acts.append(f"{day_words(fact.effective)}起施行")
        detail = "；".join(part for part in (issuer_words(fact), "，".join(acts)) if part)
        return Said("文件", f"《{fact.title}》", detail, _some(fact.number, STATUS.get(fact.status or "", fact.status)))
    if isinstance(fact, Figure):
        when = when_words(fact.period) or (f"截至{day_words(fact.as_of)}" if fact.as_of else None)
        base = None
        if fact.derived_base is not None:
            base = f"上期约 {amount_words(fact.derived_base, fact.unit)}（由增幅推定，非原文）"
        return Said("数字", fact.what, figure_words(fact), _some(when, base))
    if isinstance(fact, Case):
        amount = amount_words(fact.amount, fact.unit) if fact.amount is not None else None
        kind = UNSTATED_CASE if fact.case_type in ("", "not stated") else fact.case_type
        title = "、".join(fact.parties) or "当事人未注明"
        return Said(
            "案件", title, _joined(fact.authority, fact.outcome, amount), _some(kind, fact.legal_basis), fact.date or ""
        )
    if isinstance(fact, Award):
        named = "、".join(fact.winners) or "获奖者未注明"
        count = None
        if fact.stated_count is not None and fact.stated_count != len(fact.winners):
            count = f"称 {fact.stated_count} 个，列名 {len(fact.winners)} 个"
        title = (f"第{fact.edition}届" if fact.edition else "") + fact.award
        return Said("奖项", title, named, _some(count, _year(fact.year), *fact.grades), fact.date or "")
    if isinstance(fact, Conference):
        days = "—".join(day_words(day) for day in fact.dates[:2])
        title = (f"第{fact.edition}届" if fact.edition else "") + fact.name
        notes = _some(_year(fact.year) if not days else None, STATUS.get(fact.status or "", fact.status))
        return Said("会议", title, _joined(days, fact.place), notes, fact.dates[0] if fact.dates else "")
    if isinstance(fact, Campaign):
        by = "、".join(fact.by)
        if fact.by_count and fact.by_count > len(fact.by):
            by = (
                f"{by}等 {fact.by_count} 部门（列名 {len(fact.by)} 个，未列全）"
                if by
                else f"{fact.by_count} 部门（未列名）"
            )
        period = "—".join(day_words(day) for day in fact.period) if fact.period else None
        return Said("行动", fact.name, _joined(by, "、".join((*fact.parts, *fact.targets))), _some(period))
    if isinstance(fact, First):
        return Said("首次", fact.claim, "", _some(f"{fact.claimed_by}称" if fact.claimed_by else "来源的说法"))
    if isinstance(fact, Theme):
        return Said("主题", fact.name, fact.value, _some(_year(fact.year), fact.body))
    if isinstance(fact, Appointment):
        return Said("任免", fact.person, _joined(fact.act, fact.office), _some(fact.by), fact.date or "")
    if isinstance(fact, Recall):
        count = amount_words(fact.count, fact.unit) if fact.count is not None else None
        return Said("召回", fact.product, _joined(fact.maker, count), _some(fact.defect), fact.date or "")
    if isinstance(fact, Statement):
        return Said("讲话", fact.speaker, f"“{fact.words}”", _some(fact.office, fact.occasion), fact.date or "")
    if isinstance(fact, Event):
        return Said("事件", fact.what, fact.place or "", (), fact.date or "")
    return Said(type(fact).__name__, "")


def _year(year: int | None) -> str | None:
    return f"{year}年" if year else None


def _some(*parts: str | None) -> tuple[str, ...]:
    return tuple(part for part in parts if part)


def _joined(*parts: str | None) -> str:
    return "，".join(_some(*parts))
