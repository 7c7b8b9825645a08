"""Everything that can be wrong with a request, in one table; and how it is said (RFC 9457)."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from shida.client.shapes import Problem, ProblemType

PROBLEMS = "/api/v1/problems/"

_ROWS = (
    ("unknown-parameter", 400, "没有这个参数", "The address has a query parameter this resource does not take."),
    ("repeated-parameter", 400, "参数重复", "A query parameter stands in the address more than once."),
    ("bad-parameter", 400, "参数值不对", "A query parameter has a value it cannot have."),
    (
        "bad-cursor",
        400,
        "翻页标记无效",
        "The cursor was not given by this list, or its list was asked for differently.",
    ),
    ("bad-period", 400, "时期写法不对", "The period is written in no form that is understood."),
    ("too-long", 414, "地址太长", "The address is longer than 8,000 characters, or has more than 40 parameters."),
    ("no-such-resource", 404, "没有这个资源", "The API has nothing at this path."),
    ("not-found", 404, "没有找到", "No record has this id, or none was known on the day asked for."),
    ("only-reading", 405, "只能读取", "The API answers GET, HEAD and OPTIONS; nothing can be changed through it."),
    ("busy", 503, "暂时无法回答", "The newsroom or its index cannot be read at the moment."),
    ("failed", 500, "服务器出错", "A bug. The server's log says where."),
)

TYPES = {slug: ProblemType(type=PROBLEMS + slug, status=s, title=t, meaning=m) for slug, s, t, m in _ROWS}
"""The kinds of problem, by the last part of their `type`."""


class Refused(Exception):
    """A request that is answered with a problem."""

    def __init__(self, slug: str, detail: str, *, parameter: str | None = None, near: str | None = None) -> None:
        kind = TYPES[slug]
        super().__init__(detail)
        self.problem = Problem(
            type=kind.type, title=kind.title, status=kind.status, detail=detail, parameter=parameter, near=near
        )


def nearest(given: str, known: Iterable[str]) -> str | None:
    """The known name that is most like what was given; None where none is.

    >>> nearest("feild", ["field", "limit"])
    'field'
    """
    return next(iter(get_close_matches(given[:80], sorted(known), n=1, cutoff=0.5)), None)
