"""A test function for every layer and check: `parametrize_with_checks`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from gradcheck.checks.finding import Finding
from gradcheck.pytest_plugin.attempt import attempt
from gradcheck.pytest_plugin.candidates import Examined, checks_of, different_names, examined
from gradcheck.pytest_plugin.expected_failures import Expected, reasons
from gradcheck.pytest_plugin.run import FAIL, Run, current
from gradcheck.pytest_plugin.verdicts import judge
from gradcheck.reporting import Report

__tracebackhide__ = True  # pytest shows none of the frames of this module


def parametrize_with_checks(
    layers: Iterable[Any], *, expected_failures: Expected | None = None
) -> pytest.MarkDecorator:
    """Decorate a test so that it runs once for every layer and check.

    The test takes the arguments ``layer``, which is what stands in the list, and ``check``, and
    calls ``check(layer)``.  The ids are ``layer-check``: ``pytest -k Dense-derivative``.  No code
    of a layer is run before its tests are.

    Parameters
    ----------
    layers : list of object
        Layers: what `gradcheck.layer` returns; a tuple of its arguments, ``(forward, backward,
        [x, w])`` or ``(layer, [x])``; an `Operation`, alone or in a tuple with its point; or code
        alone, for which inputs are found by trying.
    expected_failures : mapping or callable, optional
        The reasons why checks are expected to disagree or to be inconclusive: under
        ``"Dense-derivative"``, ``("Dense", "derivative")`` or, for all layers, ``"derivative"``;
        or a function of a layer that returns reasons by check.  They are strict: a check that is
        expected to fail and passes fails the run.  Code that cannot be run, or a check that stops
        with an error, is no such failure.

    Raises
    ------
    TypeError
        If `layers` is no list of layers.
    ValueError
        If there are no layers, or a key of `expected_failures` matches no test.

    Examples
    --------
    >>> import numpy as np
    >>> def tanh_backward(dout, x):
    ...     return dout * (1 - np.tanh(x) ** 2)
    >>> @parametrize_with_checks([(np.tanh, tanh_backward, [[0.5, 2.0]])])
    ... def test_layer(layer, check):
    ...     check(layer)
    >>> test_layer.pytestmark[0].args[1][0].id
    'tanh-derivative'
    """
    subjects = dict(zip(different_names(listed := _listed(layers)), listed, strict=True))
    tests = [(name, check) for name, subject in subjects.items() for check in checks_of(subject)]
    expected = reasons(expected_failures, subjects, tests)
    desk = _Desk()
    return pytest.mark.parametrize(
        ("layer", "check"),
        [
            pytest.param(
                subjects[name],
                Check(check, name, desk, expected=(name, check) in expected),
                id=f"{name}-{check}",
                marks=_marks(expected.get((name, check))),
            )
            for name, check in tests
        ],
    )


def _listed(layers: Iterable[Any]) -> list[Any]:
    """Return a list, or refuse what is none: a set has another order in every process."""
    if not isinstance(layers, (Sequence, Iterator)) or isinstance(layers, str):
        raise TypeError(f"layers has the type {type(layers).__name__}: give a list of layers")
    if not (listed := list(layers)):
        raise ValueError("layers is empty: there is nothing to check")
    for n, subject in enumerate(listed):
        _refuse_misplaced(n, subject)
    return listed


def _refuse_misplaced(n: int, subject: Any) -> None:
    if isinstance(subject, list):
        raise TypeError(
            f"layers[{n}] is a list: the arguments of one layer are a tuple in the list, "
            f"[(forward, backward, [x, w])]"
        )
    if isinstance(subject, tuple) and not 1 <= len(subject) <= 3:
        raise TypeError(
            f"layers[{n}] is a tuple of {len(subject)}: give (layer, [x]) or (forward, backward, "
            f"[x, w]), and for all else what gradcheck.layer(...) returns"
        )


def _marks(reason: str | None) -> Sequence[pytest.MarkDecorator]:
    if reason is None:
        return ()
    return (pytest.mark.xfail(reason=reason, raises=AssertionError, strict=True),)


@dataclass
class _Desk:
    """Keeps the examination of one layer, for the checks of it that follow, and no other's."""

    subject: Any = None
    seed: int = 0
    examination: Examined | None = None

    def findings(self, subject: Any, check: str, seed: int) -> Sequence[Finding]:
        if self.examination is None or self.subject is not subject or self.seed != seed:
            self.examination = None  # let go of the last one before the next takes its memory
            self.examination = examined(subject, seed)
            self.subject, self.seed = subject, seed
        return self.examination.findings(check)


@dataclass(frozen=True)
class Check:
    """One check of one layer, as a test calls it.

    Attributes
    ----------
    name : str
        One of `gradcheck.examination.CHECKS`, or ``forms``.
    layer : str
        What the layer is called in this run.
    expected : bool
        Whether it is expected to fail.
    """

    name: str
    layer: str
    desk: _Desk = field(repr=False)
    expected: bool = field(default=False, kw_only=True)

    def __call__(self, layer: Any) -> None:
        """Hold a layer to this check.

        Raises
        ------
        AssertionError
            If the layer fails it, or the check cannot tell.
        PointError, CodeError
            If the code cannot be examined.
        """
        run = current()
        found = attempt(lambda: self._findings(layer, run), self.layer, self.name, run)
        if found:
            # what is expected to fail is strict: it may not hide in a skip, and may be undecided
            ending = FAIL if self.expected else run.inconclusive
            judge(Report.of(run.record(found)), inconclusive=ending, again=run.again)
        elif not self.expected:
            pytest.skip(f"{self.name} does not apply to {self.layer}: nothing was compared")

    def _findings(self, layer: Any, run: Run) -> list[Finding]:
        found = self.desk.findings(layer, self.name, run.seed)
        return [replace(finding, operation=self.layer) for finding in found]
