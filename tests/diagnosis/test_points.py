"""True gradients of something else: at another point, for another cotangent, of another input."""

from __future__ import annotations

import numpy as np

from tests.diagnosis.causes import cause, numbers

X, W, B = numbers(4, 3), numbers(3, 3, seed=1), numbers(3, seed=2)


def affine(x, w, b):
    return x @ w + b


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def softmax(x):
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def correlation(x, w):
    return np.array([(x[n : n + len(w)] * w).sum() for n in range(len(x) - len(w) + 1)])


def correlation_backward(d, x, w):
    dx, dw = np.zeros_like(x), np.zeros_like(w)
    for n in range(len(d)):
        dx[n : n + len(w)] += d[n] * w[::-1]
        dw += d[n] * x[n : n + len(w)]
    return dx, dw[::-1]


def test_derivative_at_the_output_is_named():
    for h, slope in (
        (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
        (sigmoid, lambda z: sigmoid(z) * (1 - sigmoid(z))),
    ):
        text = cause(lambda x, h=h: h(x), lambda d, x, h=h, s=slope: d * s(h(x)), [X])
        assert "are those of the true gradient at x = y, the output" in text


def test_formula_of_the_output_that_is_handed_the_input_is_named():
    for h, slope in ((np.tanh, lambda a: 1 - a**2), (sigmoid, lambda a: a * (1 - a))):
        text = cause(lambda x, h=h: h(x), lambda d, x, s=slope: d * s(x), [X])
        assert "with the output y in the place of x this code gives the true gradient" in text


def test_transposed_weights_are_named():
    def backward(d, x, w, b):
        return d @ w, x.T @ d, d.sum(axis=0)

    text = cause(affine, backward, [X, W, B])
    assert text.startswith("all 12 entries are those of the true gradient with w transposed")


def test_transposed_gradient_is_named():
    def backward(d, x, w, b):
        return d @ w.T, d.T @ x, d.sum(axis=0)

    text = cause(affine, backward, [X, W, B], "delta_w")
    assert text == "all 9 entries are those of the true gradient transposed"


def test_kernel_and_its_gradient_that_are_reversed_are_named():
    inputs = [numbers(7), numbers(3, seed=5)]
    assert "with w reversed along axis 0" in cause(correlation, correlation_backward, inputs)
    text = cause(correlation, correlation_backward, inputs, "delta_w")
    assert text == "all 3 entries are those of the true gradient reversed along axis 0"


def test_index_that_is_off_by_one_is_named():
    def backward(d, x, w, b):
        return d @ w.T, np.roll(x.T @ d, 1, axis=0), d.sum(axis=0)

    text = cause(affine, backward, [X, W, B], "delta_w")
    assert text == "all 9 entries are those of the true gradient shifted by 1 along axis 0"


def test_entries_in_each_others_places_are_stated():
    order = [2, 0, 3, 1, 4]
    text = cause(lambda x: x**2, lambda d, x: (2 * d * x)[order], [numbers(5)])
    assert text == (
        "all 5 entries have the values of the true gradient, but 4 of them stand in each other's "
        "places: is an index mixed up?"
    )


def test_exchanged_gradients_are_named_on_both_sides():
    inputs = [numbers(2, 3), numbers(2, 3, seed=1)]
    text = cause(lambda x, y: x * y, lambda d, x, y: (d * x, d * y), inputs)
    assert text.endswith("are the gradients of x and y exchanged?")


def test_gradients_that_share_an_array_are_named():
    inputs = [numbers(2, 3), numbers(2, 3, seed=1)]

    def backward(d, x, y):
        shared = np.zeros_like(x)
        shared += d * y
        shared += d * x
        return shared, shared

    text = cause(lambda x, y: x * y, backward, inputs)
    assert text.endswith("do both share one array?")


def test_maximum_taken_for_a_minimum_is_named():
    def backward(d, x):
        return d[:, None] * (x == x.min(axis=1, keepdims=True))

    text = cause(lambda x: x.max(axis=1), backward, [X])
    assert "of the true gradient at -x" in text


def test_cotangent_that_is_left_out_is_named():
    for h, slope in (
        (lambda x: (x**2).sum() / 2, lambda x: x),
        (np.tanh, lambda x: 1 - np.tanh(x) ** 2),
    ):
        text = cause(lambda x, h=h: h(x), lambda d, x, s=slope: s(x), [X])
        assert text == (
            "the gradient of x stays the same, bit for bit, whatever the cotangent is, and it is "
            "the true one for a cotangent of ones: is the cotangent left out?"
        )


def test_derivative_of_an_activation_inside_a_layer_is_named():
    def layer(x, w):
        return np.tanh(x @ w)

    def backward(d, x, w):
        return d @ w.T, x.T @ d

    question = "is the factor (1 − y²) left out?"
    for quantity in ("delta_x", "delta_w"):
        assert cause(layer, backward, [X, W], quantity).endswith(question)


def test_mask_of_a_rectifier_inside_a_layer_is_named():
    def layer(x, w):
        return np.maximum(x @ w, 0)

    def backward(d, x, w):
        return d @ w.T, x.T @ d

    text = cause(layer, backward, [X, W], "delta_w")
    assert text.endswith("is the factor [y > 0] left out?")


def test_derivative_of_a_saturated_activation_is_named():
    """Where 1 - y² has lost ten digits, what is predicted from it is known that much less."""
    inputs = [np.array([[2.0, -3.0], [5.0, 1.0]]), np.array([[1.5, -0.5], [0.25, 2.0]])]

    def backward(d, x, w):
        return d * (1 - np.tanh(x @ w) ** 2) @ w.T, x.T @ d

    text = cause(lambda x, w: np.tanh(x @ w), backward, inputs, "delta_w")
    assert text.endswith("is the factor (1 − y²) left out?")


def test_sum_over_the_batch_that_takes_the_first_row_is_named():
    def backward(d, x, w, b):
        return d @ w.T, x.T @ d, d[0]

    text = cause(affine, backward, [X, W, B], "delta_b")
    assert "for the cotangent's first slice along axis 0 alone" in text


def test_loop_that_keeps_the_last_step_is_named():
    def backward(d, x, w, b):
        for n in range(len(x)):
            dw = np.outer(x[n], d[n])
        return d @ w.T, dw, d.sum(axis=0)

    text = cause(affine, backward, [X, W, B], "delta_w")
    assert "for the cotangent's last slice along axis 0 alone" in text


def test_diagonal_of_a_jacobian_is_named():
    text = cause(softmax, lambda d, x: d * softmax(x) * (1 - softmax(x)), [X])
    assert text.startswith("all 12 entries take only y at their own index into account")


def test_jacobian_that_is_not_transposed_is_named():
    text = cause(lambda x: np.cumsum(x, axis=1), lambda d, x: np.cumsum(d, axis=1), [X])
    assert text.startswith("all 12 entries are those of J times the cotangent")


def test_right_numbers_of_a_symmetric_matrix_are_not_called_transposed():
    """With symmetric weights a transpose is no mistake: the cause is another one."""
    symmetric = W + W.T

    def backward(d, x, w, b):
        return 2 * d @ w, x.T @ d, d.sum(axis=0)

    text = cause(affine, backward, [X, symmetric, B])
    assert text.startswith("all 12 entries are 2.000000 × the true gradient")
