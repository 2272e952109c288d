"""The attempt that came nearest to running: what is told where none succeeded."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from gradcheck.adapters.fatal import fatal
from gradcheck.adapters.given import CodeError


class NoExampleError(CodeError):
    """Nothing was found on which the code runs; the message says what was tried, and the cure."""


class Stage(IntEnum):
    """How far an attempt came: the last two are gradients of other shapes than their inputs."""

    CONSTRUCTOR = 0
    FORWARD = 1
    TARGETS = 2
    BACKWARD = 3
    SHAPES = 4
    SUMS = 5


class Nearest:
    """The attempt that came furthest, the first of its kind.

    Parameters
    ----------
    subject : object
        What was to be run.
    """

    def __init__(self, subject: Any) -> None:
        self._name = getattr(subject, "__name__", type(subject).__name__)
        self._is_class = isinstance(subject, type)
        self._stage, self._what, self._why = -1, "", ""

    def failed(self, stage: Stage, what: str, error: Exception) -> None:
        """Remember a failure.

        Raises
        ------
        MemoryError, RecursionError
            If the error comes of one, which no other attempt would cure.
        """
        end = fatal(error)
        if end is not None:
            raise end
        if stage > self._stage:
            why = str(error) if isinstance(error, CodeError) else f"{type(error).__name__}: {error}"
            self._stage, self._what, self._why = stage, what, " ".join(why.split())

    @property
    def lacks_sums(self) -> bool:
        """Whether a gradient looks as if a sum over a broadcast axis were forgotten, or too many.

        That is a mistake, or code that is meant for inputs that do not broadcast.  Less likely
        inputs, to which no sum belongs, would hide the mistake: what is found there is no answer.
        """
        return self._stage == Stage.SUMS

    def error(self) -> NoExampleError:
        """Return the error that tells it."""
        arguments = " and how to make it with --args '3, 4'" if self._is_class else ""
        if self._stage >= Stage.SHAPES:
            return NoExampleError(
                f"{self._name} on {self._what}: {self._why}; that is a mistake if it is meant for "
                f"such inputs: confirm it with --shapes '{self._what}', or say other ones"
            )
        return NoExampleError(
            f"{self._name}: nothing was found on which it runs; the nearest was {self._what}: "
            f"{self._why}; say what it takes with --shapes 'x=5,3'{arguments}"
        )
