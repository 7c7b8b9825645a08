"""The site's folder: whole or not there, unchanged files untouched, strangers' files left alone."""

from __future__ import annotations

from pathlib import Path

import paper_newsroom
import pytest

from shida.errors import InputError, NewsroomBusy
from shida.pack import Pack
from shida.publish import Content, publish
from shida.publish.folder import SiteFolder
from shida.settings import Settings

PACK = Pack(pack_names=(), digests={})


def build(content: Content, out: Path) -> object:
    return publish(content, out, settings=Settings(), pack=PACK, as_of=paper_newsroom.AS_OF)


def stamps(site: Path) -> dict[str, int]:
    return {str(file.relative_to(site)): file.stat().st_mtime_ns for file in site.rglob("*.*") if file.is_file()}


def test_a_second_build_touches_only_what_changed(tmp_path: Path) -> None:
    content = paper_newsroom.small_newsroom()
    first = publish(content, tmp_path / "site", settings=Settings(), pack=PACK, as_of=paper_newsroom.AS_OF)
    before = stamps(tmp_path / "site")
    again = publish(content, tmp_path / "site", settings=Settings(), pack=PACK, as_of=paper_newsroom.AS_OF)
    assert (again.written, again.kept) == (0, first.files)
    more = paper_newsroom.one_item().articles
    grown = Content(**{**content.__dict__, "articles": [*content.articles, *more]})
    third = publish(grown, tmp_path / "site", settings=Settings(), pack=PACK, as_of=paper_newsroom.AS_OF)
    assert 1 < third.written < 50  # lists and feeds in both scripts, one article, no other
    after = stamps(tmp_path / "site")
    assert after["article/a-000.html"] == before["article/a-000.html"]
    assert after["hant/story/s-00.html"] == before["hant/story/s-00.html"]
    assert after["wire.html"] != before["wire.html"]


def test_an_article_that_went_away_goes_from_the_site(tmp_path: Path) -> None:
    build(paper_newsroom.small_newsroom(), tmp_path / "site")
    assert (tmp_path / "site/article/a-bad.html").exists()
    report = publish(Content(articles=()), tmp_path / "site", settings=Settings(), pack=PACK, as_of="2026-11-22")
    assert report.removed > 30
    assert not (tmp_path / "site/article/a-bad.html").exists()


def test_a_failed_build_leaves_the_old_site(tmp_path: Path) -> None:
    build(paper_newsroom.one_item(), tmp_path / "site")
    before = stamps(tmp_path / "site")
    broken = paper_newsroom.small_newsroom()

    def fails(page: str) -> bytes | None:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        build(Content(**{**broken.__dict__, "page_bytes": fails}), tmp_path / "site")
    assert stamps(tmp_path / "site") == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site"]


def test_a_kill_between_the_renames_is_mended(tmp_path: Path) -> None:
    build(paper_newsroom.one_item(), tmp_path / "site")
    (tmp_path / "site").rename(tmp_path / ".site.old")
    (tmp_path / ".site.new").mkdir()
    with pytest.raises(RuntimeError), SiteFolder(tmp_path / "site"):
        raise RuntimeError
    assert (tmp_path / "site/index.html").exists()


def test_a_strangers_folder_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(InputError, match="Give an empty folder"):
        build(paper_newsroom.one_item(), tmp_path)
    assert (tmp_path / "thesis.txt").read_text() == "years of work"
    with pytest.raises(InputError, match="is a file"):
        build(paper_newsroom.one_item(), tmp_path / "thesis.txt")


def test_files_a_person_put_into_the_site_stay(tmp_path: Path) -> None:
    build(paper_newsroom.one_item(), tmp_path / "site")
    (tmp_path / "site/CNAME").write_text("news.example.org")
    build(paper_newsroom.small_newsroom(), tmp_path / "site")
    assert (tmp_path / "site/CNAME").read_text() == "news.example.org"


def test_two_builds_at_once_are_refused(tmp_path: Path) -> None:
    with SiteFolder(tmp_path / "site"), pytest.raises(NewsroomBusy):
        build(paper_newsroom.one_item(), tmp_path / "site")


def test_a_lock_whose_file_went_away_is_no_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between opening the lock and holding it, its owner may have finished and taken the file away."""
    import os

    opened: list[int] = []
    real = os.open

    def open_late(path: str | Path, *rest: int, **named: int) -> int:
        descriptor = real(path, *rest, **named)
        if str(path).endswith(".lock"):
            opened.append(descriptor)
            if len(opened) == 1:
                os.unlink(path)
        return descriptor

    monkeypatch.setattr(os, "open", open_late)
    with SiteFolder(tmp_path / "site"):
        assert len(opened) == 2
        with pytest.raises(NewsroomBusy):
            SiteFolder(tmp_path / "site").__enter__()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site"]


def test_a_damaged_list_of_files_means_a_full_build(tmp_path: Path) -> None:
    build(paper_newsroom.one_item(), tmp_path / "site")
    (tmp_path / "site/.shida-site.json").write_bytes(b"{\xff")
    report = publish(paper_newsroom.one_item(), tmp_path / "site", settings=Settings(), pack=PACK, as_of="2026-11-22")
    assert report.kept == 0


def test_a_file_taken_over_is_never_written_into(tmp_path: Path) -> None:
    with SiteFolder(tmp_path / "site") as folder:
        folder.put("a.html", "old", "key")
    with SiteFolder(tmp_path / "site") as folder:
        assert folder.keep("a.html", "key")
        folder.put("a.html", "new")
        assert (tmp_path / "site/a.html").read_text() == "old"
        assert (folder.written, folder.kept) == (1, 0)
    assert (tmp_path / "site/a.html").read_text() == "new"


def test_a_page_whose_twin_is_missing_is_made_again(tmp_path: Path) -> None:
    build(paper_newsroom.one_item(), tmp_path / "site")
    (tmp_path / "site/hant/article/a-1.html").unlink()
    again = publish(paper_newsroom.one_item(), tmp_path / "site", settings=Settings(), pack=PACK, as_of="2026-11-22")
    assert again.written == 1
    assert (tmp_path / "site/hant/article/a-1.html").exists()


def test_a_missing_file_is_made_again(tmp_path: Path) -> None:
    build(paper_newsroom.one_item(), tmp_path / "site")
    (tmp_path / "site/article/a-1.html").unlink()
    build(paper_newsroom.one_item(), tmp_path / "site")
    assert (tmp_path / "site/article/a-1.html").exists()
