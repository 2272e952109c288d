"""An operation: roles, evaluation of its equations, sampling and renaming."""

from fractions import Fraction

import numpy as np
import pytest

from gradcheck.notation import NotationError, OneHot, Operation, Reals, delta, equation
from gradcheck.notation.validation import check_cotangent, check_inputs
from reference_nets import CATALOGUE, dense, softmax, softmax_cross_entropy
from tests.notation.layers import delta_s, delta_x, scale, scale_with, y


def test_the_output_is_named_by_the_forward_equation():
    assert (scale.output, scale.cotangent) == ("y", "delta_y")


def test_delta_names_the_derivative_of_the_loss():
    assert delta("w") == "delta_w"


def test_inputs_are_those_of_the_forward_equation():
    assert scale.inputs == ("s", "x")


def test_constants_have_no_gradient():
    assert softmax_cross_entropy.differentiable == ("z",)


def test_parameters_are_shared_by_a_batch():
    assert dense.per_input == ("a",)


def test_shared_constants_are_not_per_input():
    masked = scale_with(
        parameters=(), constants=("s",), shared=("s",), gradients=(delta_x,)
    )  # fmt: skip
    assert masked.per_input == ("x",)


def test_constants_are_per_input_unless_they_are_shared():
    assert softmax_cross_entropy.per_input == ("z", "t")


def test_the_dimensions_of_a_symbol_are_those_of_the_signature():
    assert (dense.dims("w"), dense.dims("z")) == (("k", "i"), ("k",))


def test_an_input_without_declared_domain_is_real():
    assert dense.domain_of("w") == Reals()


def test_a_declared_domain_is_kept():
    assert softmax_cross_entropy.domain_of("t") == OneHot()


def test_the_shape_of_a_batch_has_the_inputs_in_its_rows():
    assert softmax.shape("a", {"k": 3}, 5) == (5, 3)


def test_the_output_of_an_averaged_loss_has_no_rows():
    assert softmax_cross_entropy.shape("E", {"k": 3}, 5) == ()


def test_forms_are_those_of_the_forward_equation():
    in_loops = [equation(eq["scalar"]) for eq in (y, delta_s, delta_x)]
    assert scale_with(forward=in_loops[0], gradients=in_loops[1:]).forms == ("scalar",)


@pytest.mark.parametrize("form", ["scalar", "matrix"])
def test_a_single_input_is_mapped_to_the_output(form):
    assert scale(2.0, [1.0, 3.0], form=form).tolist() == [2.0, 6.0]


def test_a_batch_is_mapped_row_by_row():
    assert scale(2.0, [[1.0], [3.0]], form="batch").tolist() == [[2.0], [6.0]]


@pytest.mark.parametrize("form", ["scalar", "matrix"])
def test_the_pullback_gives_the_gradient_of_every_differentiable_input(form):
    gradients = scale.pullback([1.0, 10.0], 2.0, [1.0, 3.0], form=form)
    assert {s: g.tolist() for s, g in gradients.items()} == {"s": 31.0, "x": [2.0, 20.0]}


def test_the_scalar_form_is_given_plain_numbers():
    """Loops over NumPy arrays would meet NumPy scalars, which warn where floats do not."""
    seen = []

    @equation
    def y(s, x):
        seen.extend((type(s), type(x), type(x[0])))
        return x

    spied = scale_with(
        forward=y, gradients=[equation(eq["scalar"]) for eq in (delta_s, delta_x)]
    )  # fmt: skip
    spied(2.0, [1.0], form="scalar")
    assert seen == [float, list, float]


def test_loops_take_a_single_number_of_any_kind_without_its_array():
    """A row of an array of objects is the object itself: a ball or a symbol, say."""
    values = {"s": Fraction(1, 3), "x": np.array([Fraction(6)], dtype=object)}
    assert scale.evaluate("scalar", values, ("y",))["y"] == [Fraction(2)]


