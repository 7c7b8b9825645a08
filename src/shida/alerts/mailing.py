"""A letter → the mail server, within limits: how long it may take, how much it may say, and never in the clear.

smtplib speaks; what it leaves open is closed here. Each wait has an end and so has the whole conversation, whatever the
server sends or does not send; a server that was to offer STARTTLS and does not gets neither password nor letter.
"""

from __future__ import annotations

import os
import smtplib
import socket
import ssl
import time
from collections.abc import Mapping
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from typing import NamedTuple

from shida.alerts.targets import mail_address
from shida.errors import SettingsError
from shida.settings import Settings

TOTAL_SECONDS = 60.0
"""For one letter, from connecting to its acceptance."""
IDLE_SECONDS = 20.0
MOST_SAID = 64 * 1024
"""Bytes a server may say in one conversation; they say some hundreds."""

PASSWORD_VARIABLE = "SHIDA_SMTP_PASSWORD"  # noqa: S105  # the variable's name
LONGEST_SAID = 200


class Outcome(NamedTuple):
    """What came of sending a letter."""

    status: int | None
    """Of SMTP; None where no answer came."""
    said: str
    final: bool = False
    """The server will never take it: there is no such address."""

    @property
    def taken(self) -> bool:
        """True where the server took it."""
        return self.status is not None and 200 <= self.status < 300


class Server(NamedTuple):
    """A mail server, as the settings name it."""

    host: str
    port: int
    security: str
    user: str
    password: str
    sender: str


def server_of(settings: Settings, environ: Mapping[str, str] = os.environ) -> Server:
    """The mail server of the settings; SettingsError where it is not named, or would be spoken to in the clear."""
    if not settings.smtp_host or not settings.mail_from:
        raise SettingsError("smtp_host and mail_from are not set. Write both into shida.toml; shida doctor lists them.")
    mail_address(settings.mail_from)
    if settings.smtp_security == "none" and not _on_this_machine(settings.smtp_host):
        raise SettingsError(
            f"smtp_host {settings.smtp_host!r} with smtp_security none: letters and passwords are not sent in the "
            "clear to another machine. Set smtp_security to starttls or tls."
        )
    password = environ.get(PASSWORD_VARIABLE, "")
    if not password and settings.smtp_password_file:
        try:
            password = Path(settings.smtp_password_file).read_text("utf-8").strip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(f"smtp_password_file {settings.smtp_password_file}: {error}.") from error
    if settings.smtp_user and not password:
        raise SettingsError(f"smtp_user is set and there is no password. Put it into {PASSWORD_VARIABLE} or a file.")
    if not f"{settings.smtp_user}{password}".isascii():
        raise SettingsError("smtp_user or the password has characters beyond ASCII, which log-ins do not take.")
    return Server(
        host=settings.smtp_host,
        port=settings.smtp_port,
        security=settings.smtp_security,
        user=settings.smtp_user,
        password=password,
        sender=settings.mail_from,
    )


def send(
    server: Server,
    message: EmailMessage,
    to: str,
    *,
    context: ssl.SSLContext | None = None,
    total: float = TOTAL_SECONDS,
    idle: float = IDLE_SECONDS,
) -> Outcome:
    """Hand a letter to the server. Nothing is raised: what went wrong is in the outcome, never the password."""
    client: _Plain | _Implicit | None = None
    name = server.sender.rpartition("@")[2]
    try:
        deadline = time.monotonic() + total
        trusted = context or ssl.create_default_context()
        if server.security == "tls":
            client = _Implicit(deadline, idle, name, context=trusted)
        else:
            client = _Plain(deadline, idle, name)
        client._host = server.host  # smtplib sets it only where it connects by itself; certificates are held against it
        client.connect(server.host, server.port)
        if server.security == "starttls":
            client.starttls(context=trusted)
        if server.user:
            client.login(server.user, server.password)
        client.send_message(message, from_addr=server.sender, to_addrs=[to])
        return Outcome(250, "taken")
    except smtplib.SMTPRecipientsRefused as error:
        code, words = next(iter(error.recipients.values()), (550, b""))
        return Outcome(code, f"the address was refused: {_short(words)}", final=500 <= code < 600)
    except smtplib.SMTPAuthenticationError as error:  # not in the server's words: they may hold what we sent
        return Outcome(_code(error), "the server refused the log-in; check smtp_user and the password")
    except smtplib.SMTPResponseException as error:  # greeting, sender, letter
        return Outcome(_code(error), f"the server refused it: {_short(error.smtp_error)}")
    except smtplib.SMTPNotSupportedError as error:
        return Outcome(None, f"the server does not offer what is asked for: {_short(str(error))}")
    except ssl.SSLError as error:
        return Outcome(None, f"no trusted connection: {_short(error.reason or str(error))}")
    except (smtplib.SMTPException, OSError, ValueError) as error:
        return Outcome(None, f"no answer: {_short(str(error)) or type(error).__name__}")
    finally:
        if client is not None:
            client.hang_up()


class _Replies:
    """What a server says, line by line: smtplib's file, with an end to the time and to the bytes."""

    def __init__(self, connection: socket.socket, deadline: float, idle: float) -> None:
        self._connection = connection
        self._deadline = deadline
        self._idle = idle
        self._held = bytearray()
        self._heard = 0

    def readline(self, limit: int) -> bytes:
        """The next line; at most `limit` bytes of it."""
        while (end := self._held.find(b"\n") + 1) == 0 and len(self._held) < limit:
            left = self._deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError("the conversation took too long")
            self._connection.settimeout(min(left, self._idle))
            piece = self._connection.recv(4096)
            if not piece:
                break
            self._heard += len(piece)
            if self._heard > MOST_SAID:
                raise OSError(f"the server said more than {MOST_SAID:,} bytes")
            self._held += piece
        end = min(end or len(self._held), limit)
        found = bytes(self._held[:end])
        del self._held[:end]
        return found

    def close(self) -> None:
        """Nothing is to be closed; the connection is closed by who opened it."""


class _Plain(smtplib.SMTP):
    """smtplib's client with `_Replies`."""

    def __init__(self, deadline: float, idle: float, name: str) -> None:
        self._deadline, self._idle = deadline, idle
        self._host = ""
        super().__init__(local_hostname=name, timeout=idle)

    def getreply(self) -> tuple[int, bytes]:
        """The next reply of the server."""
        if self.file is None and self.sock is not None:
            self.file = _Replies(self.sock, self._deadline, self._idle)
        return super().getreply()

    def send(self, s: object) -> None:
        """Send within what is left of the time."""
        if self.sock is not None:
            self.sock.settimeout(max(0.01, min(self._deadline - time.monotonic(), TOTAL_SECONDS)))
        super().send(s)  # type: ignore[arg-type]

    def hang_up(self) -> None:
        """Close the connection without waiting for a word of farewell."""
        self.close()


class _Implicit(_Plain):
    """The same, with TLS from the first byte."""

    def __init__(self, deadline: float, idle: float, name: str, *, context: ssl.SSLContext) -> None:
        self._context = context
        super().__init__(deadline, idle, name)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        plain: socket.socket = super()._get_socket(host, port, timeout)  # type: ignore[misc]
        return self._context.wrap_socket(plain, server_hostname=host)


def _code(error: smtplib.SMTPResponseException) -> int | None:
    return error.smtp_code if 300 <= error.smtp_code < 600 else None


def _on_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _short(words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())[:LONGEST_SAID]
