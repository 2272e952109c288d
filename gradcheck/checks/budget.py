"""How long a check may take: asked before every run of the code under test."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field


class OutOfBudget(BaseException):
    """The time that the user allowed has passed.

    No `Exception`, like an interruption from the keyboard: it may come from within somebody's code,
    and nothing that expects that code to fail may take it for such a failure.
    """


@dataclass(frozen=True)
class Budget:
    """A number of seconds from its making.

    Parameters
    ----------
    seconds : float
        At least 0; infinite for no bound.

    Raises
    ------
    ValueError
        If `seconds` is negative or no number.

    Examples
    --------
    >>> Budget(60.0).check()
    """

    seconds: float = math.inf
    started: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        if not self.seconds >= 0:
            raise ValueError(f"budget={self.seconds!r}: give a number of seconds, 0 or more")

    @property
    def left(self) -> float:
        """Seconds that are left, 0 once they have passed."""
        return max(0.0, self.seconds - (time.monotonic() - self.started))

    def at_most(self, seconds: float) -> Budget:
        """Return a budget that begins now, of so many seconds or of those that are left."""
        return Budget(min(seconds, self.left))

    def check(self) -> None:
        """Raise `OutOfBudget` once the time has passed."""
        if time.monotonic() - self.started > self.seconds:
            raise OutOfBudget(f"the budget of {self.seconds:g} s ran out")


UNLIMITED = Budget()
