"""A story's articles → its title, its lead, its timeline: chosen, never written."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from shida.group.vectors import Digest
from shida.records import Moment

LONG_STORY = 10
"""From so many articles on, a day has one moment."""
LEAD_CHARACTERS = 200
OPENING = 1500
"""Characters of a text among which the sentence of a moment is looked for: news says it first."""
SENTENCES = 8
_SENTENCE = re.compile(r"[^。！？!?\n]{1,400}[。！？!?”’」』）]{0,3}")


def centrality(digest: Digest, sums: Mapping[str, int], size: int) -> float:
    """How much of a story an article tells: its mean similarity to all of them, in units of UNIT²."""
    return sum(weight * sums.get(word, 0) for word, weight in digest.weights.items()) / max(size, 1)


def choose_title(digests: Sequence[Digest], sums: Mapping[str, int]) -> Digest:
    """The article whose title stands for the story: the one most like all others; the earliest of equals."""
    return max(
        (digest for digest in digests if digest.article.title or len(digests) == 1),
        key=lambda digest: (round(centrality(digest, sums, len(digests))), [-ord(mark) for mark in digest.order[0]]),
        default=digests[0],
    )


def lead_of(digest: Digest) -> str:
    """The first sentence of the text that is not the title again, cut at LEAD_CHARACTERS."""
    title = digest.article.title.strip()
    for sentence in sentences(digest.article.text):
        if sentence.rstrip("。！？!? ") not in title:
            return sentence if len(sentence) <= LEAD_CHARACTERS else sentence[: LEAD_CHARACTERS - 1] + "…"
    return ""


def timeline(digests: Sequence[Digest], sums: Mapping[str, int]) -> tuple[Moment, ...]:
    """A moment for each article that has a day; one a day, that of the most central article, in a long story."""
    chosen: dict[tuple[str, str], tuple[float, Digest]] = {}
    for digest in digests:
        if digest.day is None:
            continue
        day = (digest.article.published or "")[:10]
        key = day, ("" if len(digests) >= LONG_STORY else digest.article.id)
        weight = centrality(digest, sums, len(digests))
        if key not in chosen or weight > chosen[key][0]:
            chosen[key] = weight, digest
    moments = []
    for (day, _), (_, digest) in sorted(chosen.items(), key=lambda entry: (entry[0][0], entry[1][1].order)):
        sentence = telling_sentence(digest, sums)
        if sentence:
            moments.append(Moment(date=day, sentence=sentence, article=digest.article.id))
    return tuple(moments)


def telling_sentence(digest: Digest, sums: Mapping[str, int]) -> str:
    """Among the first sentences, the one with most of the story's words for its length; without a text, the title."""
    best, most = digest.article.title, 0.0
    for place, sentence in enumerate(sentences(digest.article.text)):
        weight = sum(sums.get(word, 0) for word in digest.weights if word in sentence)
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
