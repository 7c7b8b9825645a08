"""Letters: what is in them, that they are the same each time, that nothing from outside gets out of its place."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser

import pytest
from msgspec.structs import replace

from shida.alerts.letters import MOST_ALERTS, as_text, letter, letters_of, line, slot_of
from shida.alerts.targets import mail_address, make_letterbox
from shida.errors import SettingsError
from shida.records import Alert, Letterbox, News
from shida.settings import Settings

NOW = "2026-11-22T09:00:00+08:00"
SETTINGS = Settings(mail_from="desk@quality.example.cn", smtp_host="127.0.0.1", site_url="https://news.example.cn")
BOX = make_letterbox("reader@example.org", owner="法规部", now=NOW, upto=0)
HOSTILE = "</div><script>alert(1)</script><img src=x onerror=y>\r\nBcc: b@example.org\x00\u202eabc&amp;\u2028"


def told(number: int = 1, **more: object) -> News:
    own = News(
        what="new",
        kind="article",
        id=f"a-{number}",
        title=f"第{number}起召回",
        published="2026-11-21",
        source="江城质量报",
        page=f"article/a-{number}.html",
        url=f"https://example.org/{number}",
        sentence="甲厂宣布召回儿童座椅，共三批。",
        article=f"a-{number}",
        start=5,
        end=20,
        kept="p-1",
    )
    return replace(own, **more)


def alert(number: int, *news: News, watch: str = "w-1", name: str = "儿童用品召回") -> Alert:
    return Alert(id=f"n-{number}", watch=watch, name=name, query="召回", owner="法规部", made=NOW, news=news)


def one_letter(*alerts: Alert, box: Letterbox = BOX, settings: Settings = SETTINGS) -> EmailMessage:
    (delivery,) = letters_of(box, alerts, "2026-11-22", NOW)
    return letter(box, delivery, alerts, settings)


def parts(message: EmailMessage) -> tuple[str, str]:
    """Plain text and HTML, as they are read from the bytes."""
    read = message_from_bytes(message.as_bytes(), policy=policy.default)
    assert isinstance(read, EmailMessage)
    found = []
    for kind in ("plain", "html"):
        part = read.get_body((kind,))
        assert part is not None
        found.append(part.get_content().replace("\r\n", "\n"))
    return found[0], found[1]


def test_a_letter_has_everything_and_is_the_same_each_time() -> None:
    message = one_letter(alert(1, told(), told(2, what="withdrawn", why="原页已撤下，2026-11-22 发现")))
    assert (
        message.as_bytes()
        == one_letter(alert(1, told(), told(2, what="withdrawn", why="原页已撤下，2026-11-22 发现"))).as_bytes()
    )
    assert message["Subject"] == "十大 · 法规部 · 每日关注 2026-11-22：2 条"
    assert message["To"] == "reader@example.org"
    assert message["Date"] == "Sun, 22 Nov 2026 09:00:00 +0800"
    assert re.fullmatch(r"<e-[0-9a-f]{12}\.2026-11-22\.1\.[0-9a-f]{8}@quality\.example\.cn>", message["Message-ID"])
    assert message["List-Unsubscribe"] == f"<mailto:desk@quality.example.cn?subject=unsubscribe%20{BOX.id}>"
    plain, html = parts(message)
    for text in (plain, html):
        for words in (
            "第1起召回", "2026年11月21日", "江城质量报", "甲厂宣布召回儿童座椅，共三批。", "https://news.example.cn/article/a-1.html",
            "https://example.org/1", "第 6–20 字", "【撤下】", "原页已撤下", "儿童用品召回", BOX.id,
        ):  # fmt: skip
            assert words in text, words
    assert as_text(message).startswith("From: 十大 <desk@quality.example.cn>\nTo: reader@example.org\n")
    assert all(len(row) <= 998 for row in message.as_bytes().split(b"\r\n"))
    assert message.as_bytes().isascii()


class Seen(HTMLParser):
    """The tags and addresses of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.addresses: list[str] = []
        self.names: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.names |= {name for name, _ in attrs}
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src")]


