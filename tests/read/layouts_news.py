"""Twenty layouts of news sites and newspapers, old and new."""

# ruff: noqa: E501  (a page is a long line)

from __future__ import annotations

from layout_words import Doc


def portal_div(d: Doc) -> str:
    """A portal: header, breadcrumb, info line, body, related list, sidebar, footer."""
    d.says(published=d.iso, source=d.source, editor=d.editor)
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{d.title}_{d.source}</title></head><body>
<div class="top">{d.nav()}</div><div class="crumb"><a href="/">首页</a> &gt; <a href="/s">社会</a> &gt; 正文</div>
<div class="main"><h1>{d.title}</h1><div class="info"><span>{d.date()} {d.clock}</span> 来源：<a href="/x">{d.source}</a> <a href="#c">评论(12)</a></div>
<div class="article">{d.p()}<p class="ed">责任编辑：{d.editor}</p></div>
<div class="related"><h3>相关新闻</h3><ul>{d.links(6, True)}</ul></div></div>
<div class="side"><h3>热点排行</h3><ul>{d.links(10)}</ul><h3>视频</h3>{d.teasers(3)}</div><div class="foot">{d.footer()}</div></body></html>"""


def portal_table(d: Doc) -> str:
    """A portal of 2004: nested tables, font tags, <br> paragraphs, date and paper on one line."""
    d.says(published=d.iso, source=d.source)
    return f"""<html><head><title>{d.title}_新闻中心_{d.source}网</title><meta http-equiv=content-type content="text/html; charset=gb2312"></head>
<body><table width=760><tr><td>{d.nav(12)}</td></tr></table><table width=760><tr><td width=580 valign=top><table><tr><th><font size=4>{d.title}</font></th></tr>
<tr><td align=center>http://www.example.com {d.date()}{d.clock} {d.source}</td></tr><tr><td><font id=zoom>{d.br()}</font></td></tr>
<tr><td align=right>【<a href=#>评论</a>】【<a href=#>推荐</a>】【大 中 小】【<a href=#>打印</a>】【<a href=#>关闭</a>】</td></tr></table>
<table><tr><td><b>相关链接</b></td></tr><tr><td>{d.links(6, True, "div")}</td></tr></table></td>
<td width=180><table>{"".join(f"<tr><td>{d.links(1, False, 'span')}</td></tr>" for _ in range(9))}</table></td></tr></table>
<table><tr><td>{d.footer()}</td></tr></table></body></html>"""


def json_ld(d: Doc) -> str:
    """A modern page that says it all in JSON-LD, with class names that say nothing."""
    d.says(published=d.iso, author=d.author)
    return f"""<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{d.title} - {d.source}</title>
<script type="application/ld+json">{{"@context":"https://schema.org","@type":"NewsArticle","headline":"{d.title}","datePublished":"{d.iso}T{d.clock}:00+08:00","dateModified":"2026-01-01T00:00:00+08:00","author":{{"@type":"Person","name":"{d.author}"}}}}</script>
</head><body><div id="app"><nav class="x1">{d.nav()}</nav><div class="x2"><h1 class="x3">{d.title}</h1><div class="x4">{"".join(f'<div class="x5"><span>{text}</span></div>' for text in d.body)}</div></div>
<aside class="x6">{d.teasers(5)}</aside><footer>{d.footer()}</footer></div></body></html>"""


def opengraph(d: Doc) -> str:
    """Date only in meta; the visible line says 3小时前."""
    d.says(published=d.iso)
    return f"""<html><head><meta charset=utf-8><title>{d.title}</title><meta property="og:title" content="{d.title}"><meta property="og:type" content="article">
