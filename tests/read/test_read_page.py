"""Pages of every kind → articles, and what is refused."""

from __future__ import annotations

import json
import time
from pathlib import Path

import msgspec
import pytest

from shida.pack import Pack
from shida.read import page_text, read
from shida.read.contract import to_contract
from shida.records import ARTICLE_JSON, Article, Change, Dropped, Gap, Page, Restored

TODAY = "2026-11-22"
PARAGRAPHS = (
    "本市市场监管局昨天公布了一批玩具的抽查结果，三十家商店里有两家的商品不合格。",
    "记者在现场看到，工作人员为每件样品编号、拍照，再送到实验室去检验。",
    "负责人说，下个月还要再查一次，结果同样会向大家公布。",
)
HTML = f"""<html><head><meta charset="utf-8"><title>三十家商店的玩具抽查结果公布-江城市场网</title></head><body>
<div class="nav"><a href="/">首页</a> <a href="/a">要闻</a> <a href="/b">质量</a></div>
<div id="main"><h1>三十家商店的玩具抽查结果公布</h1>
<div class="info">2025年03月05日 10:30　来源：江城市场报　作者：林小雨</div>
<div class="content"><p>{"</p><p>".join(PARAGRAPHS)}</p></div>
<p>（责任编辑：周平）</p>
<div class="related"><h3>相关新闻</h3><ul><li><a href="/1">另一件事情的标题在这里 2025-01-02</a></li></ul></div></div>
<div class="footer">京ICP备12345678号-1　京公网安备 11010102000001号</div></body></html>"""


def page_of(content: bytes, **fields: str) -> Page:
    return Page(id="p-0123456789abcdef", name="page", content=content, **fields)


def article_of(page: Page, pack: Pack, restored: Restored | None = None, today: str | None = TODAY) -> Article:
    text = page_text(page)
    assert not isinstance(text, Dropped), text
    got = read(page, restored or Restored(text=text.text), pack, today=today)
    assert not isinstance(got, Dropped), got
    (article,) = got
    return article


@pytest.mark.parametrize(("codec", "label"), [("utf-8", "utf-8"), ("gb18030", "gb2312"), ("gb18030", "utf-8")])
def test_an_html_page_is_read_whole(pack: Pack, codec: str, label: str) -> None:
    article = article_of(page_of(HTML.replace('charset="utf-8"', f'charset="{label}"').encode(codec)), pack)
    assert article.title == "三十家商店的玩具抽查结果公布"
    assert article.text.split("\n")[:3] == list(PARAGRAPHS)
    assert (article.published, article.published_how) == ("2025-03-05T10:30+08:00", "line")
    assert (article.source, article.author, article.editor) == ("江城市场报", "林小雨", "周平")
    assert (article.site.icp, article.site.public_security_filing) == (
        "京ICP备12345678号-1",
        "京公网安备 11010102000001号",
    )
    assert "备" not in article.text
    assert "另一件事情" not in article.text


def test_a_big5_page(pack: Pack) -> None:
    text = "本市昨天公布了一批玩具的抽查結果，三十家商店裡有兩家不合格。記者在現場看到，工作人員為每件樣品編號、拍照。"
    html = (
        f"<html><head><title>玩具抽查結果公布</title></head><body><h1>玩具抽查結果公布</h1><p>{text}</p></body></html>"
    )
    article = article_of(page_of(html.encode("big5")), pack)
    assert (article.title, article.text, article.language) == ("玩具抽查結果公布", text, "zh-Hant")


def test_a_submission_keeps_its_words_and_its_id(pack: Pack) -> None:
    line = {
        "id": "n-7",
        "title": "第一行\n第二行",
        "text": "甲地\n乙地。",
        "published": "2024-05-01",
        "url": "file:///x",
        "position": 3,
        "more": 1,
    }
    page = page_of(json.dumps(line, ensure_ascii=False).encode(), media_type=ARTICLE_JSON)
    text = page_text(page)
    assert not isinstance(text, Dropped)
    assert text.text == "第一行 第二行\n甲地\n乙地。"
    article = article_of(page, pack)
    assert (article.id, article.title, article.text, article.position) == ("n-7", "第一行 第二行", "甲地\n乙地。", 3)
    assert (article.published, article.published_how, article.url) == ("2024-05-01", "given", None)


