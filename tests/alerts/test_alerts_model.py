"""Weeks of a newsroom at random, with kills: what is told is what a few lines of model say, each once."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import pytest
from alert_room import arrive, article, gone, looked, save, told

from shida.pack import Pack
from shida.store import Newsroom


class Model:
    """What a reader knows of each article, and what there is."""

    def __init__(self) -> None:
        self.there: dict[str, tuple[str, int, bool]] = {}
        """Article → text, page, withdrawn."""
        self.known: dict[str, tuple[str, bool]] = {}

    def look(self) -> list[tuple[str, str]]:
        found = []
        for name, (text, _, away) in sorted(self.there.items()):
            if name not in self.known:
                if "召回" in text:
                    found.append(("withdrawn" if away else "new", name))
                    self.known[name] = (text, away)
                continue
            before, was_away = self.known[name]
            if away != was_away:
                found.append(("withdrawn" if away else "returned", name))
                self.known[name] = (text, away)
            elif text != before and not away:
                found.append(("revised", name))
                self.known[name] = (text, away)
        return found


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_weeks_at_random_tell_what_the_model_tells(
    tmp_path: Path, pack: Pack, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw = random.Random(seed)
    model = Model()
    expected: list[tuple[str, str]] = []
    with Newsroom.open(tmp_path / "newsroom", create=True) as newsroom:
        watch = save(newsroom, pack, "召回")
        for step in range(40):
            name = draw.choice(list(model.there) or ["a-0"])
            text, page, away = model.there.get(name, ("", 0, False))
            match draw.choice(["come", "come", "revise", "again", "gone", "back", "look", "look", "kill"]):
                case "come":
                    name = f"a-{step}"
                    text = draw.choice(["甲厂召回玩具。", "天气晴好。", "乙厂不召回。"]) + f"之{step}。"
                    model.there[name] = (text, 0, False)
                    arrive(newsroom, article(name, text, page=f"p-{name}-0"))
                case "revise" if text and not away:
                    text = draw.choice(["改过的召回。", "改过的话。"]) + f"之{step}。"
                    model.there[name] = (text, page + 1, away)
                    # of pages of one day the greater hash counts; a later time is the later page
                    when = f"2026-11-21T{page // 60:02d}:{page % 60 + 1:02d}:00+08:00"
                    arrive(newsroom, article(name, text, page=f"p-{name}-{page + 1}", day=when))
                case "again" if text:  # the same page, by other rules
                    when = (
                        f"2026-11-21T{(page - 1) // 60:02d}:{(page - 1) % 60 + 1:02d}:00+08:00"
                        if page
                        else "2026-11-21"
                    )
                    arrive(newsroom, article(name, text, page=f"p-{name}-{page}", day=when, reader=f"rules {step}"))
                case "gone" | "back" as what if text:
                    model.there[name] = (text, page, what == "gone")
                    for number in range(page + 1):
                        gone(
                            newsroom,
                            f"p-{name}-{number}",
                            f"2026-11-22T{step % 24:02d}:00:00+08:00" if what == "gone" else None,
                        )
                case "kill":
                    with monkeypatch.context() as patched:

                        def killed(*_: object) -> None:
                            raise sqlite3.OperationalError("killed")

                        patched.setattr("shida.store.watches.queue", killed)
                        with pytest.raises(sqlite3.OperationalError):
                            looked(newsroom, pack)
                case "look":
                    expected += sorted(model.look())
                    looked(newsroom, pack)
                    assert sorted(told(newsroom, watch)) == sorted(expected), step
        expected += model.look()
        looked(newsroom, pack)
        assert sorted(told(newsroom, watch)) == sorted(expected)
        ids = [alert.id for _, alert in newsroom.watches.alerts(of=watch.id)]
        assert len(set(ids)) == len(ids)
