"""Content → what every page asks: whose story is it, what is stated in it, where does it stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from shida.pack import Pack
from shida.publish.addresses import article_file, story_file
from shida.publish.content import Content
from shida.publish.marking import Spans, anchor_of, merged_spans
from shida.publish.wording import day_of, period_words
from shida.rank import assign_topics
from shida.records import Evidence, Fact, Member, Story


@dataclass
class Index:
    """Look-ups over a Content; `articles` fills while article pages are made."""

    stories: dict[str, Story] = field(default_factory=dict)
    home: dict[str, str] = field(default_factory=dict)
    """Article → its story."""
    members: dict[str, Member] = field(default_factory=dict)
    facts_of: dict[str, list[Fact]] = field(default_factory=dict)
    """Article → the facts it states."""
    spans_of: dict[str, Spans] = field(default_factory=dict)
    """Article → the stretches of its text that state a fact."""
    places: dict[str, list[tuple[str, str, int]]] = field(default_factory=dict)
    """Story → (name of the period, field, place) in each ranking it stands in."""
    shown: set[str] = field(default_factory=set)
    """Stories with a page of their own; a story of one article in no list is that article's page."""
    documents: dict[str, str] = field(default_factory=dict)
    """Title → address, for documents with a page of their own."""
    figures: dict[tuple[str, str], str] = field(default_factory=dict)
    """(what, unit) → address, for quantities with a page of their own."""
    topics: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Story → its topics, the narrowest first."""
    articles: set[str] = field(default_factory=set)
    """Articles that have a page."""
    withdrawn: Mapping[str, str] = field(default_factory=dict)
    """Article → when the page it came from was found gone."""

    aliases: dict[str, str] = field(default_factory=dict)
    """Id of a story that was merged into another → that one."""

    def story_href(self, story: str, articles: tuple[str, ...] = ()) -> str | None:
        """Where a reader finds a story: its page, or that of the story it was merged into, or its first article that
        has one.
        """
        if story not in self.stories:
            story = self.aliases.get(story, story)
        if story in self.shown:
            return story_file(story)
        found = self.stories.get(story)
        for article in [member.article for member in found.members] if found else articles:
            if article in self.articles:
                return article_file(article)
        return None

    def evidence_href(self, evidence: Evidence) -> str | None:
        """The sentence in its article, None where the article has no page."""
        if evidence.article is None or evidence.article not in self.articles:
            return None
        anchor = "title"
        if evidence.of == "text":
            anchor = anchor_of(self.spans_of.get(evidence.article, ()), evidence.start)
        return f"{article_file(evidence.article)}#{anchor}"

    def story_facts(self, story: Story) -> Iterator[Fact]:
        """The facts its articles state, each once, in the order of the articles."""
        seen: set[int] = set()
        for member in story.members:
            for fact in self.facts_of.get(member.article, ()):
                if id(fact) not in seen:
                    seen.add(id(fact))
                    yield fact


def build_index(content: Content, as_of: str) -> Index:
    """Everything but the articles, looked through once.

    >>> build_index(Content(articles=()), "2026-11-22").shown
    set()
    """
    index = Index(withdrawn=content.withdrawn)
    for story in content.stories:
        index.stories[story.id] = story
        index.aliases.update(dict.fromkeys(story.aliases, story.id))
        for member in story.members:
            index.home[member.article] = story.id
            index.members[member.article] = member
        if len(story.members) > 1 or story.aliases:
            index.shown.add(story.id)
    facts_of: dict[str, list[Fact]] = defaultdict(list)
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for fact in content.facts:
        for article in dict.fromkeys(evidence.article for evidence in fact.evidence):
            if article is not None:
                facts_of[article].append(fact)
        for evidence in fact.evidence:
            if evidence.article is not None and evidence.of == "text":
                spans[evidence.article].append((evidence.start, evidence.end))
    index.facts_of = dict(facts_of)
    index.spans_of = {article: merged_spans(found) for article, found in spans.items()}
    for (_, area), ranking in content.rankings.items():
        name = period_words(ranking.period, as_of)
        for entry in ranking.entries:
            index.places.setdefault(entry.story, []).append((name, area, entry.rank))
            if entry.story in index.stories:
                index.shown.add(entry.story)
    for edition in content.editions:
        index.shown.update(entry.story for entry in edition.entries if entry.story in index.stories)
    index.shown.update(name for name in content.ruled if name in index.stories)
    return index


def topics_of(stories: Sequence[Story], pack: Pack) -> dict[str, tuple[str, ...]]:
    """Story → its topics; nothing where the packs have none."""
    if not pack.fields.topics:
        return {}
    return {story.id: found for story in stories if (found := assign_topics(story, pack))}


def counts_words(story: Story) -> str:
    """How much was written: originals, sources, copies.

    >>> one = Member(article="a", title="", source="甲报")
    >>> counts_words(Story(id="s", title="", members=(one, Member(article="b", title="", copy_of="a", source="乙报"))))
    '1 篇 · 1 源 · 另有 1 篇相同'
    """
    originals = [member for member in story.members if member.copy_of is None]
    sources = {member.source for member in originals if member.source}
    words = f"{len(originals)} 篇"
    if sources:
        words += f" · {len(sources)} 源"
    copies = len(story.members) - len(originals)
    return words + (f" · 另有 {copies} 篇相同" if copies else "")


def newest_first(moment: str | None) -> str:
    """A key to sort by; what has no date comes last when reversed.

    >>> newest_first("2026-11-22T10:24:00+08:00"), newest_first(None)
    ('2026-11-22T10:24', '')
    """
    return (moment or "")[:16] if day_of(moment) else ""
