"""Gradients of the wrong shape: what is missing, or one too many."""

from __future__ import annotations

from tests.diagnosis.causes import cause, numbers

X, W, B = numbers(4, 3), numbers(3, 2, seed=1), numbers(2, seed=2)


def affine(x, w, b):
    return x @ w + b


def test_missing_sum_over_the_batch_is_named():
    text = cause(affine, lambda d, x, w, b: (d @ w.T, x.T @ d, d), [X, W, B], "delta_b")
    assert text == (
        "summed over axis 0, it is the true gradient: is the sum over a broadcast axis missing?"
    )


def test_missing_sum_over_an_image_is_named():
    def shifted(x, b):
        return x + b[:, None, None]

    text = cause(
        shifted, lambda d, x, b: (d, d.sum(axis=0)), [numbers(2, 3, 3, 3), numbers(3)], "delta_b"
    )
    assert text.startswith("summed over axes 1 and 2, it is the true gradient")


def test_missing_transpose_is_named():
    text = cause(affine, lambda d, x, w, b: (d @ w.T, d.T @ x, d.sum(axis=0)), [X, W, B], "delta_w")
    assert text == "transposed, it is the true gradient: is a transpose missing?"


def test_flat_gradient_is_named():
    text = cause(lambda x: x**2, lambda d, x: (2 * d * x).ravel(), [X])
    assert text == "reshaped, it is the true gradient: is a reshape missing?"


def test_sum_too_many_is_named():
    text = cause(lambda x: x**2, lambda d, x: (2 * d * x).sum(axis=0), [X])
    assert text.startswith("it is the sum of the true gradient over axis 0")


def test_missing_gradient_is_named():
    text = cause(affine, lambda d, x, w, b: (d @ w.T, x.T @ d, None), [X, W, B], "delta_b")
    assert text.startswith("the code gives no gradient of b")


def test_wrong_numbers_of_a_wrong_shape_have_no_cause():
    text = cause(affine, lambda d, x, w, b: (d @ w.T, x.T @ d, d**3), [X, W, B], "delta_b")
    assert text == ""
