"""Normalisation, recurrence and attention: what can be worked out on paper, and laws they keep."""

import math

import numpy as np
import pytest

from gradcheck.notation import PointError
from reference_nets import (
    batch_normalisation,
    elman,
    group_normalisation,
    gru,
    instance_normalisation,
    layer_normalisation,
    lstm,
    multi_head_attention,
    rms_normalisation,
    rotary_position_encoding,
    scaled_dot_product_attention,
    sinusoidal_position_encoding,
    weight_normalisation,
)

FORMS = pytest.mark.parametrize("form", ["scalar", "matrix"])
EPSILON = 1e-30  # far below the rounding of the variances here
X = np.array([1.0, -1.0, 1.0, -1.0])
ONE, ZERO = np.ones(4), np.zeros(4)


@FORMS
def test_layer_normalisation_leaves_what_is_normal_already(form):
    assert layer_normalisation(X, ONE, ZERO, EPSILON, form=form).tolist() == X.tolist()


@FORMS
def test_layer_normalisation_of_a_constant_is_its_bias(form):
    assert layer_normalisation(5 * ONE, ONE, 3 * ONE, 1.0, form=form).tolist() == [3.0] * 4


@FORMS
def test_rms_normalisation_does_not_centre(form):
    assert rms_normalisation([3.0, 3.0], [1.0, 2.0], EPSILON, form=form).tolist() == [1.0, 2.0]


@FORMS
def test_batch_normalisation_is_layer_normalisation_of_each_unit_over_the_batch(form):
    batch = np.stack([X, 3 * X + 7], axis=1)
    y = batch_normalisation(batch, np.ones(2), np.zeros(2), EPSILON, form=form)
    assert y.tolist() == np.stack([X, X], axis=1).tolist()


@FORMS
def test_instance_normalisation_is_group_normalisation_of_single_channels(form):
    x = np.stack([X, 2 * X + 1])
    instance = instance_normalisation(x, np.ones(2), np.zeros(2), EPSILON, form=form)
    group = group_normalisation(x[:, None], np.ones((2, 1)), np.zeros((2, 1)), EPSILON, form=form)
    assert instance.tolist() == group[:, 0].tolist()


@FORMS
def test_weight_normalisation_gives_each_unit_its_length(form):
    w = weight_normalisation([[3.0, 4.0]], [10.0], form=form)
    assert w.tolist() == [[6.0, 8.0]]


@FORMS
def test_the_gradient_of_a_direction_is_orthogonal_to_it(form):
    gradient = weight_normalisation.pullback([[1.0, 2.0]], [[3.0, 4.0]], [10.0], form=form)
    # numbers of size 10: a few roundings of 1.1e-16 each
    assert gradient["v"][0] @ [3.0, 4.0] == pytest.approx(0.0, abs=1e-14)
    assert gradient["g"] == pytest.approx(11 / 5, rel=1e-15)


@FORMS
def test_an_elman_network_remembers_through_its_recurrent_weights_alone(form):
    """With x = 0 and u = 1 the state is tanh of tanh of h_0."""
    h = elman(np.zeros((2, 1)), [[1.0]], [[1.0]], [0.0], [0.5], form=form)
    assert h[:, 0] == pytest.approx([math.tanh(0.5), math.tanh(math.tanh(0.5))], rel=1e-15)


@FORMS
def test_a_cotangent_of_the_last_state_reaches_the_first_input(form):
    """d h_2 / d x_1 = tanh'(z_2) u tanh'(z_1) w, and all slopes are 1 at zero."""
    inputs = (np.zeros((2, 1)), [[3.0]], [[5.0]], [0.0], [0.0])
    gradients = elman.pullback([[0.0], [1.0]], *inputs, form=form)
    assert gradients["x"].tolist() == [[15.0], [3.0]]


@FORMS
def test_an_lstm_with_closed_input_and_open_forget_gates_keeps_its_cell(form):
    b = np.array([[-800.0], [800.0], [0.0], [0.0]])[:, :1]
    weights = np.zeros((4, 1, 1))
    with np.errstate(over="ignore"):  # the textbook sigmoid takes e^800 on its way to 0
        h = lstm()(np.zeros((3, 1)), weights, weights, b, [0.0], [2.0], form=form)
    # the output gate is half open; the cell stays at 2
    assert h[:, 0] == pytest.approx([math.tanh(2.0) / 2] * 3, rel=1e-15)


