"""Posting to hooks: signed, guarded, tried again, given up, and never lost; the receiver is on loopback."""

from __future__ import annotations

import json
import os
import stat
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from alert_room import NOW, Clock, arrive, article, save
from msgspec.structs import replace
from receiver import Receiver, Says

from shida.alerts import ailments, alerts, healths, make_hook
from shida.alerts.keys import new_secret, open_to_others, read_secrets, write_secrets
from shida.alerts.rounds import Round
from shida.alerts.targets import hook_address
from shida.alerts.waits import MOST_TRIES, WAITS, wait_seconds
from shida.client import NotSigned, verify
from shida.client.webhooks import sign
from shida.errors import NewsroomBusy, SettingsError, StoreError
from shida.net import Client, Limits
from shida.net.addresses import networks
from shida.pack import Pack
from shida.records import Hook
from shida.settings import Settings
from shida.store import Newsroom

LOOPBACK = ("127.0.0.0/8", "::1/128")
QUICK = Limits(host_gap_seconds=0, total_seconds=1.0, idle_seconds=0.6)


class Room:
    """A newsroom with a saved search and a hook on a receiver."""

    def __init__(self, home: Path, pack: Pack, there: Receiver, allow: tuple[str, ...] = LOOPBACK) -> None:
        self.newsroom = Newsroom.open(home, create=True)
        self.pack = pack
        self.there = there
        self.clock = Clock()
        self.settings = Settings(allow=allow, site_url="https://news.example.cn")
        self.watch = save(self.newsroom, pack, "召回")
        self.hook = self.add_hook(there.url)
        self.secret = read_secrets(home, self.hook.id)[0]
        self._number = 0

    def add_hook(self, url: str) -> Hook:
        made = make_hook(url, owner="", now=NOW.isoformat(), allow=networks(LOOPBACK))
        write_secrets(self.newsroom.home, made.id, (new_secret(),))
        self.newsroom.deliveries.save_target(made)
        return made

    def come(self) -> None:
        self._number += 1
        arrive(self.newsroom, article(f"r-{self._number}", f"第{self._number}起召回。<b>甲&乙</b>"))

    def round(self) -> Round:
        client = Client(QUICK, allow=self.settings.allow)
        return alerts(self.newsroom, self.pack, self.settings, clock=self.clock, client=client, environ={})


@pytest.fixture
def there() -> Iterator[Receiver]:
    with Receiver() as receiver:
        yield receiver


@pytest.fixture
def room(tmp_path: Path, pack: Pack, there: Receiver) -> Iterator[Room]:
    room = Room(tmp_path / "newsroom", pack, there)
    yield room
    room.newsroom.close()


def test_what_is_new_is_posted_once_and_signed(room: Room, there: Receiver) -> None:
    room.come()
    assert room.round().done == 1
    assert room.round().done == 0
    (got,) = there.got
    message_id, stamp = verify(room.secret, got.headers, got.body, now=NOW.timestamp())
    assert stamp == int(NOW.timestamp())
    assert got.headers["content-type"] == "application/json"
    assert got.headers["user-agent"].startswith("shida/")
    said = json.loads(got.body)
    assert (said["type"], said["timestamp"], said["data"]["alert"]) == ("watch.matched", NOW.isoformat(), message_id)
    assert said["data"]["watch"] == {"id": room.watch.id, "name": "关注", "query": "召回"}
    (one,) = said["data"]["news"]
    assert (one["what"], one["page"]) == ("new", "https://news.example.cn/article/r-1.html")
    assert one["evidence"] == {
        "sentence": "第1起召回。", "article": "r-1", "of": "text", "start": 0, "end": 6, "kept": "p-r-1"
    }  # fmt: skip
    assert (("owner" in said["data"]["watch"]), room.secret.encode() in got.body) == (False, False)


def test_a_failure_is_tried_again_under_the_same_id_later_each_time(room: Room, there: Receiver) -> None:
    room.come()
    there.says = Says(503)
    assert room.round().put_off == 1
    assert room.round().put_off == 0  # it is not due
    waits = []
    while (waiting := room.newsroom.deliveries.waiting()) and waiting[0].tries < 4:
        due = waiting[0].due
        waits.append((room.clock.now.fromisoformat(due) - room.clock.now).total_seconds())
        room.clock.now = room.clock.now.fromisoformat(due)
        room.round()
    for seconds, base in zip(waits, WAITS, strict=False):
        assert base <= seconds <= base * 1.25 + 1
    there.says = Says(200)
    room.clock.later(days=1)
    assert room.round().done == 1
    assert len({got.headers["webhook-id"] for got in there.got}) == 1
    assert len({got.body for got in there.got}) == 1
    assert len({got.headers["webhook-signature"] for got in there.got}) == len(there.got)  # each at its own time
    attempts = room.newsroom.deliveries.attempts()
    assert [one.status for one in attempts] == [503] * 4 + [200]
    assert all(one.milliseconds >= 0 and one.at for one in attempts)


