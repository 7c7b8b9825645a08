"""Sentence → claims to be the first: 首个, 首次, 首条, … in the words of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shida.know.passages import Passage
from shida.pack import Pack
from shida.records import First

LONGEST_CLAIM = 44

_LEAD_CLAUSE = re.compile(
    r"(?:(?:\d{1,4}年(?:\d{1,2}月份?)?|[今去]年(?:\d{1,2}月份?)?|[一二三四五六七八九十]{1,3}年|有[\u4e00-\u9fff]{2,8}|(?:新中国|建国|建交|改革开放|入世|开通|成立)[\u4e00-\u9fff]{0,2})以来的?|\d{1,3}年来[^，。；、]{0,12})\Z"
)
_STOP = re.compile(r"[，,。；;：:、！？!?（()）\n]")
_HOLDER = re.compile(r"[\u4e00-\u9fff]{2,6}(?:省|市|区|县|自治区|革命老区|地区|展区|开发区)(?:的)?\Z")
_ONLY_PERHAPS = re.compile(r"(?:计划|力争|目标|或将|有望|可能|拟|争取|希望|预计|如果|能否|是否)[^，,。；;]{0,14}\Z")
_IS = re.compile(
    r"(?:是|成为|作为|系|为(?=[\u4e00-\u9fff“]{2}))(?:了)?(?P<scope>[^，,。；;：:、是成为系（）()]{1,24})\Z"
)
"""成为西江首个内河亿吨大港: what stands between the verb and 首 says among what it is the first."""
_NOBODY = re.compile(r"报道|消息|数据|今天|[的是在了将也]|我们|\d")
_SAYS = re.compile(r"\A(?:据)?(?P<who>[^，,。；;：:]{2,20}?)(?:称|表示|宣布|介绍|说)[，,：:]?")


def firsts(passage: Passage, pack: Pack) -> Iterator[First]:
    """Claims of the sentence, in order. 首发, 首日, 首先 and 首席 are none; neither is what is merely the biggest."""
    text = passage.body
    at = text.find("首")
    while at >= 0:
        section = pack.happenings
        if text[at + 1 : at + 2] in section.first_counters and not text.startswith(
            ("首次公开募股", "首次公开发行", "首个交易日", "首个工作日", "首次代币", "首起犯意", "首起身"), at
        ):
            claim = _claim(text, at, pack) if not _NO_CLAIM.match(text, at) else ""
            if len(claim) > 3 and not _ONLY_PERHAPS.search(text, max(0, at - 18), at):
                said = _SAYS.match(text)
                yield First(
                    claim=claim,
                    claimed_by=_who_says(said["who"]) if said and said.end() <= at else None,
                    evidence=(passage.evidence(),),
                    rule="first_" + text[at : at + 2],
                    reported=passage.reported,
                )
        at = text.find("首", at + 1)


def _who_says(who: str) -> str | None:
    """Who makes the claim, without the words of time behind; None where nobody is named."""
    who = _WHEN_SAID.sub("", who)
    return None if _NOBODY.search(who) or len(who) < 2 else who


_WHEN_SAID = re.compile(r"(?:近日|日前|今天|昨天|当天|此前|\d{1,2}日)+\Z")


def _claim(text: str, at: int, pack: Pack) -> str:
    """From the words in front that belong to the claim to where it ends."""
    section = pack.happenings
    start = at
    if since := _LEAD_CLAUSE.search(text, max(0, at - 24), at):
        start = since.start()
    else:
        for _ in range(3):
            lead = next((word for word in section.first_lead if word != "的" and text.endswith(word, 0, start)), None)
            if lead is None:
                break
            start -= len(lead)
        scope = _IS.search(text, max(0, at - 28), at) if text[at + 1] != "次" else None
        if scope and scope.start("scope") < start:
            start = scope.start("scope")
        elif start == at and (holder := _HOLDER.search(text, max(0, at - 9), at)):
            start = holder.start()
    end = _end(text, at)
    if text[at + 1] != "次":
        cuts = [found for word in section.first_cut if (found := text.find(word, at + 3, end + 2)) > 0]
        end = min([end, *cuts])
        if (where := _WHERE.search(text, at + 4, end)) is not None:
            end = where.start()
    elif end == at + LONGEST_CLAIM and (whole := text.rfind("、", at + 4, end)) > 0:
        end = whole  # a list too long to be told whole ends with a whole part
    return _balanced(text[start:end].strip("的 "))


def _balanced(claim: str) -> str:
    """A claim without the quotes that lost their partner."""
    if claim.count("“") > claim.count("”"):
        last = claim.rfind("“")
        return claim[:last] + claim[last + 1 :] if last > 2 else claim.replace("“", "")
    return claim if claim.count("“") == claim.count("”") else claim.replace("”", "")


_NO_CLAIM = re.compile(
    r"首次(?:预估|初步|报告|发行|公开募股|申请|购房|购|就业|参保)|首次[^，,。；;、]{2,16}的(?:学生|人员|人|企业|用户|患者|司机|旅客|考生|家庭)(?!数)"
)
"""首次办理贷款的学生 are all who do it for the first time, each for himself."""
_WHERE = re.compile(r"在[\u4e00-\u9fff]{2,8}\Z")
"""首艘邮轮在上海完成…: the place says where it was done, not among what it is the first."""


def _goes_on(text: str, at: int, mark: int) -> bool:
    """Whether a 、 joins what describes the first: 首条跨省区、大规模的管道."""
    behind = _NEXT_PART.match(text, mark + 1)
    return "的" not in text[at:mark] and behind is not None and "的" in behind[0]


_NEXT_PART = re.compile(r"[^，,。；;：:、等\n]{1,12}")


def _end(text: str, at: int) -> int:
    """The next mark outside quotes, at most LONGEST_CLAIM on."""
    limit = min(len(text), at + LONGEST_CLAIM)
    position = at
    while stop := _STOP.search(text, position, limit):
        opened = text.rfind("“", at, stop.start())
        if opened < 0 or text.find("”", opened, stop.start()) >= 0:
            if stop[0] == "、" and (text[at + 1] == "次" or _goes_on(text, at, stop.start())):
                position = stop.end()
                continue
            if stop[0] not in "（(":
                return stop.start()
            closed = text.find("）" if stop[0] == "（" else ")", stop.end(), limit)
            if closed < 0:
                return stop.start()
            position = closed + 1
            continue
        closed = text.find("”", stop.end(), limit)
        if closed < 0:
            return stop.start()
        position = closed + 1
    return limit
