"""Content → a folder with the whole site. Start reading at `publish`."""

from __future__ import annotations

from pathlib import Path

from shida.pack import Pack
from shida.publish.about import OFFLINE, about_pages, installed_files
from shida.publish.build import Build
from shida.publish.content import Content, PublishReport
from shida.publish.folder import SiteFolder
from shida.publish.lives import life_pages, told_documents, told_figures
from shida.publish.newsfeeds import channel_lines, feed_files
from shida.publish.reading import article_pages, read_lines, story_pages
from shida.publish.search_index import search_pages
from shida.publish.sections import edition_pages, register_pages, top_pages, wire_pages
from shida.publish.sitemaps import map_files
from shida.publish.topics import branches, topic_pages
from shida.settings import Settings


def publish(
    content: Content, out: Path, *, settings: Settings, pack: Pack, as_of: str, fresh: bool = False
) -> PublishReport:
    """Build the site of `content` into the folder `out`, as known on the day `as_of`.

    The folder is swapped in whole at the end; files that did not change keep their time of change, and pages whose
    sources did not change are not made again (`fresh` makes all of them again). Raises InputError where `out` cannot
    be written or holds somebody else's files, NewsroomBusy where another build writes there.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     report = publish(Content(articles=()), Path(place, "site"), settings=Settings(), pack=Pack(
    ...         pack_names=(), digests={}), as_of="2026-11-22")
    >>> report.articles, report.files > 10
    (0, True)
    """
    articles = content.articles
    if iter(articles) is articles:  # they are read twice
        articles = list(articles)
    with SiteFolder(out) as folder:
        build = Build(content, articles, folder, pack=pack, settings=settings, as_of=as_of, fresh=fresh)
        for path, data in build.shell.static.items():
            if path != OFFLINE:
                folder.put(path, data)
        installed_files(build)
        read_lines(build)
        build.index.documents = told_documents(content.facts)
        build.index.figures = told_figures(content.facts)
        found = branches(content.stories, build.index.topics, pack)
        build.feeds = channel_lines(build, found)
        article_pages(build)
        story_pages(build)
        topic_pages(build, found)
        life_pages(build)
        new = register_pages(build)
        top_pages(build, new, found)
        wire_pages(build)
        edition_pages(build)
        search_pages(build)
        about_pages(build)
        feed_files(build)
        map_files(build)
        build.finish()
    return PublishReport(
        files=len(folder.files),
        written=folder.written,
        kept=folder.kept,
        removed=folder.removed,
        articles=len(build.index.articles),
        stories=len(build.index.shown),
        notes=tuple(build.notes),
    )
