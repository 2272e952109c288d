"""Examining what may be impossible to examine: the report has a row for it, the test our text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import TracebackType
from typing import TypeVar

from gradcheck.adapters.given import CodeError
from gradcheck.checks.finding import Finding, Verdict
from gradcheck.notation import NotationError, PointError
from gradcheck.pytest_plugin.run import Run

__tracebackhide__ = True  # pytest shows none of the frames of this module

T = TypeVar("T")
REFUSALS = (CodeError, NotationError, PointError)


def attempt(examine: Callable[[], T], name: str, check: str, run: Run) -> T:
    """Return what examining a layer gives; leave a finding where it cannot be examined.

    Parameters
    ----------
    examine : callable
        Runs somebody's code.
    name, check : str
        The layer and the check, for the finding.
    run : Run
        Keeps the finding.

    Raises
    ------
    Exception
        What `examine` raises; from what our code refuses our frames are taken out, so that the
        message stands beside the line of the test, and under the line of the layer that raised.
    """
    try:
        return examine()
    except Exception as error:
        run.record([_not_run(name, check, error)])
        if not isinstance(error, REFUSALS):
            raise
        raise error.with_traceback(None) from _without_our_frames(error.__cause__)


def _not_run(name: str, check: str, error: Exception) -> Finding:
    return Finding(
        operation=name,
        point="given",
        check=check,
        quantity="layer",
        candidate="code",
        reference="",
        verdict=Verdict.INCONCLUSIVE,
        note=f"could not be examined: {type(error).__name__}: {error}",
    )


def _without_our_frames(error: BaseException | None) -> BaseException | None:
    if error is None:
        return None
    return error.with_traceback(_chained(_foreign(error.__traceback__)))


def _foreign(traceback: TracebackType | None) -> list[TracebackType]:
    frames = []
    while traceback is not None:
        if traceback.tb_frame.f_globals.get("__name__", "").split(".")[0] != "gradcheck":
            frames.append(traceback)
        traceback = traceback.tb_next
    return frames


def _chained(frames: Sequence[TracebackType]) -> TracebackType | None:
    chain: TracebackType | None = None
    for frame in reversed(frames):
        chain = TracebackType(chain, frame.tb_frame, frame.tb_lasti, frame.tb_lineno)
    return chain
