"""What all sections of a pack share."""

from __future__ import annotations

from typing import Any, Self

import msgspec


class Section(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One TOML file of a pack. Every field has a default, so a pack may leave the file out.

    `lists` maps a name to the entries of a text file of the pack; the TOML gives the file's name.
    """

    lists: dict[str, tuple[str, ...]] = {}

    def joined(self, later: Self) -> Self:
        """This section with what a later pack adds: tuples follow on, tables are joined; another
        value stays where it is set.

        >>> class Words(Section, frozen=True):
        ...     words: tuple[str, ...] = ()
        >>> Words(words=("质量",)).joined(Words(words=("标准",))).words
        ('质量', '标准')
        """
        values: dict[str, Any] = {}
        defaults = {field.name: field.default for field in msgspec.structs.fields(self)}
        for name in self.__struct_fields__:
            mine, theirs = getattr(self, name), getattr(later, name)
            if isinstance(mine, tuple):
                values[name] = mine + theirs
            elif isinstance(mine, dict):
                values[name] = {**theirs, **mine}
            else:
                values[name] = theirs if mine == defaults.get(name) else mine
        return type(self)(**values)
