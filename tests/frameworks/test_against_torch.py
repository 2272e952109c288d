"""Forward values and gradients of every operation, against PyTorch's autograd in float64.

Two right programs differ by rounding alone.  How much of it an entry is entitled to is worked out
for each entry from the scalar form, run on numbers that carry their own error bound (`rounding`):
the textbook formula in float64, from inputs that are themselves right to one rounding.  Neither
program runs this formula in this order, so each is granted twice its bound.
"""

import numpy as np
import pytest

from gradcheck.notation import Operation, elementwise, equation
from gradcheck.notation.batching import gather, split
from gradcheck.notation.scalar import absolute
from reference_nets import (
    CATALOGUE,
    bilinear_upsampling,
    dense,
    multilayer_perceptron,
    sigmoid,
    softsign,
)
from tests.frameworks.awkward_points import awkward_points
from tests.frameworks.rounded_places import bilinear_with_rounded_places
from tests.frameworks.rounding import Rounded, as_rounded

torch = pytest.importorskip("torch")
from tests.frameworks.torch_functions import TORCH  # noqa: E402 (needs PyTorch, checked above)

TWO_PROGRAMS_OF_TWO_BOUNDS = 4
OPERATIONS = [*CATALOGUE, multilayer_perceptron(1)]

every_operation = pytest.mark.parametrize("operation", OPERATIONS, ids=lambda op: op.name)
every_operation_in_batches = pytest.mark.parametrize(
    "operation", [op for op in OPERATIONS if "batch" in op.forms], ids=lambda op: op.name
)


@equation
def slope_by_value(z):
    r"""h'(z) = h(z) (1 - h(z))"""
    return sigmoid.h["scalar"](z) * (1 - sigmoid.h["scalar"](z))


@equation
def slope_of_quotient(z):
    r"""h'(z) = \frac{1}{1 + |z|} - \frac{|z|}{(1 + |z|)^2}"""
    return 1 / (1 + absolute(z)) - absolute(z) / ((1 + absolute(z)) * (1 + absolute(z)))


AS_PYTORCH_WRITES_IT = {
    # It takes the slope from the value, and loses its digits where the value rounds to 1.
    "sigmoid": elementwise("sigmoid", sigmoid.h, slope_by_value.matrix(slope_by_value["scalar"])),
    # It differentiates the quotient, and the two terms cancel at saturation.
    "softsign": elementwise(
        "softsign", softsign.h, slope_of_quotient.matrix(slope_of_quotient["scalar"])
    ),
    # It interpolates between places that are rounded.
    **{
        layer.name: bilinear_with_rounded_places(layer, factor, align_corners=aligned)
        for factor, aligned in [(2, True), (3, False)]
        for layer in [bilinear_upsampling(factor, align_corners=aligned)]
    },
}


def wanted(operation):
    return (operation.output, *(f"delta_{symbol}" for symbol in operation.differentiable))


def values_at(operation, point):
    return {**point.inputs, operation.cotangent: point.cotangent}


def our_values(operation, point, form):
    return operation.evaluate(form, values_at(operation, point), wanted(operation))


def torch_values(operation, point):
    """Return the output and the gradients that PyTorch gives, under our symbols."""
    tensors = {symbol: tensor(point.inputs[symbol]) for symbol in operation.inputs}
    for symbol in operation.differentiable:
        tensors[symbol].requires_grad_()
    output = TORCH[operation.name](*tensors.values())
    output.backward(tensor(point.cotangent))
    gradients = {f"delta_{s}": tensors[s].grad.numpy() for s in operation.differentiable}
    return {operation.output: output.detach().numpy(), **gradients}


def tensor(x):
    return torch.tensor(np.array(x))  # a copy: the point is read-only


def is_real(operation, symbol):
    return symbol == operation.cotangent or operation.domain_of(symbol).is_real


def entitled_errors(operation, point):
    """Return the rounding error to which each entry of output and gradients is entitled."""
    operation = AS_PYTORCH_WRITES_IT.get(operation.name, operation)
    rounded = np.vectorize(Rounded, otypes=[object])
    values = {
        symbol: rounded(x) if is_real(operation, symbol) else x  # indices and classes are exact
        for symbol, x in values_at(operation, point).items()
    }
    results = in_loops(operation, values, point.inputs_in_batch)
    error = np.vectorize(lambda x: as_rounded(x).error, otypes=[float])
    return {symbol: error(x) for symbol, x in results.items()}


def in_loops(operation, values, inputs_in_batch):
    symbols = wanted(operation)
    if inputs_in_batch is None:
        return operation.evaluate("scalar", values, symbols)
    singles = split(operation, values, inputs_in_batch)
    each = [operation.evaluate("scalar", single, symbols) for single in singles]
    return {s: gather(operation, s, [single[s] for single in each]) for s in symbols}


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
