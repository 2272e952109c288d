"""A time limit that interrupts: for code that cannot be asked to look at a clock."""

from __future__ import annotations

import math
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from gradcheck.checks.budget import Budget, OutOfBudget


@contextmanager
def interrupted_by(budget: Budget) -> Iterator[None]:
    """Raise `OutOfBudget` in the block once the time has passed, wherever the code is.

    By the alarm signal, which only the main thread has, and not on every system: elsewhere the
    block has to look at the clock itself.  An alarm that was set before is set again afterwards.

    Examples
    --------
    >>> with interrupted_by(Budget(60.0)):
    ...     pass
    """
    if not _has_alarm() or budget.seconds == math.inf:
        yield
        return
    before = time.monotonic()
    handler = signal.signal(signal.SIGALRM, lambda *_: _interrupt(budget))
    # zero would be no alarm
    earlier, _ = signal.setitimer(signal.ITIMER_REAL, max(budget.left, 1e-6))
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, handler)
        if earlier:
            remaining = earlier - (time.monotonic() - before)
            signal.setitimer(signal.ITIMER_REAL, max(remaining, 1e-6))


def _has_alarm() -> bool:
    return hasattr(signal, "setitimer") and (threading.current_thread() is threading.main_thread())


def _interrupt(budget: Budget) -> None:
    raise OutOfBudget(f"the budget of {budget.seconds:g} s ran out")
