"""The law of the gradient: δx is the derivative of the forward code, by the strongest oracle."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from gradcheck.arithmetic import NotLiftable, Undecided
from gradcheck.checks.evaluation import Evaluation
from gradcheck.checks.exact_derivative import exact_derivative
from gradcheck.checks.finding import Finding
from gradcheck.checks.measured_derivative import measured_derivative


def derivative(evaluation: Evaluation, rng: np.random.Generator) -> Iterator[Finding]:
    """Compare every gradient of one form with the derivative of its forward code.

    Balls decide where they can follow the code; otherwise the oracles for floats measure, and
    each finding says why balls did not apply.

    Parameters
    ----------
    evaluation : Evaluation
        One form at a point.
    rng : numpy.random.Generator
        Draws the directions.

    Yields
    ------
    Finding
        One for each differentiable input.
    """
    try:
        findings = list(exact_derivative(evaluation, rng))
    except (NotLiftable, Undecided) as reason:
        findings = list(measured_derivative(evaluation, why=f"balls do not apply: {reason}"))
    yield from findings
