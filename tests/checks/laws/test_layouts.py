"""The layout of memory does not matter."""

import numpy as np
import pytest

from gradcheck.checks.laws.layouts import LAYOUTS
from tests.checks.laws.trials import (
    B,
    Dense,
    W,
    X,
    affine,
    affine_backward,
    disagreeing,
    held_to,
    tanh,
    tanh_backward,
)


def layouts(*given):
    return held_to("layouts", *given)


@pytest.mark.parametrize("make", LAYOUTS.values(), ids=LAYOUTS)
@pytest.mark.parametrize("shape", [(), (3,), (2, 3), (2, 3, 4), (0, 3)])
def test_layouts_hold_the_same_numbers(make, shape):
    x = np.random.default_rng(0).normal(size=shape)
    assert make(x).shape == shape
    assert np.array_equal(make(x), x)


@pytest.mark.parametrize(
    "given",
    [(affine, affine_backward, [X, W, B]), (tanh, tanh_backward, [X]), (Dense(), [X])],
    ids=["affine", "tanh", "Dense"],
)
def test_right_layers_do_not_care(given):
    assert [(f.verdict, f.note) for f in layouts(*given)] == [("agree", "")]


def test_products_of_large_matrices_agree_within_rounding():
    rng = np.random.default_rng(0)
    x, w, b = rng.normal(size=(64, 300)), rng.normal(size=(300, 50)), rng.normal(size=50)
    assert [f.verdict for f in layouts(affine, affine_backward, [x, w, b])] == ["agree"]


def test_computing_in_float32_inside_is_no_mistake():
    rng = np.random.default_rng(1)

    def forward(x):
        return (x.astype(np.float32) @ x.astype(np.float32).T).astype(float)

    def backward(dout, x):
        narrow = dout.astype(np.float32)
        return ((narrow + narrow.T) @ x.astype(np.float32)).astype(float)

    found = layouts(forward, backward, [rng.normal(size=(20, 300))])
    assert [f.verdict for f in found] == ["agree"]


def test_code_that_reads_memory_in_its_own_order_is_caught():
    def forward(x):
        return np.cumsum(x.ravel(order="K"))

    def backward(dout, x):
        return np.cumsum(dout[::-1])[::-1].reshape(x.shape)

    found = layouts(forward, backward, [X])
    assert disagreeing(found) == ["y"]
    assert "in Fortran order give something else" in found[0].note


def test_writing_into_a_reshaped_copy_is_caught():
    def forward(x):
        y = x.copy(order="K")
        flat = y.reshape(-1)
        flat[:] = np.tanh(flat)
        return y

    assert "y" in disagreeing(layouts(forward, tanh_backward, [X]))


def test_code_that_refuses_a_layout_is_caught():
    def forward(x):
        x.view().shape = (-1,)
        return np.tanh(x)

    found = layouts(forward, tanh_backward, [X])
    assert any("forward raises AttributeError" in f.note for f in found)


def test_refusing_read_only_inputs_is_only_named():
    def forward(x):
        if not x.flags.writeable:
            raise ValueError("buffer source array is read-only")
        return np.tanh(x)

    found = layouts(forward, tanh_backward, [X])
    assert [f.verdict for f in found] == ["agree"]
    assert "buffer source array is read-only" in found[0].note


def test_single_numbers_have_no_layout():
    assert layouts(np.sin, lambda dout, x: dout * np.cos(x), [0.5]) == []
