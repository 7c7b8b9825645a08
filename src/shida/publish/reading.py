"""Articles and stories → their pages, each made only where something it shows has changed."""

from __future__ import annotations

from collections import defaultdict

from shida.publish.addresses import article_file, original_file, stem, story_file
from shida.publish.articles import article_context, original_text
from shida.publish.build import Build
from shida.publish.linked import article_thing
from shida.publish.stories import story_context
from shida.publish.wire import headline, lines_of, newest
from shida.publish.wording import day_of, period_words
from shida.records import Article, Entry

MAX_ORIGINAL = 400_000
"""Characters of a damaged original that are shown; the rest is counted."""
SUMMARY = 160
"""Characters of an article's text that a feed carries: a summary and a link, not the text."""


def read_lines(build: Build) -> None:
    """First reading of the articles: who is there, and the headlines they give."""
    renamed = 0
    for article in build.articles:
        renamed += stem(article.id) != article.id
        build.index.articles.add(article.id)
        build.lines.extend(lines_of(article))
    build.lines = newest(build.lines)
    if renamed:
        build.notes.append(f"{renamed} 个文章编号不能作文件名，已改用散列名")


def article_pages(build: Build) -> None:
    """Second reading: a page each, and the damaged original of those that were repaired."""
    index = build.index
    in_feed = {line.record for lines in build.feeds.values() for line in lines}
    for article in build.articles:
        if article.id in in_feed:
            build.summaries[article.id] = " ".join(article.text[:SUMMARY].split())
        story = index.stories.get(index.home.get(article.id, ""))
        path = article_file(article.id)
        build.listed(path, day_of(article.published))
        member = index.members.get(article.id)
        near = (
            (story.id, story.title, len(story.members), story.id in index.shown, index.topics.get(story.id))
            if story
            else ()
        )
        same = [other.article for other in story.members if other.copy_of == article.id] if story else []
        own = [build.fact_key(fact) for fact in index.facts_of.get(article.id, ())]
        original_of = member.copy_of if member else None
        gone = index.withdrawn.get(article.id)
        key = build.key(article, near, same, original_of, original_of in index.articles, own, gone)
        original = original_file(article.id)
        damaged = bool(article.repairs or article.damage)
        if build.kept(path, key) and (not damaged or build.kept(original, key, twin=False)):
            continue
        if damaged:
            damaged = original_page(build, article, original, key)
        title = headline(article)
        build.page(
            path,
            "article.html",
            key,
            **article_context(article, index, damaged),
            og="article",
            description=article.text[:120].replace("\n", " "),
            linked=article_thing(article, title, build.shell.base, build.shell.title),
        )


def original_page(build: Build, article: Article, path: str, key: str) -> bool:
    """The page's bytes as they came, as text and in no other script; False where they were not kept."""
    data = build.content.page_bytes(article.page)
    if data is None:
        return False
    text = original_text(data)
    build.page(
        path,
        "original.html",
        key,
        twin=False,
        title=article.title or "（无题）",
        text=text[:MAX_ORIGINAL],
        cut=max(0, len(text) - MAX_ORIGINAL),
        size=f"{len(data):,}",
        back=article_file(article.id),
    )
    return True


def story_pages(build: Build) -> None:
    """A page for every story of more than one article or in any list, and a signpost for each old id."""
    index = build.index
    places: dict[str, list[tuple[str, str, Entry]]] = defaultdict(list)
    for (_, area), ranking in build.content.rankings.items():
        words = period_words(ranking.period, build.as_of)
        for entry in ranking.entries:
            places[entry.story].append((words, area, entry))
    for name in sorted(index.shown):
        story = index.stories[name]
        facts = [build.fact_key(fact) for fact in index.story_facts(story)]
        known = [member.article in index.articles for member in story.members]
        mine = places.get(name, [])
        key = build.key(story, facts, known, mine, index.topics.get(name))
        path = story_file(name)
        build.listed(path, day_of(story.last))
        if not build.kept(path, key):
            build.page(path, "story.html", key, **story_context(story, index, mine), description=story.lead[:120])
        for alias in story.aliases:
            if alias not in index.stories:
                build.page(story_file(alias), "moved.html", title=story.title, href=path, permanent=path)
