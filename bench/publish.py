"""How fast a site of 12,000 articles is built: in full, again with ten new ones, and beside other generators.

Run: python -m bench publish. Everything on one core; the newsroom is invented and the same every time.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import minijinja

from shida.pack import Pack
from shida.publish import Content, publish
from shida.records import (
    Act,
    Article,
    Document,
    Entry,
    Evidence,
    Fact,
    Figure,
    Member,
    Moment,
    Ranking,
    Reason,
    Story,
)
from shida.settings import Settings
from shida.text.periods import parse_period

SIZE = 12_000
NEW = 10
AS_OF = "2026-11-22"
TOWNS = ("临河", "东坪", "青浦桥", "石门", "望江", "云岭", "安丰", "北仓", "沙田", "永宁")
THINGS = ("童车", "电饭锅", "燃气灶", "水表", "安全帽", "儿童座椅", "充电桩", "电梯", "婴儿奶瓶", "防火门")
DEEDS = ("抽查结果公布", "团体标准发布", "召回方案备案", "检定规程修订", "质量提升行动启动", "认证规则征求意见")
PAPERS = ("临河日报", "质量观察", "东坪晚报", "标准周刊", "云岭新闻网")
SENTENCES = (
    "这次抽查覆盖三十二家企业的八十六批次产品，检验项目包括结构强度、标识和有害物质含量。",
    "检验机构说，多数不合格集中在标识不全，少数涉及机械安全，企业已经停止销售。",
    "主管部门要求十五日内提交整改报告，逾期不交的，将列入重点监管名单。",
    "一位工程师介绍，新的试验方法把加载次数从两千次提高到五千次，更接近真实使用。",
    "当地还公布了投诉渠道，消费者可以凭购买凭证申请免费检测。",
)


def articles(size: int) -> Iterator[Article]:
    """`size` articles over ten years, about 500 characters each, newest first."""
    for n in range(size):
        day = (date(2026, 11, 21) - timedelta(days=n * 3650 // size)).isoformat()
        yield Article(
            id=f"a-{n:06d}",
            page=f"p-{n}",
            title=f"{TOWNS[n % 10]}{THINGS[n // 7 % 10]}{DEEDS[n // 3 % 6]}（第{n}期）",
            text="\n".join(SENTENCES[(n + k) % 5] * (1 + (n + k) % 3) for k in range(7)),
            published=f"{day}T{n % 24:02d}:{n % 60:02d}:00+08:00",
            published_how="line",
            source=PAPERS[n % 5],
        )


def _story(group: list[Article]) -> Story:
    days = [(article.published or "")[:10] for article in group]
    return Story(
        id=f"s-{group[0].id[2:]}",
        title=group[0].title,
        lead=SENTENCES[len(group)],
        first=days[-1],
        last=days[0],
        members=tuple(Member(article=a.id, title=a.title, published=a.published, source=a.source) for a in group),
        timeline=tuple(Moment(date=d, sentence=SENTENCES[1], article=a.id) for a, d in zip(group, days, strict=True)),
        fields=("质量",),
    )


def _fact(number: int, article: Article) -> Fact:
    sentence = SENTENCES[number * 3 % 5]
    at = article.text.index(sentence)
    evidence = (Evidence(article=article.id, of="text", start=at, end=at + len(sentence), sentence=sentence),)
    day = (article.published or "")[:10]
    what = f"{TOWNS[number % 10]}{THINGS[number % 7]}"
    if number % 2:
        return Figure(id=f"f-{number}", what=f"{what}批次", value=number, unit="批次", reported=day, evidence=evidence)
    issued = Act(act="印发", date=day, precision="day")
    return Document(id=f"f-{number}", title=f"{what}管理规定", acts=(issued,), reported=day, evidence=evidence)


def newsroom(size: int) -> Content:
    """`size` articles in stories of one to four, a fact for every third article, five lists."""
    held = list(articles(size))
    stories = []
    at = 0
    while at < size:
        group = held[at : at + 1 + at * 7 % 4]
        at += len(group)
        stories.append(_story(group))
    reasons = tuple(Reason(signal=f"分项{n}", value=3 - n, weight=1.5, sentence=SENTENCES[n]) for n in range(4))
    rankings = {}
    for period in ("2026-W47", "2026-11", "2026", "2025", "十四五"):
        entries = tuple(
            Entry(rank=n + 1, story=s.id, title=s.title, score=9 - n, articles=("a-000000",), reasons=reasons)
            for n, s in enumerate(stories[:10])
        )
        rankings[period, "质量"] = Ranking(
            period=parse_period(period), field="质量", list="machine", as_of=AS_OF, entries=entries, considered=size
        )
    facts = [_fact(number, article) for number, article in enumerate(held[::3])]
    return Content(articles=held, stories=stories, facts=facts, rankings=rankings)


def timed(what: Callable[[], int]) -> tuple[int, float]:
    """What it gave, and the seconds of one core it took: other work on the machine does not count."""
    start = time.process_time()
    gave = what()
    return gave, time.process_time() - start


def build(content: Content, out: Path) -> int:
    """Files of the site."""
    return publish(content, out, settings=Settings(), pack=Pack(pack_names=(), digests={}), as_of=AS_OF).files


def templates_alone(content: Content) -> int:
    """The same articles through minijinja with the plainest template, nothing written: what no generator can beat."""
    source = (
        "<!doctype html><title>{{ a.title }}</title><h1>{{ a.title }}</h1>{% for p in ps %}<p>{{ p }}</p>{% endfor %}"
    )
    environment = minijinja.Environment(templates={"a.html": source})
    count = 0
    for article in content.articles:
        environment.render_template("a.html", a={"title": article.title}, ps=article.text.split("\n"))
        count += 1
    return count


def hugo(content: Content, place: Path) -> tuple[int, float] | None:
    """The same articles through Hugo on one core, pages and seconds; None where it is not installed."""
    program = shutil.which("hugo")
    if program is None:
        return None
    (place / "content").mkdir(parents=True)
    (place / "layouts/_default").mkdir(parents=True)
    (place / "hugo.toml").write_text("title = 'peer'\ndisableKinds = ['taxonomy', 'term', 'RSS', 'sitemap']\n")
    page = "<!doctype html><title>{{ .Title }}</title><h1>{{ .Title }}</h1><main>{{ .Content }}</main>"
    (place / "layouts/_default/single.html").write_text(page)
    (place / "layouts/_default/list.html").write_text(
        "{{ range .Pages }}<a href='{{ .Permalink }}'>{{ .Title }}</a>{{ end }}"
    )
    for article in content.articles:
        head = f"---\ntitle: {article.title}\ndate: {article.published}\n---\n"
        (place / "content" / f"{article.id}.md").write_text(head + article.text.replace("\n", "\n\n"), "utf-8")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [program, "--quiet", "--source", str(place)], check=True, env={"GOMAXPROCS": "1", "HOME": str(place)}
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return SIZE, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> int:
    """Print the table; 1 where a floor is missed."""
    content = newsroom(SIZE)
    more = newsroom(SIZE + NEW)
    fresh = [replace_id(article) for article in list(more.articles)[-NEW:]]
    grown = replace(content, articles=[*content.articles, *fresh])
    with tempfile.TemporaryDirectory() as place:
        files, first = timed(lambda: build(content, Path(place, "site")))
        _, second = timed(lambda: build(grown, Path(place, "site")))
        alone, bare = timed(lambda: templates_alone(content))
        peer = hugo(content, Path(place, "hugo"))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"| build of {SIZE:,} articles, one core | pages | seconds | pages/s |")
    print("|---|---|---|---|")
    print(f"| shida, the whole site in both scripts | {files:,} | {first:.1f} | {files / first:,.0f} |")
    print(f"| shida, again with {NEW} new articles | {files:,} | {second:.1f} | {second / first:.2f} of the first |")
    print(f"| minijinja alone, plainest page, nothing written | {alone:,} | {bare:.1f} | {alone / bare:,.0f} |")
    if peer is None:
        print("| Hugo | – | – | not installed |")
    else:
        print(f"| Hugo, plainest page, no lists | {peer[0]:,} | {peer[1]:.1f} | {peer[0] / peer[1]:,.0f} |")
    print(f"\nlargest memory, newsroom included: {memory:.0f} MB")
    missed = files / first < 2500 or second > first / 3 or memory > 600
    return int(missed)


def replace_id(article: Article) -> Article:
    """The same article under an id of its own, dated today."""
    values = {name: getattr(article, name) for name in article.__struct_fields__}
    return Article(**{**values, "id": f"a-new-{article.id[2:]}", "published": f"{AS_OF}T08:00:00+08:00"})
