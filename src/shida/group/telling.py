"""A story's articles → its title, its lead, its timeline: chosen, never written, and each with the reason."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec
import numpy as np

from shida.group.clusters import Cluster
from shida.group.vectors import UNIT, Digest, Vocabulary
from shida.records import Choice, Moment

LONG_STORY = 10
"""From so many articles on, a day has one moment."""
LEAD_CHARACTERS = 200
OPENING = 1500
"""Characters of a text among which the sentence of a moment is looked for: news says it first."""
SENTENCES = 8
NAMED_WORDS = 3
"""Words named in the reason of a sentence."""
_SENTENCE = re.compile(r"[^。！？!?\n]{1,400}[。！？!?”’」』）]{0,3}")


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of a story, all of it taken from its articles."""

    told: bool
    """False: no article of it is at hand."""
    title: str = ""
    lead: str = ""
    moments: tuple[Moment, ...] = ()
    title_from: Choice | None = None
    lead_from: Choice | None = None


class _Voice(msgspec.Struct, frozen=True, kw_only=True):
    """An article in its story."""

    digest: Digest
    likeness: int
    """How much of the story it tells: its mean similarity to the other articles, in hundredths as it is said to the
    reader, so that what looks equal is equal."""
    shares: dict[str, int]
    """Its words, with what they weigh in the story."""


def tell(cluster: Cluster, vocabulary: Vocabulary, tails: Sequence[re.Pattern[str]] = ()) -> Told:
    """A story's title, lead and timeline."""
    if not cluster.digests:
        return Told(told=False)
    voices = _voices(cluster, vocabulary)
    front = choose_title(voices, tails)
    lead, place = lead_of(front.digest)
    article = front.digest.article
    return Told(
        told=True,
        title=article.title,
        lead=lead,
        moments=timeline(voices),
        title_from=Choice(article=article.id, why=why_title(front, voices, tails)),
        lead_from=Choice(article=article.id, why=why_lead(lead, place)) if lead else None,
    )


def _voices(cluster: Cluster, vocabulary: Vocabulary) -> list[_Voice]:
    """All articles of a story, in order."""
    words, sums = cluster.summed()
    spread = vocabulary.spread(words, sums)
    texts = vocabulary.words
    voices = []
    others = max(1, cluster.size - 1)
    for digest in sorted(cluster.digests.values(), key=lambda digest: digest.order):
        weighs = spread[digest.words]
        own = int((digest.weights.astype(np.int64) ** 2).sum())
        likeness = (int((weighs * digest.weights).sum()) - own) / (others * UNIT * UNIT)
        named = map(texts.__getitem__, digest.words.tolist())
        shares = dict(zip(named, weighs.tolist(), strict=True))
        voices.append(_Voice(digest=digest, likeness=round(likeness * 100), shares=shares))
    vocabulary.clear(words)
    return voices


def _dressed(voice: _Voice, tails: Sequence[re.Pattern[str]]) -> bool:
    """Whether a site has hung its name on the title."""
    return any(tail.search(voice.digest.article.title) for tail in tails)


def choose_title(voices: Sequence[_Voice], tails: Sequence[re.Pattern[str]]) -> _Voice:
    """The article whose title stands for the story: the one most like all others; the earliest of equals.

    One that a site has hung its name on comes after all that are clean.
    """
    return max(
        (voice for voice in voices if voice.digest.article.title or len(voices) == 1),
        key=lambda voice: (
            not _dressed(voice, tails),
            voice.likeness,
            [-ord(mark) for mark in voice.digest.order[0]],
        ),
        default=voices[0],
    )


def why_title(front: _Voice, voices: Sequence[_Voice], tails: Sequence[re.Pattern[str]]) -> str:
    """Why the title of `front`, in a sentence."""
    if len(voices) == 1:
        return "标题：本报道只有这一篇自有的文章"
    others = [voice for voice in voices if voice is not front]
    passed = [voice for voice in others if voice.likeness > front.likeness]
    if passed:
        # `front` is the first of the clean ones, so whatever is more like the others has no title or a dressed one
        what = "标题上带着网站的名字" if any(voice.digest.article.title for voice in passed) else "没有标题"
        return f"标题：更居中的文章{what}，取其余中与各篇最相近的一篇（平均相似度 {front.likeness / 100:.2f}）"
    next_best = max(voice.likeness for voice in others)
    if next_best == front.likeness:
        equal = [voice for voice in others if voice.likeness == next_best]
        if any(_dressed(voice, tails) or not voice.digest.article.title for voice in equal):
            return f"标题：与其余各篇同样相近的几篇里（平均相似度 {front.likeness / 100:.2f}），取标题干净、最早的一篇"
        return f"标题：有 {len(equal) + 1} 篇与其余各篇同样相近（平均相似度 {front.likeness / 100:.2f}），取最早的一篇"
    return (
        f"标题：{len(voices)} 篇中与其余各篇最相近的一篇"
        f"（平均相似度 {front.likeness / 100:.2f}，其次 {next_best / 100:.2f}）"
    )


