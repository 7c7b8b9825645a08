"""`shida collect` of a thousand pages over twenty hosts, or killed twice: none is lost, none asked too often."""

from __future__ import annotations

from pathlib import Path

from thousand import Hosts

from shida.store import Newsroom

HOSTS, EACH = 20, 50
FEWER = 15
"""Pages a host in the test that starts the program four times; `python -m bench collect` kills it among a thousand."""


def test_pages_of_twenty_hosts_killed_and_resumed(tmp_path: Path) -> None:
    home = tmp_path / "newsroom"
    with Hosts(HOSTS, FEWER) as hosts:
        hosts.prepare(home)
        for kill_after in (80, 90):
            assert hosts.collect(home, kill_after=kill_after).code < 0
        done = hosts.collect(home)
        assert done.code == 0, done.said
        assert hosts.collect(home).said.startswith("nothing is due")
        asked = hosts.pages_asked()
        assert hosts.overlaps() == 0
    with Newsroom.open(home) as newsroom:
        assert newsroom.counts()["pages"] == HOSTS * FEWER
        assert newsroom.counts()["dropped"] == 0
        assert len(newsroom.visits.states()) == HOSTS
    # What a kill costs is one batch that was not yet kept, and what was on its way; no more than that is fetched twice.
    assert asked <= HOSTS * FEWER + 2 * (20 + 8 + HOSTS)


def test_memory_stays_flat_and_nothing_is_fetched_twice(tmp_path: Path) -> None:
    home = tmp_path / "newsroom"
    with Hosts(HOSTS, EACH) as hosts:
        hosts.prepare(home)
        done = hosts.collect(home)
        assert done.code == 0, done.said
        assert "collect 20 sources in 1,000 new pages out" in done.said
        assert hosts.pages_asked() == HOSTS * EACH
        assert hosts.overlaps() == 0
    if done.memory_at_first:  # where the system tells
        assert done.most_memory - done.memory_at_first < 20 * 1024, "the pages together are 40 MB"
