"""Fourteen layouts written after the reader was tuned: what it does on kinds of pages it was not made for."""

# ruff: noqa: E501  (a page is a long line)

from __future__ import annotations

from layout_words import Doc


def tianya(d: Doc) -> str:
    """A board where each post is headed by 作者 and 提交日期 or 回复日期, in one font table."""
    d.body = d.body[:5]
    d.says(body="\n".join(d.body), published=d.iso, author="老街坊")
    rest = "".join(
        f"<TABLE width=100%><TR><TD><font size=-1 color=green><br><center>作者：<a href=/u>{nick}</a>　回复日期：{when}:12</center></font></TD></TR></TABLE><br>　　{words}<br>"
        for nick, when, words in d.comments(8, True)
    )
    return f"""<html><head><title>{d.title}_街坊杂谈_社区</title><meta charset=utf-8></head><body><TABLE><TR><TD>{d.nav()}</TD></TR></TABLE><TABLE><TR><TD><font size=+2><B>{d.title}</B></font></TD></TR></TABLE><TABLE><TR><TD><font size=-1><center>作者：<a href=/u>老街坊</a>　提交日期：{d.iso} {d.clock}:05</center></font></TD></TR></TABLE><div class=content>{"<br>　　".join(d.body)}</div>{rest}<form>回复：<textarea></textarea></form>{d.footer()}</body></html>"""


def bbs_telnet(d: Doc) -> str:
    """A university board in <pre>: 发信人, 信区, 标题, 发信站, signature."""
    d.body = d.body[:4]
    year, month, day = d.day
    name = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][month - 1]
    d.says(body="\n".join(d.body), published=d.iso)
    return f"""<html><head><meta charset=utf-8><title>水边站 -- 主题文章阅读 [街坊]</title></head><body><a href=/>水边站</a> -- <a href=/b>街坊</a><hr><pre>发信人: oldman (老街坊), 信区: Neighbors
标  题: {d.title}
发信站: 水边站 (Tue {name} {day:2d} {d.clock}:13 {year}), 站内

{chr(10).join(d.body)}

--
※ 来源:·水边站 bbs.example.com·[FROM: 10.1.*.*]
</pre><hr>[<a href=1>上一篇</a>][<a href=2>下一篇</a>][<a href=3>回复文章</a>]</body></html>"""


def phpbb(d: Doc) -> str:
    """A board from abroad: user at the left, 发表于 with a Chinese month name."""
    d.body = d.body[:3]
    year, month, day = d.day
    name = ["一月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "十一月", "十二月"][
        month - 1
    ]
    d.says(body="\n".join(d.body), published=d.iso)

    def post(nick: str, when: str, words: str) -> str:
        return f"<tr><td width=150><b>{nick}</b><br><span>注册时间: 2003-01-02<br>文章: {d.random.randint(1, 400)}</span></td><td><table><tr><td><span class=postdetails>发表于: {when}　　文章主题: {d.title}</span></td></tr><tr><td><hr></td></tr><tr><td><span class=postbody>{words}</span></td></tr></table></td></tr><tr><td><a href=#top>返回顶端</a></td><td></td></tr>"

    posts = post("老街坊", f"星期二 {name} {day}, {year} 10:36 pm", "<br />".join(d.body))
    posts += "".join(
        post(nick, f"星期三 {name} {day}, {year} {n + 1}:0{n} am", words)
        for n, (nick, _, words) in enumerate(d.comments(6, True))
    )
    return f"""<html><head><meta charset=utf-8><title>江城论坛 :: 阅读主题 - {d.title}</title></head><body><table><tr><td>{d.nav()}</td></tr></table><table><tr><td><a class=maintitle href=/t>{d.title}</a></td></tr></table><table>{posts}</table>{d.footer()}</body></html>"""


def movable_type(d: Doc) -> str:
    """A blog in English chrome: March 15, 2005, Posted by, Comments."""
    d.body = d.body[:5]
    year, month, day = d.day
    name = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ][month - 1]
    d.says(body="\n".join(d.body), published=d.iso)
    rest = "".join(
        f"<p>{words}</p><p class=posted>Posted by: <a href=/u>{nick}</a> at {name} {day}, {year} 0{n + 1}:00 PM</p>"
        for n, (nick, _, words) in enumerate(d.comments(5, True))
    )
    return f"""<html><head><meta charset=utf-8><title>秤砣手记: {d.title}</title></head><body><div id=banner><h1><a href=/>秤砣手记</a></h1><h2>写给街坊看</h2></div><p align=right><a href=1>&laquo; {d.headline()}</a> | <a href=/>Main</a> | <a href=2>{d.headline()} &raquo;</a></p><h2>{name} {day}, {year}</h2><h3>{d.title}</h3>{d.p(indent="")}<p class=posted>Posted by chengtuo at {name} {day}, {year} 10:36 PM | <a href=/tb>TrackBack</a></p><h2><a name=comments></a>Comments</h2>{rest}<h2>Post a comment</h2><form>Name:<input></form></body></html>"""


