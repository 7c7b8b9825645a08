"""Twenty-four layouts of kinds that the others leave out; every third was out of sight while the reader was mended.

Copies of accounts' posts, cards of open government, tables of failed samples, live reports, galleries, viewers, feeds
rendered as pages, mirrors. The gold also says the kind, and how the date is found.
"""

# ruff: noqa: E501  (a page is a long line)

from __future__ import annotations

from layout_words import NICKS, Doc

OFFICE = "江城市市场监督管理局"


def account_post(d: Doc) -> str:
    """A post of an account of the big messenger, as saved: the text is invisible until a script has run."""
    d.says(body="\n".join(d.body), kind="article", published=d.iso, how="line", author=d.author)
    made = "".join(
        f'<section style="margin: 0px 8px;"><span style="font-size: 15px;letter-spacing: 1px;">{line}</span></section><section><br></section>'
        for line in d.body
    )
    return f"""<!DOCTYPE html><html class=""><head><meta charset="utf-8"><title>{d.title}</title><meta property="og:title" content="{d.title}"><meta name="author" content="{d.author}"><meta property="og:site_name" content="公众平台"></head><body id="activity-detail"><div class="rich_media"><div id="img-content" class="rich_media_wrp"><h1 class="rich_media_title" id="activity-name">{d.title}</h1><div id="meta_content" class="rich_media_meta_list"><span class="rich_media_meta rich_media_meta_text">原创</span> <span class="rich_media_meta rich_media_meta_text">{d.author}</span> <span class="rich_media_meta"><a href="javascript:void(0);">江城市场监管</a></span> <em id="publish_time">{d.iso} {d.clock}</em> <em>江城</em></div><div class="rich_media_content" id="js_content" style="visibility: hidden; opacity: 0; ">{made}</div></div></div><div class="tips">预览时标签不可点</div><div><a href="javascript:;">阅读</a> <a href="javascript:;">分享</a> <a href="javascript:;">收藏</a> <a href="javascript:;">赞</a> <a href="javascript:;">在看</a></div><div>微信扫一扫<br>关注该公众号</div><div>继续滑动看下一个</div><div>轻触阅读原文</div><div><a href="/profile">江城市场监管</a> 向上滑动看下一个</div></body></html>"""


def bilingual(d: Doc) -> str:
    """Every paragraph in Chinese and then in English."""
    d.body = d.body[:5]
    english = [
        "Officials checked thirty shops and took sixty samples back to the laboratory.",
        "The results were written on a blackboard, so that everyone could read them.",
        "It turned out that a small spring was the cause of the whole trouble.",
        "The next inspection will take place in autumn, said the engineer in charge.",
        "Half of the costs are paid by the district, the other half by the shops.",
    ][: len(d.body)]
    lines = [line for pair in zip(d.body, english, strict=True) for line in pair]
    d.says(body="\n".join(lines), kind="article", published=d.iso, how="label", source=OFFICE)
    text = "".join(f"<p>{cn}</p><p lang=en>{en}</p>" for cn, en in zip(d.body, english, strict=True))
    return f'<html><head><meta charset="utf-8"><title>{d.title} | {OFFICE}</title></head><body><div class="lang"><a href="/">中文</a> | <a href="/en/">English</a></div><div class="nav"><a href="/1">首页 Home</a> <a href="/2">新闻 News</a> <a href="/3">公告 Notices</a> <a href="/4">服务 Services</a></div><div class="c"><h1>{d.title}</h1><h2>Fair scales for the market</h2><div class="i"><span>发布日期 Date：{d.iso}</span> <span>来源 Source：{OFFICE}</span></div><div class="t">{text}</div></div><div class="f">版权所有 Copyright {OFFICE} All Rights Reserved 京ICP备12345678号</div></body></html>'


