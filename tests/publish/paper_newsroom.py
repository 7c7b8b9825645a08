"""Newsrooms made of nothing but invented records: one small and full of cases, one with a single article."""

from __future__ import annotations

from datetime import date, timedelta

from shida.publish import Content, DropCount, SourceSummary
from shida.records import (
    Act,
    Article,
    Document,
    Edition,
    EditionEntry,
    Entry,
    Evidence,
    Fact,
    Figure,
    Item,
    Member,
    Moment,
    Notice,
    Ranking,
    Reason,
    Repair,
    Story,
    TopList,
)
from shida.text.periods import parse_period

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
FORMULA = "分数 = 2.0 × 来源数 + 1.5 × 持续天数 + 3.0 × 权威程度 − 2.5 × 例行程度"


def _reasons(number: int) -> tuple[Reason, ...]:
    return (
        Reason(signal="来源", value=4.0 - number * 0.3, weight=2.0, sentence=f"{12 - number} 个互不转载的来源报道过。"),
        Reason(signal="持续", value=2.2, weight=1.5, sentence="从首次报道到最近一次，前后 9 天。"),
        Reason(signal="权威", value=1.0, weight=3.0, sentence="有国家机关的文件作依据。"),
        Reason(signal="例行", value=0.4, weight=-2.5, sentence="每年都有同类消息，扣去一部分。"),
    )


def small_newsroom() -> Content:
    """Twelve stories, one of each case: copies, documents, figures, damage, a list page, no date, long titles."""
    articles: list[Article] = []
    stories: list[Story] = []
    titles = [
        "全国童车安全抽查结果公布，八十六批次中十一批次不合格",
        "电梯新规",
        "望江县三年建成四十二个社区检测站，居民拿着家用血压计、电子秤和水表排队校准，免费检定将延长到明年六月底为止",
        *(f"{TOWNS[n]}{THINGS[n]}{DEEDS[n % 6]}" for n in range(9)),
    ]
    for number, title in enumerate(titles):
        day = date(2026, 11, 21) - timedelta(days=number % 5)
        text = "\n".join(
            [f"{TOWNS[number % 10]}讯 {title}。", *SENTENCES[number % 3 :], f"发布会于{day.month}月{day.day}日举行。"]
        )
        members = []
        for copy in range(1 + number % 4):
            name = f"a-{number:02d}{copy}"
            articles.append(
                Article(
                    id=name,
                    page=f"p-{number:02d}{copy}",
                    title=title,
                    text=text,
                    published=f"{day.isoformat()}T{8 + copy:02d}:24:00+08:00",
                    published_how="line",
                    source=PAPERS[(number + copy) % 5],
                    editor="周一丁" if copy else None,
                    author="何方" if number % 2 else None,
                    url=f"https://news.example.org/{number}/{copy}.html",
                )
            )
            members.append(
                Member(
                    article=name,
                    title=title,
                    published=articles[-1].published,
                    source=articles[-1].source,
                    copy_of=f"a-{number:02d}0" if copy > 1 else None,
                    copy_how="exact" if copy > 1 else None,
                    joined="题目相同，相隔一小时。" if copy == 1 else None,
                )
            )
        stories.append(
            Story(
                id=f"s-{number:02d}",
                title=title,
                lead=SENTENCES[number % 5],
                first=day.isoformat(),
                last=(day + timedelta(days=number % 3)).isoformat(),
                members=tuple(members),
                timeline=tuple(
                    Moment(
                        date=(day + timedelta(days=step)).isoformat(),
                        sentence=SENTENCES[(number + step) % 5],
                        article=members[0].article,
                    )
                    for step in range(1 + number % 3)
                ),
                fields=("质量",) if number % 2 == 0 else ("国内", "科技"),
                aliases=("s-old",) if number == 0 else (),
            )
        )
    articles += special_articles()
    facts = small_facts(articles)
    return Content(
        articles=articles,
        stories=stories,
        facts=facts,
        rankings=small_rankings(stories),
        editions=small_editions(stories),
        dropped=(
            DropCount(stage="read", reason="no_text", count=14),
            DropCount(stage="read", reason="future_date", count=3),
        ),
        sources=tuple(
            SourceSummary(
                name=name,
                articles=40 - n * 7,
                copies=n * 3,
                first="2021-03-01",
                last="2026-11-21",
                health=("fine", "fine", "late", "broken", "unknown")[n],
                note="" if n < 2 else "三天没有新稿。",
            )
            for n, name in enumerate(PAPERS)
        ),
        page_bytes=lambda page: (
            "本局q示：防护<b>▯▯</b>距离应大于五厘米。".encode("gb18030") if page == "p-bad" else None
        ),
    )


