"""Kinds of documents, the acts on them, and words that are none."""

from __future__ import annotations

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


class Documents(Section, frozen=True, kw_only=True, dict=True):
    """`documents.toml`. Kinds of documents, the acts on them, and words that are none."""

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
