"""Title → what its words tell: kinds of act, who acted, what followed, how much of it is routine or filler, its fields.

One pass of an automaton over a title finds all words of the pack's `ranking` and `fields` sections at once.
"""

from __future__ import annotations

import re
from math import log10
from typing import Final

import ahocorasick_rs
import msgspec

from shida.pack import Pack
from shida.pack.fields import FieldRule, Topic
from shida.pack.ranking import Cue
from shida.rank.editions import editions_of, is_off_jubilee, jubilees_of

CUE_KINDS: Final = ("act", "authority", "consequence", "reaction", "fixture", "filler", "actor")
MANY_DEAD: Final = 4.7
"""Decimal logarithm of the deaths from which on a disaster is as heavy as one can be."""
MAX_TITLE: Final = 400
"""Characters of a title that are read; a longer one is no title."""

_DEAD = re.compile(r"(\d{1,7})(万)?(?:余|多)?(?:名|人|死)(?!伤者|受伤|次)")
_FIGURES = re.compile(r"[\d.,，%％—-]+")
_LOCAL = re.compile(r"[一-鿿]{2,3}(?<![城门股楼超都夜上入后集车房债菜早开节])[省市](?![场民值监级委政域区容])")
"""`青禾市贯彻…`: two or three characters that call themselves a province or a city, and go on to no other word."""
_DEATH_WORDS: Final = ("死", "遇难", "身亡", "丧生", "罹难")


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What one title tells."""

    plain: str = ""
    """The title without figures: the same in every bulletin of a series."""
    editions: tuple[str, ...] = ()
    """What it calls by a number."""
    acts: dict[str, float] = {}
    """Kind of act → the pack's value."""
    themes: tuple[str, ...] = ()
    """Themes it adds to: kinds of act, or a kind and an actor or an edition, joined by a dot."""
    authority: tuple[str, float] | None = None
    consequence: tuple[str, float] | None = None
    answer: float | None = None
    """Where it tells of the answer to something: how much less of the act it is."""
    fixture: tuple[str, float] | None = None
    filler: tuple[str, float] | None = None
    fields: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