def test_a_kill_between_post_and_mark_posts_again_under_the_same_id(
    room: Room, there: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.come()

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(room.newsroom.deliveries, "keep_attempt", killed)
        with pytest.raises(KeyboardInterrupt):
            room.round()
    assert len(there.got) == 1
    assert room.round().done == 1
    first, second = there.got
    assert (first.headers["webhook-id"], first.body) == (second.headers["webhook-id"], second.body)


def test_gone_switches_the_hook_off_and_says_so(room: Room, there: Receiver) -> None:
    there.says = Says(410)
    room.come()
    assert room.round().given_up == 1
    there.says = Says(200)
    room.come()
    room.round()
    assert len(there.got) == 1
    (fares,) = healths(room.newsroom)
    assert (fares.state, "410" in fares.sentence) == ("off", True)
    ails = ailments(room.newsroom, room.settings, NOW)
    assert any("shida alerts resume" in one for one in ails)
    room.newsroom.deliveries.save_target(replace(room.hook, off=""))
    room.come()
    assert room.round().done == 1


def test_retry_after_is_kept_to(room: Room, there: Receiver) -> None:
    there.says = Says(429, {"Retry-After": "7200"})
    room.come()
    room.round()
    (waiting,) = room.newsroom.deliveries.waiting()
    assert waiting.due == (NOW + timedelta(hours=2)).isoformat()
    there.says = Says(503, {"Retry-After": "9" * 300})  # a lie
    room.clock.later(hours=2)
    room.round()
    (waiting,) = room.newsroom.deliveries.waiting()
    assert NOW.fromisoformat(waiting.due) < NOW + timedelta(days=8)


def test_after_so_many_failures_it_is_given_up_with_the_reason(room: Room, there: Receiver) -> None:
    there.says = Says(500)
    room.come()
    for _ in range(MOST_TRIES + 3):
        room.round()
        room.clock.later(days=2)
    assert len(there.got) == MOST_TRIES
    (dead,) = room.newsroom.deliveries.dead()
    assert "status 500" in dead.said
    assert f"{MOST_TRIES} attempts" in dead.said
    assert any(
        "status 500" in one and "shida alerts retry" in one for one in ailments(room.newsroom, room.settings, NOW)
    )


def test_the_order_is_kept_and_a_failing_hook_is_asked_once_a_round(room: Room, there: Receiver) -> None:
    there.says = Says(500)
    for _ in range(3):
        room.come()
        room.round()
    room.clock.later(days=1)
    before = len(there.got)
    room.round()
    assert len(there.got) == before + 1
    there.says = Says(200)
    room.clock.later(days=1)
    assert room.round().done == 3
    told = [json.loads(got.body)["data"]["news"][0]["id"] for got in there.got[-3:]]
    assert told == ["r-1", "r-2", "r-3"]


def test_one_hook_that_hangs_does_not_keep_another_waiting_for_ever(room: Room, there: Receiver) -> None:
    with Receiver() as slow:
        slow.says = Says(200, wait=3.0)
        room.add_hook(slow.url)
        room.come()
        began = time.monotonic()
        done = room.round()
        assert time.monotonic() - began < 2.5
    assert (done.done, done.put_off) == (1, 1)
    assert any("timeout" in one.said for one in room.newsroom.deliveries.attempts())


def test_one_host_is_spoken_to_by_one_at_a_time(room: Room, there: Receiver) -> None:
    for path in "abcde":
        room.add_hook(f"{there.url}/{path}")
    there.says = Says(200, wait=0.05)
    room.come()
    assert room.round().done == 6
    assert there.most_busy == 1


def test_a_redirect_is_a_failure_and_is_not_followed(room: Room, there: Receiver) -> None:
    with Receiver() as other:
        there.says = Says(307, {"Location": other.url})
        room.come()
        assert room.round().put_off == 1
        assert other.got == []
    assert "redirects are not followed" in room.newsroom.deliveries.attempts()[-1].said


@pytest.mark.parametrize(
    "says",
    [
        Says(200, {"Content-Length": "100000000000"}, pieces=40),
        Says(200, {"Transfer-Encoding": "chunked"}, pieces=4),
        Says(200, {"Content-Encoding": "gzip"}, pieces=4),
        Says(204, {f"X-{number}": "y" * 900 for number in range(60)}),
        Says(200, {"Retry-After": "soon", "Set-Cookie": "a=b", "Date": "never"}),
    ],
)
def test_what_an_answer_says_beyond_its_status_decides_nothing(room: Room, there: Receiver, says: Says) -> None:
    there.says = says
    room.come()
    began = time.monotonic()
    done = room.round()
    assert time.monotonic() - began < 2
    assert done.done + done.put_off == 1
    room.come()
    there.says = Says(200)
    room.clock.later(hours=1)
    assert room.round().done >= 1
    assert "cookie" not in there.got[-1].headers


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1:{port}/", "https://localhost:{port}/", "https://0x7f.1:{port}/", "https://2130706433:{port}/",
        "https://[::ffff:127.0.0.1]:{port}/", "https://[::1]:{port}/", "https://0.0.0.0:{port}/", "https://127.1:{port}/",
    ],
)  # fmt: skip
def test_no_connection_to_an_address_that_is_not_public(tmp_path: Path, pack: Pack, there: Receiver, url: str) -> None:
    room = Room(tmp_path / "newsroom", pack, there, allow=())
    room.newsroom.deliveries.remove_target(room.hook.id)
    room.add_hook(url.format(port=there.url.rpartition(":")[2].partition("/")[0]))
    room.come()
    assert room.round().put_off == 1
    assert there.got == []
    said = room.newsroom.deliveries.attempts()[-1].said
    assert "not a public address" in said or "no_such_host" in said or "bad_url" in said
    room.newsroom.close()


