"""Commands of alerts: alerts, and alerts send, hook, mail, rotate, resume, retry, remove."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import App, Parameter
from cyclopts.validators import Number

from shida.cli.application import (
    Home,
    Json,
    Now,
    application,
    open_newsroom,
    print_json,
    say,
    tell,
    the_time,
)
from shida.cli.watching import Owner, named_watch

if TYPE_CHECKING:
    from datetime import datetime

    from shida.pack import Pack
    from shida.records import Hook, Letterbox
    from shida.settings import Settings
    from shida.store import Newsroom

alerts = App(
    name="alerts", help="Where what is new for saved searches goes: hooks, letterboxes, and how sending fares."
)
application.command(alerts)


@alerts.default
def show(
    *,
    log: Annotated[int, Parameter(help="Print so many of the last attempts.", validator=Number(gte=0, lte=10_000))] = 0,
    now: Now = None,
    home: Home = None,
    json: Json = False,
) -> int:
    """How every hook and letterbox fares, and what was given up and why; exit code 1 where something ails."""
    from shida.alerts import ailments, healths

    newsroom, settings, _ = open_newsroom(home)
    with newsroom:
        fares = healths(newsroom)
        dead = newsroom.deliveries.dead()
        ails = ailments(newsroom, settings, the_time(now))
        attempts = newsroom.deliveries.attempts(newest=log) if log else []
    if json:
        print_json({"targets": fares, "dead": dead, "ailments": ails, "attempts": attempts})
        return 1 if ails else 0
    for one in fares:
        counts = f"{one.done:,} sent, {one.waiting:,} waiting, {one.dead:,} given up"
        owner = f"  {one.owner}" if one.owner else ""
        tell(f"{one.id}  {one.state:<7}  {one.where}{owner}  ({counts})")
        if one.state != "fine":
            tell(f"  {one.sentence}")
    for each in dead:
        tell(f"given up: {each.id}  {each.said}")
    for attempt in attempts:
        status = attempt.status if attempt.status is not None else "—"
        tell(
            f"{attempt.at[:19]}  {status}  {attempt.milliseconds:,} ms  "
            f"{attempt.delivery} #{attempt.number}  {attempt.said}"
        )
    for words in ails:
        say(f"ailing: {words}")
    if not fares:
        say("nothing is sent anywhere; add a hook or a letterbox: shida alerts hook URL, shida alerts mail ADDRESS")
    return 1 if ails else 0


@alerts.command
def send(
    *,
    dry_run: Annotated[
        bool, Parameter(negative="", help="Send and keep nothing; print what would be told, letters as text.")
    ] = False,
    seed: Annotated[str, Parameter(help="Moves the part of waits after failures that is left to chance.")] = "",
    now: Now = None,
    home: Home = None,
    json: Json = False,
) -> int:
    """Look at every saved search and send what is new; for cron. Exit code 1 where something could not be sent.

    Killed at any moment it loses nothing: the next one goes on, and what was sent and not yet marked is sent again
    under the same id.
    """
    from shida.alerts import alerts as one_round

    fixed = the_time(now) if now is not None else None

    def clock() -> datetime:
        return fixed if fixed is not None else the_time(None)

    newsroom, settings, pack = open_newsroom(home)
    with newsroom:
        if dry_run:
            return _show_round(newsroom, settings, pack, clock(), json=json)
        done = one_round(newsroom, pack, settings, clock=clock, seed=seed, environ=os.environ)
    if json:
        print_json(done)
    else:
        for line in done.lines():
            tell(line)
        if done.put_off or done.given_up:
            say("see why with: shida alerts --log 20")
    return 1 if done.put_off or done.given_up or not all(one.whole for one in done.looked) else 0


def _show_round(newsroom: Newsroom, settings: Settings, pack: Pack, now: datetime, *, json: bool) -> int:
    from shida.alerts import look, state_of
    from shida.alerts.letterboxes import letters_due
    from shida.alerts.letters import as_text
    from shida.alerts.rounds import deliveries_of
    from shida.store.search import open_index

    state = state_of(newsroom, open_index(newsroom, pack))
    hooks = newsroom.deliveries.hooks()
    coming = []
    posts = newsroom.deliveries.waiting(due=now.isoformat())
    for one in newsroom.watches.all():
        made = look(state, one, now.isoformat()).alerts
        posts += deliveries_of(one, made, hooks, now.isoformat())
        coming += [alert for alert in made if not one.muted]
        if not json:
            for alert in made:
                tell(f"{one.name}: {len(alert.news):,} to tell, as {alert.id}")
                for news in alert.news:
                    tell(f"  {news.what:<9}  {(news.published or '—')[:10]:10}  {news.title}")
    known = {hook.id: hook for hook in hooks}
    posts = [one for one in posts if one.target in known]
    letters = letters_due(newsroom, settings, now, coming) if settings.mail_from else []
    if json:
        print_json({"alerts": coming, "posts": posts, "letters": [as_text(one) for one in letters]})
        return 0
    for one_post in posts:
        tell(f"would post {one_post.alerts[0]} to {known[one_post.target].url}")
    for letter in letters:
        tell("\n" + as_text(letter))
    say(f"nothing was kept or sent; {len(posts):,} posts and {len(letters):,} letters would go")
    return 0


@alerts.command
def hook(
    url: str,
    *,
    owner: Owner = "",
    watch: Annotated[
        list[str] | None,
        Parameter(name="--watch", negative="", help="Only this saved search of the owner; give it again for another."),
    ] = None,
    now: Now = None,
    home: Home = None,
    json: Json = False,
) -> None:
    """Post what is new to an address, signed. The secret is shown once; it lies in the newsroom's folder `secrets`.

    Parameters
    ----------
    url
        An https address; http only of a network that the setting `allow` lists.
    """
    from shida.alerts import make_hook
    from shida.alerts.keys import new_secret, write_secrets
    from shida.errors import SettingsError
    from shida.net.addresses import networks

    newsroom, settings, _ = open_newsroom(home)
    with newsroom, newsroom.hold("alerts"):
        only = [named_watch(newsroom, given) for given in watch or ()]
        if strange := [one.name for one in only if one.owner != owner]:
            raise SettingsError(f"{strange[0]!r} is not a saved search of owner {owner!r}. Give its --owner.")
        time = the_time(now).isoformat()
        made = make_hook(url, owner=owner, watches=[one.id for one in only], now=time, allow=networks(settings.allow))
        if any(one.id == made.id for one in newsroom.deliveries.hooks()):
            raise SettingsError(f"{made.url} is a hook of this owner already: {made.id}. Remove that first.")
        secret = new_secret()
        write_secrets(newsroom.home, made.id, (secret,))
        newsroom.deliveries.save_target(made)
    if json:
        print_json({"hook": made, "secret": secret})
        return
    tell(f"{made.id}  {made.url}")
    tell(f"secret  {secret}")
    say("give the secret to who receives; it is not shown again. Another: shida alerts rotate")


@alerts.command
def mail(
    address: str,
    *,
    owner: Owner = "",
    every: Annotated[Literal["day", "week"], Parameter(help="A letter a day, or one a week, on Monday.")] = "day",
    hour: Annotated[int, Parameter(help="Not before this hour in China.", validator=Number(gte=0, lte=23))] = 8,
    always: Annotated[bool, Parameter(negative="", help="Also where there is nothing new.")] = False,
    now: Now = None,
    home: Home = None,
    json: Json = False,
) -> None:
    """Send what is new for an owner's saved searches as a letter, daily or weekly; given again, it is changed.

    Parameters
    ----------
    address
        An e-mail address.
    """
    from msgspec.structs import replace

    from shida.alerts import make_letterbox

    newsroom, settings, _ = open_newsroom(home)
    with newsroom, newsroom.hold("alerts"):
        upto = newsroom.watches.newest_alert()
        time = the_time(now).isoformat()
        made = replace(make_letterbox(address, owner=owner, every=every, hour=hour, now=time, upto=upto), always=always)
        for known in newsroom.deliveries.letterboxes():
            if known.id == made.id:  # what was told and not yet sent stays to be sent
                made = replace(made, created=known.created, upto=known.upto)
        newsroom.deliveries.save_target(made)
    if not settings.smtp_host or not settings.mail_from:
        say("set smtp_host and mail_from in shida.toml before the first letter can go")
    if json:
        print_json(made)
    else:
        tell(f"{made.id}  {made.address}  every {made.every}, from {made.hour}:00")


@alerts.command
def rotate(
    given: str,
    *,
    finish: Annotated[
        bool, Parameter(negative="", help="Make none: forget the older ones, once the receiver has the newest.")
    ] = False,
    home: Home = None,
) -> None:
    """Make a new secret for a hook and show it once; what is posted is signed with the older ones too, until --finish.

    Parameters
    ----------
    given
        Id of a hook.
    """
    from contextlib import suppress

    from shida.alerts.keys import new_secret, read_secrets, write_secrets
    from shida.errors import StoreError

    newsroom, _, _ = open_newsroom(home)
    with newsroom, newsroom.hold("alerts"):
        one = _hook(newsroom, given)
        if finish:
            write_secrets(newsroom.home, one.id, read_secrets(newsroom.home, one.id)[:1])
            say("signed with the newest secret alone from now on")
            return
        old: tuple[str, ...] = ()
        with suppress(StoreError):  # a file that is gone or damaged is what a new secret mends
            old = read_secrets(newsroom.home, one.id)
        secret = new_secret()
        write_secrets(newsroom.home, one.id, (secret, *old))
    tell(f"secret  {secret}")
    if old:
        say(f"signed with both from now on; once the receiver has this one: shida alerts rotate {one.id} --finish")


@alerts.command
def resume(given: str, *, home: Home = None) -> None:
    """Turn a hook on again that was switched off. What was given up stays so until: shida alerts retry.

    Parameters
    ----------
    given
        Id of a hook.
    """
    from msgspec.structs import replace

    newsroom, _, _ = open_newsroom(home)
    with newsroom, newsroom.hold("alerts"):
        one = _hook(newsroom, given)
        newsroom.deliveries.save_target(replace(one, off=""))
    say(f"{one.id} is on")


@alerts.command
def retry(*given: str, now: Now = None, home: Home = None) -> int:
    """Let what was given up be sent again: all of it, or that of some hooks, letterboxes or deliveries.

    Parameters
    ----------
    given
        Ids; none: all.
    """
    from msgspec.structs import replace

    time = the_time(now).isoformat()
    newsroom, _, _ = open_newsroom(home)
    with newsroom, newsroom.hold("alerts"):
        store = newsroom.deliveries
        on = {one.id for one in store.hooks() if not one.off} | {one.id for one in store.letterboxes()}
        chosen = [one for one in store.dead() if one.target in on and (not given or {one.id, one.target} & {*given})]
        for one in chosen:
            store.keep_attempt(replace(one, state="waiting", due=time, tries=0, said="to be sent again"), None)
    say(f"{len(chosen):,} wait to be sent again; next: shida alerts send")
    return 0 if chosen else 1


@alerts.command
def remove(given: str, *, home: Home = None) -> None:
    """Forget a hook with its secret, or a letterbox. What waits for it is not sent.

    Parameters
    ----------
    given
        Its id.
    """
    from shida.alerts.keys import write_secrets

    newsroom, _, _ = open_newsroom(home)
    with newsroom, newsroom.hold("alerts"):
        one = _target(newsroom, given)
        newsroom.deliveries.remove_target(one.id)
        write_secrets(newsroom.home, one.id, ())
    say(f"removed {one.id}")


def _hook(newsroom: Newsroom, given: str) -> Hook:
    from shida.errors import SettingsError

    for one in newsroom.deliveries.hooks():
        if one.id == given:
            return one
    raise SettingsError(f"there is no hook {given[:100]!r}. See all with: shida alerts")


def _target(newsroom: Newsroom, given: str) -> Hook | Letterbox:
    from shida.errors import SettingsError

    targets: list[Hook | Letterbox] = [*newsroom.deliveries.hooks(), *newsroom.deliveries.letterboxes()]
    for one in targets:
        if one.id == given:
            return one
    raise SettingsError(f"there is no hook or letterbox {given[:100]!r}. See all with: shida alerts")
