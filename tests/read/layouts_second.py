"""Twenty layouts written later still: threads, blog homes, tables, ads, and pages that are no article at all.

`refused` in the gold says that the page holds nothing to keep: an error page, a wall, an advertisement.
"""

# ruff: noqa: E501  (a page is a long line)

from __future__ import annotations

from layout_words import NICKS, Doc


def qa_thread(d: Doc) -> str:
    """A thread of our days: the first floor, then answers with votes, each longer than the question."""
    d.body = d.body[:2]
    d.says(body="\n".join(d.body), published=d.iso)
    answers = "".join(
        f'<div class="reply"><div class="user"><img src=/u.png alt=""> <a href=/u/{n}>{nick}</a> <time>{when}</time> 来自江城</div><div class="said">{words}</div><div class="ops"><span>赞 {n * 3}</span> <span>回复</span> <span>举报</span></div></div>'
        for n, (nick, when, words) in enumerate(d.comments(7, True), 2)
    )
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{d.title} - 街坊吧</title></head><body><header>{d.nav()}</header><main><h1 class="t">{d.title}</h1><div class="first"><div class="user"><a href=/u/1>{NICKS[0]}</a> <span>楼主</span> <time>{d.iso} {d.clock}</time></div><div class="said">{d.p(indent="")}</div></div><h3>全部回复（7）</h3>{answers}</main><aside><h3>热帖</h3><ul>{d.links(8)}</ul></aside><footer>{d.footer()}</footer></body></html>"""


def thread_table_floors(d: Doc) -> str:
    """A board in one table: left the name with rank and points, right the words; floors at the right edge."""
    d.body = d.body[:4]
    d.says(body="\n".join(d.body), published=d.iso)

    def row(floor: str, nick: str, when: str, words: str) -> str:
        return f"<tr><td class=l rowspan=2><b>{nick}</b><br>等级：初中生<br>积分：{d.random.randint(9, 999)}<br>来自：南岗</td><td class=h>发表于 {when} <a href=#>只看该作者</a> <a href=#>{floor}</a></td></tr><tr><td class=r>{words}<br><br><hr size=1>签名：天下的秤一般准</td></tr>"

    rows = row("1#", "秤砣", f"{d.iso} {d.clock}", "<br>".join(d.body))
    rows += "".join(row(f"{n}#", nick, when, words) for n, (nick, when, words) in enumerate(d.comments(9), 2))
    return f"<html><head><meta charset=utf-8><title>{d.title} - 市井论坛 - 由程序驱动</title></head><body><p>{d.nav()}</p><div>市井论坛 » 街谈巷议 » {d.title}</div><table border=1>{rows}</table><p>页次：1/1 <a href=#>回复</a> <a href=#>发新帖</a></p>{d.footer()}</body></html>"


def blog_home(d: Doc) -> str:
    """The home of a blog: several whole posts under one another, the day below each headline."""
    posts = [(d.headline(), d.paragraph(2, 4), d.other_date()) for _ in range(4)]
    d.says(body=None, title=None, kind="list", items=4)
    made = "".join(
        f'<div class="post"><h2><a href="/p/{n}">{title}</a></h2><div class="meta">{day} | 分类：随笔</div><div class="entry"><p>{text}</p></div><p><a href="/p/{n}#more">评论(2)</a></p></div>'
        for n, (title, text, day) in enumerate(posts)
    )
    d.title = "秤边闲话"
    return f'<html><head><meta charset="utf-8"><title>秤边闲话</title></head><body><div id="top"><h1><a href="/">秤边闲话</a></h1></div><div id="posts">{made}</div><div id="side"><h3>最近文章</h3><ul>{d.links(6)}</ul><h3>归档</h3><ul><li><a href=/a>2014年五月</a></li><li><a href=/b>2014年四月</a></li></ul></div>{d.footer()}</body></html>'


def short_news(d: Doc) -> str:
    """A flash of one sentence with twenty headlines around."""
    d.body = [d.sentence()]
    d.says(body=d.body[0], published=d.iso, source=d.source)
    return f'<html><head><meta charset="utf-8"><title>{d.title}_快讯</title></head><body><div>{d.nav()}</div><div class="left"><h1>{d.title}</h1><p class="info">{d.date()} {d.clock}　来源：{d.source}</p><div class="c"><p>　　{d.body[0]}</p></div></div><div class="right"><h2>24小时热闻</h2><ul>{d.links(20)}</ul></div>{d.footer()}</body></html>'


def short_post_long_comments(d: Doc) -> str:
    """Two sentences, then twenty readers who say more than the post."""
    d.body = [d.sentence(), d.sentence()]
    d.says(body="\n".join(d.body), published=d.iso)
    said = "".join(f"<li><b>{nick}</b> <i>{when}</i><p>{words}</p></li>" for nick, when, words in d.comments(20, True))
    return f'<html><head><meta charset="utf-8"><title>{d.title}</title></head><body><h1>{d.title}</h1><div class="d">{d.date("iso")} {d.clock} 发布</div><div class="t">{d.p(indent="")}</div><h4>网友评论（20条）</h4><ol>{said}</ol><p>{d.nav()}</p>{d.footer()}</body></html>'


def unclosed(d: Doc) -> str:
    """Nothing is closed: p, font, td, b, a."""
    d.says(body="\n".join(d.body), published=d.iso, source=d.source)
    rows = "".join(f"<tr><td><a href=/x/{n}>{d.headline()}" for n in range(8))
    text = "".join(f"<p><font size=3>　　{line}" for line in d.body)
    return f"<html><head><meta charset=utf-8><title>{d.title}</title><body bgcolor=white><table width=760><tr><td>{d.nav()}<table><tr><td width=600><center><b>{d.title}</b><br>{d.date('short')} 来源：{d.source}</center>{text}</table><table>{rows}</table>{d.footer()}"


def price_table_outside(d: Doc) -> str:
    """The prose, then a table of prices that belongs to it, then a table of other pages."""
    cells = [(f"样品{n}", f"{n}.5", "合格" if n % 2 else "不合格") for n in range(1, 6)]
    rows = "".join(f"<tr><td>{a}</td><td>{b}</td><td>{c}</td></tr>" for a, b, c in cells)
    head = ["样品", "误差（克）", "结论"]
    lines = [*d.body, *head, *(cell for row in cells for cell in row)]
    d.says(body="\n".join(lines), published=d.iso, source=d.source)
    return f'<html><head><meta charset="utf-8"><title>{d.title}-抽查公告</title></head><body><div class="nav">{d.nav()}</div><div class="detail"><h2>{d.title}</h2><div class="sub"><span>发布时间：{d.iso}</span><span>信息来源：{d.source}</span></div><div class="txt">{d.p()}<table class="data"><tr><th>{"</th><th>".join(head)}</th></tr>{rows}</table></div></div><table class="foot"><tr><td>相关链接</td></tr><tr><td><ul>{d.links(6)}</ul></td></tr></table>{d.footer()}</body></html>'


def ads_between(d: Doc) -> str:
    """An advertisement after every second paragraph, a sticky box, a row of 赞助商链接."""
    d.says(body="\n".join(d.body), published=d.iso)
    ad = '<div class="gg"><a href="http://ad.example.com/1">全场五折 今日下单立减三十元</a><span>广告</span></div>'
    made = "".join(f"<p>{line}</p>{ad if n % 2 else ''}" for n, line in enumerate(d.body))
    sells = ("代办执照", "特价机票", "考试培训", "装修报价")
    paid = "".join(f"<a href=/ad/{n}>{d.random.choice(sells)}</a> " for n in range(8))
    return f'<html><head><meta charset="utf-8"><title>{d.title}_生活频道</title></head><body>{ad}<div>{d.nav()}</div><h1>{d.title}</h1><div>{d.iso} {d.clock}</div><article>{made}</article><div class="gg"><b>赞助商链接</b><br>{paid}</div>{ad}{d.footer()}</body></html>'


def mobile_card(d: Doc) -> str:
    """A page for a phone: time ago, 展开全文, an app banner above and below."""
    d.says(body="\n".join(d.body), published=d.iso, source=d.source)
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{d.title}</title><meta property="article:published_time" content="{d.iso}T{d.clock}:00+08:00"></head><body><div class="bar"><span>打开客户端，看更多内容</span><a href="/app">立即打开</a></div><section><h1>{d.title}</h1><div><span>{d.source}</span> <span>3年前</span></div><div class="text">{d.p(indent="")}</div><div>展开全文</div></section><div class="bar">下载客户端，体验更流畅 <a href="/app">立即下载</a></div><section><h2>大家都在看</h2>{d.teasers(5)}</section></body></html>'


def wiki_like(d: Doc) -> str:
    """An encyclopaedia: contents first, headings in the text, notes behind."""
    parts = [*d.body]
    middle = len(parts) // 2
    lines = ["历史", *parts[:middle], "现状", *parts[middle:]]
    d.says(body="\n".join(lines), title=d.title)
    return f'<html><head><meta charset="utf-8"><title>{d.title} - 百事通</title></head><body><div id="mw"><h1>{d.title}</h1><div id="toc"><h2>目录</h2><ul><li><a href="#1">1 历史</a></li><li><a href="#2">2 现状</a></li></ul></div><div id="content"><h2>历史</h2>{"".join(f"<p>{x}</p>" for x in parts[:middle])}<h2>现状</h2>{"".join(f"<p>{x}</p>" for x in parts[middle:])}</div><h2>参考资料</h2><ol><li><a href="http://a.example.com">另一处写到过的资料</a></li></ol></div><div>本页最后修订于{d.date()}</div></body></html>'


def interview(d: Doc) -> str:
    """Questions in bold, answers plain, each a line with a name."""
    lines = []
    for n, text in enumerate(d.body):
        lines.append(f"记者：{d.sentence()}" if n % 2 == 0 else f"赵国强：{text}")
    d.says(body="\n".join(lines), published=d.iso, source=d.source, author=d.author)
    made = "".join(f"<p><strong>{x[:3]}</strong>{x[3:]}</p>" if x.startswith("记者") else f"<p>{x}</p>" for x in lines)
    return f'<html><head><meta charset="utf-8"><title>{d.title}——访谈-{d.source}网</title></head><body><div>{d.nav()}</div><h1>{d.title}</h1><p class="by">{d.date("cn")} 来源：{d.source} 作者：{d.author}</p><div class="main">{made}</div><div class="share">分享到：<a href=#>微博</a><a href=#>微信</a></div><div class="rel"><h3>相关阅读</h3><ul>{d.links(7)}</ul></div>{d.footer()}</body></html>'


def paged_article(d: Doc) -> str:
    """The first of three pages: a pager under the text, 下一页 and 全文."""
    d.says(body="\n".join(d.body), published=d.iso, source=d.source, pages=2)
    return f'<html><head><meta charset="utf-8"><title>{d.title}(1)_深度</title></head><body><div>{d.nav()}</div><h1>{d.title}</h1><div class="i">{d.iso} {d.clock} 来源：{d.source}</div><div class="a">{d.p()}</div><div class="pager"><span>1</span> <a href="a_2.html">2</a> <a href="a_3.html">3</a> <a href="a_2.html">下一页</a></div><div><ul>{d.links(8)}</ul></div>{d.footer()}</body></html>'


def notice_with_files(d: Doc) -> str:
    """A notice of an office with two files at its end."""
    d.body = d.body[:4]
    number = f"江市监函〔{d.day[0]}〕12号"
    lines = ["各区县市场监督管理局：", *d.body, "江城市市场监督管理局", d.date("short")]
    d.says(body=None, published=d.iso, kind="notice", number=number, attachments=2)
    made = "".join(f"<p>　　{x}</p>" for x in lines)
    return f'<html><head><meta charset="utf-8"><title>关于开展{d.title}工作的通知</title></head><body><div>{d.nav()}</div><div class="h">关于开展{d.title}工作的通知</div><div>{number}</div><div>发布时间：{d.iso}</div><div class="c">{made}<p>附件：1.<a href="/files/1.docx">抽查名单.docx</a></p><p>2.<a href="/files/2.xls">检验结果汇总表</a></p></div>{d.footer()}</body></html>'


def _nothing(d: Doc) -> None:
    d.gold = {"body": None, "refused": True}


def not_found(d: Doc) -> str:
    """404 with a way home."""
    _nothing(d)
    return f'<html><head><meta charset="utf-8"><title>404 - 找不到页面 - {d.source}</title></head><body><div>{d.nav()}</div><div class="e"><h1>404</h1><p>抱歉，您访问的页面不存在或已被删除。</p><p><a href="/">返回首页</a></p></div>{d.footer()}</body></html>'


def gone_with_links(d: Doc) -> str:
    """A missing page that offers other headlines."""
    _nothing(d)
    return f'<html><head><meta charset="utf-8"><title>页面没有找到</title></head><body><div class="t">很抱歉，您要查看的网页当前已过期，或已被更名或删除！5秒后自动返回首页。</div><p>您可以看看这些：</p><ul>{d.links(10)}</ul>{d.footer()}</body></html>'


def server_error(d: Doc) -> str:
    """A server's own words."""
    _nothing(d)
    return "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx/1.14.0</center></body></html>"


