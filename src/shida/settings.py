"""One table of settings: name, default, help. Read from `shida.toml` in the newsroom and `SHIDA_*` variables."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from shida.errors import SettingsError

HOME_VARIABLE = "SHIDA_HOME"
"""Where the newsroom is, if not in ./newsroom."""

FILE_NAME = "shida.toml"


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All settings with their defaults. `Settings()` is a working newsroom."""

    packs: Annotated[
        tuple[str, ...], msgspec.Meta(min_length=1, description="Domain packs that are on, first one first.")
    ] = (
        "quality",
        "general",
    )
    workers: Annotated[int, msgspec.Meta(ge=0, description="Processes for the page stages; 0: one per core.")] = 0
    max_page_bytes: Annotated[
        int, msgspec.Meta(ge=1024, description="Largest page taken; a larger one is dropped as too_large.")
    ] = 10 * 1024 * 1024
    max_feed_bytes: Annotated[int, msgspec.Meta(ge=1024, description="Largest feed taken.")] = 20 * 1024 * 1024
    allow: Annotated[
        tuple[str, ...], msgspec.Meta(description="Private networks that may be fetched from, like 10.0.0.0/8.")
    ] = ()
    site_title: Annotated[str, msgspec.Meta(description="Name of the site, in the masthead.")] = "十大"
    site_url: Annotated[
        str,
        msgspec.Meta(
            pattern="^https?://[^\\s\"'<>]+$", description="Public address of the site, for feeds and permanent links."
        ),
    ] = "http://127.0.0.1:8010"
    icp: Annotated[str, msgspec.Meta(description="ICP filing number of your site, in the footer.")] = ""
    public_security_filing: Annotated[
        str, msgspec.Meta(description="Public security filing number of your site, in the footer.")
    ] = ""
    host: Annotated[str, msgspec.Meta(description="Address `shida serve` listens on.")] = "127.0.0.1"
    port: Annotated[
        int, msgspec.Meta(ge=0, le=65535, description="Port `shida serve` listens on; 0: any free one.")
    ] = 8010
    show_watches: Annotated[
        bool, msgspec.Meta(description="Whether the served site and API show the saved searches; owners never show.")
    ] = True
    mail_from: Annotated[
        str, msgspec.Meta(description="Address that letters come from and unsubscriptions go to; empty: no letters.")
    ] = ""
    smtp_host: Annotated[str, msgspec.Meta(description="Mail server that takes our letters; empty: no letters.")] = ""
    smtp_port: Annotated[int, msgspec.Meta(ge=1, le=65535, description="Its port: 587 for starttls, 465 for tls.")] = (
        587
    )
    smtp_security: Annotated[
        Literal["starttls", "tls", "none"],
        msgspec.Meta(description="How to speak to it: starttls, tls from the start, or none on your own machine."),
    ] = "starttls"
    smtp_user: Annotated[
        str, msgspec.Meta(description="User there; the password is in SHIDA_SMTP_PASSWORD or smtp_password_file.")
    ] = ""
    smtp_password_file: Annotated[
        str, msgspec.Meta(description="File with the password there, which only you may read.")
    ] = ""


def rows() -> list[tuple[str, str, str]]:
    """Name, default and help of every setting, in the order of the table.

    >>> rows()[1]
    ('workers', '0', 'Processes for the page stages; 0: one per core.')
    """
    table = []
    for field in msgspec.structs.fields(Settings):
        meta = next(m for m in field.type.__metadata__ if isinstance(m, msgspec.Meta))
        table.append((field.name, shown(field.default), meta.description or ""))
    return table


def shown(value: object) -> str:
    """A setting's value as it is written in a variable.

    >>> shown(("quality", "general")), shown(8010)
    ('quality,general', '8010')
    """
    return ",".join(value) if isinstance(value, tuple) else str(value)


def load(home: Path, environ: Mapping[str, str] = os.environ) -> Settings:
    """Settings of the newsroom in `home`: defaults, then `shida.toml`, then `SHIDA_NAME` variables.

    Raises SettingsError with the file or variable, what is wrong, and what to do.
    """
    values: dict[str, object] = {}
    file = home / FILE_NAME
    if file.exists():
        try:
            values = msgspec.toml.decode(file.read_bytes())
            msgspec.convert(values, Settings)
        except (msgspec.DecodeError, OSError, ValueError) as error:
            raise SettingsError(f"{file}: {error}. Correct it; `shida doctor` lists all settings.") from error
    for field in msgspec.structs.fields(Settings):
        variable = f"SHIDA_{field.name.upper()}"
        if variable in environ:
            given: object = environ[variable]
            if isinstance(field.default, tuple):
                given = [part.strip() for part in environ[variable].split(",") if part.strip()]
            values[field.name] = given
            try:
                msgspec.convert(values, Settings, strict=False)
            except msgspec.ValidationError as error:
                raise SettingsError(f"{variable}={environ[variable]!r}: {error}. Correct or unset it.") from error
    return msgspec.convert(values, Settings, strict=False)