class Reader:
    """All title words of a pack in one automaton; titles read once are remembered."""

    def __init__(self, pack: Pack) -> None:
        self._words: dict[str, int] = {}
        ranking, fields = pack.ranking, pack.fields
        groups: tuple[tuple[str, tuple[Cue, ...]], ...] = (
            ("act", ranking.acts),
            ("authority", ranking.authorities),
            ("consequence", ranking.consequences),
            ("reaction", ranking.reactions),
            ("fixture", ranking.fixtures),
            ("filler", ranking.fillers),
            ("actor", ranking.actors),
        )
        self._cues = [
            (kind, cue, _Test(self, cue.words, cue.needs, cue.unless)) for kind, cues in groups for cue in cues
        ]
        self._starting = [place for place, (_, cue, _) in enumerate(self._cues) if cue.starts]
        # Most titles have a handful of words, so only the cues of these are tested.
        self._by_word: dict[int, list[int]] = {}
        for place, (_, _, test) in enumerate(self._cues):
            for number in test.words:
                self._by_word.setdefault(number, []).append(place)
        self._offices = self._named_offices(pack)
        self._places = _places(pack)
        self._whole = (*pack.ranking.not_local, "全国", "我国", "中国", "各省", "各地", "国家")
        self._place_heads = {place[:2] for place in self._places}
        self._local = ("地方动态", ranking.parts.get("local", 0.0))
        self.rules = fields.fields
        self._fields = [_FieldTest(self, rule) for rule in fields.fields]
        self._topics = [(topic, _Test(self, topic.words, (), topic.against)) for topic in fields.topics]
        self._topics_by_word: dict[int, list[int]] = {}
        for place, (_, test) in enumerate(self._topics):
            for number in test.words:
                self._topics_by_word.setdefault(number, []).append(place)
        self._parents = {topic.name: topic.under for topic in fields.topics}
        self._automaton = ahocorasick_rs.AhoCorasick(list(self._words))
        self._read: dict[str, Reading] = {}

    def _named_offices(self, pack: Pack) -> dict[int, tuple[str, float]]:
        """Words for the authorities and offices of the pack's names, with what their rank is worth."""
        values = pack.ranking.rank_values
        return {
            self.number(word): (name.name, values[str(name.rank)])
            for name in pack.names.names
            if name.kind in ("authority", "office") and str(name.rank) in values
            for word in (name.name, *name.aliases)
        }

    def number(self, word: str) -> int:
        """The number of a word in the automaton; a new word gets the next."""
        return self._words.setdefault(word, len(self._words))

    def read(self, title: str) -> Reading:
        """What `title` tells."""
        known = self._read.get(title)
        if known is None:
            known = self._read[title] = self._reading(title[:MAX_TITLE])
        return known

    def _reading(self, title: str) -> Reading:
        found = {match[0] for match in self._automaton.find_matches_as_indexes(title, overlapping=True)}
        cues: dict[str, list[Cue]] = {kind: [] for kind in CUE_KINDS}
        candidates = {place for number in found for place in self._by_word.get(number, ())}
        for place in sorted(candidates.union(self._starting)):
            kind, cue, test = self._cues[place]
            if test.passes(found) or (cue.starts and title.startswith(cue.starts)):
                cues[kind].append(cue)
        likely = sorted({place for number in found for place in self._topics_by_word.get(number, ())})
        topics = [topic for topic, test in map(self._topics.__getitem__, likely) if test.passes(found)]
        offices = [self._offices[number] for number in found if number in self._offices]
        fixture = _strongest(cues["fixture"])
        if (fixture is None or fixture[1] < self._local[1]) and self._is_local(title):
            fixture = self._local
        editions = tuple(sorted(editions_of(title)))
        if is_off_jubilee(title):
            cues["act"] = [cue for cue in cues["act"] if not cue.by_edition]
        return Reading(
            plain=_FIGURES.sub("", title),
            editions=editions,
            acts={cue.name: cue.value for cue in cues["act"]},
            themes=_themes(cues["act"], cues["actor"], editions),
            authority=max([*offices, *_named(cues["authority"])], key=lambda c: (c[1], c[0]), default=None),
            consequence=_consequence(_strongest(cues["consequence"]), title),
            answer=max((cue.value for cue in cues["reaction"]), default=None),
            fixture=fixture,
            filler=_strongest(cues["filler"]),
            fields=self._fields_of(title, found, topics),
            topics=self._with_parents(topics),
        )

    def _is_local(self, title: str) -> bool:
        """True where a title starts with a province or a city, one of the pack's or any that says it is one."""
        if title[:2] in self._place_heads and title.startswith(self._places):
            return True
        named = _LOCAL.match(title)
        return named is not None and not named[0].startswith(self._whole)

    def _fields_of(self, title: str, found: set[int], topics: list[Topic]) -> tuple[str, ...]:
        by_topic = {topic.field for topic in topics}
        own = [
            test.rule.name
            for test in self._fields
            if test.rule.name in by_topic or test.passes(title, self._seen(test, title, found))
        ]
        rest = [test.rule.name for test in self._fields if test.rule.rest_of and test.rule.rest_of not in own]
        return tuple(dict.fromkeys(own + rest))

    def _seen(self, test: _FieldTest, title: str, found: set[int]) -> set[int]:
        """The words found, without those that stand only inside a word that hides them."""
        if test.hides.isdisjoint(found):
            return found
        for word in test.rule.hides:
            title = title.replace(word, "\n")
        return {match[0] for match in self._automaton.find_matches_as_indexes(title, overlapping=True)}

    def _with_parents(self, topics: list[Topic]) -> tuple[str, ...]:
        names: dict[str, None] = {}
        for topic in topics:
            name: str | None = topic.name
            while name is not None and name not in names:
                names[name] = None
                name = self._parents.get(name)
        return tuple(names)


