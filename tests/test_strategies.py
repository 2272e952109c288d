"""The public strategies draw what a stranger's property test needs."""

import numpy as np
from hypothesis import find, given, settings

import gradcheck
from gradcheck.strategies import inputs_near, values

STEADY = settings(derandomize=True, database=None, max_examples=500)
X = np.array([[0.31, -1.72, 0.44], [-2.24, 0.93, 1.05]])


def softmax(z):
    shifted = np.exp(z - z.max(axis=1, keepdims=True))
    return shifted / shifted.sum(axis=1, keepdims=True)


def softmax_backward(dout, z):
    a = softmax(z)
    return a * (dout - (dout * a).sum(axis=1, keepdims=True))


@given(inputs_near(X))
@settings(derandomize=True, max_examples=10, deadline=None)
def test_a_property_test_of_a_right_layer_passes(z):
    assert gradcheck.check(softmax, softmax_backward, [z], laws=False).verdict != "disagree"


def test_a_mistake_at_zero_shrinks_to_an_entry_of_zero():
    x = find(inputs_near(np.array([0.31, -1.72])), lambda x: not x.all(), settings=STEADY)
    assert sorted(x.tolist()) in ([-1.72, 0.0], [0.0, 0.31])


def test_the_simplest_draw_is_the_example():
    assert (find(inputs_near(X), lambda x: True, settings=STEADY) == X).all()


@given(inputs_near(np.eye(3)[[2, 0]]))
@settings(derandomize=True, max_examples=50)
def test_one_hot_rows_stay_one_hot(y):
    assert (np.sort(y, axis=1) == [0, 0, 1]).all()


@given(inputs_near(np.array([4, 1, 6])))
@settings(derandomize=True, max_examples=50)
def test_indices_stay_in_their_range(indices):
    assert 1 <= indices.min() <= indices.max() <= 6


@given(values(gradcheck.layer(np.log, lambda dout, x: dout / x, [np.abs(X)], names=["x"])))
@settings(derandomize=True, max_examples=30, deadline=None)
def test_values_of_a_layer_stay_in_its_domain(drawn):
    assert np.isfinite(np.log(drawn["x"])).all()
