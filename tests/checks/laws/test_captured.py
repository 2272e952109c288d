"""Arrays that code holds beside its inputs are named."""

from functools import partial

import numpy as np

from tests.checks.laws.trials import (
    Dense,
    W,
    X,
    affine,
    affine_backward,
    held_to,
    tanh,
    tanh_backward,
)


def captured(*given):
    return {f.quantity: f.note for f in held_to("closures", *given)}


def test_functions_of_their_inputs_hold_nothing():
    assert captured(tanh, tanh_backward, [X]) == {"all gradients": ""}


def test_global_of_the_module_is_named():
    notes = captured(lambda x: x @ W, lambda dout, x: dout @ W.T, [X])
    assert notes == {"W": "the code holds W of shape (3, 2), no input: its gradient is unchecked"}


def test_array_in_a_closure_is_named():
    scale = np.array([1.0, 2.0, 3.0])
    assert set(captured(lambda x: x * scale, lambda dout, x: dout * scale, [X])) == {"scale"}


GAIN = np.full(3, 2.0)


def test_default_is_named():
    def forward(x, gain=GAIN):
        return x * gain

    assert set(captured(forward, lambda dout, x: 2 * dout, [X])) == {"gain"}


def test_array_in_a_partial_is_named():
    def forward(gain, x):
        return x * gain

    found = captured(partial(forward, np.full(3, 2.0)), lambda dout, x: 2 * dout, [X])
    assert len(found) == 1
    assert "of shape (3,)" in next(iter(found.values()))


def test_object_behind_functions_is_named():
    layer = Dense()
    found = captured(lambda x: layer.forward(x), lambda dout, x: dout @ layer.W.T, [X])
    assert "layer.W" in found


def test_inputs_that_are_globals_as_well_are_not_named():
    b = np.ones(2)
    assert captured(affine, lambda d, x, w, c: affine_backward(d, x, w, b), [X, W, b]) == {
        "all gradients": ""
    }


def test_parameters_of_an_object_are_checked():
    assert captured(Dense(), [X]) == {"all gradients": ""}
