"""Newsroom and the name of an edition → Printed: what the files of one version are made from."""

from __future__ import annotations

from importlib import metadata
from urllib.parse import urlsplit

from shida.errors import EditionError, SettingsError
from shida.know import merge
from shida.pack import Pack
from shida.publish.addresses import edition_file
from shida.publish.citations import Rules
from shida.publish.files.compose import compose
from shida.publish.files.printed import LICENCE, Origin, Printed, Script
from shida.publish.proposals import propose
from shida.publish.wording import day_of
from shida.records import Article, Edition, Ranking
from shida.settings import Settings
from shida.store import Newsroom

CONSIDERED = 100
"""Places of the ranking that are asked for reasons; an editor may have taken up what stood far down."""


def gather(
    newsroom: Newsroom,
    pack: Pack,
    settings: Settings,
    edition: str,
    *,
    made: str,
    version: int | None = None,
    licence: str = LICENCE,
    rules: Rules = "2025",
    script: Script = "hans",
) -> Printed:
    """The newest version of the edition with this id, or the one asked for. `made`: ISO day of the making.

    EditionError where there is none.
    """
    versions = [found for found in newsroom.editions() if found.id == edition]
    if not versions:
        raise EditionError(f"edition {edition}: there is none of this id. `shida edition show` lists all.")
    shown = next((found for found in versions if found.version == version), None) if version else versions[-1]
    if shown is None:
        numbers = ", ".join(str(found.version) for found in versions)
        raise EditionError(f"edition {edition}: there is no version {version}. There are: {numbers}.")
    articles = _articles(newsroom, shown)
    read = {}
    for article in articles.values():
        page = newsroom.page(article.page)
        if page is not None and page.fetched:
            read[article.page] = day_of(page.fetched)
    wanted = articles.keys()
    facts = merge(fact for fact in newsroom.facts() if any(one.article in wanted for one in fact.evidence))
    runs = [run for run in newsroom.runs() if run.done]
    return compose(
        versions,
        shown,
        articles=articles,
        facts=facts,
        ranking=_ranking(newsroom, pack, shown),
        made=made,
        publisher=settings.site_title,
        address=_address(settings, shown),
        licence=licence,
        accessed=read,
        origin=Origin(
            run=runs[-1].number if runs else None,
            run_day=runs[-1].day if runs else "",
            pack_digest=pack.digest(),
            packs=pack.pack_names,
            program=f"shida {metadata.version('shida')}",
        ),
        rules=rules,
        script=script,
    )


def _address(settings: Settings, shown: Edition) -> str:
    """Where readers find this version; "" for a site that nobody outside this machine can reach."""
    host = urlsplit(settings.site_url).hostname or ""
    if host == "localhost" or host.startswith("127."):
        return ""
    return f"{settings.site_url.rstrip('/')}/{edition_file(shown.id, shown.version)}"


def _articles(newsroom: Newsroom, shown: Edition) -> dict[str, Article]:
    names = dict.fromkeys(name for entry in shown.entries for name in entry.articles)
    return {name: article for name in names if (article := newsroom.article(name)) is not None}


def _ranking(newsroom: Newsroom, pack: Pack, shown: Edition) -> Ranking | None:
    """The ranking as it was proposed; None where the packs no longer have the field."""
    try:
        return propose(
            newsroom,
            pack,
            shown.period,
            as_of=shown.as_of,
            field=shown.field,
            limit=max(CONSIDERED, len(shown.entries)),
        )
    except SettingsError:
        return None