def test_a_submission_without_text(pack: Pack) -> None:
    article = article_of(page_of('{"title":"只有标题的一条"}'.encode(), media_type=ARTICLE_JSON), pack)
    assert (article.title, article.text) == ("只有标题的一条", "")
    assert article.id.startswith("a-")


@pytest.mark.parametrize(
    ("content", "media_type", "reason"),
    [
        (b"", None, "empty"),
        (b" \n\t ", None, "empty"),
        (b"%PDF-1.7 something", None, "binary"),
        (bytes(range(256)) * 64, None, "binary"),
        ("——。。——".encode(), None, "no_text"),
        (b"<html><body><div></div></body></html>", None, "no_text"),
        (b'{"title": "x', ARTICLE_JSON, "bad_json"),
        (b'{"title": 5}', ARTICLE_JSON, "bad_json"),
        (b'{"title": "", "text": ""}', ARTICLE_JSON, "no_text"),
        (b"[" * 100_000, ARTICLE_JSON, "bad_json"),
    ],
)
def test_refusals_say_why(pack: Pack, content: bytes, media_type: str | None, reason: str) -> None:
    page = page_of(content, **({"media_type": media_type} if media_type else {}))
    got = page_text(page)
    if not isinstance(got, Dropped):
        dropped = read(page, Restored(text=got.text), pack)
        assert isinstance(dropped, Dropped)
        got = dropped
    assert (got.stage, got.reason) == ("read", reason)
    assert got.detail.startswith("page: ")


def test_a_date_in_the_future_is_refused(pack: Pack) -> None:
    given = page_of('{"title":"未来的消息","published":"2099-01-01"}'.encode(), media_type=ARTICLE_JSON)
    article = article_of(given, pack)
    assert (article.published, article.published_how, article.flags) == (None, None, ("future_date_refused",))
    html = article_of(
        page_of(HTML.replace("2025年03月05日 10:30", "2025年03月05日").encode()), pack, today="2025-03-04"
    )
    assert html.published is None
    assert "future_date_refused" in html.flags


def test_a_date_that_is_none_is_refused(pack: Pack) -> None:
    article = article_of(page_of('{"title":"没有日期","published":"soon"}'.encode(), media_type=ARTICLE_JSON), pack)
    assert (article.published, article.flags) == (None, ("bad_date_refused",))


@pytest.mark.parametrize("tag", ["div", "b", "font", "table><tr><td", "ul><li", "span"])
def test_sixty_thousand_nested_tags(pack: Pack, tag: str) -> None:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    html = f"<html><body>{f'<{tag}>' * 60_000}{body}</body></html>"
    start = time.process_time()
    article = article_of(page_of(html.encode()), pack)
    assert time.process_time() - start < 5
    assert all(paragraph in article.text for paragraph in PARAGRAPHS)
    assert "deep_nesting" in article.flags


def test_repairs_are_found_in_the_article_of_a_text(pack: Pack) -> None:
    damaged = "質(zhì)量抽查\n\n結果很快公布，質(zhì)量合格。\n"
    restored = Restored(
        text="质量抽查\n\n结果很快公布，质量合格。\n",
        kind="A",
        changes=(
            Change(start=0, end=6, before="質(zhì)", after="质", rule="gloss", proved=True),
            Change(start=11, end=12, before="結", after="结", rule="script", proved=False, runner_up="洁"),
            Change(start=18, end=24, before="質(zhì)", after="质", rule="gloss", proved=True),
        ),
        gaps=(Gap(start=15, end=16, note="lost"),),
    )
    article = article_of(page_of(damaged.encode()), pack, restored)
    assert (article.title, article.text, article.damage) == ("质量抽查", "结果很快公布，质量合格。", "A")
    where = {"title": article.title, "text": article.text}
    said = [(one.of, where[one.of][one.start : one.end], one.before, one.how) for one in article.repairs]
    assert said == [
        ("title", "质", "質(zhì)", "proved"),
        ("text", "结", "結", "chosen"),
        ("text", "质", "質(zhì)", "proved"),
        ("text", "合", "合", "gap"),
    ]


