"""Six homes of blogs and forums: several whole posts on one page. The first three were out of sight while the reader was
tuned for homes.

The gold of a home is its posts: title, day and address of each, in the order of the page.
"""

# ruff: noqa: E501  (a page is a long line)

from __future__ import annotations

from typing import NamedTuple

from layout_words import NICKS, Doc


class Post(NamedTuple):
    """A post of a home, and what should be known of it."""

    title: str
    day: str
    url: str
    text: tuple[str, ...]


def posts_of(d: Doc, url: str, most: int = 5) -> list[Post]:
    """Posts with titles that differ, the newest first; kept as the gold."""
    titles: list[str] = []
    while len(titles) < d.random.randint(3, most):
        if (title := d.headline()) not in titles:
            titles.append(title)
    days = sorted((d.other_date() for _ in titles), reverse=True)
    made = [
        Post(title, day, url.format(n=100 - n), tuple(d.paragraph(1, 5) for _ in range(d.random.randint(1, 4))))
        for n, (title, day) in enumerate(zip(titles, days, strict=True))
    ]
    d.says(body=None, kind="list", posts=made)
    return made


def chinese(day: str) -> str:
    """`2006-03-05` → 2006年3月5日."""
    year, month, date = day.split("-")
    return f"{year}年{int(month)}月{int(date)}日"


def day_headed(d: Doc) -> str:
    """A blog of 2006: the day stands above each post, the time and a permanent link below it."""
    made = "".join(
        f'<h2 class="date">{chinese(post.day)}</h2><div class="blogbody"><h3 class="title">{post.title}</h3>{"".join(f"<p>{text}</p>" for text in post.text)}<div class="posted">由 小石头 发表于 22:36 | <a href="{post.url}">永久链接</a> | <a href="{post.url}#c">评论 (3)</a></div></div>'
        for post in posts_of(d, "http://stone.example.com/archives/{n}.html")
    )
    return f'<html><head><meta charset="utf-8"><title>小石头的格子</title></head><body><div id="banner"><h1><a href="/">小石头的格子</a></h1><span>写给自己看的</span></div><div id="center">{made}</div><div id="right"><h2>日历</h2><h2>搜索</h2><h2>近期文章</h2><ul>{d.links(8)}</ul><h2>链接</h2><ul>{d.links(4)}</ul></div>{d.footer()}</body></html>'


def board_of_first_posts(d: Doc) -> str:
    """The front of a forum that shows the first post of each thread whole, the newest thread on top."""
    made = "".join(
        f'<li class="topic"><div class="by"><img src="/a.png" alt=""><a href="/u/{n}">{NICKS[n]}</a></div><div class="what"><a class="t" href="{post.url}">{post.title}</a><div class="say">{"<br>".join(post.text)}</div><div class="foot"><span>{post.day} 10:2{n}</span> <span>12 回复</span> <span>340 浏览</span></div></div></li>'
        for n, post in enumerate(posts_of(d, "https://bbs.example.com/t/{n}"))
    )
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>南岗茶馆 - 街坊们说话的地方</title></head><body><header>{d.nav()}</header><div class="tabs"><a href="/new">最新</a><a href="/hot">最热</a><a href="/good">精华</a></div><ul class="topics">{made}</ul><div class="pager"><a href="/?p=2">下一页</a></div><aside><h3>今日公告</h3><p>发言请守规矩，广告一律删除。</p></aside><footer>{d.footer()}</footer></body></html>'