def special_articles() -> list[Article]:
    """A damaged page with gaps, a list page, a page without date or title, a notice in traditional characters."""
    text = "本局公示：防护▯▯距离应大于五厘米。\n企业应于２０２６年底前完成整改（试行）。\n" + "\n".join(SENTENCES)
    at = text.index("▯")
    return [
        Article(
            id="a-bad",
            page="p-bad",
            title="关于防护距离的公示（试行）",
            text=text,
            published="2026-11-20",
            published_how="text",
            source="云岭新闻网",
            damage="A",
            repairs=(
                Repair(of="title", start=2, end=4, before="·À»¤", rule="mojibake", how="proved"),
                Repair(of="text", start=2, end=3, before="q", rule="byte_lost", how="chosen", runner_up="宣"),
                Repair(of="text", start=at, end=at + 2, before="\ufffd\ufffd", rule="byte_lost", how="gap"),
                Repair(
                    of="text", start=text.index("（"), end=text.index("（") + 1, before="(", rule="width", how="proved"
                ),
                Repair(
                    of="text",
                    start=text.index("\n企"),
                    end=text.index("\n企"),
                    before="\u00a0",
                    rule="space",
                    how="proved",
                ),
            ),
            flags=("future_date_refused",),
        ),
        Article(
            id="a-list",
            page="p-list",
            kind="list",
            title="要闻列表",
            text="",
            source="标准周刊",
            url="https://list.example.org/",
            items=(
                Item(
                    title="石门水表检定周期由六年改为四年",
                    published="2026-11-22T10:24:00+08:00",
                    url="https://list.example.org/1",
                ),
                Item(
                    title="安丰开放夜间检测预约，首周受理……",
                    published="2026-11-22",
                    url="javascript:alert(1)",
                    truncated=True,
                ),
            ),
            lists=(
                TopList(
                    name="年度十件事", ranked=True, entries=tuple(f"第{n}件事办完了。" for n in "一二三四五六七八九十")
                ),
            ),
        ),
        Article(id="a-bare", page="p-bare", text="一段没有题目也没有日期的话，只知道有人把它贴了出来。"),
        Article(
            id="../Notice 7",
            page="p-notice",
            kind="notice",
            title="關於加強電梯檢驗的通知",
            text="各區局：\n請於月底前完成檢驗。",
            published="2025-03",
            language="zh-Hant",
            notice=Notice(issuer="安豐市場監管局", number="安市監〔2025〕7号", index_number="0012/2025-00007"),
        ),
    ]


