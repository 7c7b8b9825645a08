"""Simplified, Traditional, full width, and the readings of characters: tables, each made once from OpenCC or pypinyin.

Two ways of writing the other script are kept apart. OpenCC's goes by words (头发 → 頭髮). The one-to-one way goes by
characters (头发 → 頭發); it is what Windows and the many converters copied from it do, and what damaged pages carry.
"""

from __future__ import annotations

from functools import cache
from types import MappingProxyType

import opencc

KEPT = (
    "了于云伙余佛修借克具冬凌出制千升占卷只吁吃合同后向周咨回困坐夫它家局巨布席干幸彩征御志念愿才扎托扣抵拿挽捍搜"
    "斗斤旋昆曲杰松板果核梁沈泛注涌游溪玩矩私秋穗筑系累背胡致范蒙虫表谷豆象辟郁采里雕面并么群床峰"
    "亘仇仿俊僵冢凶刮卜吊呆咸咽哄唇喂噪坯堤夸奸姜娘尸岳庵弦恤愈戚扇折拐挨捆斫暗札朱朴杠杯栗棱檗欲沾浚涂漓澄"
    "焰熏狸琅璇皂筱糊耇胄腌膻舍芸苔蔑藤蚝跖酸雇仆"
)
"""Simplified characters that are Traditional ones too and that the one-to-one table leaves as they are.

The first two lines are known from damaged pages; the rest follow the same rule and were not seen.
"""

OTHER = MappingProxyType(dict(zip("着台症准冲几杆岩闲钟签启为众", "著臺癥準沖幾桿巖閑鐘簽啟為眾", strict=True)))
"""Where the one-to-one table takes another Traditional character than OpenCC's first."""

_HAN = range(0x3400, 0xA000)


@cache
def by_character(config: str) -> MappingProxyType[str, str]:
    """What OpenCC's `config` (`s2t`, `t2s`, …) makes of each character by itself, where it changes it.

    >>> by_character("t2s")["質"], "量" in by_character("t2s")
    ('质', False)
    """
    characters = [chr(code) for code in _HAN]
    converted = converter(config).convert("\n".join(characters)).split("\n")
    return MappingProxyType(
        {old: new for old, new in zip(characters, converted, strict=True) if old != new and len(new) == 1}
    )


@cache
def one_to_one() -> MappingProxyType[str, str]:
    """Simplified → Traditional, one character for one, as converters of the Windows kind do it.

    Targets that GBK cannot write are left out: the damaged text is GBK.

    >>> table = one_to_one()
    >>> "".join(table.get(character, character) for character in "批准平台的头发")
    '批準平臺的頭發'
    """
    table = {old: new for old, new in by_character("s2t").items() if old not in KEPT and in_gbk(new)}
    return MappingProxyType({**table, **OTHER})


@cache
def back_one_to_one() -> MappingProxyType[str, str]:
    """Traditional → Simplified: `one_to_one` read backwards. 著 is left out: it is both 着 and 著.

    >>> back = back_one_to_one()
    >>> back["臺"], back["質"], "乾" in back, "後" in back
    ('台', '质', False, False)
    """
    forward = one_to_one()
    opencc_back = by_character("t2s")
    back = {new: old for old, new in forward.items() if opencc_back.get(new, old) == old or _in_gb2312(old)}
    back |= {new: old for new, old in opencc_back.items() if forward.get(old) == new}
    for traditional, simplified in opencc_back.items():
        # A second Traditional form of a character the table does turn (證 and 証 of 证): no Simplified text has it.
        if simplified in forward and traditional not in back and traditional not in _ALSO_SIMPLIFIED:
            back[traditional] = simplified
    del back["著"]
    return MappingProxyType(back)


_ALSO_SIMPLIFIED = frozenset("著乾瞭藉夥甦昇堃喆淼犇鉅徵於陞祇龢甯邨馀钜锺於阪坏扞仝覆像迺耑袷彷叚吒椀箚俱")
"""Traditional by OpenCC's table, but written in Simplified texts too (乾隆, 瞭望, 狼藉, 李昇, 宫商角徵羽)."""


def in_gbk(character: str) -> bool:
    """Whether GBK writes `character` as a pair.

    >>> in_gbk("質"), in_gbk("A"), in_gbk("😀")
    (True, False, False)
    """
    try:
        return len(character.encode("gbk")) == 2
    except UnicodeEncodeError:
        return False


def _in_gb2312(character: str) -> bool:
    try:
        return len(character.encode("gb2312")) == 2
    except UnicodeEncodeError:
        return False


_WIDTH = str.maketrans(
    {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20},
)


def fold_width(text: str) -> str:
    """Full-width ASCII as plain ASCII; other punctuation stays.

    >>> fold_width("（２０２４年）！“好”，是吗？")
    '(2024年)!“好”,是吗?'
    """
    return text.translate(_WIDTH)


@cache
def readings() -> MappingProxyType[str, tuple[str, ...]]:
    """Character → its pinyin readings with tone marks, the commonest first.

    >>> readings()["调"], readings()["質"]
    (('diào', 'tiáo'), ('zhì',))
    """
    from pypinyin.pinyin_dict import pinyin_dict  # a quarter of a second: only where readings are asked for

    return MappingProxyType({chr(code): tuple(line.split(",")) for code, line in pinyin_dict.items()})


def reading(character: str) -> str | None:
    """The one reading a converter without context gives a character.

    >>> reading("長"), reading("A")
    ('zhǎng', None)
    """
    found = readings().get(character)
    return found[0] if found else None


@cache
def converter(config: str) -> opencc.OpenCC:
    """OpenCC's converter called `config` (`s2t`, `t2s`, `s2twp`, …), made once.

    >>> converter("t2s").convert("裡面")
    '里面'
    """
    return opencc.OpenCC(f"{config}.json")