def lead_of(digest: Digest) -> tuple[str, int]:
    """The first sentence of the text that is not the title again, cut at LEAD_CHARACTERS, and its place from 1."""
    title = digest.article.title.strip()
    for place, sentence in enumerate(sentences(digest.article.text), start=1):
        if sentence.rstrip("。！？!? ") not in title:
            short = sentence if len(sentence) <= LEAD_CHARACTERS else sentence[: LEAD_CHARACTERS - 1] + "…"
            return short, place
    return "", 0


def why_lead(lead: str, place: int) -> str:
    """Why this sentence leads, in a sentence.

    >>> why_lead("大会今天开幕。", 2)
    '导语：标题那一篇正文的第 2 句，之前只是重复标题'
    """
    why = f"导语：标题那一篇正文的第 {place} 句" + ("，之前只是重复标题" if place > 1 else "")
    return why + (f"，截到 {LEAD_CHARACTERS} 字" if lead.endswith("…") else "")


def timeline(voices: Sequence[_Voice]) -> tuple[Moment, ...]:
    """A moment for each article that has a day; one a day, that of the most central article, in a long story."""
    chosen: dict[tuple[str, str], _Voice] = {}
    same_day: dict[tuple[str, str], int] = {}
    for voice in voices:
        if voice.digest.day is None:
            continue
        day = (voice.digest.article.published or "")[:10]
        key = day, ("" if len(voices) >= LONG_STORY else voice.digest.article.id)
        if key not in chosen or voice.likeness > chosen[key].likeness:
            chosen[key] = voice
        same_day[key] = same_day.get(key, 0) + 1
    moments = []
    for key, voice in sorted(chosen.items(), key=lambda entry: (entry[0][0], entry[1].digest.order)):
        sentence, why = telling_sentence(voice)
        if same_day[key] > 1:
            why = f"当日 {same_day[key]} 篇中与其余各篇最相近的一篇；{why}"
        if sentence:
            moments.append(Moment(date=key[0], sentence=sentence, article=voice.digest.article.id, why=why))
    return tuple(moments)


def telling_sentence(voice: _Voice) -> tuple[str, str]:
    """Among the first sentences, the one with most of the story's words for its length, and why; without a text, the
    title.
    """
    best, most, at = voice.digest.article.title, 0.0, 0
    shares = list(voice.shares.items())
    found = sentences(voice.digest.article.text)
    for place, sentence in enumerate(found):
        weight = sum([share for word, share in shares if word in sentence])
        weight /= (30 + len(sentence)) ** 0.5 * (4 + place)
        if weight > most:
            best, most, at = sentence, weight, place + 1
    if not at:
        return best, "这一篇没有说到本报道的正文句子，取标题"
    # sorted is stable: of equals the word that comes first in the article's own order
    heaviest = sorted((entry for entry in shares if entry[0] in best), key=lambda entry: -entry[1])[:NAMED_WORDS]
    words = "".join(f"“{word}”" for word, _ in heaviest)
    if len(found) == 1:
        return best, f"正文只有这一句，说到{words}"
    return best, f"正文开头 {len(found)} 句里的第 {at} 句：按长短和先后，{words}这些要词说得最集中"


def sentences(text: str) -> list[str]:
    """The first sentences of `text`, each as it stands there.

    >>> sentences("大会今天开幕。他说：“好！”\\n会期三天。")
    ['大会今天开幕。', '他说：“好！”', '会期三天。']
    """
    found = []
    for match in _SENTENCE.finditer(text[:OPENING]):
        sentence = match[0].strip()
        if sentence:
            found.append(sentence)
            if len(found) == SENTENCES:
                break
    return found