def notice_file_table(d: Doc) -> str:
    """A notice whose files stand in a table: number, name, size, 下载."""
    d.title = "关于开展水表抽样检验的通知"
    sign = [OFFICE, d.date("short")]
    d.says(
        title=d.title,
        body="\n".join(["各区县市场监督管理局：", *d.body, *sign]),
        kind="notice",
        published=d.iso,
        how="label",
        attachments=3,
    )
    names = ("抽样检验名单", "报名表", "联系人一览")
    rows = "".join(
        f"<tr><td>{n}</td><td>{name}</td><td>{n * 13}KB</td><td><a href='./P0{n}.docx'>下载</a></td></tr>"
        for n, name in enumerate(names, 1)
    )
    return f"<html><head><meta charset=utf-8><title>{d.title}-{OFFICE}</title></head><body><div>{d.nav()}</div><div>当前位置：<a href=/>首页</a> &gt; <a href=/tz/>通知公告</a></div><h1>{d.title}</h1><div>发布时间：{d.iso} {d.clock} 浏览次数：128</div><div class=TRS_Editor><p>各区县市场监督管理局：</p>{d.p()}<p align=right>{OFFICE}</p><p align=right>{d.date('short')}</p></div><table border=1><tr><th>序号</th><th>附件名称</th><th>大小</th><th>操作</th></tr>{rows}</table><div>【打印本页】【关闭窗口】</div>{d.footer()}</body></html>"


def open_government_card(d: Doc) -> str:
    """The card of open government: eight cells, the day it was made and the day it was published are different."""
    made = f"{d.day[0] - 1}-12-30"
    number = f"江市监发〔{d.day[0] - 1}〕28号"
    index = f"11330000MB{d.random.randint(1000, 9999)}-04_A/{d.day[0]}-{d.random.randint(10000, 99999)}"
    d.title = f"{OFFICE}关于印发公平秤管理办法的通知"
    d.says(title=d.title, body="\n".join(d.body), kind="notice", published=d.iso, how="label")
    d.says(issuer=OFFICE, number=number, index_number=index)
    cells = [("索引号", index), ("主题分类", "市场监管"), ("发文机关", OFFICE), ("成文日期", made)]
    cells += [("发文字号", number), ("发布日期", d.iso), ("有效性", "有效"), ("公开方式", "主动公开")]
    rows = "".join(
        f"<tr><td class=k>{a}</td><td class=v>{b}</td><td class=k>{c}</td><td class=v>{e}</td></tr>"
        for (a, b), (c, e) in zip(cells[::2], cells[1::2], strict=True)
    )
    return f"<html><head><meta charset=utf-8><title>{d.title}</title></head><body><div>{d.nav()}</div><table class=card>{rows}</table><div class=xl><h2 style='text-align:center'>{d.title}</h2><div id=zoom>{d.p()}</div></div><div>扫一扫在手机打开当前页</div>{d.footer()}</body></html>"


def policy_questions(d: Doc) -> str:
    """An office explains a rule: 一、…, 问, 答."""
    lines = []
    for n, text in enumerate(d.body):
        lines += [
            f"问：{d.random.choice(['这个办法为什么要出台', '谁可以申请', '费用由谁来出', '什么时候开始施行'])}？（{n + 1}）",
            f"答：{text}",
        ]
    d.title = "《公平秤管理办法》政策解读"
    d.says(title=d.title, body="\n".join(lines), kind="article", published=d.iso, how="label", source="法规处")
    text = "".join(f"<p><b>{x}</b></p>" if x.startswith("问") else f"<p>{x}</p>" for x in lines)
    return f"<html><head><meta charset=utf-8><title>{d.title}_{OFFICE}</title></head><body><div>{d.nav()}</div><div class=art><h3>{d.title}</h3><ul class=info><li>发布时间：{d.iso}</li><li>信息来源：法规处</li><li>字体：【大 中 小】</li></ul><div class=con>{text}</div><div>相关文件：<a href='/f/1.html'>公平秤管理办法</a></div></div>{d.footer()}</body></html>"


def live_report(d: Doc) -> str:
    """A live report of a press conference: a time and a speaker before each contribution, the newest last."""
    speakers = ("主持人", "赵国强", "李芳")
    entries = [(f"{9 + n // 4:02d}:{n * 13 % 60:02d}", f"{speakers[n % 3]}：{text}") for n, text in enumerate(d.body)]
    d.says(body="\n".join(text for _, text in entries), kind="article", published=d.iso, how="line")
    made = "".join(f'<li><i class="t">{time}</i><div class="w">{text}</div></li>' for time, text in entries)
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>图文直播：{d.title}</title></head><body><div class="top">{d.nav()}</div><h1>{d.title}</h1><div class="meta"><span>时间：{d.date("cn")} 9:00</span><span>地点：江城市新闻发布厅</span></div><ul class="tabs"><li><a href="#a">文字直播</a></li><li><a href="#b">图片</a></li><li><a href="#c">嘉宾</a></li></ul><ul class="live">{made}</ul><div>直播已结束</div>{d.footer()}</body></html>'


