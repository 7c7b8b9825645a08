"""What a person types → Asked. Linear, within limits, and never an exception: what is wrong becomes a Hint.

质量强国 标题:意见 来源:新华社 机构:SAMR 文号:国办发〔2025〕16号 日期:2025-01..2025-03 主题:反垄断 "原话" -词 甲 OR 乙
"""

from __future__ import annotations

import re
from calendar import monthrange
from typing import Literal

from msgspec.structs import replace

from shida.errors import SettingsError
from shida.records import Record
from shida.store.search.answers import ARTICLE, EDITION, STORY, Hint
from shida.text.ngrams import fold
from shida.text.periods import parse_period
from shida.text.scripts import fold_width

MAX_CHARACTERS = 200
MAX_TERMS = 24
"""What is typed beyond these is left out, with a hint."""

Field = Literal["text", "title", "source", "authority", "number", "date", "topic", "kind"]

OPERATORS: dict[str, Field] = {
    "标题": "title",
    "来源": "source",
    "机构": "authority",
    "文号": "number",
    "日期": "date",
    "主题": "topic",
    "类型": "kind",
    "title": "title",
    "source": "source",
    "org": "authority",
    "number": "number",
    "date": "date",
    "topic": "topic",
    "kind": "kind",
}
"""What may stand before a colon (of any width, in either script)."""

KINDS = {
    "文章": ARTICLE,
    "报道": ARTICLE,
    "事件": STORY,
    "榜单": EDITION,
    "版次": EDITION,
    "文件": "document",
    "案件": "case",
    "奖项": "award",
    "会议": "conference",
    "行动": "campaign",
    "数字": "figure",
    "首次": "first",
    "年度主题": "theme",
    "任免": "appointment",
    "召回": "recall",
    "讲话": "statement",
    "事项": "event",
}
"""How kinds are called in a query; the kind itself will do too."""

_QUOTES = str.maketrans(dict.fromkeys("“”„‟「」『』〝〞", '"') | {"｜": "|"})
_OPERATOR = re.compile(r"([^\s:\"|]{1,8}):")
_WORD = re.compile(r'[^\s"]+')
_SPACE = re.compile(r"\s*")
_YEAR_MONTH = re.compile(r"(\d{4})[年/.-]?(?:(\d{1,2})[月/.-]?(?:(\d{1,2})日?)?)?\Z", re.ASCII)
_MIN_DAY, _MAX_DAY = 1, 99_999_999


class Term(Record, frozen=True, kw_only=True):
    """One thing that is asked for."""

    field: Field = "text"
    value: str
    without: bool = False
    quoted: bool = False
    first: int = 0
    last: int = 0
    """Days as numbers (20250314), for dates."""


class Asked(Record, frozen=True, kw_only=True):
    """A query, read: every group must hold, and of a group any one term."""

    groups: tuple[tuple[Term, ...], ...] = ()
    hints: tuple[Hint, ...] = ()
    typed: str = ""
    """All that was typed, folded, where it is nothing but words: it may stand so in a text."""

    def terms(self, *fields: Field) -> list[Term]:
        """The terms on these fields that are asked for, not those that are not wanted."""
        return [term for group in self.groups for term in group if term.field in fields and not term.without]


def parse(query: str) -> Asked:
    """The query, read.

    >>> [(term.field, term.value, term.without) for (term,) in parse("标题:计量 -广告").groups]
    [('title', '计量', False), ('text', '广告', True)]
    >>> [hint.code for hint in parse('日期:昨天 "没有关').hints]
    ['no_date', 'unclosed']
    """
    hints: list[Hint] = []
    text = fold_width(query).translate(_QUOTES)
    if len(text) > MAX_CHARACTERS:
        hints.append(Hint(code="cut", words=f"查询太长，只用了前 {MAX_CHARACTERS} 个字。"))
        text = text[:MAX_CHARACTERS]
    groups: list[tuple[Term, ...]] = []
    place = count = 0
    either = without = False
    while (place := _after_space(text, place)) < len(text):
        if (word := _WORD.match(text, place)) and word[0] in ("OR", "|", "||"):
            either = bool(groups)
            place = word.end()
            continue
        if word and word[0] in (
            "AND",
            "&&",
            "NOT",
        ):  # as other search boxes have it; words stand beside each other here
            without = word[0] == "NOT"
            place = word.end()
            continue
        term, place = _term(text, place, hints)
        if term is None:
            continue
        if without:
            term, without = replace(term, without=True), False
        count += 1
        if count > MAX_TERMS:
            hints.append(Hint(code="cut", words=f"条件太多，只用了前 {MAX_TERMS} 个。"))
            break
        if either and not term.without and not groups[-1][0].without:
            groups[-1] = (*groups[-1], term)
        else:
            groups.append((term,))
        either = False
    if groups and all(term.without for group in groups for term in group):
        hints.append(Hint(code="only_without", words="只有不要的词；已列出不含它们的全部文章。"))
    elif not groups and query.strip() and not hints:
        hints.append(Hint(code="empty", words="查询里没有文字或数字。"))
    plain = all(len(group) == 1 and group[0].field == "text" and not group[0].without for group in groups)
    return Asked(groups=tuple(groups), hints=tuple(hints), typed=fold(query[:MAX_CHARACTERS]).strip() if plain else "")


