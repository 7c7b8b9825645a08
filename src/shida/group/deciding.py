"""What a person asks for about stories → the Ruling to keep, or why it cannot be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from shida.errors import InputError
from shida.group.lines import story_id
from shida.group.rulings import given_back, overruled, withdrawn
from shida.group.standing import Standing
from shida.records import Ruling, StoryThen

LONGEST_WHY = 500
"""Characters: it is printed beside every article that a ruling moves."""
LONGEST_NAME = 60


def merge(standing: Standing, stories: Sequence[str], *, by: str, at: str, why: str) -> Ruling:
    """The ruling that these stories (ids or aliases) are one. InputError where one is not there, or they are already.

    >>> from shida.records import Member, Story
    >>> two = [Story(id=f"s-{name}", title=name, members=(Member(article=name, title=name),)) for name in ("a", "b")]
    >>> ruling = merge(Standing(two), ["s-a", "s-b"], by="林", at="2026-01-05T09:30:00+08:00", why="同一件事")
    >>> [story.articles for story in ruling.stories]
    [('a',), ('b',)]
    """
    found = list({story.id: story for story in (_story(standing, name) for name in stories)}.values())
    if len(found) < 2:
        what = f"{stories[0]} and {stories[1]} are one story already" if len(set(stories)) > 1 else "that is one story"
        raise InputError(f"{what}. Name two or more; list them with: shida stories")
    return Ruling(kind="merge", at=at, by=_by(by), why=_why(why), stories=tuple(found))


def split(standing: Standing, story: str, articles: Sequence[str], *, by: str, at: str, why: str) -> Ruling:
    """The ruling that these articles, with their copies, leave a story and are one by themselves.

    InputError where the story is not there, an article is not in it, or none would stay.
    """
    source = _story(standing, story)
    inside = set(source.articles)
    for article in articles:
        if article not in inside:
            raise InputError(_not_in(article, source, standing))
    leaving = [one for one in standing.with_copies(articles) if one in inside]
    if not articles:
        raise InputError(f"name the articles that leave; list them with: shida story show {source.id}")
    if len(leaving) == len(inside):
        raise InputError(f"{source.id}: these are all its articles, with their copies. At least one has to stay.")
    return Ruling(
        kind="split",
        at=at,
        by=_by(by),
        why=_why(why),
        stories=(source,),
        articles=tuple(dict.fromkeys(articles)),
        part=_part(standing, source, articles),
    )


def undo(rulings: Sequence[Ruling], number: int, *, by: str, at: str, why: str) -> Ruling:
    """The withdrawal of a merge or split. InputError where there is none of this number, or it is withdrawn already."""
    target = next((one for one in rulings if one.number == number), None)
    if target is None:
        there = f"There are 1 to {rulings[-1].number}" if rulings else "There are none yet"
        raise InputError(f"ruling {number}: there is none of this number. {there}; list them with: shida story rulings")
    if target.kind == "withdraw":
        raise InputError(
            f"ruling {number} takes back ruling {target.withdraws}. Decide anew: shida story merge or split"
        )
    if number in withdrawn(rulings):
        raise InputError(f"ruling {number} is taken back already, by ruling {withdrawn(rulings)[number]}.")
    return Ruling(kind="withdraw", at=at, by=_by(by), why=_why(why), withdraws=number)


def findings(standing: Standing, new: Iterable[Ruling], rulings: Sequence[Ruling]) -> list[str]:
    """What a person should know of the `new` ones among all `rulings`, the stories `standing` as they are after a run:
    what they name that is not there, and which of two that contradict each other counts.
    """
    gone = withdrawn(rulings)
    said: list[str] = []
    for ruling in new:
        if ruling.number in gone or ruling.kind == "withdraw":
            continue
        missing = [f"story {story.id}" for story in ruling.stories if standing.story(story.id) is None]
        missing += [f"article {article}" for article in ruling.articles if standing.of(article) is None]
        if missing:
            there = "is not there any more" if len(missing) == 1 else "are not there any more"
            said.append(
                f"{in_words(ruling)}: {', '.join(missing)} {there} and was passed over. "
                f"Where it is of no use now, take it back: shida story undo {ruling.number} --why …"
            )
        earlier = [one for one in rulings if one.number < ruling.number and one.number not in gone]
        said += [
            f"{in_words(ruling)} and {in_words(one)} contradict each other: the later one, {ruling.number}, counts"
            for one in overruled(ruling, earlier)
        ]
    return said


def in_words(ruling: Ruling) -> str:
    """A ruling in a few words for a terminal.

    >>> in_words(Ruling(number=3, kind="withdraw", at="2026-01-07T10:00:00+08:00", by="周", withdraws=1))
    'ruling 3 (周 on 2026-01-07 takes back ruling 1)'
    """
    stories = ", ".join(story.id for story in ruling.stories)
    did = {
        "merge": f"merges {stories}",
        "split": f"splits {len(ruling.articles)} article{'s' * (len(ruling.articles) != 1)} from {stories}",
        "withdraw": f"takes back ruling {ruling.withdraws}",
    }
    return f"ruling {ruling.number} ({ruling.by} on {ruling.at[:10]} {did[ruling.kind]})"


def _story(standing: Standing, name: str) -> StoryThen:
    found = standing.story(name)
    if found is None:
        raise no_story(name, standing.called())
    return found


def no_story(name: str, names: Iterable[str], *, as_of: str = "") -> InputError:
    """The error that no story is called so (on the day `as_of`), with the nearest of `names`."""
    day = f" as of {as_of}" if as_of else ""
    return InputError(f"there is no story {name[:80]!r}{day}. {_near(name, names, 'shida stories')}")


def _not_in(article: str, source: StoryThen, standing: Standing) -> str:
    other = standing.of(article)
    if other is not None:
        return f"article {article[:80]!r} is in story {other.id} 《{other.title}》, not in {source.id}."
    near = _near(article, source.articles, f"shida story show {source.id}")
    return f"there is no article {article[:80]!r} in story {source.id}. {near}"


def _near(name: str, names: Iterable[str], command: str) -> str:
    near = get_close_matches(name, sorted(names), n=1, cutoff=0.75)
    return f"Did you mean {near[0]}?" if near else f"List them with: {command}"


def _part(standing: Standing, source: StoryThen, articles: Sequence[str]) -> str:
    """The id of the part: what it was called before it was merged into `source`, else one that no story has or had, of
    its first article and, where that is taken, a number.
    """
    own = given_back(source, articles)
    if own:
        return own[0]
    taken, name, number = standing.called() | standing.taken, articles[0], 1
    while story_id(name) in taken:
        name, number = f"{articles[0]}/split{number if number > 1 else ''}", number + 1
    return story_id(name)


def _why(text: str) -> str:
    words = _line(text)
    if not words:
        raise InputError("a ruling needs its reason; readers see it. Give one with --why.")
    if len(words) > LONGEST_WHY:
        raise InputError(f"the reason has {len(words):,} characters; give one of at most {LONGEST_WHY}.")
    return words


def _by(name: str) -> str:
    words = _line(name)
    if not words or len(words) > LONGEST_NAME:
        raise InputError(f"a ruling needs the name of who made it, of at most {LONGEST_NAME} characters: --by NAME")
    return words


def _line(text: str) -> str:
    """In one line; what a terminal could not decode is replaced."""
    return " ".join(text.encode("utf-8", "replace").decode().split())
