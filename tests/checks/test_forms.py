"""Two transcriptions of one equation, compared in balls, or in floats where balls cannot follow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from gradcheck.checks.finding import Finding
from gradcheck.checks.forms import forms_agree
from gradcheck.notation import MATRIX
from tests.checks.functions import evaluation_of


def compared(one: Callable[..., Any], other: Callable[..., Any], **point: Any) -> Finding:
    """Compare two functions as two forms of the equation f."""
    first = evaluation_of(one, *(one for _ in point), **point)
    forward = replace(first.operation.forward, forms={MATRIX: other})
    second = replace(first, operation=replace(first.operation, forward=forward))
    return next(iter(forms_agree(first, second, ("f",))))


def test_the_same_formula_written_differently_agrees():
    finding = compared(lambda x: (x + 1) ** 2, lambda x: x * x + 2 * x + 1, x=[0.1, -0.7, 3.3])
    assert (finding.verdict, finding.evidence, finding.wrong) == ("agree", "exact", 0)
    assert finding.digits > 50


def test_floats_of_a_right_formula_may_differ_as_they_like():
    """The one-pass variance has no right digit left here, and is the same formula still."""
    x = 1e8 + np.array([0.3, -1.1, 0.7])
    finding = compared(lambda x: np.mean(x * x) - np.mean(x) ** 2, np.var, x=x)
    assert (finding.verdict, finding.rel_error > 0.01) == ("agree", True)


@pytest.mark.parametrize("factor", [1 + 1e-12, 1 - 1e-12, -1.0, 2.0])
def test_a_formula_wrong_in_one_entry_disagrees_there(factor):
    factors = np.array([1.0, factor, 1.0])
    finding = compared(np.tanh, lambda x: factors * np.tanh(x), x=[0.1, -0.7, 3.3])
    assert (finding.verdict, finding.worst_index, finding.wrong) == ("DISAGREE", (1,), 1)


def test_constants_rounded_to_floats_are_the_same_constants():
    finding = compared(lambda x: x / np.sqrt(3.0), lambda x: x * 3.0**-0.5, x=[0.1, -0.7])
    assert finding.verdict == "agree"


def test_other_shapes_disagree_and_are_named():
    finding = compared(lambda x: x, lambda x: x[None], x=[0.1, -0.7])
    assert (finding.verdict, finding.note) == ("DISAGREE", "shapes differ: (2,) against (1, 2)")


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_what_is_not_finite_differs_from_what_is(value):
    assert compared(lambda x: x, lambda x: x * 0 + value, x=[0.1]).verdict == "DISAGREE"


def test_infinities_of_either_sign_differ():
    finding = compared(lambda x: x * 0 + np.inf, lambda x: x * 0 - np.inf, x=[0.1])
    assert finding.verdict == "DISAGREE"


def test_the_same_infinity_is_the_same():
    assert compared(lambda x: np.log(x), lambda x: -np.log(1 / x), x=[0.0, 1.0]).verdict == "agree"


def test_an_exception_disagrees_with_a_value():
    finding = compared(lambda x: x, lambda x: x @ np.ones(7), x=[0.1, -0.7])
    assert finding.verdict == "DISAGREE"
    assert "matrix form raises ValueError: matmul" in finding.note


def test_what_balls_cannot_follow_is_measured_with_the_reason():
    finding = compared(lambda x: np.float32(x) * 1.0, lambda x: x.astype(np.float32), x=[0.1])
    assert (finding.verdict, finding.evidence) == ("agree", "measured")
    assert finding.note.startswith("balls do not apply: ")


def test_no_entries_agree():
    assert compared(np.tanh, np.sin, x=np.zeros(0)).verdict == "agree"
