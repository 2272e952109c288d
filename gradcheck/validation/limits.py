"""Limits on the time and memory of a process that runs somebody's code."""

from __future__ import annotations

import sys
from dataclasses import dataclass

GIGABYTE = 10**9


@dataclass(frozen=True)
class Limits:
    """What a layer may take.

    Attributes
    ----------
    seconds : float
        From the start of its process, which first imports what it needs.
    gigabytes : float
        Of memory that the process asks for, used or not.
    """

    seconds: float
    gigabytes: float

    @property
    def checking(self) -> float:
        """Seconds after which checks end by themselves, so that slow ones are not killed.

        A process that is still at it when the other fifth has passed as well, hangs.
        """
        return 0.8 * self.seconds


def memory_can_be_limited() -> bool:
    """Tell whether this platform refuses memory beyond a limit: Linux does.

    macOS takes such a limit and ignores it, Windows has none.
    """
    return sys.platform == "linux"


def limit_memory(gigabytes: float) -> None:
    """Let this process have no more memory than so much, where the platform can see to that.

    What counts is data, not address space: PyTorch and JAX reserve gigabytes of addresses that
    they never touch.

    Parameters
    ----------
    gigabytes : float
        Of 10^9 bytes each.
    """
    if not memory_can_be_limited():
        return
    import resource  # POSIX only

    limit = int(gigabytes * GIGABYTE)
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    allowed = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (allowed, hard))
