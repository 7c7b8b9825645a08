"""Mail servers on loopback: aiosmtpd with and without TLS, and one that says whatever it is told to."""

from __future__ import annotations

import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Sequence
from contextlib import contextmanager
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword


class Postbox:
    """aiosmtpd's handler: keeps what came, and refuses what it is told to refuse."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, list[str], bytes]] = []
        self.rcpt = self.data = ""
        self.logins: list[tuple[str, str]] = []

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        if self.rcpt:
            return self.rcpt
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        if self.data:
            return self.data
        self.taken.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return "250 OK"

    def authenticate(self, _server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
        if isinstance(data, LoginPassword):
            self.logins.append((data.login.decode(), data.password.decode()))
        return AuthResult(success=self.logins[-1:] == [("desk", "pass word")], handled=False)

    def letters(self) -> list[EmailMessage]:
        parser = BytesParser(policy=policy.default)
        return [parser.parsebytes(content) for _, _, content in self.taken]


class Implicit(Controller):
    """aiosmtpd with TLS from the first byte; its own probe of the port would not speak TLS to a name."""

    def _trigger_server(self) -> None:
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        plain = socket.create_connection((self.hostname, self.port), 5)
        with context.wrap_socket(plain) as speaking:
            speaking.recv(1024)


@contextmanager
def mail_server(box: Postbox, *, implicit: ssl.SSLContext | None = None, **options: Any) -> Any:
    """The server's port, while it listens."""
    kind = Implicit if implicit is not None else Controller
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = kind(box, hostname="127.0.0.1", port=port, ssl_context=implicit, **options)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


def certificate(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's context with a certificate for 127.0.0.1, and a client's that trusts it."""
    key, cert = folder / "key.pem", folder / "cert.pem"
    call = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-days",
        "2",
    ]
    call += ["-keyout", str(key), "-out", str(cert), "-subj", "/CN=localhost"]
    call += ["-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"]
    try:
        subprocess.run(call, check=True, capture_output=True, timeout=60)
    except (OSError, subprocess.SubprocessError):
        pytest.skip("openssl is not installed (apt-get install openssl)")
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(cert, key)
    return server, ssl.create_default_context(cafile=str(cert))


class Liar:
    """A server that sends what it is told, whatever it is asked: `with Liar([b"220 hi\\r\\n"]) as port`."""

    def __init__(self, says: Sequence[bytes], *, pause: float = 0.0, endless: bytes = b"") -> None:
        self.says, self.pause, self.endless = says, pause, endless
        self.heard = b""
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> int:
        self._thread.start()
        return int(self._listening.getsockname()[1])

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._listening.close()
        self._thread.join(5)

    def _run(self) -> None:
        try:
            connection, _ = self._listening.accept()
        except OSError:
            return
        with connection:
            connection.settimeout(2)
            try:
                for number, words in enumerate(self.says):
                    if number:
                        self.heard += connection.recv(65536)
                    connection.sendall(words)
                while self.endless and not self._ended.is_set():
                    connection.sendall(self.endless)
                    time.sleep(self.pause)
                while piece := connection.recv(65536):
                    self.heard += piece
            except OSError:
                pass
