"""The stories while they are open: which article is in which, and what the editors forbade."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import msgspec

from shida.group.clusters import Cluster
from shida.group.copies import Copy
from shida.group.index import ClusterIndex
from shida.group.vectors import Digest, Digester
from shida.records import Article, Member, Story

FOUNDED = "本报道的第一篇"
"""Why the first article of a story is in it."""


class Line(msgspec.Struct, kw_only=True, eq=False):
    """A story while it is open: the record so far and what has come to it."""

    cluster: Cluster
    id: str
    aliases: tuple[str, ...] = ()
    members: dict[str, Member] = msgspec.field(default_factory=dict)
    told: Story | None = None
    forbidden: dict[str, None] = msgspec.field(default_factory=dict)
    """Ids of stories that must not meet this one."""


class Lines:
    """All open stories, by id, by alias and by article."""

    def __init__(self, digester: Digester, index: ClusterIndex) -> None:
        self._digester = digester
        self._index = index
        self.open: dict[str, Line] = {}
        self._alias: dict[str, str] = {}
        self._of_article: dict[str, str] = {}
        self._copies: dict[str, Article] = {}
        """Articles that are copies, in case an editor says that one is none."""

    def named(self, story: str) -> Line | None:
        """The story with this id or alias."""
        return self.open.get(self._alias.get(story, story))

    def of(self, article: str) -> Line | None:
        """The story an article is in."""
        return self.open.get(self._of_article.get(article, ""))

    def holding(self, article: str) -> Line:
        """The story that a member is in."""
        return self.open[self._of_article[article]]

    def found(self, founder: tuple[str, str], story: str) -> Line:
        """A new story, with the order of the article that founds it."""
        line = self.open[story] = Line(cluster=Cluster(founder=founder, story=story), id=story)
        self._index.open(line.cluster)
        return line

    def bring(self, line: Line, story: Story, articles: Iterable[Article]) -> None:
        """Let an open story be one of an earlier run."""
        line.aliases, line.told = story.aliases, story
        line.members = {member.article: member for member in story.members}
        line.cluster.known = True
        self._alias.update(dict.fromkeys(story.aliases, story.id))
        self._of_article.update(dict.fromkeys(line.members, line.id))
        self._copies.update((one.id, one) for one in articles if line.members[one.id].copy_of is not None)

    def enter(self, line: Line, article: Article, *, copy: Copy | None = None, joined: str | None = None) -> None:
        """Make an article a member."""
        self._of_article[article.id] = line.id
        if copy is not None:
            self._copies[article.id] = article
        line.members[article.id] = Member(
            article=article.id,
            title=article.title,
            published=article.published,
            source=article.source,
            position=article.position,
            copy_of=copy.original if copy else None,
            copy_how=copy.how if copy else None,
            joined=copy.sentence if copy else joined,
        )

    def revise(self, line: Line, article: Article) -> None:
        """A member's article changed: what the member says of it; why it joined stays."""
        line.members[article.id] = msgspec.structs.replace(
            line.members[article.id],
            title=article.title,
            published=article.published,
            source=article.source,
            position=article.position,
        )

    def may_meet(self, one: Line, two: Line) -> bool:
        """Whether no editor forbade that the two become one."""
        return two.id not in one.forbidden

    def forbid(self, one: Line, two: Line) -> None:
        """Keep two stories apart from now on."""
        one.forbidden[two.id] = two.forbidden[one.id] = None

    def absorb(self, one: Line, two: Line, why: str) -> Line:
        """Merge: the older stays (one shown before this run is older than one that was not), the other is its alias."""
        older, younger = sorted((one, two), key=lambda line: (not line.cluster.known, line.cluster.founder))
        self._index.absorb(older.cluster, younger.cluster)
        older.aliases = (*older.aliases, younger.id, *younger.aliases)
        self._alias.update(dict.fromkeys((younger.id, *younger.aliases), older.id))
        for article, member in younger.members.items():
            if member.joined == FOUNDED:
                member = msgspec.structs.replace(member, joined=why)
            older.members[article] = member
            self._of_article[article] = older.id
        del self.open[younger.id]
        for story in younger.forbidden:
            other = self.open.get(story)
            if other is not None:
                del other.forbidden[younger.id]
                if other is not older:
                    self.forbid(older, other)
        return older

    def move(self, articles: Iterable[str], source: Line, target: Line, why: str) -> None:
        """Let members leave one story for another, exactly: both are as if it had always been so.

        A copy whose original stays behind is a copy no longer.
        """
        leaving = dict.fromkeys(articles)
        staying = dict(source.cluster.digests)
        moved = [staying.pop(article) for article in leaving if article in staying]
        for article in leaving:
            member = source.members.pop(article)
            if member.copy_of is not None and member.copy_of not in leaving:
                member = msgspec.structs.replace(member, copy_of=None, copy_how=None)
                if article in self._copies:
                    moved.append(self._digester.digest(self._copies.pop(article)))
            target.members[article] = msgspec.structs.replace(member, joined=why)
            self._of_article[article] = target.id
        for line, digests in ((source, list(staying.values())), (target, [*target.cluster.digests.values(), *moved])):
            self._refill(line, digests)
            line.cluster.founder = founder_of(line)

    def _refill(self, line: Line, digests: list[Digest]) -> None:
        self._index.empty(line.cluster)
        line.cluster.fill(sorted(digests, key=lambda digest: digest.order))


def founder_of(line: Line) -> tuple[str, str]:
    """Order of the article a story has its id from; of its first one where that is not there (any more)."""
    orders = {article: digest.order for article, digest in line.cluster.digests.items()}
    named = [order for article, order in orders.items() if story_id(article) == line.id]
    return min(named or orders.values(), default=("~", line.id))


def story_id(article: str) -> str:
    """The id of the story that an article founds.

    >>> story_id("a1")
    's-f55ff16f66f43360'
    """
    return "s-" + hashlib.sha256(article.encode("utf-8", "surrogatepass")).hexdigest()[:16]
