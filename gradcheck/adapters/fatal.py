"""Errors that end a program rather than answer a question: no other input would do better."""

from __future__ import annotations

from collections.abc import Iterator


def fatal(error: BaseException) -> BaseException | None:
    """Return what ended somebody's code for good, itself or what it was raised from.

    Running out of memory or of stack is that, and an exit; ordinary errors are not.

    Examples
    --------
    >>> fatal(ValueError("no such mode"))
    >>> fatal(RecursionError())
    RecursionError()
    """
    for link in _chain(error):
        if isinstance(link, (MemoryError, RecursionError)) or not isinstance(link, Exception):
            return link
    return None


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__
