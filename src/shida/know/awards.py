"""Sentence → honours given, announced or conferred, with who got them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shida.know.passages import Passage
from shida.know.subjects import subject_before
from shida.pack import Pack
from shida.records import Award
from shida.text.numerals import read_numeral

_N = r"[一二三四五六七八九十百]{1,5}|\d{1,4}"
_CONFER = re.compile(
    r"(?:授予|颁授)(?P<winner>[^“”，,。；;：:]{2,60}?)(?P<list>(?:[“][^“”]{2,24}[”](?:、)?){1,4})(?P<kind>国家荣誉称号|荣誉称号|称号|奖章|勋章)?"
)
_CONFERRED = re.compile(
    r"(?:被(?P<by>[^“”，,。；;]{0,24}?)授予|被评为|荣获|荣膺|获得|获颁|获评为?|获)(?:20\d\d年?度?)?(?P<by2>[\u4e00-\u9fff]{0,12}?)(?P<list>“(?P<award>[^“”]{2,24})”(?:[、和]“[^“”]{2,24}”){0,4})(?P<kind>国家荣誉称号|荣誉称号|等?称号|奖章|勋章|奖)?"
)
_GIVE = re.compile(r"给(?P<winner>[^“”，,。；;：:]{2,40}?)颁发“(?P<award>[^“”]{2,24})”|并颁发“(?P<award2>[^“”]{2,24})”")
_QUOTED = re.compile(r"“([^“”]{2,24})”")
_QUOTED_AWARD = re.compile(
    r"(?P<by>(?:20\d\d年?)?[\u4e00-\u9fff]{0,8})“(?P<award>[^“”]{2,16}(?:奖|勋章|奖章|之星|楷模|榜样|好人|标兵|卫士))”"
)
_PRIZE = re.compile(
    rf"(?:第(?P<edition>{_N})届|(?P<year>20\d\d)年?(?:度)?)?"
    r"(?P<award>[\u4e00-\u9fffA-Za-z·]{2,24}?(?:奖章|勋章|大奖|特别奖|荣誉奖|奖))"
    r"(?P<tail>评选结果(?:揭晓|公布)|颁奖(?:典礼|仪式|大会)[^，,。]{0,24}举行|揭晓|公布|颁发|[，,。；;、！]|今天"
    r"|在[^，,。]{2,12}(?:揭晓|颁发|颁奖)|\Z)"
)
_WON = re.compile(
    r"(?P<winner>[^，,。；;：:！？]{2,60}?)(?:分别)?(?:被授予|获得|荣获|荣膺|斩获|获评为?|获颁|摘得|获(?![评得颁]))(?P<award>[^，,。；;：:！？“”]{2,30}?(?:称号|奖章|勋章|特别奖|大奖|奖))(?=[，,。；;、！等]|\Z)"
)
_PRAISE = re.compile(rf"(?:联合)?表彰(?:了)?(?P<list>(?:(?:{_N})(?:名|个|位|家))?[^，,。；;：:“”]{{4,60}})")
_LIST_WON = re.compile(
    r"(?P<list>[^，,。；;：:！？]{4,400}?)(?P<count>\d{1,3}|[一二三四五六七八九十]{1,3})(?:家|个|名|位|项)?(?:组织|单位|企业|个人|项目|作品|工程|集体)?(?:获奖|获此殊荣)"
)
_TITLE_COUNT = re.compile(rf"(?P<count>{_N})(?:名|个|位|家|件|项)?(?P<name>[^、，,。；;和\d]{{4,24}})")


_TO = re.compile(r"(?:向|为)(?P<winner>[^“”，,。；;：:向为]{2,40})\Z")
_COUNTRY_OF = re.compile(r"(?:我|给)?(?:中华人民共和国)?(?:[\u4e00-\u9fff]{0,10}勋章——)?\Z")
"""授予中华人民共和国“友谊勋章”: whose medal it is, not who gets it."""
_PRONOUN = re.compile(r"\A(?:我|他|她|它|其|他们|她们|我们|自己|本人)(?:今年|去年|还|也|曾|先后|们)?\Z")


def awards(passage: Passage, pack: Pack) -> Iterator[Award]:
    """Honours the sentence says were given; results of sport and prizes merely mentioned are none."""
    text = passage.body
    if "奖" not in text and "称号" not in text and "章" not in text and "表彰" not in text:
        return
    seen: set[str] = set()
    for made in _all(passage, pack):
        if made.award in seen or any(word in made.award for word in pack.happenings.not_awards) or len(made.award) < 3:
            continue
        seen.add(made.award)
        yield made


def _all(passage: Passage, pack: Pack) -> Iterator[Award]:
    text = passage.body
    for match in _CONFER.finditer(text):
        by = subject_before(text[: match.start()], pack, passage.reported).names
        to = _TO.search(text, max(0, match.start() - 40), match.start())
        winner = _COUNTRY_OF.sub("", match["winner"]) or (_name_of(to["winner"], pack) if to else "")
        for award in _QUOTED.findall(match["list"]):
            yield _award(passage, award, winners=winner, awarders=by, pack=pack)
    for match in _GIVE.finditer(text):
        yield _award(passage, match["award"] or match["award2"], winners=match["winner"] or "", pack=pack)
    for match in _CONFERRED.finditer(text):
        if not match["kind"] and not match["award"].endswith(pack.happenings.award_endings):
            continue
        by_text = match["by"] or match["by2"] or ""
        winners = re.split(r"[，,。；;：:]", text[: match.start()])[-1]
        for award in _QUOTED.findall(match["list"]):
            yield _award(passage, award, winners=winners, awarders=(by_text,) if by_text else (), pack=pack)
    for match in _QUOTED_AWARD.finditer(text):
        if re.search(r"(?:发布|颁发|颁授|揭晓|公布)[^，,。]{0,16}\Z", text[: match.end("by")]) or text.startswith(
            ("揭晓", "评选结果"), match.end()
        ):
            year = re.match(r"20\d\d", match["by"])
            yield _award(passage, match["award"], year=int(year[0]) if year else None, pack=pack)
    for match in _PRIZE.finditer(text):
        made = _announced(passage, match, pack)
        if made is not None:
            yield made
    for match in _WON.finditer(text):
        winner = match["winner"]
        numbered = re.search(rf"第(?P<n>{_N})届", match["award"])
        edition = read_numeral(numbered["n"]) if numbered else None
        award = re.sub(r"\A(?:了|了第[^届]{1,4}届|第[^届]{1,4}届|20\d\d年度?)", "", match["award"])
        if _history(text, match.start(), winner) or ("“" in winner and "”" not in winner):
            continue
        stated = re.match(rf"(?P<n>{_N})(?:人|名|个|件|位|项)", winner) or re.search(
            r"(?:的)(?P<n>\d{1,4})(?:件|项|部|名|个)[^，]{1,4}\Z", winner
        )
        quantity = read_numeral(stated["n"]) if stated else None
        yield _award(
            passage, award.removesuffix("称号") if award.endswith("称号") else award, winners="" if stated else winner,
            stated=int(quantity.value) if quantity else None,
            edition=int(edition.value) if edition else None, pack=pack,
        )  # fmt: skip
    for match in _PRAISE.finditer(text):
        for part in _TITLE_COUNT.finditer(match["list"]):
            quantity = read_numeral(part["count"])
            if quantity and part["name"].endswith(
                ("模范", "军人", "单位", "集体", "个人", "工作者", "先锋", "标兵", "英雄", "榜样", "奖")
            ):
                yield _award(passage, part["name"], stated=int(quantity.value), pack=pack)
        if not re.search(r"\d", match["list"]) and re.match(r"全国[^，,。]{4,30}先进集体", match["list"]):
            yield _award(passage, re.match(r"全国[^、，,。]{4,30}", match["list"])[0], pack=pack)  # type: ignore[index]


def _history(text: str, at: int, winner: str) -> bool:
    """Whether the prize is told as somebody's past: 曾获得, 这位获得…的."""
    return re.search(r"曾|这位|由|为|如果|努力|希望|争取|祝贺|表示", winner[:4] + winner[-6:]) is not None or text[
        max(0, at - 2) : at
    ].endswith("曾")


