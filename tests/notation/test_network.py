"""Networks: operations wired by their symbols, the gradient accumulated in reverse."""

import pytest

from gradcheck.notation import (
    POSITIVE,
    Integers,
    NotationError,
    Operation,
    equation,
    network,
)
from reference_nets import (
    binary_cross_entropy,
    dense,
    sigmoid,
    softmax_cross_entropy,
    squared_error,
)
from tests.notation.layers import product, scale

FORMS = ("scalar", "matrix", "batch")

square = network(
    "square", [scale.at("v"), product.at("p", u="x", v="v")]
)  # p_k = x_k (s x_k): both x and the parameter s reach p, x by two ways
cubic = network("cubic", [scale.at("v"), scale.at("y", x="v")])  # y_k = s (s x_k)


def test_a_network_prints_as_one_operation():
    assert str(square) == "square: p(s, x), (),(k)->(k)"


def test_the_output_is_that_of_the_last_operation():
    assert square(3.0, [1.0, 2.0]).tolist() == [3.0, 12.0]


@pytest.mark.parametrize("form", ["scalar", "matrix"])
def test_a_symbol_used_twice_sums_its_gradients(form):
    """p = s x² has the derivative 2 s x in x."""
    gradients = square.pullback([1.0, 10.0], 3.0, [1.0, 2.0], form=form)
    assert gradients["x"].tolist() == [6.0, 120.0]


@pytest.mark.parametrize("form", ["scalar", "matrix"])
def test_a_weight_shared_by_two_layers_sums_its_gradients(form):
    """y = s² x has the derivative 2 s x in s."""
    gradients = cubic.pullback([1.0, 10.0], 3.0, [1.0, 2.0], form=form)
    assert gradients["s"] == 6.0 * (1.0 * 1.0 + 10.0 * 2.0)


def test_a_shared_weight_sums_over_the_batch_too():
    gradients = cubic.pullback([[1.0], [10.0]], 3.0, [[1.0], [2.0]], form="batch")
    assert gradients["s"] == 6.0 * (1.0 * 1.0 + 10.0 * 2.0)


def test_a_matrix_shared_by_two_layers_sums_entry_by_entry_in_loops():
    """The scalar form adds nested lists, which Python's + would join instead."""
    tied = network("tied", [dense.at("h"), dense.at("z", a="h")])
    inputs = [[[1.0, 2.0], [3.0, 4.0]], [5.0, 6.0], [7.0, 8.0]]
    gradients = tied.pullback([1.0, 2.0], *inputs, form="scalar")
    assert gradients["w"].tolist() == tied.pullback([1.0, 2.0], *inputs)["w"].tolist()


def test_three_uses_of_a_symbol_are_all_counted():
    """p = s x x x has the derivative 3 s x²."""
    square = product.at("q", u="x", v="v")
    third = network("third", [scale.at("v"), square, product.at("p", u="q", v="x")])
    assert third.pullback([1.0], 1.0, [2.0])["x"].tolist() == [12.0]


def test_the_gradient_is_accumulated_in_reverse():
    order = [name for name in square.equations if name.startswith("delta_")]
    assert order.index("delta_v") < order.index("delta_s")


def test_a_network_of_networks_is_an_operation():
    """y = s² x, then s (s x²): the inner network keeps its own intermediate quantities."""
    outer = network("outer", [cubic.at("q"), square.at("p", x="q")])
    assert outer(2.0, [3.0]).tolist() == [2.0 * 12.0**2]


def test_a_network_of_networks_differentiates_through_both():
    """p = s (s² x)² = s⁵ x² has the derivatives 5 s⁴ x² and 2 s⁵ x."""
    outer = network("outer", [cubic.at("q"), square.at("p", x="q")])
    gradients = outer.pullback([1.0], 2.0, [3.0])
    assert (gradients["s"], gradients["x"]) == (5 * 16.0 * 9.0, 2 * 32.0 * 3.0)


def test_the_same_network_may_be_placed_twice():
    twice = network("twice", [cubic.at("q"), cubic.at("y", x="q")])
    assert twice.pullback([1.0], 2.0, [1.0])["s"] == 4 * 2.0**3


def test_a_symbol_is_a_parameter_if_any_operation_trains_it():
    assert cubic.parameters == ("s",)


def test_a_target_stays_a_constant():
    net = network("net", [dense.at("z"), softmax_cross_entropy.at("E", z="z")])
    assert (net.constants, net.differentiable) == (("t",), ("w", "a", "b"))


def test_the_reduction_is_that_of_the_loss():
    assert network("net", [dense.at("z"), squared_error.at("E", y="z")]).batch == "sum"


def test_the_domain_of_an_input_is_kept():
    positive = scale.at("v")
    positive = Operation(
        "scale", "(),(k)->(k)", positive.forward, positive.gradients, domain={"x": POSITIVE}
    )
    assert network("net", [positive, product.at("p", u="v", v="w")]).domain == {"x": POSITIVE}


def test_the_domain_of_a_computed_symbol_is_dropped():
    net = network("net", [sigmoid.at("y"), binary_cross_entropy.at("E", y="y")])
    assert list(net.domain) == ["t"]


