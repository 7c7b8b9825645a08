"""robots.txt of a host → may we fetch this address, and how long to pause (RFC 9309).

Protego matches the rules; the status rules of the RFC are here: 2xx is obeyed, other 4xx means there are no rules, 429,
5xx and a host that does not answer mean "not now". An answer is kept for 24 hours, "not now" for ten minutes.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from protego import Protego
from yarl import URL

from shida.net.refusals import Refused
from shida.records import Record

MAX_ROBOTS_BYTES = 500 * 1024
"""RFC 9309 2.5: at least 500 KiB must be parsed; we parse that much and no more."""
MAX_LINE = 2_000
"""Longest rule kept. Wildcards are no danger: Protego matches them in one pass."""
MAX_RULES = 10_000
MAX_PAUSE = 60.0
"""A Crawl-delay of more than a minute is cut to it."""
KEEP_SECONDS = 24 * 3600.0
KEEP_FAILURE_SECONDS = 600.0

_LINE_END = re.compile(r"\r\n?|\n")


class Answer(Record, frozen=True, kw_only=True):
    """What came back for robots.txt: a status (None: no answer) and the first bytes of the body."""

    status: int | None
    body: bytes = b""
    problem: str = ""
    """Why there was no answer."""


class Rules:
    """The rules of one host as they apply to us."""

    def __init__(self, answer: Answer) -> None:
        self.problem = answer.problem or f"status {answer.status}"
        self.not_now = answer.status is None or answer.status == 429 or answer.status >= 500
        self._parsed = Protego.parse(_tamed(answer.body)) if answer.status in (200, 203) else None

    def allows(self, url: URL, agent: str) -> bool:
        """True where `agent` may fetch `url`."""
        if self.not_now:
            return False
        return self._parsed is None or bool(self._parsed.can_fetch(str(url), agent))

    def pause(self, agent: str) -> float:
        """Seconds between requests that the host asks for; 0 where it asks for none."""
        delay = self._parsed.crawl_delay(agent) if self._parsed else None
        return min(max(float(delay), 0.0), MAX_PAUSE) if delay is not None and delay == delay else 0.0

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """Addresses of sitemaps the host names."""
        return tuple(self._parsed.sitemaps)[:100] if self._parsed else ()


def _tamed(body: bytes) -> str:
    """The text of robots.txt without what is made to be slow: very long lines, very many of them."""
    text = body[:MAX_ROBOTS_BYTES].decode("utf-8-sig", "replace")
    return "\n".join(line for line in _LINE_END.split(text)[:MAX_RULES] if len(line) <= MAX_LINE)


class Robots:
    """The rules of all hosts met so far. `get` fetches an address of robots.txt and leaves its host alone for some
    seconds; `clock` gives seconds.
    """

    def __init__(self, agent: str, get: Callable[[URL, float], Awaitable[Answer]], clock: Callable[[], float]) -> None:
        self._agent = agent
        self._get = get
        self._clock = clock
        self._kept: dict[URL, tuple[float, Rules]] = {}

    async def rules(self, url: URL, gap: float) -> Rules:
        """The rules of the host of `url`, from memory where they are fresh; `gap` is the pause after asking."""
        origin = url.origin()
        kept = self._kept.get(origin)
        if kept and kept[0] > self._clock():
            return kept[1]
        rules = Rules(await self._get(origin / "robots.txt", gap))
        self._kept[origin] = (self._clock() + (KEEP_FAILURE_SECONDS if rules.not_now else KEEP_SECONDS), rules)
        return rules

    async def check(self, url: URL, gap: float) -> Rules:
        """The rules of the host of `url`; raises Refused where they do not let us fetch it."""
        rules = await self.rules(url, gap)
        if rules.not_now:
            raise Refused(
                f"{url}: the site's robots.txt cannot be read now, so nothing of the site is fetched (RFC 9309): "
                f"{rules.problem}",
                reason="robots_unreachable",
                temporary=True,
                wait=KEEP_FAILURE_SECONDS,
            )
        if not rules.allows(url, self._agent):
            raise Refused(
                f"{url}: the site's robots.txt does not want it fetched by programs. "
                "Save the page in a browser and add the file.",
                reason="robots",
            )
        return rules
