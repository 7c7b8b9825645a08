"""Address → Fetched, or Refused: the only way shida speaks to the network.

What it holds to on every hop, redirects and robots.txt included: http and https only; the address the socket connects
to is public (or in `allow`); at most five redirects; the body is counted after decompression and given up at the limit;
30 seconds in all and 10 idle; robots.txt is obeyed; one request to a host at a time, with a pause; no cookies, no
proxies from the environment, no password, ever.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
import time
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from typing import Any, Self

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from shida.net import answers
from shida.net.addresses import networks, refusal
from shida.net.answers import Fetched
from shida.net.limits import Limits
from shida.net.politeness import OF_THIS_PROCESS, Hosts, Turns, host_of
from shida.net.refusals import Refused
from shida.net.robots import MAX_ROBOTS_BYTES, Answer, Robots
from shida.net.urls import checked
from shida.settings import Settings

AGENT = "shida"
"""Our product token, as robots.txt may name it."""
CHUNK = 64 * 1024
MAX_HEADER = 4_096
MAX_HEADERS = 100
REFUSED_ERRNO = 4321
"""Marks an OSError of ours among those of the system; no system uses the number."""

_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_WITH_BODY = frozenset((200, 203))
_NO_ROBOTS = frozenset(
    ("too_many_redirects", "private_address", "no_such_host", "bad_certificate", "bad_url", "bad_scheme")
)


class Client:
    """The guarded HTTP client. It may be made anywhere; the connections belong to the running event loop.

    `allow` lists networks to be reached although they are not public (`10.0.0.0/8` for an intranet); `keep` is given
    every answer but those of robots.txt, to write it down; `resolver` and `clock` are for tests. All clients of a
    process share their politeness: what one asked of a host, the others wait for.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        allow: Sequence[str] = (),
        robots: bool = True,
        home: str = "",
        keep: Callable[[Fetched], None] | None = None,
        resolver: Callable[[], AbstractResolver] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.limits = limits or Limits()
        self.user_agent = f"{AGENT}/{version('shida')}" + (f" (+{home})" if home else "")
        self._allow = networks(allow)
        self._obeys_robots = robots
        self._keep = keep
        self._resolver = resolver
        self._clock = clock
        self._robots = Robots(AGENT, self._get_robots, clock)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._session: aiohttp.ClientSession | None = None
        self._hosts = OF_THIS_PROCESS if clock is time.monotonic else Hosts()
        self._turns = Turns(clock, self._hosts)

    @classmethod
    def of(
        cls, settings: Settings, *, allow: Sequence[str] = (), keep: Callable[[Fetched], None] | None = None
    ) -> Self:
        """The client `settings` ask for; it names the site's address to the servers it visits, once that is public.

        >>> Client.of(Settings(site_url="https://shida.example.cn")).user_agent.endswith(" (+https://shida.example.cn)")
        True
        >>> "(" in Client.of(Settings()).user_agent
        False
        """
        local = URL(settings.site_url).host in ("127.0.0.1", "localhost", "::1", None)
        return cls(Limits.of(settings), allow=allow, home="" if local else settings.site_url, keep=keep)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections; the next fetch opens new ones."""
        session, self._session = self._session, None
        if session is not None and self._loop is asyncio.get_running_loop():
            await session.close()

    async def fetch(
        self,
        url: str,
        *,
        feed: bool = False,
        etag: str | None = None,
        last_modified: str | None = None,
        gap: float | None = None,
    ) -> Fetched:
        """The answer for `url`: any status, a body only with 200.

        `feed` takes the larger limit of feeds. With `etag` or `last_modified` of an earlier answer the server may say
        304: then `not_modified` is true. `gap` is the pause after it in seconds, else that of the limits; a longer one
        that robots.txt asks for is kept to. Raises Refused.
        """
        headers = {}
        if etag:
            headers["If-None-Match"] = etag
        if last_modified:
            headers["If-Modified-Since"] = last_modified
        limit = self.limits.feed_bytes if feed else self.limits.page_bytes
        pause = self.limits.host_gap_seconds if gap is None else gap
        fetched = await self._follow(checked(url), headers, limit, pause, obeys_robots=self._obeys_robots)
        if self._keep is not None:
            self._keep(fetched)
        return fetched

    async def post(self, url: str, content: bytes, headers: Mapping[str, str]) -> Fetched:
        """Hand `content` to an address whose owner asked for it; the answer's status and headers, its body unread.

        Guarded like a fetch. A redirect is an answer like any other and not followed; robots.txt is for those who come
        unasked, and not read. Raises Refused where no answer came.
        """
        asked = checked(url)
        async with self._turns_here().turn(host_of(asked), 0.0):
            try:
                async with (
                    asyncio.timeout(self.limits.total_seconds),
                    self._session_here().post(asked, data=content, headers=headers, allow_redirects=False) as response,
                ):
                    found = _fetched(asked, asked, response, b"")
                    response.close()  # what the body says decides nothing, and may be without end
                    return found
            except (aiohttp.ClientError, OSError, ValueError) as error:
                if isinstance(error, TimeoutError) and not isinstance(error, aiohttp.ClientError):
                    raise Refused(
                        f"{asked}: no answer within {self.limits.total_seconds:g} s.", reason="timeout", temporary=True
                    ) from error
                raise self._explained(asked, error) from error

    async def sitemaps(self, url: str) -> tuple[str, ...]:
        """Addresses of sitemaps that robots.txt of the host of `url` names. Raises Refused."""
        return (await self._robots.rules(checked(url), self.limits.host_gap_seconds)).sitemaps

    async def _get_robots(self, url: URL, gap: float) -> Answer:
        try:
            fetched = await self._follow(url, {}, MAX_ROBOTS_BYTES, gap, obeys_robots=False, cut=True)
        except Refused as error:
            # RFC 9309 2.3.1.2: after five redirects the file may be taken for not there. A host that cannot be
            # connected to at all is refused when the page itself is asked for, in words about the page.
            if error.reason in _NO_ROBOTS:
                return Answer(status=404)
            return Answer(status=None, problem=str(error))
        return Answer(status=fetched.status, body=fetched.content)

    async def _follow(
        self, asked: URL, headers: dict[str, str], limit: int, gap: float, *, obeys_robots: bool, cut: bool = False
    ) -> Fetched:
        url = asked
        left = self.limits.total_seconds
        for _ in range(self.limits.redirects + 1):
            rules = await self._robots.check(url, gap) if obeys_robots else None
            async with self._turns_here().turn(host_of(url), max(gap, rules.pause(AGENT) if rules else 0.0)):
                started = self._clock()
                try:
                    async with asyncio.timeout(left):
                        found = await self._hop(asked, url, headers, limit, cut)
                except TimeoutError as error:
                    raise Refused(
                        f"{url}: no whole answer within {self.limits.total_seconds:g} s. Try again later.",
                        reason="timeout",
                        temporary=True,
                    ) from error
                left -= self._clock() - started
            if isinstance(found, Fetched):
                if found.retry_after and found.status in (429, 503):
                    self._turns_here().hold_off(host_of(url), min(found.retry_after, self.limits.total_seconds))
                return found
            if found.origin() != url.origin():
                headers = {}  # what we remember of one site is nothing to another
            url = found
        raise Refused(
            f"{asked}: more than {self.limits.redirects} redirects, the last to {str(url)[:200]}. "
            "Give the address it ends at.",
            reason="too_many_redirects",
        )

    async def _hop(self, asked: URL, url: URL, headers: dict[str, str], limit: int, cut: bool) -> Fetched | URL:
        """One request: the answer, or the address it sends us to."""
        try:
            async with self._session_here().get(url, headers=headers, allow_redirects=False) as response:
                try:
                    if response.status in _REDIRECTS and "Location" in response.headers:
                        return checked(response.headers["Location"], to_follow=url)
                    body = await self._body(url, response, limit, cut) if response.status in _WITH_BODY else b""
                    return _fetched(asked, url, response, body)
                finally:
                    if not response.content.is_eof():
                        response.close()
        except (aiohttp.ClientError, OSError, ValueError) as error:
            if isinstance(error, TimeoutError) and not isinstance(error, aiohttp.ClientError):
                raise
            raise self._explained(url, error) from error

    async def _body(self, url: URL, response: aiohttp.ClientResponse, limit: int, cut: bool) -> bytes:
        """The body after decompression, given up (or `cut`) once it is larger than `limit`."""
        body = bytearray()
        async for piece in response.content.iter_chunked(CHUNK):
            body += piece
            if len(body) > limit:
                if cut:
                    break
                raise Refused(
                    f"{url}: larger than {limit:,} bytes after decompression. "
                    "Raise max_page_bytes or max_feed_bytes if you trust the site.",
                    reason="too_large",
                )
        return bytes(body[:limit])

    def _explained(self, url: URL, error: Exception) -> Refused:
        """What went wrong between us and the server, in words."""
        if isinstance(error, Refused):
            return error
        cause = getattr(error, "os_error", error)
        if isinstance(cause, OSError) and cause.errno == REFUSED_ERRNO:
            return Refused(
                f"{url}: {cause.strerror}. shida only connects to public addresses; "
                "if this is your own network, list it in `allow`.",
                reason="private_address",
            )
        match error:
            case aiohttp.ClientConnectorDNSError():
                return Refused(
                    f"{url}: the name {url.host} is not found. Check the spelling and the connection.",
                    reason="no_such_host",
                    temporary=True,
                )
            case aiohttp.ClientConnectorCertificateError() | aiohttp.ClientSSLError() | ssl.SSLError():
                return Refused(
                    f"{url}: the site's certificate is not valid ({_short(error)}). Save the page in a browser.",
                    reason="bad_certificate",
                )
            case aiohttp.ServerTimeoutError():
                return Refused(
                    f"{url}: nothing came for {self.limits.idle_seconds:g} s. Try again later.",
                    reason="timeout",
                    temporary=True,
                )
            case aiohttp.ClientPayloadError() | aiohttp.ServerDisconnectedError():
                return Refused(
                    f"{url}: the answer broke off or is not what its headers say ({_short(error)}). Try again later.",
                    reason="cut_off",
                    temporary=True,
                )
            case aiohttp.InvalidURL() | ValueError():
                return Refused(f"{url}: not a web address ({_short(error)}). Correct it.", reason="bad_url")
            case aiohttp.ClientResponseError():
                return Refused(f"{url}: not an answer in HTTP ({_short(error)}).", reason="bad_answer", temporary=True)
        said = error.os_error if isinstance(error, aiohttp.ClientConnectorError) else error
        return Refused(
            f"{url}: cannot be reached ({_short(said)}). Try again later.", reason="unreachable", temporary=True
        )

    def _turns_here(self) -> Turns:
        self._session_here()
        return self._turns

    def _session_here(self) -> aiohttp.ClientSession:
        loop = asyncio.get_running_loop()
        if self._session is None or self._loop is not loop:
            self._loop = loop
            self._turns = Turns(self._clock, self._hosts)
            connector = aiohttp.TCPConnector(
                socket_factory=self._guarded_socket,
                resolver=self._resolver() if self._resolver else None,
                limit_per_host=1,
                keepalive_timeout=5,
            )
            self._session = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                trust_env=False,
                headers={
                    "User-Agent": self.user_agent,
                    "Accept": "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,*/*;q=0.5",
                    "Accept-Encoding": "gzip, deflate",
                    "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.3",
                },
                timeout=aiohttp.ClientTimeout(
                    total=None, sock_connect=self.limits.idle_seconds, sock_read=self.limits.idle_seconds
                ),
                read_bufsize=CHUNK,
            )
        return self._session

    def _guarded_socket(self, info: tuple[Any, Any, int, str, tuple[Any, ...]]) -> socket.socket:
        """A socket for the address in `info`, which is the one it will connect to; an OSError where that is refused."""
        family, kind, protocol, _, address = info
        why = refusal(str(address[0]), self._allow)
        if why is not None:
            raise OSError(REFUSED_ERRNO, f"the host is at {address[0]}, which is not a public address ({why})")
        return socket.socket(family=family, type=kind, proto=protocol)


def fetch(
    url: str,
    *,
    limits: Limits | None = None,
    allow: Sequence[str] = (),
    feed: bool = False,
    robots: bool = True,
    etag: str | None = None,
    last_modified: str | None = None,
) -> Fetched:
    """`Client.fetch` for code that has no event loop. Raises Refused, which says where, what, and what to do.

    >>> fetch("http://127.0.0.1/")
    Traceback (most recent call last):
    shida.net.refusals.Refused: http://127.0.0.1/: the host is at 127.0.0.1, which is not a public address (loopback). \
shida only connects to public addresses; if this is your own network, list it in `allow`.
    """

    async def once() -> Fetched:
        async with Client(limits, allow=allow, robots=robots) as client:
            return await client.fetch(url, feed=feed, etag=etag, last_modified=last_modified)

    return asyncio.run(once())


def _fetched(asked: URL, url: URL, response: aiohttp.ClientResponse, body: bytes) -> Fetched:
    headers = response.headers
    content_type = headers.get("Content-Type", "")
    return Fetched(
        url=str(asked),
        final_url=str(url),
        status=response.status,
        content=body,
        media_type=answers.media_type(content_type),
        charset=answers.charset(content_type),
        etag=answers.validator(headers, "ETag"),
        last_modified=answers.validator(headers, "Last-Modified"),
        fetched=answers.in_china(answers.header_time(headers.get("Date", ""))),
        retry_after=answers.retry_after(headers),
        headers=tuple((name[:MAX_HEADER], value[:MAX_HEADER]) for name, value in list(headers.items())[:MAX_HEADERS]),
    )


def _short(error: Exception) -> str:
    """The error's own words, one line of them."""
    words = " ".join(str(error).split()) or type(error).__name__
    return words[:200]
