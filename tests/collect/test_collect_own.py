"""A newsroom's own sources beside those of the packs: each address is visited once."""

from __future__ import annotations

from pathlib import Path

from shida.collect.opml import write_opml
from shida.collect.own_sources import all_sources, name_of, subscription_of, toml_of
from shida.records import Source

PACK = (
    Source(name="paper", title="江城日报", url="https://paper.example.cn/rss.xml", rank=4, category="地方"),
    Source(name="office", title="江城市局", url="https://office.example.cn/list/", kind="list", rank=3),
)


def test_feeds_written_out_and_read_in_again_add_none(tmp_path: Path) -> None:
    feeds = [subscription_of(one) for one in PACK if one.kind == "feed"]
    (tmp_path / "feeds.opml").write_text(write_opml(feeds, "十大"))
    assert all_sources(tmp_path, PACK) == PACK
    (tmp_path / "sources.toml").write_text('off = ["*"]\n')
    (own,) = all_sources(tmp_path, PACK)
    assert (own.name, own.url) == (name_of(PACK[0].url), PACK[0].url)


def test_of_two_with_one_address_the_one_a_person_named_counts(tmp_path: Path) -> None:
    mine = Source(name="my-office", title="市局", url=PACK[1].url, kind="list", minutes=60)
    (tmp_path / "sources.toml").write_text(toml_of(mine))
    assert all_sources(tmp_path, PACK) == (mine, PACK[0])


def test_several_sources_of_the_pack_may_share_an_address_of_none(tmp_path: Path) -> None:
    twins = (PACK[0], Source(name="paper-2", title="江城日报", url=PACK[0].url))
    assert all_sources(tmp_path, twins) == twins
