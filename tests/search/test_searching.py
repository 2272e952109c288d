"""The search finds what the given inputs do not show, and knows where to stop."""

import time

import numpy as np
import pytest

from gradcheck import layer
from gradcheck.checks.budget import Budget
from gradcheck.checks.finding import Verdict
from gradcheck.search import found

SHORT = 2.0
"""Seconds, enough for some candidates of each kind, where what is not reached changes nothing."""

SAMPLE = np.array([[0.31, -1.72, 0.44], [-2.24, 0.93, 1.05]])


def searched(forward, backward, *inputs, **options):
    return list(found(layer(forward, backward, list(inputs)), **options))


def test_a_right_layer_is_told_how_much_was_looked_at():
    (finding,) = searched(np.square, lambda dout, x: 2 * x * dout, SAMPLE)
    assert finding.verdict is Verdict.AGREE
    assert "inputs of 11 kinds" in finding.note


def test_a_mistake_at_zero_is_found_and_shown_at_zero():
    (finding,) = searched(np.abs, lambda dout, x: dout * x / np.abs(x), SAMPLE)
    assert (finding.verdict, finding.check) == (Verdict.DISAGREE, "search")
    assert finding.smallest.startswith("x = np.array([[0.0]])\ndelta_x[0, 0] = nan in backward")


def test_a_mistake_at_the_given_inputs_is_not_told_again():
    assert searched(np.square, lambda dout, x: x * dout, SAMPLE, budget=Budget(SHORT)) == []


def test_the_other_gradients_are_still_searched():
    def product(x, w):
        return np.abs(x) * w

    def backward(dout, x, w):
        return 2 * dout * w * np.sign(x), dout * x * np.sign(x)

    (finding,) = searched(product, backward, SAMPLE, SAMPLE.T.reshape(2, 3), budget=Budget(SHORT))
    assert (finding.quantity, finding.verdict) == ("delta_w", Verdict.AGREE)


def test_where_forward_raises_is_outside_the_domain():
    def forward(x):
        if (x == 0).any():
            raise ValueError("no zeros")
        return np.abs(x)

    (finding,) = searched(
        forward, lambda dout, x: dout * x / np.abs(x), SAMPLE, budget=Budget(SHORT)
    )
    assert finding.verdict is Verdict.AGREE
    assert "outside the domain" in finding.note


def test_where_forward_is_not_finite_is_outside_the_domain():
    (finding,) = searched(np.log, lambda dout, x: dout / x, np.abs(SAMPLE), budget=Budget(SHORT))
    assert finding.verdict is Verdict.AGREE
    assert "outside the domain" in finding.note


def test_a_backward_that_raises_where_forward_does_not_is_a_mistake():
    def backward(dout, x):
        if (x == 0).any():
            raise ZeroDivisionError("an input is zero")
        return dout * 2 * x

    (finding,) = searched(np.square, backward, SAMPLE)
    assert finding.verdict is Verdict.DISAGREE
    assert "backward raised ZeroDivisionError" in finding.note


def test_a_scale_of_one_hides_nothing_from_the_search():
    def forward(x, scale):
        return x * scale

    (finding, other) = searched(
        forward, lambda dout, x, scale: (dout, (dout * x).sum(axis=0)), SAMPLE, np.ones(3)
    )
    assert (finding.quantity, finding.verdict) == ("delta_x", Verdict.DISAGREE)
    assert (other.quantity, other.verdict) == ("delta_scale", Verdict.AGREE)


def test_a_batch_of_one_is_tried_where_a_batch_is_declared():
    def backward(dout, x):
        return np.squeeze(2 * x * dout)

    given = layer(np.square, backward, [SAMPLE], batch=["x"])
    (finding,) = found(given)
    assert finding.verdict is Verdict.DISAGREE
    assert "x has (1, " in finding.smallest


def test_sizes_of_one_are_not_tried_where_nothing_is_declared():
    (finding,) = searched(
        np.square, lambda dout, x: np.squeeze(2 * x * dout), SAMPLE, budget=Budget(SHORT)
    )
    assert finding.verdict is Verdict.AGREE


def test_a_mistake_that_needs_equal_extents_is_found_with_a_signature():
    def backward(dout, a, b):
        da, db = dout @ b.T, a.T @ dout
        return (da.T if a.shape[0] == a.shape[1] else da), db

    inputs = [SAMPLE, np.cos(np.arange(12.0)).reshape(3, 4)]
    given = layer(np.matmul, backward, inputs, names=["a", "b"], signature="(n,i),(i,k)->(n,k)")
    wrong = [finding for finding in found(given) if finding.verdict is Verdict.DISAGREE]
    assert [finding.quantity for finding in wrong] == ["delta_a"]


def test_the_same_seed_finds_the_same():
    def look(seed):
        return searched(np.abs, lambda dout, x: dout * x / np.abs(x), SAMPLE, seed=seed)

    assert repr(look(3)) == repr(look(3))


def test_a_search_without_time_is_inconclusive():
    (finding,) = searched(np.square, lambda dout, x: x * dout, SAMPLE, budget=Budget(0.0))
    assert finding.verdict is Verdict.INCONCLUSIVE


@pytest.mark.skipif(not hasattr(time, "clock_gettime"), reason="hangs end by an alarm of POSIX")
def test_code_that_hangs_at_new_values_does_not_hang_the_search():
    def forward(x):
        while (x == 0).any():
            time.sleep(0.01)
        return x**2

    (finding,) = searched(forward, lambda dout, x: 2 * x * dout, SAMPLE, budget=Budget(3.0))
    assert finding.verdict is Verdict.AGREE


def test_the_given_arrays_stay_as_they_are():
    x = SAMPLE.copy()
    searched(np.square, lambda dout, x: 2 * x * dout, x, budget=Budget(SHORT))
    assert x.tobytes() == SAMPLE.tobytes()