def test_an_address_allowed_once_is_not_posted_to_when_the_settings_change(room: Room, there: Receiver) -> None:
    room.come()
    room.settings = replace(room.settings, allow=())
    assert room.round().put_off == 1
    assert there.got == []
    assert "in the clear" in room.newsroom.deliveries.attempts()[-1].said


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example.cn/", "http://93.184.216.34/", "ftp://a.example/", "https://user:pass@a.example/",
        "https://", "file:///etc/passwd", "javascript:alert(1)", "", "https://a.example/\r\nHost: b", "http://127.0.0.1/",
        "x" * 5000, "http://169.254.169.254/latest/", "gopher://127.0.0.1/", "//a.example/", "http://10.0.0.1/",
    ],
)  # fmt: skip
def test_an_address_that_is_none_or_not_safe_is_refused(url: str) -> None:
    if "\r\n" in url:
        assert "\n" not in hook_address(url)
        return
    with pytest.raises(SettingsError):
        hook_address(url)


def test_a_secret_is_changed_while_both_sides_go_on(room: Room, there: Receiver) -> None:
    old = room.secret
    new = new_secret()
    write_secrets(room.newsroom.home, room.hook.id, (new, old))
    room.come()
    room.round()
    got = there.got[-1]
    for secret in (old, new):
        verify(secret, got.headers, got.body, now=NOW.timestamp())
    with pytest.raises(NotSigned):
        verify(new_secret(), got.headers, got.body, now=NOW.timestamp())


def test_secrets_are_for_their_owner_alone_and_not_in_the_database(room: Room) -> None:
    file = room.newsroom.home / "secrets" / f"{room.hook.id}.txt"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    secret = room.secret.removeprefix("whsec_").encode()
    for path in room.newsroom.home.rglob("*"):
        if path.is_file() and path != file:
            assert secret not in path.read_bytes(), path
    file.chmod(0o644)
    assert open_to_others(room.newsroom.home, room.hook.id)
    assert any("chmod" in one for one in ailments(room.newsroom, room.settings, NOW))


@pytest.mark.parametrize("content", [b"", b"whsec_short\n", b"\xff\xfe", b"whsec_" + b"A" * 4000])
def test_a_damaged_secret_fails_in_words_and_loses_nothing(room: Room, content: bytes) -> None:
    (room.newsroom.home / "secrets" / f"{room.hook.id}.txt").write_bytes(content)
    with pytest.raises(StoreError, match="shida alerts rotate"):
        read_secrets(room.newsroom.home, room.hook.id)
    room.come()
    assert room.round().put_off == 1
    write_secrets(room.newsroom.home, room.hook.id, (new_secret(),))
    room.clock.later(hours=1)
    assert room.round().done == 1


