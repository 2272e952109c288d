"""What an operation refuses: each message names the offending thing and the cure."""

import numpy as np
import pytest

from gradcheck.notation import Binary, Integers, NotationError, OneHot, PointError, equation
from reference_nets import binary_cross_entropy, dense, softmax_cross_entropy
from tests.notation.layers import delta_s, delta_x, scale, scale_with, y


@equation
def y_of_unknown(s, epsilon):
    return s * epsilon


@equation
def delta_x_of_unknown(delta_y, sigma):
    return sigma * delta_y


@equation
def delta_x_in_loops_only(delta_y, s):
    return [delta_y[k] * s for k in range(len(delta_y))]


@equation
def r(q):
    return q


REFUSED = {
    "missing gradient": (
        {"gradients": (delta_x,)},
        "no gradient equation for s: write delta_s, or declare s as a constant",
    ),
    "superfluous gradient": (
        {"constants": ("x",)},
        "the gradient equation delta_x belongs to no differentiable input (s): remove it, "
        "or put an intermediate quantity into where",
    ),
    "superfluous gradient of nothing": (
        {"parameters": (), "constants": ("s", "x")},
        "the gradient equation delta_s belongs to no differentiable input (none): remove it",
    ),
    "unparsable signature": (
        {"signature": "k->k"},
        "signature 'k->k' cannot be read: write the dimensions of each input in parentheses",
    ),
    "signature of fewer inputs": (
        {"signature": "(k)->(k)"},
        "the signature (k)->(k) has 1 inputs, but there are 2 (s, x): give each input its dim",
    ),
    "unknown symbol in a gradient equation": (
        {"gradients": (delta_s, delta_x_of_unknown.at("delta_x"))},
        "equation delta_x uses the unknown symbol sigma; known are delta_s, delta_x, delta_y, s, x",
    ),
    "unknown symbol in the forward equation": (
        {"forward": y_of_unknown.at("y"), "inputs": ("s", "x")},
        "equation y uses the unknown symbol epsilon; known are s, x",
    ),
    "cotangent in the forward equation": (
        {"forward": y.at("y", s="delta_y"), "inputs": ("s", "x")},
        "equation y uses the unknown symbol delta_y; known are s, x",
    ),
    "input named twice": (
        {"signature": "(),(k),(k)->(k)", "inputs": ("s", "x", "x")},
        "the name x is used 2 times: every symbol needs its own",
    ),
    "input named as the output": (
        {"signature": "(),(k),(k)->(k)", "inputs": ("s", "x", "y")},
        "the name y is used 2 times",
    ),
    "input named as the cotangent": (
        {"signature": "(),(k),(k)->(k)", "inputs": ("s", "x", "delta_y")},
        "the name delta_y is used 2 times",
    ),
    "two gradient equations of one name": (
        {"gradients": (delta_s, delta_x, delta_x)},
        "the name delta_x is used 2 times",
    ),
    "parameter that is no input": (
        {"parameters": ("gamma",)},
        "parameters names gamma, which is no input; its inputs are s, x",
    ),
    "domain of no input": (
        {"domain": {"t": Binary()}},
        "domain names t, which is no input; its inputs are s, x",
    ),
    "parameter and constant at once": (
        {"constants": ("s",)},
        "s is a parameter and a constant: it can be only one",
    ),
    "shared activation": (
        {"shared": ("x",)},
        "shared names x, which is no constant: parameters always are shared",
    ),
    "integers with a derivative": (
        {"domain": {"x": Integers(0, 3)}},
        "x (integer, 0 <= . < 3) has no derivative: declare it as a constant",
    ),
    "unknown reduction": ({"batch": "max"}, "batch='max' is none of 'stack', 'sum', 'mean'"),
    "form missing from a gradient equation": (
        {"gradients": (delta_s, delta_x_in_loops_only.at("delta_x"))},
        "y has a matrix form, but delta_x has none: add it with @delta_x.matrix",
    ),
    "form missing from the forward equation": (
        {"forward": equation(y["scalar"])},
        "delta_s has a matrix form, but y has none: add it with @y.matrix",
    ),
}


@pytest.mark.parametrize(("changes", "complaint"), REFUSED.values(), ids=REFUSED)
def test_a_declaration_that_contradicts_itself_is_refused_with_the_cure(changes, complaint):
    with pytest.raises(NotationError) as refusal:
        scale_with(**changes)
    assert complaint in str(refusal.value)


def test_a_refusal_names_the_operation():
    with pytest.raises(NotationError, match=r"^operation scale: no gradient equation for s"):
        scale_with(gradients=(delta_x,))


def test_equations_that_depend_on_each_other_are_refused_at_construction():
    first, second = r.at("r", q="y"), r.at("y", q="r")
    in_loops = [equation(eq["scalar"]) for eq in (delta_s, delta_x)]
    with pytest.raises(NotationError, match=r"r, y depend on each other in a circle: write one"):
        scale_with(forward=second, inputs=("s", "x"), where=(first,), gradients=in_loops)


