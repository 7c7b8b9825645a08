"""Commands of saved searches: watch, and watch add, show, test, mute, unmute, remove."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter
from cyclopts.validators import Number

from shida.cli.application import (
    Home,
    Json,
    Now,
    application,
    open_newsroom,
    print_json,
    print_json_lines,
    say,
    tell,
    the_time,
)

if TYPE_CHECKING:
    from shida.records import Watch
    from shida.store import Newsroom

watch = App(name="watch", help="Saved searches: what comes new for them is told by feed, webhook and letter.")
application.command(watch)

Owner = Annotated[str, Parameter(help="Whose it is: a label that hooks and letters go by.")]


@watch.default
def show_all(*, home: Home = None, json: Json = False) -> None:
    """All saved searches, with when each was last told something."""
    newsroom, settings, _ = open_newsroom(home)
    with newsroom:
        last = newsroom.watches.last_made()
        watches = newsroom.watches.all()
    if json:
        print_json_lines(_shown(one, settings.site_url, last.get(one.id)) for one in watches)
        return
    for one in watches:
        when, count = last.get(one.id, ("", 0))
        told = f"{count:,} alerts, the last {when[:16]}" if count else "nothing told yet"
        muted = "  muted" if one.muted else ""
        owner = f"  {one.owner}" if one.owner else ""
        tell(f"{one.id}  {one.name}{owner}  {one.query}  ({told}){muted}")
    if not watches:
        say("no search is saved; save one with: shida watch add NAME QUERY")


@watch.command
def add(
    name: str,
    *query: str,
    owner: Owner = "",
    since: Annotated[
        str | None,
        Parameter(help="Tell also what is there already, from this day on (YYYY-MM-DD); else nothing of it."),
    ] = None,
    now: Now = None,
    home: Home = None,
    json: Json = False,
) -> None:
    """Save a search. Only what comes from now on is told, unless --since says otherwise.

    Parameters
    ----------
    name
        What you call it.
    query
        As in the search box: words, 标题: 来源: 机构: 文号: 日期: 主题: 类型: "短语" -词 OR.
    """
    from datetime import date

    from shida.alerts import first_look, make_watch, state_of
    from shida.alerts.matching import matches, remarks
    from shida.errors import SettingsError
    from shida.store.search import open_index

    if since is not None:
        try:
            since = date.fromisoformat(since).isoformat()
        except ValueError as error:
            raise SettingsError(f"{since!r} is not a day. Give YYYY-MM-DD, for example 2025-12-31.") from error
    time = the_time(now).isoformat()
    newsroom, settings, pack = open_newsroom(home)
    with newsroom, newsroom.hold("alerts"):
        made = make_watch(name, " ".join(query), owner=owner, now=time, since=since)
        if newsroom.watches.named(made.id):
            raise SettingsError(
                f"{made.name!r} is saved already as {made.id}. Remove that first, or take another name."
            )
        index = open_index(newsroom, pack)
        said = remarks(index, made.query, saving=True)
        told = first_look(state_of(newsroom, index), made)
        first = len(matches(index, made.query).hits) - sum(row.state == "before" for row in told)
        newsroom.watches.save(made, told)
    for words in said:
        say(words)
    if json:
        print_json(_shown(made, settings.site_url, None))
        return
    there = sum(row.state == "before" for row in told)
    tell(f"{made.id}  {made.name}  {made.query}")
    for form, address in _feeds(made, settings.site_url).items():
        tell(f"  {form:<8}  {address}")
    say(f"{there:,} that match are there already and are not told, {first:,} will be told at once")
    say("next: shida alerts hook, or shida alerts mail")


@watch.command
def show(given: str, *, home: Home = None, json: Json = False) -> None:
    """One saved search: its feeds, and what was told of it, the newest last.

    Parameters
    ----------
    given
        Its id or name.
    """
    newsroom, settings, _ = open_newsroom(home)
    with newsroom:
        one = named_watch(newsroom, given)
        alerts = [alert for _, alert in newsroom.watches.alerts(of=one.id, newest=50)]
        last = newsroom.watches.last_made()
    if json:
        print_json({**_shown(one, settings.site_url, last.get(one.id)), "alerts": alerts})
        return
    tell(f"{one.id}  {one.name}  {one.query}{'  muted' if one.muted else ''}")
    for form, address in _feeds(one, settings.site_url).items():
        tell(f"  {form:<8}  {address}")
    for alert in alerts:
        tell(f"{alert.made[:16]}  {alert.id}")
        for news in alert.news:
            tell(f"  {news.what:<9}  {(news.published or '—')[:10]:10}  {news.title}")
            if news.sentence:
                tell(f"             {news.sentence}")


@watch.command(name="test")
def try_query(
    *query: str,
    n: Annotated[
        int, Parameter(name=["-n", "--count"], help="How many to show.", validator=Number(gte=1, lte=200))
    ] = 10,
    home: Home = None,
    json: Json = False,
) -> int:
    """What a query, or a saved search, matches now, the newest first; nothing is kept. Exit code 1 where nothing does.

    Parameters
    ----------
    query
        A query, or the id or name of a saved search.
    """
    from shida.alerts.matching import checked_query, matches, remarks
    from shida.store.search import open_index

    words = " ".join(query)
    newsroom, _, pack = open_newsroom(home)
    with newsroom:
        saved = newsroom.watches.named(words)
        words = saved[0].query if saved else checked_query(words)
        index = open_index(newsroom, pack)
        found = matches(index, words)
        said = remarks(index, words)
    hits = sorted(found.hits, key=lambda hit: (hit.published or "", hit.id), reverse=True)
    if json:
        print_json({"query": words, "matches": len(hits), "whole": found.whole, "said": said, "hits": hits[:n]})
        return 0 if hits else 1
    for line in said:
        say(line)
    for hit in hits[:n]:
        tell(f"{(hit.published or '—')[:10]:10}  {hit.kind:9} {hit.title or '（无题）'}  {hit.id}")
    if not found.whole:
        say("so much matches that some of it cannot be reached; narrow the query")
    say(f"{len(hits):,} match, copies folded")
    return 0 if hits else 1


@watch.command
def mute(given: str, *, home: Home = None) -> None:
    """Send nothing of a saved search until it is unmuted; what comes is still kept, and in its feed.

    Parameters
    ----------
    given
        Its id or name.
    """
    _set_muted(given, True, home)


@watch.command
def unmute(given: str, *, home: Home = None) -> None:
    """Send what comes new of a saved search again; what came meanwhile stays unsent.

    Parameters
    ----------
    given
        Its id or name.
    """
    _set_muted(given, False, home)


@watch.command
def remove(given: str, *, home: Home = None) -> None:
    """Forget a saved search. What waits to be sent is sent.

    Parameters
    ----------
    given
        Its id or name.
    """
    newsroom, _, _ = open_newsroom(home)
    with newsroom, newsroom.hold("alerts"):
        one = named_watch(newsroom, given)
        newsroom.watches.remove(one.id)
    say(f"removed {one.id} {one.name}")


def _set_muted(given: str, muted: bool, home: Home) -> None:
    from msgspec.structs import replace

    newsroom, _, _ = open_newsroom(home)
    with newsroom, newsroom.hold("alerts"):
        one = named_watch(newsroom, given)
        newsroom.watches.save(replace(one, muted=muted))
    say(f"{one.id} {one.name} is {'muted' if muted else 'not muted'}")


def named_watch(newsroom: Newsroom, given: str) -> Watch:
    """The saved search with an id or name; SettingsError where there is none, or several."""
    from shida.errors import SettingsError

    found = newsroom.watches.named(given)
    if len(found) == 1:
        return found[0]
    if not found:
        raise SettingsError(f"no saved search has the id or name {given[:100]!r}. See all with: shida watch")
    ids = ", ".join(one.id for one in found)
    raise SettingsError(f"several saved searches are called {given[:100]!r}: {ids}. Give the id.")


def _feeds(one: Watch, site_url: str) -> dict[str, str]:
    from shida.alerts.targets import feeds_of

    return feeds_of(one, site_url.rstrip("/") + "/")


def _shown(one: Watch, site_url: str, last: tuple[str, int] | None) -> dict[str, object]:
    import msgspec

    when, count = last or (None, 0)
    return {**msgspec.structs.asdict(one), "feeds": _feeds(one, site_url), "alerts_made": count, "last_alert": when}