<meta property="article:published_time" content="{d.iso}T{d.clock}:00+08:00"></head><body><header>{d.nav()}</header><article><h1>{d.title}</h1><p class=meta>{d.source} · 3小时前 · 阅读 1.2万</p>
{d.p(indent="")}<div class="tags"><a href="/t">质量</a> <a href="/t">市场</a></div></article><section class=more><h2>更多精彩</h2>{d.teasers(6)}</section><footer>{d.footer()}</footer></body></html>"""


def lead_outside(d: Doc) -> str:
    """A summary box above the text, which is not the text; the text in its own container."""
    d.says(published=d.iso, source=d.source)
    return f"""<html><head><meta charset=utf-8><title>{d.title}-{d.source}</title></head><body><div>{d.nav()}</div><h1>{d.title}</h1>
<div>时间：{d.date("iso")} {d.clock} &nbsp; 来源：{d.source}</div><div id=content>{d.p()}</div>
<div>上一篇：<a href=1>{d.headline()}</a></div><div>下一篇：<a href=2>{d.headline()}</a></div><div class=hot><b>热门文章</b><ul>{d.links(10)}</ul></div><div>{d.footer()}</div></body></html>"""


def box_inside(d: Doc) -> str:
    """A box of links and a picture with a caption in the middle of the text."""
    d.says(published=d.iso)
    half = len(d.body) // 2
    first = "".join(f"<p>{text}</p>" for text in d.body[:half])
    second = "".join(f"<p>{text}</p>" for text in d.body[half:])
    return f"""<html><head><meta charset=utf-8><title>{d.title}|{d.source}</title></head><body><div class=nav>{d.nav()}</div><div class=wrap><h1>{d.title}</h1>
<div class=date>{d.date("short")} {d.clock}</div><div class=text>{first}<div class=box><h4>相关阅读</h4><ul>{d.links(4)}</ul></div>{second}</div>
<div class=share>分享到：<a href=#>微博</a> <a href=#>微信</a></div></div><div class=foot>{d.footer()}</div></body></html>"""


def toolbar_first(d: Doc) -> str:
    """Share, print and comment words stand above the text."""
    d.says(published=d.iso, source=d.source, author=d.author)
    return f"""<html><head><meta charset=utf-8><title>{d.title}</title></head><body>{d.nav()}<h2>{d.title}</h2><p>{d.date()} {d.clock}　{d.source}　作者：{d.author}</p>
<div><span>分享到：</span><a href=#>QQ空间</a></div><div><span>我要评论</span><a href=#>23</a></div><div>字号：<a>大</a><a>中</a><a>小</a></div>
<div class=body>{d.p()}</div><div>编辑：{d.editor}</div><ul>{d.links(5)}</ul>{d.footer()}</body></html>"""


def digital_paper(d: Doc) -> str:
    """A newspaper's digital edition: page list at the side, founder tags, title twice."""
    d.says(published=d.iso)
    return f"""<html><head><meta charset=utf-8><title>{d.title}--{d.source}</title></head><body><table><tr><td>第A01版：要闻</td><td><a href=a>上一版</a> <a href=b>下一版</a></td></tr></table>
<div>{d.date()} 星期三</div><ul>{d.links(12)}</ul><table><tr><td><founder-title>{d.title}</founder-title></td></tr><tr><td>本报记者 {d.author}</td></tr>
<tr><td><div id=ozoom><founder-content>{d.p()}</founder-content></div></td></tr></table><div>放大 缩小 默认</div><div>{d.source}社出版 国内统一刊号：CN54-0001 邮发代号：67-1</div></body></html>"""


def mobile(d: Doc) -> str:
    """A phone page: everything in sections, an open-the-app button inside the text."""
    d.says(published=d.iso, source=d.source)
    return f"""<html><head><meta charset=utf-8><title>{d.title}</title></head><body><section class=hd><a href=/>返回</a><a href=/app>打开客户端</a></section>
<section><h1>{d.title}</h1><div><span>{d.source}</span> <time datetime="{d.iso}">{d.date("iso")} {d.clock}</time></div></section><section class=art>{d.p(indent="")}</section>
<section><a href=/app>打开APP阅读全文</a></section><section><h3>大家都在看</h3>{d.teasers(8)}</section><section>{d.footer()}</section></body></html>"""