def _announced(passage: Passage, match: re.Match[str], pack: Pack) -> Award | None:
    """第五届中国质量奖评选结果揭晓, 甲、乙…9家组织获奖."""
    text = passage.body
    if not re.search("揭晓|公布|颁发|颁奖", match["tail"]) and not re.match(
        r".{0,16}(?:揭晓|颁发|颁奖)", text[match.end("award") : match.end("award") + 20]
    ):
        return None
    if not (match["edition"] or match["year"] or "国" in match["award"]):
        return None
    quantity = read_numeral(match["edition"]) if match["edition"] else None
    winners, stated = "", None
    if won := _LIST_WON.search(text, match.end("award")):
        number = read_numeral(won["count"])
        stated = int(number.value) if number else None
        winners = re.sub(r"\A[^，,]*?(?:包括|其中|共有)", "", won["list"])
    return _award(
        passage, match["award"], winners=winners, edition=int(quantity.value) if quantity else None,
        year=int(match["year"]) if match["year"] else None, stated=stated, pack=pack,
    )  # fmt: skip


def _award(
    passage: Passage, award: str, *, pack: Pack, winners: str = "", awarders: tuple[str, ...] = (),
    edition: int | None = None, year: int | None = None, stated: int | None = None,
) -> Award:  # fmt: skip
    names, counted = _names(winners)
    stated = stated if stated is not None else counted
    award = award.rpartition("的")[2] if len(award) > 12 and "的" in award else award
    return Award(
        award=award.strip("“”"),
        edition=edition,
        year=year,
        awarders=awarders,
        winners=names,
        winner_types=tuple(_type(name, pack) for name in names),
        stated_count=stated,
        evidence=(passage.evidence(),),
        rule="award",
        reported=passage.reported,
    )


