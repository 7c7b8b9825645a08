"""The online grouper: articles in order → copies folded, stories joined, founded and merged."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

import msgspec
import numpy as np

from shida.group.clusters import Cluster
from shida.group.copies import Copies, Copy
from shida.group.index import ClusterIndex, Match
from shida.group.telling import tell
from shida.group.vectors import APART, Digest, Digester, order_of
from shida.pack import Pack
from shida.records import Article, Member, Story

SHARED_WORDS = 5
"""Words named in the reason of a join."""
SECOND_LOOKS = 3
"""Other stories an article is like that may turn out to be the same story."""


class _Line(msgspec.Struct, kw_only=True):
    """A story while it is open: the record so far and what has come to it."""

    cluster: Cluster
    id: str
    aliases: tuple[str, ...] = ()
    members: dict[str, Member] = msgspec.field(default_factory=dict)
    told: Story | None = None


class Grouper:
    """Groups article by article. Carry it on from run to run, or make it again with `from_known`: both end the same.

    >>> from shida.pack import load_packs
    >>> grouper = Grouper(load_packs())
    >>> made = grouper.add([Article(id="a1", page="p1", title="第三届质量大会在成都开幕", published="2024-09-01")])
    >>> [(story.id, story.title) for story in made]
    [('s-f55ff16f66f43360', '第三届质量大会在成都开幕')]
    """

    def __init__(self, pack: Pack) -> None:
        self._digester = Digester(pack)
        self._vocabulary = self._digester.vocabulary
        self._index = ClusterIndex(pack.grouping, self._vocabulary)
        self._copies = Copies(pack.grouping, self._vocabulary)
        self._list_copies = Copies(pack.grouping, self._vocabulary)
        self._lines: dict[str, _Line] = {}
        """Story id → story."""
        self._line_of: dict[str, str] = {}
        """Article id → id of its story."""
        self._known_articles: set[str] = set()
        """Members whose article has been seen, so that one that comes again is no revision."""

    @classmethod
    def from_known(cls, pack: Pack, known: Iterable[tuple[Story, Sequence[Article]]]) -> Grouper:
        """A grouper that knows these stories, each with the articles of its members (others are ignored)."""
        grouper = cls(pack)
        digests: list[tuple[Digest, str | None]] = []
        for story, articles in known:
            members = {member.article: member for member in story.members}
            ours = sorted((article for article in articles if article.id in members), key=order_of)
            line = grouper._open(order_of(_founder(story, ours)) if ours else ("~", story.id), story.id, known=True)
            line.aliases, line.members, line.told = story.aliases, members, story
            for member in story.members:
                grouper._line_of[member.article] = line.id
            for article in ours:
                grouper._known_articles.add(article.id)
                digest, copy_of = grouper._digester.digest(article), members[article.id].copy_of
                digests.append((digest, copy_of))
                if copy_of is None:
                    grouper._count(line, digest)
        # Originals first: a copy is remembered by the original it leads to.
        for digest, copy_of in sorted(digests, key=lambda pair: (pair[1] is not None, pair[0].order)):
            grouper._copies_for(digest.article).remember(digest, copy_of)
        return grouper

    def add(self, articles: Iterable[Article]) -> tuple[Story, ...]:
        """Group these articles too; the stories that are new or changed, by id.

        A member whose article was not among the known ones is a revision: it stays where it is, and its story is told
        anew; one that is known is passed over.
        """
        changed: dict[str, None] = {}
        self._index.arrange()
        for line in self._lines.values():
            line.cluster.known = True
        for article in sorted(articles, key=order_of):
            if article.id in self._line_of:
                line = self._lines[self._line_of[article.id]]
                if article.id not in self._known_articles:
                    self._revise(line, article)
                    changed[line.id] = None
                continue
            digest = self._digester.digest(article)
            copy = self._copies_for(article).place(digest)
            if copy is not None:
                line = self._lines[self._line_of[copy.original]]
                self._enter(line, article, copy=copy)
            else:
                line = self._place(digest)
            changed[line.id] = None
        stories = [self._tell(self._lines[story]) for story in changed if story in self._lines]
        return tuple(sorted(stories, key=lambda story: story.id))

    def stories(self) -> tuple[Story, ...]:
        """All stories, by id."""
        told = [line.told or self._tell(line) for line in self._lines.values()]
        return tuple(sorted(told, key=lambda story: story.id))

    def _copies_for(self, article: Article) -> Copies:
        return self._list_copies if article.kind in APART else self._copies

    def _open(self, founder: tuple[str, str], story_id: str, *, known: bool = False) -> _Line:
        line = self._lines[story_id] = _Line(cluster=Cluster(founder=founder, known=known, story=story_id), id=story_id)
        self._index.open(line.cluster)
        return line

    def _count(self, line: _Line, digest: Digest) -> None:
        self._index.put(line.cluster, digest)

    def _enter(self, line: _Line, article: Article, *, copy: Copy | None = None, joined: str | None = None) -> None:
        self._line_of[article.id] = line.id
        self._known_articles.add(article.id)
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

    def _revise(self, line: _Line, article: Article) -> None:
        """A member's article changed: its words and what the member says of it; why it joined stays."""
        self._known_articles.add(article.id)
        if line.members[article.id].copy_of is None:
            self._count(line, self._digester.digest(article))
        line.members[article.id] = msgspec.structs.replace(
            line.members[article.id],
            title=article.title,
            published=article.published,
            source=article.source,
            position=article.position,
        )

    def _place(self, digest: Digest) -> _Line:
        """Let an original join the story it is most like, or found one; merge stories it shows to be one."""
        article = digest.article
        crowd, matches = self._index.like(digest)
        if matches:
            line = self._lines[matches[0].cluster.story]
            self._enter(line, article, joined=self._why_joined(digest, matches[0]))
        else:
            line = self._open(digest.order, "s-" + hashlib.sha256(article.id.encode()).hexdigest()[:16])
            self._enter(line, article, joined="本报道的第一篇")
        self._count(line, digest)
        for match in matches[1 : 1 + SECOND_LOOKS]:
            similarity = self._index.between(line.cluster, match.cluster, crowd)
            if similarity is not None:
                older, younger = sorted(
                    (line, self._lines[match.cluster.story]),
                    key=lambda entry: (not entry.cluster.known, entry.cluster.founder),
                )
                self._absorb(older, younger, similarity)
                line = older
        return line

    def _absorb(self, older: _Line, younger: _Line, similarity: float) -> None:
        """Merge: the older id stays, the younger becomes an alias."""
        self._index.absorb(older.cluster, younger.cluster)
        older.aliases = (*older.aliases, younger.id, *younger.aliases)
        for article, member in younger.members.items():
            if member.joined == "本报道的第一篇":
                member = msgspec.structs.replace(
                    member, joined=f"所在报道与本报道是同一件事（平均相似度 {similarity:.2f}），已合并"
                )
            older.members[article] = member
            self._line_of[article] = older.id
        del self._lines[younger.id]

    def _tell(self, line: _Line) -> Story:
        """The record of a story as it stands."""
        members = sorted(line.members.values(), key=lambda member: (member.published or "~", member.article))
        days = sorted(member.published[:10] for member in members if member.published)
        told = tell(line.cluster, self._vocabulary)
        line.told = Story(
            id=line.id,
            title=told.title if told.told else members[0].title,
            lead=told.lead,
            first=days[0] if days else None,
            last=days[-1] if days else None,
            members=tuple(members),
            timeline=told.moments,
            aliases=tuple(sorted(line.aliases)),
        )
        return line.told

    def _why_joined(self, digest: Digest, match: Match) -> str:
        """The words that carried a join, strongest first, in a sentence."""
        words, sums = match.cluster.summed()
        spread = self._vocabulary.spread(words, sums)
        carried = spread[digest.words] * digest.weights
        self._vocabulary.clear(words)
        texts = self._vocabulary.words
        # Of equals the word that weighs more in the article.
        strongest = np.argsort(-carried, kind="stable")[:SHARED_WORDS]
        named = "".join([f"“{texts[word]}”" for word in digest.words[strongest[carried[strongest] > 0]].tolist()])
        when = f"，与上一篇相隔 {match.days} 天" if match.days else ""
        return f"与本报道同有{named}，平均相似度 {match.similarity:.2f}{when}"


def _founder(story: Story, articles: Sequence[Article]) -> Article:
    """The article a story has its id from; the first where it is not among them."""
    for article in articles:
        if "s-" + hashlib.sha256(article.id.encode()).hexdigest()[:16] == story.id:
            return article
    return articles[0]
