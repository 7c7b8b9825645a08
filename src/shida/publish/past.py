"""What was known on a day: articles, stories, facts and editions without anything later."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from shida.records import Article, Edition, Fact, Story


def is_past(stories: Sequence[Story], as_of: str) -> bool:
    """True where something later than `as_of` (ISO day) is here, so that what is undated may be later too."""
    return any(story.last is not None and story.last[:10] > as_of for story in stories)


def articles_known(articles: Iterable[Article], as_of: str) -> Iterator[Article]:
    """The articles published by `as_of`, that day included; one without a date cannot be shown to have been."""
    for article in articles:
        if article.published is not None and article.published[:10] <= as_of:
            items = tuple(item for item in article.items if item.published is None or item.published[:10] <= as_of)
            yield article if items == article.items else msgspec.structs.replace(article, items=items)


def stories_known(stories: Iterable[Story], as_of: str) -> Iterator[Story]:
    """The stories as they stood: later articles are not in them, nor in their title, lead or days.

    >>> from shida.records import Member
    >>> first = Member(article="a", title="甲标准征求意见", published="2026-01-05")
    >>> later = Member(article="b", title="甲标准发布", published="2026-03-01")
    >>> story = Story(id="s-1", title="甲标准发布", first="2026-01-05", last="2026-03-01", members=(first, later))
    >>> [(known.title, known.last) for known in stories_known([story], "2026-02-01")]
    [('甲标准征求意见', '2026-01-05')]
    """
    for story in stories:
        members = tuple(m for m in story.members if m.published is not None and m.published[:10] <= as_of)
        own = [member for member in members if member.copy_of is None] or list(members)
        if not own:
            continue
        if len(members) == len(story.members):
            yield story
            continue
        ids = {member.article for member in members}
        timeline = tuple(moment for moment in story.timeline if moment.article in ids)
        titles = [member.title for member in own]
        days = sorted(member.published or "" for member in members)
        # The reasons of the title and the lead compare all articles of the story, also those of later.
        yield msgspec.structs.replace(
            story,
            members=members,
            timeline=timeline,
            title=story.title if story.title in titles else titles[0],
            lead=story.lead if any(moment.sentence == story.lead for moment in timeline) else "",
            title_from=None,
            lead_from=None,
            first=days[0][:10],
            last=days[-1][:10],
        )


def facts_known(facts: Iterable[Fact], known: set[str]) -> Iterator[Fact]:
    """The facts that one of the `known` articles (ids) states, with that evidence only."""
    for fact in facts:
        evidence = tuple(one for one in fact.evidence if one.article in known)
        if evidence:
            yield fact if evidence == fact.evidence else msgspec.structs.replace(fact, evidence=evidence)


def editions_known(editions: Iterable[Edition], as_of: str) -> Iterator[Edition]:
    """The versions of editions whose last decision was taken by `as_of`."""
    return (edition for edition in editions if all(decision.on <= as_of for decision in edition.decisions))
