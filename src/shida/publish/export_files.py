"""Records → a file of any form (JSON lines, CSV, Excel, Parquet, calendar), and the manifest beside them.

The same records and the same day give the same bytes: no clock, and what a library would write of one is pinned.
"""

from __future__ import annotations

import hashlib
import re
import types
from collections.abc import Iterable, Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any, BinaryIO, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from shida.errors import InputError
from shida.publish.calendar import INTO_FORCE, calendar_file
from shida.publish.exports import Table, write_csv, write_jsonl
from shida.publish.sheets import write_sheet
from shida.publish.wording import day_words

Form = Literal["jsonl", "csv", "xlsx", "parquet", "ics"]

LICENCE = "登记按事实编制，可自由引用，请注明出处；所引题目、摘句的权利属各来源。"
"""What a manifest and a sheet say of rights: facts are nobody's, sentences are their sources'."""
BATCH = 10_000
"""Rows of a row group in a Parquet file."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)


def write_file(form: Form, table: Table, records: Iterable[Mapping[str, Any]], out: BinaryIO, *, as_of: str) -> int:
    """Write `records` to `out` in one form; how many there were. `as_of` (ISO day) is the only time that enters.

    InputError where the form cannot hold them, or its library is not there.
    """
    counted = _Counted(records)
    if form == "jsonl":
        write_jsonl(counted, out)
    elif form == "csv":
        write_csv(counted, table.columns, out)
    elif form == "xlsx":
        write_sheet(counted, table, out, as_of=as_of, licence=LICENCE)
    elif form == "parquet":
        write_parquet(counted, table, out)
    else:
        out.write(calendar_of(counted, table, as_of=as_of).encode())
    return counted.count


class _Counted:
    def __init__(self, records: Iterable[Mapping[str, Any]]) -> None:
        self.records, self.count = records, 0

    def __iter__(self) -> Any:
        for record in self.records:
            self.count += 1
            yield record


def calendar_of(records: Iterable[Mapping[str, Any]], table: Table, *, as_of: str) -> str:
    """Documents → the days they come into force, as iCalendar. InputError for other records."""
    if "effective" not in table.columns or "acts" not in table.columns:
        raise InputError("a calendar holds documents. Ask for: shida export facts --kind documents --format ics")
    found: dict[tuple[str, str], str] = {}
    for record in records:
        days = {record.get("effective") or ""}
        days |= {act.get("date") or "" for act in record.get("acts", ()) if act["act"] in INTO_FORCE}
        for day in days:
            if _DAY.match(day):
                key = (day, record["title"])
                found[key] = max(
                    found.get(key, ""), "、".join(record.get("issuers", ())), key=lambda who: (len(who), who)
                )
    rows = [{"day": day, "title": f"《{title}》", "who": who} for (day, title), who in sorted(found.items())]
    return calendar_file(rows, "施行日历", "shida", as_of)


def write_parquet(records: Iterable[Mapping[str, Any]], table: Table, out: BinaryIO) -> None:
    """A table whose columns have the types of the records; a column several kinds type differently is JSON text."""
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise InputError('Parquet needs pyarrow. Install it with: pip install "shida[parquet]"') from error
    schema = pa.schema([(name, _arrow(pa, table.types[name])) for name in table.columns])
    with parquet.ParquetWriter(out, schema, compression="zstd") as writer:
        for batch in _batches(records):
            columns = {
                field.name: [_value(record.get(field.name), str(field.type)) for record in batch] for field in schema
            }
            writer.write_table(pa.table(columns, schema=schema))


def _value(value: Any, kind: str) -> Any:
    """A value as its column takes it: a number no column can hold exactly is left out."""
    if value is None:
        return None
    if kind == "string":
        return value if isinstance(value, str) else msgspec.json.encode(value).decode()
    if kind == "double":
        return float(value)
    return value if kind != "int64" or abs(value) < 2**63 else None


def _batches(records: Iterable[Mapping[str, Any]]) -> Iterable[list[Mapping[str, Any]]]:
    batch: list[Mapping[str, Any]] = []
    for record in records:
        batch.append(record)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _arrow(pa: Any, kinds: Sequence[Any]) -> Any:
    """The Arrow type of a field's type; text where there are several, or one Arrow has no word for."""
    return _arrow_of(pa, kinds[0]) if len(kinds) == 1 else pa.string()


def _arrow_of(pa: Any, kind: Any) -> Any:
    parts = [part for part in get_args(kind) if part is not types.NoneType] if _is_union(kind) else [kind]
    if set(parts) == {float, int}:
        return pa.float64()
    (first,) = parts if len(parts) == 1 else (str,)
    if get_origin(first) is tuple:
        return pa.list_(_arrow_of(pa, get_args(first)[0]))
    if isinstance(first, type) and issubclass(first, msgspec.Struct):
        hints = get_type_hints(first)
        return pa.struct([(name, _arrow_of(pa, hints[name])) for name in first.__struct_fields__])
    return {bool: pa.bool_(), int: pa.int64(), float: pa.float64()}.get(first, pa.string())


def _is_union(kind: Any) -> bool:
    return get_origin(kind) in (Union, types.UnionType)


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """One file of an export."""

    name: str
    format: str
    records: int
    bytes: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What lies beside the files of an export: what they are, how to check them, whose they are."""

    program: str
    made: str
    """As of which ISO day."""
    what: str
    kind: str | None = None
    asked: Mapping[str, Any] = {}
    """The filters; empty: everything."""
    period: tuple[str, str] | None = None
    """First and last day on which what the files hold was reported."""
    counts: Mapping[str, int] = {}
    """Records by kind."""
    licence: str = LICENCE
    files: tuple[Written, ...] = ()


def program() -> str:
    """The program and its version, as manifests name it."""
    return f"shida {metadata.version('shida')}"


def written(path: Path, form: str, records: int) -> Written:
    """The row of a manifest for a file that lies there."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return Written(name=path.name, format=form, records=records, bytes=path.stat().st_size, sha256=digest.hexdigest())


def manifest_bytes(manifest: Manifest) -> bytes:
    """The manifest as JSON for people and programs, a newline at its end."""
    return msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n"


def period_words(period: tuple[str, str] | None) -> str:
    """From when to when, in words.

    >>> period_words(("2024-01-03", "2024-12-30"))
    '2024年1月3日—2024年12月30日'
    """
    return "—".join(day_words(day) for day in dict.fromkeys(period)) if period else ""