def cnblogs(d: Doc) -> str:
    """A programmers' blog: posted @ after the text, 评论 with floors."""
    d.says(published=d.iso)
    rest = "".join(
        f"<div><a href=#>#{n}楼</a>　{when} <a href=/u>{nick}</a>　<a href=#>回复</a> <a href=#>引用</a></div><div>{words}</div>"
        for n, (nick, when, words) in enumerate(d.comments(5), 1)
    )
    return f"""<html><head><meta charset=utf-8><title>{d.title} - 秤砣 - 博客园地</title></head><body><h1><a href=/>秤砣</a></h1><ul><li><a href=/>首页</a></li><li><a href=/n>新随笔</a></li><li><a href=/r>订阅</a></li></ul><div class=post><h2><a href=/p>{d.title}</a></h2><div class=postbody>{d.p()}</div><p class=postfoot>posted @ {d.iso} {d.clock} 秤砣 阅读(312) | <a href=#c>评论 (5)</a> | <a href=/e>编辑</a> <a href=/f>收藏</a></p></div><div id=comments><h3>发表评论</h3>{rest}</div>{d.footer()}</body></html>"""


def sina_2005(d: Doc) -> str:
    """A portal of 2005: text in one cell with a table of advertising floating in it, related links below."""
    d.says(published=d.iso, source=d.source)
    ad = "<table align=left><tr><td><iframe src=x></iframe></td></tr><tr><td><a href=1>千本好书免费看</a></td><td><a href=2>别出心裁的礼物</a></td></tr></table>"
    text = "".join(f"<p>　　{one}</p>" + (ad if n == 1 else "") for n, one in enumerate(d.body))
    return f"""<html><head><meta charset=utf-8><title>{d.title}_新闻中心_{d.source}</title></head><body><center><table width=750><tr><td>{d.nav(12)}</td></tr></table><table width=750><tr><td>新闻中心 &gt; 社会新闻 &gt; 正文</td></tr></table><table width=750><tr><td width=570 valign=top><table><tr><th class=f24><font color=#05006C>{d.title}</font></th></tr><tr><td><hr></td></tr><tr><td align=center>http://www.example.com.cn {d.date()}{d.clock} <font color=#A20010>{d.source}</font></td></tr><tr><td class=l17><font id=zoom class=f14>{text}</font></td></tr></table><table><tr><td>【<a href=1>评论</a>】【<a href=2>社会新闻论坛</a>】【<a href=3>收藏此页</a>】【<a href=4>大</a> <a href=5>中</a> <a href=6>小</a>】【<a href=7>打印</a>】【<a href=8>关闭</a>】</td></tr></table><table><tr><td>相 关 链 接</td></tr><tr><td>{d.links(5, True, "div")}</td></tr></table></td><td width=180>{d.links(9, False, "div")}</td></tr></table><font size=2>{d.footer()}</font></center></body></html>"""


def netease_thread(d: Doc) -> str:
    """A thread whose posts end with a line of board, time and nick, ruled off by dashes."""
    d.body = d.body[:4]
    d.says(body="\n".join(d.body), published=d.iso)
    posts = [
        ("老街坊", f"{d.iso.replace('-', '/')} {d.clock}", "<br>".join(f"　　{one}" for one in d.body)),
        *d.comments(7),
    ]
    made = "".join(
        f"{words}<br>------------------------------<br>〓 江城 街坊话题 发布时间 {when}:13 by <a href=/u>{nick}</a> 〓<br><a href=#top>← 返回</a><br>"
        for nick, when, words in posts
    )
    return f"""<html><head><meta charset=utf-8><title>江城社区</title></head><body>{d.nav()}<table><tr><td><b>{d.title}</b></td></tr><tr><td>{made}</td></tr></table>{d.footer()}</body></html>"""


def wordpress(d: Doc) -> str:
    """A modern blog: time tag, tags, author box, related posts with excerpts, comments in articles."""
    d.says(published=d.iso, author="秤砣")
    rest = "".join(
        f"<li><article><footer><b>{nick}</b>说道：<time>{when}</time></footer><div><p>{words}</p></div><a href=#>回复</a></article></li>"
        for nick, when, words in d.comments(5, True)
    )
    return f"""<!doctype html><html><head><meta charset=utf-8><title>{d.title} – 秤砣手记</title></head><body><header><a href=/>秤砣手记</a><nav>{d.nav()}</nav></header><main><article><header><h1>{d.title}</h1><div>由 <a href=/a>秤砣</a> 发布于 <time datetime="{d.iso}T{d.clock}:00+08:00">{d.date("short")}</time></div></header><div class=entry-content>{d.p(indent="")}</div><footer>标签：<a href=/t>质量</a>、<a href=/t2>市场</a></footer></article><nav><a href=1>上一篇文章 {d.headline()}</a><a href=2>下一篇文章 {d.headline()}</a></nav><section><h2>《{d.title}》有5条评论</h2><ol>{rest}</ol></section></main><aside><h2>近期文章</h2><ul>{d.links(5)}</ul><h2>近期评论</h2><ul>{d.links(5)}</ul></aside></body></html>"""