def gallery(d: Doc) -> str:
    """Photographs with a caption each, nothing else."""
    lines = [f"{line}{d.author}　摄" for line in (d.sentence() for _ in range(len(d.body) + 2))]
    d.says(body="\n".join(lines), kind="article", published=d.iso, how="line", source=d.source)
    shots = "".join(
        f'<figure><a href="/pic/{n}.jpg"><img src="/pic/{n}.jpg" alt=""></a><figcaption>{line}</figcaption></figure>'
        for n, line in enumerate(lines)
    )
    return f'<html><head><meta charset="utf-8"><title>{d.title}（组图）_{d.source}</title></head><body><div>{d.nav()}</div><h1>{d.title}</h1><p class="s">{d.iso} {d.clock}　{d.source}</p><div class="pics">{shots}</div><div class="thumb"><a href="#1">1/{len(lines)}</a> <a href="#n">下一张</a> <a href="#all">查看全部</a></div><div class="more"><h4>推荐图集</h4>{d.links(6)}</div>{d.footer()}</body></html>'


def viewer(d: Doc) -> str:
    """A viewer of a document in the browser: a tool bar, and the text as short lines in boxes."""
    pieces = [line[start : start + 24] for line in d.body for start in range(0, len(line), 24)]
    d.says(body="\n".join(pieces), kind="article")
    layer = "".join(
        f'<div style="left: 90px; top: {n * 20}px; font-size: 16px;">{piece}</div>' for n, piece in enumerate(pieces)
    )
    return f'<!DOCTYPE html><html dir="ltr"><head><meta charset="utf-8"><title>{d.title}.pdf</title></head><body><div id="toolbar"><button>切换侧栏</button><button>查找</button><input title="页面" value="1"><span>/ 1</span><button>缩小</button><button>放大</button><select><option>自动缩放</option><option>实际大小</option><option>适合页面</option></select><button>打印</button><button>下载</button></div><div id="viewer"><div class="page"><div class="canvasWrapper"><canvas></canvas></div><div class="textLayer">{layer}</div></div></div></body></html>'


def accelerated(d: Doc) -> str:
    """An accelerated page for phones: elements of its own, the head declares all."""
    d.says(body="\n".join(d.body), kind="article", published=d.iso, how="json-ld", author=d.author, source=d.source)
    ld = f'{{"@context":"http://schema.org","@type":"NewsArticle","headline":"{d.title}","datePublished":"{d.iso}T{d.clock}:00+08:00","author":{{"@type":"Person","name":"{d.author}"}},"publisher":{{"@type":"Organization","name":"{d.source}"}}}}'
    text = '<amp-ad width=300 height=250 type="x"><div placeholder>广告</div></amp-ad>'.join(
        f"<p>{line}</p>" for line in d.body
    )
    return f'<!doctype html><html amp lang="zh"><head><meta charset="utf-8"><title>{d.title}</title><link rel="canonical" href="https://news.example.com/a/1.html"><script type="application/ld+json">{ld}</script><style amp-custom>p{{margin:0}}</style></head><body><amp-sidebar id="s" layout="nodisplay"><ul><li><a href="/">首页</a></li><li><a href="/a">时政</a></li><li><a href="/b">民生</a></li></ul></amp-sidebar><header><a href="/">{d.source}</a></header><article><h1>{d.title}</h1><div>{d.author}</div><amp-img src="1.jpg" width=600 height=400></amp-img>{text}</article><amp-list src="/more.json"><template type="amp-mustache"><p>{{{{title}}}}</p></template></amp-list><footer>{d.footer()}</footer></body></html>'


