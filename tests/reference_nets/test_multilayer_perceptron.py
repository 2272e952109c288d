"""The spelled-out network equals the chain of the single operations."""

import numpy as np
import pytest

from gradcheck.notation import Integers, Operation, chain, delta, equation, network
from reference_nets import (
    dense,
    multilayer_perceptron,
    relu,
    sigmoid,
    softmax_cross_entropy,
    squared_error,
    tanh,
)

FORMS = pytest.mark.parametrize("form", ["scalar", "matrix", "batch"])


def wired(layers, activation, loss):
    """Return the network of single operations; a chain numbers no symbol that occurs once."""
    if layers == 1:
        placed = dense.at("z1", w="w1", a="a0", b="b1")
        return network("net", [placed, loss.at("E", **{loss.inputs[0]: "z1"})])
    return chain("net", [*[dense, activation] * (layers - 1), dense, loss])


PAIRS = [
    pytest.param(
        multilayer_perceptron(layers, activation, loss),
        wired(layers, activation, loss),
        id=f"{layers} layers, {activation.name}, {loss.name}",
    )
    for layers, activation, loss in [
        (1, tanh, softmax_cross_entropy),
        (2, tanh, softmax_cross_entropy),
        (3, tanh, softmax_cross_entropy),
        (4, sigmoid, softmax_cross_entropy),
        (3, relu, squared_error),
    ]
]
every_pair = pytest.mark.parametrize(("spelled_out", "chained"), PAIRS)


def quantities(operation):
    """Return the symbols of all quantities that are computed."""
    return set(operation.equations)


@every_pair
def test_both_have_the_same_inputs(spelled_out, chained):
    assert set(spelled_out.inputs) == set(chained.inputs)


@every_pair
def test_both_have_the_same_roles(spelled_out, chained):
    assert set(spelled_out.parameters) == set(chained.parameters)
    assert spelled_out.constants == chained.constants
    assert (spelled_out.domain, spelled_out.batch) == (chained.domain, chained.batch)


@every_pair
def test_both_have_the_same_quantities(spelled_out, chained):
    assert quantities(spelled_out) == quantities(chained)


@every_pair
def test_both_take_the_same_shapes(spelled_out, chained):
    inputs = spelled_out.sample(np.random.default_rng(0), inputs_in_batch=2).inputs
    sizes = [sorted(net.sizes(inputs, in_batch=True).values()) for net in (spelled_out, chained)]
    assert sizes[0] == sizes[1]


@every_pair
@FORMS
def test_both_give_the_same_bits(spelled_out, chained, form):
    """Not nearly but exactly: the same loops and the same NumPy calls in the same order."""
    in_batch = 3 if form == "batch" else None
    point = spelled_out.sample(np.random.default_rng(0), inputs_in_batch=in_batch)
    values = {**point.inputs, spelled_out.cotangent: point.cotangent}
    wanted = quantities(spelled_out)
    ours, theirs = (net.evaluate(form, values, wanted) for net in (spelled_out, chained))
    assert [symbol for symbol in wanted if not np.array_equal(ours[symbol], theirs[symbol])] == []


def test_the_symbols_are_those_of_the_recursion():
    """z, a, δz, δa, δw, δb for each layer, and the loss E."""
    assert quantities(multilayer_perceptron(2)) == {
        "z1", "a1", "z2", "E",
        "delta_z2", "delta_a1", "delta_z1", "delta_a0",
        "delta_w1", "delta_b1", "delta_w2", "delta_b2",
    }  # fmt: skip


def test_each_layer_has_a_width_of_its_own():
    sizes = {"u0": 5, "u1": 4, "u2": 3}
    point = multilayer_perceptron(2).sample(np.random.default_rng(0), sizes)
    assert [point.inputs[w].shape for w in ("w1", "w2")] == [(4, 5), (3, 4)]


def test_the_inputs_are_listed_layer_by_layer():
    assert multilayer_perceptron(2).inputs == ("w1", "b1", "w2", "b2", "a0", "t")


def test_a_target_with_a_gradient_keeps_it():
    assert "t" in multilayer_perceptron(1, loss=squared_error).differentiable


def test_a_loss_may_list_its_gradients_in_any_order():
    swapped = Operation(
        "squared error", "(k),(k)->()", squared_error.forward, squared_error.gradients[::-1]
    )
    inputs = [[[2.0]], [1.0], [3.0], [4.0]]
    gradients = multilayer_perceptron(1, loss=swapped).pullback(1.0, *inputs)
    assert {s: g.item() for s, g in gradients.items()} == {
        "w1": 9.0,
        "b1": 3.0,
        "a0": 6.0,
        "t": -3.0,
    }


def test_classes_given_as_integers_are_as_many_as_the_units_of_the_last_layer():
    assert multilayer_perceptron(2, loss=pick()).domain_of("c") == Integers(0, "u2")


def pick():
    def E(z, c):
        return z[c]

    def delta_z(delta_E, z, c):
        return [delta_E if k == c else 0.0 for k in range(len(z))]

    forms = [equation(body).matrix(body).batch(body) for body in (E, delta_z)]
    return Operation(
        "pick", "(k),()->()", forms[0], forms[1:], constants=("c",), domain={"c": Integers(0, "k")}
    )  # fmt: skip


def test_no_layer_at_all_is_refused_by_its_number():
    with pytest.raises(ValueError, match="layers = 0: a multilayer perceptron has at least one"):
        multilayer_perceptron(0)


def test_every_gradient_is_named_for_its_input():
    net = multilayer_perceptron(3)
    assert {equation.name for equation in net.gradients} == set(map(delta, net.differentiable))