_ALL = re.compile(
    rf"(?:等(?:共)?(?P<count>{_N})(?:[名个位家件项部所支人][^、，,]{{0,12}})?|(?:等|全体官兵|全部|被|今天|近日|日前|先后|分别|\d{{1,2}}日))\Z"
)
_ONLY_COUNT = re.compile(rf"\A(?:其中|另有|共有|共)?(?P<count>{_N})(?:名|个|位|家|件|项|部|人)[^、，,]{{0,20}}\Z")


def _names(listing: str) -> tuple[tuple[str, ...], int | None]:
    """Names joined by 、 or 和, and how many the text says there are; brackets and quotes inside a name stay."""
    listing = re.sub(r"(?:先后|分别|分|[两三四五六七八九\d]次|首次|再次|成功|也|均|还)\Z", "", listing.strip())
    if only := _ONLY_COUNT.match(listing):
        quantity = read_numeral(only["count"])
        return (), int(quantity.value) if quantity else None
    stated = None
    if ending := _ALL.search(listing):
        listing = listing[: ending.start()]
        quantity = read_numeral(ending["count"]) if ending["count"] else None
        stated = int(quantity.value) if quantity else None
    parts = re.split(r"、(?![^（(《“]{0,40}[）)》”])|(?<=》)(?=《)", listing)
    last = parts[-1] if parts else ""
    head, _, tail = last.rpartition("和")
    if len(head) >= 2 and len(tail) >= 2 and (len(parts) > 1 or len(head) <= 4 >= len(tail) or "》和《" in last):
        parts[-1:] = [head, tail]
    if listing.startswith("来自"):
        return (), stated  # 来自甲、乙和丙的三个项目获奖: where they are from
    named = (part.strip("《》 ") for part in parts)
    return tuple(name for name in named if 1 < len(name) <= 50 and not _PRONOUN.match(name)), stated


def _name_of(person: str, pack: Pack) -> str:
    """The name behind an office: 甲国总统乙某 is 乙某."""
    cuts = [at + len(office) for office in pack.happenings.offices if (at := person.rfind(office)) >= 0]
    name = person[max(cuts, default=0) :]
    return name if 2 <= len(name) <= 16 else person


def _type(name: str, pack: Pack) -> str:
    for kind, endings in pack.happenings.winner_types.items():
        if name.endswith(endings):
            return kind
    return "person" if 2 <= len(name) <= 4 else "work"