def failed_samples(d: Doc) -> str:
    """An announcement that is one sentence and a long table of samples that failed."""
    lead = "近期，我局组织抽检电子秤60批次，其中不合格8批次，现将有关情况通告如下，请各地依法处理。"
    head = ["序号", "样品名称", "生产企业", "规格型号", "不合格项目", "检验机构"]
    count = 2 * len(d.body)
    body = [
        [
            str(n),
            f"电子计价秤{n}",
            f"{d.random.choice(['江城', '河东', '柳林'])}第{n}衡器有限公司",
            f"ACS-{n}5",
            "示值误差",
            "江城市计量院",
        ]
        for n in range(1, count + 1)
    ]
    number = f"{d.day[0]}年第{d.random.randint(2, 60)}号"
    d.title = f"{OFFICE}关于8批次电子秤不合格情况的通告"
    d.says(title=d.title, body="\n".join([lead, *head, *(cell for row in body for cell in row)]), kind="notice")
    d.says(published=d.iso, how="label", number=number)
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in [head, *body])
    return f"<html><head><meta charset=utf-8><title>{d.title}</title></head><body><div>{d.nav()}</div><h1>{d.title}</h1><h2>（{number}）</h2><div class=t>发布时间：{d.iso} 来源：{OFFICE}</div><div class=c><p>　　{lead}</p><div style='overflow:auto'><table border=1 cellspacing=0>{rows}</table></div></div><div><a href=#>打印</a> <a href=#>关闭</a></div>{d.footer()}</body></html>"


def two_articles(d: Doc) -> str:
    """A page of a paper: one article, and a short one in a frame beside it."""
    d.says(body="\n".join(d.body), kind="article", published=d.iso, author=d.author)
    return f"<html><head><meta charset=utf-8><title>{d.title}-{d.source}-数字报</title></head><body><table width=980><tr><td>{d.source} {d.date('cn')} 星期三 <a href=#>第03版：民生</a> <a href=#>上一版</a> <a href=#>下一版</a></td></tr><tr><td valign=top><h2>{d.title}</h2><div>本报记者 {d.author}</div>{d.p()}</td></tr><tr><td><table border=1><tr><td><b>{d.headline()}</b><br>　　{d.sentence()}</td></tr></table></td></tr></table>{d.footer()}</body></html>"


def mixed_languages(d: Doc) -> str:
    """A report of a laboratory with names, numbers and whole sentences in English."""
    english = [
        "The scale SF-400 was tested at 20 °C.",
        "See Annex B of ISO 9001:2015 for details.",
        "(All values are in grams.)",
    ]
    d.body = [f"{line}{english[n % 3]}" for n, line in enumerate(d.body)]
    d.says(body="\n".join(d.body), kind="article", published=d.iso, how="meta", author="Lin Xiaoyu")
    return f'<html lang="zh-CN"><head><meta charset="utf-8"><title>{d.title} – Lab Notes</title><meta name="author" content="Lin Xiaoyu"><meta property="article:published_time" content="{d.iso}T{d.clock}:00+08:00"></head><body><nav><a href="/">Home</a> <a href="/about">About</a> <a href="/tags">Tags</a> <a href="/rss">RSS</a></nav><main><h1>{d.title}</h1><p class="meta">Posted by Lin Xiaoyu on {d.iso} | 3 min read</p><div class="post">{d.p(indent="")}</div><p>Filed under: <a href="/t/1">scales</a>, <a href="/t/2">tests</a></p></main><footer>© {d.day[0]} Lab Notes. Powered by Hexo</footer></body></html>'


TAIWAN = (
    "縣政府說，這次抽查的六十件玩具都寫上了編號，結果很快公布。",
    "一位老師傅當場示範，怎麼樣把舊的秤調準，圍觀的人聽得很認真。",
    "鄰居們都說這樣才公道，以後每個月都應該這樣做。",
    "問題出在一根不起眼的彈簧上，換掉以後，數字就對了。",
    "費用由鄉公所與商家各出一半，預計年底以前辦理完畢。",
    "業者表示，會在門口貼出新的價目表，請大家一起監督。",
)


