"""Sentence → somebody's exact words, with who said them and on what occasion."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shida.know.passages import Passage
from shida.pack import Pack
from shida.records import Statement

SHORTEST_WORDS = 12
"""Code points; shorter quotes are terms (“新质生产力”), not statements."""

_QUOTE = re.compile(rf"[：:，,]\s?“(?P<words>[^“”]{{{SHORTEST_WORDS},600}})”")
_SPEAKER = re.compile(r"(?P<head>[^，,。；;：:！？“”\n]{0,60})\Z")
_OCCASION = re.compile(r"在(?P<occasion>[^，,。；;：:]{2,40}?)(?:上|时|期间|中)[，,]?\Z")
_MANNER = re.compile(
    r"(?:多次|反复|再次|曾|还|就|也|明确|深刻|高瞻远瞩地|掷地有声地|常|常常|经常|首次|郑重|特别|进一步|一再|动情地|深情地|语重心长地|[\u4e00-\u9fff]{2,5}地|对[^，,]{1,12}|拉着[^，,]{1,8}|接着|并|曾经|这样|如此)\Z"
)
_TIME = re.compile(r"\A(?:\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:[，,])?")
_NO_SPEAKER = re.compile(
    r"(?:民谚|谚语|俗话|老话|古人|常言|诗云|孔子|孟子|老子|有人|口号|标语|写着|名为|题为|主题|声明|消息|公告|报告|文章)\Z"
)


def statements(passage: Passage, pack: Pack) -> Iterator[Statement]:
    """Quotations the sentence ascribes to somebody with a verb of speech right in front; proverbs are none."""
    text = passage.body
    if "“" not in text:
        return
    verbs = tuple(pack.happenings.speech_verbs)
    for quote in _QUOTE.finditer(text):
        left = text[max(0, quote.start() - 70) : quote.start()]
        verb = next((verb for verb in verbs if left.endswith(verb)), None)
        if verb is None:
            continue
        found = _speaker(left[: -len(verb)])
        if found is None:
            continue
        speaker, occasion = found
        if not _can_speak(speaker, pack):
            earlier = _WHO.search(text[: quote.start()])
            if not earlier:
                continue
            speaker, occasion = earlier["who"], None
        office, name = _office(speaker, pack)
        yield Statement(
            words=quote["words"],
            speaker=name,
            office=office,
            occasion=occasion,
            evidence=(passage.evidence(),),
            rule="quoted_" + verb,
            reported=passage.reported,
        )


_WHO = re.compile(
    r"(?P<who>(?:[\u4e00-\u9fff]{2,4})?(?:总书记|国家主席|总理|主席|总统|部长|发言人[\u4e00-\u9fff]{0,4}))(?!任期)"
)
_PRONOUNS = frozenset({"他", "她", "他们", "她们", "记者"})


def _can_speak(speaker: str, pack: Pack) -> bool:
    """Whether it names somebody: a pronoun, an office with or without a name, or a Chinese name."""
    if speaker in _PRONOUNS or any(office in speaker for office in pack.happenings.offices):
        return True
    return 2 <= len(speaker) <= 4 and speaker[0] in pack.happenings.surnames


def _speaker(left: str) -> tuple[str, str | None] | None:
    """Who speaks, and where; None where nobody is named."""
    clause = _SPEAKER.search(left)
    head = clause["head"] if clause else ""
    occasion = None
    if not head.strip():
        return None
    if head[0] in "他她" and head[1:2] not in ("们", "的", "在"):
        head = head[0]  # whatever stands behind the pronoun is manner: 他掷地有声地
    for _ in range(4):
        shorter = _MANNER.sub("", head)
        if shorter == head:
            break
        head = shorter
    inside = re.match(r"(?P<who>.{1,24}?)在(?P<occasion>.{2,40}?)(?:上|时|期间|中)?\Z", head)
    if inside:
        head, occasion = inside["who"], inside["occasion"]
    else:
        before = re.match(r"在(?P<occasion>.{2,40}?)(?:上|时|期间|中)(?P<who>.{1,24})\Z", head)
        if before:
            head, occasion = before["who"], before["occasion"]
        elif clause and (earlier := _OCCASION.search(left[: clause.start()])):
            occasion = earlier["occasion"]
    head = re.sub(r"(?:方面)?\d{1,2}日(?:对.{2,12})?\Z", "", _TIME.sub("", head)).strip(" 的")
    if not 1 <= len(head) <= 30 or _NO_SPEAKER.search(head):
        return None
    return head, occasion


def _office(speaker: str, pack: Pack) -> tuple[str | None, str]:
    """Office and name of 国务院总理李强; the whole where no office shows."""
    for size in range(len(speaker) - 2, 1, -1):
        head, name = speaker[:size], speaker[size:]
        if (
            head.endswith(pack.happenings.offices)
            and 2 <= len(name) <= 12
            and not name.startswith(("办公", "们", "会", "团", "馆"))
        ):
            return head, name
    return None, speaker
