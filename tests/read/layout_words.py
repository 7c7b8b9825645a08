"""Own words to fill page layouts with: sentences, headlines, comments, names. Deterministic for a seed."""

# ruff: noqa: E501  (a page is a long line)

from __future__ import annotations

import random
from dataclasses import dataclass, field

SUBJECTS = ["江城市市场监管局", "城东的一家面包房", "负责检验的赵工程师", "社区里的几位老人", "新来的店长", "县里的质检站", "这家做水表的工厂",
            "几名志愿者", "菜市场的管理员", "研究所的小组"]  # fmt: skip
ACTS = ["把三个月里的记录重新核对了一遍", "在门口贴出了新的价目表", "给每一件样品都编了号", "请来两位师傅当场演示", "把结果写在黑板上让大家看",
        "连续五天守在柜台后面", "答应在月底之前换掉旧的秤", "收到了二十多条意见", "没有急着下结论", "按照新的办法又称了一次"]  # fmt: skip
ENDS = ["大家这才放下心来", "这在以前是没有过的", "有人当场鼓起掌来", "结果比原来预想的要好", "剩下的问题留到下周再谈", "邻居们都说这样才公道",
        "旁边的人听得很认真", "事情总算有了一个着落", "记者把这些都记了下来", "以后每个月都要这样做"]  # fmt: skip
PLAIN = ["原来，问题出在一根不起眼的弹簧上。", "“称得准，心里才踏实。”她笑着说，手里还拿着那张单子。", "算下来，一年能省下大约三千六百元。",
         "到了傍晚，人渐渐散了，灯还亮着。", "他们打算先在两条街上试行，合适了再推开。", "按计划，下一次抽查安排在秋天。",
         "有意思的是，第一个报名的是一位七十岁的木匠。", "至于费用，由街道和商户各出一半。"]  # fmt: skip
TOPICS = ["菜市场换新秤", "玩具抽查有了结果", "老街面包房重新开门", "水表厂公布检验记录", "社区设立公平秤", "旧电梯完成检测",
          "学校食堂公开进货单", "加油站接受计量检查", "县里评出放心小店", "儿童座椅抽样检验", "快递包装有了新标准", "桶装水水质公布"]  # fmt: skip
PLACES = ["江城", "河东", "青石镇", "柳林县", "临水", "南岗"]
NAMES = ["林小雨", "周平", "赵国强", "李芳", "陈立", "王海生", "张敏", "刘建新", "吴越", "孙佳"]
NICKS = ["山里人", "blue_sky", "老街坊", "路过的猫", "tomato2004", "秤砣", "早起的鸟", "无名氏", "hzj88", "小石头"]
SOURCES = ["江城日报", "河东晚报", "柳林新闻网", "青石电视台", "南岗在线"]
COMMENTS = ["说得好，支持一下！", "我家楼下也是这样，称回来总少二两。", "请问在哪里可以报名？", "沙发！", "楼上说得对，不过也要看具体情况。", "这个办法早就该有了，希望能坚持下去，不要一阵风。",
            "顶。", "不太同意，费用凭什么要商户出一半？", "我去现场看过，确实比以前好多了，工作人员也很耐心，值得表扬。", "转走了，谢谢楼主。",
            "有没有人知道秋天那次抽查是哪一天？我想带孩子去看看。", "呵呵，先观望。"]  # fmt: skip


