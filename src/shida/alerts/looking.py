"""A saved search and the newsroom → what is to be told of it now. Pure of clocks and networks; the store is only read.

Something is told once. It is told again when its source changed what a reader sees of it, took it back, or put it back;
not when we read the same bytes by other rules. So what is remembered of it is whose bytes it rests on (`article@page`),
and the two revisions are compared as they are read today.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from shida.alerts.matching import Matches, matches
from shida.alerts.telling import news_of
from shida.records import Alert, Article, News, Watch
from shida.store import Newsroom
from shida.store.search import Hit, SearchIndex
from shida.store.search.answers import ARTICLE, EDITION, STORY
from shida.store.watches import Told

MOST_NEWS = 20
"""News in one alert: some 20 KB. What one look finds beyond that goes into further alerts."""

PRINTED = ("published", "corrected")
"""States of an edition that are told; a draft is the editors' own business."""

REWRITTEN = "原文修订后不再这样写"


class Look(NamedTuple):
    """What a look found."""

    told: tuple[Told, ...]
    """What is remembered from now on, where it differs."""
    alerts: tuple[Alert, ...]
    matched: int
    whole: bool
    """False where so much matches that some of it could not be reached: the query is too wide."""


class State(NamedTuple):
    """The newsroom as it is at one look, for all saved searches."""

    newsroom: Newsroom
    searched: SearchIndex
    inventory: Mapping[str, str]
    """`kind:id` of everything there is."""
    withdrawn: Mapping[str, str]
    """Article → when it was found gone at its source."""


def state_of(newsroom: Newsroom, index: SearchIndex) -> State:
    """The newsroom now; the index is brought up to it first."""
    index.refresh()
    return State(newsroom, index, index.inventory(), newsroom.visits.withdrawn_articles())


def first_look(state: State, watch: Watch) -> tuple[Told, ...]:
    """What counts as told when a search is saved: all there is, but what is dated from `watch.since` on."""
    found = matches(state.searched, watch.query)
    old = [hit for hit in found.hits if not (watch.since and hit.published and hit.published >= watch.since)]
    return tuple(_Looking(state, watch, Matches(tuple(old), (), True), {}).baseline())


def look(state: State, watch: Watch, now: str) -> Look:
    """What is to be told of a saved search at `now` (ISO time), beyond what was told."""
    found = matches(state.searched, watch.query)
    looking = _Looking(state, watch, found, state.newsroom.watches.told(watch.id))
    looking.go_through()
    return Look(tuple(looking.rows.values()), alerts_of(watch, looking.news, now), len(found.hits), found.whole)


def alerts_of(watch: Watch, news: Sequence[tuple[News, Told]], now: str) -> tuple[Alert, ...]:
    """News → alerts, the newest news first; their ids are of what they say and of nothing else."""
    ordered = sorted(news, key=lambda one: one[1].uid)
    ordered.sort(key=lambda one: one[0].published or "", reverse=True)
    alerts = []
    for start in range(0, len(ordered), MOST_NEWS):
        some = ordered[start : start + MOST_NEWS]
        said = [watch.id, watch.created, *((one.what, row.uid, row.seen, row.origin, row.turn) for one, row in some)]
        digest = hashlib.sha256(msgspec.json.encode(said)).hexdigest()[:16]
        alerts.append(
            Alert(
                id=f"n-{digest}",
                watch=watch.id,
                name=watch.name,
                query=watch.query,
                owner=watch.owner,
                made=now,
                news=tuple(one for one, _ in some),
            )
        )
    return tuple(alerts)


