"""Alerts → a letter: plain text and HTML, nothing remote in it, the same bytes whenever it is made.

What comes from pages is text and nothing else: controls and marks that turn the direction of writing are taken out, the
HTML is written by a template that escapes, links are http or https, and a header cannot hold a line end.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import cache
from importlib import resources
from itertools import groupby
from typing import Any
from urllib.parse import quote

import minijinja

from shida.publish.exports import TITLES
from shida.publish.wording import day_words
from shida.records import Alert, Delivery, Letterbox, News
from shida.settings import Settings

MOST_ALERTS = 10
"""Alerts in one letter, 200 things at most: what is more goes in a further part, so that nothing is left out."""

HAPPENED = {"new": "", "revised": "修订", "withdrawn": "撤下", "returned": "恢复"}
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def slot_of(box: Letterbox, now: datetime) -> str | None:
    """The day or week whose letter is due at `now` (in China); None where it went already or it is too early.

    >>> box = Letterbox(id="e-1", address="a@example.cn", created="", hour=8)
    >>> slot_of(box, datetime.fromisoformat("2026-11-22T08:30:00+08:00"))
    '2026-11-22'
    >>> slot_of(box, datetime.fromisoformat("2026-11-22T07:59:00+08:00")) is None
    True
    """
    moment = now - timedelta(hours=box.hour)  # a day begins at that hour
    year, week, _ = moment.isocalendar()
    slot = moment.date().isoformat() if box.every == "day" else f"{year}-W{week:02d}"
    if box.slot:
        return slot if slot > box.slot else None
    return slot if box.every == "week" or now.hour >= box.hour else None  # a new one begins today, not yesterday


def letters_of(box: Letterbox, alerts: Sequence[Alert], slot: str, now: str) -> list[Delivery]:
    """The letters that hold these alerts, in parts; none where there is nothing and nothing is wanted."""
    groups = [alerts[start : start + MOST_ALERTS] for start in range(0, len(alerts), MOST_ALERTS)]
    if not groups and box.always:
        groups = [()]
    return [
        Delivery(
            id=f"{box.id}.{slot}.{number}.{_digest(box, group)}",
            target=box.id,
            alerts=tuple(one.id for one in group),
            made=now,
            due=now,
            part=number,
            parts=len(groups),
        )
        for number, group in enumerate(groups, 1)
    ]


def letter(box: Letterbox, delivery: Delivery, alerts: Sequence[Alert], settings: Settings) -> EmailMessage:
    """The letter of a delivery. Its Message-ID is of the delivery: sent again, it is the same letter."""
    base = settings.site_url.rstrip("/") + "/"
    slot = delivery.id.split(".")[1]
    number = sum(len(one.news) for one in alerts)
    kind = "每日" if box.every == "day" else "每周"
    part = f"（{delivery.part}/{delivery.parts}）" if delivery.parts > 1 else ""
    owner = f" · {line(box.owner)}" if box.owner else ""
    subject = f"{line(settings.site_title)}{owner} · {kind}关注 {slot}：{number} 条{part}"
    groups = [_group(list(some), base) for _, some in groupby(_by_watch(alerts), key=lambda one: one.watch)]
    leave = f"mailto:{settings.mail_from}?subject={quote(f'unsubscribe {box.id}')}"
    foot = f"不想再收到：给 {settings.mail_from} 去信，主题写 unsubscribe {box.id}。"
    context: dict[str, Any] = {
        "subject": subject,
        "counted": f"{len(groups)} 项关注，{number} 条" if number else "没有新的内容",
        "groups": groups,
        "foot": foot,
    }
    message = EmailMessage(policy=SMTP)
    message["Subject"] = subject
    message["From"] = Address(line(settings.site_title), addr_spec=settings.mail_from)
    message["To"] = Address(addr_spec=box.address)
    message["Date"] = format_datetime(datetime.fromisoformat(delivery.made))
    message["Message-ID"] = f"<{delivery.id}@{settings.mail_from.rpartition('@')[2]}>"
    message["List-Unsubscribe"] = f"<{leave}>"
    message["List-Id"] = f"<{box.id}.{settings.mail_from.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = "zh-CN"
    message.set_content(_plain(context), cte="base64")
    message.add_alternative(_html(context), subtype="html", cte="base64")
    message.set_boundary(f"=_{delivery.id.replace('.', '_')}")  # else it is drawn at random
    return message


def as_text(message: EmailMessage) -> str:
    """A letter as a person reads it: its headers and its plain text."""
    body = message.get_body(("plain",))
    text = body.get_content().replace("\r\n", "\n") if body is not None else ""
    heads = [f"{name}: {message[name]}" for name in ("From", "To", "Subject", "Date", "Message-ID", "List-Unsubscribe")]
    return "\n".join([*heads, "", text])


def line(text: str) -> str:
    """Text from outside as one line for a header or a paragraph.

    >>> line("召回\\r\\nBcc: b@example.cn\\u202e")
    '召回 Bcc: b@example.cn'
    """
    return " ".join(_UNFIT.sub(" ", text).split())


def _digest(box: Letterbox, alerts: Sequence[Alert]) -> str:
    """Sets a letter apart from another of the same day: a letterbox may be removed and made again."""
    said = "\n".join([box.created, *(one.id for one in alerts)])
    return hashlib.sha256(said.encode()).hexdigest()[:8]


def _by_watch(alerts: Sequence[Alert]) -> list[Alert]:
    return sorted(alerts, key=lambda one: (one.name, one.watch))  # stable: of one search the oldest first


def _group(alerts: Sequence[Alert], base: str) -> dict[str, Any]:
    rows = [_row(one, base) for alert in alerts for one in alert.news]
    return {"name": line(alerts[0].name), "query": line(alerts[0].query), "rows": rows}


def _row(news: News, base: str) -> dict[str, str]:
    about = [
        TITLES.get(news.kind, {"article": "文章", "story": "事件", "edition": "榜单"}.get(news.kind, "")),
        day_words(news.published) if news.published else "无日期",
        line(news.source or ""),
    ]
    where = "题目" if news.of == "title" else f"第 {news.start + 1}–{news.end} 字"
    evidence = f"依据：文章 {line(news.article)} {where}，存底 {line(news.kept or '')}" if news.article else ""
    return {
        "mark": HAPPENED[news.what],
        "title": line(news.title),
        "href": f"{base}{news.page}" if news.page else "",
        "about": " · ".join(part for part in about if part),
        "why": line(news.why),
        "sentence": line(news.sentence),
        "evidence": evidence,
        "url": news.url or "",
    }


def _plain(context: dict[str, Any]) -> str:
    found = [context["subject"], context["counted"], ""]
    for group in context["groups"]:
        found += [f"■ {group['name']}", f"  {group['query']}", ""]
        for row in group["rows"]:
            mark = f"【{row['mark']}】" if row["mark"] else ""
            lines = [row["about"], row["why"], row["sentence"], row["href"], row["url"], row["evidence"]]
            found += [f"- {mark}{row['title']}", *(f"  {one}" for one in lines if one), ""]
    return "\n".join([*found, "-- ", context["foot"], ""])


@cache
def _environment() -> minijinja.Environment:
    text = (resources.files("shida.alerts") / "templates" / "letter.html").read_text("utf-8")
    return minijinja.Environment(templates={"letter.html": text}, trim_blocks=True, lstrip_blocks=True)


def _html(context: dict[str, Any]) -> str:
    html: str = _environment().render_template("letter.html", **context)
    return html.replace("&#x2f;", "/")  # minijinja is more careful than HTML asks
