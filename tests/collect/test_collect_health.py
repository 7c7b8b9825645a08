"""The rhythm and the health of a source, and when an address is looked at again. Pure: no network, no clock."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from shida.collect.looks import GONE_LOOKS, LONGEST_PAUSE, RETRIES, after_look, leads_nowhere
from shida.collect.sources import health
from shida.publish.source_health import note
from shida.records import Address, Look, SourceState

NOW = datetime.fromisoformat("2026-11-22T12:00:00+08:00")
CAME = ("2026-11-22T08:00:00+08:00",)


def daily(days: int, last: datetime = NOW) -> tuple[str, ...]:
    return tuple((last - timedelta(days=n)).isoformat() for n in range(days - 1, -1, -1))


@pytest.mark.parametrize(
    ("state", "read", "bodies", "expected", "words"),
    [
        (SourceState(source="a"), 0, 0, "new", "还没有来过稿件"),
        (SourceState(source="a", failures=2, trouble="t", arrivals=CAME), 0, 0, "well", ""),
        (SourceState(source="a", failures=3, trouble="t", arrivals=CAME), 0, 0, "failing", "连续3次取不到它的列表"),
        (SourceState(source="a", empty_lists=1, arrivals=CAME), 0, 0, "redesigned", "改版"),
        (SourceState(source="a", empty_lists=2), 0, 0, "new", "还没有来过稿件"),
        (SourceState(source="a", empty_lists=3), 0, 0, "redesigned", "改版"),
        (SourceState(source="a", undated=1.0, dated_before=True, arrivals=CAME), 0, 0, "redesigned", "日期"),
        (SourceState(source="a", undated=1.0, arrivals=CAME), 0, 0, "well", ""),
        (SourceState(source="a", undated=0.9, dated_before=True, arrivals=CAME), 0, 0, "well", ""),
        (SourceState(source="a", arrivals=CAME), 10, 0, "redesigned", "正文"),
        (SourceState(source="a", arrivals=CAME), 10, 1, "well", ""),
        (SourceState(source="a", arrivals=CAME), 2, 0, "well", ""),
        (SourceState(source="a", arrivals=daily(9, NOW - timedelta(days=10))), 0, 0, "quiet", "已有10天没有新稿"),
        (SourceState(source="a", arrivals=daily(3, NOW - timedelta(days=10))), 0, 0, "well", ""),
    ],
)
def test_each_trouble_has_its_own_name(state: SourceState, read: int, bodies: int, expected: str, words: str) -> None:
    found = health(state, NOW, read=read, bodies=bodies)
    assert found.state == expected
    assert (words in note(found)) if words else note(found) == ""


def test_what_is_quiet_depends_on_the_sources_own_rhythm() -> None:
    weekly = tuple((NOW - timedelta(days=7 * n)).isoformat() for n in range(8, 0, -1))
    assert health(SourceState(source="a", arrivals=weekly), NOW + timedelta(days=13)).state == "well"
    assert health(SourceState(source="a", arrivals=weekly), NOW + timedelta(days=15)).state == "quiet"
    hourly = tuple((NOW - timedelta(hours=n)).isoformat() for n in range(9, -1, -1))
    assert health(SourceState(source="a", arrivals=hourly), NOW + timedelta(hours=47)).state == "well", "a weekend"
    assert health(SourceState(source="a", arrivals=hourly), NOW + timedelta(hours=49)).state == "quiet"


def look(status: str, at: datetime, **more: str | None) -> Look:
    return Look(url="https://example.cn/a", source="a", at=at.isoformat(), status=status, **more)  # type: ignore[arg-type]


def test_a_page_that_stays_is_looked_at_more_and_more_seldom_for_a_year() -> None:
    known = after_look(None, look("page", NOW, page="p-1", etag='"1"'))
    pauses = []
    while known.next_due is not None:
        at = datetime.fromisoformat(known.next_due)
        pauses.append(at - datetime.fromisoformat(known.checked))
        known = after_look(known, look("same", at, etag='"1"'))
    assert pauses[:4] == [timedelta(days=days) for days in (1, 1, 2, 4)]
    assert max(pauses) == LONGEST_PAUSE
    assert 10 < len(pauses) < 16
    assert (known.page, known.etag, known.changes, known.gone) == ("p-1", '"1"', 0, None)


def test_a_refused_address_is_tried_again_later_and_later_and_then_left() -> None:
    known: Address | None = None
    at, waits = NOW, []
    for _ in range(RETRIES):
        known = after_look(known, look("refused", at, reason="http_403"))
        if known.next_due:
            waits.append(datetime.fromisoformat(known.next_due) - at)
            at = datetime.fromisoformat(known.next_due)
    assert known is not None
    assert waits == sorted(waits)
    assert waits[0] == timedelta(hours=1)
    assert known.next_due is None
    assert after_look(known, look("page", at, page="p-1")).failures == 0


def test_a_withdrawn_page_is_looked_for_some_times_more() -> None:
    known = after_look(None, look("page", NOW, page="p-1"))
    at, looks = NOW + timedelta(days=1), 0
    while True:
        known = after_look(known, look("gone", at, reason="http_410"))
        looks += 1
        if known.next_due is None:
            break
        at = datetime.fromisoformat(known.next_due)
    assert looks == GONE_LOOKS + 1
    assert (known.gone, known.page) == ((NOW + timedelta(days=1)).isoformat(), "p-1")
    back = after_look(known, look("same", at))
    assert (back.gone, back.failures) == (None, 0)


def test_an_address_that_never_had_a_page_is_not_withdrawn() -> None:
    known = after_look(None, look("gone", NOW, reason="http_404"))
    assert (known.gone, known.page, known.failures) == (None, None, 1)


def test_a_feeds_entry_that_stands_in_is_replaced_only_where_the_page_may_come() -> None:
    assert after_look(None, look("page", NOW, page="p-1", reason="http_403")).next_due is None
    assert after_look(None, look("page", NOW, page="p-1", reason="no_link")).next_due is None
    assert after_look(None, look("page", NOW, page="p-1", reason="http_500")).next_due is not None


steps = st.lists(st.tuples(st.sampled_from(["page", "same", "gone", "refused"]), st.integers(1, 400)), max_size=30)


@given(steps)
def test_whatever_comes_the_address_stays_in_order(steps: list[tuple[str, int]]) -> None:
    known: Address | None = None
    at = NOW
    for status, days in steps:
        at += timedelta(days=days)
        before = known
        known = after_look(known, look(status, at, page="p-1" if status == "page" else None))
        assert known.first <= known.checked == at.isoformat()
        assert known.next_due is None or known.next_due > known.checked
        assert known.gone is None or (known.page is not None and status in ("gone", "refused"))
        if before is not None and before.page is not None:
            assert known.page is not None, "what was once here is never forgotten"


@pytest.mark.parametrize(
    ("asked", "final", "nowhere"),
    [
        ("https://example.cn/a/1.html", "https://example.cn/", True),
        ("https://example.cn/a/1.html", "https://www.example.cn/index.html", True),
        ("https://example.cn/a/1.html", "https://example.cn/404.html", True),
        ("https://example.cn/a/1.html", "https://example.cn/error/404.htm", True),
        ("https://example.cn/a/1.html", "https://example.cn/b/1.html", False),
        ("https://example.cn/", "https://example.cn/", False),
        ("http://example.cn/?id=5", "https://example.cn/?id=5", False),
        ("https://example.cn/a/1.html", "https://example.cn/index.html?id=4", False),
    ],
)
def test_a_redirect_to_nowhere(asked: str, final: str, nowhere: bool) -> None:
    assert leads_nowhere(asked, final) is nowhere


def test_a_look_that_changes_the_page_counts_as_a_change() -> None:
    known = after_look(None, look("page", NOW, page="p-1"))
    later = NOW + timedelta(days=1)
    assert after_look(known, look("page", later, page="p-2")).changes == 1
    assert replace(after_look(known, look("page", later, page="p-1")), changes=0).page == "p-1"
