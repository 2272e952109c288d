"""Why a process or a piece of code ended before it was done, in words."""

from __future__ import annotations

import signal

from gradcheck.adapters.fatal import fatal
from gradcheck.validation.limits import Limits


def of_process(status: int, limits: Limits) -> str:
    """Say how a process ended that did not say so itself.

    Parameters
    ----------
    status : int
        Its exit status as `subprocess` has it: negative for a signal.
    limits : Limits
        What it was allowed.

    Examples
    --------
    >>> limits = Limits(seconds=30, gigabytes=2)
    >>> of_process(3, limits)
    'exited with status 3 by itself'
    >>> of_process(-11, limits)
    'killed by signal 11 (segmentation fault)'
    """
    if status >= 0:
        return f"exited with status {status} by itself"
    number = -status
    name = (signal.strsignal(number) or "unknown").lower()
    if number == getattr(signal, "SIGKILL", None):
        return f"killed by signal {number}: by itself, or by a system that ran out of memory"
    return f"killed by signal {number} ({name})"


def of_time(limits: Limits) -> str:
    """Say that the time was up."""
    return f"took longer than {limits.seconds:g} s and was stopped; --timeout allows it more"


def of_code(error: BaseException, gigabytes: float) -> str:
    """Say what ended somebody's code in a way that is no answer; empty for an ordinary error.

    Parameters
    ----------
    error : BaseException
        What was raised, possibly from something else.
    gigabytes : float
        How much memory there was.

    Examples
    --------
    >>> of_code(RecursionError(), 2)
    'called itself without end (RecursionError)'
    >>> of_code(ValueError("no such mode"), 2)
    ''
    """
    end = fatal(error)
    if isinstance(end, MemoryError):
        return f"asked for more than {gigabytes:g} GB of memory; --memory allows it more"
    if isinstance(end, RecursionError):
        return "called itself without end (RecursionError)"
    if isinstance(end, SystemExit):
        return f"exited with status {end.code or 0} by itself (SystemExit)"
    return f"raised {type(end).__name__}, which ends a program" if end is not None else ""