def test_too_few_inputs_are_refused_by_their_symbols():
    with pytest.raises(PointError, match=r"scale takes 2 inputs \(s, x\), but was given 1"):
        scale(2.0)


def test_a_wrong_shape_is_refused_by_symbol_and_origin():
    with pytest.raises(PointError, match=r"dense: b has shape \(3,\), but \(k\) has k = 2 from w"):
        dense(np.ones((2, 3)), np.ones(3), np.ones(3))


def test_a_ragged_list_is_refused_with_its_value():
    with pytest.raises(PointError, match=r"scale: x = \[\[1\], \[1, 2\]\] is not an array of real"):
        scale(2.0, [[1], [1, 2]])


@pytest.mark.parametrize("x", [[1j], ["a"], [None]])
def test_what_is_no_real_number_is_refused_with_its_value(x):
    with pytest.raises(PointError) as refusal:
        scale(2.0, x)
    assert f"x = {x!r} is not an array of real numbers: give" in str(refusal.value)


def test_a_value_outside_the_domain_is_refused_by_index_and_domain():
    with pytest.raises(PointError) as refusal:
        binary_cross_entropy([0.5, 1.0], [0.0, 1.0])
    assert str(refusal.value) == (
        "binary cross-entropy: y (in (0, 1)): y[1] = 1.0 is not in (0, 1)"
    )


def test_a_target_outside_its_domain_is_refused():
    with pytest.raises(PointError, match=r"t \(one-hot\): t = \[1\. 1\.\] is not one-hot"):
        softmax_cross_entropy([0.5, 1.0], [1.0, 1.0])


def test_not_a_number_is_refused():
    with pytest.raises(PointError, match=r"x \(real\): x\[1\] = nan is not finite"):
        scale(2.0, [0.0, np.nan])


def test_floats_where_indices_belong_are_refused_by_dtype():
    gather = scale_with(constants=("x",), gradients=(delta_s,), domain={"x": Integers(0, 3)})
    with pytest.raises(PointError, match=r"x \(integer.*\): x has dtype float64, but counts or"):
        gather(2.0, [0.0, 1.0])


def test_integers_are_taken_for_real_numbers():
    assert scale(2, [1, 3]).dtype == np.float64


def test_integers_stay_integers_where_the_domain_is_not_real():
    """Only real inputs are turned into floats: an index must stay one."""
    drawn = []
    spied = equation(lambda_y(drawn)).matrix(lambda_y(drawn))
    select = scale_with(
        forward=spied,
        gradients=(equation(delta_s["scalar"]).matrix(delta_s["matrix"]),),
        constants=("x",),
        domain={"x": Integers(0, 3)},
    )
    select(2.0, np.array([0, 1]))
    assert drawn == [np.dtype(np.int64)]


def lambda_y(drawn):
    def y(s, x):
        drawn.append(x.dtype)
        return s * x

    return y


def test_float32_inputs_keep_their_precision():
    assert scale(np.float32(2), np.ones(2, dtype=np.float32)).dtype == np.float32


def test_batches_of_different_lengths_are_refused_by_both_counts():
    z, t = np.zeros((2, 3)), np.eye(3)
    with pytest.raises(PointError, match="z has 2, t has 3 rows: a batch holds one input a row"):
        softmax_cross_entropy(z, t, form="batch")


def test_a_number_where_a_batch_belongs_is_refused():
    with pytest.raises(PointError, match="scale: x is a single number: a batch holds one input"):
        scale(2.0, 1.0, form="batch")


@pytest.mark.parametrize("cotangent", [1.0, [1.0], [[1.0, 1.0]]])
def test_a_cotangent_of_another_shape_than_the_output_is_refused(cotangent):
    with pytest.raises(PointError, match=r"delta_y has shape .* output y has shape \(2,\): give"):
        scale.pullback(cotangent, 2.0, [1.0, 3.0])


def test_the_cotangent_of_a_batch_has_a_row_for_each_input():
    with pytest.raises(PointError, match=r"delta_y has shape \(2,\), but .* has shape \(5, 2\)"):
        scale.pullback([1.0, 1.0], 2.0, np.ones((5, 2)), form="batch")


def test_the_cotangent_of_an_averaged_loss_is_one_number():
    with pytest.raises(PointError, match=r"delta_E has shape \(3,\), but the output E has"):
        softmax_cross_entropy.pullback(np.ones(3), np.zeros((3, 3)), np.eye(3), form="batch")


def test_domains_are_checked_in_a_batch_too():
    t = [[1.0, 0.0], [1.0, 1.0]]
    with pytest.raises(PointError, match=r"t\[1\] = \[1\. 1\.\] is not one-hot"):
        softmax_cross_entropy(np.zeros((2, 2)), t, form="batch")


def test_one_hot_is_a_constant_of_the_loss():
    assert softmax_cross_entropy.domain_of("t") == OneHot()