class _Looking:
    """One look at one saved search: `rows` is what is remembered anew, `news` what is told."""

    def __init__(self, state: State, watch: Watch, found: Matches, told: Mapping[str, Told]) -> None:
        self.state = state
        self.watch = watch
        self.found = found
        self.told = told
        self.rows: dict[str, Told] = {}
        self.news: list[tuple[News, Told]] = []
        self.store = state.newsroom.watches
        behind = {one for hit in found.hits for one in hit.articles}
        behind |= {line.partition("@")[0] for row in told.values() for line in row.origin.split("\n") if line}
        self.pages = self.store.pages_of(sorted(behind))
        self.titles: dict[tuple[str, str], list[Told]] = {}
        for row in told.values():
            if row.state != "past":
                self.titles.setdefault((row.uid.partition(":")[0], row.title), []).append(row)

    def baseline(self) -> list[Told]:
        """A row for everything that was found, none of it told."""
        found = []
        for hit in self.found.hits:
            found.append(self.row(hit, state="before", turn=0))
            found += [self.copy(uid) for uid in _copies(hit)]
        return list({row.uid: row for row in reversed(found)}.values())[::-1]  # of two the first

    def go_through(self) -> None:
        """What matches and was not told; then what was told and is no longer as it was."""
        hits = {f"{hit.kind}:{hit.id}": hit for hit in self.found.hits}
        unknown = [hit.id for uid, hit in hits.items() if hit.kind == ARTICLE and uid not in self.told]
        grouped = self.store.grouped(unknown)
        for uid, hit in hits.items():
            row = self.told.get(uid)
            if hit.kind == ARTICLE:
                if row is None and hit.id in grouped:  # before a run's end nobody knows what is a copy of what
                    self.new_article(hit)
                elif row is not None and row.state == "copy":
                    self.former_copy(hit, row)
            elif hit.kind == STORY:
                self.story(hit, row)
            elif hit.kind == EDITION:
                self.edition(hit, row)
            elif row is None or row.state == "past":
                self.new_fact(hit, row)
        for row in self.told.values():
            kind = row.uid.partition(":")[0]
            if kind == ARTICLE and row.state in ("told", "before", "withdrawn"):
                self.known_article(row)
            elif kind not in (ARTICLE, STORY, EDITION) and row.state in ("told", "before", "withdrawn"):
                self.known_fact(row, hits)

    # ── articles ────────────────────────────────────────────────────────────────────────────────────────────────

    def new_article(self, hit: Hit) -> None:
        """Told, unless it or what it is a copy of was."""
        family = [f"{ARTICLE}:{hit.id}", *_copies(hit)]
        known = any(uid in self.told or uid in self.rows for uid in family)
        for uid in family:
            if uid not in self.told and uid not in self.rows:
                self.rows[uid] = self.copy(uid)
        if not known:
            self.tell_article(hit)

    def former_copy(self, hit: Hit, row: Told) -> None:
        """Told where its source changed a copy so that it stands alone now."""
        changed = row.origin and row.origin != f"{hit.id}@{self.pages.get(hit.id, '')}"
        if changed and not _copies(hit):
            self.tell_article(hit)

    def tell_article(self, hit: Hit) -> None:
        """Told as new, or as withdrawn where it came and went between two looks."""
        row = self.row(hit, state="told", turn=1)
        gone = self.state.withdrawn.get(hit.id)
        if gone is None:
            self.tell(news_of(self.state.newsroom, hit, self.found.terms, "new"), row)
        else:
            row = replace(row, state="withdrawn")
            self.tell(news_of(self.state.newsroom, hit, self.found.terms, "withdrawn", _since(gone)), row)

    def known_article(self, row: Told) -> None:
        """Told again where its source changed it, took it back, or put it back."""
        article_id = row.uid.partition(":")[2]
        page = self.pages.get(article_id)
        if page is None:
            return  # read by other rules it may come back; its source did nothing
        gone = self.state.withdrawn.get(article_id)
        origin = f"{article_id}@{page}"
        now = replace(row, origin=origin, turn=row.turn + 1)
        if gone is not None and row.state != "withdrawn":
            self.again(replace(now, state="withdrawn"), "withdrawn", _since(gone))
        elif gone is None and row.state == "withdrawn":
            self.again(replace(now, state="told"), "returned")
        elif origin != row.origin and gone is None:
            if self.differs(article_id, row.origin, page):
                self.again(replace(now, state="told"), "revised")
            else:
                self.rows[row.uid] = replace(row, origin=origin)

    def differs(self, article_id: str, origin: str, page: str) -> bool:
        """Whether a reader sees another text on the page than on the one that was told."""
        by_page = {one.page: one for one in self.state.newsroom.revisions(article_id)}
        before = by_page.get(origin.partition("@")[2])
        return before is None or page not in by_page or _seen(before) != _seen(by_page[page])

    def again(self, row: Told, what: str, why: str = "") -> None:
        """Tell something once more, as it is now."""
        kind, _, record_id = row.uid.partition(":")
        article = self.state.newsroom.article(record_id) if kind == ARTICLE else None
        articles = [line.partition("@")[0] for line in row.origin.split("\n")]
        hit = Hit(
            id=record_id,
            kind=kind,
            title=article.title if article is not None else row.title,
            published=article.published if article is not None else None,
            url=article.url if article is not None else None,
            source=article.source if article is not None else None,
            articles=tuple(articles),
        )
        told = news_of(self.state.newsroom, hit, self.found.terms, what, why)  # type: ignore[arg-type]
        self.tell(told, replace(row, title=hit.title))

    # ── facts, stories, editions ────────────────────────────────────────────────────────────────────────────────

    def new_fact(self, hit: Hit, past: Told | None) -> None:
        """A fact's id is of what it states: one of a name that was told, with something else to say, is a revision."""
        row = self.row(hit, state="told", turn=1 if past is None else past.turn + 1)
        before = self.titles.get((hit.kind, row.title), [])
        if past is not None:
            before = [*before, past]
        known = {line for one in before for line in one.origin.split("\n")}
        if before and set(row.origin.split("\n")) <= known:
            self.rows[row.uid] = replace(row, state=before[0].state, turn=row.turn - 1)  # the same bytes, read anew
        else:
            self.tell(news_of(self.state.newsroom, hit, self.found.terms, "revised" if before else "new"), row)

    def known_fact(self, row: Told, hits: Mapping[str, Hit]) -> None:
        """Told again where all that state it are withdrawn, or none states it any more."""
        kind = row.uid.partition(":")[0]
        lines = [line.partition("@") for line in row.origin.split("\n") if line]
        now = replace(row, turn=row.turn + 1)
        if row.uid in self.state.inventory:
            hit = hits.get(row.uid)
            articles = list(hit.articles) if hit is not None else [article for article, _, _ in lines]
            gone = [self.state.withdrawn[one] for one in articles if one in self.state.withdrawn]
            if articles and len(gone) == len(articles) and row.state != "withdrawn":
                self.again(replace(now, state="withdrawn"), "withdrawn", _since(max(gone)))
            elif len(gone) < len(articles) and row.state == "withdrawn":
                self.again(replace(now, state="told"), "returned")
            return
        past = replace(row, state="past")
        replaced = any(hit.kind == kind and hit.title == row.title for hit in self.found.hits)
        rewritten = any(self.pages.get(article, page) != page for article, _, page in lines)
        if not replaced and rewritten and row.state != "withdrawn":
            self.again(replace(past, turn=now.turn), "withdrawn", REWRITTEN)
        else:
            self.rows[row.uid] = past

    def story(self, hit: Hit, row: Told | None) -> None:
        """Told when it begins, and again on each later day on which it goes on."""
        day = (hit.published or "")[:10]
        if row is None:
            story = self.state.newsroom.story(hit.id)
            merged = [f"{STORY}:{alias}" for alias in (story.aliases if story is not None else ())]
            row = next((self.told[uid] for uid in merged if uid in self.told), None)
        if row is None:
            told = self.row(hit, state="told", turn=1)
            self.tell(news_of(self.state.newsroom, hit, self.found.terms, "new"), told)
            return
        now = self.row(hit, state=row.state, turn=row.turn)
        if day > row.seen and now.origin != row.origin:
            told = replace(now, state="told", turn=row.turn + 1)
            self.tell(news_of(self.state.newsroom, hit, self.found.terms, "revised"), told)
        elif now != row:
            self.rows[now.uid] = replace(now, seen=max(day, row.seen))

    def edition(self, hit: Hit, row: Told | None) -> None:
        """Told when it is printed, and again with each correction."""
        edition = self.state.newsroom.edition(hit.id)
        if edition is None or edition.state not in PRINTED:
            return
        now = replace(self.row(hit, state="told", turn=1), seen=f"{edition.version}")
        if row is None or not row.seen:  # it was a draft when the search was saved
            self.tell(news_of(self.state.newsroom, hit, self.found.terms, "new"), now)
        elif row.seen != now.seen:
            again = replace(now, turn=row.turn + 1)
            self.tell(news_of(self.state.newsroom, hit, self.found.terms, "revised"), again)

    # ── rows ────────────────────────────────────────────────────────────────────────────────────────────────────

    def tell(self, news: News, row: Told) -> None:
        """Remember that something is told."""
        self.rows[row.uid] = row
        self.news.append((news, row))

    def copy(self, uid: str) -> Told:
        """What is remembered of a copy: that it is one, and its page as it is."""
        article = uid.partition(":")[2]
        page = self.pages.get(article)
        return Told(uid=uid, state="copy", origin=f"{article}@{page}" if page is not None else "")

    def row(self, hit: Hit, *, state: str, turn: int) -> Told:
        """What is remembered of a hit as it is now."""
        articles = [hit.id] if hit.kind == ARTICLE else sorted(hit.articles)
        origin = "\n".join(f"{one}@{self.pages.get(one, '')}" for one in articles)
        seen = ""
        if hit.kind == STORY:
            origin = hashlib.sha256(origin.encode()).hexdigest()[:16]
            seen = (hit.published or "")[:10]
        elif hit.kind == EDITION:
            edition = self.state.newsroom.edition(hit.id)
            origin, seen = "", f"{edition.version}" if edition is not None and edition.state in PRINTED else ""
        return Told(
            uid=f"{hit.kind}:{hit.id}",
            title=hit.title,
            seen=seen,
            origin=origin,
            state=state,  # type: ignore[arg-type]
            turn=turn,
        )


def _copies(hit: Hit) -> list[str]:
    """`article:id` of the other texts of an article's family that are known from it."""
    if hit.kind != ARTICLE:
        return []
    others = [one for one in (*hit.articles, hit.copy_of) if one is not None and one != hit.id]
    return [f"{ARTICLE}:{one}" for one in dict.fromkeys(others)]


def _seen(article: Article) -> tuple[str, ...]:
    """What a reader sees of an article, however it is spaced."""
    number = article.notice.number if article.notice is not None else None
    whole = (article.title, article.text, article.published or "", article.source or "", number or "")
    return tuple("".join(part.split()) for part in whole)


def _since(when: str) -> str:
    return f"原页已撤下，{when[:10]} 发现"