def small_facts(articles: list[Article]) -> list[Fact]:
    """Documents at several steps of their lives, and a figure that grows over three years."""
    first = articles[0]

    def said(article: Article, sentence: str) -> tuple[Evidence, ...]:
        at = article.text.index(sentence)
        return (Evidence(article=article.id, of="text", start=at, end=at + len(sentence), sentence=sentence),)

    facts: list[Fact] = [
        Document(
            id="f-1",
            title="童车安全管理办法",
            document_kind="办法",
            issuers=("产品监督局", "教育委员会"),
            issuer_count=4,
            issuers_complete=False,
            acts=(
                Act(act="起草", date="2024", precision="year"),
                Act(act="征求意见", date="2025-06", precision="month"),
            ),
            status="draft",
            reported="2026-11-21",
            evidence=said(first, SENTENCES[0]),
        ),
        Document(
            id="f-2",
            title="童车安全管理办法",
            acts=(Act(act="印发", date="2026-09-01", precision="day"),),
            effective="2026-12-01",
            number="产监〔2026〕19号",
            status="issued",
            reported="2026-11-21",
            evidence=said(first, SENTENCES[2]),
        ),
        Document(
            id="f-3",
            title="水表检定规程",
            acts=(Act(act="修订"),),
            certainty="likely",
            reported="2025-04-02",
            evidence=said(articles[3], SENTENCES[2]),
        ),
    ]
    for year, value in ((2023, 1204.0), (2024, 1377.0), (2025, 1690.0)):
        facts.append(
            Figure(
                id=f"f-{year}",
                what="社区检测站接待量",
                value=value,
                unit="万人次",
                period=str(year),
                change_percent=22.7,
                derived_base=1377 if year == 2025 else None,
                reported=f"{year + 1}-01-20",
                qualifier="over",
                evidence=said(first, SENTENCES[4]),
            )
        )
    facts.append(
        Figure(
            id="f-9", what="抽查批次", value=86, unit="批次", reported="2026-11-21", evidence=said(first, SENTENCES[0])
        )
    )
    return facts


def small_rankings(stories: list[Story]) -> dict[tuple[str, str], Ranking]:
    """Five periods by three fields: ten, three, one and none."""
    rankings = {}
    for area, size in (("质量", 10), ("国内", 3), ("科技", 1)):
        for period in ("2026-W47", "2026-11", "2026", "2025", "十四五"):
            count = 0 if period == "2025" and area == "科技" else size
            entries = tuple(
                Entry(
                    rank=n + 1,
                    story=story.id,
                    title=story.title,
                    score=18.4 - n,
                    reasons=_reasons(n),
                    articles=tuple(m.article for m in story.members),
                )
                for n, story in enumerate(stories[: count + 1])
            )
            rankings[period, area] = Ranking(
                period=parse_period(period),
                field=area,
                list="machine",
                as_of=AS_OF,
                entries=entries[:count],
                considered=1204,
                formula=FORMULA,
                next=entries[count] if 0 < count < len(entries) else None,
            )
    return rankings


def small_editions(stories: list[Story]) -> list[Edition]:
    """One edition in two versions, the second a correction."""
    entries = tuple(
        EditionEntry(place=n + 1, story=s.id, title=s.title, lead=s.lead) for n, s in enumerate(stories[:10])
    )
    first = Edition(
        id="quality-2025",
        name="2025年度十大质量新闻",
        period=parse_period("2025"),
        field="质量",
        as_of="2026-01-05",
        state="published",
        version=1,
        entries=entries,
    )
    mended = (EditionEntry(place=1, story="s-00", title="全国童车安全抽查结果公布", lead=entries[0].lead), *entries[1:])
    second = Edition(
        id="quality-2025",
        name="2025年度十大质量新闻",
        period=parse_period("2025"),
        field="质量",
        as_of="2026-01-05",
        state="corrected",
        version=2,
        entries=mended,
    )
    return [first, second]


def one_item() -> Content:
    """A newsroom with a single article and a list of one."""
    article = Article(id="a-1", page="p-1", title="首条", text=SENTENCES[0], published="2026-11-21", source=PAPERS[0])
    story = Story(
        id="s-1", title="首条", members=(Member(article="a-1", title="首条", published="2026-11-21", source=PAPERS[0]),)
    )
    entry = Entry(rank=1, story="s-1", title="首条", score=3, articles=("a-1",), reasons=_reasons(0))
    ranking = Ranking(
        period=parse_period("2026"), field="质量", list="machine", as_of=AS_OF, entries=(entry,), considered=1
    )
    return Content(articles=[article], stories=[story], rankings={("2026", "质量"): ranking})
