"""What can go wrong between a client and a newsroom's API.

ShidaError
└── InputError
    └── ApiError               the API did not give what was asked for
        ├── NoAnswer           nobody answers, or not in time
        ├── NotUnderstood      an answer that is none of this API, or past a limit
        └── NotFound           no record has this id, or none was known on that day
"""

from __future__ import annotations

from shida.client.shapes import Problem
from shida.errors import InputError


class ApiError(InputError):
    """The API did not give what was asked for; `problem` is what it said, where it said something."""

    def __init__(self, message: str, problem: Problem | None = None) -> None:
        super().__init__(message)
        self.problem = problem


class NoAnswer(ApiError):
    """Nobody answers at the address, or not in time."""


class NotUnderstood(ApiError):
    """An answer that is none of this API, or past a limit."""


class NotFound(ApiError):
    """No record has this id, or none was known on the day asked for."""
