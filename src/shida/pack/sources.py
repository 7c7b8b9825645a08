"""The sources of a pack: `sources.toml`, one line a feed, sitemap or list page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from shida.pack.sections import Section
from shida.records import Source


class Sources(Section, frozen=True, kw_only=True):
    """`sources.toml`. A newsroom's own file of that name has the same form, and its sources come first."""

    sources: tuple[Source, ...] = ()
    off: tuple[str, ...] = ()
    """In a newsroom's own file: names of the packs' sources that are not to be visited, `*` for anything (`amr-*`)."""

    def __post_init__(self) -> None:
        names = [source.name for source in self.sources]
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise ValueError(f"the source {twice!r} stands there twice")

    def joined(self, later: Self) -> Self:
        """These sources, then those of `later` whose names are not taken.

        >>> one = Source(name="a", title="甲", url="https://example.cn/a")
        >>> two = Source(name="b", title="乙", url="https://example.cn/b")
        >>> Sources(sources=(one,)).joined(Sources(sources=(one, two))).sources == (one, two)
        True
        """
        return type(self)(
            sources=first_of_each((*self.sources, *later.sources)),
            off=self.off + later.off,
            lists={**later.lists, **self.lists},
        )


def first_of_each(sources: Iterable[Source]) -> tuple[Source, ...]:
    """The sources in their order, each name once: the first that bears it counts."""
    by_name: dict[str, Source] = {}
    for source in sources:
        by_name.setdefault(source.name, source)
    return tuple(by_name.values())