class _Test:
    """One of `words`, one of `needs` where there are any, none of `unless`."""

    __slots__ = ("_needs", "_unless", "words")

    def __init__(self, reader: Reader, words: tuple[str, ...], needs: tuple[str, ...], unless: tuple[str, ...]) -> None:
        self.words, self._needs, self._unless = (
            frozenset(reader.number(word) for word in group) for group in (words, needs, unless)
        )

    def passes(self, found: set[int]) -> bool:
        return (
            not self.words.isdisjoint(found)
            and (not self._needs or not self._needs.isdisjoint(found))
            and self._unless.isdisjoint(found)
        )


class _FieldTest:
    """More strong words than words against, or two of the other words and none against."""

    __slots__ = ("_against", "_strong", "_words", "hides", "rule")

    def __init__(self, reader: Reader, rule: FieldRule) -> None:
        strong = rule.strong + tuple(word for pairs in rule.pairs for word in pairs.words())
        self.rule = rule
        self._strong, self._words, self._against, self.hides = (
            frozenset(reader.number(word) for word in group) for group in (strong, rule.words, rule.against, rule.hides)
        )

    def passes(self, title: str, found: set[int]) -> bool:
        against = len(self._against & found)
        if self.rule.sections and title.lstrip("【").startswith(self.rule.sections):
            return True
        return len(self._strong & found) > against or (not against and len(self._words & found) > 1)


def reader_of(pack: Pack) -> Reader:
    """The reader of `pack`, made once and kept with it.

    >>> from shida.pack import load_packs
    >>> reader = reader_of(load_packs(("quality", "general")))
    >>> reader.read("两部门印发《儿童用品质量提升方案》").topics
    ('儿童用品', '安全')
    >>> reader.read("今年以来国内客流运行平稳").fixture
    ('节假日', 0.95)
    """
    reader = pack.__dict__.get("rank_reader")
    if not isinstance(reader, Reader):
        reader = pack.__dict__["rank_reader"] = Reader(pack)
    return reader


def _places(pack: Pack) -> tuple[str, ...]:
    """Provinces and cities a title may start with."""
    words = {
        word
        for name in pack.names.all
        if name.kind == "place" and name.rank in (3, 5)
        for word in (name.name, *name.aliases)
    }
    return tuple(sorted(word for word in words if len(word) > 1 and not word.startswith(pack.ranking.not_local)))


def _themes(acts: list[Cue], actors: list[Cue], editions: tuple[str, ...]) -> tuple[str, ...]:
    names: list[str] = []
    for act in acts:
        if act.theme and act.by_actor:
            wider = [actor.under for actor in actors if actor.under]
            names += [f"{act.name}·{actor}" for actor in (*(actor.name for actor in actors), *wider)]
        elif act.theme and act.by_edition:
            # jubilees of one number are one theme: they mostly go back to the same events
            names += [f"{act.name}·{edition}" for edition in jubilees_of(editions) or editions]
        elif act.theme:
            names.append(act.name)
    return tuple(dict.fromkeys(names))


def _named(cues: list[Cue]) -> list[tuple[str, float]]:
    return [(cue.name, cue.value) for cue in cues]


def _strongest(cues: list[Cue]) -> tuple[str, float] | None:
    if not cues:
        return None
    best = max(cues, key=lambda cue: cue.value)
    return best.name, best.value


def _consequence(cue: tuple[str, float] | None, title: str) -> tuple[str, float] | None:
    """The pack's cue, or how many died where the title says so: ten are .05, a thousand .4, 50,000 are 1."""
    if any(word in title for word in _DEATH_WORDS):
        dead = max((int(m[1]) * (10_000 if m[2] else 1) for m in _DEAD.finditer(title)), default=0)
        if dead:
            return f"{dead}人死亡", min(1.0, (log10(dead) / MANY_DEAD) ** 2)
    return cue
