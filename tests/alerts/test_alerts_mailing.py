"""Sending letters to mail servers on loopback: taken, refused, tried again; with TLS, never in the clear instead."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterator
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from alert_room import NOW, Clock, arrive, article, save
from mail_room import Liar, Postbox, certificate, mail_server
from msgspec.structs import replace

from shida.alerts import ailments, alerts, make_letterbox
from shida.alerts.letterboxes import letters_due
from shida.alerts.mailing import PASSWORD_VARIABLE, Outcome, Server, send, server_of
from shida.alerts.rounds import Round
from shida.alerts.waits import MOST_TRIES
from shida.errors import SettingsError
from shida.pack import Pack
from shida.settings import Settings
from shida.store import Newsroom

SETTINGS = Settings(mail_from="desk@quality.example.cn", smtp_host="127.0.0.1", smtp_security="none")


@pytest.fixture(scope="module")
def contexts(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    return certificate(tmp_path_factory.mktemp("tls"))


def short() -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "desk@quality.example.cn", "reader@example.org", "质量"
    message.set_content("召回\n.\n..两点")
    return message


def server(port: int, security: str = "none", user: str = "", password: str = "") -> Server:
    return Server("127.0.0.1", port, security, user, password, "desk@quality.example.cn")


def outcome(port: int, security: str = "none", context: ssl.SSLContext | None = None, **more: str) -> Outcome:
    return send(server(port, security, **more), short(), "reader@example.org", context=context, total=2.0, idle=0.8)


def test_a_letter_is_taken() -> None:
    box = Postbox()
    with mail_server(box) as port:
        assert outcome(port).taken
    sender, to, _ = box.taken[0]
    assert (sender, to) == ("desk@quality.example.cn", ["reader@example.org"])
    assert box.letters()[0].get_content().split() == ["召回", ".", "..两点"]


@pytest.mark.parametrize(
    ("rcpt", "data", "status", "final"),
    [
        ("550 no such user", "", 550, True),
        ("450 greylisted, come again", "", 450, False),
        ("", "554 not wanted here", 554, False),
        ("", "451 later", 451, False),
    ],
)
def test_refusals_are_told_apart(rcpt: str, data: str, status: int, final: bool) -> None:
    box = Postbox()
    box.rcpt, box.data = rcpt, data
    with mail_server(box) as port:
        found = outcome(port)
    assert (found.status, found.final, found.taken) == (status, final, False)
    assert (rcpt or data).partition(" ")[2] in found.said


def test_where_tls_is_wanted_and_not_offered_nothing_is_sent() -> None:
    box = Postbox()
    with mail_server(box, auth_required=False, auth_require_tls=False, authenticator=box.authenticate) as port:
        found = outcome(port, "starttls", user="desk", password="pass word")
        assert (found.status, "STARTTLS" in found.said) == (None, True)
        assert not outcome(port, "tls", user="desk", password="pass word").taken
    assert (box.taken, box.logins) == ([], [])


def test_starttls_and_tls_with_a_log_in(contexts: tuple[ssl.SSLContext, ssl.SSLContext]) -> None:
    ours, trusting = contexts
    for security in ("starttls", "tls"):
        box = Postbox()
        options: dict[str, Any] = {"authenticator": box.authenticate}
        if security == "starttls":
            options |= {"tls_context": ours, "require_starttls": True, "auth_required": True}
        else:  # aiosmtpd does not know that TLS is there already
            options |= {"implicit": ours, "auth_require_tls": False}
        with mail_server(box, **options) as port:
            found = outcome(port, security, trusting, user="desk", password="pass word")
            assert found.taken, found.said
            wrong = outcome(port, security, trusting, user="desk", password="secret-word")
            assert (wrong.status, wrong.taken) == (535, False), wrong.said
            assert "secret" not in wrong.said
        assert len(box.taken) == 1


def test_a_certificate_nobody_vouches_for_ends_it_before_the_password(
    contexts: tuple[ssl.SSLContext, ssl.SSLContext],
) -> None:
    box = Postbox()
    with mail_server(box, tls_context=contexts[0], authenticator=box.authenticate) as port:
        found = outcome(port, "starttls", user="desk", password="pass word")
    assert (found.status, box.logins, box.taken) == (None, [], [])
    assert "certificate" in found.said.lower() or "trusted" in found.said


@pytest.mark.parametrize(
    ("says", "endless", "pause"),
    [
        ((), b"", 0.0),  # nothing at all
        ((b"220 hi\r\n",), b"250-x\r\n", 0.0),  # an answer without end
        ((b"220 ",), b"x", 0.05),  # one byte now and then
        ((b"220-",), b"y" * 5000, 0.0),  # a line without end
        ((b"\x00\xff\xfe\r\n",), b"", 0.0),
        ((b"554 go away\r\n",), b"", 0.0),
        ((b"220 hi\r\n", b"250 hi\r\n", b"250 ok\r\n", b"250 ok\r\n", b"999 what\r\n"), b"", 0.0),
        ((b"220 hi\r\n", b"250-hi\r\n250 AUTH " + b"A " * 3000 + b"\r\n", b"250 ok\r\n"), b"", 0.0),
        ((b"220 hi\r\n", b"250 hi\r\n", b"250 ok\r\n", b"250 ok\r\n", b"354 go\r\n", b"-1"), b"", 0.0),
        ((b"220 hi\r\n", b"\xe2\x80\xae250 hi\r\n"), b"", 0.0),
    ],
)
def test_a_server_that_lies_drips_or_never_ends_is_left_in_time(
    says: tuple[bytes, ...], endless: bytes, pause: float
) -> None:
    began = time.monotonic()
    with Liar(says, endless=endless, pause=pause) as port:
        found = outcome(port)
        took = time.monotonic() - began
    assert not found.taken
    assert took < 4.0
    assert len(found.said) < 400
    assert found.said.isprintable()


def test_words_between_the_greeting_and_tls_are_not_believed(contexts: tuple[ssl.SSLContext, ssl.SSLContext]) -> None:
    liar = Liar((b"220 hi\r\n", b"250-hi\r\n250 STARTTLS\r\n", b"220 go\r\n250 injected\r\n250 ok\r\n"))
    with liar as port:
        assert not outcome(port, "starttls", contexts[1], user="desk", password="pass word").taken
    assert b"MAIL FROM" not in liar.heard
    assert b"AUTH" not in liar.heard


# ── rounds ──────────────────────────────────────────────────────────────────────────────────────────────────────────


class Room:
    """A newsroom with a saved search and a letterbox."""

    def __init__(self, home: Path, pack: Pack) -> None:
        self.newsroom = Newsroom.open(home, create=True)
        self.pack = pack
        self.clock = Clock()
        self.settings = SETTINGS
        self.watch = save(self.newsroom, pack, "召回", owner="法规部")
        self.box = make_letterbox("reader@example.org", owner="法规部", now=NOW.isoformat(), upto=0)
        self.newsroom.deliveries.save_target(self.box)
        self._number = 0

    def come(self) -> None:
        self._number += 1
        arrive(self.newsroom, article(f"r-{self._number}", f"第{self._number}起召回。"))

    def round(self, port: int = 9) -> Round:
        settings = replace(self.settings, smtp_port=port)
        return alerts(self.newsroom, self.pack, settings, clock=self.clock, environ={})


@pytest.fixture
def room(tmp_path: Path, pack: Pack) -> Iterator[Room]:
    room = Room(tmp_path / "newsroom", pack)
    yield room
    room.newsroom.close()


def test_a_letter_a_day_with_what_came_since_the_last(room: Room) -> None:
    box = Postbox()
    with mail_server(box) as port:
        assert room.round(port).done == 0  # nothing new, no letter; and the day counts as done
        room.come()
        room.clock.later(hours=2)
        assert room.round(port).done == 0
        room.clock.later(hours=22)
        room.come()
        assert room.round(port).done == 1
        room.clock.later(days=1)
        assert room.round(port).done == 0
    (one,) = box.letters()
    text = one.get_body(("plain",))
    assert text is not None
    assert "第1起召回" in text.get_content()
    assert "第2起召回" in text.get_content()
    assert one["Subject"].endswith("2026-11-23：2 条")


def test_a_server_that_is_away_is_tried_again_with_the_same_letter(room: Room) -> None:
    room.come()
    assert room.round().put_off == 1
    box = Postbox()
    with mail_server(box) as port:
        assert room.round(port).done == 0  # not due
        box.data = "451 later"
        room.clock.later(hours=1)
        assert room.round(port).put_off == 1
        box.data = ""
        room.clock.later(hours=1)
        assert room.round(port).done == 1
    assert [one.status for one in room.newsroom.deliveries.attempts()] == [None, 451, 250]


def test_a_kill_between_sending_and_mark_sends_the_same_letter_again(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.come()
    box = Postbox()

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with mail_server(box) as port:
        with monkeypatch.context() as patched:
            patched.setattr(room.newsroom.deliveries, "keep_attempt", killed)
            with pytest.raises(KeyboardInterrupt):
                room.round(port)
        room.clock.later(minutes=10)
        assert room.round(port).done == 1
    first, second = (content for _, _, content in box.taken)
    assert first == second


def test_an_address_nobody_has_is_given_up_at_once(room: Room) -> None:
    room.come()
    box = Postbox()
    box.rcpt = "550 no such user"
    with mail_server(box) as port:
        assert room.round(port).given_up == 1
    assert any("no such user" in one for one in ailments(room.newsroom, SETTINGS, NOW))


def test_a_server_that_never_comes_back_is_given_up_some_day(room: Room) -> None:
    room.come()
    for _ in range(MOST_TRIES + 2):
        room.round()
        room.clock.later(days=2)
    (dead,) = room.newsroom.deliveries.dead()
    assert "given up after" in dead.said


def test_settings_that_are_missing_or_unsafe_are_said_in_words(tmp_path: Path) -> None:
    for changed, said in (
        ({"smtp_host": ""}, "smtp_host"),
        ({"smtp_host": "mail.example.cn"}, "in the clear"),
        ({"smtp_user": "desk"}, PASSWORD_VARIABLE),
        ({"mail_from": "desk@quality.example.cn\nX: y"}, "not an e-mail address"),
        ({"smtp_user": "dësk", "smtp_password_file": str(Path(__file__))}, "ASCII"),
        ({"smtp_password_file": str(tmp_path / "none")}, "smtp_password_file"),
    ):
        with pytest.raises(SettingsError, match=said):
            server_of(replace(SETTINGS, **changed), {})
    file = tmp_path / "password"
    file.write_text("from a file\n")
    settings = replace(SETTINGS, smtp_user="desk", smtp_password_file=str(file))
    assert server_of(settings, {}).password == "from a file"
    assert server_of(settings, {PASSWORD_VARIABLE: "from the variable"}).password == "from the variable"


def test_the_password_is_nowhere_in_the_newsroom(room: Room) -> None:
    room.settings = replace(SETTINGS, smtp_user="desk")
    room.come()
    settings = replace(room.settings, smtp_port=9)
    environ = {PASSWORD_VARIABLE: "very-secret-word"}
    with Liar((b"220 hi\r\n", b"250-hi\r\n250 AUTH PLAIN\r\n", b"535 very-secret-word is wrong\r\n")) as port:
        alerts(room.newsroom, room.pack, replace(settings, smtp_port=port), clock=room.clock, environ=environ)
    assert room.newsroom.deliveries.attempts()
    room.newsroom.close()
    for path in room.newsroom.home.rglob("*"):
        if path.is_file():
            assert b"very-secret-word" not in path.read_bytes(), path


def test_letters_can_be_seen_before_anything_is_sent(room: Room) -> None:
    room.come()
    before = letters_due(room.newsroom, SETTINGS, NOW)
    assert before == []
    room.round()
    room.clock.later(hours=1)
    (one,) = letters_due(room.newsroom, SETTINGS, room.clock())
    assert one["To"] == "reader@example.org"
    assert isinstance(datetime.fromisoformat(room.newsroom.deliveries.letterboxes()[0].created), datetime)


def test_letterboxes_are_told_of_their_owners_unmuted_searches_only(room: Room, pack: Pack) -> None:
    save(room.newsroom, pack, "召回", name="别的", owner="别人")
    quiet = save(room.newsroom, pack, "召回", name="静音的", owner="法规部")
    room.newsroom.watches.save(replace(quiet, muted=True))
    room.come()
    box = Postbox()
    with mail_server(box) as port:
        assert room.round(port).done == 1
    text = box.letters()[0].get_body(("plain",))
    assert text is not None
    assert "■ 关注" in text.get_content()
    assert "静音的" not in text.get_content()
    assert "别的" not in text.get_content()