def written(asked: Asked) -> str:
    """The query as a person would type it.

    >>> written(parse('標題：計量 -“廣告” 甲甲 OR 乙乙'))
    '标题:计量 -"广告" 甲甲 OR 乙乙'
    """
    return " ".join(" OR ".join(_typed(term) for term in group) for group in asked.groups)


def _typed(term: Term) -> str:
    operator = next((f"{called}:" for called, field in OPERATORS.items() if field == term.field), "")
    value = next((called for called, kind in KINDS.items() if kind == term.value), "") if term.field == "kind" else ""
    value = value or term.value
    return f"{'-' * term.without}{operator}" + (f'"{value}"' if term.quoted or " " in value else value)


def _term(text: str, place: int, hints: list[Hint]) -> tuple[Term | None, int]:
    """The term at `place`, None where it says nothing, and where it ends."""
    without = text[place] == "-" and place + 1 < len(text) and not text[place + 1].isspace()
    place += without
    field: Field = "text"
    if (operator := _OPERATOR.match(text, place)) and fold(operator[1]) in OPERATORS:
        field = OPERATORS[fold(operator[1])]
        place = _after_space(text, operator.end())
        if place == len(text):
            hints.append(Hint(code="no_value", words=f"“{operator[1]}:”后面还没有内容。", about=operator[1]))
            return None, place
    quoted = text[place] == '"'
    if quoted:
        end = text.find('"', place + 1)
        if end < 0:
            hints.append(Hint(code="unclosed", words="引号没有关上；已当作到末尾为止。", about=text[place + 1 :]))
            end = len(text)
        value, place = text[place + 1 : end], min(end + 1, len(text))
    else:
        word = _WORD.match(text, place)
        value, place = (word[0], word.end()) if word else ("", place + 1)
    term = _checked(field, value.strip(), hints)
    return (replace(term, without=without, quoted=quoted) if term is not None else None), place


def _checked(field: Field, value: str, hints: list[Hint]) -> Term | None:
    """The term, or None and a hint where its value cannot be used."""
    if field == "date":
        days = day_range(value)
        if days is None:
            words = f"看不懂日期“{value}”；可写 2025、2025-03、2025-01..2025-03 或 十四五。"
            hints.append(Hint(code="no_date", words=words, about=value))
            return None
        return Term(field=field, value=value, first=days[0], last=days[1])
    if field == "kind":
        kind = KINDS.get(fold(value), fold(value))
        if kind not in KINDS.values():
            words = f"没有叫“{value}”的类型；有：{'、'.join(KINDS)}。"
            hints.append(Hint(code="no_kind", words=words, about=value))
            return None
        return Term(field=field, value=kind)
    folded = fold(value)
    return Term(field=field, value=folded) if any(map(str.isalnum, folded)) else None


def day_range(value: str) -> tuple[int, int] | None:
    """First and last day of what is written, as numbers; None where it is no date.

    >>> day_range("2025年3月"), day_range("2025.."), day_range("2025-01..2025-03"), day_range("十四五")
    ((20250301, 20250331), (20250101, 99999999), (20250101, 20250331), (20210101, 20251231))
    >>> day_range(">2025-02"), day_range("昨天")
    ((20250301, 99999999), None)
    """
    value = value.strip()
    left, dots, right = value.partition("..")
    if dots and (not left or not right):
        days = _span(left or right)
        return None if days is None else (days[0], _MAX_DAY) if left else (_MIN_DAY, days[1])
    if dots:
        from_, to = _span(left), _span(right)
        return (from_[0], to[1]) if from_ and to and from_[0] <= to[1] else None
    sign = value.rstrip("0123456789-/.年月日W")
    if sign in (">", ">=", "<", "<="):
        days = _span(value[len(sign) :])
        if days is None:
            return None
        if sign[0] == ">":
            return (days[0] if "=" in sign else _next(days[1])), _MAX_DAY
        return _MIN_DAY, (days[1] if "=" in sign else days[0] - 1)
    return _span(value)


def _span(text: str) -> tuple[int, int] | None:
    if match := _YEAR_MONTH.match(text):
        year, month, day = (int(part) if part else 0 for part in match.groups())
        if not month:
            return year * 10_000 + 101, year * 10_000 + 1231
        if month > 12 or not year or day > monthrange(year, month)[1]:
            return None
        number = year * 10_000 + month * 100
        return (number + day, number + day) if day else (number + 1, number + monthrange(year, month)[1])
    try:
        period = parse_period(text)
    except SettingsError:
        return None
    return int(period.first.replace("-", "")), int(period.last.replace("-", ""))


def _next(day: int) -> int:
    """The smallest number after the last day of a month or year; days that do not exist are nobody's day."""
    return day - day % 100 + 101 if day % 100 >= 28 else day + 1


def _after_space(text: str, place: int) -> int:
    match = _SPACE.match(text, place)
    return match.end() if match else place