def caption_heavy(d: Doc) -> str:
    """Photographs with captions between short paragraphs; captions belong to the text."""
    captions = [f"图为{d.headline()}现场。" for _ in range(3)]
    parts: list[str] = []
    for index, text in enumerate(d.body):
        parts.append(text)
        if index < 3:
            parts.append(captions[index])
    d.says(published=d.iso, body="\n".join(parts))
    made = "".join(f'<p>{text}</p><p><img src="a.jpg" alt=""></p>' for text in parts)
    return f"""<html><head><meta charset=utf-8><title>{d.title}_{d.source}</title></head><body><div>{d.nav()}</div><h1>{d.title}</h1><p>{d.date()}{d.clock} | 来源：{d.source}</p>
<div class=c>{made}</div><div class=r><h3>图片推荐</h3><ul>{d.links(12)}</ul></div>{d.footer()}</body></html>"""


def one_paragraph(d: Doc) -> str:
    """A brief of one paragraph among much else."""
    d.body = [d.body[0] + d.sentence()]
    d.says(body=d.body[0], published=d.iso)
    return f"""<html><head><meta charset=utf-8><title>{d.title} - {d.source}</title></head><body><div>{d.nav(12)}</div><div class=l><h1>{d.title}</h1><div>{d.date("iso")} {d.clock}</div><div>{d.body[0]}</div></div>
<div class=r><h3>最新新闻</h3>{d.teasers(8)}</div><div>{d.links(20)}</div><div>{d.footer()}</div></body></html>"""


def paged(d: Doc) -> str:
    """The first of three pages, with page numbers below the text."""
    d.says(published=d.iso, source=d.source)
    return f"""<html><head><meta charset=utf-8><title>{d.title}(1)_{d.source}</title></head><body>{d.nav()}<div id=a><h1>{d.title}</h1><p>{d.date()} 来源: {d.source}</p>{d.p()}
<div class=pages>[1] <a href=2>[2]</a> <a href=3>[3]</a> <a href=2>下一页</a> <a href=3>尾页</a></div></div><div><h3>推荐阅读</h3><ul>{d.links(8)}</ul></div>{d.footer()}</body></html>"""


def unclosed(d: Doc) -> str:
    """Tags that never close: <p>, <td>, <font>, <a>."""
    d.says(published=d.iso)
    return f"""<html><head><meta charset=utf-8><title>{d.title}</title><body><table><tr><td>{d.nav()}<tr><td><font size=5><b>{d.title}</b><tr><td align=center>{d.date()} {d.clock}
<tr><td><a name=top>{"".join(f"<p>　　{text}" for text in d.body)}<tr><td><hr><font size=2>相关文章<br>{d.links(5)}<tr><td>{d.footer()}"""


def div_soup(d: Doc) -> str:
    """Each paragraph deep in its own divs."""
    d.says(published=d.iso, source=d.source)
    soup = "".join(f"<div><div><div><div>{text}</div></div></div></div>" for text in d.body)
    return f"""<html><head><meta charset=utf-8><title>{d.title}_{d.source}</title></head><body><div><div>{d.nav()}</div></div><div><div><div>{d.title}</div></div><div><div>{d.date("dot")} {d.clock}</div><div>来源：{d.source}</div></div>
<div>{soup}</div></div><div><div>{d.teasers(4)}</div></div><div><div>{d.footer()}</div></div></body></html>"""


def disclaimer(d: Doc) -> str:
    """A legal notice longer than a paragraph behind the text, in the same container."""
    d.says(published=d.iso, source=d.source)
    legal = (
        "凡本网注明来源的所有作品，均为本网合法拥有版权的作品，未经授权不得转载、摘编或利用其它方式使用。违反上述声明者，本网将追究其相关法律责任。"
        * 2
    )
    return f"""<html><head><meta charset=utf-8><title>{d.title}</title></head><body>{d.nav()}<div id=x><h1>{d.title}</h1><div>发布时间：{d.date("iso")}　来源：{d.source}</div>{d.p()}<p>{d.source}版权与免责声明：</p><p>{legal}</p><p>联系电话：010-12345678</p></div>{d.footer()}</body></html>"""


