"""Names of authors without a label and colon: 本报记者 王小明 张大江, （记者 李芳）, 文/赵平, by somebody."""

from __future__ import annotations

import re

from shida.pack import Pack
from shida.read.words import words_of

_HAN = r"[\u3400-\u9fff]"
_GAP = r"[ \u3000\xa0]"
_ROLE = (
    r"(?:本报|本刊|本网|本台|总台|特约|见习|实习|首席|全媒体|融媒体|驻[\u3400-\u9fff]{2,4})?"
    r"(?:记者|通讯员|实习生|特派员|撰稿人|评论员|作者|主笔|記者|特約記者)"
)
_ROLES = frozenset("者员生笔人")
"""How every role ends."""
_RUN = re.compile(rf"(?:{_ROLE})(?:{_GAP}|[:：]|/|／)?{_GAP}{{0,3}}")
_TOKEN = re.compile(rf"{_HAN}{_GAP}?{_HAN}(?!{_HAN})|{_HAN}{{2,4}}(?!{_HAN})|{_HAN}{{1,6}}·{_HAN}{{1,8}}")
_BETWEEN = re.compile(rf"(?:{_GAP}|[、，,/／;；]){{0,4}}(?:{_ROLE}{_GAP}{{0,3}})?")
_BRACKETED = re.compile(r"[（(【\[]([^（）()【】\[\]\n]{2,60})[）)】\]]")
_SLASH = re.compile(
    rf"(?:^|[\s　|｜（(])(?:文|撰文|图文|文图|文字)\s?[/／|｜:：]\s?"
    rf"({_HAN}{{2,4}}(?:[\s、　]{_HAN}{{2,4}}){{0,3}})"
)

_BEFORE_SLASH = re.compile(rf"(?:^|[^\u4e00-\u9fff])({_HAN}{{2,4}})\s?[/／]\s?(?:图)?文(?!{_HAN})")
_BY = re.compile(r"(?<!ed )(?<!Theme )\b[Bb][Yy][:：]?\s{1,3}([\w\-.]{2,30})")
"""Powered by and Designed by name a program."""
_GAPS = re.compile(r"[\s、，,]+")
_SHORT_NAME = re.compile(rf"{_HAN}{{2,3}}")
MOST = 8


def byline(line: str, pack: Pack) -> str | None:
    """The names a line gives as those of its authors, separated by spaces; None where it gives none.

    >>> from shida.pack import load_packs
    >>> pack = load_packs()
    >>> byline("本报记者 王小明 张大江", pack), byline("（记者 李芳 通讯员 赵平）", pack)
    ('王小明 张大江', '李芳 赵平')
    >>> byline("记者从市里获悉", pack) is None
    True
    """
    if "y" in line and (match := _BY.search(line)):
        return match[1]
    if "文" in line and (match := _SLASH.search(line)):
        names = [name for name in _GAPS.split(match[1]) if _is_name(name, pack)]
        if names:
            return " ".join(names)
    if "文" in line and (match := _BEFORE_SLASH.search(line)) and _is_name(match[1], pack):
        return match[1]
    if _ROLES.isdisjoint(line):
        return None
    for match in _RUN.finditer(line):
        if names := _names(line, match.end(), pack):
            return " ".join(names)
    return None


def bracketed_names(line: str, pack: Pack) -> str | None:
    """Names alone in the last brackets of a line: …。（常青 马丹）

    >>> from shida.pack import load_packs
    >>> bracketed_names("活动在校园里举行。（林青 马丹 ）", load_packs())
    '林青 马丹'
    """
    if not line.rstrip().endswith(("）", ")", "】", "]")):
        return None
    found = next(reversed(list(_BRACKETED.finditer(line, max(0, len(line) - 64)))), None)
    if found is None or line[found.end() :].strip():
        return None
    inside = found[1].strip()
    if names := byline(inside, pack):
        return names
    parts = [part for part in _GAPS.split(inside) if part]
    if parts and len(parts) <= MOST and all(_is_name(part, pack) for part in parts):
        return " ".join(parts)
    return None


def names_only(line: str, pack: Pack) -> str | None:
    """The names of a line that holds nothing else, as they stand: 赵小东、风天.

    >>> from shida.pack import load_packs
    >>> names_only("赵小东、林平", load_packs()), names_only("市场监管", load_packs())
    ('赵小东、林平', None)
    """
    text = line.strip(" \u3000\xa0■□●◎（）()【】[]")
    parts = [part for part in _GAPS.split(text) if part]
    if not parts or len(text) > 30 or len(parts) > MOST or not _is_name(parts[0], pack):
        return None
    good = all(_SHORT_NAME.fullmatch(part) or _is_name(part, pack) for part in parts)
    return text if good else None


def _names(line: str, start: int, pack: Pack) -> list[str]:
    names: list[str] = []
    position = start
    # In a short line a role is followed by names, whatever they begin with; in a sentence only a surname tells.
    short = len(line) <= 40
    while len(names) < MOST and (match := _TOKEN.match(line, position)):
        name = "".join(match[0].split())
        if not _is_name(name, pack) and not (short and len(name) <= 3 and name not in pack.reading.not_names):
            break
        names.append(name)
        between = _BETWEEN.match(line, match.end())
        position = between.end() if between else match.end()
        if position == match.end():
            break
    return names


def _is_name(name: str, pack: Pack) -> bool:
    """Whether a word may be a person's name: two to four characters that begin with a surname, or one with a dot."""
    if "·" in name:
        return len(name) >= 4
    if len(name) > 2 and name.endswith(pack.reading.not_name_endings):
        return False
    if not 2 <= len(name) <= 4 or name in pack.reading.not_names or name[0] not in words_of(pack).surnames:
        # Names of four syllables without a dot (格桑边觉) are Tibetan or Mongolian; behind a role they are names.
        return len(name) == 4 and name not in pack.reading.not_names and name.startswith(pack.reading.long_name_starts)
    return len(name) <= 3 or name.startswith(pack.reading.double_surnames)
