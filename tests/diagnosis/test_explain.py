"""When a cause is looked for, and when nothing is said."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from gradcheck.checks.derivative import derivative
from gradcheck.checks.evaluation import Evaluation
from gradcheck.checks.finding import Verdict
from gradcheck.diagnosis.explain import cause_of, explained
from gradcheck.notation import MATRIX, SCALAR
from tests.diagnosis.causes import cause, evaluation_of, findings_of, numbers
from tests.planted.mistakes import MISTAKES
from tests.planted.planting import planted

X = numbers(4, 3)

NAMED = {
    "sign": "is a sign wrong?",
    "factor 2": "is a factor of 1/2",
    "missing 1/N": "is a factor of 1/N (N = 4",
    "a transposed product": "with w transposed",
    "a missing sum over the batch": "is the sum over axis 0 of z left out?",
    "an index off by one": "shifted by 1 along axis 1",
    "h'(a) taken for h'(z)": "at z = a, the output",
    "a forgotten bias gradient": "is the gradient of b never computed",
    "the upstream gradient ignored": "is the cotangent left out?",
}
"""All of the ten but the single wrong entry, which has a place and no cause."""


def square(x):
    return x**2


def half(d, x):
    return d * x


def wrong_finding():
    """Return a finding that disagrees, and its evaluation."""
    evaluation = evaluation_of(square, half, [X])
    (finding,) = derivative(evaluation, np.random.default_rng(0))
    return finding, evaluation


def test_gradient_that_agrees_gets_no_cause():
    found = findings_of(square, lambda d, x: 2 * d * x, [X])["delta_x"]
    assert (found.verdict, found.cause) == (Verdict.AGREE, "")


def test_cause_that_is_known_already_stays():
    finding, evaluation = wrong_finding()
    assert explained(replace(finding, cause="known"), evaluation).cause == "known"


def test_nothing_but_the_cause_changes():
    finding, evaluation = wrong_finding()
    assert replace(explained(finding, evaluation), cause="") == finding


def test_finding_on_another_form_gets_no_cause():
    finding, evaluation = wrong_finding()
    assert explained(replace(finding, candidate="scalar form"), evaluation).cause == ""


def test_broken_law_gets_no_cause():
    finding, evaluation = wrong_finding()
    assert explained(replace(finding, check="linear"), evaluation).cause == ""


def test_no_time_is_no_cause_and_no_error():
    finding, evaluation = wrong_finding()
    assert explained(finding, evaluation, seconds=0.0).cause == ""


def test_backward_that_raises_has_no_cause():
    evaluation = evaluation_of(square, half, [X])
    broken = evaluation_of(square, lambda d, x: d * x if x[0, 0] == X[0, 0] else x.nothing, [X])
    assert cause_of(broken, "x") in ("", cause_of(evaluation, "x"))


def test_code_that_runs_nowhere_else_is_explained_from_here_alone():
    def only_here(x):
        if (np.abs(x - X) > 1e-12).any():
            raise ValueError("not here")
        return x**2

    assert cause(only_here, half, [X]).startswith("all 12 entries are 0.5000000 × the true")


@pytest.mark.parametrize("shape", [(30, 40), (1200,)])
def test_large_gradients_are_explained_from_a_part(shape):
    text = cause(square, half, [numbers(*shape)])
    assert "entries that were looked at (of 1200) are 0.5000000 × the true gradient" in text


def test_transposed_weights_of_a_larger_layer_are_named():
    def backward(d, x, w):
        return d @ w, x.T @ d

    text = cause(lambda x, w: x @ w, backward, [numbers(6, 12), numbers(12, 12, seed=1)])
    assert "of the true gradient with w transposed" in text


def test_code_that_balls_cannot_follow_is_explained_in_floats():
    def forward(x):
        return np.asarray([float(v) ** 2 for v in x])

    text = cause(forward, half, [numbers(5)])
    assert text.startswith("all 5 entries are 0.5000000 × the true gradient")


def test_float32_is_explained():
    text = cause(square, half, [X.astype(np.float32)])
    assert text.startswith("all 12 entries are 0.5000000 × the true gradient")


@pytest.mark.parametrize("form", [MATRIX, SCALAR])
@pytest.mark.parametrize(("mistake", "said"), NAMED.items())
def test_the_classical_mistakes_are_named_in_every_form(mistake, said, form):
    planted_mistake = next(m for m in MISTAKES if m.name == mistake)
    wrong = planted(planted_mistake.operation, planted_mistake.wrong, (form,))
    point = wrong.sample(np.random.default_rng(0), planted_mistake.sizes)
    symbol = planted_mistake.wrong.name.removeprefix("delta_")
    assert said in cause_of(Evaluation(wrong, form, point), symbol)


def test_budget_of_the_evaluation_bounds_the_search_for_a_cause():
    finding, evaluation = wrong_finding()
    spent = replace(evaluation, budget=type(evaluation.budget)(0.0))
    assert explained(finding, spent, seconds=math.inf).cause == ""
