"""What reading needs to know: labels of source and editor lines, words that end a body, words of navigation."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Literal

import msgspec

from shida.errors import PackError
from shida.pack.sections import Section


class ScriptPager(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the pages of one publishing system say in a script how many of them there are: a call, or two variables."""

    call: str | None = None
    """Name of the function that writes the links: createPageHTML."""
    arguments: tuple[Literal["count", "current", "name", "ending", "other"], ...] = ()
    """What its arguments are, in order; behind the last that is named there may be others."""
    count: str | None = None
    """Name of the variable that holds how many pages there are, where no call says it."""
    current: str | None = None
    """Name of the variable that holds the page's own number."""
    first: int = 0
    """The number that such a script gives to the first page."""
    second: int = 1
    """The number in the address of the second page: NAME_1.ENDING."""


class Reading(Section, frozen=True, kw_only=True):
    """`reading.toml`. All words are matched as they stand; a label is followed by a colon or by the value itself."""

    source_labels: tuple[str, ...] = ()
    """来源, 稿源: what stands behind is where the text came from."""
    source_endings: tuple[str, ...] = ()
    """How names of media end: 日报, 电视台. A name beside the date that ends so is the source."""
    site_endings: tuple[str, ...] = ()
    """How names of sites end that stand behind a title in <title>: 市场监督管理局, 新闻网."""
    author_labels: tuple[str, ...] = ()
    editor_labels: tuple[str, ...] = ()
    poster_labels: tuple[str, ...] = ()
    """楼主, 发布者: who put it there; used where no author and no editor is named."""
    date_labels: tuple[str, ...] = ()
    """发布时间: a date behind it is the page's own."""
    other_date_labels: tuple[str, ...] = ()
    """今天是, 注册时间, 成文日期: a date behind it is never the page's own."""
    end_words: tuple[str, ...] = ()
    """A line that begins with one of these ends the body: 相关报道, 网友评论, 版权声明."""
    end_inside: tuple[str, ...] = ()
    """A short line with one of these anywhere in it ends the body: …版权与免责声明."""
    comment_words: tuple[str, ...] = ()
    """Those of `end_words` behind which readers speak: what follows is hardly ever the body."""
    site_words: tuple[str, ...] = ()
    """关于我们, 友情链接: what follows is about the site."""
    act_words: tuple[str, ...] = ()
    """通过, 施行: a date in a line with one of these is an act's, not the page's."""
    counter_words: tuple[str, ...] = ()
    """阅读, 浏览: a short line that counts these is none of the text."""
    boilerplate_words: tuple[str, ...] = ()
    """A line with one of these is the site's, not the text's: 版权所有, 未经授权."""
    noise_words: tuple[str, ...] = ()
    """A short line made of these alone is none of the text: 打印, 关闭, 字号."""
    top_list_words: tuple[str, ...] = ()
    """A heading with one of these names a top-ten list: 十大, 十佳."""
    unranked_words: tuple[str, ...] = ()
    """排名不分先后, 按时间先后: the numbers of a list are no ranks."""
    error_words: tuple[str, ...] = ()
    """页面不存在, Bad Gateway: a short undated page with one of these is an error, no article."""
    wall_words: tuple[str, ...] = ()
    """请登录后: a short undated page with one of these asks for something instead of saying something."""
    selling_words: tuple[str, ...] = ()
    """立即抢购, 包邮: three different ones in a short undated text make an advertisement."""
    surnames: tuple[str, ...] = ()
    """One character after the other, white space between them or not."""
    double_surnames: tuple[str, ...] = ()
    long_name_starts: tuple[str, ...] = ()
    """How names of four syllables begin that have no dot (格桑边觉)."""
    not_names: tuple[str, ...] = ()
    """Words that follow a role and are no names: 获悉, 近日."""
    not_name_endings: tuple[str, ...] = ()
    """How names of offices end (计量处), though they begin like a person's."""
    issuer_labels: tuple[str, ...] = ()
    number_labels: tuple[str, ...] = ()
    index_labels: tuple[str, ...] = ()
    notice_labels: tuple[str, ...] = ()
    """Other labels of the table above a government notice, so that its cells are told from text."""
    script_pagers: tuple[ScriptPager, ...] = ()
    """Scripts that write the links to a page's further pages."""


class Shape(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the pages of one site are built, from one day on: a CSS selector for each part.

    A part without a selector, or whose selector finds nothing, is read by the general reader. `page` and `expected`
    name files beside the TOML: a page of that shape and what must be read from it.
    """

    name: str
    hosts: tuple[str, ...]
    """`www.gov.cn`, or `*.samr.gov.cn` for a host and all below it."""
    valid_from: str
    """ISO day. Of the shapes of a host the newest that fits a page is used, so an old one may stay."""
    body: str
    paths: tuple[str, ...] = ()
    """How the path of an address begins; none: any."""
    title: str | None = None
    date: str | None = None
    source: str | None = None
    author: str | None = None
    editor: str | None = None
    drop: tuple[str, ...] = ()
    """What inside the body is no text."""
    page: str
    expected: str
    unverified: bool = False
    """Written from what others say of the site, not seen on it."""


class _SourceFile(msgspec.Struct, frozen=True, kw_only=True):
    """The part of `sources/*.toml` that reading needs; feeds and manners are somebody else's."""

    shapes: tuple[Shape, ...] = ()


@cache
def load_shapes(pack_names: tuple[str, ...]) -> tuple[Shape, ...]:
    """All page shapes of the packs called `pack_names`, the newest first.

    Raises PackError with the file, the place in it, and what to do.

    >>> all(shape.body for shape in load_shapes(("quality", "general")))
    True
    """
    found: list[Shape] = []
    for pack_name in pack_names:
        folder = resources.files("shida") / "packs" / pack_name / "sources"
        if not folder.is_dir():
            continue
        for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
            if not file.name.endswith(".toml"):
                continue
            place = f"{pack_name}/sources/{file.name}"
            try:
                shapes = msgspec.toml.decode(file.read_bytes(), type=_SourceFile).shapes
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                raise PackError(f"{place}: {error}. Correct it and run: shida check") from error
            for shape in shapes:
                for beside in (shape.page, shape.expected):
                    if "/" in beside or not (folder / beside).is_file():
                        raise PackError(
                            f"{place}: the shape {shape.name!r} names {beside!r}, which is not a file beside it. "
                            "Correct it and run: shida check"
                        )
            found.extend(shapes)
    return tuple(sorted(found, key=lambda shape: (shape.valid_from, shape.name), reverse=True))
