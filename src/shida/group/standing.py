"""Stories and the constraints that wait → the stories as they will be, without grouping anything."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from shida.group.lines import story_id
from shida.records import Constraint, Story, StoryThen


class Standing:
    """The stories as they will be once what was ruled since the last run is carried out: what a person means who
    rules next.
    """

    def __init__(self, stories: Iterable[Story], waiting: Sequence[Constraint] = (), parts: Iterable[str] = ()) -> None:
        self._copy_of: dict[str, str] = {}
        self.stories: dict[str, StoryThen] = {}
        self._of: dict[str, str] = {}
        self._founded: dict[str, str] = {}
        self.taken = set(parts)
        """Ids that a ruling gave to a part, so that no other gets them."""
        self._alias: dict[str, str] = {}
        for story in stories:
            self.put(story)
        for constraint in waiting:
            if constraint.kept:
                continue
            if constraint.kind == "merge":
                self._merge(constraint)
            else:
                self._split(constraint)

    def put(self, story: Story) -> None:
        """Take in a story as it is."""
        for member in story.members:
            if member.copy_of is not None:
                self._copy_of[member.article] = member.copy_of
            else:
                self._founded[story_id(member.article)] = member.published or "~"
        articles = tuple(member.article for member in story.members)
        self._keep(StoryThen(id=story.id, title=story.title, aliases=story.aliases, articles=articles))

    def story(self, story_id: str) -> StoryThen | None:
        """The story of this id or alias."""
        return self.stories.get(story_id) or self.stories.get(self._alias.get(story_id, ""))

    def of(self, article: str) -> StoryThen | None:
        """The story an article is in."""
        return self.stories.get(self._of.get(article, ""))

    def called(self) -> set[str]:
        """All ids and aliases."""
        return self.stories.keys() | self._alias.keys()

    def with_copies(self, articles: Sequence[str]) -> tuple[str, ...]:
        """The articles, and after them their copies."""
        wanted = set(articles)
        copies = [article for article, original in self._copy_of.items() if original in wanted]
        return tuple(dict.fromkeys((*articles, *copies)))

    def _keep(self, story: StoryThen) -> None:
        self.stories[story.id] = story
        self._of.update(dict.fromkeys(story.articles, story.id))
        self._alias.update(dict.fromkeys(story.aliases, story.id))

    def _merge(self, constraint: Constraint) -> None:
        named = [story for name in constraint.stories if (story := self.story(name)) is not None]
        found = sorted({story.id: story for story in named}.values(), key=lambda story: self._age(story.id))
        for other in found[1:]:
            first = self.stories[found[0].id]
            del self.stories[other.id]
            aliases = (*first.aliases, other.id, *other.aliases)
            self._keep(replace(first, aliases=aliases, articles=first.articles + other.articles))

    def _age(self, story: str) -> tuple[str, str]:
        """The oldest keeps its id in a merge."""
        return self._founded.get(story, "~"), story

    def _split(self, constraint: Constraint) -> None:
        source = self.story(constraint.stories[0])
        part = constraint.stories[1] if len(constraint.stories) > 1 else ""
        if source is None or source.id == part:
            return
        if self.story(part) == source and self._age(part) < self._age(constraint.stories[0]) != self._age(source.id):
            return
        inside = set(source.articles)
        leaving = dict.fromkeys(one for one in self.with_copies(constraint.articles) if one in inside)
        if part and leaving and len(leaving) < len(source.articles):
            for article in leaving:
                if self._copy_of.get(article) not in leaving:  # a copy that leaves its original is one no longer
                    self._copy_of.pop(article, None)
            names = constraint.stories[1:]
            there = self.stories.get(part) or StoryThen(id=part, title=source.title)
            mine = tuple(alias for alias in source.aliases if alias in names and alias != part)
            left = tuple(alias for alias in source.aliases if alias not in names)
            staying = tuple(one for one in source.articles if one not in leaving)
            self._keep(replace(source, aliases=left, articles=staying))
            self._keep(replace(there, aliases=there.aliases + mine, articles=(*there.articles, *leaving)))
