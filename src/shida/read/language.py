"""Text → its language and script."""

from __future__ import annotations

import re

_KANA = re.compile("[\u3040-\u30ff]")
_HAN = re.compile("[\u4e00-\u9fff]")
_SIMPLIFIED = re.compile(
    "[这个们为国对会说时来经过还实发现进动开关业产学长东车马门问间见书话语请让许论设证该应广庄"
    "县结发务点报导处办规质检标数]"
)
_TRADITIONAL = re.compile(
    "[這個們為國對會說時來經過還實發現進動開關業產學長東車馬門問間見書話語請讓許論設證該應廣莊"
    "縣結發務點報導處辦規質檢標數]"
)


def language_of(text: str) -> str | None:
    """`zh-Hans`, `zh-Hant`, `ja`, or None where the text is too short or none of them.

    >>> language_of("这个问题还没有说清楚"), language_of("這個問題還沒有說清楚"), language_of("これはペンです")
    ('zh-Hans', 'zh-Hant', 'ja')
    """
    sample = text[:600]
    if len(_KANA.findall(sample)) * 10 > len(sample):
        return "ja"
    simplified, traditional = len(_SIMPLIFIED.findall(sample)), len(_TRADITIONAL.findall(sample))
    if simplified or traditional:
        return "zh-Hans" if simplified >= traditional else "zh-Hant"
    return "zh-Hans" if _HAN.search(sample) else None
