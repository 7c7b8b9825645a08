from __future__ import annotations

import time

import pytest

from shida.store.search.parsing import MAX_TERMS, Term, day_range, parse


def test_operators_in_either_script_and_width() -> None:
    for written in ("标题:计量", "標題：計量", "title:计量", "标题: 计量", "标题：“计量”"):
        quoted = "“" in written
        assert parse(written).groups == ((Term(field="title", value="计量", quoted=quoted),),)


def test_or_joins_two_neighbours() -> None:
    groups = parse("甲甲 乙乙 OR 丙丙 丁丁").groups
    assert [[term.value for term in group] for group in groups] == [["甲甲"], ["乙乙", "丙丙"], ["丁丁"]]


def test_a_hyphen_within_a_word_is_no_minus() -> None:
    assert [term.without for group in parse("GB-T covid-19 -广告").groups for term in group] == [False, False, True]


def test_a_time_of_day_or_address_is_no_operator() -> None:
    assert [term.field for group in parse("10:30 https://example.org").groups for term in group] == ["text", "text"]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("日期:昨天", "no_date"),
        ("日期:2025-13", "no_date"),
        ("日期:2025-02-30", "no_date"),
        ("日期:2025-03..2025-01", "no_date"),
        ("类型:电影", "no_kind"),
        ('"没有关上', "unclosed"),
        ("标题:", "no_value"),
        ("-广告", "only_without"),
        ("，。！", "empty"),
        ("字" * 300, "cut"),
        ("a " * 90, "cut"),
    ],
)
def test_what_is_wrong_becomes_a_hint(query: str, code: str) -> None:
    asked = parse(query)
    assert code in {hint.code for hint in asked.hints}
    assert sum(len(group) for group in asked.groups) <= MAX_TERMS


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("2025", (20250101, 20251231)),
        ("2024-02", (20240201, 20240229)),
        ("2024年2月5日", (20240205, 20240205)),
        ("2024/2/5", (20240205, 20240205)),
        ("20240205", (20240205, 20240205)),
        ("2024-W01", (20240101, 20240107)),
        ("2025-01..2025-03", (20250101, 20250331)),
        ("..2024", (1, 20241231)),
        (">=2024-05", (20240501, 99999999)),
        ("<2024-05", (1, 20240500)),
        ("", None),
        ("..", None),
        ("0000", (101, 1231)),
    ],
)
def test_dates(written: str, days: tuple[int, int] | None) -> None:
    assert day_range(written) == days


def test_reading_is_linear() -> None:
    spent = []
    for size in (50_000, 100_000):
        start = time.process_time()
        for query in ('"' * size, "标题:" * size, "-" * size, "OR " * size, "日期:" + "2" * size):
            parse(query)
        spent.append(time.process_time() - start)
    assert spent[1] < 2.5 * spent[0] + 0.05


def test_the_words_of_other_search_boxes_are_understood() -> None:
    assert parse("计量 AND 标准 NOT 广告").groups == parse("计量 标准 -广告").groups
    assert [term.value for (term,) in parse("and not").groups] == ["and", "not"]  # small letters are words
    assert parse("NOT").groups == ()
