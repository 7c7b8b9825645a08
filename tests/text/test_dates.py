"""Dates in running text and in date strings."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shida.text.dates import find_dates, parse_date

ANCHOR = "2026-01-28"


@pytest.mark.parametrize(
    ("text", "value", "how"),
    [
        ("2024年3月5日", "2024-03-05", "full"),
        ("２０２４年３月５日", "2024-03-05", "full"),
        ("2005 年 3 月 5 日", "2005-03-05", "full"),
        ("二〇二六年一月", "2026-01", "full"),
        ("二○○五年三月十二日", "2005-03-12", "full"),
        ("二零一九年十二月三十一日", "2019-12-31", "full"),
        ("民国114年3月5日", "2025-03-05", "full"),
        ("2025/3/5", "2025-03-05", "full"),
        ("2025.03.05", "2025-03-05", "full"),
        ("2025-03", "2025-03", "full"),
        ("2025年度", "2025", "full"),
        ("1月27日", "2026-01-27", "anchor"),
        ("12月1号", "2025-12-01", "anchor"),
        ("11月份", "2025-11", "anchor"),
        ("27日", "2026-01-27", "anchor"),
        ("31日", "2026-01-31", "anchor"),
        ("今天（1月15日）", "2026-01-15", "relative"),
        ("昨天（27日）", "2026-01-27", "relative"),
        ("昨日", "2026-01-27", "relative"),
        ("本月3日", "2026-01-03", "relative"),
        ("上个月", "2025-12", "relative"),
        ("去年12月", "2025-12", "relative"),
        ("前年", "2024", "relative"),
        ("上周五", "2026-01-23", "relative"),
    ],
)
def test_one_date_is_read_whole(text: str, value: str, how: str) -> None:
    before, after = "据报道，", "，会议举行。"
    (found,) = find_dates(before + text + after, ANCHOR)
    assert (found.value, found.how) == (value, how)
    assert (found.start, found.end) == (len(before), len(before) + len(text))


@pytest.mark.parametrize(
    ("text", "value", "until"),
    [
        ("2025年9月16日至17日", "2025-09-16", "2025-09-17"),
        ("9月16—18日", "2026-09-16", "2026-09-18"),
        ("16日至17日", "2026-01-16", "2026-01-17"),
        ("2024年12月30日至2025年1月2日", "2024-12-30", "2025-01-02"),
        ("2024年2月27日-3月1日", "2024-02-27", "2024-03-01"),
        ("2025年1—8月", "2025-01", "2025-08"),
        ("2025年1月至8月", "2025-01", "2025-08"),
        ("2021—2035年", "2021", "2035"),
    ],
)
def test_ranges_have_a_last_day(text: str, value: str, until: str) -> None:
    (found,) = find_dates(text, ANCHOR)
    assert (found.value, found.until, found.end) == (value, until, len(text))


@pytest.mark.parametrize(
    "text",
    [
        "15日内提交", "十五日内", "3000年历史", "2000年前", "2000多年", "日前", "近日", "每年3月15日", "农历八月十五日",
        "公元前221年", "2023年2月30日", "阳春三月", "增长1.5日", "第5日", "连续3日游", "二十一世纪", "版本12.2024.3",
    ],
)  # fmt: skip
def test_what_is_no_date_is_left(text: str) -> None:
    assert find_dates(text, ANCHOR) == ()


def test_without_an_anchor_nothing_is_guessed() -> None:
    assert find_dates("去年12月，昨日，3月5日，16日，今年以来") == ()


def test_a_wrong_anchor_is_as_good_as_none() -> None:
    assert find_dates("3月5日", "soon") == find_dates("3月5日", "2026-13-40") == ()


def test_an_earlier_date_of_the_sentence_gives_the_year() -> None:
    found = find_dates("2019年11月28日立项，12月3日开工，9日停工。4月1日复工。", ANCHOR)
    assert [date.value for date in found] == ["2019-11-28", "2019-12-03", "2019-12-09", "2026-04-01"]
    assert found[-1].how == "anchor"


def test_the_same_year_needs_an_earlier_date() -> None:
    assert [date.value for date in find_dates("2008年成立。同年5月，公司上市。")] == ["2008", "2008-05"]
    assert find_dates("同年5月，公司上市。") == ()


def test_turn_of_the_year() -> None:
    assert find_dates("12月30日", "2025-01-03")[0].value == "2024-12-30"
    assert find_dates("自1月1日起", "2024-12-28")[0].value == "2025-01-01"
    assert find_dates("30日电", "2025-01-03")[0].value == "2024-12-30"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2025-09-16T10:00+08:00", "2025-09-16T10:00+08:00"),
        ("2025-09-16T02:00:00.000Z", "2025-09-16T10:00:00+08:00"),
        ("2025-09-15T20:00:00-0500", "2025-09-16T09:00:00+08:00"),
        ("2005年03月21日11:21", "2005-03-21T11:21+08:00"),
        ("2005-3-11 12:12", "2005-03-11T12:12+08:00"),
        ("2022年02月11日 星期五 下午3:05", "2022-02-11T15:05+08:00"),
        ("2022年2月11日10时30分", "2022-02-11T10:30+08:00"),
        ("2025/3/5 3:04:05 PM", "2025-03-05T15:04:05+08:00"),
        ("Tue, 16 Sep 2025 10:00:00 GMT", "2025-09-16T18:00:00+08:00"),
        ("16 Sep 2025 10:00:00 +0800", "2025-09-16T10:00:00+08:00"),
        ("20250916", "2025-09-16"),
        ("20250916103000", "2025-09-16T10:30:00+08:00"),
        ("2025-09-16 24:30", "2025-09-16"),
        ("2025年9月", "2025-09"),
        ("20251345", None),
        ("0000-00-00", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_a_date_string_gives_one_time(text: str, value: str | None) -> None:
    assert parse_date(text) == value


@given(st.text(alphabet="0123456789年月日号至—-/.:〇一二十今昨去本上前后天周 　（）电", max_size=60))
def test_spans_are_in_order_and_dates_are_days(text: str) -> None:
    end = 0
    for found in find_dates(text, ANCHOR):
        assert end <= found.start < found.end <= len(text)
        end = found.end
        assert parse_date(found.value) == found.value
        assert found.until is None or found.until > found.value
    parse_date(text)


@pytest.mark.parametrize("unit", ["1月", "5", "　", "2024年", "3-", "12.", "今", "2021—", "3至"])
def test_time_is_linear(unit: str) -> None:
    start = time.process_time()
    find_dates(unit * (200_000 // len(unit)), ANCHOR)
    assert time.process_time() - start < 5


@pytest.mark.shared
def test_dates_of_law_headers(shared: object) -> None:
    import json
    from pathlib import Path

    rows = [json.loads(line) for line in (Path(str(shared)) / "laws/headers.jsonl").read_text().split("\n") if line]
    missed = [row for row in rows if not set(row["header_dates"]) <= {date.value for date in find_dates(row["header"])}]
    assert len(missed) / len(rows) < 0.005
