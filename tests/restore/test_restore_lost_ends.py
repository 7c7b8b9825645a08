"""What stands at the ends of a stretch: by words, by marks, and proved only by what was not chosen."""

from __future__ import annotations

import random

import pytest

from shida.pack import Pack
from shida.records import Restored
from shida.restore import damage, restore
from shida.restore.lost_ends import against_stop
from shida.restore.passes import Words
from shida.restore.words import LONGEST, word_logs
from shida.restore.words import Words as PlainWords

HEAD = "关于印发质量发展规划的通知，这里的标准应当执行，现场检验发现问题时处罚。"


def restored(text: str, pack: Pack, listed: frozenset[str] = frozenset()) -> Restored:
    return restore(damage(HEAD + text, listed, fold_width=False), pack)


@pytest.mark.parametrize(
    "text",
    [
        "企业去年“出海”的步伐加快，订单随之增加。",
        "车间“四保”的牌子挂了三年，人人会背。",
        "工厂今年春节前办了幸福“家庭”的评选活动。",
    ],
)
def test_a_stop_does_not_end_a_short_quotation(text: str, pack: Pack) -> None:
    assert "。”" not in restored(text, pack).text


def test_what_a_stop_cannot_stand_before() -> None:
    assert against_stop("他们已经学会", "、")
    assert not against_stop("他们已经学会", "这")


@pytest.mark.parametrize(
    "text",
    [
        "大棚里的收割、脱粒、烘干同时进行。",
        "她说全家的幸福、安康最要紧。",
        "那家工厂停、转、并了一批设备。",
    ],
)
def test_words_decide_between_near_rivals(text: str, pack: Pack) -> None:
    assert restored(text, pack).text == HEAD + text


def test_what_fits_only_a_choice_is_no_proof(pack: Pack) -> None:
    name = "\u6d77\u84af"
    for after in ("残留的云系", "的影响", "又在沿海登陆"):
        text = f"今年的台风“{name}”{after}，各地注意防范。"
        page = restored(text, pack)
        if page.text != HEAD + text:
            wrong = next(at for at, (one, two) in enumerate(zip(page.text, HEAD + text, strict=False)) if one != two)
            at = moved = 0
            for change in page.changes:
                moved += change.start - at
                assert not (change.proved and moved <= wrong < moved + len(change.after)), change
                moved += len(change.after)
                at = change.end


def test_a_folded_page_is_folded_inside_a_stretch(pack: Pack) -> None:
    text = HEAD + "这种材料不论规模、产地：都要实（试）验，结果应当公开。"
    page = damage(text, {"產", "規"}, fold_width=True)
    assert not set(restore(page, pack).text) & set("，：（）")


def test_words_are_weighed_alike() -> None:
    words = {"质量": 90, "质量管理": 12, "管理": 40, "理体系": 3, "体系": 55, "认": 1, "认证机构": 8, "機構": 2}
    logs, unread = word_logs(words, ["海康威视", "杭州"], dict.fromkeys("质量管理体系认证机构的了。", 5.0))
    compiled, plain = Words(logs, unread), PlainWords(logs, unread)
    chance = random.Random(3)
    for _ in range(2_000):
        text = "".join(
            chance.choices("质量管理体系认证机构的了。A0\ufffe\uffff😀海康威视", k=chance.randrange(3 * LONGEST))
        )
        assert compiled.score(text) == plain.score(text)
