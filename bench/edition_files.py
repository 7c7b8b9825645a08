"""What the files of an edition cost: bytes and seconds of one core a form, beside LibreOffice setting the same list.

Run: python -m bench edition_files. The edition is invented and the same every time: ten entries as a paper prints them,
and a hundred with forty articles each, as nobody should print them.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench._publish_newsroom import newsroom
from shida.publish.files.bundle import FORMS
from shida.publish.files.compose import compose
from shida.publish.files.printed import Printed
from shida.records import Edition, EditionEntry
from shida.text.periods import parse_period

MADE = "2026-11-22"
SIZES = ((10, 4), (100, 40))
"""Entries, and articles of each."""
CEILING = 2.0
"""Seconds for all forms of ten entries; more is a step back."""


def edition(entries: int, articles: int) -> Printed:
    """An edition of so many entries with so many articles each."""
    content = newsroom(entries * articles)
    found = {article.id: article for article in content.articles}
    names = list(found)
    rows = []
    for n in range(entries):
        own = tuple(names[n * articles : (n + 1) * articles])
        lead = found[own[0]].text.split("\n")[0]
        rows.append(EditionEntry(place=n + 1, story=f"s-{n}", title=found[own[0]].title, lead=lead, articles=own))
    made = Edition(
        id="bench",
        name="十大",
        period=parse_period("2026"),
        field="质量",
        as_of=MADE,
        state="published",
        entries=tuple(rows),
    )
    return compose(
        [made],
        made,
        articles=found,
        facts=content.facts,
        ranking=None,
        made=MADE,
        publisher="",
        address="https://shida.example/",
    )


def cost(make: Callable[[], bytes], who: int = resource.RUSAGE_SELF) -> tuple[int, float]:
    """Bytes made, and seconds of one core."""
    before = resource.getrusage(who)
    made = make()
    after = resource.getrusage(who)
    return len(made), after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def by_libreoffice(content: bytes) -> bytes:
    """The PDF LibreOffice makes of a Word file."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "edition.docx"
        file.write_bytes(content)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command: list[str | Path] = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, file]
        subprocess.run(command, check=True, capture_output=True)
        return file.with_suffix(".pdf").read_bytes()


def main() -> int:
    """Print the table; 1 where ten entries take longer than they may."""
    made = [edition(*size) for size in SIZES]
    for form in FORMS.values():  # what is imported at the first use is not the form's cost
        form.make(made[0])
    print(f"| form | {SIZES[0][0]} entries, KB | seconds | {SIZES[1][0]} entries, KB | seconds |")
    print("|---|---|---|---|---|")
    total = 0.0
    for name, form in FORMS.items():
        cells = []
        for number, one in enumerate(made):
            size, seconds = cost(lambda form=form, one=one: form.make(one))  # type: ignore[misc]
            cells += [f"{size / 1024:,.0f}", f"{seconds:.2f}"]
            total += 0 if number else seconds
        print(f"| {name} | {' | '.join(cells)} |", flush=True)
    if shutil.which("soffice"):
        cells = []
        for one in made:
            content = FORMS["docx"].make(one)
            size, seconds = cost(lambda content=content: by_libreoffice(content), resource.RUSAGE_CHILDREN)  # type: ignore[misc]
            cells += [f"{size / 1024:,.0f}", f"{seconds:.2f}"]
        print(f"| PDF of the Word file by LibreOffice | {' | '.join(cells)} |")
    print(f"\nall forms of {SIZES[0][0]} entries: {total:.2f} s; ceiling {CEILING:g} s")
    print(f"sources in the two: {', '.join(str(len(one.sources)) for one in made)}")
    return 0 if total <= CEILING else 1
