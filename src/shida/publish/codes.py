"""The program's codes → what a reader is told: signals, rules, flags, stages, reasons. Unknown codes stay."""

from __future__ import annotations

import re
from typing import Any

from shida.publish.charts import bar

SIGNALS = {
    "size": ("篇数", "除去套话和相同稿件，写这件事的篇幅相当于多少篇"),
    "life": ("持续", "有报道的天数"),
    "breadth": ("来源", "各自报道的来源有多少"),
    "burst": ("集中", "报道最多的一天有多少篇"),
    "act": ("要事", "题目说的是哪一类要事"),
    "theme": ("主题", "同一主题在这一时段的分量"),
    "authority": ("权威", "由哪一级机关作出"),
    "consequence": ("后果", "带来了多大变化"),
    "reaction": ("反响", "别处怎样回应"),
    "position": ("版位", "排在节目或页面的什么位置"),
    "document": ("文件", "带出了什么文件"),
    "fact": ("事实", "报道里可核对的事实"),
    "routine": ("例行", "例行的消息，扣分"),
    "recurring": ("年年有", "每年都有的消息，扣分"),
    "folded": ("并入", "与榜上另一件相近，已并入"),
    "likeness": ("相近", "与榜上前面的事相近，扣分"),
    "thread": ("合为一条", "同一条线上的几件事，按一条算"),
    "lacked": ("所缺", "比末位入选的差在哪里"),
    "change": ("要变", "什么变了就能入选"),
}
"""Signal → its word, and what it measures."""

DOCUMENT_KINDS = {
    "law": "法律",
    "regulation": "法规规章",
    "decision": "决定公告",
    "opinion": "意见措施",
    "notice": "通知",
    "plan": "规划方案",
    "standard": "标准指南",
    "report": "报告",
    "agreement": "协定公约",
    "reply": "答复解读",
}
"""`Document.document_kind` → its word."""

RULES = {
    "script": "繁简",
    "pinyin": "夹注拼音",
    "shift": "错位",
    "width": "全角半角",
    "entity": "网页实体",
    "look_alike": "形近字",
    "misread": "错读编码",
    "numeral": "数字",
    "spam": "插入的广告",
    "string": "固定字串",
    "usage": "用字",
    "western": "错读成西文",
    "byte_lost": "丢失字节",
    "mojibake": "乱码",
    "space": "空格",
}
_LOST = "这里丢了字节，余下的不足以断定原字"
GAP_RULES = {
    **RULES,
    "byte_lost": _LOST,
    "bytes were lost here, and what is left does not tell what stood here": _LOST,
}
"""Why a gap stays a gap: a rule's code, or the sentence that repairs of earlier versions carry."""

FLAGS = {
    "deep_nesting": "网页嵌套过深，部分内容可能未读出。",
    "cut_long": "网页过长，只读了前面一部分。",
    "future_date_refused": "网页所标日期在未来，没有采用。",
    "bad_date_refused": "来件所标日期不成日期，没有采用。",
    "charset_guessed": "网页没有标明编码，编码是推定的。",
    "undecodable_bytes": "有些字节解不出字，照原样留着。",
    "nul_bytes": "来件夹有空字节，已略去。",
    "no_title": "原页没有题目。",
    "pages_missing": "原文分几页刊登，其余各页还没有收到。",
}
DATE_HOW = {
    "given": "来件注明",
    "meta": "网页元数据",
    "json-ld": "网页结构化数据",
    "label": "页面所标",
    "line": "题下署时",
    "context": "题下只有月日，年份据正文、网址或收到网页的时刻",
    "signature": "文末落款",
    "url": "网址推定",
    "text": "正文推定",
    "list": "列表页",
    "feed": "订阅源",
    "relative": "由“昨日”等推定",
}
STAGES = {
    "collect": "采集",
    "restore": "修复",
    "read": "读取",
    "know": "记事",
    "group": "归并",
    "rank": "排榜",
    "intake": "收件",
    "add": "收件",
}
REASONS = {
    "no_text": "没有正文",
    "no_body": "没有正文",
    "not_news": "不是新闻",
    "bad_json": "不成 JSON",
    "bad_url": "地址不可用",
    "bad_scheme": "不是网页地址",
    "bad_answer": "对方答复有误",
    "bad_certificate": "证书有误",
    "cut_off": "传到一半断了",
    "empty": "空的",
    "binary": "不是文字",
    "future_date": "日期在未来",
    "no_list": "没有读出列表",
    "leads_nowhere": "转到了首页或出错页",
    "hostile_feed": "源文件不合规矩",
    "error_page": "出错页",
    "wall": "要登录或付费才能读",
    "advertisement": "广告",
    "no_such_host": "没有这个主机",
    "private_address": "内网地址",
    "robots": "对方不许采集",
    "robots_unreachable": "问不到对方许不许采集",
    "timeout": "对方太慢",
    "too_large": "太大",
    "too_many_redirects": "转来转去",
    "unreachable": "连不上",
    "worker_died": "处理它的进程死了",
    "duplicate": "重复",
    "superseded": "已有更新的版本",
    "id_taken": "编号被别的来源占用",
    "bad_article": "字段不合规矩",
}

_TERM = re.compile(r"([+−-]?) ?(\d{1,6}(?:\.\d{1,6})?) × ([a-z_]{1,40})")
_FLOOR = re.compile(r"floor (\d{1,6}(?:\.\d{1,6})?)")


def word(table: dict[str, str], code: str) -> str:
    """The word for a code, or the code.

    >>> word(RULES, "shift"), word(RULES, "new_rule")
    ('错位', 'new_rule')
    """
    return table.get(code, code)


def signal_word(signal: str) -> str:
    """What a signal is called.

    >>> signal_word("breadth"), signal_word("手工")
    ('来源', '手工')
    """
    return SIGNALS[signal][0] if signal in SIGNALS else signal


def weight_rows(formula: str) -> list[dict[str, Any]]:
    """A formula's signals with their weights as bars, strongest first; none where it is not of the usual form.

    >>> [(row["word"], row["weight"]) for row in weight_rows("score = 0.8 × size − 1.2 × routine; floor 0.5")]
    [('例行', '−1.2'), ('篇数', '+0.8')]
    """
    terms = [(sign in ("−", "-"), float(number), signal) for sign, number, signal in _TERM.findall(formula)]
    top = max((number for _, number, _ in terms), default=1.0) or 1.0
    return [
        {
            "word": signal_word(signal),
            "means": SIGNALS.get(signal, ("", ""))[1],
            "weight": f"{'−' if against else '+'}{number:g}",
            "bar": bar(number / top, against=against),
        }
        for against, number, signal in sorted(terms, key=lambda term: (-term[1], term[2]))
    ]


def floor_words(formula: str) -> str:
    """The least score a formula asks for, "" where it asks for none.

    >>> floor_words("score = 1 × size; floor 0.5"), floor_words("score = 1 × size; floor 0")
    ('0.5', '')
    """
    found = _FLOOR.search(formula)
    return found[1] if found and float(found[1]) else ""
