"""Twenty layouts of offices, lists and odd pages."""

# ruff: noqa: E501  (a page is a long line)

from __future__ import annotations

from layout_words import Doc

ISSUER = "江城市市场监督管理局"


def gov_news(d: Doc) -> str:
    """An office's news: 信息来源 and date labels, meta of the government kind."""
    d.says(published=d.iso, source=d.source)
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{d.title}_江城市人民政府网</title><meta name="ArticleTitle" content="{d.title}"><meta name="PubDate" content="{d.iso} {d.clock}"><meta name="ContentSource" content="{d.source}"></head><body>
<div class="header">{d.nav()}</div><div class="position">当前位置：<a href="/">首页</a> &gt; <a href="/z">政务动态</a></div><div class="con"><div class="title">{d.title}</div><div class="xx">发布时间：{d.date("iso")} {d.clock} 信息来源：{d.source} 浏览次数：<span id="h"></span> 字体：[ <a>大</a> <a>中</a> <a>小</a> ]</div><div class="TRS_Editor">{d.p()}</div></div><div class="footer">主办：江城市人民政府办公室 {d.footer()}</div></body></html>"""


def gov_table(d: Doc) -> str:
    """A notice with the table above it, label and value in cells."""
    number = f"江市监发〔{d.day[0]}〕{d.random.randint(1, 60)}号"
    d.says(published=d.iso, issuer=ISSUER, number=number, index_number="11330000/2025-00012")
    return f"""<html><head><meta charset=utf-8><title>{d.title}的通知</title></head><body>{d.nav()}<table><tr><td>索 引 号：</td><td>11330000/2025-00012</td><td>主题分类：</td><td>市场监管</td></tr><tr><td>发文机关：</td><td>{ISSUER}</td><td>成文日期：</td><td>2001年01月01日</td></tr><tr><td>标　　题：</td><td colspan=3>{d.title}的通知</td></tr><tr><td>发文字号：</td><td>{number}</td><td>发布日期：</td><td>{d.date()}</td></tr><tr><td>主 题 词：</td><td></td></tr></table><div id=c>{d.p()}</div>{d.footer()}</body></html>"""


def gov_list_head(d: Doc) -> str:
    """A notice whose head is a list: 索引号：… in one item each."""
    number = f"江政办函〔{d.day[0]}〕{d.random.randint(1, 60)}号"
    d.says(published=d.iso, issuer="江城市人民政府办公室", number=number, index_number="JC01-2025-7")
    return f"""<html><head><meta charset=utf-8><title>{d.title}</title></head><body>{d.nav()}<ul><li><b>索引号：</b>JC01-2025-7</li><li><b>发布机构：</b>江城市人民政府办公室</li><li><b>文 号：</b>{number}</li><li><b>公开日期：</b>{d.iso}</li><li><b>有效性：</b>有效</li></ul><h1>{d.title}</h1><div>{d.p()}</div><p>附件：<a href=a.doc>1.名单.doc</a></p>{d.footer()}</body></html>"""


def gov_bare_notice(d: Doc) -> str:
    """A notice without a table: the number under the title, issuer and date at the end."""
    number = f"江市监〔{d.day[0]}〕{d.random.randint(1, 60)}号"
    year, month, day = d.day
    lines = [number, "各区县市场监督管理局：", *d.body, ISSUER, f"{year}年{month}月{day}日"]
    d.says(body="\n".join(lines), issuer=ISSUER, number=number, published=d.iso)
    return f"""<html><head><meta charset=utf-8><title>{d.title}</title></head><body>{d.nav()}<h1>{d.title}</h1><div class=z>{"".join(f"<p>{text}</p>" for text in lines)}</div>{d.footer()}</body></html>"""


def gov_dl(d: Doc) -> str:
    """A notice whose head is a definition list."""
    number = f"江质检办〔{d.day[0]}〕{d.random.randint(1, 60)}号"
    d.says(published=d.iso, issuer=ISSUER, number=number)
    return f"""<html><head><meta charset=utf-8><title>{d.title}</title></head><body>{d.nav()}<dl><dt>发布单位：</dt><dd>{ISSUER}</dd><dt>文号：</dt><dd>{number}</dd><dt>发布日期：</dt><dd>{d.iso}</dd></dl><h2>{d.title}</h2><div>{d.p()}</div>{d.footer()}</body></html>"""


def gov_today(d: Doc) -> str:
    """Today's date stands in the banner, the page's own below the text."""
    d.says(published=d.iso)
    return f"""<html><head><meta charset=utf-8><title>{d.title}</title></head><body><div>今天是：2026年1月20日 星期二 欢迎访问江城市质量网</div>{d.nav()}<h1>{d.title}</h1><div>{d.p()}</div><div>发布日期：{d.date("short")}</div><div>最后更新：2026-01-19</div>{d.footer()}</body></html>"""


def law_text(d: Doc) -> str:
    """A regulation: chapters, articles, its adoption dates in brackets under the title."""
    lines = [
        "（2010年3月2日江城市第八届人民代表大会第二次会议通过）",
        "第一章　总则",
        *(f"第{n}条　{text}" for n, text in zip("一二三四五六七", d.body, strict=False)),
    ]
    d.says(body="\n".join(lines), title=f"{d.title}办法")
    return f"""<html><head><meta charset=utf-8><title>{d.title}办法</title></head><body>{d.nav()}<h1>{d.title}办法</h1><div class=l>{"".join(f"<p>{text}</p>" for text in lines)}</div><div>相关链接</div><ul>{d.links(4)}</ul>{d.footer()}</body></html>"""


def press_conference(d: Doc) -> str:
    """A long record with a photographer's credit and a source in brackets after the title."""
    d.says(published=d.iso, source=d.source)
    return f"""<html><head><meta charset=utf-8><title>{d.title}-新闻发布会-江城市</title></head><body>{d.nav()}<div class=bt>{d.title}</div><div class=ly>（{d.date()} {d.clock}）　【来源：{d.source}】</div><div class=nr>{d.p()}</div><div>【打印】【关闭】</div>{d.footer()}</body></html>"""