def test_repairs_are_found_behind_markup(pack: Pack) -> None:
    damaged = HTML.replace("玩具", "玩俱")
    changes, at, shift = [], damaged.find("玩俱"), 0
    while at >= 0:
        changes.append(Change(start=at + 1, end=at + 2, before="俱", after="具", rule="script", proved=True))
        at = damaged.find("玩俱", at + 1)
    assert shift == 0
    article = article_of(page_of(damaged.encode()), pack, Restored(text=HTML, kind="T", changes=tuple(changes)))
    where = {"title": article.title, "text": article.text}
    shown = [(one.of, where[one.of][one.start : one.end], one.before) for one in article.repairs]
    assert shown == [("title", "具", "俱"), ("text", "具", "俱")]


def test_the_address_gives_the_id(pack: Pack) -> None:
    canonical = '<link rel="canonical" href="https://example.com/a"><title>'
    first = article_of(page_of(HTML.encode(), url="https://example.com/a?from=x"), pack)
    second = article_of(page_of(HTML.replace("<title>", canonical).encode()), pack)
    third = article_of(page_of(HTML.replace("<title>", canonical.replace("https", "javascript")).encode()), pack)
    assert first.url == "https://example.com/a?from=x"
    assert second.url == "https://example.com/a"
    assert third.url is None
    assert len({first.id, second.id, third.id}) == 3


def test_the_contract_has_its_keys(pack: Pack) -> None:
    line = to_contract(article_of(page_of(HTML.encode()), pack), "a/b.html")
    assert list(line) == [
        "id", "kind", "title", "body", "published", "published_how", "source", "author", "editor", "items", "lists",
        "site", "notice", "reader",
    ]  # fmt: skip
    assert line["id"] == "a/b.html"
    msgspec.json.encode(line)


def test_a_title_may_head_a_list(pack: Pack) -> None:
    head = "2024年度国内十大新闻\n（按时间先后为序）\n"
    text = f"{head}1. 甲事发生\n说明甲。\n2. 乙事发生\n说明乙。\n3．丙事发生\n说明丙。\n"
    article = article_of(page_of(text.encode()), pack)
    (top,) = article.lists
    assert (article.kind, top.name, top.period) == ("top_ten", "2024年度国内十大新闻", ("2024-01-01", "2024-12-31"))
    assert (top.ranked, top.entries) == (False, ("甲事发生", "乙事发生", "丙事发生"))


def test_a_notice_in_plain_text_keeps_its_signature(pack: Pack) -> None:
    text = (
        "关于开展抽查的通知\n江市监〔2025〕7号\n各区县：\n现将有关事项通知如下。\n江城市市场监督管理局\n2025年3月5日\n"
    )
    article = article_of(page_of(text.encode()), pack)
    assert (article.kind, article.published, article.published_how) == ("notice", "2025-03-05", "signature")
    assert article.notice is not None
    assert (article.notice.issuer, article.notice.number) == ("江城市市场监督管理局", "江市监〔2025〕7号")
    assert article.text.endswith("2025年3月5日")


@pytest.mark.shared
def test_the_seed_page(pack: Pack, shared: Path) -> None:
    content = (shared / "seed/page.txt").read_bytes()
    expected = json.loads((shared / "seed/expected.json").read_text())
    article = article_of(page_of(content), pack, Restored(text=(shared / "seed/restored.txt").read_text()))
    assert article.title == expected["title"]
    lists = [
        {"name": top.name, "period": list(top.period or ()), "ranked": top.ranked, "entries": len(top.entries)}
        for top in article.lists
    ]
    assert lists == expected["lists"]
    items = [{"title": item.title, "published": item.published, "truncated": item.truncated} for item in article.items]
    assert items == expected["items"]
    assert article.repeated == expected["repeated_blocks_removed"]
    assert article.site.public_security_filing == expected["site"]["public_security_filing"]
    assert "公网安备" not in article.text
    assert article.published is None
    assert article.text.count("十大质量新闻") == 2
    assert all(item.title in article.text for item in article.items)
