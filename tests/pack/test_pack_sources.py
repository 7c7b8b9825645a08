"""The sources of the packs: what every line must have, and that nothing pretends to have been seen."""

from __future__ import annotations

from urllib.parse import urlsplit

import msgspec
import pytest

from shida.pack import Pack
from shida.pack.sources import Sources

WANTED = {
    "the State Council": "gov-cn-news",
    "the regulator": "samr-news",
    "drugs": "nmpa-news",
    "standards": "sac-news",
    "certification": "cnca-news",
    "metrology": "samr-metrology",
    "consumers": "cca-news",
    "中国质量报": "cqn-paper",
    "中国市场监管报": "cmrnn-news",
    "新华社": "xinhua-politics",
    "人民网": "people-politics",
    "中新社": "chinanews-china",
}


@pytest.mark.parametrize("what", sorted(WANTED))
def test_the_packs_have_a_source_for_it(pack: Pack, what: str) -> None:
    assert WANTED[what] in {source.name for source in pack.sources.sources}


def test_every_province_has_its_bureau(pack: Pack) -> None:
    bureaus = [source for source in pack.sources.sources if source.category.startswith("省级局/")]
    provinces = [line.split()[0] for line in pack.names.lists["cities"]]
    mainland = [name for name in provinces if name[:2] not in ("香港", "澳门", "台湾")]
    assert [name for name in mainland if not any(one.title.startswith(name) for one in bureaus)] == []


def test_every_source_is_whole_and_polite(pack: Pack) -> None:
    for source in pack.sources.sources:
        assert source.rank is not None, source.name
        assert source.category, source.name
        assert source.site, source.name
        assert source.minutes >= 30, source.name
        assert source.gap_seconds is None or source.gap_seconds >= 2, source.name
        assert source.unverified, f"{source.name}: nobody has looked at it from here"
        assert not source.off, source.name
        host = urlsplit(source.url).hostname or ""
        for shape in source.links:
            assert "*" in shape, source.name
            assert host.removeprefix("www.").split(".")[-3:][-2:] == shape.split("/")[2].split(".")[-2:], source.name
    addresses = [source.url for source in pack.sources.sources]
    assert len(addresses) == len(set(addresses))


def test_a_rank_is_that_of_the_name_where_the_names_know_it(pack: Pack) -> None:
    ranks = {word: name.rank for name in pack.names.names for word in (name.name, *name.aliases)}
    wrong = [one.name for one in pack.sources.sources if ranks.get(one.title, one.rank) != one.rank]
    assert wrong == []


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ('{ name = "A b", title = "甲", url = "https://example.cn/" }', "sources[0].name"),
        ('{ name = "a", title = "甲", url = "example.cn" }', "sources[0].url"),
        ('{ name = "a", title = "甲", url = "https://example.cn/", kind = "page" }', "sources[0].kind"),
        ('{ name = "a", title = "甲", url = "https://example.cn/", minute = 5 }', "sources[0]"),
        ('{ name = "a", url = "https://example.cn/" }', "sources[0]"),
        ('{ name = "a", title = "甲", url = "https://example.cn/", gap_seconds = -1 }', "sources[0].gap_seconds"),
    ],
)
def test_a_wrong_line_names_its_place(line: str, place: str) -> None:
    with pytest.raises(msgspec.ValidationError) as caught:
        msgspec.toml.decode(f"sources = [{line}]", type=Sources)
    assert place in str(caught.value).replace("[...]", "[0]")


def test_a_name_that_stands_there_twice_is_refused() -> None:
    line = '{ name = "a", title = "甲", url = "https://example.cn/" }'
    with pytest.raises(msgspec.ValidationError, match="twice"):
        msgspec.toml.decode(f"sources = [{line}, {line}]", type=Sources)
