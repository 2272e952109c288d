"""Chains: each operation's output fed into the next one, symbols numbered as in a textbook."""

import numpy as np
import pytest

from gradcheck.notation import NotationError, Operation, chain
from reference_nets import dense, relu, sigmoid, softmax_cross_entropy, squared_error, tanh
from tests.notation.layers import delta_s, delta_x, scale, scale_with, y

net = chain("net", [dense, tanh, dense, softmax_cross_entropy])


def test_symbols_are_those_of_a_textbook_network():
    assert net.inputs == ("w1", "a0", "b1", "w2", "b2", "t")


def test_intermediate_quantities_are_numbered_by_layer():
    assert {"z1", "a1", "z2"} <= set(net.equations)


def test_a_symbol_that_occurs_once_has_no_number():
    assert (net.output, net.constants) == ("E", ("t",))


def test_layers_share_no_parameters():
    assert net.parameters == ("w1", "b1", "w2", "b2")


def test_dimensions_follow_the_widths():
    assert str(net.signature) == "(k,i),(i),(k),(k2,k),(k2),(k2)->()"


def test_a_chain_of_one_operation_is_that_operation():
    assert chain("one", [scale]).pullback([1.0], 2.0, [3.0])["s"] == 3.0


def test_the_gradient_runs_back_through_all_layers():
    """y = s3 s2 s1 x with x = 1: each gradient is the product of the others."""
    three = chain("three", [scale, scale, scale])
    gradients = three.pullback([1.0], *arguments(three, s1=2.0, s2=3.0, s3=5.0, x=[1.0]))
    assert [gradients[s].item() for s in ("s1", "s2", "s3")] == [15.0, 10.0, 6.0]


def arguments(operation, **values):
    return [values[symbol] for symbol in operation.inputs]


def test_a_chain_of_chains_gives_the_same_gradients():
    inner = chain("inner", [scale, scale])
    outer = chain("outer", [inner, scale])
    gradients = outer.pullback([1.0], *arguments(outer, s1=2.0, s2=3.0, s=5.0, x=[1.0]))
    assert [gradients[s].item() for s in ("s1", "s2", "s")] == [15.0, 10.0, 6.0]


def test_numbers_that_an_inner_chain_has_taken_are_not_given_twice():
    """The weights s1, s2 of the inner chain are not those of the two layers before it."""
    inner = chain("inner", [scale, scale])
    outer = chain("outer", [scale, scale, inner])
    assert len(outer.parameters) == 4


def test_the_chain_keeps_its_batch_form():
    assert net.forms == ("scalar", "matrix", "batch")


def test_the_loss_stays_averaged():
    assert net.batch == "mean"


def test_all_forms_of_a_chain_agree():
    """At numbers of few bits every form is exact, so that they are equal bit for bit."""
    linear = chain("linear", [dense, relu, dense, squared_error])
    rng = np.random.default_rng(0)
    shapes = [
        linear.shape(symbol, dict.fromkeys(linear.signature.names, 3)) for symbol in linear.inputs
    ]
    inputs = [rng.integers(-4, 5, shape).astype(float) for shape in shapes]
    scalar, matrix = (linear.pullback(2.0, *inputs, form=form) for form in ("scalar", "matrix"))
    assert all(np.array_equal(scalar[symbol], matrix[symbol]) for symbol in linear.differentiable)


def test_an_empty_chain_is_refused():
    with pytest.raises(NotationError, match="chain net has no operations: give it at least one"):
        chain("net", [])


def test_an_operation_without_activation_is_refused():
    fixed = scale_with(constants=("x",), gradients=(delta_s,))
    with pytest.raises(NotationError, match="chain net: scale has no activation to feed, only"):
        chain("net", [sigmoid, fixed])


def test_the_first_activation_is_fed_wherever_it_stands():
    swapped = Operation(
        "scale", "(k),()->(k)", y, (delta_s, delta_x), inputs=("x", "s"), parameters=("s",)
    )
    assert chain("net", [swapped, sigmoid]).inputs == ("x", "s")


def test_points_are_drawn_with_the_sizes_that_a_chain_is_given():
    sized = chain("sized", [dense, tanh, dense, softmax_cross_entropy], usual_sizes={"i": 7})
    assert sized.draw_sizes(np.random.default_rng(0))["i"] == 7
