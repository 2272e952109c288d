"""Activations: values on paper, slopes at their kinks, saturation, planted mistakes."""

import math

import numpy as np
import pytest

from gradcheck.checks.finding import Evidence, Verdict
from gradcheck.checks.witnesses import witnesses
from gradcheck.notation import Activation, Point, elementwise
from reference_nets.activations import (
    ACTIVATIONS,
    celu,
    elu,
    gelu,
    gelu_tanh_form,
    glu,
    hard_sigmoid,
    hard_swish,
    hard_tanh,
    leaky_relu,
    log_softmax,
    maxout,
    mish,
    parametric_relu,
    relu,
    relu6,
    selu,
    sigmoid,
    silu,
    softmax,
    softplus,
    softsign,
    swiglu,
)

BOTH = pytest.mark.parametrize("form", ["scalar", "matrix"])
ELEMENTWISE = [op for op in ACTIVATIONS if isinstance(op, Activation)]
each_elementwise = pytest.mark.parametrize("activation", ELEMENTWISE, ids=lambda op: op.name)

PIECEWISE_LINEAR = [
    (leaky_relu(alpha=0.25), [-4.0, 0.0, 4.0], [-1.0, 0.0, 4.0], [0.25, 0.25, 1.0]),
    (relu6, [-1.0, 0.0, 3.0, 6.0, 7.0], [0.0, 0.0, 3.0, 6.0, 6.0], [0.0, 0.0, 1.0, 0.0, 0.0]),
    (hard_tanh, [-2.0, -1.0, 0.5, 1.0], [-1.0, -1.0, 0.5, 1.0], [0.0, 0.0, 1.0, 0.0]),
    (hard_sigmoid, [-4.0, -3.0, 0.0, 3.0], [0.0, 0.0, 0.5, 1.0], [0.0, 0.0, 1 / 6, 0.0]),
    (hard_swish, [-4.0, -3.0, 1.5, 3.0], [0.0, 0.0, 1.125, 3.0], [0.0, 0.0, 1.0, 1.0]),
]
AT_ZERO = [
    (leaky_relu(), 0.0, 0.01),
    (elu(alpha=1.5), 0.0, 1.5),
    (celu(alpha=2.0), 0.0, 1.0),
    (gelu, 0.0, 0.5),
    (gelu_tanh_form, 0.0, 0.5),
    (silu, 0.0, 0.5),
    (mish, 0.0, 0.6),  # tanh log 2 = (4 - 1) / (4 + 1)
    (softplus, math.log(2), 0.5),
    (softsign, 0.0, 1.0),
]
LIMITS = [
    (elu(alpha=1.5), -1.5),
    (celu(alpha=2.0), -2.0),
    (selu, -1.7580993408473766),  # lambda alpha
    (gelu, 0.0),
    (gelu_tanh_form, 0.0),
    (silu, 0.0),
    (mish, 0.0),
    (softplus, 0.0),
    (hard_swish, 0.0),
]


@pytest.mark.parametrize(
    ("activation", "z", "values", "slopes"),
    PIECEWISE_LINEAR,
    ids=[c[0].name for c in PIECEWISE_LINEAR],
)
@BOTH
def test_piecewise_activations_are_exact_at_their_bends(activation, z, values, slopes, form):
    assert activation(z, form=form).tolist() == values
    assert activation.pullback(np.ones(len(z)), z, form=form)["z"].tolist() == slopes


@pytest.mark.parametrize(
    ("activation", "value", "slope"), AT_ZERO, ids=[c[0].name for c in AT_ZERO]
)
@BOTH
def test_value_and_slope_at_zero_are_those_on_paper(activation, value, slope, form):
    assert activation([0.0], form=form) == pytest.approx(value, rel=1e-15)
    assert activation.pullback([1.0], [0.0], form=form)["z"] == pytest.approx(slope, rel=1e-15)


@pytest.mark.parametrize(("activation", "limit"), LIMITS, ids=[c[0].name for c in LIMITS])
def test_the_matrix_form_reaches_its_limit_without_overflow(activation, limit):
    assert activation([-1e3]) == pytest.approx(limit, rel=1e-15, abs=1e-300)


@each_elementwise
def test_no_matrix_form_overflows(activation):
    z = np.array([-1e4, 1e4])
    with np.errstate(over="raise", invalid="raise"):
        slopes = activation.pullback(np.ones(2), z)["z"]
    assert np.isfinite([activation(z), slopes]).all()


@each_elementwise
@pytest.mark.parametrize("z", [-3.0, -1.0, -0.0, 0.0, 1.0, 3.0, 6.0])
def test_at_a_kink_both_forms_take_the_same_valid_slope(activation, z):
    findings = list(witnesses(activation, Point({"z": [z]}, [1.0])))
    assert {f.verdict for f in findings} == {Verdict.AGREE}
    assert {f.evidence for f in findings} == {Evidence.EXACT}


def test_gelu_keeps_its_digits_in_the_lower_tail():
    """z Phi(z) lies between -phi(z) and the same less a relative 1 / z^2."""
    density = math.exp(-200) / math.sqrt(2 * math.pi)
    assert -density < gelu([-20.0])[0] < -density * (1 - 1 / 400)