def test_hostile_words_stay_words() -> None:
    bad = told(title=HOSTILE, source=HOSTILE, sentence=HOSTILE, why=HOSTILE, id=HOSTILE, article=HOSTILE, kept=HOSTILE)
    made = replace(alert(1, bad, name=HOSTILE), query=HOSTILE)
    settings = replace(SETTINGS, site_title=HOSTILE)
    message = one_letter(made, box=replace(BOX, owner=HOSTILE), settings=settings)
    read = message_from_bytes(message.as_bytes(), policy=policy.default)
    assert read["Bcc"] is None
    assert read.defects == []
    plain, html = parts(message)
    seen = Seen()
    seen.feed(html)
    assert not seen.tags & {"script", "img", "link", "iframe", "object", "form", "style", "base"}
    assert not seen.names & {"src", "onerror", "onclick", "srcset", "background"}
    assert all(address.startswith(("https://news.example.cn/", "https://example.org/")) for address in seen.addresses)
    assert "url(" not in html
    for text in (plain, html):
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e\u2028]", text)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "ftp://a/"])
def test_an_address_of_an_article_that_is_no_web_address_was_taken_out_before(url: str) -> None:
    from shida.publish.addresses import safe_url

    assert safe_url(url) is None  # as news_of does


def test_nothing_new_is_no_letter_unless_it_is_wanted() -> None:
    assert letters_of(BOX, [], "2026-11-22", NOW) == []
    always = replace(BOX, always=True)
    (delivery,) = letters_of(always, [], "2026-11-22", NOW)
    assert "没有新的内容" in parts(letter(always, delivery, [], SETTINGS))[0]


def test_a_long_letter_goes_in_parts_and_leaves_nothing_out() -> None:
    alerts = [alert(number, told(number)) for number in range(1, 2 * MOST_ALERTS + 4)]
    letters = letters_of(BOX, alerts, "2026-11-22", NOW)
    assert [one.part for one in letters] == [1, 2, 3]
    assert len({one.id for one in letters}) == 3
    by_id = {one.id: one for one in alerts}
    texts = [parts(letter(BOX, one, [by_id[name] for name in one.alerts], SETTINGS))[0] for one in letters]
    assert all(sum(f"第{number}起召回" in text for text in texts) == 1 for number in range(1, 24))
    assert "（2/3）" in texts[1]


def test_a_letter_goes_once_a_day_or_once_a_week_from_its_hour_on() -> None:
    start = datetime.fromisoformat("2026-11-20T00:00:00+08:00")  # a Friday
    for every, wanted in (("day", 10), ("week", 2)):
        box = replace(
            make_letterbox("a@example.org", owner="", every=every, hour=8, now=NOW, upto=0), slot="2026-11-19"
        )
        if every == "week":
            box = replace(box, slot="2026-W47")
        sent = []
        for hour in range(24 * 10):
            now = start + timedelta(hours=hour)
            slot = slot_of(box, now)
            if slot is not None:
                box = replace(box, slot=slot)
                sent.append(now)
        assert len(sent) == (wanted if every == "day" else 1), every
        assert {one.hour for one in sent} == {8}
        if every == "week":
            assert sent[0].isoweekday() == 1


def test_a_week_across_the_year_is_one() -> None:
    box = replace(make_letterbox("a@example.org", owner="", every="week", hour=8, now=NOW, upto=0), slot="2026-W52")
    assert slot_of(box, datetime.fromisoformat("2026-12-28T09:00:00+08:00")) == "2026-W53"
    later = replace(box, slot="2026-W53")
    assert slot_of(later, datetime.fromisoformat("2027-01-01T09:00:00+08:00")) is None
    assert slot_of(later, datetime.fromisoformat("2027-01-04T09:00:00+08:00")) == "2027-W01"


@pytest.mark.parametrize(
    "address",
    [
        "", "a", "a@", "@b.cn", "a@b", "a b@example.cn", "a@example.cn\n", "a@example.cn,b@example.cn",
        "<a@example.cn>", "a@[127.0.0.1]", '"a b"@example.cn', "a@例子.中国", "ä@example.cn", "a@-x.cn",
        "a@example..cn", "a" * 65 + "@example.cn", "a@example.cn\x00", "a@" + "b." * 200 + "cn", ".a@example.cn",
        "a..b@example.cn", "a@example.cn\r\nRCPT TO:<b@c.cn>",
    ],
)  # fmt: skip
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(SettingsError):
        mail_address(address)


def test_a_very_long_odd_address_is_refused_at_once() -> None:
    with pytest.raises(SettingsError):
        mail_address("a." * 100_000 + "@")


def test_a_line_is_one_line() -> None:
    assert line("a\r\n\tb\u2029c\ud800d") == "a b c d"
