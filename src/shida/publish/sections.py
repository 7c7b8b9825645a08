"""The pages that list: front pages, wire, registers, editions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from shida.publish.addresses import authority_file, edition_file
from shida.publish.build import Build
from shida.publish.calendar import calendar_file, force_rows, split_rows
from shida.publish.citations import edition_work, open_citation
from shida.publish.editions import by_edition, edition_context, edition_rows, edition_shares
from shida.publish.linked import list_thing, register_thing
from shida.publish.registers import authorities, authority_context, document_rows, figure_rows, happening_rows, sheets
from shida.publish.topics import Branch, period_weights
from shida.publish.tops import address_of, top_context
from shida.publish.wire import FRONT, by_month, day_groups, month_words, part_file, parts_of
from shida.publish.wording import day_words, number_words

HOME_LINES = 30
HOME_FACTS = 3
"""Documents, happenings and figures, each, that the front page calls new."""
MAX_NAMES = 1000
REGISTERS = {"documents": "文件册", "figures": "数字册", "happenings": "事项册"}


def register_pages(build: Build) -> list[dict[str, Any]]:
    """The registers on as many pages as they need; gives what is new in them."""
    documents = document_rows(build.content.facts, build.index)
    figures = figure_rows(build.content.facts, build.index)
    happenings = happening_rows(build.content.facts, build.index)
    for name, rows, second in (
        ("documents", documents, "kind"),
        ("figures", figures, None),
        ("happenings", happenings, "kind"),
    ):
        for path, _, head, piece in sheets(name, rows, second):
            build.listed(path)
            key = build.key(name, head, piece)
            if build.kept(path, key):
                continue
            linked = register_thing(REGISTERS[name], build.shell.base, path, build.shell.title)
            build.page(path, f"{name}.html", key, head=head[0], rows=piece, linked=linked)
    authority_pages(build, documents)
    calendar_pages(build)
    return [
        *({**row, "kind": "文件", "register": "documents", "words": _last_step(row)} for row in documents[:HOME_FACTS]),
        *({**row, "register": "happenings", "words": row["detail"]} for row in happenings[:HOME_FACTS]),
        *({**row, "kind": "数字", "register": "figures"} for row in figures[:HOME_FACTS]),
    ]


def _last_step(row: dict[str, Any]) -> str:
    return str(row["life"][-1]["words"] if row["life"] else row["who"])


def authority_pages(build: Build, documents: list[dict[str, Any]]) -> None:
    """A page for each authority that issued or drafted a document, and the list of them."""
    rows = {row["title"]: row for row in documents}
    found = authorities(build.content.facts)
    for name, titles in found.items():
        build.listed(authority_file(name))
        build.page(authority_file(name), "authority.html", **authority_context(name, titles, rows))
    names = [{"name": name, "href": authority_file(name), "count": len(titles)} for name, titles in found.items()]
    build.listed("register/authorities.html")
    build.page("register/authorities.html", "authorities.html", rows=names[:MAX_NAMES])


def calendar_pages(build: Build) -> None:
    """What comes into force, as a page and as a calendar file."""
    rows = force_rows(build.content.facts, build.index)
    coming, past = split_rows(rows, build.as_of)
    build.listed("calendar.html", build.as_of[:10])
    build.page("calendar.html", "calendar.html", coming=coming, past=past, as_of=day_words(build.as_of))
    host = urlsplit(build.shell.base).hostname or "localhost"
    build.folder.put("calendar.ics", calendar_file(rows, f"{build.shell.title} · 施行日历", host, build.as_of))


def top_pages(build: Build, new: list[dict[str, Any]], found: Mapping[str, Branch]) -> None:
    """The home page, and one page for each period and field at the list's own address."""
    printed = [row for row in edition_rows(by_edition(build.content.editions)) if row["public"]]
    news = [{**row, "day": day_words(row["day"]) if row["day"] else ""} for row in new]
    side = {"edition": printed[0] if printed else None, "wire_total": number_words(len(build.lines)), "news": news}
    if build.home is None:
        _top_page(build, "index.html", None, side)
    for key, ranking in build.content.rankings.items():
        weights = period_weights(build, found, ranking.period, ranking.field)
        for path in ["index.html"] * (key == build.home) + [address_of(ranking)]:
            _top_page(build, path, key, {**side, "weights": weights})


def _top_page(build: Build, path: str, key: tuple[str, str] | None, side: dict[str, Any]) -> None:
    """One Top Ten; the wire beside it is about as long as the list."""
    context = top_context(build.content, build.index, key, build.as_of)
    lines = build.lines[: min(HOME_LINES, 10 + 2 * len(context["entries"]))]
    if key is not None:
        name = f"{context['ranking']['words']}{context['ranking']['field']}十大"
        context["linked"] = list_thing(name, build.shell.base, path, context["entries"])
        ranking = build.content.rankings[key]
        shares = [entry.score for entry in ranking.entries]
        context["card"] = build.card(address_of(ranking), ranking.period.name, shares)
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
            build.listed(path)
            key = build.key(month, total, pages, piece)
            if not build.kept(path, key):
                context: dict[str, Any] = {"title": f"快讯 · {month_words(month)}", "archive": [], "total": total}
                context["pages"] = pages if len(parts) > 1 else []
                build.page(path, "wire.html", key, **context, groups=day_groups(piece), as_of="")


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
            work = edition_work(version, publisher=build.shell.title, url=f"{build.shell.base}{path}")
            context["cite"] = open_citation(work)
            linked = list_thing(version.name, build.shell.base, path, context["entries"])
            build.listed(path, version.as_of[:10])
            context["card"] = build.card(path, version.period.name, edition_shares(version, build.index))
            build.page(path, "edition.html", **context, permanent=path, linked=linked, og="article")
