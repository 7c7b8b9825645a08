"""Characters never read together: found where they met, searched for where nothing else fits, proved by nobody."""

from __future__ import annotations

import pytest

from shida.pack import Pack
from shida.restore import damage, restore, shifted
from shida.restore.ends import ends_of
from shida.restore.hidden import Hidden
from shida.restore.language import Language, language_of
from shida.restore.pairs import Piece
from shida.restore.paths import ALIGNED, Hypothesis, pieces_of, read_tokens
from shida.restore.shifted import Search
from shida.restore.syllables import Notes

HEAD = "关于印发质量发展规划的通知，这里的标准应当执行，现场检验发现问题时处罚。"
SENTENCES = (
    "海康今年常开新店，保险柜、玻璃和砖都在模具厂里做好。",
    "校长说“质量月”来了，停靠在江边的船要查一遍。",
    "福康社区的老人看着窗外……没有说话，专门来的护士给他量了血压。",
    "粒子波动的实验室里，希望小学的孩子们提了二十个问题！",
    "祝贺他们：2026年的第3批产品全部合格——这不容易，常客也这样说。",
)


@pytest.fixture(scope="module")
def language(pack: Pack) -> Language:
    return language_of(None, pack.restoring)


@pytest.mark.parametrize(
    ("text", "two"),
    [
        ("游船停靠在禧络桥下的码头。", "禧络"),
        ("游船停靠在棣团桥下的码头。", "棣团"),
        ("客船停靠的席天镇里有三家旅店。", "席天"),
    ],
)
def test_two_never_read_with_a_neighbour_are_found_where_they_met(
    text: str, two: str, pack: Pack, language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, _, after = text.partition(two)
    assert not language.often(two)
    assert not language.often(before[-1] + two[0]) or not language.often(two[1] + after[0])
    monkeypatch.delattr(Search, "solve")  # nothing is searched for
    restored = restore(damage(HEAD + text, fold_width=False), pack)
    assert restored.text == HEAD + text
    assert [change.proved for change in restored.changes if two in change.after] == [False]


def test_the_likeliest_two_come_from_both_halves(pack: Pack, language: Language) -> None:
    hidden = ends_of(language).hidden
    lead, trail = "禧".encode("gbk")[0], "络".encode("gb18030")[1]
    found = hidden.never(lead, trail, "在", "桥", -1e9, read=False)
    assert found == Hidden(language).never(lead, trail, "在", "桥", -1e9, read=False)
    assert len(found) > len(hidden.never(lead, trail, "在", "桥", -1e9))
    assert all(not language.often(two) for _, two in found)


def test_what_reads_too_badly_is_no_chain(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two such pairs in a row: what follows the first is wrong itself, and nothing reads well before it."""
    asked: list[int] = []

    def solve(_: Search, text: str, start: int, end: int, context: str) -> tuple[list[Piece], int]:
        asked.append(start)
        return [], start

    monkeypatch.setattr(Search, "solve", solve)
    restore(damage(HEAD + "客船停靠的席天席天镇里有三家旅店。", fold_width=False), pack)
    assert asked


@pytest.mark.parametrize(
    "text", ["读了专科另据卡塔尔的代表团介绍，", "专科的另据卡塔尔的代表团介绍，", "专科了另据卡塔尔的代表团介绍，"]
)
def test_two_never_read_together_are_found_once_what_follows_is_known(text: str, pack: Pack) -> None:
    """据卡 met where 塔 and 尔 met behind: the first are chosen again when it is known what the others were."""
    text = HEAD + text + "比赛照常。"
    assert restore(damage(text, fold_width=False), pack).text == text


@pytest.mark.parametrize("thorough", [False, True])
@pytest.mark.parametrize("fold", [False, True])
def test_a_search_leaves_out_nothing_that_would_be_kept(
    fold: bool, thorough: bool, language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = damage("\n".join(SENTENCES), frozenset("質產務"), fold_width=fold)
    notes = Notes(page, lambda: {"質": "zhì", "產": "chǎn"})
    search = Search(language, notes, ends_of(language).hidden)
    search.thorough = thorough
    places = [at for at in range(1, len(page)) if page[at] == "?"]
    assert len(places) > 3

    def found() -> list[tuple[list[Piece], int]]:
        return [search.search(page, at, len(page), "的" + page[at - 1 : at]) for at in places]

    few = found()
    monkeypatch.setattr(shifted, "nsmallest", lambda _, options: sorted(options))
    assert found() == few
    assert any(pieces for pieces, _ in few)


def test_what_was_read_beside_neither_neighbour_is_not_proved() -> None:
    tokens = list(read_tokens("質廠標標標", 0, 5))
    read = {"的质", "标准"}

    def piece(text: str) -> list[tuple[str, bool]]:
        one = Hypothesis(0.0, "量的", ALIGNED, None, "", 0, 0, True)
        for at, character in enumerate(text):
            one = Hypothesis(0.0, one.context[1:] + character, ALIGNED, one, character, at, at + 1, True)
        pieces = pieces_of(tokens, [one], lambda two: float(two in read))
        return [(piece.after, piece.known) for piece in pieces]

    assert piece("质砃里面") == [("质", True), ("砃", False), ("里", False), ("面", False)]
    assert piece("质5标准量")[0] == ("质5标准", True)
