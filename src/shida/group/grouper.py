"""The online grouper: articles in order → copies folded, stories joined, founded and merged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from shida.group.constraints import keep
from shida.group.copies import Copies
from shida.group.index import ClusterIndex, Match
from shida.group.lines import FOUNDED, Line, Lines, founder_of, story_id
from shida.group.telling import tell
from shida.group.vectors import APART, Digest, Digester, order_of
from shida.pack import Pack
from shida.records import Article, Constraint, Story

SHARED_WORDS = 5
"""Words named in the reason of a join."""
SECOND_LOOKS = 3
"""Other stories an article is like that may turn out to be the same story."""


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
        self._tails = pack.grouping.tails
        self._vocabulary = self._digester.vocabulary
        self._index = ClusterIndex(pack.grouping, self._vocabulary)
        self._copies = Copies(pack.grouping, self._vocabulary)
        self._list_copies = Copies(pack.grouping, self._vocabulary)
        self._lines = Lines(self._digester, self._index)
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
            line = grouper._lines.found(("~", story.id), story.id)
            grouper._lines.bring(line, story, ours)
            for article in ours:
                grouper._known_articles.add(article.id)
                digest, copy_of = grouper._digester.digest(article), members[article.id].copy_of
                digests.append((digest, copy_of))
                if copy_of is None:
                    grouper._index.put(line.cluster, digest)
            line.cluster.founder = founder_of(line)
        # Originals first: a copy is remembered by the original it leads to.
        for digest, copy_of in sorted(digests, key=lambda pair: (pair[1] is not None, pair[0].order)):
            grouper._copies_for(digest.article).remember(digest, copy_of)
        return grouper

    def add(self, articles: Iterable[Article], constraints: Sequence[Constraint] = ()) -> tuple[Story, ...]:
        """Group these articles too, keeping the editors' `constraints`; the stories that are new or changed, by id.

        A member whose article was not among the known ones is a revision: it stays where it is, and its story is told
        anew; one that is known is passed over.
        """
        lines = self._lines
        changed = dict.fromkeys(keep(constraints, lines))
        self._index.arrange()
        for line in lines.open.values():
            line.cluster.known = True
        for article in sorted(articles, key=order_of):
            line_of = lines.of(article.id)
            if line_of is not None:
                if article.id not in self._known_articles:
                    self._revise(line_of, article)
                    changed[line_of.id] = None
                continue
            self._known_articles.add(article.id)
            digest = self._digester.digest(article)
            copy = self._copies_for(article).place(digest)
            line_of = lines.of(copy.original) if copy is not None else None
            if line_of is not None:
                lines.enter(line_of, article, copy=copy)
            else:
                line_of = self._place(digest)
            changed[line_of.id] = None
        # Again: the articles of a split may have come in this run.
        changed.update(dict.fromkeys(keep(constraints, lines)))
        stories = [self._tell(lines.open[story]) for story in changed if story in lines.open]
        return tuple(sorted(stories, key=lambda story: story.id))

    def stories(self) -> tuple[Story, ...]:
        """All stories, by id."""
        told = [line.told or self._tell(line) for line in self._lines.open.values()]
        return tuple(sorted(told, key=lambda story: story.id))

    def _copies_for(self, article: Article) -> Copies:
        return self._list_copies if article.kind in APART else self._copies

    def _revise(self, line: Line, article: Article) -> None:
        """A member's article changed: its words count anew."""
        self._known_articles.add(article.id)
        if line.members[article.id].copy_of is None:
            self._index.put(line.cluster, self._digester.digest(article))
        self._lines.revise(line, article)

    def _place(self, digest: Digest) -> Line:
        """Let an original join the story it is most like, or found one; merge stories it shows to be one."""
        article, lines = digest.article, self._lines
        crowd, matches = self._index.like(digest)
        if matches:
            line = lines.open[matches[0].cluster.story]
            lines.enter(line, article, joined=self._why_joined(digest, matches[0]))
        else:
            line = lines.found(digest.order, story_id(article.id))
            lines.enter(line, article, joined=FOUNDED)
        self._index.put(line.cluster, digest)
        for match in matches[1 : 1 + SECOND_LOOKS]:
            other = lines.open[match.cluster.story]
            if lines.may_meet(line, other):
                similarity = self._index.between(line.cluster, other.cluster, crowd)
                if similarity is not None:
                    why = f"所在报道与本报道是同一件事（平均相似度 {similarity:.2f}），已合并"
                    line = lines.absorb(line, other, why)
        return line

    def _tell(self, line: Line) -> Story:
        """The record of a story as it stands."""
        members = sorted(line.members.values(), key=lambda member: (member.published or "~", member.article))
        days = sorted(member.published[:10] for member in members if member.published)
        told = tell(line.cluster, self._vocabulary, self._tails)
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
