"""Files of the register: the same bytes twice, no formula run, nothing lost that a form can hold."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sys
from pathlib import Path

import msgspec
import openpyxl
import pytest

from shida.errors import InputError
from shida.publish.export_files import Form, Manifest, manifest_bytes, write_file, written
from shida.publish.exports import Seen, fact_record, table_of
from shida.publish.sheets import LONGEST_CELL
from shida.records import Act, Campaign, Document, Evidence, Fact, Figure

DAY = "2026-11-22"
FACTS: tuple[Fact, ...] = (
    Document(
        id="f-1", title="=HYPERLINK(1)", issuers=("甲局", "乙部"), acts=(Act(act="公布", date="2024-05-01"),),
        effective="2024-07-01", document_kind="regulation", reported="2024-05-02",
        evidence=(Evidence(article="a-1", of="text", start=0, end=4, sentence="甲局公布"),),
    ),
    Document(id="f-2", title="长" * 40_000 + "\x00", acts=(Act(act="施行", date="2025-01-01"),), reported="2025-01-02"),
)  # fmt: skip
MIXED: tuple[Fact, ...] = (
    *FACTS,
    Figure(id="f-3", what="产量", value=10**30, unit="吨", period="2024", change_percent=-5, reported="2024-03-01"),
    Figure(id="f-4", what="比重", value=12.5, unit="%"),
    Campaign(id="f-5", name="铁拳行动", by=("甲局",), by_count=10**25, period=("2024", "2025")),
)


def made(form: Form, facts: tuple[Fact, ...], kind: str | None) -> bytes:
    out = io.BytesIO()
    count = write_file(form, table_of("facts", kind), map(fact_record, facts), out, as_of=DAY)
    assert count == len(facts)
    return out.getvalue()


@pytest.mark.parametrize("form", ["jsonl", "csv", "xlsx", "parquet", "ics"])
def test_the_same_records_are_the_same_bytes(form: Form) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow")
    assert made(form, FACTS, "document") == made(form, FACTS, "document")


def test_a_sheet_runs_no_formula_and_keeps_types() -> None:
    book = openpyxl.load_workbook(io.BytesIO(made("xlsx", MIXED, None)))
    assert str(book.properties.modified) == f"{DAY} 00:00:00"
    sheet = book["事实"]
    rows = [dict(zip([cell.value for cell in sheet[1]], row, strict=True)) for row in sheet.iter_rows(min_row=2)]
    assert rows[0]["名称"].value == "=HYPERLINK(1)"
    assert rows[0]["名称"].data_type == "s"
    assert rows[0]["发布机关"].value == "甲局；乙部"
    assert rows[0]["文件类型"].value == "法规规章"
    assert len(rows[1]["名称"].value) == LONGEST_CELL
    assert rows[2]["变化（%）"].value == -5
    assert book["说明"]["B2"].value == len(MIXED)


def test_a_table_runs_no_formula() -> None:
    rows = list(csv.DictReader(io.StringIO(made("csv", FACTS, "document").decode("utf-8-sig"))))
    assert rows[0]["title"] == "'=HYPERLINK(1)"
    assert json.loads(rows[0]["issuers"]) == ["甲局", "乙部"]


def test_a_parquet_file_has_types_and_leaves_out_what_fits_none() -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    rows = parquet.read_table(io.BytesIO(made("parquet", MIXED, None))).to_pylist()
    assert rows[0]["acts"] == [{"act": "公布", "date": "2024-05-01", "precision": None}]
    assert rows[2]["change_percent"] == -5.0
    assert rows[4]["by"] == '["甲局"]'  # a list in campaigns, a name in appointments: text where both may stand
    assert rows[4]["by_count"] is None
    alone = parquet.read_table(io.BytesIO(made("parquet", MIXED[4:], "campaign"))).to_pylist()
    assert alone[0]["by"] == ["甲局"]


def test_parquet_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(InputError, match=r"pip install \"shida\[parquet\]\""):
        made("parquet", FACTS, "document")


def test_a_calendar_holds_the_days_documents_come_into_force() -> None:
    calendar = made("ics", FACTS, "document").decode()
    assert "DTSTART;VALUE=DATE:20240701" in calendar
    assert "DTSTART;VALUE=DATE:20250101" in calendar
    assert "20240501" not in calendar
    with pytest.raises(InputError, match="documents"):
        made("ics", MIXED[2:4], "figure")


def test_a_manifest_says_what_lies_there(tmp_path: Path) -> None:
    path = tmp_path / "facts.csv"
    records = Seen(map(fact_record, FACTS))
    with path.open("wb") as file:
        count = write_file("csv", table_of("facts", "document"), records, file, as_of=DAY)
    row = written(path, "csv", count)
    assert row.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert row.bytes == path.stat().st_size
    told = msgspec.json.decode(
        manifest_bytes(
            Manifest(program="shida", made=DAY, what="facts", period=records.period, counts=records.kinds, files=(row,))
        )
    )
    assert told["period"] == ["2024-05-02", "2025-01-02"]
    assert told["counts"] == {"document": 2}
    assert told["files"][0]["records"] == 2