def taiwan_office(d: Doc) -> str:
    """An office in Taiwan: the year of the republic, traditional characters."""
    year, month, day = d.day
    d.title = f"{d.random.choice(['柳林縣', '青石鄉', '臨水市'])}公布玩具抽查結果"
    d.body = ["".join(d.random.sample(TAIWAN, 3)) for _ in d.body]
    d.says(title=d.title, body="\n".join(d.body), kind="article", published=d.iso, how="label", source="經濟發展處")
    return f"<!DOCTYPE html><html lang='zh-Hant'><head><meta charset='utf-8'><title>柳林縣政府-{d.title}</title></head><body><a href='#C'>跳到主要內容區塊</a><ul class='top'><li><a href='/'>回首頁</a></li><li><a href='/map'>網站導覽</a></li><li><a href='/en'>English</a></li></ul><div id='C'><h2>{d.title}</h2><ul class='info'><li>發布日期：民國{year - 1911}年{month}月{day}日</li><li>資料來源：經濟發展處</li><li>點閱數：312</li></ul><div class='cp'>{d.p(indent='')}</div><a href='#'>回上一頁</a></div><footer>縣府地址：柳林縣中山路一號 服務專線：1999<br>版權所有 柳林縣政府</footer></body></html>"


def old_board(d: Doc) -> str:
    """A board of twenty years ago: a table a post, the day behind 发表于, TOP and a signature below each."""
    d.body = d.body[:4]
    d.says(body="\n".join(d.body), kind="article", published=d.iso)
    year, month, day = d.day

    def post(number: int, nick: str, when: str, words: str) -> str:
        return f"<table class=t_msg cellspacing=0 width=100%><tr><td width=20% valign=top rowspan=2><a href=viewpro.php?uid={number}>{nick}</a><br>新手上路<br>帖子 {number * 7}<br>精华 0<br>注册 2003-{number % 9 + 1}-4</td><td><a href=#>#{number}</a> 发表于 {when} <a href=#>资料</a> <a href=#>个人空间</a> <a href=#>短消息</a> <a href=#>加为好友</a></td></tr><tr><td valign=top>{words}<br><br><a href=#top>TOP</a></td></tr></table>"

    posts = post(1, NICKS[0], f"{year}-{month}-{day} {d.clock}", f"<b>{d.title}</b><br>" + "<br>".join(d.body))
    posts += "".join(post(n, nick, when, words) for n, (nick, when, words) in enumerate(d.comments(6), 2))
    return f"<html><head><meta charset=utf-8><title>{d.title} - 街谈巷议 - 江城论坛 - Powered by Discuz!</title></head><body><p><a href=index.php>江城论坛</a> » <a href=forumdisplay.php>街谈巷议</a> » {d.title}</p><p>‹‹ <a href=#>上一主题</a> | <a href=#>下一主题</a> ››</p>{posts}<p>当前时区 GMT+8</p><p>Powered by <b>Discuz!</b> 5.0 © 2001-2006</p></body></html>"


def feed_as_page(d: Doc) -> str:
    """A feed that a style sheet shows as a page: headlines, days as mail has them, a sentence or two each."""
    days = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    count = 8
    d.title = f"{d.source} - 最新消息"
    d.says(title=None, body=None, kind="list", items=count)
    rows = "".join(
        f'<div class="item"><h3><a href="http://news.example.com/{n}.html">{n + 1} {d.headline()}</a></h3><div class="d">{days[n % 7]}, {20 - n:02d} {months[d.day[1] - 1]} {d.day[0]} 08:{n:02d}:00 +0800</div><p>{d.sentence()}</p></div>'
        for n in range(count)
    )
    return f'<html><head><meta charset="utf-8"><title>{d.title}</title></head><body><h1>{d.title}</h1><p>这是一个可以订阅的频道，请把地址复制到阅读器里。</p><div>{rows}</div></body></html>'


def printed(d: Doc) -> str:
    """What a site gives to a printer: the day of printing above and below, the address at the end."""
    d.says(body="\n".join(d.body), kind="article", published=d.iso, how="line", source=d.source)
    return f"<html><head><meta charset=utf-8><title>打印：{d.title}</title></head><body onload='window.print()'><div align=right>打印时间：2026-11-20 18:22</div><h1>{d.title}</h1><div>{d.date('cn')} {d.clock} 来源：{d.source}</div><hr>{d.p()}<hr><div>原文链接：http://news.example.com/1.html</div><div>【打印】【关闭】 本页打印于2026年11月20日</div></body></html>"


