"""Inputs of a batch do not influence each other, where that was declared."""

import numpy as np

from tests.checks.laws.trials import (
    B,
    W,
    X,
    affine,
    affine_backward,
    disagreeing,
    held_to,
    tanh,
    tanh_backward,
)

ROWS = np.random.default_rng(0).normal(size=(4, 3))


def rows_alone(*given, batch=("x",), **how):
    return held_to("batch", *given, batch=batch, **how)


def centred(x):
    return x - x.mean(axis=0)


def centred_backward(dout, x):
    return dout - dout.mean(axis=0)


def test_right_layer_agrees():
    found = rows_alone(affine, affine_backward, [ROWS, W, B])
    assert [(f.verdict, f.note) for f in found] == [("agree", "")]


def test_nothing_is_said_unless_declared():
    assert rows_alone(centred, centred_backward, [ROWS], batch=()) == []


def test_layer_that_mixes_inputs_is_caught():
    found = rows_alone(centred, centred_backward, [ROWS])
    assert disagreeing(found) == ["y", "delta_x"]
    assert "inputs of the batch influence each other" in found[0].note


def test_gradient_that_mixes_inputs_is_caught():
    def backward(dout, x):
        return dout.mean(axis=0) * (1 - np.tanh(x) ** 2)

    assert disagreeing(rows_alone(tanh, backward, [ROWS])) == ["delta_x"]


def test_state_that_leaks_from_row_to_row_is_caught():
    def forward(x):
        y, carried = np.empty_like(x), 0.0
        for n in range(len(x)):
            carried = x[n] + 0.5 * carried
            y[n] = carried
        return y

    assert "y" in disagreeing(rows_alone(forward, tanh_backward, [ROWS]))


def test_loss_has_no_rows_to_compare():
    found = rows_alone(lambda x: (x**2).sum(), lambda dout, x: 2 * dout * x, [ROWS])
    assert found[0].verdict == "agree"
    assert "rows were not compared" in found[0].note


def test_single_row_has_no_others():
    assert rows_alone(tanh, tanh_backward, [X[:1]]) == []
