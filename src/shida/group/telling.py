"""A story's articles → its title, its lead, its timeline: chosen, never written."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from shida.group.clusters import Cluster
from shida.group.vectors import Digest, Vocabulary
from shida.records import Moment

LONG_STORY = 10
"""From so many articles on, a day has one moment."""
LEAD_CHARACTERS = 200
OPENING = 1500
"""Characters of a text among which the sentence of a moment is looked for: news says it first."""
SENTENCES = 8
_SENTENCE = re.compile(r"[^。！？!?\n]{1,400}[。！？!?”’」』）]{0,3}")


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of a story, all of it taken from its articles."""

    told: bool
    """False: no article of it is at hand."""
    title: str = ""
    lead: str = ""
    moments: tuple[Moment, ...] = ()


class _Voice(msgspec.Struct, frozen=True, kw_only=True):
    """An article in its story."""

    digest: Digest
    centrality: float
    """How much of the story it tells: its mean similarity to all articles, in units of UNIT²."""
    shares: dict[str, int]
    """Its words, with what they weigh in the story."""


def tell(cluster: Cluster, vocabulary: Vocabulary, tails: Sequence[re.Pattern[str]] = ()) -> Told:
    """A story's title, lead and timeline."""
    if not cluster.digests:
        return Told(told=False)
    voices = _voices(cluster, vocabulary)
    front = choose_title(voices, tails)
    return Told(told=True, title=front.digest.article.title, lead=lead_of(front.digest), moments=timeline(voices))


def _voices(cluster: Cluster, vocabulary: Vocabulary) -> list[_Voice]:
    """All articles of a story, in order."""
    words, sums = cluster.summed()
    spread = vocabulary.spread(words, sums)
    texts = vocabulary.words
    voices = []
    for digest in sorted(cluster.digests.values(), key=lambda digest: digest.order):
        weighs = spread[digest.words]
        centrality = int((weighs * digest.weights).sum()) / cluster.size
        named = map(texts.__getitem__, digest.words.tolist())
        voices.append(
            _Voice(digest=digest, centrality=centrality, shares=dict(zip(named, weighs.tolist(), strict=True)))
        )
    vocabulary.clear(words)
    return voices


def choose_title(voices: Sequence[_Voice], tails: Sequence[re.Pattern[str]]) -> _Voice:
    """The article whose title stands for the story: the one most like all others; the earliest of equals.

    One that a site has hung its name on comes after all that are clean.
    """
    return max(
        (voice for voice in voices if voice.digest.article.title or len(voices) == 1),
        key=lambda voice: (
            not any(tail.search(voice.digest.article.title) for tail in tails),
            round(voice.centrality),
            [-ord(mark) for mark in voice.digest.order[0]],
        ),
        default=voices[0],
    )


def lead_of(digest: Digest) -> str:
    """The first sentence of the text that is not the title again, cut at LEAD_CHARACTERS."""
    title = digest.article.title.strip()
    for sentence in sentences(digest.article.text):
        if sentence.rstrip("。！？!? ") not in title:
            return sentence if len(sentence) <= LEAD_CHARACTERS else sentence[: LEAD_CHARACTERS - 1] + "…"
    return ""


def timeline(voices: Sequence[_Voice]) -> tuple[Moment, ...]:
    """A moment for each article that has a day; one a day, that of the most central article, in a long story."""
    chosen: dict[tuple[str, str], _Voice] = {}
    for voice in voices:
        if voice.digest.day is None:
            continue
        day = (voice.digest.article.published or "")[:10]
        key = day, ("" if len(voices) >= LONG_STORY else voice.digest.article.id)
        if key not in chosen or voice.centrality > chosen[key].centrality:
            chosen[key] = voice
    moments = []
    for (day, _), voice in sorted(chosen.items(), key=lambda entry: (entry[0][0], entry[1].digest.order)):
        sentence = telling_sentence(voice)
        if sentence:
            moments.append(Moment(date=day, sentence=sentence, article=voice.digest.article.id))
    return tuple(moments)


def telling_sentence(voice: _Voice) -> str:
    """Among the first sentences, the one with most of the story's words for its length; without a text, the title."""
    best, most = voice.digest.article.title, 0.0
    shares = list(voice.shares.items())
    for place, sentence in enumerate(sentences(voice.digest.article.text)):
        weight = sum([share for word, share in shares if word in sentence])
        weight /= (30 + len(sentence)) ** 0.5 * (4 + place)
        if weight > most:
            best, most = sentence, weight
    return best


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
