"""Every list of the packs is checked, and a wrong line is told with its file and what to do."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from shida.pack import Pack, load_packs, pack_names
from shida.pack.checking import check_pack
from shida.pack.documents import ActWord, read_law
from shida.pack.happenings import Series
from shida.pack.names import Name

PACKS = Path(__file__).resolve().parents[2] / "src" / "shida" / "packs"


def test_the_packs_are_well(pack: Pack) -> None:
    assert check_pack(pack) == ()


@pytest.mark.parametrize("name", pack_names())
def test_every_pack_says_what_may_enter(name: str) -> None:
    readme = (PACKS / name / "README.md").read_text()
    for file in sorted((PACKS / name).glob("*.toml")):
        assert f"`{file.name}`" in readme, file
    for section in ("documents", "figures", "happenings", "names"):
        file = PACKS / name / f"{section}.toml"
        assert not file.is_file() or "hat may enter" in file.read_text()[:2000], file


@pytest.mark.parametrize(
    ("section", "change", "said"),
    [
        ("names", {"names": (Name(name="甲局", kind="authority", rank=2, parent="没有的部"),)}, "is no name"),
        ("names", {"names": (Name(name="甲局", kind="authority", rank=2, since="2020", until="2019"),)}, "ends before"),
        ("names", {"names": (Name(name="甲局", kind="authority"),)}, "no rank"),
        (
            "names",
            {
                "names": (
                    Name(name="甲局", kind="authority", rank=2, aliases=("甲",)),
                    Name(name="乙局", kind="authority", rank=2, aliases=("甲",)),
                )
            },
            "two bodies on one day",
        ),
        ("documents", {"acts": (ActWord(word="宣读", stage="read"),)}, "is none of"),
        ("documents", {"lists": {"laws": ("甲法|1号|2020-02-31x||",)}}, "not YYYY-MM-DD"),
        ("documents", {"lists": {"laws": ("甲法|一号|2021-01-01|2020-01-01|",)}}, "before it was made"),
        ("documents", {"lists": {"laws": ("甲法||||", "中华人民共和国甲法||||")}}, "stands twice"),
        ("figures", {"not_after_unit": {"甲": ("乙",)}}, "is no unit"),
        ("happenings", {"series": (Series(name="甲会", kind="conference", aliases=("甲会",)),)}, "stands twice"),
        ("happenings", {"products": {"甲": ()}}, "has no word"),
    ],
)
def test_what_is_wrong_is_told(section: str, change: dict[str, object], said: str) -> None:
    pack = load_packs()
    wrong = msgspec.structs.replace(getattr(pack, section), **change)
    findings = check_pack(msgspec.structs.replace(pack, **{section: wrong}))
    assert any(said in finding for finding in findings), findings
    assert all(finding.startswith(f"{section}.toml: ") for finding in findings)


def test_a_law_has_its_days(pack: Pack) -> None:
    law = pack.documents.law("中华人民共和国反垄断法")
    assert law is not None
    assert (law.made, law.in_force, law.amended) == ("2007-08-30", "2008-08-01", "2022-06-24")
    assert pack.documents.law("反垄断法") == law
    assert read_law("甲条例||||").number is None


def test_a_series_goes_by_all_its_names(pack: Pack) -> None:
    assert "中国国际进口博览会" in pack.happenings.names_for("进博会")
    assert pack.happenings.product_class("部分进口儿童推车") == "儿童用品"
