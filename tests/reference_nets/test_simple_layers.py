"""Layers that only multiply, choose, arrange and add: values on paper and planted mistakes."""

from dataclasses import replace

import numpy as np
import pytest

from gradcheck.checks.finding import Verdict
from gradcheck.checks.witnesses import witnesses
from gradcheck.notation import Equation, PointError, chain, network
from reference_nets.activations import relu
from reference_nets.layers import (
    bilinear,
    concatenation,
    dense,
    dropout,
    embedding,
    flatten,
    residual_sum,
)
from reference_nets.losses import squared_error

BOTH = pytest.mark.parametrize("form", ["scalar", "matrix"])
ROWS = [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]


@BOTH
def test_bilinear_multiplies_every_pair_of_entries(form):
    w = [[[1.0, 10.0], [100.0, 1000.0]]]
    assert bilinear(w, [2.0, 3.0], [5.0, 7.0], [0.5], form=form) == 2 * 75 + 3 * 7500 + 0.5


@BOTH
def test_bilinear_with_one_input_fixed_is_a_dense_layer_in_the_other(form):
    w, x, y, b = np.arange(12.0).reshape(2, 3, 2), [1.0, 2.0, 3.0], [1.0, -1.0], [0.0, 1.0]
    assert bilinear(w, x, y, b, form=form).tolist() == dense(w @ np.array(y), x, b).tolist()


@BOTH
def test_embedding_looks_up_a_row_for_each_index(form):
    assert embedding()(ROWS, [2, 0], form=form).tolist() == [[5.0, 6.0], [1.0, 2.0]]


@BOTH
def test_a_repeated_index_collects_the_cotangents_of_all_its_places(form):
    delta_y = [[1.0, 2.0], [10.0, 20.0], [100.0, 200.0]]
    gradient = embedding().pullback(delta_y, ROWS, [1, 0, 1], form=form)["w"]
    assert gradient.tolist() == [[10.0, 20.0], [101.0, 202.0], [0.0, 0.0]]


@BOTH
def test_the_padding_index_has_the_zero_vector_and_no_gradient(form):
    padded = embedding(padding=1)
    assert padded(ROWS, [1, 2], form=form).tolist() == [[0.0, 0.0], [5.0, 6.0]]
    gradient = padded.pullback([[1.0, 2.0], [10.0, 20.0]], ROWS, [1, 2], form=form)["w"]
    assert gradient.tolist() == [[0.0, 0.0], [0.0, 0.0], [10.0, 20.0]]


def test_an_index_without_a_row_is_refused():
    with pytest.raises(PointError, match=r"x\[1\] = 3 is not in 0, ..., 2"):
        embedding()(ROWS, [0, 3])


def test_an_index_that_is_no_integer_is_refused():
    with pytest.raises(PointError, match="x has dtype float64, but counts or indices are integers"):
        embedding()(ROWS, [0.0, 1.0])


@BOTH
def test_dropout_scales_up_what_it_keeps(form):
    assert dropout([1.0, 2.0], [1.0, 0.0], 0.75, form=form).tolist() == [4.0, 0.0]


def test_dropout_keeps_the_mean_over_all_masks():
    x = np.array([1.0, -2.0])
    masks = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]
    assert np.mean([dropout(x, m, 0.5) for m in masks], axis=0).tolist() == x.tolist()


def test_a_mask_of_other_numbers_is_refused():
    with pytest.raises(PointError, match=r"m\[0\] = 0.5 is neither 0 nor 1"):
        dropout([1.0], [0.5], 0.5)


def test_a_probability_of_one_would_drop_everything_and_is_refused():
    with pytest.raises(PointError, match=r"p = 1.0 is not in \(0, 1\)"):
        dropout([1.0], [1.0], 1.0)


@BOTH
def test_flatten_runs_through_the_last_index_fastest(form):
    x = np.arange(24.0).reshape(2, 3, 4)
    assert flatten(x, form=form).tolist() == list(range(24))


@BOTH
def test_flatten_sends_every_entry_back_to_its_place(form):
    x = np.arange(24.0).reshape(2, 3, 4)
    assert (flatten.pullback(np.arange(24.0), x, form=form)["x"] == x).all()


@BOTH
def test_concatenation_splits_the_cotangent_where_it_joined(form):
    gradients = concatenation.pullback([1.0, 2.0, 3.0], [0.0], [0.0, 0.0], form=form)
    assert (gradients["a"].tolist(), gradients["b"].tolist()) == ([1.0], [2.0, 3.0])


def test_flatten_joins_an_image_to_a_dense_layer():
    net = chain("classifier", [flatten, dense, squared_error])
    point = net.sample(np.random.default_rng(0), {"c": 1, "h": 2, "w": 3, "k": 2})
    assert {f.verdict for f in witnesses(net, point)} == {Verdict.AGREE}


def test_in_a_network_both_ways_around_the_branch_add_up():
    """y = x + relu(x): the slope is 2 to the right of zero and 1 to the left."""
    block = network("block", [relu.at("f", z="x"), residual_sum.at("y", x="x", f="f")])
    assert block.pullback([1.0, 1.0], [3.0, -3.0])["x"].tolist() == [2.0, 1.0]


def spoilt(operation, symbol, body):
    """Return an operation in matrix form alone, one of its gradients replaced."""

    def in_matrix(eq, form):
        return Equation(eq.name, eq.parameters, {"matrix": form})

    return replace(
        operation,
        forward=in_matrix(operation.forward, operation.forward["matrix"]),
        gradients=[
            in_matrix(eq, body if eq.name == f"delta_{symbol}" else eq["matrix"])
            for eq in operation.gradients
        ],
    )


def assign_rows(delta_y, w, x):
    """Let the last of equal indices win, as fancy assignment does."""
    rows = np.zeros_like(w)
    rows[x] = delta_y
    return rows


@pytest.mark.parametrize(
    ("operation", "symbol", "body"),
    [
        (bilinear, "y", lambda delta_z, w, x: delta_z @ (x @ w) + delta_z.sum()),
        (embedding(), "w", assign_rows),
        (dropout, "x", lambda delta_y, m, p: m * delta_y),
        (flatten, "x", lambda delta_y, x: delta_y.reshape(x.shape[::-1]).T),
        (residual_sum, "f", lambda delta_y: -delta_y),
        (concatenation, "b", lambda delta_c, a, b: delta_c[: len(b)]),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_a_planted_mistake_is_caught(operation, symbol, body):
    wrong = spoilt(operation, symbol, body)
    point = wrong.sample(
        np.random.default_rng(0), wrong.draw_sizes(np.random.default_rng(0), distinct=True)
    )
    found = {f.quantity for f in witnesses(wrong, point) if f.verdict is Verdict.DISAGREE}
    assert found == {f"delta_{symbol}"}
