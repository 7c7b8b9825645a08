"""The pages that list: front pages, wire, registers, editions."""

from __future__ import annotations

from typing import Any

from shida.publish.addresses import edition_file
from shida.publish.build import Build
from shida.publish.editions import by_edition, edition_context, edition_rows
from shida.publish.linked import list_thing, register_thing
from shida.publish.registers import document_rows, figure_rows, sheets
from shida.publish.tops import address_of, top_context
from shida.publish.wire import FRONT, by_month, day_groups, month_words, part_file, parts_of
from shida.publish.wording import day_words, number_words

HOME_LINES = 30
HOME_FACTS = 4
"""Documents and figures, each, that the front page calls new."""
REGISTERS = {"documents": "文件册", "figures": "数字册"}


def register_pages(build: Build) -> list[dict[str, Any]]:
    """Both registers on as many pages as they need; gives what is new in them."""
    documents = document_rows(build.content.facts, build.index)
    figures = figure_rows(build.content.facts, build.index)
    for name, rows, second in (("documents", documents, "kind"), ("figures", figures, None)):
        for path, _, head, piece in sheets(name, rows, second):
            build.listed(path)
            linked = register_thing(REGISTERS[name], build.shell.base, path, build.shell.title)
            build.page(path, f"{name}.html", head=head[0], rows=piece, linked=linked)
    new = [
        {
            **row,
            "kind": "文件",
            "register": "documents",
            "words": row["life"][-1]["words"] if row["life"] else row["who"],
        }
        for row in documents[:HOME_FACTS]
    ] + [{**row, "kind": "数字", "register": "figures"} for row in figures[:HOME_FACTS]]
    return [{**row, "day": day_words(row["day"]) if row["day"] else ""} for row in new]


def top_pages(build: Build, new: list[dict[str, Any]]) -> None:
    """The home page, and one page for each period and field at the list's own address."""
    printed = [row for row in edition_rows(by_edition(build.content.editions)) if row["public"]]
    side = {"edition": printed[0] if printed else None, "wire_total": number_words(len(build.lines)), "news": new}
    _top_page(build, "index.html", build.home, side)
    for key, ranking in build.content.rankings.items():
        _top_page(build, address_of(ranking), key, side)


def _top_page(build: Build, path: str, key: tuple[str, str] | None, side: dict[str, Any]) -> None:
    """One Top Ten; the wire beside it is about as long as the list."""
    context = top_context(build.content, build.index, key, build.as_of)
    lines = build.lines[: min(HOME_LINES, 10 + 2 * len(context["entries"]))]
    if key is not None:
        name = f"{context['ranking']['words']}{context['ranking']['field']}十大"
        context["linked"] = list_thing(name, build.shell.base, path, context["entries"])
        context["description"] = f"{name}：" + "；".join(row["title"] for row in context["entries"][:3])
    build.listed(path, build.as_of[:10])
    build.page(path, "top.html", **context, **side, wire_groups=day_groups(lines))


def wire_pages(build: Build) -> None:
    """The newest headlines, and an archive by month."""
    months = by_month(build.lines)
    archive = [
        {"words": month_words(month), "href": part_file(month, parts_of(lines)[0][0]), "count": len(lines)}
        for month, lines in months.items()
    ]
    front: dict[str, Any] = {"title": "快讯", "archive": archive, "pages": [], "as_of": day_words(build.as_of)}
    groups = day_groups(build.lines[:FRONT])
    build.listed("wire.html", build.as_of[:10])
    build.page("wire.html", "wire.html", **front, groups=groups, total=number_words(len(build.lines)))
    for month, lines in months.items():
        parts = parts_of(lines)
        total = number_words(len(lines))
        for number, piece in parts:
            path = part_file(month, number)
            pages = [
                {"words": str(other), "href": part_file(month, other), "here": other == number} for other, _ in parts
            ]
            context: dict[str, Any] = {"title": f"快讯 · {month_words(month)}", "archive": [], "total": total}
            build.listed(path)
            build.page(
                path, "wire.html", **context, pages=pages if len(parts) > 1 else [], groups=day_groups(piece), as_of=""
            )


def edition_pages(build: Build) -> None:
    """The list of editions, and a page for each version; the newest also at the edition's own address."""
    histories = by_edition(build.content.editions)
    build.listed("editions.html")
    build.page("editions.html", "editions.html", editions=edition_rows(histories))
    for name, versions in histories.items():
        for path, version in [(edition_file(name), versions[-1])] + [
            (edition_file(name, version.version), version) for version in versions
        ]:
            context = edition_context(versions, version, build.index)
            linked = list_thing(version.name, build.shell.base, path, context["entries"])
            build.listed(path, version.as_of[:10])
            build.page(path, "edition.html", **context, permanent=path, linked=linked, og="article")
