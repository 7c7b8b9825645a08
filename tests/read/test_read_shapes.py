"""Every page shape reads its own page; a redesigned page says so; the page of a shape would also be read without it."""

from __future__ import annotations

import json
from importlib import resources

import pytest
from test_read_layouts import article_of

from shida.pack import Pack
from shida.pack.reading import Shape, load_shapes
from shida.records import Page

SHAPES = load_shapes(("quality", "general"))


def file_of(shape: Shape, name: str) -> bytes:
    for pack_name in ("quality", "general"):
        file = resources.files("shida") / "packs" / pack_name / "sources" / name
        if file.is_file():
            return file.read_bytes()
    raise AssertionError(name)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: f"{shape.name}-{shape.valid_from}")
def test_a_shape_reads_its_page(shape: Shape, pack: Pack) -> None:
    expected = json.loads(file_of(shape, shape.expected))
    page = Page(id="p-0", name=shape.page, content=file_of(shape, shape.page), url=expected.pop("url"))
    article = article_of(page, pack)
    got = {name: article.text if name == "body" else getattr(article, name) for name in expected}
    assert got == expected


def test_a_redesigned_page_is_flagged_and_still_read(pack: Pack) -> None:
    shape = next(shape for shape in SHAPES if shape.name == "gov-cn")
    content = file_of(shape, shape.page).replace(b"UCAP-CONTENT", b"new").replace(b"pages_content", b"new")
    page = Page(id="p-0", name="x", content=content, url="https://www.gov.cn/lianbo/a.htm")
    article = article_of(page, pack)
    assert "shape_failed" in article.flags
    assert article.reader == "lines/1"
    assert "公平秤试点" in article.text


def test_another_host_has_no_shape(pack: Pack) -> None:
    shape = next(shape for shape in SHAPES if shape.name == "gov-cn")
    page = Page(
        id="p-0", name="x", content=file_of(shape, shape.page), url="https://www.gov.cn.example.com/lianbo/a.htm"
    )
    assert article_of(page, pack).flags == ()
