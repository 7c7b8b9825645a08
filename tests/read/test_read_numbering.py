"""Top-ten lists however they are numbered, and the days of list lines without a year."""

from __future__ import annotations

import pytest

from shida.read.lists import dated_item, find_top_lists, short_date

WORDS = ("十大", "十件大事")
EVENTS = [
    f"{place}换了新秤" for place in ("江城", "河东", "青石镇", "柳林县", "临水", "南岗", "北门", "东街", "西市", "桥头")
]


def found(lines: list[str], title: str = "2025年质量十大新闻") -> list[tuple[str, bool, list[str]]]:
    return [(one.top.name, one.top.ranked, list(one.top.entries)) for one in find_top_lists([title, *lines], WORDS)]


@pytest.mark.parametrize(
    "form",
    [
        "{n}、",
        "{n}.",
        "{n:02d} ",
        "NO.{n} ",
        "No{n}：",
        "TOP {n} ",
        "TOP{n} ",
        "第{n}名：",
        "第{n}位 ",
        "（{n}）",
        "【{n}】",
    ],
)
def test_a_list_is_found_however_it_is_numbered(form: str) -> None:
    lines = [form.format(n=number) + event for number, event in enumerate(EVENTS, 1)]
    assert found(lines) == [("2025年质量十大新闻", True, EVENTS)]


@pytest.mark.parametrize("first", "①⑴⒈❶➀➊㈠")
def test_numbers_of_one_character(first: str) -> None:
    lines = [f"{chr(ord(first) + number)}{event}" for number, event in enumerate(EVENTS)]
    assert found(lines) == [("2025年质量十大新闻", True, EVENTS)]


@pytest.mark.parametrize("form", ["新闻{}：", "十件实事之{}：", "典型案例{}、", "新闻{}."])
def test_numbers_behind_a_word(form: str) -> None:
    lines = [form.format(number) + event for number, event in zip("一二三四五六七八九十", EVENTS, strict=True)]
    assert found(lines) == [("2025年质量十大新闻", True, EVENTS)]


@pytest.mark.parametrize("form", ["{n}", "0{n}", "NO.{n}", "TOP {n}", "第{n}名", "{n}、"])
def test_numbers_on_a_line_of_their_own(form: str) -> None:
    events = EVENTS[:9]
    lines = [part for n, event in enumerate(events, 1) for part in (form.format(n=n), event, "大家都说这样才公道。")]
    assert found(lines) == [("2025年质量十大新闻", True, events)]
    down = [part for n, event in reversed(list(enumerate(events, 1))) for part in (form.format(n=n), event)]
    assert found(down) == [("2025年质量十大新闻", True, events)]


@pytest.mark.parametrize(
    "lines",
    [
        ["3", "江城换了新秤", "7", "河东换了新秤", "9", "临水换了新秤"],
        ["1", "江城换了新秤", "3", "河东换了新秤", "5", "临水换了新秤"],
        ["1", "2", "3", "江城换了新秤"],
    ],
)
def test_other_numbers_on_lines_of_their_own_are_no_ranks(lines: list[str]) -> None:
    assert found(lines) == []


@pytest.mark.parametrize("form", ["{n}、", "NO.{n} ", "第{n}名："])
def test_a_list_that_counts_down_is_told_from_the_first(form: str) -> None:
    lines = [form.format(n=number) + event for number, event in reversed(list(enumerate(EVENTS, 1)))]
    with_words = [part for line in lines for part in (line, "旁边的人听得很认真，都说这样才公道。")]
    assert found(lines) == found(with_words) == [("2025年质量十大新闻", True, EVENTS)]


def test_a_list_that_counts_down_and_breaks_off_is_none() -> None:
    lines = [f"{number}、{event}" for number, event in reversed(list(enumerate(EVENTS, 1)))]
    assert found(lines[:7]) == []


def test_each_of_two_lists_has_its_own_name_and_the_period_of_the_title() -> None:
    lines = ["国内十大新闻", *(f"{n}、{event}" for n, event in enumerate(EVENTS, 1)), "国际十大新闻"]
    lines += [f"{n}、海外{event}" for n, event in enumerate(EVENTS, 1)]
    tops = [one.top for one in find_top_lists(["2025年国内国际十大新闻", *lines], WORDS)]
    assert [(top.name, top.period, len(top.entries)) for top in tops] == [
        ("国内十大新闻", ("2025-01-01", "2025-12-31"), 10),
        ("国际十大新闻", ("2025-01-01", "2025-12-31"), 10),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ["第1批产品抽查结果公布", "第2批产品抽查结果公布", "第3批产品抽查结果公布"],
        ["第1届大会", "第2届大会", "第3届大会"],
        ["2025年1月", "2025年2月", "2025年3月"],
        ["12 次", "11 次", "10 次"],
    ],
)
def test_what_is_counted_otherwise_is_no_list(lines: list[str]) -> None:
    assert found(lines) == []


@pytest.mark.parametrize(
    ("line", "anchor", "url", "wanted"),
    [
        ("江城公布抽查结果 11-20", None, "/xw/t1.html", None),
        ("江城公布抽查结果 11-20", None, "/xw/2025/11/t1.html", "2025-11-20"),
        ("江城公布抽查结果 11-20", None, "/xw/t20251121_1.html", "2025-11-20"),
        ("江城公布抽查结果 11-20", "2026-11-22T12:00:00+08:00", "/xw/t1.html", "2026-11-20"),
        ("江城公布抽查结果 12月30日", "2026-01-05", "/xw/t1.html", "2025-12-30"),
        ("江城公布抽查结果 3小时前", "2026-11-22T01:00:00+08:00", "/xw/t1.html", "2026-11-21"),
        ("江城公布抽查结果 [昨天 10:20]", "2026-11-22T12:00:00+08:00", "/xw/t1.html", "2026-11-21"),
    ],
)
def test_the_day_of_a_list_line_without_a_year(line: str, anchor: str | None, url: str, wanted: str | None) -> None:
    item = dated_item(line, anchor, url)
    assert item is not None
    assert (item.title, item.published) == ("江城公布抽查结果", wanted)


def test_a_number_that_looks_like_a_day_is_none_without_a_link() -> None:
    assert dated_item("江城公布抽查结果 11-20") is None
    assert dated_item("江城公布抽查结果 3小时前", "2026-11-22") is None


@pytest.mark.parametrize(
    "url", ["/12345678/t.html", "/2025113000001.html", "/199911/t.html", "/2025-1/t.html", "x" * 9_000]
)
def test_digits_of_an_address_are_not_always_a_year(url: str) -> None:
    assert short_date(11, 20, None, url) is None
