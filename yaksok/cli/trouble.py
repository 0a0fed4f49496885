"""What a command says when it cannot do what was asked: what is wrong, and the cure."""

import sys
from collections.abc import Callable
from functools import wraps
from typing import NoReturn, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

FAILED = 1
ALREADY_RUNNING = 2


class Trouble(Exception):
    """A command cannot go on. ``status`` is what the shell gets."""

    def __init__(self, problem: str, *, cure: str, status: int = FAILED) -> None:
        super().__init__(problem)
        self.problem = problem
        self.cure = cure
        self.status = status


def tell(problem: str, cure: str) -> None:
    """Write a problem and its cure to standard error."""
    sys.stderr.write(f"yaksok: {problem}\n  cure: {cure}\n")


def give_up(trouble: Trouble) -> NoReturn:
    """Tell the trouble and end with its status."""
    tell(trouble.problem, trouble.cure)
    sys.exit(trouble.status)


def told(command: Callable[P, R]) -> Callable[P, R]:
    """``command``, whose troubles become a sentence and a cure instead of a traceback."""

    @wraps(command)
    def telling(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except Trouble as trouble:
            give_up(trouble)

    return telling
