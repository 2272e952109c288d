"""The precision rises until comparisons and results are known, and is restored."""

from collections import namedtuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradcheck.arithmetic import (
    Ball,
    BallArray,
    Undecided,
    current_precision,
    in_balls,
    midpoint,
    precision,
    to_balls,
)

Pair = namedtuple("Pair", "w b")


def beside_a_kink(x):
    """Distinguish sqrt(x)^2 + 2^-300 from x, which takes more than 300 bits."""
    return np.maximum(np.sqrt(x) ** 2 + 2.0**-300, x) - x


def test_precision_rises_until_a_comparison_is_decided():
    assert in_balls(beside_a_kink, 2.0).arb.overlaps(Ball(2.0**-300).arb)


def test_tie_is_undecided_at_the_limit():
    with pytest.raises(Undecided, match=r"still at 400 bits: a tie or a kink"):
        in_balls(lambda x: np.sqrt(x) ** 2 > x, 2.0, limit=400)


def test_ties_of_exact_balls_take_the_first():
    index, value = in_balls(lambda x: (np.argmax(x), x.max()), np.array([1.0, 3.0, 3.0]))
    assert (index, value) == (1, 3)


def test_maximum_equals_itself_in_a_mask():
    def mask(x):
        e = np.exp(x)
        return e == e.max()

    assert in_balls(mask, np.array([1.0, 2.0])).tolist() == [False, True]


def test_result_is_as_accurate_as_asked():
    def cancels(x):
        return (x + 1e30 * np.exp(x)) - 1e30 * np.exp(x)

    assert in_balls(cancels, 1.0).arb.rel_accuracy_bits() < 190
    assert in_balls(cancels, 1.0, accurate_to=190).arb.rel_accuracy_bits() >= 190


def test_zero_beside_other_numbers_counts_as_accurate():
    result = in_balls(
        lambda x: np.sqrt(x) ** 2 - np.array([2.0, 1.0]), np.full(2, 2.0), accurate_to=180
    )
    assert result[0].arb.contains(0)


def test_accuracy_out_of_reach_is_undecided():
    with pytest.raises(Undecided, match="not known to 500 bits"):
        in_balls(np.exp, 1.0, accurate_to=500, limit=400)


def test_precision_is_restored_after_an_error():
    before = current_precision()
    with pytest.raises(KeyError), precision(777):
        raise KeyError
    assert current_precision() == before


def test_precision_of_one_bit_is_refused():
    with pytest.raises(ValueError, match=r"precision\(1\): .* at least 2 bits"), precision(1):
        pass


def test_structures_are_lifted_and_returned():
    def swap(pair, options):
        return {"b": pair.w, "w": [pair.b, options["rate"]], "n": options["n"]}

    result = in_balls(swap, Pair(np.ones(2), 0.5), {"rate": 0.1, "n": 3})
    assert isinstance(result["b"], BallArray)
    assert isinstance(result["w"][0], Ball)
    assert result["n"] == 3


def test_integers_and_masks_are_passed_as_they_are():
    kinds = in_balls(lambda i, m: (i.dtype.kind, m.dtype.kind), np.arange(3), np.ones(2, bool))
    assert kinds == ("i", "b")


def test_inputs_are_never_modified():
    def spoils(x):
        x[...] = 0.0
        return x

    floats, balls = np.ones(3), to_balls(np.ones(3))
    in_balls(spoils, floats)
    in_balls(spoils, balls)
    assert floats.tolist() == balls.tolist() == [1, 1, 1]


@pytest.mark.parametrize(
    "x",
    [np.broadcast_to(0.5, (2, 3)), np.ones((4, 4))[::2, ::-1], np.empty((0, 3)), np.array(0.5)],
    ids=["broadcast", "strided", "empty", "0-d"],
)
def test_awkward_arrays_are_lifted(x):
    x.flags.writeable = False
    result = in_balls(lambda x: x * 2 + np.zeros_like(x), x)
    assert np.shape(result) == x.shape


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=6))
def test_float_result_is_within_rounding_of_the_ball(values):
    def function(x):
        return np.tanh(x).sum() + x.mean()

    x = np.array(values)
    error = abs(midpoint(in_balls(function, x)) - function(x))
    assert error < 1e-14 * (len(x) + np.abs(x).max())
