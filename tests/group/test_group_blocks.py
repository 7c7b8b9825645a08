"""Articles are worked on in blocks, and no result tells of it; what a table finds is what the plain way finds."""

from __future__ import annotations

import random

import numpy as np
import pytest

from shida.group import Grouper, grouper
from shida.group.letters import letters
from shida.group.postings import KEYS, LATEST, Postings
from shida.group.sharing import Sharing
from shida.group.sketches import CROWDED, Sketches, sketches_of
from shida.group.vectors import Digester
from shida.pack import Pack
from shida.records import Article
from shida.text.ngrams import plain
from shida.text.similarity import shingles, sketch

PLACES = ["青石河", "云岭", "松江口", "白沙湾", "柳湾", "临江"]
MATTERS = ["洪水", "大桥", "博物馆", "列车", "疫苗", "果园"]


def newsroom(seed: int) -> list[Article]:
    """Made-up articles of few places and matters, so that stories meet and merge, with copies and undated ones."""
    rng = random.Random(seed)
    articles: list[Article] = []
    for number in range(120):
        place, matter = rng.choice(PLACES), rng.choice(MATTERS)
        text = "".join(
            f"{place}{rng.choice(MATTERS)}{rng.choice('进展情况最新消息')}，{rng.choice(PLACES)}有"
            f"{rng.randint(2, 900)}人参与{matter}工作。"
            for _ in range(rng.randint(1, 5))
        )
        if articles and rng.random() < 0.25:
            text = "转载：" + rng.choice(articles).text
        day = None if rng.random() < 0.05 else f"2024-06-{rng.randint(1, 21):02d}"
        kind = "list" if rng.random() < 0.05 else "article"
        title = f"第{rng.randint(1, 3)}届{place}{matter}" if rng.random() < 0.3 else f"{place}{matter}"
        articles.append(Article(id=f"n{number}", page="p", title=title, text=text, published=day, kind=kind))  # type: ignore[arg-type]
    return articles


def test_a_block_of_one_and_of_many_end_the_same(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    merged = 0
    for seed in range(4):
        articles = newsroom(seed)
        found = []
        for size in (1, 7, 256):
            monkeypatch.setattr(grouper, "BLOCK", size)
            carried = Grouper(pack)
            carried.add(articles[:70])
            carried.add(articles[70:])
            found.append(carried.stories())
        assert found[0] == found[1] == found[2]
        merged += sum(len(story.aliases) for story in found[0])
    assert merged  # else the hardest part was not tried


def test_the_order_of_the_input_tells_nothing(pack: Pack) -> None:
    articles = newsroom(9)
    first = Grouper(pack).add(articles)
    random.Random(1).shuffle(articles)
    assert Grouper(pack).add(articles) == first


def test_digests_of_a_block_are_those_of_each_alone(pack: Pack) -> None:
    articles = newsroom(3)
    together = Digester(pack).digests(articles)
    digester = Digester(pack)
    for one, article in zip(together, articles, strict=True):
        alone = digester.digest(article)
        assert (one.order, one.day, one.marks) == (alone.order, alone.day, alone.marks)
        assert one.weights.tolist() == alone.weights.tolist()
        assert len(one.words) == len(one.weights)


def test_letters_are_those_of_plain() -> None:
    rng = random.Random(4)
    signs = "质量强国Ａｂ９ ，。：％㎡℃①Ⅲ½ñe\u0301ガｶﾞΣσ\ud800😀ß\x00\u3099·—…（）《》"
    texts = ["".join(rng.choice(signs) for _ in range(rng.randint(0, 12))) for _ in range(2000)]
    texts += [chr(code) for code in range(0x10000)]
    points, lengths = letters(texts)
    ends = np.cumsum(lengths).tolist()
    for text, length, end in zip(texts, lengths.tolist(), ends, strict=True):
        assert points[end - length : end].tobytes().decode("utf-32-le", "surrogatepass") == plain(text)


def test_sketches_of_many_are_those_of_each() -> None:
    rng = random.Random(5)
    texts = ["".join(rng.choices("质量强国建设纲要第一二三四五六", k=rng.randint(0, 900))) for _ in range(80)]
    hashes, lengths = sketches_of(*letters(texts))
    ends = np.cumsum(lengths).tolist()
    for text, length, end in zip(texts, lengths.tolist(), ends, strict=True):
        wanted = sketch(shingles(text)) if len(text) > 2 else []
        assert hashes[end - length : end].tolist() == [hashed >> 8 & 0xFFFFFFFF for hashed in wanted]


def test_postings_lead_to_the_latest() -> None:
    rng = random.Random(6)
    postings = Postings()
    rows: list[list[int]] = []
    for _ in range(6):
        block = [rng.sample(range(20), rng.randint(0, KEYS)) for _ in range(30)]
        words = np.array([word for row in block for word in row], dtype=np.int64)
        entries = postings.post(words, np.array([len(row) for row in block]))
        which, found = postings.before(entries)
        place = 0
        for row in block:
            for word in row:
                wanted = [number for number, other in enumerate(rows) if word in other][-LATEST:]
                assert sorted(found[which == place].tolist()) == wanted
                place += 1
            rows.append(row)


def test_sharing_follows_the_block() -> None:
    rng = random.Random(7)
    texts = [sorted(rng.sample(range(40), rng.randint(0, 12))) for _ in range(90)]
    original = [rng.random() < 0.7 for _ in texts]
    led: dict[int, list[int]] = {}
    wanted = []
    for number, hashes in enumerate(texts):
        counts: dict[int, int] = {}
        for hashed in hashes:
            if len(led.get(hashed, [])) < CROWDED:
                for owner in led.get(hashed, []):
                    counts[owner] = counts.get(owner, 0) + 1
        wanted.append({owner: count for owner, count in counts.items() if count > 1})
        for hashed in hashes if original[number] else []:
            if len(led.setdefault(hashed, [])) < CROWDED:
                led[hashed].append(number)
    kept, found = Sketches(), []
    numbers: list[int] = []
    for begin in range(0, len(texts), 9):
        block = texts[begin : begin + 9]
        starts = [0, *np.cumsum([len(text) for text in block]).tolist()]
        sharing = Sharing(kept, np.array([one for text in block for one in text], dtype=np.uint32), starts)
        for place in range(len(block)):
            found.append({numbers[owner]: count for owner, count in sharing.of(place) if count > 1})
            if original[begin + place]:
                numbers.append(begin + place)
                assert sharing.keep(place) == len(numbers) - 1
        sharing.close()
    assert found == wanted
