"""Commands that are filters: restore, read, know. With --jsonl one JSON object a line in, one a line out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Annotated, Any, Literal

from cyclopts import Parameter

from shida.cli.application import Today, application, say, tell, the_day, writing

JsonLines = Annotated[bool, Parameter(name="--jsonl", negative="", help="JSON objects, one a line, in and out.")]
Packs = Annotated[str, Parameter(name="--packs", help="Packs to use, by comma.")]
STANDARD_INPUT = Path("-")


def _known(_: type, given: Any) -> None:
    """Refuse what looks like an option: only - itself may begin with a hyphen."""
    for path in given if isinstance(given, list) else [given]:
        if path is not None and str(path).startswith("-") and path != STANDARD_INPUT:
            raise ValueError(f'Unknown option: "{path}". Options: shida COMMAND --help. A file of that name: ./{path}')


Inputs = Annotated[list[Path] | None, Parameter(allow_leading_hyphen=True, validator=_known)]
Input = Annotated[Path, Parameter(allow_leading_hyphen=True, validator=_known)]
BOM = b"\xef\xbb\xbf"


def _pack(packs: str) -> Any:
    from shida.pack import load_packs

    return load_packs(tuple(part.strip() for part in packs.split(",") if part.strip()))


def _open(path: Path) -> IO[bytes]:
    from shida.errors import InputError

    if path == STANDARD_INPUT:
        return sys.stdin.buffer
    try:
        return path.open("rb")
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}. Check the path.") from error


def _answer_lines(what: str, paths: list[Path], answer: Callable[[dict[str, Any]], dict[str, Any]]) -> int:
    """Answer each JSON line of the inputs in its place, a bad line with `{"id":…,"error":…}`. 1 where one was bad."""
    import msgspec

    from shida.cli.progress import Bar

    bad = done = 0
    size = 0 if STANDARD_INPUT in paths else sum(path.stat().st_size for path in paths if path.is_file())
    with Bar(wanted=not sys.stdout.isatty(), in_bytes=True) as bar:
        for path, number, line in _lines(paths):
            done += len(line)
            bar(what, done, size)
            given_id: object = None
            try:
                given = msgspec.json.decode(line.removeprefix(BOM) if number == 1 else line)
                if not isinstance(given, dict):
                    raise ValueError("expected an object")
                given_id = given.get("id")
                answered = {**answer(given), "id": given_id}
            except (msgspec.DecodeError, RecursionError, ValueError) as error:
                bad += 1
                answered = {"id": given_id, "error": f"{path}:{number}: {error}"}
            sys.stdout.buffer.write(msgspec.json.encode(answered) + b"\n")
    return 1 if bad else 0


def _lines(paths: list[Path]) -> Iterator[tuple[Path, int, bytes]]:
    """The lines of the inputs, each with its file and number."""
    for path in paths:
        with _open(path) as file:
            for number, line in enumerate(file, 1):
                yield path, number, line


def _text(given: dict[str, Any], key: str = "text") -> str:
    text = given.get(key)
    if not isinstance(text, str):
        raise ValueError(f"expected a string at $.{key}")
    return text


@application.command
def restore(
    paths: Inputs = None,
    *,
    jsonl: JsonLines = False,
    out: Annotated[Path | None, Parameter(help="A folder for the restored files, instead of standard output.")] = None,
    report: Annotated[
        Path | None, Parameter(help="What was changed, and why, as an HTML page; a folder of them for several files.")
    ] = None,
    to: Annotated[
        Literal["simplified"] | None, Parameter(help="Also write whole Traditional text in Simplified characters.")
    ] = None,
    packs: Packs = "quality,general",
) -> int:
    """Put damaged text back and print it; nothing is added, not even a newline. What was done goes to standard error.

    Parameters
    ----------
    paths
        Files or folders of text or HTML; - or nothing for standard input.
    """
    from shida.cli.progress import Bar
    from shida.restore import in_simplified
    from shida.restore import restore as restore_text
    from shida.restore.contract import to_contract
    from shida.restore.report import report_html
    from shida.text.charset import decode, looks_binary

    pack = _pack(packs)
    inputs = paths or [STANDARD_INPUT]

    def mended(text: str) -> Any:
        restored = restore_text(text, pack)
        return in_simplified(text, restored) if to else restored

    if jsonl:
        return _answer_lines("restore", inputs, lambda given: to_contract(mended(_text(given))))
    files = list(_files(inputs))
    bad = 0
    with Bar() as bar:
        for number, (path, place) in enumerate(files, 1):
            with _open(path) as file:
                content = file.read()
            if looks_binary(content):
                say(f"{path}: binary, not a text; left out")
                bad += 1
                continue
            before = decode(content).text
            restored = mended(before)
            text = restored.text.encode("utf-8", "surrogatepass")
            if out is None:
                sys.stdout.buffer.write(text)
                sys.stdout.buffer.flush()
            else:
                _write(out / place, text)
            for line in _summary(path, restored):
                say(line)
            if report is not None:
                page = report if len(files) == 1 else report / place.with_name(place.name + ".html")
                _write(page, report_html(before, restored, str(path)).encode())
                say(f"  report: {page}")
            if len(files) > 1:
                bar("restore", number, len(files))
    return 1 if bad else 0


def _write(path: Path, content: bytes) -> None:
    """Write a file, with the folders it needs; InputError where that cannot be."""
    from shida.errors import InputError

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{path.parent}: {error.strerror}. Name another folder.") from error
    with writing(path) as file:
        file.write(content)


def _files(inputs: list[Path]) -> Iterator[tuple[Path, Path]]:
    """The files named, and those of the folders named, each with its place below what was named."""
    for path in inputs:
        if path.is_dir():
            yield from ((file, file.relative_to(path)) for file in sorted(path.rglob("*")) if file.is_file())
        else:
            yield path, Path(path.name)


def _summary(path: Path, restored: Any) -> Iterator[str]:
    """What a person at the terminal wants to know: kind, counts, and each choice and gap."""
    asked = sum(len(change.after) for change in restored.changes if change.rule == "simplified")
    if asked:
        yield f"{path}: {asked:,} characters written in Simplified, as was asked"
    if restored.kind is None:
        yield f"{path}: nothing to restore"
        return
    chosen = [change for change in restored.changes if not change.proved and change.rule != "simplified"]
    yield (
        f"{path}: kind {restored.kind}, {len(restored.changes):,} changes: "
        f"{len(restored.changes) - len(chosen):,} proved, {len(chosen):,} chosen; {len(restored.gaps):,} gaps"
    )
    moved = 0
    for change in restored.changes:
        start = change.start + moved
        moved += len(change.after) - (change.end - change.start)
        if not change.proved and change.rule != "simplified":
            end = start + len(change.after)
            around = f"{restored.text[max(0, start - 4) : start]}【{change.after}】{restored.text[end : end + 4]}"
            other = f", runner-up {change.runner_up!r}" if change.runner_up is not None else ""
            other += f" by {change.margin:.1f}" if change.margin is not None else ""
            where = " ".join(around.split())
            yield f"  chosen, not proved: {change.before!r} → {where} at {change.start} ({change.rule}{other})"
    for gap in restored.gaps:
        yield f"  gap at {gap.start}: {gap.note}"


@application.command
def read(
    paths: Inputs = None,
    *,
    jsonl: JsonLines = False,
    today: Today = None,
    packs: Packs = "quality,general",
) -> int:
    """Read pages: title, body, date, source, lists and dated items.

    Parameters
    ----------
    paths
        Pages (HTML or text). With --jsonl and no path, or -: lines of {"id","html"} on standard input.
    """
    from shida.errors import InputError
    from shida.pipeline import read_bytes
    from shida.read.contract import to_contract
    from shida.records import Dropped

    pack, day = _pack(packs), the_day(today)

    def answer(name: str, content: bytes) -> dict[str, Any]:
        found = read_bytes(content, name, pack, today=day)
        if isinstance(found, Dropped):
            return {"error": found.detail or found.reason}
        return to_contract(found[0], name)

    if jsonl and (paths or [STANDARD_INPUT]) == [STANDARD_INPUT]:
        return _answer_lines(
            "read", [STANDARD_INPUT], lambda given: answer(str(given.get("id")), _text(given, "html").encode())
        )
    import msgspec

    bad = 0
    for path, _ in _files(paths or [STANDARD_INPUT]):
        try:
            with _open(path) as file:
                answered = {"id": str(path), **answer(str(path), file.read())}
        except InputError as error:  # one that cannot be opened is answered in its place, like a bad line
            answered = {"id": str(path), "error": str(error)}
        bad += "error" in answered
        if jsonl:
            sys.stdout.buffer.write(msgspec.json.encode(answered) + b"\n")
        else:
            _print_article(answered)
    return 1 if bad else 0


def _print_article(article: dict[str, Any]) -> None:
    for key in ("id", "error", "kind", "title", "published", "published_how", "source", "author", "editor", "site"):
        if article.get(key):
            tell(f"{key}: {article[key]}")
    for found in article.get("lists") or ():
        tell(f"list: {found}")
    for item in article.get("items") or ():
        tell(f"item: {item}")
    tell(f"\n{article.get('body', '')}\n")


@application.command
def know(
    path: Input = STANDARD_INPUT,
    *,
    jsonl: JsonLines = False,
    packs: Packs = "quality,general",
) -> int:
    """Take facts from a text, each with the sentence that states it.

    Parameters
    ----------
    path
        A text; - or nothing for standard input. With --jsonl: lines of {"id","text"[,"title","published"]}.
    """
    import msgspec

    from shida.errors import InputError
    from shida.know import know as take_facts
    from shida.know.contract import to_contract
    from shida.records import Article
    from shida.text.charset import decode, looks_binary

    pack = _pack(packs)

    def answer(given: dict[str, Any]) -> dict[str, Any]:
        article = msgspec.convert(
            {
                "id": str(given.get("id")),
                "page": "",
                "title": given.get("title") or "",
                "text": _text(given),
                "published": given.get("published"),
            },
            Article,
        )
        return {"facts": [to_contract(fact) for fact in take_facts(article, pack)]}

    if jsonl:
        return _answer_lines("know", [path], answer)
    with _open(path) as file:
        content = file.read()
    if looks_binary(content):
        raise InputError(f"{path}: binary, not a text. Give a text, or a page to `shida read`.")
    for fact in answer({"text": decode(content).text})["facts"]:
        tell(msgspec.json.format(msgspec.json.encode(fact), indent=2).decode())
    return 0
