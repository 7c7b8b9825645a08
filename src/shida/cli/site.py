"""Commands of the site: publish, serve, demo."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from shida.cli.answers import AsOf
from shida.cli.application import Home, Json, application, home_folder, open_newsroom, print_json, say, the_day

Host = Annotated[str | None, Parameter(help="Address to listen on; else the setting.")]
Port = Annotated[int | None, Parameter(help="Port to listen on, 0 for any free one; else the setting.")]


@application.command
def publish(folder: Path, *, as_of: AsOf = None, home: Home = None, json: Json = False) -> None:
    """Build the static site in FOLDER. What did not change is not written again.

    Parameters
    ----------
    folder
        Where the site goes; made where it is missing.
    """
    from shida.publish.material import publish_newsroom

    newsroom, settings, pack = open_newsroom(home)
    with newsroom:
        report = publish_newsroom(newsroom, folder, settings=settings, pack=pack, as_of=the_day(as_of))
    if json:
        print_json(report)
    else:
        print(report.line())


@application.command
def serve(
    folder: Path | None = None, *, as_of: AsOf = None, host: Host = None, port: Port = None, home: Home = None
) -> None:
    """Build the site and serve it until Ctrl-C.

    Parameters
    ----------
    folder
        Where the site is built; else the folder `site` of the newsroom.
    """
    from shida.publish.material import publish_newsroom
    from shida.serve import free_port
    from shida.serve import serve as listen
    from shida.serve.api import Library
    from shida.serve.searching import Finder, search_handlers
    from shida.serve.watching import WatchPages, watch_handlers

    newsroom, settings, pack = open_newsroom(home)
    host, port = host or settings.host, settings.port if port is None else port
    free_port(host, port)  # before the site is built for nothing
    site = folder or home_folder(home) / "site"
    with newsroom:
        say(publish_newsroom(newsroom, site, settings=settings, pack=pack, as_of=the_day(as_of)).line())
    listen(
        site,
        host=host,
        port=port,
        handlers=[
            *search_handlers(Finder(home_folder(home), site, settings=settings, pack=pack)),
            *watch_handlers(WatchPages(home_folder(home), site, settings=settings)),
        ],
        library=Library(home_folder(home), settings=settings, pack=pack, today=lambda: the_day(as_of)),
        ready=lambda address: print(f"{address}  (Ctrl-C ends it)", flush=True),
    )


@application.command
def demo(
    *,
    once: Annotated[bool, Parameter(negative="", help="Build and end, without serving.")] = False,
    home: Annotated[Path, Parameter(help="The sample newsroom's folder; made anew.")] = Path("demo-newsroom"),
    host: Host = None,
    port: Port = None,
) -> None:
    """A sample newsroom from the pages that come with shida: built, and served until Ctrl-C."""
    from shida.demo import build_demo
    from shida.demo.build import DEMO_DAY
    from shida.pack import load_packs
    from shida.serve import free_port
    from shida.serve import serve as listen
    from shida.serve.api import Library
    from shida.serve.searching import Finder, search_handlers
    from shida.serve.watching import WatchPages, watch_handlers
    from shida.settings import load

    settings = load(home)
    host, port = host or settings.host, settings.port if port is None else port
    if not once:
        free_port(host, port)
    site = home / "site"
    for line in build_demo(home, site):
        print(line, flush=True)
    if once:
        print(f"the site is in {site}; open {site / 'index.html'}")
        return
    pack = load_packs(settings.packs)
    listen(
        site,
        host=host,
        port=port,
        handlers=[
            *search_handlers(Finder(home, site, settings=settings, pack=pack)),
            *watch_handlers(WatchPages(home, site, settings=settings)),
        ],
        library=Library(home, settings=settings, pack=pack, today=lambda: DEMO_DAY),
        ready=lambda address: print(f"\n{address}  (Ctrl-C ends it)", flush=True),
    )
