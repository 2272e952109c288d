"""What the fixture `gradcheck` offers to a test."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from gradcheck.adapters.given import Given
from gradcheck.function_check import check as checked
from gradcheck.notation import Layer, Operation
from gradcheck.pytest_plugin.attempt import attempt
from gradcheck.pytest_plugin.run import PASS, current
from gradcheck.pytest_plugin.verdicts import judge
from gradcheck.reporting import Report

__tracebackhide__ = True  # pytest shows none of the frames of this module


class Checking:
    """`gradcheck.check` for tests: it fails them, and its findings go into the run's report."""

    def check(
        self,
        subject: Any,
        backward: Callable[..., Any] | None = None,
        inputs: Sequence[Any] | None = None,
        *,
        allow_inconclusive: bool = False,
        **how: Any,
    ) -> Report:
        """Check a layer and fail the test unless everything agrees.

        Parameters
        ----------
        subject, backward, inputs
            As `gradcheck.check` takes them.
        allow_inconclusive : bool
            Whether the test passes where the check cannot tell.  By default it fails, because a
            test that passes is read as: this gradient is right.
        **how
            The other arguments of `gradcheck.check`; the seed is that of ``--gradcheck-seed``
            if left out.

        Returns
        -------
        Report
            For assertions of the test's own.

        Raises
        ------
        AssertionError
            If something disagrees, or is inconclusive and that is not allowed.
        PointError, CodeError
            If the code cannot be examined at these inputs.

        Examples
        --------
        >>> import numpy as np
        >>> Checking().check(np.sin, lambda dout, x: dout * np.cos(x), [[0.5, 2.0]]).verdict
        'agree'
        """
        run = current()
        how.setdefault("seed", run.seed)
        name = how.get("name") or name_of(subject)
        report = attempt(lambda: checked(subject, backward, inputs, **how), name, "check", run)
        found = run.record(report.findings)
        report = Report.of(found, report.meta, require_digits=report.require_digits)
        judge(
            report, inconclusive=PASS if allow_inconclusive else run.inconclusive, again=run.again
        )
        return report


def name_of(subject: Any) -> str:
    """Return what reports call a layer, before anything is made of it.

    Examples
    --------
    >>> name_of(len), name_of(0.5)
    ('len', 'float')
    """
    if isinstance(subject, (Layer, Operation)):
        return subject.name
    return Given(subject=subject).name
