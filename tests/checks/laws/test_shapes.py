"""Gradients have the shapes of their inputs."""

import numpy as np
import pytest

from gradcheck.checks.laws.shapes import mended
from tests.checks.laws.trials import B, W, X, affine, affine_backward, held_to


def shapes(backward):
    return held_to("shapes", affine, backward, [X, W, B])


def test_right_shapes_agree():
    assert [f.verdict for f in shapes(affine_backward)] == ["agree"]


def test_missing_sum_over_the_batch_is_named():
    found = shapes(lambda dout, x, w, b: (dout @ w.T, x.T @ dout, dout))
    assert [f.quantity for f in found] == ["delta_b"]
    assert found[0].note == "delta_b has shape (2, 2), b has (2,): sum over axis 0"


def test_transposed_gradient_is_named():
    found = shapes(lambda dout, x, w, b: (dout @ w.T, dout.T @ x, dout.sum(axis=0)))
    assert found[0].note == "delta_w has shape (2, 3), w has (3, 2): transpose it"


def test_missing_gradient_is_named():
    found = shapes(lambda dout, x, w, b: (dout @ w.T, None, dout.sum(axis=0)))
    assert found[0].note == "backward returns no gradient of w"


def test_complex_gradient_is_named():
    found = held_to("shapes", np.tanh, lambda dout, x: dout * (1 + 1j * x), [X])
    assert "delta_x0 is complex" in found[0].note or "is complex" in found[0].note


def test_gradients_as_lists_agree():
    def backward(dout, x, w, b):
        return [gradient.tolist() for gradient in affine_backward(dout, x, w, b)]

    assert [f.verdict for f in shapes(backward)] == ["agree"]


@pytest.mark.parametrize(
    ("found", "wanted", "cure"),
    [
        ((5, 4), (4,), "sum over axis 0"),
        ((6, 5, 4), (4,), "sum over axes (0, 1)"),
        ((5, 4), (5, 1), "sum over axis 1, keepdims=True"),
        ((6, 5, 4), (5, 1), "sum over axes (0, 2), then reshape"),
        ((4, 1), (4,), "reshape it to (4,)"),
        ((), (4,), "broadcast it to (4,)"),
        ((3,), (4,), "every entry of an input has one gradient"),
    ],
)
def test_cures(found, wanted, cure):
    assert mended(found, wanted) == cure