def with_table(d: Doc) -> str:
    """A table of prices inside the text, which is text."""
    cells = [[f"第{row}类", str(d.random.randint(10, 99)), f"{d.random.randint(10, 99)}元"] for row in range(1, 9)]
    half = len(d.body) // 2
    rows = ["".join(row) for row in cells]
    d.says(published=d.iso, body="\n".join([*d.body[:half], *rows, *d.body[half:]]))
    table = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in cells)
    first, second = ("".join(f"<p>{text}</p>" for text in part) for part in (d.body[:half], d.body[half:]))
    return f"""<html><head><meta charset=utf-8><title>{d.title}</title></head><body>{d.nav()}<h1>{d.title}</h1><p>{d.date()} {d.clock}</p><div class=t>{first}<table border=1>{table}</table>{second}</div><h3>相关报道</h3><ul>{d.links(5)}</ul>{d.footer()}</body></html>"""


def interview(d: Doc) -> str:
    """Questions and answers, short lines among long ones, names in bold."""
    lines: list[str] = []
    for text in d.body:
        lines += [f"记者：{d.random.choice(['为什么是现在？', '下一步呢？', '有人反对吗？'])}", f"{d.author}：{text}"]
    d.says(published=d.iso, body="\n".join(lines))
    made = "".join(f"<p><strong>{text[:3]}</strong>{text[3:]}</p>" for text in lines)
    return f"""<html><head><meta charset=utf-8><title>{d.title}_{d.source}</title></head><body>{d.nav()}<h1>{d.title}</h1><div>{d.date()} {d.clock} {d.source}</div><div>{made}</div><div>网友评论</div><div>{d.sentence()}</div>{d.footer()}</body></html>"""


def ads_between(d: Doc) -> str:
    """Advertising words and scripts between paragraphs."""
    d.says(published=d.iso)
    made = "".join(f"<p>{text}</p><div class=ad><script>var a=1;</script><a href=/ad>广告</a></div>" for text in d.body)
    return f"""<html><head><meta charset=utf-8><title>{d.title}</title><style>.a{{}}</style></head><body><!-- {d.sentence()} --><noscript>请打开脚本，否则无法正常显示本页的内容。</noscript>{d.nav()}<h1>{d.title}</h1><span>{d.date("iso")} {d.clock}</span><div>{made}</div><div><a href=1>{d.headline()}</a><a href=2>{d.headline()}</a></div>{d.footer()}</body></html>"""


def hidden_text(d: Doc) -> str:
    """Anti-copy words in hidden spans, and a hidden dialog with prose."""
    d.says(published=d.iso)
    made = "".join(f'<p>{text}<span style="display:none">转自江城网 www.example.com</span></p>' for text in d.body)
    return f"""<html><head><meta charset=utf-8><title>{d.title}</title></head><body><div style="display:none"><p>{d.paragraph(3, 5)}</p><p>{d.paragraph(3, 5)}</p></div>{d.nav()}<h1>{d.title}</h1><p>{d.date()} {d.clock}</p><div>{made}</div>{d.footer()}</body></html>"""


def big5_news(d: Doc) -> str:
    """A page whose date stands below the text, with 記者 in front."""
    d.says(published=d.iso)
    return f"""<html><head><meta charset=utf-8><title>{d.title} | {d.source}</title></head><body><div>{d.nav()}</div><h1>{d.title}</h1><p>记者{d.author}／江城报道</p>{d.p(indent="")}<div class=foot2>{d.date("slash")} {d.clock}</div><div>延伸閱讀</div><ul>{d.links(6)}</ul>{d.footer()}</body></html>"""


NEWS = (
    portal_div, portal_table, json_ld, opengraph, lead_outside, box_inside, toolbar_first, digital_paper, mobile, caption_heavy,
    one_paragraph, paged, unclosed, div_soup, disclaimer, with_table, interview, ads_between, hidden_text, big5_news,
)  # fmt: skip
