"""What rounding a float evaluation is entitled to, as it is measured."""

import numpy as np

from gradcheck.checks.rounding import rounding
from tests.checks.functions import evaluation_of


def bound(gradient, **inputs):
    """Return the bound on the rounding of δx for a function that plays no part in it."""
    return rounding(evaluation_of(lambda x: x, gradient, **inputs), "delta_x")


def test_the_bound_covers_the_rounding_of_a_sum():
    x = np.random.default_rng(0).normal(size=1000)
    found = bound(lambda delta_y, x: np.full(x.shape, np.cumsum(x)[-1]), x=x)
    exact = float(np.sum(x.astype(np.longdouble)))
    assert abs(np.cumsum(x)[-1] - exact) <= found.min()


def test_a_cancellation_is_entitled_to_its_amplified_rounding():
    """x - 1e8 at x = 1e8 + 1 has eight digits, because x itself has no more."""
    found = bound(lambda delta_y, x: x - 1e8, x=[1e8 + 1])
    assert 1e-8 < found.item() < 1e-6


def test_a_product_is_entitled_to_a_few_units_in_the_last_place():
    found = bound(lambda delta_y, x: delta_y * x, x=[3.0])
    assert np.spacing(3.0) <= found.item() <= 32 * np.spacing(3.0)


def test_a_constant_is_entitled_to_its_last_place_only():
    assert bound(lambda delta_y, x: np.ones(1), x=[3.0]).item() == np.spacing(1.0)


def test_entries_have_bounds_of_their_own():
    found = bound(lambda delta_y, x: x, x=[1.0, 1e8])
    assert found[1] > 1e7 * found[0]
