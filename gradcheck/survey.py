"""Surveying a target: its cases, checked one after the other or in several processes."""

from __future__ import annotations

import fnmatch
import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from functools import cache

from tqdm import tqdm

from gradcheck.adapters.targets import TargetError, load_target, real_points
from gradcheck.checks.finding import Finding
from gradcheck.examination import examine_operation
from gradcheck.notation import Operation
from gradcheck.search.cases import Case, random_cases

WORTHWHILE = 24
"""Cases below which starting processes takes longer than they save."""


def operations_of(target: str, only: str = "*") -> tuple[Operation, ...]:
    """Return the operations of a target whose names match a pattern.

    Raises
    ------
    TargetError
        If the target cannot be loaded, or nothing matches.
    """
    _, operations = load_target(target)
    chosen = tuple(op for op in operations if fnmatch.fnmatchcase(op.name, only))
    if not chosen:
        names = ", ".join(operation.name for operation in operations)
        raise TargetError(f"--only {only}: matches none of {names}")
    return chosen


@dataclass(frozen=True)
class Survey:
    """What is looked at: everything that follows from a command line.

    Attributes
    ----------
    target : str
        ``package.module`` or ``path.py``, optionally with ``:name``.
    only : str
        A pattern for the names of operations.
    seed : int
        Of all that is drawn.
    real_input : bool
        Whether to look at the points on real data that the target offers.
    """

    target: str
    only: str
    seed: int
    real_input: bool = True

    def cases(self) -> tuple[Case, ...]:
        """Return the points: random ones, and those on real data.

        Raises
        ------
        TargetError
            If the target cannot be loaded, or nothing matches.
        ModuleNotFoundError
            If the real data need a package that is not installed.
        """
        chosen = operations_of(self.target, self.only)
        cases = [case for operation in chosen for case in random_cases(operation, self.seed)]
        module, _ = load_target(self.target)
        offered = real_points(module) if ":" not in self.target else None
        if offered is not None and self.real_input:
            names = {operation.name for operation in chosen}
            cases += [Case(op, point) for op, point in offered(self.seed) if op.name in names]
        return tuple(cases)


def checked(survey: Survey, cases: Sequence[Case], *, jobs: int) -> Iterator[Finding]:
    """Yield the findings of all cases in their order, with a progress bar on a terminal.

    Parameters
    ----------
    survey : Survey
        What the cases came from; other processes make them again from it.
    cases : sequence of Case
        What is checked.
    jobs : int
        Processes; 1 for none but this one.
    """
    bar = tqdm(total=len(cases), desc="checking", unit="point", disable=None, leave=False)
    with bar:
        if jobs == 1 or len(cases) < WORTHWHILE:
            for case in cases:
                yield from examine_operation(case.operation, case.point, seed=survey.seed)
                bar.update()
            return
        context = multiprocessing.get_context("spawn")  # no half-copied state of threads
        with ProcessPoolExecutor(jobs, mp_context=context) as pool:
            # the last ones first: they are those on real data, which take longest
            order = range(len(cases) - 1, -1, -1)
            futures = {pool.submit(_findings_of, survey, n): n for n in order}
            found: dict[int, list[Finding]] = {}
            for future in as_completed(futures):
                found[futures[future]] = future.result()
                bar.update()
    for n in range(len(cases)):
        yield from found[n]


def _findings_of(survey: Survey, n: int) -> list[Finding]:
    case = _own_cases(survey)[n]
    return list(examine_operation(case.operation, case.point, seed=survey.seed))


@cache
def _own_cases(survey: Survey) -> tuple[Case, ...]:
    """Make the cases once a process; elsewhere a target may change between two surveys."""
    return survey.cases()