@dataclass
class Doc:
    """One page in the making: draws words, and keeps what should be read from it."""

    seed: int
    paragraphs: int = 7
    gold: dict[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)
        self.title = f"{self.random.choice(PLACES)}{self.random.choice(TOPICS)}"
        year, month, day = self.random.randint(2004, 2025), self.random.randint(1, 12), self.random.randint(1, 28)
        self.day = (year, month, day)
        self.iso = f"{year}-{month:02d}-{day:02d}"
        self.clock = f"{self.random.randint(7, 22):02d}:{self.random.randint(0, 59):02d}"
        self.source = self.random.choice(SOURCES)
        self.author = self.random.choice(NAMES)
        self.editor = self.random.choice([name for name in NAMES if name != self.author])
        self.body = [self.paragraph() for _ in range(self.paragraphs)]
        self.gold = {"title": self.title, "body": "\n".join(self.body)}

    def sentence(self) -> str:
        """One sentence."""
        pick = self.random.random()
        if pick < 0.25:
            return self.random.choice(PLAIN)
        return f"{self.random.choice(SUBJECTS)}{self.random.choice(ACTS)}，{self.random.choice(ENDS)}。"

    def paragraph(self, low: int = 1, high: int = 5) -> str:
        """Some sentences."""
        return "".join(self.sentence() for _ in range(self.random.randint(low, high)))

    def headline(self) -> str:
        """A headline that is not this page's."""
        return f"{self.random.choice(PLACES)}{self.random.choice(TOPICS)}{self.random.choice(['', '：记者走访', '（图）', '引来关注'])}"

    def date(self, form: str = "cn") -> str:
        """The page's date in one of the forms pages use."""
        year, month, day = self.day
        forms = {
            "cn": f"{year}年{month:02d}月{day:02d}日",
            "short": f"{year}年{month}月{day}日",
            "iso": self.iso,
            "slash": f"{year}/{month}/{day}",
            "dot": f"{year}.{month:02d}.{day:02d}",
        }
        return forms[form]

    def other_date(self, form: str = "iso") -> str:
        """A date that is not the page's."""
        year, month, day = self.random.randint(2004, 2025), self.random.randint(1, 12), self.random.randint(1, 28)
        return f"{year}-{month:02d}-{day:02d}" if form == "iso" else f"{month:02d}-{day:02d}"

    def says(self, **fields: object) -> None:
        """What else should be read: published, source, author, editor."""
        self.gold.update(fields)

    def p(self, tag: str = "p", indent: str = "　　") -> str:
        """The body as elements."""
        return "\n".join(f"<{tag}>{indent}{text}</{tag}>" for text in self.body)

    def br(self) -> str:
        """The body as lines with <br>."""
        return "<br><br>\n".join(f"　　{text}" for text in self.body)

    def nav(self, count: int = 8) -> str:
        """Navigation links."""
        words = ["首页", "新闻", "财经", "体育", "质量", "社会", "图片", "论坛", "博客", "视频", "专题", "教育"]
        return " | ".join(f'<a href="/{index}/">{word}</a>' for index, word in enumerate(words[:count]))

    def links(self, count: int = 8, dated: bool = False, tag: str = "li") -> str:
        """A list of other pages."""
        return "\n".join(
            f'<{tag}>· <a href="/n/{index}.html">{self.headline()}</a>{f" <span>{self.other_date()}</span>" if dated else ""}</{tag}>'
            for index in range(count)
        )

    def teasers(self, count: int = 4) -> str:
        """Other pages with a sentence each: prose that is not the body."""
        return "\n".join(
            f'<div class="item"><h4><a href="/t/{index}.html">{self.headline()}</a></h4><p>{self.sentence()[:40]}…</p></div>'
            for index in range(count)
        )

    def comments(self, count: int = 6, long: bool = False) -> list[tuple[str, str, str]]:
        """Nick, time and words of readers."""
        made = []
        for _ in range(count):
            words = self.paragraph(2, 5) if long and self.random.random() < 0.6 else self.random.choice(COMMENTS)
            when = f"{self.other_date()} {self.random.randint(0, 23):02d}:{self.random.randint(0, 59):02d}"
            made.append((self.random.choice(NICKS), when, words))
        return made

    def footer(self) -> str:
        """What stands at the foot of a site."""
        return (
            '<a href="/about">关于我们</a> | <a href="/ad">广告服务</a> | <a href="/contact">联系我们</a><br>'
            f"Copyright © 2001-{self.day[0]} {self.source} 版权所有 未经授权不得转载<br>京ICP备{self.random.randint(10000000, 99999999)}号"
        )