def dated_list(d: Doc) -> str:
    """A list page: forty dated headlines."""
    d.says(kind="list", items=40, body=None, title=None)
    rows = "".join(
        f"<li><a href=/i/{n}.html>{d.headline()}{'…' if n % 9 == 0 else ''}</a><span>{d.other_date()}</span></li>"
        for n in range(40)
    )
    return f"""<html><head><meta charset=utf-8><title>通知公告-江城市</title></head><body>{d.nav()}<h2>通知公告</h2><ul class=list>{rows}</ul><div>共 40 条 1/3 <a href=2>下一页</a></div>{d.footer()}</body></html>"""


def dated_table(d: Doc) -> str:
    """A list page in a table, the date in its own cell in brackets."""
    d.says(kind="list", items=25, body=None, title=None)
    rows = "".join(
        f"<tr><td>·</td><td><a href=/i/{n}.html title=x>{d.headline()}</a></td><td>[{d.other_date()}]</td></tr>"
        for n in range(25)
    )
    return f"""<html><head><meta charset=utf-8><title>工作动态</title></head><body>{d.nav()}<table>{rows}</table>{d.footer()}</body></html>"""


def dated_div(d: Doc) -> str:
    """A list page of divs: date first, headline, a sentence."""
    d.says(kind="list", items=15, body=None, title=None)
    rows = "".join(
        f"<div class=row><div class=date>{d.other_date()}</div><div class=t><a href=/i/{n}>{d.headline()}</a></div><div class=s>{d.sentence()[:30]}…</div></div>"
        for n in range(15)
    )
    return f"""<html><head><meta charset=utf-8><title>新闻列表</title></head><body>{d.nav()}<div>{rows}</div><div><a href=2>2</a> <a href=3>3</a></div>{d.footer()}</body></html>"""


def index_page(d: Doc) -> str:
    """A site's front page: columns of links without dates."""
    d.says(kind="index", body=None, title=None)
    columns = "".join(f"<div><h3>栏目{n}</h3><ul>{d.links(10)}</ul></div>" for n in range(8))
    return f"""<html><head><meta charset=utf-8><title>江城网</title></head><body>{d.nav(12)}{columns}{d.footer()}</body></html>"""


def top_bullets(d: Doc) -> str:
    """A top-ten list with bullets under a heading."""
    entries = [d.paragraph(1, 2) for _ in range(10)]
    d.says(
        body="\n".join(["2024年江城十大质量新闻", *(f"●{text}" for text in entries)]),
        lists=[10],
        kind="top_ten",
        published=d.iso,
    )
    made = "".join(f"<p>●{text}</p>" for text in entries)
    return f"""<html><head><meta charset=utf-8><title>{d.title}</title></head><body>{d.nav()}<h1>{d.title}</h1><div>{d.date()}</div><div><p><b>2024年江城十大质量新闻</b></p>{made}</div>{d.footer()}</body></html>"""