def cells_of_a_diary(d: Doc) -> str:
    """A diary in tables: the title in bold without a link, the address only behind 阅读全文."""
    made = "".join(
        f'<table width="100%"><tr><td><b>{post.title}</b></td></tr><tr><td><font color="gray">老街坊 发表于 {post.day} 9:1{n}:00</font></td></tr><tr><td>{"<br>　　".join(post.text)}</td></tr><tr><td align="right"><a href="{post.url}">阅读全文(12{n})</a> | <a href="{post.url}#r">回复(3)</a> | 引用通告(0) | 编辑</td></tr></table>'
        for n, post in enumerate(posts_of(d, "http://diary.example.com/more.asp?id={n}"))
    )
    return f'<html><head><meta charset="utf-8"><title>老街坊的流水账</title></head><body><table><tr><td width="180"><b>我的分类</b><br><a href="1">见闻(7)</a><br><a href="2">随笔(12)</a><br><b>我的链接</b><br>{d.links(5, False, "div")}</td><td>{made}</td></tr></table>{d.footer()}</body></html>'


def modern_home(d: Doc) -> str:
    """A blog of our days: <article>, a linked heading, <time>, the whole text, 继续阅读, older posts behind a pager."""
    made = "".join(
        f'<article class="post"><header><h2 class="entry-title"><a href="{post.url}" rel="bookmark">{post.title}</a></h2><div class="meta"><time datetime="{post.day}T08:00:00+08:00">{chinese(post.day)}</time> 由 <a href="/author">林小雨</a> 分类：<a href="/c">随笔</a></div></header><div class="entry">{"".join(f"<p>{text}</p>" for text in post.text)}<p><a href="{post.url}#more">继续阅读</a></p></div><footer><a href="{post.url}#comments">留下评论</a></footer></article>'
        for post in posts_of(d, "https://yu.example.com/2021/{n}/")
    )
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>林小雨的小站 – 慢慢写</title><meta property="og:type" content="website"><link rel="canonical" href="https://yu.example.com/"></head><body><header><p class="site"><a href="/">林小雨的小站</a></p><nav><a href="/">首页</a><a href="/about">关于</a></nav></header><main>{made}<nav class="pages"><a href="/page/2">较早的文章</a></nav></main><aside><h2>近期评论</h2><ul>{d.links(5)}</ul></aside>{d.footer()}</body></html>'


def digest_of_threads(d: Doc) -> str:
    """A forum's digest: whole posts of several threads, name and time in a line under each linked title."""
    made = "".join(
        f'<div class="item"><h3><a href="{post.url}" target="_blank">{post.title}</a></h3><div class="info">作者：{NICKS[n]}　时间：{post.day} 2{n}:05　版块：街谈巷议</div><div class="con">{"<br><br>".join(post.text)}</div></div><hr>'
        for n, post in enumerate(posts_of(d, "http://club.example.com/thread-{n}-1-1.html"))
    )
    return f'<html><head><meta charset="utf-8"><title>精华区_河东社区</title></head><body>{d.nav()}<div class="pos">河东社区 &gt; 精华区</div>{made}<div>共 8 页 <a href="?p=2">下一页</a></div>{d.footer()}</body></html>'


def album_of_notes(d: Doc) -> str:
    """A blog whose posts end with 发布于 …, with the address on the heading and one short paragraph in most posts."""
    made = "".join(
        f'<div class="note"><h4><a href="{post.url}">{post.title}</a></h4><div class="body">{"".join(f"<div>{text}</div>" for text in post.text)}</div><p class="small">发布于 {post.day} 07:3{n} 　阅读({n}8)　评论({n})　<a href="{post.url}">查看全文</a></p></div>'
        for n, post in enumerate(posts_of(d, "/blog/static/{n}.html", most=6))
    )
    return f'<html><head><meta charset="utf-8"><title>早起的鸟 - 博客首页</title></head><body><div>{d.nav()}</div><h1>早起的鸟</h1><div class="intro">记下路上看见的东西。</div><div class="list">{made}</div><div class="side"><b>文章分类</b><ul>{d.links(4)}</ul></div>{d.footer()}</body></html>'


BLIND_HOMES = (day_headed, board_of_first_posts, cells_of_a_diary)
SEEN_HOMES = (modern_home, digest_of_threads, album_of_notes)
