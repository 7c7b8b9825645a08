"""Sources → new pages in the newsroom, with what changed and what was withdrawn: the loop behind `shida collect`."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from difflib import get_close_matches
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from shida.collect.looks import after_look
from shida.collect.rounds import Item, collect_sources
from shida.collect.sources import Health, is_due
from shida.collect.visits import Arrival
from shida.collect.warc_writing import WarcWriter
from shida.errors import InputError, SettingsError
from shida.net.answers import Fetched
from shida.net.client import Client
from shida.net.limits import Limits
from shida.pack import Pack
from shida.records import Address, Article, Dropped, Look, Page, Record, Source, SourceState
from shida.run.stages import PageStage, PageWork
from shida.settings import Settings
from shida.store import Newsroom

BATCH = 20
"""Pages acknowledged at a time: what a kill can cost is fetched again by the next `collect`."""
LOOKS_AGAIN = 20
"""Known pages of a source that are looked at again in one visit."""
SHOWN = 20
"""Refusals that come back one by one; all of them are kept in the newsroom."""
OFFLINE = frozenset(("no_such_host", "unreachable", "timeout", "robots_unreachable"))
"""Refusals that this machine's own connection may be to blame for."""
FEW = 3
"""So many sources do not fail all at once: then it is the connection, and nothing is held against them."""
AILING = ("failing", "redesigned", "quiet")

LARGEST_PAGED = 1_000_000
"""Bytes; what is put on several pages is small, and a tree takes many times its page's memory."""
_PAGER_BYTES = tuple(
    word.encode(codec) for word in ("一页", "下页", "上页", "后页", "前页") for codec in ("utf-8", "gb18030")
)
_PAGER_BYTES += tuple("一頁".encode(codec) for codec in ("utf-8", "gb18030", "big5"))
"""A page without any of these has no other pages, in whatever charset."""

Changed = Callable[[Page, Page], bool]


class Gathered(Record, frozen=True, kw_only=True):
    """What one `collect` did."""

    sources: int
    """That were visited."""
    not_due: int
    new: int
    changed: int
    """Known pages whose article is another now."""
    withdrawn: int
    """Known pages that are gone: 404, 410, or a redirect to nowhere."""
    back: int
    """Withdrawn pages that are there again."""
    dropped: dict[str, int]
    """Reason → how many."""
    no_list: int
    """Sources that gave no list this time."""
    seconds: float
    refusals: tuple[Dropped, ...] = ()
    """The first of them."""
    ailing: tuple[Health, ...] = ()
    """Visited sources that are failing, redesigned or quiet."""
    next_due: str | None = None
    """When the first source is due again."""
    offline: bool = False
    """No source could be reached at all; nothing was held against any of them."""

    def line(self) -> str:
        """One line for a log.

        >>> Gathered(sources=3, not_due=1, new=40, changed=1, withdrawn=0, back=0, dropped={"http_404": 2}, no_list=0,
        ...     seconds=9.81).line()
        'collect 3 sources in 40 new pages out, 1 changed, 2 dropped (2 http_404) 9.8 s'
        """
        visited = f"{self.sources:,} source{'s' * (self.sources != 1)}"
        parts = [f"collect {visited} in {self.new:,} new page{'s' * (self.new != 1)} out"]
        parts += [
            f"{count:,} {what}"
            for what, count in (("changed", self.changed), ("withdrawn", self.withdrawn), ("back again", self.back))
            if count
        ]
        if total := sum(self.dropped.values()):
            reasons = sorted(self.dropped.items(), key=lambda item: (-item[1], item[0]))
            parts.append(f"{total:,} dropped ({', '.join(f'{count:,} {reason}' for reason, count in reasons)})")
        return f"{', '.join(parts)} {self.seconds:.1f} s"


def chosen(sources: Sequence[Source], names: Sequence[str]) -> list[Source]:
    """The sources with these names, else all that are not off. SettingsError, with a suggestion, for an unknown one."""
    if not names:
        return [source for source in sources if not source.off]
    by_name = {source.name: source for source in sources}
    found = []
    for name in names:
        if name not in by_name:
            near = get_close_matches(name, by_name, n=1, cutoff=0.5)
            hint = f"Did you mean {near[0]}?" if near else "List them with: shida sources"
            raise SettingsError(f"there is no source {name!r}. {hint}")
        found.append(replace(by_name[name], off=False))
    return found


