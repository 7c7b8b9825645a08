"""What reading needs to know: labels of source and editor lines, words that end a body, words of navigation."""

from __future__ import annotations

from shida.pack.sections import Section


class Reading(Section, frozen=True, kw_only=True):
    """`reading.toml`. All words are matched as they stand; a label is followed by a colon or by the value itself."""

    source_labels: tuple[str, ...] = ()
    """来源, 稿源: what stands behind is where the text came from."""
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
    noise_words: tuple[str, ...] = ()
    """A short line made of these alone is none of the text: 打印, 关闭, 字号."""
    top_list_words: tuple[str, ...] = ()
    """A heading with one of these names a top-ten list: 十大, 十佳."""
    unranked_words: tuple[str, ...] = ()
    """排名不分先后, 按时间先后: the numbers of a list are no ranks."""
    issuer_labels: tuple[str, ...] = ()
    number_labels: tuple[str, ...] = ()
    index_labels: tuple[str, ...] = ()
    notice_labels: tuple[str, ...] = ()
    """Other labels of the table above a government notice, so that its cells are told from text."""