def test_dimensions_are_unified_along_the_wires():
    net = network("net", [dense.at("z"), squared_error.at("E", y="z")])
    assert str(net.signature) == "(k,i),(i),(k),(k)->()"


def test_dimensions_of_one_letter_are_told_apart():
    net = network("net", [dense.at("h"), dense.at("z", w="w2", a="h", b="b2")])
    assert str(net.signature) == "(k,i),(i),(k),(k2,k),(k2)->(k2)"


def test_a_fixed_dimension_is_taken_over():
    three = Operation("three", "(3)->(3)", *same_equations())
    net = network("net", [dense.at("z"), three.at("y", x="z")])
    assert str(net.signature) == "(3,i),(i),(3)->(3)"


def same_equations():
    def y(x):
        return x

    def delta_x(delta_y):
        return delta_y

    forms = [equation(body).matrix(body).batch(body) for body in (y, delta_x)]
    return forms[0], (forms[1],)


def test_integers_keep_to_the_dimension_of_their_own_operation():
    """The classes of a loss on the second layer are as many as that layer's units."""
    loss = sparse_loss()
    net = network("net", [dense.at("h"), dense.at("z", w="w2", a="h", b="b2"), loss.at("E", z="z")])
    assert net.domain_of("c") == Integers(0, "k2")


def sparse_loss():
    def E(z, c):
        return z[c]

    def delta_z(delta_E, z, c):
        return [delta_E if k == c else 0.0 for k in range(len(z))]

    return Operation(
        "pick", "(k),()->()", equation(E), (equation(delta_z),),
        constants=("c",), domain={"c": Integers(0, "k")},
    )  # fmt: skip


def test_all_forms_are_kept_where_all_operations_have_them():
    assert square.forms == FORMS


def test_a_form_that_one_operation_lacks_is_dropped():
    assert network("net", [dense.at("z"), sparse_loss().at("E", z="z")]).forms == ("scalar",)


def test_the_batch_form_is_dropped_where_a_reduction_comes_first():
    """A sum over the batch has no rows that another layer could take one by one."""
    loss = squared_error.at("E", y="x")
    after = network("after", [loss, same_number().at("y", x="E")])
    assert after.forms == ("scalar", "matrix")


def same_number():
    return Operation("same", "()->()", *same_equations())


def test_the_batch_form_is_dropped_where_an_operation_sees_parameters_only():
    """What is computed from weights alone has no rows, and is the same for all inputs."""
    net = network("net", [scale.at("h"), same_number().at("r", x="s"), scale.at("y", s="r", x="h")])
    assert net.forms == ("scalar", "matrix")


def test_the_batch_form_is_dropped_where_a_parameter_is_used_as_an_activation():
    """The product expects one row of v for each input, but the parameter v has none."""
    gained = dense_of_vectors().at("h", x="u", s="v")
    mixed = network("mixed", [gained, product.at("p", u="h", v="v")])
    assert mixed.forms == ("scalar", "matrix")


def dense_of_vectors():
    return Operation(
        "gain", "(k),(k)->(k)", product.forward.at("y", u="s", v="x"),
        [product.gradients[0].at("delta_s", delta_p="delta_y", v="x"),
         product.gradients[0].at("delta_x", delta_p="delta_y", v="s")],
        parameters=("s",),
    )  # fmt: skip


def test_an_empty_network_is_refused():
    with pytest.raises(NotationError, match="network net has no operations: give it at least one"):
        network("net", [])


def test_an_output_computed_twice_is_refused():
    with pytest.raises(NotationError, match="y is the output of scale, but stands for another"):
        network("net", [scale.at("y"), scale.at("y")])


def test_an_output_that_is_used_before_it_is_computed_is_refused():
    with pytest.raises(NotationError, match="v is the output of scale, but stands for another"):
        network("net", [scale.at("y", x="v"), scale.at("v")])


def test_an_output_that_nobody_uses_is_refused():
    with pytest.raises(NotationError, match="v, the output of scale, is never used: feed it to"):
        network("net", [scale.at("v"), scale.at("y")])


def test_different_numbers_of_dimensions_are_refused_by_symbol():
    with pytest.raises(NotationError, match=r"dense uses E with dimensions \(i\), but it has 0"):
        network("net", [squared_error.at("E"), dense.at("z", a="E")])


def test_different_fixed_sizes_are_refused_by_symbol():
    three = Operation("three", "(3)->(3)", *same_equations()).at("y")
    four = Operation("four", "(4)->(4)", *same_equations()).at("z", x="y")
    with pytest.raises(
        NotationError, match="y has 3 entries along an axis where it is used with 4"
    ):
        network("net", [three, four])


def test_a_constant_that_is_differentiated_elsewhere_is_refused():
    """An auto-encoder: the loss declares no gradient for its target, so δy would lack a term."""
    encode = sigmoid.at("y", z="t")
    with pytest.raises(NotationError, match="t is a constant of softmax cross-entropy, but has a"):
        network("auto-encoder", [encode, softmax_cross_entropy.at("E", z="y")])


def test_a_computed_constant_is_refused():
    net = [sigmoid.at("t", z="x"), softmax_cross_entropy.at("E")]
    with pytest.raises(NotationError, match="gradient elsewhere, which would be incomplete: give"):
        network("net", net)