def top_numbers(d: Doc) -> str:
    """A top-ten list with numbers, a headline and a paragraph each."""
    entries = [(d.headline(), d.paragraph(1, 2)) for _ in range(10)]
    lines = ["江城2023年度十大新闻揭晓，结果如下。"]
    for number, (head, text) in enumerate(entries, 1):
        lines += [f"{number}.{head}", text]
    d.says(body="\n".join(["2023年度十大新闻", *lines]), kind="top_ten", lists=[10], title=None, published="2024-01-03")
    return f"""<html><head><meta charset=utf-8><title>江城评出年度新闻</title></head><body>{d.nav()}<h1>江城评出年度新闻</h1><div>2024-01-03 09:00</div><div><h2>2023年度十大新闻</h2>{"".join(f"<p>{text}</p>" for text in lines)}</div>{d.footer()}</body></html>"""


def not_found(d: Doc) -> str:
    """An error page."""
    d.body = ["抱歉，您访问的页面不存在或已被删除。"]
    d.says(body=None, title=None, refused=True)
    return f"""<html><head><meta charset=utf-8><title>404 - 页面不存在</title></head><body>{d.nav()}<h2>404</h2><p>{d.body[0]}</p><a href=/>返回首页</a>{d.footer()}</body></html>"""


def login_wall(d: Doc) -> str:
    """A page that asks to log in."""
    d.body = ["您还没有登录，或者您没有权限访问这个版块，请登录后再试。"]
    d.says(body=None, title=None, refused=True)
    return f"""<html><head><meta charset=utf-8><title>提示信息 - 江城论坛</title></head><body>{d.nav()}<table><tr><td>提示信息</td></tr><tr><td>{d.body[0]}</td></tr><tr><td><form>用户名<input> 密码<input type=password></form></td></tr></table>{d.footer()}</body></html>"""


def product(d: Doc) -> str:
    """A product page: a table of properties, then prose."""
    rows = [("名称", "水表"), ("型号", "LXS-15"), ("产地", "青石镇"), ("等级", "二级")]
    d.says(body="\n".join([*(f"{a}{b}" for a, b in rows), *d.body]))
    table = "".join(f"<tr><th>{a}</th><td>{b}</td></tr>" for a, b in rows)
    return f"""<html><head><meta charset=utf-8><title>{d.title}</title></head><body>{d.nav()}<h1>{d.title}</h1><div class=d><table>{table}</table>{d.p()}</div><div>看了又看</div><ul>{d.links(8)}</ul>{d.footer()}</body></html>"""


def tables_around(d: Doc) -> str:
    """Tables of figures beside the text, outside it."""
    d.says(published=d.iso)
    table = "".join(
        "<tr>" + "".join(f"<td>{d.random.randint(100, 999)}</td>" for _ in range(6)) + "</tr>" for _ in range(12)
    )
    return f"""<html><head><meta charset=utf-8><title>{d.title}_行情</title></head><body>{d.nav()}<table class=q><tr><td>品种</td><td>今日</td></tr>{table}</table><div class=m><h1>{d.title}</h1><p>{d.date()} {d.clock}</p><div>{d.p()}</div></div><table class=q2>{table}</table>{d.footer()}</body></html>"""


def long_footer(d: Doc) -> str:
    """A short text and a footer with several sentences of prose."""
    d.body = d.body[:2]
    d.says(body="\n".join(d.body), published=d.iso)
    about = (
        "本中心成立于一九九八年，主要承担全市计量器具的检定工作，拥有实验室三千平方米，工作人员六十余名。本中心地址在江城市中山路八号，乘坐三路车可到。"
        * 2
    )
    return f"""<html><head><meta charset=utf-8><title>{d.title}</title></head><body>{d.nav()}<div><h1>{d.title}</h1><div>{d.iso}</div><div>{d.p()}</div></div><div class=about><h4>关于我们</h4><p>{about}</p></div><div class=links>友情链接 {d.links(6, False, "span")}</div>{d.footer()}</body></html>"""


def attachments(d: Doc) -> str:
    """Two sentences and five attachments."""
    d.body = d.body[:2]
    files = [f"附件{n}：{d.headline()}.doc" for n in range(1, 6)]
    d.says(body="\n".join([*d.body, *files]), published=d.iso)
    made = "".join(f"<p><a href={n}.doc>{text}</a></p>" for n, text in enumerate(files))
    return f"""<html><head><meta charset=utf-8><title>{d.title}</title></head><body>{d.nav()}<h1>{d.title}</h1><p>发布日期：{d.iso}　来源：{ISSUER}</p><div class=c>{d.p()}{made}</div><div>上一条：<a href=1>{d.headline()}</a></div>{d.footer()}</body></html>"""


OFFICES = (
    gov_news, gov_table, gov_list_head, gov_bare_notice, gov_dl, gov_today, law_text, press_conference, dated_list, dated_table,
    dated_div, index_page, top_bullets, top_numbers, not_found, login_wall, product, tables_around, long_footer, attachments,
)  # fmt: skip
