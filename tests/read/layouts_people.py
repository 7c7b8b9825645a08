"""Twenty layouts where people write: forums, blogs, comments, questions."""

# ruff: noqa: E501  (a page is a long line)

from __future__ import annotations

from layout_words import Doc


def _post(d: Doc, nick: str, when: str, words: str, floor: str) -> str:
    return f'<div class="post"><div class="who"><b>{nick}</b><br>积分 {d.random.randint(10, 999)}<br>帖子 {d.random.randint(1, 99)}</div><div class="main"><div class="when">发表于 {when} | {floor}</div><div class="t">{words}</div><div class="sig">{d.random.choice(["人生如秤", "不说话", "走自己的路"])}</div></div></div>'


def discuz(d: Doc) -> str:
    """A forum thread, each post headed by 发表于; replies longer than the first post."""
    d.body = d.body[:3]
    d.says(body="\n".join(d.body), published=d.iso)
    first = _post(d, "老街坊", f"{d.iso} {d.clock}", "<br>".join(d.body), "楼主")
    rest = "".join(_post(d, nick, when, words, f"{n}#") for n, (nick, when, words) in enumerate(d.comments(9, True), 2))
    return f"""<html><head><meta charset=utf-8><title>{d.title} - 街坊议事 - 江城论坛 - Powered by Discuz!</title></head><body><div>{d.nav()}</div><div>江城论坛 » 街坊议事 » {d.title}</div><h1>{d.title}</h1>{first}{rest}<div>快速回复</div><form><textarea>请在这里回复</textarea></form>{d.footer()}</body></html>"""


def thread_table(d: Doc) -> str:
    """A thread in tables, signature lines at the end of each post."""
    d.body = d.body[:4]
    d.says(body="\n".join(d.body), published=d.iso)
    posts = [("老街坊", f"{d.iso} {d.clock}", "<br>".join(d.body)), *d.comments(7, True)]
    rows = "".join(
        f"<tr><td>{words}<br>----------<br><font color=gray>作者：{nick}　发布时间 {when}:00</font></td></tr>"
        for nick, when, words in posts
    )
    return f"""<html><head><meta charset=utf-8><title>{d.title}-社区</title></head><body><table><tr><td>{d.nav()}</td></tr></table><b>{d.title}</b><table>{rows}</table>{d.footer()}</body></html>"""


def floors(d: Doc) -> str:
    """A thread with floors and no dates on replies."""
    d.says(published=d.iso)
    rest = "".join(
        f"<div class=r><span>{n}楼</span><p>{words}</p></div>"
        for n, (_, _, words) in enumerate(d.comments(10, True), 1)
    )
    return f"""<html><head><meta charset=utf-8><title>{d.title}_江城社区</title></head><body>{d.nav()}<h1>{d.title}</h1><div>楼主：老街坊 时间：{d.iso} {d.clock}</div><div class=c>{d.p()}</div>{rest}{d.footer()}</body></html>"""


def archiver(d: Doc) -> str:
    """The bare archive view of a forum."""
    d.says(published=d.iso)
    rest = "".join(
        f"<div><span>{when}</span><b>{nick}</b></div><div class=m>{words}</div>" for nick, when, words in d.comments(5)
    )
    return f"""<html><head><meta charset=utf-8><title>{d.title}(页 1) - 江城论坛 - powered by Discuz! Archiver</title></head><body><a href=/>江城论坛</a> &raquo; <a href=/f>生活</a> &raquo; {d.title}<div><span>{d.iso} {d.clock}</span><b>老街坊</b></div><div class=m>{"<br><br>".join(d.body)}</div>{rest}</body></html>"""


def blog_comments(d: Doc) -> str:
    """A blog post with many comments under a heading."""
    d.body = d.body[:4]
    d.says(body="\n".join(d.body), published=d.iso)
    rest = "".join(
        f"<h4># re: {d.title} {when} {nick}</h4><p>{words}</p>" for nick, when, words in d.comments(14, True)
    )
    return f"""<html><head><meta charset=utf-8><title>{d.title} - 林小雨的随笔</title></head><body><h1><a href=/>林小雨的随笔</a></h1><ul><li>首页</li><li>联系</li></ul><div class=s><h3>存档</h3><ul>{d.links(6)}</ul></div>
<div class=post><h2><a href=/p>{d.title}</a></h2>{d.p()}<p class=f>发表于 {d.date("short")} {d.clock} - (阅读:3727;评论:63)</p></div><h3>评论</h3><div>{rest}</div>{d.footer()}</body></html>"""


def blog_comments_unmarked(d: Doc) -> str:
    """Comments longer than the post, under 网友评论, without dates."""
    d.body = d.body[:2]
    d.says(body="\n".join(d.body), published=d.iso)
    rest = "".join(f"<div class=c><p>{d.paragraph(3, 5)}</p></div>" for _ in range(8))
    return f"""<html><head><meta charset=utf-8><title>{d.title}</title></head><body>{d.nav()}<h1>{d.title}</h1><p>{d.date()} {d.clock}</p><div>{d.p()}</div><h3>网友评论(8)</h3>{rest}{d.footer()}</body></html>"""


