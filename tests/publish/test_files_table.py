"""The .xlsx: a sheet a subject, real dates, and no text that is run."""

from __future__ import annotations

import csv
import io
import subprocess
import zipfile
from datetime import date, datetime
from pathlib import Path

from openpyxl import load_workbook
from paper_edition import paper_edition

from shida.publish.files.tables import DAY, MOMENT, tables

RUN = '=cmd|"/c calc"!A1'


def test_each_sheet_holds_its_subject() -> None:
    edition = paper_edition()
    book = load_workbook(io.BytesIO(tables(edition)))
    assert book.sheetnames == ["条目", "来源", "事实", "更正", "说明"]
    rows = {sheet.title: list(sheet.iter_rows(min_row=2, values_only=True)) for sheet in book}
    assert [row[1] for row in rows["条目"]] == [entry.title for entry in edition.entries]
    assert [row[0] for row in rows["来源"]] == list(range(1, len(edition.sources) + 1))
    assert [row[7] for row in rows["来源"]] == [source.citation for source in edition.sources]
    assert len(rows["来源"]) > len(edition.listed), "the table lists what print leaves out"
    assert len(rows["事实"]) == len(edition.facts) > 0
    assert rows["更正"][0][3] == "漏写检定周期"
    about = {row[0]: row[1] for row in rows["说明"]}
    assert about["编号"] == "2026-zhiliang"
    assert about["出处"] == "shida；第7次运行（2026-11-20）；知识包 quality 0123456789abcdef"


def test_dates_are_dates_and_heads_stay_in_sight() -> None:
    book = load_workbook(io.BytesIO(tables(paper_edition())))
    first = book["条目"]["D2"]
    assert first.value == datetime(2026, 1, 10)
    assert first.number_format == DAY
    moments = [cell for cell in book["来源"]["F"][1:] if cell.number_format == MOMENT]
    assert moments[0].value == datetime(2026, 1, 10, 8, 30)
    assert "2026-03" in [cell.value for cell in book["来源"]["F"]], "a month is no date and stays a word"
    for sheet in book:
        assert sheet.freeze_panes in ("B2", "C2")
        assert sheet.column_dimensions["B"].width > 5
        assert sheet.auto_filter.ref


def test_no_text_is_run(soffice: str, tmp_path: Path) -> None:
    # the sheets are printed by a real program: a formula would come out as its result or as an error
    for sign in ("=", "+", "-", "@"):
        content = tables(paper_edition((sign + RUN[1:] + "{}").format))
        cells = [cell for sheet in load_workbook(io.BytesIO(content)) for row in sheet.iter_rows() for cell in row]
        assert not [cell for cell in cells if cell.data_type in ("f", "e")]
        signed = [cell for cell in cells if isinstance(cell.value, str) and cell.value.startswith(sign + RUN[1:])]
        assert len(signed) > 50
        assert all(cell.quotePrefix for cell in signed)
    file = tmp_path / "run.xlsx"
    file.write_bytes(tables(paper_edition(lambda text: "=1+1 " + text.replace("检", "_x0041_"))))
    as_csv(soffice, file)
    rows = list(csv.reader(io.StringIO(file.with_suffix(".csv").read_text())))
    assert rows[1][1].startswith("=1+1 童车安全抽查")
    assert rows[2][1].startswith("=1+1 《水表_x0041_定规程》")


def test_the_same_edition_is_the_same_table() -> None:
    content = tables(paper_edition())
    assert tables(paper_edition()) == content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 11, 22, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert core.count("2026-11-22T00:00:00Z") == 2
    assert isinstance(load_workbook(io.BytesIO(content))["条目"]["D2"].value, date)


def as_csv(soffice: str, file: Path) -> None:
    profile = f"-env:UserInstallation=file://{file.parent}/profile"
    command = [soffice, profile, "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76"]
    subprocess.run([*command, "--outdir", file.parent, file], check=True, capture_output=True, timeout=180)