def gather(
    newsroom: Newsroom,
    sources: Sequence[Source],
    settings: Settings,
    *,
    now: datetime,
    changed: Changed,
    pack: Pack | None = None,
    anyway: bool = False,
    limit: int | None = None,
    warc: Path | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> Gathered:
    """One round over `sources`: those that are due, all of them with `anyway`. What came is kept as it comes, so a
    round that is killed is simply run again.

    `changed` says whether two pages of one address hold different articles; `pack` knows the scripts that write the
    links to an article's further pages; `limit` is how many new pages a source may give, else 50; `warc` is a folder
    that every answer is written to. Raises NewsroomBusy where another collecting is going on.
    """
    began = time.perf_counter()
    limits = Limits.of(settings)
    if limit is not None:
        limits = replace(limits, linked_pages=limit)
    at = now.isoformat(timespec="seconds")
    visits = newsroom.visits
    with newsroom.hold("collect"), _writing(warc, now) as keep:
        states = visits.states()
        due = [one for one in sources if anyway or is_due(states.get(one.name, SourceState(source=one.name)), now)]
        round_ = collect_sources(
            due,
            states,
            limits=limits,
            client=Client.of(settings, allow=settings.allow, keep=keep),
            now=now,
            known=lambda urls: visits.known(urls, at),
            again=lambda source: visits.to_look_at_again(source.name, at, LOOKS_AGAIN),
            more=partial(further_pages, pack=pack),
            anyway=anyway,
        )
        keeping = _Keeping(newsroom, due, changed, at)
        try:
            for item in round_:
                keeping.take(item)
                if progress is not None:
                    progress("collect", keeping.visited, len(due))
        finally:
            round_.close()
            keeping.end()
        states = visits.states()
        ailing = [one for one in visits.healths(due, now) if one.state in AILING]
    return Gathered(
        sources=keeping.visited,
        not_due=len(sources) - len(due),
        new=keeping.counts["new"],
        changed=keeping.counts["changed"],
        withdrawn=keeping.counts["withdrawn"],
        back=keeping.counts["back"],
        dropped=dict(sorted(keeping.dropped.items())),
        no_list=keeping.counts["no_list"],
        seconds=round(time.perf_counter() - began, 3),
        refusals=tuple(keeping.refusals),
        ailing=tuple(ailing),
        offline=keeping.offline,
        next_due=min(filter(None, (states[one.name].next_due for one in sources if one.name in states)), default=None),
    )


def further_pages(page: Page, pack: Pack | None = None) -> tuple[str, ...]:
    """The addresses of the other pages of the article on a page; none for a list that goes on. With a `pack` those too
    whose links a script writes.

    >>> text = '<p>市里抽查玩具，结果很快公布。</p><a href="a_2.html">2</a> <a href="a_2.html">下一页</a>'
    >>> further_pages(Page(id="p-1", name="a", url="http://e.cn/a.html", content=text.encode()))
    ('http://e.cn/a_2.html',)
    """
    if page.url is None or len(page.content) > LARGEST_PAGED:
        return ()
    found: tuple[str, ...] = ()
    if any(word in page.content for word in _PAGER_BYTES):
        from shida.read.offers import pages_beside  # late: few pages have others, and a round need not read

        found = pages_beside(page)
    if not found and pack is not None:
        from shida.read.script_pages import script_pages_beside

        found = script_pages_beside(page, pack)
    return found


class _Keeping:
    """What a round hands on, kept in the newsroom a batch at a time."""

    def __init__(self, newsroom: Newsroom, sources: Sequence[Source], changed: Changed, at: str) -> None:
        self._newsroom, self._changed, self._at = newsroom, changed, at
        self._held: list[Dropped | SourceState] = []
        self._reached = False
        self._lists = {source.name: source.url for source in sources}
        self._waiting: list[Item] = []
        self.visited = 0
        self.counts: Counter[str] = Counter()
        self.dropped: Counter[str] = Counter()
        self.refusals: list[Dropped] = []

    @property
    def offline(self) -> bool:
        """Whether this machine's connection is to blame, and not the sources."""
        return not self._reached and self.visited >= FEW

    def take(self, item: Item) -> None:
        self.visited += isinstance(item, SourceState) and item.visited == self._at  # others of its host are put off
        if not self._reached and not self._shows_a_connection(item):
            self._held.append(item)  # type: ignore[arg-type]  # an Arrival shows one
            return
        if not self._reached:
            self._reached = True
            self._waiting += self._held
        self._waiting.append(item)
        if isinstance(item, SourceState) or len(self._waiting) >= BATCH:
            self.flush()

    def end(self) -> None:
        """Keep what is left."""
        if self.offline:
            refused = [item for item in self._held if isinstance(item, Dropped)]
            self.counts["no_list"] += len(refused)
            self._tell(refused)
        elif not self._reached:
            self._waiting += self._held
        self.flush()

    def _shows_a_connection(self, item: Item) -> bool:
        """Somebody out there answered."""
        if isinstance(item, SourceState):
            return item.failures == 0 and item.visited == self._at
        return isinstance(item, Arrival) or item.reason not in OFFLINE

    def _tell(self, refusals: Sequence[Dropped]) -> None:
        self.dropped.update(one.reason for one in refusals)
        self.refusals += refusals[: SHOWN - len(self.refusals)]

    def flush(self) -> None:
        """Pages first: an address that is known must have its page."""
        items, self._waiting = self._waiting, []
        arrivals = [item for item in items if isinstance(item, Arrival)]
        kept: list[Page | Dropped] = []
        known = self._newsroom.visits.addresses([arrival.look.url for arrival in arrivals])
        for arrival in arrivals:
            before = known.get(arrival.look.url)
            look = self._weighed(arrival, before)
            if arrival.page is not None and look.status == "page":
                kept.append(arrival.page)
            if arrival.refused is not None:
                kept.append(arrival.refused)
            after = after_look(before, look)
            known[look.url] = after
            self._count(before, after, look)
        refused_lists = [item for item in items if isinstance(item, Dropped)]
        self.counts["no_list"] += len(refused_lists)
        kept += refused_lists
        self._tell([one for one in kept if isinstance(one, Dropped)])
        self._newsroom.add_pages(kept)
        states = [item for item in items if isinstance(item, SourceState)]
        mended = [self._lists[state.source] for state in states if not state.failures and state.source in self._lists]
        looked_at = {arrival.look.url for arrival in arrivals}
        self._newsroom.visits.save([known[url] for url in sorted(looked_at)], states, mended)

    def _weighed(self, arrival: Arrival, before: Address | None) -> Look:
        """The look; `same` where the page is another one but its article is not."""
        look, page = arrival.look, arrival.page
        if look.status != "page" or page is None or before is None or before.page is None:
            return look
        old = self._newsroom.page(before.page)
        if old is not None and (old.content == page.content or not self._changed(old, page)):
            return replace(look, status="same", page=None)
        return look

    def _count(self, before: Address | None, after: Address, look: Look) -> None:
        first = before is None or before.page is None
        self.counts["new"] += look.status == "page" and first
        self.counts["changed"] += look.status == "page" and not first
        was_gone = before is not None and before.gone is not None
        self.counts["withdrawn"] += after.gone is not None and not was_gone
        self.counts["back"] += after.gone is None and was_gone


def articles_of(page: Page, stages: Sequence[PageStage], pack: Pack, today: str) -> tuple[Article, ...] | Dropped:
    """What `stages` (restore and read) make of one page, outside any newsroom."""
    work = PageWork(page=page, today=today)
    for stage in stages:
        work = stage.work(work, pack, None)
        if work.dropped is not None:
            return work.dropped
    return work.articles or ()


def revised(old: Page, new: Page, stages: Sequence[PageStage], pack: Pack, today: str) -> bool:
    """Whether two pages of an address hold different articles: a counter or a list of links beside the text is no
    revision. A page that gives no article any more is none either; it is seen in the health of its source.
    """
    now = articles_of(new, stages, pack, today)
    return not isinstance(now, Dropped) and _told(now) != _told(articles_of(old, stages, pack, today))


def _told(articles: tuple[Article, ...] | Dropped) -> list[tuple[object, ...]]:
    """What a reader is told: not how it was read."""
    found = () if isinstance(articles, Dropped) else articles
    return [(one.title, one.text, one.published, one.source, one.author, one.notice) for one in found]


@contextmanager
def _writing(folder: Path | None, now: datetime) -> Iterator[Callable[[Fetched], None] | None]:
    """A WARC file of this round in `folder`; nothing without one."""
    if folder is None:
        yield None
        return
    writer = WarcWriter(folder / f"shida-{now:%Y%m%dT%H%M%S}.warc.gz", now.isoformat())
    try:
        folder.mkdir(parents=True, exist_ok=True)
        writer.__enter__()
    except OSError as error:
        raise InputError(f"{error.filename or folder}: {error.strerror}. Name another folder for --warc.") from error
    with closing(writer):
        yield writer.add
