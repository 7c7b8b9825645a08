"""The line under a title in a list: a sentence of an article that the list counts, never of a later one."""

from __future__ import annotations

from shida.records import Entry, Story


def lead_of(story: Story, entry: Entry) -> str:
    """The story's lead where an article of the entry says it; else what that of the entry's title says; else nothing.

    A lead that stands in no timeline counts where the entry has every article of the story.

    >>> from shida.records import Member, Moment
    >>> story = Story(
    ...     id="s-1",
    ...     title="甲标准实施一年",
    ...     lead="甲标准实施满一年。",
    ...     members=(Member(article="a", title="甲标准发布"), Member(article="b", title="甲标准实施一年")),
    ...     timeline=(
    ...         Moment(date="2025-03-01", sentence="甲标准今天发布。", article="a"),
    ...         Moment(date="2026-03-01", sentence="甲标准实施满一年。", article="b"),
    ...     ),
    ... )
    >>> lead_of(story, Entry(rank=1, story="s-1", title="甲标准发布", score=1.0, articles=("a",)))
    '甲标准今天发布。'
    """
    counted = set(entry.articles)
    told = {moment.article: moment.sentence for moment in story.timeline if moment.article in counted}
    tellers = {moment.article for moment in story.timeline if moment.sentence == story.lead}
    whole = all(member.article in counted for member in story.members)
    if tellers & counted or (whole and not tellers):
        return story.lead
    titled = [member.article for member in story.members if member.title == entry.title]
    return next((told[article] for article in (*titled, *told) if article in told), "")


def leads_of(stories: dict[str, Story], entries: tuple[Entry, ...]) -> dict[str, str]:
    """Story id → its lead, for the entries of a list."""
    return {entry.story: lead_of(stories[entry.story], entry) for entry in entries if entry.story in stories}
