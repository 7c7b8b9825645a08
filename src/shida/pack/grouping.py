"""How articles become stories: weights, background counts of words, and what must not join."""

from __future__ import annotations

import re
from functools import cached_property

import msgspec

from shida.pack.sections import Section

DEFAULTS: dict[str, float] = {
    "join": 0.02,
    "merge": 0.02,
    "crowding": 0.4,
    "cohesion": 0.25,
    "expected_cohesion": 0.5,
    "cohesion_prior": 1.0,
    "decay_per_day": 0.02,
    "decay_floor": 0.6,
    "yearly_days": 25,
    "yearly_keeps": 0.2,
    "title_weight": 6.0,
    "name_weight": 1.5,
    "rarity_power": 1.0,
    "top_terms": 60,
    "text_characters": 1000,
    "background_texts": 0,
    "rare": 5.5,
    "template_matched": 0.3,
    "copy_matched": 0.85,
    "copy_changed": 0.05,
    "copy_days": 180,
    "near_days": 30,
    "mirror_lenient": 2.0,
}
"""Every number of `[numbers]`, with what stands where no pack gives it.

`join`: mean similarity to a story's articles from which an article joins. `merge`: the same between two stories.
`crowding`: both rise by so much of the mean similarity to the stories that come third to tenth.
`cohesion`: both rise by so much of the mean similarity among the story's own articles (the less cohesive of two
stories), drawn towards `expected_cohesion` as by `cohesion_prior` further pairs of articles.
`decay_per_day`, `decay_floor`: similarity × max(floor, 1 − decay × days since the story's last article).
`yearly_days`, `yearly_keeps`: so many days around each anniversary of the story's last article, so much of the
similarity is left: meetings, games and figures come again every year, or every second, third or fourth.
`title_weight`: a word of the title counts as so many of the text. `name_weight`: so much more a name weighs.
`rarity_power`: the rarity of a word to this power.
`top_terms`: strongest words kept of an article. `text_characters`: how much of a text is looked at.
`rare`: natural logarithm of texts per text with the word, from which a word of a title says who it is about.
`template_matched`: share of the longer title that must stand in the other for the two to be one template.
`copy_matched`: share of the shorter text that must stand in the other, in order. `copy_changed`: share of it that may
be names, numbers or passages in whose place others stand. `copy_days`: a text printed again later is another occasion;
`near_days`: from then on a near copy may differ by a quarter of that only.
`mirror_lenient`: on another host of the same family of mirrors a near copy may differ by so much more.
`background_texts`: in how many texts the words of `lists.background` were counted.
"""


class Veto(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, dict=True):
    """Something that, when it stands in two titles with different values, says that they tell of two happenings."""

    name: str
    patterns: tuple[str, ...] = ()
    """Regular expressions with the groups `value` and, where values compare only within a unit, `unit`."""
    regions: bool = False
    """True: the values are the provinces whose places or bodies the title names."""
    keeps: float = 0.0
    """What is left of the similarity where the values differ: 0 forbids the join."""

    def __post_init__(self) -> None:
        for pattern in self.patterns:
            try:
                compiled = re.compile(pattern)
            except re.error as error:
                raise ValueError(f"veto {self.name!r}: {pattern!r} is not a regular expression: {error}") from error
            if "value" not in compiled.groupindex:
                raise ValueError(f"veto {self.name!r}: {pattern!r} has no group (?P<value>…)")
        if not 0 <= self.keeps <= 1:
            raise ValueError(f"veto {self.name!r}: keeps must be from 0 to 1")

    @cached_property
    def compiled(self) -> tuple[re.Pattern[str], ...]:
        """The patterns, ready to use."""
        return tuple(re.compile(pattern) for pattern in self.patterns)


class Grouping(Section, frozen=True, kw_only=True, dict=True):
    """`grouping.toml`. `lists.background` has a line a word: the word and in how many texts it stands."""

    numbers: dict[str, float] = msgspec.field(default_factory=dict)
    vetoes: tuple[Veto, ...] = ()
    title_tails: tuple[str, ...] = ()
    """Regular expressions for what a site hangs on its titles (_某某网): such a title stands for a story only where
    there is no other."""

    def __post_init__(self) -> None:
        unknown = sorted(set(self.numbers) - set(DEFAULTS))
        if unknown:
            raise ValueError(f"numbers: there is no {unknown[0]!r}; there are {', '.join(sorted(DEFAULTS))}")
        for pattern in self.title_tails:
            try:
                re.compile(pattern)
            except re.error as error:
                raise ValueError(f"title_tails: {pattern!r} is not a regular expression: {error}") from error

    def number(self, name: str) -> float:
        """The number called `name`: the pack's, else the default.

        >>> Grouping(numbers={"join": 0.2}).number("join"), Grouping().number("merge")
        (0.2, 0.02)
        """
        return self.numbers.get(name, DEFAULTS[name])

    @cached_property
    def tails(self) -> tuple[re.Pattern[str], ...]:
        """`title_tails`, ready to use."""
        return tuple(re.compile(f"(?:{pattern})$") for pattern in self.title_tails)

    @cached_property
    def background(self) -> dict[str, int]:
        """Word → number of background texts it stands in; a line that is not `word count` is a ValueError."""
        counts = {}
        for line in self.lists.get("background", ()):
            word, _, count = line.rpartition(" ")
            if not word or not count.isdecimal():
                raise ValueError(f"background: {line!r} is not a word and a count")
            counts[word] = int(count)
        return counts