def test_two_rounds_at_a_time_are_refused(room: Room) -> None:
    with room.newsroom.hold("alerts"), pytest.raises(NewsroomBusy):
        room.round()


def test_a_muted_search_is_looked_at_and_sent_to_nobody(room: Room, there: Receiver) -> None:
    room.newsroom.watches.save(replace(room.watch, muted=True))
    room.come()
    room.round()
    assert there.got == []
    assert len(room.newsroom.watches.alerts(of=room.watch.id)) == 1
    room.newsroom.watches.save(room.watch)
    room.come()
    room.round()
    assert [json.loads(got.body)["data"]["news"][0]["id"] for got in there.got] == ["r-2"]


def test_a_hook_gets_its_owners_searches_only(room: Room, pack: Pack, there: Receiver) -> None:
    save(room.newsroom, pack, "召回", name="别人的", owner="法规部")
    only = replace(make_hook(there.url + "/b", owner="", now="", allow=networks(LOOPBACK)), watches=("w-other",))
    write_secrets(room.newsroom.home, only.id, (new_secret(),))
    room.newsroom.deliveries.save_target(only)
    room.come()
    room.round()
    assert [(got.path, json.loads(got.body)["data"]["watch"]["name"]) for got in there.got] == [("/hook", "关注")]


def test_waits_grow_are_the_same_again_and_end() -> None:
    waits = [wait_seconds(tries, "n-1.h-1", "seed") for tries in range(1, MOST_TRIES)]
    assert waits == [wait_seconds(tries, "n-1.h-1", "seed") for tries in range(1, MOST_TRIES)]
    assert waits == sorted(waits)  # type: ignore[type-var]
    assert wait_seconds(1, "n-1.h-1", "seed") != wait_seconds(1, "n-1.h-2", "seed")
    assert wait_seconds(1, "n-1.h-1", "seed") != wait_seconds(1, "n-1.h-1", "other")


SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@pytest.mark.parametrize(
    "change",
    [
        {"webhook-signature": ""}, {"webhook-signature": "v1,"}, {"webhook-signature": "v1a,xyz v2,abc"},
        {"webhook-id": ""}, {"webhook-id": "n-2"}, {"webhook-timestamp": "1763000001"}, {"webhook-timestamp": "-1"},
        {"webhook-timestamp": "²"},
        {"webhook-timestamp": "9" * 400}, {"webhook-signature": "\udcff" * 20}, {"webhook-signature": " " * 100_000},
        {"webhook-timestamp": "1762000000"},
    ],
)  # fmt: skip
def test_what_is_not_signed_so_is_refused(change: dict[str, str]) -> None:
    headers = {"Webhook-Id": "n-1", "Webhook-Timestamp": "1763000000"}
    headers["Webhook-Signature"] = sign([SECRET], "n-1", 1763000000, b"{}")
    assert verify(SECRET, headers, b"{}", now=1763000000)
    lower = {name.lower(): value for name, value in headers.items()} | change
    with pytest.raises(NotSigned):
        verify(SECRET, lower, b"{}", now=1763000000)


def test_a_kill_of_the_process_while_posting_loses_nothing(tmp_path: Path, pack: Pack, there: Receiver) -> None:
    """A child posts and is killed in the middle, again and again; in the end each alert came, none under two ids."""
    room = Room(tmp_path / "newsroom", pack, there)
    there.says = Says(200, wait=0.02)
    for _ in range(6):
        room.come()
        room.round() if _ == 0 else None
    room.newsroom.close()
    for attempt in range(4):
        child = os.fork()
        if child == 0:
            try:
                with Newsroom.open(tmp_path / "newsroom") as own:
                    room.newsroom = own
                    room.round()
            finally:
                os._exit(0)
        time.sleep(0.05 + attempt * 0.08)
        os.kill(child, 9)
        os.waitpid(child, 0)
    with Newsroom.open(tmp_path / "newsroom") as own:
        room.newsroom = own
        room.clock.later(days=1)
        room.round()
        assert own.deliveries.waiting() == []
        assert own.check() == []
    ids: dict[str, set[str]] = {}
    for got in there.got:
        for one in json.loads(got.body)["data"]["news"]:
            ids.setdefault(one["id"], set()).add(got.headers["webhook-id"])
    assert sorted(ids) == [f"r-{number}" for number in range(1, 7)]
    assert all(len(found) == 1 for found in ids.values())