@FORMS
def test_peepholes_of_zero_are_none(form):
    rng = np.random.default_rng(0)
    plain, peeping = lstm(), lstm(peepholes=True)
    inputs = plain.sample(rng).inputs
    with_zero = {**inputs, "p": np.zeros((3, len(inputs["h0"])))}
    values = (
        peeping(*(with_zero[s] for s in peeping.inputs), form=form),
        plain(*inputs.values(), form=form),
    )
    assert values[0].tolist() == values[1].tolist()


@FORMS
def test_a_gru_whose_update_gate_is_shut_keeps_its_state(form):
    b = np.array([[0.0], [800.0], [0.0]])
    weights = np.zeros((3, 1, 1))
    h = gru(np.zeros((3, 1)), weights, weights, b, [5.0], [0.25], form=form)
    assert h.tolist() == [[0.25]] * 3


@FORMS
def test_attention_to_equal_keys_is_the_mean_of_their_values(form):
    attention = scaled_dot_product_attention()
    y = attention([[7.0]], [[1.0], [1.0]], [[2.0], [4.0]], form=form)
    assert y.tolist() == [[3.0]]


@FORMS
def test_a_query_that_may_look_nowhere_gets_zero_and_sends_nothing_back(form):
    attention, q, k, v = scaled_dot_product_attention(masked=True), [[7.0]], [[1.0]], [[2.0]]
    gradients = attention.pullback([[1.0]], q, k, v, [[0.0]], form=form)
    assert attention(q, k, v, [[0.0]], form=form).tolist() == [[0.0]]
    assert [g.item() for g in gradients.values()] == [0.0, 0.0, 0.0]


@FORMS
def test_a_masked_key_does_not_matter_however_large_its_score(form):
    attention = scaled_dot_product_attention(masked=True)
    y = attention([[1.0]], [[700.0], [0.0]], [[5.0], [3.0]], [[0.0, 1.0]], form=form)
    assert y.tolist() == [[3.0]]


def test_scores_of_a_thousand_do_not_overflow_the_matrix_form():
    y = scaled_dot_product_attention()([[1.0]], [[1000.0], [0.0]], [[5.0], [3.0]])
    assert y.tolist() == [[5.0]]


@FORMS
def test_causal_attention_sends_nothing_back_from_earlier_positions(form):
    net = multi_head_attention(causal=True)
    inputs = net.sample(np.random.default_rng(0)).inputs
    cotangent = np.zeros((len(inputs["x"]), len(inputs["w_o"])))
    cotangent[0] = 1.0  # the first position alone matters
    gradients = net.pullback(cotangent, *(inputs[s] for s in net.inputs), form=form)
    assert gradients["x"][1:].tolist() == np.zeros_like(inputs["x"][1:]).tolist()


def test_attention_cannot_be_causal_and_masked():
    with pytest.raises(ValueError, match="causal=True, masked=True: give the mask that is causal"):
        scaled_dot_product_attention(causal=True, masked=True)


def test_a_mask_of_fractions_is_refused_by_its_entry():
    with pytest.raises(PointError, match=r"m\[0, 0\] = 0.5 is neither 0 nor 1"):
        scaled_dot_product_attention(masked=True)([[1.0]], [[1.0]], [[1.0]], [[0.5]])


@FORMS
def test_a_rotation_keeps_lengths(form):
    x = np.array([[[3.0, 4.0], [6.0, 8.0]]] * 3)
    turned = rotary_position_encoding(x, 10.0, form=form)
    assert np.hypot(turned[..., 0], turned[..., 1]) == pytest.approx(
        np.array([[5.0, 10.0]] * 3), rel=1e-15
    )


@FORMS
def test_scores_of_turned_pairs_depend_on_the_distance_alone(form):
    x = np.array([[[3.0, 4.0]]] * 4)
    turned = rotary_position_encoding(x, 10.0, form=form)[:, 0]
    scores = turned @ turned.T
    # products of size 25 after angles of at most 3: a few roundings
    assert np.diag(scores, 1) == pytest.approx(25 * math.cos(1), rel=1e-14)


@FORMS
def test_the_first_position_is_marked_by_zeros_and_ones(form):
    y = sinusoidal_position_encoding(np.zeros((1, 5)), 10000.0, form=form)
    assert y.tolist() == [[0.0, 1.0, 0.0, 1.0, 0.0]]