def blog_home(d: Doc) -> str:
    """A blog's home: several posts, each with its own headline and time below."""
    d.says(body=None, title=None, kind="list", items=5)
    posts = "".join(
        f"<div class=entry><h2><a href=/{n}>{d.headline()}</a></h2><div>{''.join(f'<p>{d.paragraph()}</p>' for _ in range(3))}</div><div>发表于 {d.other_date()} 10:{n}0 | 评论(3) | 引用(0)</div></div>"
        for n in range(4)
    )
    return f"""<html><head><meta charset=utf-8><title>秤砣的博客</title></head><body><h1>秤砣的博客</h1><div class=entry><h2><a href=/p>{d.title}</a></h2><div>{d.p()}</div><div>发表于 {d.iso} {d.clock} | 评论(5) | 引用(0)</div></div>{posts}
<div class=side><h3>最新评论</h3><ul>{d.links(6)}</ul></div>{d.footer()}</body></html>"""


def blog_old(d: Doc) -> str:
    """A blog in a table with a calendar."""
    d.says(published=d.iso)
    calendar = "".join(
        "<tr>" + "".join(f"<td>{week * 7 + day}</td>" for day in range(7)) + "</tr>" for week in range(4)
    )
    return f"""<html><head><meta charset=utf-8><title>山里人的窝</title></head><body><table><tr><td width=200><table>{calendar}</table><b>我的分类</b><br><a href=1>随笔(12)</a><br><a href=2>见闻(7)</a><br><b>最新回复</b><br>{d.links(5, False, "div")}</td>
<td><table><tr><td><b>{d.title}</b></td></tr><tr><td>山里人 发表于 {d.date("iso")} {d.clock}:00</td></tr><tr><td>{d.br()}</td></tr><tr><td>阅读全文(1234) | 回复(3) | 引用通告 | 编辑</td></tr></table></td></tr></table>{d.footer()}</body></html>"""


def short_post(d: Doc) -> str:
    """A very short post among boilerplate."""
    d.body = [d.sentence()]
    d.says(body=d.body[0], published=d.iso)
    return f"""<html><head><meta charset=utf-8><title>{d.title} - 小站</title></head><body>{d.nav()}<div class=p><h2>{d.title}</h2><div class=m>{d.iso} {d.clock}</div><div class=b><p>{d.body[0]}</p></div></div><div class=intro><p>这里是一个记录日常小事的地方，欢迎常来坐坐。</p></div><ul>{d.links(6)}</ul>{d.footer()}</body></html>"""


def microblog(d: Doc) -> str:
    """A page of a micro-blog: one long post, reposts below."""
    d.body = [d.paragraph(4, 6)]
    d.says(body=d.body[0], published=d.iso)
    rest = "".join(
        f"<div class=cm><a href=/u>{nick}</a>：{words} <span>{when}</span> <a href=#>回复</a></div>"
        for nick, when, words in d.comments(9)
    )
    return f"""<html><head><meta charset=utf-8><title>{d.title}</title></head><body>{d.nav()}<div class=w><a href=/u>老街坊</a><p>{d.body[0]}</p><div>{d.iso} {d.clock} 来自手机 <a href=#>转发(12)</a> <a href=#>评论(9)</a></div></div><div class=cms>{rest}</div>{d.footer()}</body></html>"""


def question(d: Doc) -> str:
    """A question with a best answer; the page's text is the question and not the answers."""
    d.body = [d.paragraph(2, 3)]
    d.says(body=d.body[0], title=f"{d.title}？")
    answers = "".join(
        f"<div class=ans><div>{nick} 回答于 {when}</div><p>{d.paragraph(3, 5)}</p></div>"
        for nick, when, _ in d.comments(4)
    )
    return f"""<html><head><meta charset=utf-8><title>{d.title}？_江城问答</title></head><body>{d.nav()}<h1>{d.title}？</h1><div class=q><p>{d.body[0]}</p></div><div>提问者：路过的猫 浏览 300 次</div><h3>全部回答</h3>{answers}<div>{d.footer()}</div></body></html>"""


def pre_text(d: Doc) -> str:
    """A text in <pre> with hard line ends."""
    lines: list[str] = []
    for text in d.body:
        text = "　　" + text
        lines += [text[index : index + 36] for index in range(0, len(text), 36)]
    d.says(published=None)
    return f"""<html><head><meta charset=utf-8><title>{d.title}</title></head><body><center><a href=/>返回目录</a></center><h2>{d.title}</h2><pre>{chr(10).join(lines)}</pre><hr><a href=/>回首页</a></body></html>"""


