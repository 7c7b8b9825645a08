"""How the lists are made, where the articles come from, the keys, and the page for a wrong address."""

from __future__ import annotations

from collections import defaultdict
from urllib.parse import urlsplit

import msgspec

from shida.publish.addresses import safe_url
from shida.publish.build import Build
from shida.publish.codes import REASONS, STAGES, floor_words, weight_rows, word
from shida.publish.tops import ALL
from shida.publish.wording import day_words, number_words, period_words

OFFLINE = "static/offline.js"
HEALTH = {"fine": "正常", "late": "迟滞", "broken": "中断", "unknown": "不定期"}


def installed_files(build: Build) -> None:
    """What lets a reader install the site and read without a network what was read before."""
    keeper = build.shell.static[OFFLINE].decode().replace("LOOK", build.shell.look)
    build.folder.put("offline.js", keeper)  # at the root: it answers for all that lies below it
    manifest = {
        "name": build.shell.title,
        "short_name": build.shell.title[:12],
        "lang": "zh-Hans",
        "start_url": "./index.html",
        "scope": "./",
        "display": "minimal-ui",
        "background_color": "#fbfaf7",
        "theme_color": "#b1271b",
        "icons": [{"src": "static/seal.svg", "sizes": "any", "type": "image/svg+xml", "purpose": "any"}],
    }
    build.card("site.html", "", [10 - place for place in range(10)])
    build.folder.put("manifest.webmanifest", msgspec.json.encode(manifest))


def about_pages(build: Build) -> None:
    """Method, sources, help, and the page for a wrong address."""
    formulas: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for (_, area), ranking in build.content.rankings.items():
        if ranking.formula:
            formulas[ranking.formula][area or ALL].append(period_words(ranking.period, build.as_of))
    periods = {area: periods for areas in formulas.values() for area, periods in areas.items()}
    most = max((len(found) for found in periods.values()), default=0)
    build.page(
        "method.html",
        "method.html",
        formulas=[
            {
                "text": text,
                "lists": [
                    area if len(found) == most else f"{area}（{'、'.join(found)}）" for area, found in areas.items()
                ],
                "rows": weight_rows(text),
                "floor": floor_words(text),
            }
            for text, areas in formulas.items()
        ],
        dropped=[
            {"stage": word(STAGES, row.stage), "reason": word(REASONS, row.reason), "count": number_words(row.count)}
            for row in sorted(build.content.dropped, key=lambda row: (row.stage, -row.count, row.reason))
        ],
    )
    rows = sorted(build.content.sources, key=lambda row: (-row.articles, row.name))
    build.page(
        "sources.html",
        "sources.html",
        sources=[
            {
                "name": row.name,
                "address": safe_url(row.address),
                "articles": number_words(row.articles),
                "copies": number_words(row.copies),
                "first": day_words(row.first),
                "last": day_words(row.last),
                "health": row.health,
                "state": HEALTH[row.health],
                "note": row.note,
            }
            for row in rows
        ],
    )
    build.page("help.html", "help.html")
    for path in ("method.html", "sources.html", "help.html"):
        build.listed(path)
    # A wrong address may be at any depth, so this page alone names its links from the top of the host.
    build.page("404.html", "404.html", twin=False, root=urlsplit(build.shell.base).path)
