"""Opening the database: pragmas, migrations, and database errors in words a user can act on."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import ExceptionContext

from shida.errors import StoreError

FILE_NAME = "newsroom.db"
HEAD = "0007"
"""The newest migration; a test holds it against the folder."""

BUSY_MS = 10_000
"""How long a writer waits for another before it gives up, milliseconds."""

_MEND = {
    "disk is full": "The disk is full. Free some space and run the same command again; what was acknowledged is kept.",
    "readonly": "The newsroom cannot be written. Check the owner and the rights of the folder.",
    "unable to open": "The newsroom cannot be opened. Check the path and the rights of the folder.",
    "locked": "Another process is writing to the newsroom. Wait for it to end and run the same command again.",
    "malformed": "The database file is damaged. Keep a copy of it and restore the newest backup.",
    "not a database": "The file is not a newsroom. Move it away, or name another folder with --home.",
    "disk I/O error": "The disk refused to read or write. Check the disk, then run the same command again.",
}


def open_engine(home: Path) -> Engine:
    """The engine of the newsroom in `home`, brought up to the newest schema; StoreError where it cannot be."""
    file = home / FILE_NAME
    writable = os.access(file if file.exists() else home, os.W_OK)
    # a newsroom that may only be read (an archive, a backup) is opened as it lies: nothing is locked, nothing written
    where = str(file) if writable else f"file:{quote(str(file.resolve()))}"
    query = {} if writable else {"mode": "ro", "immutable": "1", "uri": "true"}
    address = URL.create("sqlite", database=where, query=query)
    engine = create_engine(address, connect_args={"timeout": BUSY_MS / 1000})

    @event.listens_for(engine, "connect")
    def _pragmas(connection: sqlite3.Connection, _record: object) -> None:
        cursor = connection.cursor()
        if writable:
            # WAL lets readers go on while a run writes; NORMAL loses nothing at a kill, only at a power cut.
            cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA temp_store=MEMORY")
        cursor.close()

    @event.listens_for(engine, "handle_error")
    def _in_words(context: ExceptionContext) -> Any:
        said = str(context.original_exception)
        for sign, mend in _MEND.items():
            if sign in said:
                return StoreError(f"{file}: {mend}")
        return None

    migrate(engine, file)
    return engine


def migrate(engine: Engine, file: Path) -> None:
    """Bring the schema up to HEAD; does nothing where it is. Refuses a newsroom made by a newer shida."""
    try:
        with engine.connect() as connection:
            current = None
            if inspect(connection).has_table("alembic_version"):
                current = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    except sqlite3.DatabaseError as error:  # raised by the pragmas, before SQLAlchemy can put it into words
        words = next((mend for sign, mend in _MEND.items() if sign in str(error)), str(error))
        raise StoreError(f"{file}: {words}") from error
    if current == HEAD:
        return
    if current is not None and current > HEAD:
        raise StoreError(f"{file}: made by a newer shida (schema {current}, this one knows {HEAD}). Update shida.")
    from alembic import command  # late: half of the time `shida --help` may take
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "shida.store:migrations")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