def bare(d: Doc) -> str:
    """No head, no container: text straight in the body."""
    return f"<title>{d.title}</title><center><b>{d.title}</b></center><br>{d.author}<br><br>{d.br()}<br><br>（全文完）<br><a href=/>返回</a>"


def no_title(d: Doc) -> str:
    """A title tag that says only the site's name."""
    d.says(published=d.iso)
    return f"""<html><head><meta charset=utf-8><title>江城社区</title></head><body>{d.nav()}<div class=box><h1>{d.title}</h1><p>{d.date()} {d.clock} 作者：{d.author}</p>{d.p()}</div>{d.footer()}</body></html>"""


def nested_quotes(d: Doc) -> str:
    """Replies that quote the first post."""
    d.body = d.body[:3]
    d.says(body="\n".join(d.body), published=d.iso)
    quoted = d.body[0][:60]
    rest = "".join(
        f"<div class=post><div>{nick} 发表于 {when}</div><blockquote>引用：{quoted}</blockquote><p>{words}</p></div>"
        for nick, when, words in d.comments(6, True)
    )
    return f"""<html><head><meta charset=utf-8><title>{d.title} - 论坛</title></head><body>{d.nav()}<h1>{d.title}</h1><div class=post><div>老街坊 发表于 {d.iso} {d.clock}</div>{d.p()}</div>{rest}{d.footer()}</body></html>"""


def sidebar_prose(d: Doc) -> str:
    """A sidebar with the author's biography, in prose, before the text in the source."""
    d.says(published=d.iso, author=d.author)
    return f"""<html><head><meta charset=utf-8><title>{d.title}_专栏</title></head><body>{d.nav()}<div class=side><h3>作者简介</h3><p>{d.author}，多年从事计量工作，现居江城，著有随笔两种，喜欢在清晨散步。</p><ul>{d.links(6)}</ul></div>
<div class=col><h1>{d.title}</h1><p>{d.date()}　作者：{d.author}</p><div>{d.p()}</div></div>{d.footer()}</body></html>"""


def dated_comments_short(d: Doc) -> str:
    """Two short comments with times under a long text."""
    d.says(published=d.iso)
    rest = "".join(f"<li>{nick}（{when}）：{words}</li>" for nick, when, words in d.comments(2))
    return f"""<html><head><meta charset=utf-8><title>{d.title}</title></head><body>{d.nav()}<h1>{d.title}</h1><p>发布时间：{d.date("iso")} {d.clock}</p><div>{d.p()}</div><ul>{rest}</ul>{d.footer()}</body></html>"""


def wiki(d: Doc) -> str:
    """An encyclopaedia: sections with [编辑], a box of facts, links inside the text."""
    parts = [
        f"{head}\n{text}"
        for head, text in zip(["概况", "历史", "现状", "影响", "争议", "参考", "其他"], d.body, strict=False)
    ]
    d.says(body="\n".join(parts))
    made = "".join(
        f"<h2><span>{part.split(chr(10))[0]}</span></h2><p>{part.split(chr(10))[1].replace('江城', '<a href=/w>江城</a>')}</p>"
        for part in parts
    )
    return f"""<html><head><meta charset=utf-8><title>{d.title} - 街坊百科</title></head><body><div id=nav>{d.nav()}</div><h1>{d.title}</h1><div id=c>{made}</div><div id=cat>分类：<a href=1>质量</a> | <a href=2>市场</a></div>{d.footer()}</body></html>"""


def letters(d: Doc) -> str:
    """A letter with salutation, closing and name."""
    lines = ["各位街坊：", *d.body, "此致", "敬礼"]
    d.says(body="\n".join(lines))
    return f"""<html><head><meta charset=utf-8><title>{d.title}</title></head><body>{d.nav()}<h1>{d.title}</h1><div class=l>{"".join(f"<p>{text}</p>" for text in lines)}</div>{d.footer()}</body></html>"""


def recipe(d: Doc) -> str:
    """Numbered steps, short lines, in a list that is the text."""
    lines = [d.body[0], *(f"{n}、{text[:24]}" for n, text in enumerate(d.body[1:], 1)), d.body[-1]]
    d.says(body="\n".join(lines))
    made = f"<p>{lines[0]}</p><ul>{''.join(f'<li>{text}</li>' for text in lines[1:-1])}</ul><p>{lines[-1]}</p>"
    return f"""<html><head><meta charset=utf-8><title>{d.title}_做法</title></head><body>{d.nav()}<h1>{d.title}</h1><div>{made}</div><h3>猜你喜欢</h3><ul>{d.links(8)}</ul>{d.footer()}</body></html>"""


PEOPLE = (
    discuz, thread_table, floors, archiver, blog_comments, blog_comments_unmarked, blog_home, blog_old, short_post, microblog,
    question, pre_text, bare, no_title, nested_quotes, sidebar_prose, dated_comments_short, wiki, letters, recipe,
)  # fmt: skip