def login_wall(d: Doc) -> str:
    """Only for members: a form."""
    _nothing(d)
    return f'<html><head><meta charset="utf-8"><title>用户登录 - 街坊论坛</title></head><body><div>{d.nav()}</div><div class="box"><h2>提示信息</h2><p>抱歉，您尚未登录，没有权限访问该版块，请登录后继续浏览。</p><form action="/login"><label>用户名</label><input name=u><label>密码</label><input type=password name=p><label>验证码</label><input name=c><button>登录</button> <a href="/reg">立即注册</a> <a href="/lost">找回密码</a></form></div>{d.footer()}</body></html>'


def robot_check(d: Doc) -> str:
    """A check for robots."""
    _nothing(d)
    return '<html><head><meta charset="utf-8"><title>安全验证</title></head><body><div><h3>安全验证</h3><p>您的访问过于频繁，请完成下方验证后继续访问。</p><p>请拖动滑块完成拼图</p><noscript>请开启浏览器的JavaScript功能后刷新页面</noscript></div></body></html>'


def ad_page(d: Doc) -> str:
    """An advertisement with a telephone and a form, nothing else."""
    _nothing(d)
    return '<html><head><meta charset="utf-8"><title>电子秤厂家直销_批发价格_报价</title></head><body><div class="b"><h1>厂家直销电子秤 限时特惠</h1><p>原价￥298 现价仅需￥99！包邮到家，七天无理由退换！</p><p>订购热线：400-000-0000　微信同号，立即抢购！</p><p>已有3289人购买</p><a href="/buy">立即购买</a><form>姓名<input>电话<input><button>提交订单</button></form><p>名额有限，先到先得，赶快拨打热线订购吧！</p></div></body></html>'


def closed_site(d: Doc) -> str:
    """A site that is not open."""
    _nothing(d)
    return '<html><head><meta charset="utf-8"><title>网站建设中</title></head><body><div>网站正在升级维护中，请稍后访问，给您带来的不便敬请谅解。</div><div>技术支持：某某网络</div></body></html>'


SECOND = (
    qa_thread, thread_table_floors, blog_home, short_news, short_post_long_comments, unclosed, price_table_outside, ads_between,
    mobile_card, wiki_like, interview, paged_article, notice_with_files, not_found, gone_with_links, server_error, login_wall,
    robot_check, ad_page, closed_site,
)  # fmt: skip
