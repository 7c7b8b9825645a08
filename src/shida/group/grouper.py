"""The online grouper: articles in order → copies folded, stories joined, founded and merged."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from operator import itemgetter

from shida.group.constraints import keep
from shida.group.copies import Copies, Copy
from shida.group.index import ClusterIndex, Match
from shida.group.lines import FOUNDED, Line, Lines, founder_of, story_id
from shida.group.telling import tell
from shida.group.vectors import APART, Digest, Digester, Order, order_of
from shida.pack import Pack
from shida.records import Article, Constraint, Story

BLOCK = 128
"""Articles worked on at once. No result depends on it: larger blocks save calls of numpy, and take a larger table."""
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
        lines, members = grouper._lines, []
        for story, articles in known:
            originals = {member.article: member.copy_of for member in story.members}
            ours = sorted((article for article in articles if article.id in originals), key=order_of)
            line = lines.found(("~", story.id), story.id)
            lines.bring(line, story, ours)
            members += [(line, article, originals[article.id]) for article in ours]
        digests: list[tuple[Digest, str | None]] = []
        for begin in range(0, len(members), BLOCK):
            block = members[begin : begin + BLOCK]
            made = grouper._digester.digests([article for _, article, _ in block])
            digests += [(digest, copy_of) for digest, (_, _, copy_of) in zip(made, block, strict=True)]
        counting: dict[str, list[Digest]] = {}
        for (line, article, copy_of), (digest, _) in zip(members, digests, strict=True):
            grouper._known_articles.add(article.id)
            if copy_of is None:
                counting.setdefault(line.id, []).append(digest)
        for name, found in counting.items():
            lines.open[name].cluster.fill(found)
        for line in lines.open.values():
            line.cluster.founder = founder_of(line)
        digests.sort(key=lambda pair: pair[0].order)
        for copies, apart in ((grouper._copies, False), (grouper._list_copies, True)):
            copies.remember([pair for pair in digests if (pair[0].article.kind in APART) is apart])
        return grouper

    def add(self, articles: Iterable[Article], constraints: Sequence[Constraint] = ()) -> tuple[Story, ...]:
        """Group these articles too, keeping the editors' `constraints`; the stories that are new or changed, by id.

        A member whose article was not among the known ones is a revision: it stays where it is, and its story is told
        anew; one that is known is passed over.
        """
        with _collector_at_rest():
            return self._added(articles, constraints)

    def _added(self, articles: Iterable[Article], constraints: Sequence[Constraint]) -> tuple[Story, ...]:
        lines = self._lines
        changed = dict.fromkeys(keep(constraints, lines))
        fresh = self._fresh(articles, changed)
        self._index.arrange()
        for line in lines.open.values():
            line.cluster.known = True
        for begin in range(0, len(fresh), BLOCK):
            orders, block = zip(*fresh[begin : begin + BLOCK], strict=True)
            changed.update(dict.fromkeys(self._add(self._digester.digests(block, orders))))
        # Again: the articles of a split may have come in this run.
        changed.update(dict.fromkeys(keep(constraints, lines)))
        stories = [self._tell(lines.open[story]) for story in changed if story in lines.open]
        return tuple(sorted(stories, key=lambda story: story.id))

    def _fresh(self, articles: Iterable[Article], changed: dict[str, None]) -> list[tuple[Order, Article]]:
        """Take the revisions in; the articles that are new, in order."""
        ordered = sorted([(order_of(article), article) for article in articles], key=itemgetter(0))
        fresh = []
        for order, article in ordered:
            line = self._lines.of(article.id)
            if article.id in self._known_articles:
                continue
            self._known_articles.add(article.id)
            if line is None:
                fresh.append((order, article))
            else:
                self._revise(line, article)
                changed[line.id] = None
        return fresh

    def _add(self, digests: Sequence[Digest]) -> list[str]:
        """Group a block of new articles; the ids of their stories."""
        lines, copies = self._lines, self._copies_of(digests)
        originals = [digest for digest, copy in zip(digests, copies, strict=True) if copy is None]
        self._index.begin(originals)
        places = iter(range(len(originals)))
        changed = []
        for digest, copy in zip(digests, copies, strict=True):
            if copy is None:
                line = self._place(next(places), digest)
            else:
                line = lines.holding(copy.original)
                lines.enter(line, digest.article, copy=copy)
            changed.append(line.id)
        return changed

    def _copies_of(self, digests: Sequence[Digest]) -> list[Copy | None]:
        """Which of the articles are copies. List pages are compared among themselves."""
        apart = [digest.article.kind in APART for digest in digests]
        found = iter(self._copies.place([digest for digest, one in zip(digests, apart, strict=True) if not one]))
        lists = iter(self._list_copies.place([digest for digest, one in zip(digests, apart, strict=True) if one]))
        return [next(lists if one else found) for one in apart]

    def stories(self) -> tuple[Story, ...]:
        """All stories, by id."""
        told = [line.told or self._tell(line) for line in self._lines.open.values()]
        return tuple(sorted(told, key=lambda story: story.id))

    def _revise(self, line: Line, article: Article) -> None:
        """A member's article changed: its words count anew."""
        if line.members[article.id].copy_of is None:
            line.cluster.fill([self._digester.digest(article)])
        self._lines.revise(line, article)

    def _place(self, place: int, digest: Digest) -> Line:
        """Let an original of the block join the story it is most like, or found one; merge stories it shows to be
        one."""
        article, lines = digest.article, self._lines
        likeness = self._index.like(place, digest)
        if likeness.matches:
            best, *others = likeness.matches
            line, product = lines.open[best.cluster.story], best.product
            lines.enter(line, article, joined=self._why_joined(place, digest, best))
        else:
            line, product, others = lines.found(digest.order, story_id(article.id)), 0, []
            lines.enter(line, article, joined=FOUNDED)
        self._index.put(place, line.cluster, digest, product)
        for match in others[:SECOND_LOOKS]:
            other = lines.open[match.cluster.story]
            if lines.may_meet(line, other):
                similarity = self._index.between(line.cluster, other.cluster, likeness.crowd)
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
            title_from=told.title_from,
            lead_from=told.lead_from,
        )
        return line.told

    def _why_joined(self, place: int, digest: Digest, match: Match) -> str:
        """The words that carried a join, strongest first, in a sentence."""
        lost = -self._index.carried(place, match.cluster)
        texts, words = self._vocabulary.words, digest.words
        # Of equals the word that weighs more in the article.
        named = "".join([f"“{texts[words[at]]}”" for at in lost.argsort(kind="stable")[:SHARED_WORDS] if lost[at]])
        when = f"，与上一篇相隔 {match.days} 天" if match.days else ""
        return f"与本报道同有{named}，平均相似度 {match.similarity:.2f}{when}"


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Nothing here makes a cycle, but what stays would be looked through again and again: a tenth of a large run."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
