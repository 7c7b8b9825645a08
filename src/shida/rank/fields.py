"""Story → the fields and topics it belongs to, by the words of its titles."""

from __future__ import annotations

from collections import Counter

from shida.pack import Pack
from shida.rank.cues import reader_of
from shida.rank.views import fields_of
from shida.records import Story


def assign_fields(story: Story, pack: Pack) -> tuple[str, ...]:
    """Names of the pack's fields that `story` belongs to, strongest first; copies do not count.

    >>> from shida.pack import load_packs
    >>> from shida.records import Member
    >>> pack = load_packs(("quality", "general"))
    >>> assign_fields(Story(id="s-1", title="市场监管总局抽检食品", members=()), pack)
    ('质量', '国内')
    """
    reader = reader_of(pack)
    return fields_of(tuple(reader.read(title) for title in _titles(story)), reader)


def assign_topics(story: Story, pack: Pack) -> tuple[str, ...]:
    """Names of the topics that at least a third of the story's titles belong to, most titles first.

    >>> from shida.pack import load_packs
    >>> assign_topics(Story(id="s-1", title="某平台因垄断行为被罚"), load_packs(("quality", "general")))
    ('反垄断', '竞争')
    """
    reader = reader_of(pack)
    titles = _titles(story)
    counts = Counter(topic for title in titles for topic in reader.read(title).topics)
    order = {topic.name: place for place, topic in enumerate(pack.fields.topics)}
    enough = [topic for topic, count in counts.items() if count * 3 >= len(titles)]
    leaves_first = sorted(
        enough, key=lambda topic: (-counts[topic], pack.fields.topics[order[topic]].under is None, order[topic])
    )
    return tuple(leaves_first)


def _titles(story: Story) -> list[str]:
    own = [member.title for member in story.members if member.copy_of is None]
    return own or [story.title]