def test_an_equation_is_evaluated_once_for_all_that_use_it():
    calls = []

    @equation
    def r(x):
        calls.append("r")
        return x * x

    @equation
    def y(r):
        return r

    @equation
    def delta_x(delta_y, x, r):
        return 2 * x * delta_y + 0 * r

    square = Operation("square", "()->()", y, (delta_x,), where=(r,), inputs=("x",))
    values = {"x": np.array(3.0), "delta_y": np.array(1.0)}
    assert square.evaluate("scalar", values, ("y", "delta_x")) == {"y": 9.0, "delta_x": 6.0}
    assert calls == ["r"]


def test_only_what_is_wanted_is_evaluated():
    """Without a cotangent the forward equation can be evaluated alone."""
    values = {"s": np.array(2.0), "x": np.array([1.0])}
    assert scale.evaluate("matrix", values, ("y",))["y"] == [2.0]


def test_equations_may_be_given_in_any_order():
    r_of_q = equation(lambda_r).at("r", q="q2")
    q_of_x = equation(lambda_r).at("q2", q="x")
    y_of_r = equation(lambda_r).at("y", q="r")
    delta = equation(lambda_r).at("delta_x", q="delta_y")
    same = Operation("same", "()->()", y_of_r, (delta,), where=(r_of_q, q_of_x), inputs=("x",))
    assert list(same.equations) == ["q2", "delta_x", "r", "y"]


def lambda_r(q):
    return q


def test_a_missing_form_is_refused_with_the_decorator_that_adds_it():
    in_loops = [equation(eq["scalar"]) for eq in (y, delta_s, delta_x)]
    with pytest.raises(NotationError, match=r"y has no matrix form, only scalar.*@y\.matrix"):
        scale_with(forward=in_loops[0], gradients=in_loops[1:])(2.0, [1.0])


@pytest.mark.parametrize("operation", CATALOGUE, ids=lambda operation: operation.name)
@pytest.mark.parametrize("inputs_in_batch", [None, 1, 3])
def test_a_sampled_point_fits_its_operation(operation, inputs_in_batch):
    rng, in_batch = np.random.default_rng(0), inputs_in_batch is not None
    point = operation.sample(rng, inputs_in_batch=inputs_in_batch)
    values = check_inputs(operation, list(point.inputs.values()), in_batch=in_batch)
    check_cotangent(operation, point.cotangent, values, in_batch=in_batch)


def test_a_sampled_point_has_the_sizes_that_were_asked_for():
    point = dense.sample(np.random.default_rng(0), {"k": 2, "i": 7}, inputs_in_batch=4)
    shapes = {symbol: value.shape for symbol, value in point.inputs.items()}
    assert shapes == {"w": (2, 7), "a": (4, 7), "b": (2,)}


def test_the_same_seed_samples_the_same_point():
    first, second = (dense.sample(np.random.default_rng(3)) for _ in range(2))
    assert np.array_equal(first.inputs["w"], second.inputs["w"])


def test_a_sampled_point_bears_its_label():
    assert dense.sample(np.random.default_rng(0), label="here").label == "here"


def test_at_renames_inputs_and_output():
    assert str(scale.at("y1", x="x0")) == "scale: y1(s, x0), (),(k)->(k)"


def test_at_renames_gradient_equations_and_roles_alike():
    placed = softmax_cross_entropy.at("E", z="z2", t="target")
    assert [eq.name for eq in placed.gradients] == ["delta_z2"]
    assert (placed.constants, list(placed.domain)) == (("target",), ["target"])


def test_at_may_exchange_two_symbols():
    placed = dense.at("z", a="b", b="a")
    assert placed.inputs == ("w", "b", "a")


def test_at_keeps_the_values():
    assert scale.at("y1", s="gain").pullback([1.0], 2.0, [3.0])["gain"] == 3.0


def test_at_takes_a_symbol_called_output():
    """No symbol of a stranger's formula may clash with a parameter of the notation."""
    renamed = scale.at("y", x="output").at("y", output="x0")
    assert renamed.inputs == ("s", "x0")


def test_at_refuses_an_unknown_symbol_by_name():
    with pytest.raises(NotationError, match=r"at\('y1', z='z0'\): scale has no input z.* s, x"):
        scale.at("y1", z="z0")


def test_at_refuses_two_inputs_under_one_symbol():
    with pytest.raises(NotationError, match="operation scale: the name x is used 2 times"):
        scale.at("y", s="x")