def mirror_with_spam(d: Doc) -> str:
    """A mirror into which somebody put words for a search engine: before everything, out of sight, and in the title."""
    d.says(body="\n".join(d.body), kind="article", published=d.iso, how="line", source=d.source)
    spam = "".join(f"<a href='http://s{n}.example.net/'>彩票平台{n}号官网</a> " for n in range(30))
    words = (
        "欢迎来到彩票娱乐平台，注册就送大礼，老虎机、轮盘、二十一点应有尽有，信誉第一，提款迅速，数百万玩家的共同选择，客服全天在线。"
        * 3
    )
    return f"<html><head><meta charset=utf-8><title>{d.title}-彩票平台app下载-{d.source}</title><meta name=keywords content='彩票,娱乐'></head><body><div style='position:absolute;left:-9999px;top:-9999px'>{spam}<p>{words}</p></div><div>{d.nav()}</div><h1>{d.title}</h1><div>{d.iso} {d.clock} 来源：{d.source}</div><div id=content>{d.p()}</div><ul>{d.links(6)}</ul>{d.footer()}</body></html>"


def tender(d: Doc) -> str:
    """A call for tenders: labels and values, then numbered conditions."""
    pairs = [
        ("项目编号", "JC2024-117"),
        ("项目名称", "公平秤采购项目"),
        ("预算金额", "36.5万元"),
        ("采购方式", "公开招标"),
        ("采购人", OFFICE),
    ]
    steps = [f"{n}、{line}" for n, line in enumerate(d.body, 1)]
    d.title = "公平秤采购项目公开招标公告"
    d.says(title=d.title, body="\n".join([*(f"{a}：{b}" for a, b in pairs), *steps]), kind="article", published=d.iso)
    d.says(how="label")
    head = "".join(f"<p><strong>{a}：</strong>{b}</p>" for a, b in pairs)
    text = "".join(f"<p>{step}</p>" for step in steps)
    return f"<html><head><meta charset=utf-8><title>{d.title}_公共资源交易中心</title></head><body><div>{d.nav()}</div><div class=w><h2>{d.title}</h2><p class=d>【信息时间：{d.iso}　阅读次数：<span>77</span>】【我要打印】【关闭】</p><div class=z>{head}{text}</div></div>{d.footer()}</body></html>"


def video(d: Doc) -> str:
    """A video with one paragraph below it, and forty others beside it with their lengths."""
    d.body = [d.paragraph(3, 4)]
    d.says(body=d.body[0], kind="article", published=d.iso, how="line", source=d.source)
    others = "".join(
        f'<li><a href="/v/{n}"><img src="/{n}.jpg"><i>0{n % 9}:{n:02d}</i><b>{d.headline()}</b></a></li>'
        for n in range(40)
    )
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>[新闻直通车]{d.title}_{d.source}</title></head><body><div>{d.nav()}</div><div class="player"><div>抱歉，您的浏览器不支持播放，请升级浏览器</div></div><div class="side"><h3>正在播放</h3><ul>{others}</ul></div><div class="info"><h1>[新闻直通车]{d.title}</h1><div>来源：{d.source} {d.date("cn")} {d.clock}</div><div class="intro"><b>内容简介</b><p>{d.body[0]}</p></div></div>{d.footer()}</body></html>'.replace(
        "[新闻直通车]", ""
    )


def three_headlines(d: Doc) -> str:
    """A paper's article with a line above and a line below its headline."""
    above, below = "让老百姓买得放心", f"——{d.source}记者一线见闻"
    d.says(body="\n".join(d.body), kind="article", published=d.iso, author=d.author)
    return f"<html><head><meta charset=utf-8><title>{d.source}多媒体数字报刊平台 {d.title}</title></head><body><div>{d.source} <a href=#>返回目录</a> <a href=#>放大</a> <a href=#>缩小</a> <a href=#>全文复制</a></div><div>第02版：要闻 上一版 下一版　{d.date('cn')} 星期五</div><div class=y>{above}</div><h1>{d.title}</h1><div class=f>{below}</div><div class=z>■本报记者 {d.author}</div><div id=ozoom>{d.p()}</div><div>上一篇 下一篇</div></body></html>"