def school_notice(d: Doc) -> str:
    """A university's notice in old tables, clicks counted by a script, 录入 below."""
    d.says(published=d.iso)
    return f"""<html><head><meta charset=utf-8><title>江城学院欢迎您</title></head><body><table><tr><td>{d.nav()}</td></tr></table><table><tr><td width=160><table><tr><td>站内搜索</td></tr><tr><td><input></td></tr><tr><td>栏目导航</td></tr>{"".join(f"<tr><td><a href={n}>栏目{n}</a></td></tr>" for n in range(8))}</table></td><td><table><tr><td align=center><font size=4 color=red><b>{d.title}</b></font></td></tr><tr><td align=center>发布时间：{d.iso} 点击数：<script src=c></script> 次</td></tr><tr><td>{d.br()}</td></tr><tr><td align=right>录入：教务处 【<a href=#>打印</a>】【<a href=#>关闭</a>】</td></tr></table></td></tr></table><table><tr><td>{d.footer()}</td></tr></table></body></html>"""


def mailbox(d: Doc) -> str:
    """A letter to an office and its answer: both are the text."""
    lines = ["来信内容", *d.body[:2], "答复内容", *d.body[2:]]
    d.says(body="\n".join(lines))
    return f"""<html><head><meta charset=utf-8><title>{d.title}-市长信箱</title></head><body>{d.nav()}<h1>{d.title}</h1><table><tr><td>来信人</td><td>林**</td><td>来信时间</td><td>{d.iso}</td></tr></table><div><h3>来信内容</h3>{"".join(f"<p>{one}</p>" for one in d.body[:2])}<h3>答复内容</h3>{"".join(f"<p>{one}</p>" for one in d.body[2:])}</div>{d.footer()}</body></html>"""


def print_view(d: Doc) -> str:
    """A page for the printer: nothing but the text."""
    d.says(published=d.iso, source=d.source)
    return f"""<html><head><meta charset=utf-8><title>{d.title}</title></head><body onload=print()><h3 align=center>{d.title}</h3><div align=center>{d.date()} {d.clock} {d.source}</div><hr>{d.p()}<hr><div align=center>本页地址：http://www.example.com/p.html</div></body></html>"""


def hard_wrapped(d: Doc) -> str:
    """Lines broken after forty characters with <br>, no paragraphs."""
    lines: list[str] = []
    for text in d.body:
        lines += [("　　" + text)[at : at + 40] for at in range(0, len(text) + 2, 40)]
    d.says(body="\n".join(lines))
    return f"""<html><head><meta charset=utf-8><title>{d.title}</title></head><body bgcolor=#eeeeee><a href=/>返回目录</a><h2 align=center>{d.title}</h2><p align=center>{d.author}</p><p>{"<br>".join(lines)}</p><p align=center><a href=1>上一章</a>　<a href=/>目录</a>　<a href=2>下一章</a></p></body></html>"""


def lyrics(d: Doc) -> str:
    """Verse: short lines without stops."""
    lines = [text[:7] for text in d.body for _ in range(2)]
    d.says(body="\n".join(lines))
    return f"""<html><head><meta charset=utf-8><title>{d.title} 歌词</title></head><body>{d.nav()}<h1>{d.title}</h1><div class=lrc>{"<br>".join(lines)}</div><h3>热门歌词</h3><ul>{d.links(10)}</ul>{d.footer()}</body></html>"""


def app_page(d: Doc) -> str:
    """A public account's page: title, account name and date in one row, text in sections and spans."""
    d.says(published=d.iso)
    made = "".join(
        f"<section><section><p><span>{one[:9]}</span><span>{one[9:]}</span></p></section></section>" for one in d.body
    )
    return f"""<!DOCTYPE html><html><head><meta charset=utf-8><title>{d.title}</title><meta property="og:title" content="{d.title}"></head><body><div id=page><h1>{d.title}</h1><div><span>原创</span> <span>秤砣</span> <a href=/acc>江城质量</a> <em>{d.iso} {d.clock}</em></div><div id=js_content>{made}</div><div>阅读原文</div><div>喜欢此内容的人还喜欢</div>{d.teasers(3)}<div>微信扫一扫<br>关注该公众号</div></div></body></html>"""


BLIND = (
    tianya, bbs_telnet, phpbb, movable_type, cnblogs, sina_2005, netease_thread, wordpress, school_notice, mailbox, print_view,
    hard_wrapped, lyrics, app_page,
)  # fmt: skip
