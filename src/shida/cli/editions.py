"""Commands of an edition: new, show, publish; its files, and whether they are as they were made."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import App, Parameter

from shida.cli.answers import AsOf, Count, Field
from shida.cli.application import Home, Json, Today, application, open_newsroom, print_json, say, tell, the_day

if TYPE_CHECKING:
    from shida.records import Edition

editions = App(name="edition", help="A list from a ranking, with a permanent name.")
application.command(editions)

By = Annotated[str | None, Parameter(help="Who decides; else the user of this machine.")]


@editions.command
def new(
    period: str,
    *,
    name: Annotated[str, Parameter(help="The list's name in print, for example 2025年度十大质量新闻.")],
    id: Annotated[
        str | None, Parameter(help="Its permanent id (a-z, 0-9, hyphens); else made of period and field.")
    ] = None,
    field: Field = None,
    n: Count = 10,
    as_of: AsOf = None,
    by: By = None,
    today: Today = None,
    home: Home = None,
    json: Json = False,
) -> None:
    """Make a draft from the ranking of a period.

    Parameters
    ----------
    period
        2024, 2024-07, 2024-W30, 2021..2025, 2024-01-01..2024-03-31 or 十四五.
    """
    from shida.edition import draft, edition_id
    from shida.errors import EditionError
    from shida.publish.leads import leads_of
    from shida.publish.proposals import propose
    from shida.text.periods import parse_period

    if not name.strip():
        raise EditionError("an edition needs a name that can be printed. Give one with --name.")
    newsroom, _, pack = open_newsroom(home)
    span = parse_period(period)
    with newsroom:
        chosen = edition_id(span, field, id)
        if newsroom.edition(chosen) is not None:
            raise EditionError(f"edition {chosen}: there is one already. Show it, or give another --id.")
        ranking = propose(newsroom, pack, span, as_of=the_day(as_of or today), field=field, limit=n)
        leads = leads_of({story.id: story for story in newsroom.stories()}, ranking.entries)
        made = draft(ranking, id=chosen, name=name, by=by or getpass.getuser(), on=the_day(today), leads=leads)
        newsroom.save_edition(made)
    if json:
        print_json(made)
        return
    tell(f"made the draft {made.id} with {len(made.entries)} entries; show it with: shida edition show {made.id}")


@editions.command
def show(id: str | None = None, *, home: Home = None, json: Json = False) -> None:
    """Show an edition, or list all.

    Parameters
    ----------
    id
        Its permanent id; without one, all editions are listed.
    """
    newsroom, _, _ = open_newsroom(home)
    with newsroom:
        found = {edition.id: edition for edition in newsroom.editions()}
    chosen = list(found.values()) if id is None else [_existing(found.get(id), id)]
    if json:
        print_json(chosen if id is None else chosen[0])
        return
    for edition in chosen:
        tell(f"{edition.id}  {edition.name}  {edition.period.name}  {edition.state}, version {edition.version}")
        if id is not None:
            for entry in edition.entries:
                tell(f"{entry.place:>3}  {entry.title}  ({len(entry.articles)} 篇)  {entry.story}")
            for decision in edition.decisions:
                tell(f"     {decision.on} {decision.by}: {decision.step} {decision.reason}")
    if not chosen:
        tell("no edition yet; make one with: shida edition new PERIOD --name NAME")


@editions.command
def publish(id: str, *, by: By = None, today: Today = None, home: Home = None, json: Json = False) -> None:
    """Publish an edition: it is printed as it stands and from then on only corrected.

    Parameters
    ----------
    id
        Its permanent id.
    """
    from shida.edition import publish as print_edition

    newsroom, _, _ = open_newsroom(home)
    with newsroom:
        current = _existing(newsroom.edition(id), id)
        printed = print_edition(current, by=by or getpass.getuser(), on=the_day(today))
        newsroom.save_edition(printed)
    if json:
        print_json(printed)
        return
    tell(f"published {id}; build the site with: shida publish DIR")


@editions.command
def files(
    id: str,
    out: Path,
    *,
    format: Annotated[
        tuple[Literal["docx", "pdf", "xlsx", "md", "html", "txt"], ...],
        Parameter(help="A form to make, repeated for more; else all. html is for WeChat's editor.", negative=""),
    ] = (),
    version: Annotated[int | None, Parameter(help="An earlier version; else the newest.")] = None,
    licence: Annotated[str | None, Parameter(help="What is said of rights in place of the usual sentence.")] = None,
    rules: Annotated[Literal["2025", "2015"], Parameter(help="Which GB/T 7714 the references follow.")] = "2025",
    script: Annotated[Literal["hans", "hant"], Parameter(help="Simplified or traditional characters.")] = "hans",
    today: Today = None,
    home: Home = None,
    json: Json = False,
) -> None:
    """Make the files an edition is handed on as: Word, PDF, table, Markdown, WeChat, plain text, and a manifest.

    Parameters
    ----------
    id
        Its permanent id.
    out
        A folder, or a file whose name ends in .zip.
    """
    from shida.publish.files.bundle import write_bundle
    from shida.publish.files.gather import gather
    from shida.publish.files.printed import LICENCE

    newsroom, settings, pack = open_newsroom(home)
    with newsroom:
        printed = gather(
            newsroom,
            pack,
            settings,
            id,
            made=the_day(today),
            version=version,
            licence=LICENCE if licence is None else licence,
            rules=rules,
            script=script,
        )
    written = write_bundle(printed, out, format or None)
    if json:
        print_json({"files": [str(path) for path in written.paths], "notes": written.notes})
        return
    for path in written.paths:
        tell(f"wrote {path}")
    for note in written.notes:
        say(note)


@editions.command
def verify(path: Path, *, json: Json = False) -> int:
    """Check a bundle of files against its manifest; exit code 1 where they do not agree.

    Parameters
    ----------
    path
        The folder, or the .zip.
    """
    from shida.publish.files.verify import verify as check

    manifest, findings = check(path)
    if json:
        print_json({"edition": manifest.edition, "files": len(manifest.files), "findings": findings})
    else:
        for finding in findings:
            tell(finding)
        if not findings:
            made = manifest.edition
            tell(f"{made.id} version {made.version}: {len(manifest.files)} files as they were made")
    return 1 if findings else 0


def _existing(edition: Edition | None, id: str) -> Edition:
    from shida.errors import EditionError

    if edition is None:
        raise EditionError(f"edition {id}: there is none of this id. `shida edition show` lists all.")
    return edition
