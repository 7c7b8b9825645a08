"""The secrets of hooks: a file each in the newsroom's folder, for its owner's eyes only; never in the database.

A database is copied, backed up and handed on; what it holds is shown by exports and by the API. A secret is in none of
those.
"""

from __future__ import annotations

import base64
import os
import secrets
from pathlib import Path

from shida.client.webhooks import PREFIX, secret_bytes
from shida.errors import StoreError

FOLDER = "secrets"
KEY_BYTES = 32
"""Random bytes of a secret; the convention asks for 24 to 64."""

MOST_KEYS = 5
"""Secrets of one hook at a time: two, while it is changed; more is a mistake."""


def new_secret() -> str:
    """A secret as it is shown."""
    return PREFIX + base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def read_secrets(home: Path, hook: str) -> tuple[str, ...]:
    """The secrets of a hook, the newest first; StoreError where there is none or it cannot be read."""
    file = _file(home, hook)
    try:
        found = [line.strip() for line in file.read_text("ascii").splitlines() if line.strip()]
        for one in found:
            secret_bytes(one)
    except OSError as error:
        raise StoreError(f"{file}: {error.strerror}. Make a new secret with: shida alerts rotate {hook}") from error
    except ValueError as error:
        raise StoreError(f"{file}: {error}. Make a new secret with: shida alerts rotate {hook}") from error
    if not found:
        raise StoreError(f"{file}: holds no secret. Make one with: shida alerts rotate {hook}")
    return tuple(found[:MOST_KEYS])


def write_secrets(home: Path, hook: str, found: tuple[str, ...]) -> None:
    """Keep the secrets of a hook, or forget them all where there is none. Whole or not at all, and for us alone."""
    file = _file(home, hook)
    try:
        if not found:
            file.unlink(missing_ok=True)
            return
        file.parent.mkdir(mode=0o700, exist_ok=True)
        made = file.with_suffix(".new")
        made.unlink(missing_ok=True)
        descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as out:
            out.write("".join(f"{one}\n" for one in found[:MOST_KEYS]))
            out.flush()
            os.fsync(out.fileno())
        os.replace(made, file)
    except OSError as error:
        raise StoreError(f"{file}: {error.strerror}. Check the rights of the newsroom's folder.") from error


def open_to_others(home: Path, hook: str) -> bool:
    """Whether somebody else on this machine may read the file."""
    try:
        return bool(_file(home, hook).stat().st_mode & 0o077)
    except OSError:
        return False


def _file(home: Path, hook: str) -> Path:
    return home / FOLDER / f"{hook}.txt"
