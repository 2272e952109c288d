"""The table of laws: what all of them have in common."""

import numpy as np
import pytest

from gradcheck.checks.budget import Budget, OutOfBudget
from gradcheck.checks.laws import LAWS
from tests.checks.laws.trials import (
    AddingDense,
    B,
    Dense,
    W,
    X,
    affine,
    affine_backward,
    held_to,
    tanh,
    tanh_backward,
    trial_of,
)

NAMES = (
    "linear", "shapes", "deterministic", "no-mutation", "no-aliasing", "repeatable",
    "independent-runs", "accumulation", "restored", "layouts", "float32", "batch", "closures",
)  # fmt: skip


def test_the_names_are_known():
    assert tuple(LAWS) == NAMES


@pytest.mark.parametrize("law", NAMES)
@pytest.mark.parametrize(
    "given",
    [(tanh, tanh_backward, [X]), (affine, affine_backward, [X, W, B]), (Dense(), [X]),
     (AddingDense(), [X]), (np.sin, lambda d, x: d * np.cos(x), [0.5]),
     (tanh, tanh_backward, [np.zeros((0, 3))])],
    ids=["tanh", "affine", "Dense", "AddingDense", "scalar", "empty"],
)  # fmt: skip
def test_right_layers_obey_every_law(law, given):
    assert {f.verdict for f in held_to(law, *given)} <= {"agree"}


@pytest.mark.parametrize("law", NAMES)
def test_findings_bear_the_name_of_their_law(law):
    assert {f.check for f in held_to(law, AddingDense(), [X])} <= {law}


@pytest.mark.parametrize("law", sorted(set(NAMES) - {"shapes", "accumulation", "batch"}))
def test_code_that_raises_now_and_then_ends_in_a_finding(law):
    exhausted = []

    def forward(x):
        if exhausted:
            raise RuntimeError("out of memory")
        return np.tanh(x)

    trial = trial_of(forward, tanh_backward, [X])
    assert not trial.evaluation.failure("y")
    exhausted.append(True)
    assert all(f.verdict != "DISAGREE" or "out of memory" in f.note for f in LAWS[law](trial))


def test_no_time_left_is_inconclusive():
    trial = trial_of(tanh, tanh_backward, [X])
    trial.evaluation.in_floats(("y",))
    object.__setattr__(trial.evaluation, "budget", Budget(0.0))
    found = list(LAWS["linear"](trial))
    assert [f.verdict for f in found] == ["inconclusive"]
    assert "left unchecked: the budget" in found[0].note


def test_a_budget_of_nothing_ends_in_no_traceback():
    trial = trial_of(tanh, tanh_backward, [X], budget=Budget(0.0))
    with pytest.raises(OutOfBudget):
        trial.evaluation.in_floats(("y",))
    assert [f.verdict for f in LAWS["shapes"](trial)] == ["inconclusive"]


def test_code_that_fails_at_the_point_is_left_to_the_derivative():
    def forward(x):
        return np.tanh(x)

    trial = trial_of(forward, tanh_backward, [X])
    trial.evaluation._failures["y"] = "forward raises ValueError"
    assert list(LAWS["linear"](trial)) == []
