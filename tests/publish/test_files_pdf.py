"""The PDF: set with Chinese fonts, tagged, the same bytes again, and made without asking anybody for anything."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from paper_edition import paper_edition, with_generated

from shida.errors import SettingsError
from shida.publish.files.pdf import pdf, print_page


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("pdf") / "edition.pdf"
    made.write_bytes(pdf(with_generated(paper_edition())))
    return made


def ask(program: str, *arguments: str | Path) -> str:
    return subprocess.run([program, *arguments], capture_output=True, check=True).stdout.decode()


def test_it_holds_every_entry_and_its_own_name(file: Path, soffice: str) -> None:
    edition = paper_edition()
    text = re.sub(r"\s", "", ask("pdftotext", "-layout", file, "-"))
    for entry in edition.entries:
        assert re.sub(r"\s", "", entry.title) in text
    assert "—1—" in text
    about = ask("pdfinfo", file)
    assert re.search(rf"Title: +{edition.name}", about)
    assert "Page size:       595.276 x 841.89 pts (A4)" in about
    assert re.search(r"Tagged: +yes", about)
    assert re.search(r"JavaScript: +no", about)
    assert re.search(r"CreationDate: +Sun Nov 22", about)


def test_every_font_is_in_the_file(file: Path, soffice: str) -> None:
    rows = ask("pdffonts", file).splitlines()[2:]
    assert rows
    assert all(re.search(r" yes yes yes ", row) for row in rows), "embedded, a subset, with its characters named"
    assert any("CJK" in row for row in rows)


def test_the_text_stays_inside_the_margins(file: Path, soffice: str) -> None:
    box = ask("pdftotext", "-bbox", file, "-")
    millimetre = 72 / 25.4
    words = [tuple(map(float, found)) for found in re.findall(r'xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)"', box)]
    assert min(left for left, _ in words) >= 28 * millimetre - 1
    assert max(right for _, right in words) <= (28 + 156) * millimetre + 2


def test_the_same_edition_is_the_same_pdf(file: Path) -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]);"
        "from paper_edition import paper_edition, with_generated; from shida.publish.files.pdf import pdf;"
        "sys.stdout.buffer.write(pdf(with_generated(paper_edition())))"
    )
    again = subprocess.run([sys.executable, "-c", code, Path(__file__).parent], capture_output=True, check=True).stdout
    assert again == file.read_bytes()


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What WeasyPrint's own fetcher was asked to open."""
    asked: list[str] = []

    def opened(_: object, request: object, *rest: object, **more: object) -> None:
        asked.append(str(request))
        raise OSError("no network in this test")

    monkeypatch.setattr("urllib.request.OpenerDirector.open", opened)
    return asked


PULLS = (
    '<img src="file:///etc/passwd"><img src="http://127.0.0.1:9/x.png"><link rel=stylesheet href="http://127.0.0.1:9/">'
    '<p style="background: url(file:///etc/passwd)">甲</p><style>@import "http://127.0.0.1:9/"; '
    "@font-face {font-family: x; src: url(file:///etc/passwd)} p {font-family: x}</style>"
    '<object data="data:text/plain,x">'
)


def test_markup_in_a_field_is_text_and_pulls_nothing(tried: list[str]) -> None:
    edition = paper_edition(lambda text: text + PULLS, size=2)
    assert not re.search(r"<(?:img|link|object)\b", print_page(edition))
    assert pdf(edition)[:5] == b"%PDF-"
    assert tried == []


def test_even_markup_that_came_through_pulls_nothing(tried: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    from weasyprint import HTML

    from shida.publish.files import pdf as module

    page = f"<html><body>{PULLS}</body></html>"
    HTML(string=page).write_pdf()
    assert len(tried) >= 5, "the page does pull where nothing refuses"
    tried.clear()
    monkeypatch.setattr(module, "print_page", lambda edition: page)
    assert pdf(paper_edition(size=2))[:5] == b"%PDF-"
    assert tried == []


def test_without_weasyprint_a_word_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(SettingsError, match=r'pip install "shida\[pdf\]"'):
        pdf(paper_edition())
