"""What every entry of the catalogue keeps, so that a reader can check it by eye."""

import importlib
import inspect
import sys

import numpy as np
import pytest

import reference_nets
from gradcheck.notation import Activation
from gradcheck.notation.batching import gather, split
from reference_nets import CATALOGUE
from reference_nets.activations import ACTIVATIONS
from reference_nets.layers import LAYERS
from reference_nets.losses import LOSSES
from reference_nets.nets import NETS

FAMILIES = {"layers": LAYERS, "activations": ACTIVATIONS, "losses": LOSSES, "nets": NETS}
SINGLE_OPERATIONS = [*LAYERS, *ACTIVATIONS, *LOSSES]
EQUATIONS = [
    pytest.param(operation, equation, id=f"{operation.name}: {equation.name}")
    for operation in CATALOGUE
    for equation in operation.equations.values()
]

every_operation = pytest.mark.parametrize("operation", CATALOGUE, ids=lambda op: op.name)
every_operation_in_batches = pytest.mark.parametrize(
    "operation", [op for op in CATALOGUE if "batch" in op.forms], ids=lambda op: op.name
)
every_equation = pytest.mark.parametrize(("operation", "equation"), EQUATIONS)


def identifier(operation):
    """Return the textbook name as Python writes it, without the options behind the comma."""
    return operation.name.split(",")[0].replace(" ", "_").replace("-", "_").lower()


def module_of(operation):
    """Return the module that declares an operation: the one named for it in its family."""
    (family,) = [name for name, members in FAMILIES.items() if operation in members]
    importlib.import_module(f"reference_nets.{family}")
    return sys.modules[f"reference_nets.{family}.{identifier(operation)}"]


def test_the_catalogue_is_in_reading_order():
    assert (*LAYERS, *ACTIVATIONS, *LOSSES, *NETS) == CATALOGUE


def test_names_are_unique():
    assert len({operation.name for operation in CATALOGUE}) == len(CATALOGUE)


def test_the_catalogue_has_what_the_network_needs():
    assert {operation.name for operation in SINGLE_OPERATIONS} >= {
        "dense", "identity", "sigmoid", "tanh", "relu", "softmax",
        "squared error", "binary cross-entropy", "softmax cross-entropy",
    }  # fmt: skip


@pytest.mark.parametrize("operation", SINGLE_OPERATIONS, ids=lambda op: op.name)
def test_an_operation_can_be_imported_under_its_name(operation):
    """One with options, as "Huber loss, threshold 1", is made by the function of that name."""
    found = getattr(reference_nets, identifier(operation))
    assert found is operation or inspect.isfunction(found)


@every_operation
def test_every_operation_is_written_in_scalar_and_matrix_form(operation):
    assert operation.forms in (("scalar", "matrix"), ("scalar", "matrix", "batch"))


@every_equation
def test_every_form_states_its_formula(operation, equation):
    formulas = [equation.formula(form) for form in equation.forms]
    assert all(formulas)


@every_equation
def test_a_formula_is_one_line(operation, equation):
    assert not any("\n" in equation.formula(form) for form in equation.forms)


@every_equation
def test_a_formula_is_an_equality(operation, equation):
    assert all(" = " in equation.formula(form) for form in equation.forms)


@every_operation
def test_the_module_states_every_shape(operation):
    shapes = module_of(operation).__doc__.split("Shapes\n")[1].split("\n\n")[0]
    symbols = {symbol.rstrip("0123456789") for symbol in (*operation.inputs, operation.output)}
    assert [symbol for symbol in symbols if symbol not in shapes] == []


@every_operation
def test_the_module_states_its_source(operation):
    assert "\nSource\n    " in module_of(operation).__doc__


@pytest.mark.parametrize("loss", LOSSES, ids=lambda op: op.name)
def test_a_loss_says_first_whether_it_sums_or_averages_over_inputs(loss):
    stated = {"sum": "**summed** over inputs", "mean": "**averaged** over inputs"}
    assert stated[loss.batch] in module_of(loss).__doc__.splitlines()[0]


@pytest.mark.parametrize(
    "activation", [op for op in ACTIVATIONS if isinstance(op, Activation)], ids=lambda op: op.name
)
def test_every_elementwise_activation_has_its_derivative(activation):
    assert list(activation.h.forms) == list(activation.h_prime.forms) == ["scalar", "matrix"]


def test_all_but_those_that_mix_units_or_take_several_inputs_are_elementwise():
    others = {op.name for op in ACTIVATIONS if not isinstance(op, Activation)}
    assert others == {"parametric relu", "softmax", "log-softmax", "maxout", "glu", "swiglu"}


@every_operation_in_batches
def test_every_gradient_has_the_shape_of_its_input(operation):
    point = operation.sample(np.random.default_rng(1), inputs_in_batch=3)
    inputs = [point.inputs[symbol] for symbol in operation.inputs]
    gradients = operation.pullback(point.cotangent, *inputs, form="batch")
    shapes = {symbol: gradient.shape for symbol, gradient in gradients.items()}
    assert shapes == {symbol: point.inputs[symbol].shape for symbol in operation.differentiable}


@every_operation_in_batches
def test_a_batch_of_one_equals_the_single_input(operation):
    """For one input the sum, the mean and the stack are the same, up to the order of sums."""
    point = operation.sample(np.random.default_rng(2), inputs_in_batch=1)
    values = {**point.inputs, operation.cotangent: point.cotangent}
    wanted = (operation.output, *(f"delta_{symbol}" for symbol in operation.differentiable))
    batch = operation.evaluate("batch", values, wanted)
    (single,) = (operation.evaluate("matrix", v, wanted) for v in split(operation, values, 1))
    for symbol in wanted:
        gathered = gather(operation, symbol, [single[symbol]])
        # numbers near 1 and sums of at most five terms: a few roundings of 1.1e-16
        np.testing.assert_allclose(batch[symbol], gathered, rtol=1e-14, atol=1e-15)