def test_the_tanh_form_of_gelu_is_within_what_its_module_states():
    z = np.linspace(-6, 6, 2001)
    assert 4e-4 < abs(gelu(z) - gelu_tanh_form(z)).max() < 5e-4


def test_selu_has_a_fixed_point_at_mean_zero_and_variance_one():
    """The constants solve both equations; the integrals are taken by the trapezoidal rule."""
    z = np.linspace(-12, 12, 240_001)
    weight = np.exp(-z * z / 2) / math.sqrt(2 * math.pi) * (z[1] - z[0])
    assert weight @ selu(z) == pytest.approx(0, abs=1e-8)
    assert weight @ selu(z) ** 2 == pytest.approx(1, abs=1e-8)


def test_celu_and_elu_are_the_same_for_alpha_one():
    z = np.array([-2.0, -0.5, 0.0, 1.0])
    assert celu()(z).tolist() == elu()(z).tolist()


def test_celu_refuses_an_alpha_at_which_it_cannot_saturate():
    with pytest.raises(ValueError, match=r"alpha = 0: the unit saturates at -alpha only if"):
        celu(alpha=0)


@BOTH
def test_the_slope_of_parametric_relu_collects_the_units_to_the_left_of_zero(form):
    gradients = parametric_relu.pullback([1.0, 10.0, 100.0], 0.5, [-2.0, 3.0, -4.0], form=form)
    assert gradients["alpha"] == -402.0
    assert gradients["z"].tolist() == [0.5, 10.0, 50.0]


@BOTH
def test_log_softmax_of_equal_scores_is_minus_the_logarithm_of_their_number(form):
    assert log_softmax([3.0] * 4, form=form) == pytest.approx([-math.log(4)] * 4, rel=1e-15)


def test_log_softmax_does_not_overflow():
    assert log_softmax([1000.0, 0.0]).tolist() == [0.0, -1000.0]


@BOTH
def test_the_exponential_of_log_softmax_is_softmax(form):
    z = [1.0, -2.0, 0.5]
    assert np.exp(log_softmax(z, form=form)) == pytest.approx(softmax(z, form=form), rel=1e-14)


@BOTH
def test_of_equal_largest_pieces_the_first_takes_the_cotangent(form):
    z = [[1.0, 2.0, 2.0], [3.0, 3.0, 0.0]]
    assert maxout(z, form=form).tolist() == [2.0, 3.0]
    gradient = maxout.pullback([5.0, 7.0], z, form=form)["z"]
    assert gradient.tolist() == [[0.0, 5.0, 0.0], [7.0, 0.0, 0.0]]


def test_a_tie_of_maxout_is_marked_as_a_kink():
    findings = list(witnesses(maxout, Point({"z": [[2.0, 2.0], [0.0, 1.0]]}, [1.0, 1.0])))
    assert {f.verdict for f in findings} == {Verdict.AGREE}
    assert any(f.kink for f in findings)


@BOTH
def test_an_open_gate_passes_its_unit_on_and_a_shut_one_stops_it(form):
    assert glu([2.0, 2.0], [700.0, -700.0], form=form) == pytest.approx([2.0, 0.0], abs=1e-300)


@BOTH
def test_swiglu_is_glu_of_the_product(form):
    z, g = np.array([2.0, -3.0]), np.array([0.5, -1.5])
    assert swiglu(z, g, form=form) == pytest.approx(glu(z * g, g, form=form), rel=1e-15)


@pytest.mark.parametrize("z", [-1.5, 0.0, 2.5])
def test_silu_is_glu_of_a_unit_that_is_its_own_gate(z):
    assert silu([z])[0] == glu([z], [z])[0]


def verdicts(activation, z):
    """Return the verdicts on the derivative of an activation at one number."""
    findings = witnesses(activation, Point({"z": [z]}, [1.0]))
    return {f.verdict for f in findings if f.check == "derivative"}


def with_slope_of(activation, other):
    return elementwise(activation.name, activation.h, other.h_prime)


@pytest.mark.parametrize(
    ("activation", "other", "z"),
    [
        (leaky_relu(), relu, -1.0),
        (elu(alpha=1.5), elu(), -1.0),
        (celu(alpha=2.0), elu(), -1.0),
        (selu, elu(), 1.0),
        (gelu, gelu_tanh_form, 0.3),
        (gelu_tanh_form, gelu, 0.3),
        (mish, silu, 0.3),
        (softplus, hard_sigmoid, 0.3),
        (hard_sigmoid, sigmoid, 0.3),
        (hard_tanh, softsign, 0.3),
        (hard_swish, silu, 0.3),
        (relu6, relu, 7.0),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_the_slope_of_a_similar_activation_is_caught(activation, other, z):
    assert verdicts(with_slope_of(activation, other), z) == {Verdict.DISAGREE}


def test_a_forgotten_product_rule_is_caught():
    """The slope of z times a sigmoid is not the sigmoid alone."""
    assert verdicts(elementwise("silu", silu.h, sigmoid.h), 0.3) == {Verdict.DISAGREE}


def test_a_slope_from_outside_the_hull_is_caught_at_a_kink():
    wrong = elementwise("relu6", relu6.h, elu(alpha=1.5).h_prime)
    assert verdicts(wrong, 0.0) == {Verdict.DISAGREE}
