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
        """Id of the story that an article founds → the article."""
        self._published: dict[str, str] = {}
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
                self._founded[story_id(member.article)] = member.article
                self._published[member.article] = member.published or "~"
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
        found = list({story.id: story for story in named}.values())
        within = {article for story in found for article in story.articles}
        found.sort(key=lambda story: self._age(story, within))
        for other in found[1:]:
            first = self.stories[found[0].id]
            del self.stories[other.id]
            aliases = (*first.aliases, other.id, *other.aliases)
            self._keep(replace(first, aliases=aliases, articles=first.articles + other.articles))

    def _age(self, story: StoryThen, within: set[str]) -> tuple[str, bool, str]:
        """The oldest keeps its id in a merge: by its founding article where that is among these, else its first one."""
        founder = self._founded.get(story.id, "")
        first = min((self._published[one] for one in story.articles if one in self._published), default="~")
        return (self._published[founder], False, story.id) if founder in within else (first, True, story.id)

    def _split(self, constraint: Constraint) -> None:
        if len(constraint.stories) < 2:
            return
        other, name, *aliases = constraint.stories
        source, holder = self.story(other), self.story(name)
        if source is None:
            return
        inside = set(source.articles)
        leaving = {one for one in self.with_copies(constraint.articles) if one in inside}
        older = holder == source and other != source.id and self._founding(name, inside) < self._founding(other, inside)
        if constraint.back and (source.id == name or older):
            return
        if source.id == name:
            name, holder, aliases, leaving = other, source, [], inside - leaving
        if not leaving or len(leaving) == len(inside):
            return
        for article in leaving:
            if self._copy_of.get(article) not in leaving:  # a copy that leaves its original is one no longer
                self._copy_of.pop(article, None)
        target = self.stories.get(name)
        if target is None:
            held = source.aliases + (holder.aliases if holder and holder != source else ())
            target = StoryThen(id=name, title=source.title, aliases=tuple(one for one in held if one in aliases))
            if holder is not None and holder != source:
                self._keep(replace(holder, aliases=_without(holder.aliases, (name, *aliases))))
            source = replace(source, aliases=_without(source.aliases, (name, *aliases)))
        self._keep(replace(source, articles=tuple(one for one in source.articles if one not in leaving)))
        moved = tuple(one for one in self.with_copies(constraint.articles) if one in leaving)
        moved += tuple(one for one in source.articles if one in leaving and one not in moved)
        self._keep(replace(target, articles=(*target.articles, *moved)))

    def _founding(self, story: str, within: set[str]) -> tuple[str, str]:
        founder = self._founded.get(story, "")
        return (self._published[founder] if founder in within else "~"), story


def _without(names: tuple[str, ...], some: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for name in names if name not in some)
