"""Forward values and gradients of every operation, against PyTorch's autograd in float64.

Two right programs differ by rounding alone; `entitled_errors` says how much of it explains what.
"""

import numpy as np
import pytest

from gradcheck.notation import Operation
from reference_nets import dense
from tests.frameworks.awkward_points import awkward_points
from tests.frameworks.entitled_errors import (
    TWO_PROGRAMS_OF_TWO_BOUNDS,
    entitled_errors,
    values_at,
    wanted,
)

pytest.importorskip("torch")  # what follows imports it
from tests.frameworks.torch_comparison import (
    OPERATIONS,
    our_values,
    torch_values,
)
from tests.frameworks.torch_functions import TORCH

every_operation = pytest.mark.parametrize("operation", OPERATIONS, ids=lambda op: op.name)
every_operation_in_batches = pytest.mark.parametrize(
    "operation", [op for op in OPERATIONS if "batch" in op.forms], ids=lambda op: op.name
)


def differences(operation, point, form):
    """Say which entries lie further from PyTorch's than rounding explains."""
    ours, theirs = our_values(operation, point, form), torch_values(operation, point)
    entitled = entitled_errors(operation, point)
    return [
        complaint
        for symbol in wanted(operation)
        for complaint in too_far(symbol, ours[symbol], theirs[symbol], entitled[symbol])
    ]


def too_far(symbol, ours, theirs, entitled):
    if ours.shape != theirs.shape:
        return [f"{symbol} has shape {ours.shape}, but {theirs.shape} in PyTorch"]
    bound = TWO_PROGRAMS_OF_TWO_BOUNDS * entitled
    ulp = np.spacing(np.maximum(abs(ours), abs(theirs)))
    apart = abs(ours - theirs)
    return [
        f"{symbol}{[*map(int, k)]} = {float(ours[k])}, but {float(theirs[k])} in PyTorch: "
        f"{apart[k] / ulp[k]:.0f} ulp apart, where rounding explains {bound[k] / ulp[k]:.0f}"
        for k in map(tuple, np.argwhere(~(apart <= bound)))
    ]


def test_every_operation_is_compared():
    assert {operation.name for operation in OPERATIONS} == set(TORCH)


@every_operation
@pytest.mark.parametrize("seed", range(5))
def test_single_inputs_agree_at_random_points(operation, seed):
    point = operation.sample(np.random.default_rng(seed))
    assert differences(operation, point, "matrix") == []


@every_operation
@pytest.mark.parametrize("seed", range(5))
def test_loops_agree_at_random_points(operation, seed):
    point = operation.sample(np.random.default_rng(seed))
    assert differences(operation, point, "scalar") == []


@every_operation_in_batches
@pytest.mark.parametrize("seed", range(5))
def test_batches_agree_at_random_points(operation, seed):
    point = operation.sample(np.random.default_rng(seed), inputs_in_batch=3)
    assert differences(operation, point, "batch") == []


@every_operation
@pytest.mark.parametrize("form", ["scalar", "matrix"])
def test_both_forms_agree_at_awkward_points(operation, form):
    found = [differences(operation, point, form) for point in awkward_points(operation)]
    assert found == [[] for _ in found]


def planted(gradient, factor):
    """Return the dense layer with one of its gradients multiplied."""

    def body(*symbols):
        return factor * gradient["matrix"](*symbols)

    wrong = type(gradient)(gradient.name, gradient.parameters, {"matrix": body})
    others = [wrong if eq is gradient else in_matrix(eq) for eq in dense.gradients]
    return Operation(
        "dense", "(k,i),(i),(k)->(k)", in_matrix(dense.forward), others, parameters=("w", "b")
    )


def in_matrix(eq):
    return type(eq)(eq.name, eq.parameters, {"matrix": eq["matrix"]})


@pytest.mark.parametrize("gradient", dense.gradients, ids=lambda eq: eq.name)
def test_a_relative_error_of_1e_14_is_seen(gradient):
    point = dense.sample(np.random.default_rng(0), {"k": 2, "i": 2})
    ours = planted(gradient, 1 + 1e-14).evaluate(
        "matrix", values_at(dense, point), (gradient.name,)
    )[gradient.name]
    theirs = torch_values(dense, point)[gradient.name]
    assert too_far(gradient.name, ours, theirs, entitled_errors(dense, point)[gradient.name])


def test_a_difference_is_told_in_ulp_with_its_place():
    ours, theirs = np.array([1.0, 2.0]), np.array([1.0, 2.0 + 2**-48])
    (complaint,) = too_far("delta_w", ours, theirs, np.full(2, 2**-52))
    assert complaint == (
        "delta_w[1] = 2.0, but 2.0000000000000036 in PyTorch: "
        "8 ulp apart, where rounding explains 2"
    )
