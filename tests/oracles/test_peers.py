"""Independent differentiators agree where they are at their best."""

from __future__ import annotations

import jacobi
import numdifftools
import pytest

from gradcheck.oracles import central_differences
from tests.oracles.pairs import SMOOTH, Pair

# scipy.differentiate came with SciPy 1.15; the other peers are there with any.
try:
    from scipy.differentiate import derivative as scipy_derivative
except ModuleNotFoundError:
    scipy_derivative = None

# At 0.5 every function of the list is smooth over a length of 0.1 at least.
pairs = pytest.mark.parametrize("pair", SMOOTH, ids=lambda pair: pair.name)


@pytest.mark.skipif(scipy_derivative is None, reason="scipy.differentiate needs SciPy 1.15")
@pairs
def test_scipy_agrees(pair: Pair) -> None:
    peer = scipy_derivative(pair.g, 0.5, initial_step=0.1)
    ours = central_differences(pair.g, 0.5)
    assert abs(ours.value - peer.df) <= ours.error + 1e-7 * max(1, abs(peer.df))


@pairs
def test_numdifftools_agrees(pair: Pair) -> None:
    peer = float(numdifftools.Derivative(pair.g)(0.5))
    ours = central_differences(pair.g, 0.5)
    assert abs(ours.value - peer) <= ours.error + 1e-7 * max(1, abs(peer))


@pairs
def test_jacobi_agrees(pair: Pair) -> None:
    value, error = jacobi.jacobi(pair.g, 0.5)
    ours = central_differences(pair.g, 0.5)
    assert abs(ours.value - value) <= ours.error + 10 * error + 1e-7 * max(1, abs(value))


def test_the_trap_that_numdifftools_falls_into() -> None:
    """0.5 ± 0.008 for relu'(-0.001), which is 0."""
    ours = central_differences(lambda x: max(x, 0.0), -0.001)
    assert abs(ours.value) <= ours.error < 1e-9
