"""The command for assistants: mcp."""

from __future__ import annotations

from shida.cli.answers import AsOf
from shida.cli.application import Home, application, home_folder, open_newsroom, say, the_day


@application.command
def mcp(*, as_of: AsOf = None, home: Home = None) -> None:
    """Answer an assistant over the Model Context Protocol, on standard input and output; read-only.

    Its tools are search, story, facts, top and evidence; each answer names the article, the page and the sentence it
    rests on. Needs the extra: pip install "shida[mcp]".
    """
    from shida.mcp import make_server
    from shida.serve.api import Library

    day = the_day(as_of) if as_of is not None else None
    newsroom, settings, pack = open_newsroom(home)
    newsroom.close()
    library = Library(home_folder(home), settings=settings, pack=pack, today=lambda: day or the_day(None))
    server = make_server(library)
    say("answering on standard input and output; Ctrl-C ends it")
    try:
        server.run("stdio")
    finally:
        library.close()