def penalty(d: Doc) -> str:
    """A decision on a penalty: the number under the headline, who it is about, the office and the day at the end."""
    number = f"江市监处罚〔{d.day[0]}〕{d.random.randint(11, 99)}号"
    who = ["当事人：河东衡器有限公司", "住所：河东区新街12号", "法定代表人：周平"]
    d.title = "河东衡器有限公司行政处罚决定书"
    d.says(title=d.title, body="\n".join([*who, *d.body, OFFICE, d.date("short")]), kind="notice", number=number)
    d.says(issuer=OFFICE, published=d.iso)
    lines = "".join(f"<p>{line}</p>" for line in who)
    return f"<html><head><meta charset=utf-8><title>{d.title}</title></head><body><div>{d.nav()}</div><div class=main><h1>{d.title}</h1><p align=center>{number}</p>{lines}{d.p()}<p align=right>{OFFICE}</p><p align=right>{d.date('short')}</p></div><div>{d.links(5, tag='p')}</div>{d.footer()}</body></html>"


def frequent_questions(d: Doc) -> str:
    """Frequent questions: a question and a short answer, twenty of them, as a definition list."""
    pairs = [
        (f"{d.random.choice(['秤不准', '收据丢了', '想要复检', '价格不符'])}怎么办（{n}）？", d.sentence())
        for n in range(1, 3 * len(d.body))
    ]
    d.title = "消费者常见问题解答"
    d.says(title=d.title, body="\n".join(line for pair in pairs for line in pair), kind="article")
    made = "".join(f"<dt>{question}</dt><dd>{answer}</dd>" for question, answer in pairs)
    return f'<html><head><meta charset="utf-8"><title>{d.title}-{OFFICE}</title></head><body><header>{d.nav()}</header><section><h1>{d.title}</h1><dl class="faq">{made}</dl></section><footer>{d.footer()}</footer></body></html>'


def chronicle(d: Doc) -> str:
    """A chronicle: every line begins with a day of the year it is about."""
    year = d.day[0] - 1
    lines = [f"{n % 12 + 1}月{n * 5 % 27 + 1}日 {d.sentence()}" for n in range(3 * len(d.body))]
    d.title = f"江城市场监管{year}年大事记"
    d.says(title=d.title, body="\n".join(lines), kind="article", published=d.iso, how="label", source="办公室")
    text = "".join(f"<p>{line}</p>" for line in lines)
    return f'<html><head><meta charset="utf-8"><title>{d.title}</title></head><body><div>{d.nav()}</div><h1>{d.title}</h1><p>发布日期：{d.iso}　来源：办公室　【字体：大 中 小】</p><div class="v">{text}</div><div class="p">上一篇：<a href=1>{d.headline()}</a><br>下一篇：没有了</div>{d.footer()}</body></html>'


def morning_digest(d: Doc) -> str:
    """The morning's news in one post: a small headline and a paragraph each, an editor's word before and after."""
    lines = ["早上好，以下是今天的要闻。"]
    for line in d.body:
        lines += [d.headline(), line]
    d.title = f"早报 | {d.headline()}"
    d.says(title=d.title, body="\n".join(lines), kind="article", published=d.iso, how="line", editor=d.editor)
    text = f"<p>{lines[0]}</p>" + "".join(
        f"<h3>{a}</h3><p>{b}</p>" for a, b in zip(lines[1::2], lines[2::2], strict=True)
    )
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{d.title}</title></head><body><div class="n">{d.nav(5)}</div><h1>{d.title}</h1><div class="a"><a href="/u/9">江城早班车</a> · {d.iso} {d.clock}</div><div class="post">{text}<p>编辑：{d.editor}</p></div><div class="c"><h4>热门评论</h4><p>每天都看，支持一下！</p></div>{d.footer()}</body></html>'


THIRD = (
    account_post, bilingual, notice_file_table, open_government_card, policy_questions, live_report, gallery, viewer,
    accelerated, failed_samples, two_articles, mixed_languages, taiwan_office, old_board, feed_as_page, printed,
    mirror_with_spam, tender, video, three_headlines, penalty, frequent_questions, chronicle, morning_digest,
)  # fmt: skip
