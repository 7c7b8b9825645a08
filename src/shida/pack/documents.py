"""Kinds of documents, the acts on them, and words that are none."""

from __future__ import annotations

import re
from functools import cached_property

import msgspec

from shida.pack.sections import Section


class ActWord(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A word for what is done to a document."""

    word: str
    stage: str
    """`drafted` `consulted` `adopted` `signed` `issued` `in_force` `amended` `repealed`."""
    before: bool = True
    """It may stand in front of the title (印发《…》)."""
    after: bool = True
    """It may stand behind the title (《…》施行)."""


class Law(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One act of the list: its title, and what is known of its life; None where it is not sure."""

    title: str
    number: str | None = None
    made: str | None = None
    """Day of adoption, or of publication for regulations and rules."""
    in_force: str | None = None
    amended: str | None = None
    """Day of the last amendment or revision known."""


_COUNTRY = "中华人民共和国"
_DAY = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\Z", re.ASCII)


def short_title(title: str) -> str:
    """A title of a law as it is mostly cited: without the name of the country in front.

    >>> short_title("中华人民共和国计量法"), short_title("中华人民共和国和甲国联合声明")
    ('计量法', '中华人民共和国和甲国联合声明')
    """
    rest = title.removeprefix(_COUNTRY)
    return title if not rest or rest[0] in "和与政同" else rest


def read_law(line: str) -> Law:
    """One line of the list; ValueError where it has not its form.

    >>> read_law("甲条例|国务院令第1号|2024-01-02|2024-03-01|").in_force
    '2024-03-01'
    """
    title, *rest = (field.strip() for field in line.split("|"))
    fields = [field or None for field in rest]
    if len(fields) != 4 or not title:
        raise ValueError(f"laws: {line!r} must be title|number|made|in force|amended")
    days = [day for day in fields[1:] if day]
    if not all(_DAY.match(day) for day in days):
        raise ValueError(f"laws: {line!r} has a day that is not YYYY-MM-DD")
    number, made, in_force, amended = fields
    if made and in_force and in_force < made:
        raise ValueError(f"laws: {line!r} is in force before it was made")
    return Law(title=title, number=number, made=made, in_force=in_force, amended=amended)


class Documents(Section, frozen=True, kw_only=True, dict=True):
    """`documents.toml`. Kinds of documents, the acts on them, and words that are none.

    `lists.laws` has a line an act: title|number|adopted or published|in force since|last amended.
    """

    kinds: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    """Kind of document → how titles of that kind end."""
    acts: tuple[ActWord, ...] = ()
    behind: tuple[str, ...] = ()
    """Words behind a title (or several) that say what it is: 等文件, 白皮书."""
    in_front: tuple[str, ...] = ()
    """Words right in front of a title that say what it is: 国家标准, 司法解释."""
    not_behind: tuple[str, ...] = ()
    """Words behind a title that say it is no document: 节目, 一文."""
    not_before: tuple[str, ...] = ()
    """Words in front of a title that say it is no document: 题为, 快评, 纪录片."""
    between: tuple[str, ...] = ()
    """Words that may stand between an act and its title or its subject without changing who did what."""
    modifiers: tuple[str, ...] = ()
    """Words between an act and the title behind it: 修订后的, 新一期."""
    planned: tuple[str, ...] = ()
    """Words in front of an act that put it in the future."""
    negated: tuple[str, ...] = ()
    """Words in front of an act that say it did not happen, or is not an act: 尚未, 按照."""
    short_first: tuple[str, ...] = ()
    """What short forms that refer back begin with: 《实施意见》, 《行动方案》."""
    bodies: tuple[str, ...] = ()
    """Endings of bodies that issue documents, for those the pack does not name."""

    @cached_property
    def stage_of(self) -> dict[str, str]:
        """Act word → stage."""
        return {act.word: act.stage for act in self.acts}

    @cached_property
    def kind_of(self) -> dict[str, str]:
        """Ending of a title → kind; longer endings first."""
        pairs = [(ending, kind) for kind, endings in self.kinds.items() for ending in endings]
        return dict(sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0])))

    @cached_property
    def laws(self) -> dict[str, Law]:
        """Title as mostly cited → the act. ValueError for a line that has not its form."""
        return {short_title(law.title): law for law in map(read_law, self.lists.get("laws", ()))}

    def law(self, title: str) -> Law | None:
        """The act called so, with or without the name of the country; None where the list has none."""
        return self.laws.get(short_title(title))
