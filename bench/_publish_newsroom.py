"""An invented newsroom of any size, the same every time: what the site's measurement is built from.

No two texts are alike: sentences have their own towns, things and numbers, so that nothing is converted or kept twice
that a real newsroom would not have twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from shida.publish import Content
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
from shida.text.periods import parse_period

AS_OF = "2026-11-22"
TOWNS = ("临河", "东坪", "青浦桥", "石门", "望江", "云岭", "安丰", "北仓", "沙田", "永宁")
THINGS = ("童车", "电饭锅", "燃气灶", "水表", "安全帽", "儿童座椅", "充电桩", "电梯", "婴儿奶瓶", "防火门")
DEEDS = ("抽查结果公布", "团体标准发布", "召回方案备案", "检定规程修订", "质量提升行动启动", "认证规则征求意见")
PAPERS = ("临河日报", "质量观察", "东坪晚报", "标准周刊", "云岭新闻网")
SENTENCES = (
    "这次抽查覆盖{town}的{n}家企业，样品是{thing}，检验项目包括结构强度、标识和有害物质含量。",
    "检验机构说，多数不合格集中在标识不全，{n}批次涉及机械安全，企业已经停止销售。",
    "主管部门要求{n}日内提交整改报告，逾期不交的，将列入重点监管名单，并向社会公开。",
    "一位工程师介绍，新的试验方法把{thing}的加载次数提高到{n}千次，更接近真实使用的情形。",
    "{town}还公布了投诉渠道，消费者可以凭购买凭证申请免费检测，{n}天内答复。",
    "记者在{town}的商场看到，{thing}的合格证挂在显眼处，扫码就能查到出厂日期和批号。",
    "去年以来，当地检定了{n}台计量器具，更换老旧{thing}，费用由财政和企业分担。",
    "行业协会准备把这套做法写进团体标准，面向全国征求意见，期限为{n}天。",
    "参加座谈的代表建议，{thing}的保修期应当与设计寿命一致，并写明更换零件的价格。",
    "下一步，{town}将和周边县区互认检验报告，同一批{thing}不再重复送检，预计减少{n}次。",
    "学校里也开了课，学生们拆开旧{thing}，看弹簧和齿轮怎样配合，再写一份说明书。",
    "有居民反映，楼里的{thing}半夜发出响声，维修人员更换了{n}个垫片，问题解决了。",
    "质检员每天要看{n}份记录，她说最怕的不是数字难看，而是数字太好看。",
    "标准实施以后，{town}的出口退货率下降，几家工厂重新签下了海外的订单。",
    "统计显示，前{n}个月，相关投诉比上年同期减少，其中{thing}的降幅最大。",
)
DOCUMENT = "{town}市场监管部门印发《{town}{thing}管理规定》，自发布之日起施行。"
FIGURE = "本月{town}共检验{thing}{n}批次。"


def _sentence(seed: int) -> str:
    return SENTENCES[seed * 7 % 15].format(town=TOWNS[seed // 3 % 10], thing=THINGS[seed // 11 % 10], n=seed % 89 + 2)


def articles(size: int) -> Iterator[Article]:
    """`size` articles over ten years, about 500 characters each, newest first."""
    for n in range(size):
        day = (date(2026, 11, 21) - timedelta(days=n * 3650 // size)).isoformat()
        told = [*(_sentence(n * 13 + k * 5) + _sentence(n * 17 + k * 3) for k in range(6)), _stated(n)]
        yield Article(
            id=f"a-{n:06d}",
            page=f"p-{n}",
            title=f"{TOWNS[n % 10]}{THINGS[n // 7 % 10]}{DEEDS[n // 3 % 6]}（第{n}期）",
            text="\n".join(told),
            published=f"{day}T{n % 24:02d}:{n % 60:02d}:00+08:00",
            published_how="line",
            source=PAPERS[n % 5],
        )


def _stated(number: int) -> str:
    """The sentence of an article that states a fact."""
    given = {"town": TOWNS[number % 10], "thing": THINGS[number % 7], "n": number + 1}
    return (FIGURE if number % 2 else DOCUMENT).format(**given)


def _story(group: list[Article]) -> Story:
    days = [(article.published or "")[:10] for article in group]
    first = [article.text.split("。", 1)[0] + "。" for article in group]
    return Story(
        id=f"s-{group[0].id[2:]}",
        title=group[0].title,
        lead=first[0],
        first=days[-1],
        last=days[0],
        members=tuple(Member(article=a.id, title=a.title, published=a.published, source=a.source) for a in group),
        timeline=tuple(
            Moment(date=day, sentence=said, article=a.id) for a, day, said in zip(group, days, first, strict=True)
        ),
        fields=("质量",),
    )


def _fact(number: int, article: Article) -> Fact:
    sentence = article.text.rpartition("\n")[2]
    at = len(article.text) - len(sentence)
    evidence = (Evidence(article=article.id, of="text", start=at, end=at + len(sentence), sentence=sentence),)
    day = (article.published or "")[:10]
    n = int(article.id[2:])
    what = f"{TOWNS[n % 10]}{THINGS[n % 7]}"
    if n % 2:
        return Figure(id=f"f-{number}", what=f"{what}批次", value=n + 1, unit="批次", reported=day, evidence=evidence)
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
    reasons = tuple(Reason(signal=f"分项{n}", value=3 - n, weight=1.5, sentence=_sentence(n)) for n in range(4))
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


def replace_id(article: Article) -> Article:
    """The same article under an id of its own, dated today."""
    values = {name: getattr(article, name) for name in article.__struct_fields__}
    return Article(**{**values, "id": f"a-new-{article.id[2:]}", "published": f"{AS_OF}T08:00:00+08:00"})
