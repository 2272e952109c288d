"""Code that comes without inputs: what is tried on it, and what is not taken for an answer."""

from __future__ import annotations

import numpy as np
import pytest

from gradcheck.adapters.examples import (
    Arguments,
    Drawn,
    NoExampleError,
    ShapesError,
    described,
    example_of,
    examples_of,
)


def affine_forward(x, w, b):
    return x @ w + b, (x, w)


def affine_backward(dout, cache):
    x, w = cache
    return dout @ w.T, x.T @ dout, dout.sum(axis=0)


def cross_entropy_forward(logits, labels):
    shifted = logits - logits.max(axis=1, keepdims=True)
    p = np.exp(shifted) / np.exp(shifted).sum(axis=1, keepdims=True)
    return -np.log(p[np.arange(len(labels)), labels]).sum(), (p, labels)


def cross_entropy_backward(dout, cache):
    p, labels = cache
    return dout * (p - np.eye(p.shape[1])[labels]), None


class Dense:
    """A layer as strangers write it, with weights of the global generator."""

    def __init__(self, inputs, outputs, bias=True):  # noqa: FBT002
        self.W = np.random.standard_normal((inputs, outputs))  # noqa: NPY002
        self.b = np.ones(outputs) if bias else np.zeros(outputs)

    def forward(self, x):
        """Return x W + b."""
        self.x = x
        return x @ self.W + self.b

    def backward(self, grad):
        """Return the gradient of x, and keep those of W and b."""
        self.dW, self.db = self.x.T @ grad, grad.sum(axis=0)
        return grad @ self.W.T


def test_shapes_are_found_at_which_all_gradients_fit():
    found = example_of(affine_forward, affine_backward)
    assert described(found) == "x of shape (5, 3), w of shape (3, 4), b of shape (4,)"


def test_labels_are_integers_one_for_each_row():
    found = example_of(cross_entropy_forward, cross_entropy_backward)
    assert described(found) == "logits of shape (5, 3), labels integers of shape (5,)"
    assert found.held == ("labels",)


def test_a_class_is_instantiated_with_different_sizes():
    found = example_of(Dense)
    assert (found.name, described(found)) == ("Dense(3, 4)", "x of shape (5, 3)")


def test_what_is_said_about_a_class_is_taken():
    found = example_of(Dense, arguments=Arguments((7, 2), {"bias": False}))
    assert (found.name, described(found)) == ("Dense(7, 2, bias=False)", "x of shape (5, 7)")


def test_what_is_said_about_inputs_is_taken_and_the_rest_is_guessed():
    found = example_of(affine_forward, affine_backward, shapes={"w": Drawn((4, 3))})
    assert found.values["w"].shape == (4, 3)
    assert found.values["x"].shape[1] == 4


def test_the_weights_of_a_class_are_the_same_every_time():
    first, second = example_of(Dense), example_of(Dense)
    np.testing.assert_array_equal(first.values["W"], second.values["W"])


def test_the_generators_of_the_user_are_not_touched():
    before = np.random.get_state()[1].copy()  # noqa: NPY002 - the one that strangers use
    example_of(Dense)
    np.testing.assert_array_equal(np.random.get_state()[1], before)  # noqa: NPY002


def test_an_object_is_tried_on_the_sizes_that_it_has():
    assert described(example_of(Dense(11, 6))) == "x of shape (5, 11)"


def test_values_are_looked_for_at_which_the_output_is_finite():
    found = example_of(np.log, lambda dout, x: dout / x)
    assert np.isfinite(found.output).all()


def test_a_derivative_entry_by_entry_is_understood():
    found = example_of(np.tanh, lambda x: 1 - np.tanh(x) ** 2)
    assert described(found) == "x of shape (3,)"


def test_columns_are_tried_beside_rows():
    class Columns(Dense):
        def __init__(self, inputs, outputs):
            self.W, self.b = np.ones((outputs, inputs)), np.ones((outputs, 1))

        def forward(self, x):
            self.x = x
            return self.W @ x + self.b

        def backward(self, grad):
            self.dW, self.db = grad @ self.x.T, grad.sum(axis=1, keepdims=True)
            return self.W.T @ grad

    assert described(example_of(Columns)) == "x of shape (3, 5)"


def test_reals_are_no_targets_where_there_is_no_gradient_for_them():
    """p - t is the gradient only for targets that add up to one."""

    class SoftmaxLoss:
        def forward(self, x, y):
            self.y, self.p = y, np.exp(x) / np.exp(x).sum(axis=1, keepdims=True)
            return -(y * np.log(self.p)).sum()

        def backward(self):
            return self.p - self.y

    found = example_of(SoftmaxLoss)
    assert (found.values["y"].sum(axis=1) == 1).all()
    assert found.values["y"].dtype.kind == "i"


def test_a_gradient_of_a_wrong_shape_is_no_verdict_on_a_guess():
    def no_sum(dout, cache):
        return *affine_backward(dout, cache)[:2], dout

    with pytest.raises(NoExampleError, match="confirm it with --shapes 'x=5,3 w=3,4 b=4'"):
        example_of(affine_forward, no_sum)


def test_a_gradient_of_a_wrong_shape_is_taken_where_the_shapes_are_said():
    def no_sum(dout, cache):
        return *affine_backward(dout, cache)[:2], dout

    shapes = {"x": Drawn((5, 3)), "w": Drawn((3, 4)), "b": Drawn((4,))}
    assert example_of(affine_forward, no_sum, shapes=shapes).values["b"].shape == (4,)


def test_the_nearest_attempt_is_told_with_the_cure():
    def picky(x):
        raise ValueError("x must have 17 columns")

    message = "forward raised ValueError .* 17 columns; say what it takes with --shapes 'x=5,3'"
    with pytest.raises(NoExampleError, match=message):
        example_of(picky, lambda dout, x: dout)


def test_a_class_that_cannot_be_made_is_told_with_the_cure():
    class Needy:
        def __init__(self, config):
            self.rate = config["rate"]

    with pytest.raises(NoExampleError, match=r"TypeError.*and how to make it with --args '3, 4'"):
        example_of(Needy)


def test_an_unknown_input_is_refused_with_those_there_are():
    with pytest.raises(ShapesError, match="shapes of y: its inputs are x, w, b"):
        example_of(affine_forward, affine_backward, shapes={"y": Drawn((5,))})


@pytest.mark.parametrize("end", [MemoryError, RecursionError])
def test_what_no_inputs_would_cure_is_raised(end):
    def forward(x):
        raise end

    with pytest.raises(end):
        example_of(forward, lambda dout, x: dout)


def test_other_examples_follow_the_likeliest_one():
    examples = examples_of(np.tanh, lambda dout, x: dout * (1 - np.tanh(x) ** 2))
    assert [next(examples).values["x"].shape for _ in range(3)] == [(5, 3), (5, 4), (3,)]
