"""Gradients of functions of arrays, entry by entry."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from gradcheck.oracles import Estimate, Recused, central_differences, gradient

ORACLES = ("auto", "extended", "complex", "central")


def layer(x: Any) -> Any:
    """Return the sum of squares of a tanh layer with fixed weights, in the arithmetic of x."""
    w = np.random.default_rng(1).normal(size=(3, 4))
    return np.sum(np.tanh(x @ w) ** 2)


def layer_gradient(x: Any) -> Any:
    """Return its gradient, worked out by hand, in extended precision where there is any."""
    w = np.random.default_rng(1).normal(size=(3, 4)).astype(np.longdouble)
    a = np.tanh(x.astype(np.longdouble) @ w)
    return (2 * a * (1 - a * a)) @ w.T


def point(*shape: int) -> Any:
    """Draw a fixed random array."""
    return np.random.default_rng(2).normal(size=shape)


@pytest.mark.parametrize("oracle", ORACLES)
def test_every_entry_lies_within_its_error(oracle: str) -> None:
    x = point(5, 3)
    estimate = gradient(layer, x, oracle=oracle)
    assert (abs(estimate.value - layer_gradient(x)) <= estimate.error).all()
    assert estimate.error.max() < 1e-9


@pytest.mark.parametrize("shape", [(), (1,), (3,), (2, 3), (2, 1, 3), (0,), (2, 0)])
def test_estimate_has_the_shape_of_x(shape: tuple[int, ...]) -> None:
    estimate = gradient(lambda x: np.sum(x * x), point(*shape))
    assert estimate.value.shape == estimate.error.shape == estimate.kink.shape == shape


@pytest.mark.parametrize("oracle", ORACLES)
def test_entries_select_flat_indices_and_leave_the_rest_unknown(oracle: str) -> None:
    estimate = gradient(layer, point(2, 3), oracle=oracle, entries=[4])
    assert np.flatnonzero(np.isfinite(estimate.error)).tolist() == [4]
    assert np.isnan(estimate.value.flat[0])


def test_entries_equal_those_of_the_whole() -> None:
    x = point(2, 3)
    whole = gradient(layer, x, oracle="central")
    one = gradient(layer, x, oracle="central", entries=[3])
    assert one.value.flat[3] == whole.value.flat[3]


def test_gradient_equals_a_loop_over_single_derivatives() -> None:
    x = point(3)

    def one(i: int) -> Estimate:
        return central_differences(lambda t: layer(np.where(np.arange(3) == i, t, x)), x[i])

    loop = [one(i) for i in range(3)]
    estimate = gradient(layer, x, oracle="central")
    gaps = [abs(a.value - b) for a, b in zip(loop, estimate.value, strict=True)]
    assert all(gap <= a.error for gap, a in zip(gaps, loop, strict=True))


def test_column_major_and_strided_inputs_are_taken_entry_by_entry() -> None:
    x = point(6, 3)[::2].T
    estimate = gradient(lambda y: np.sum(y * np.arange(9.0).reshape(3, 3)), x)
    np.testing.assert_allclose(estimate.value, np.arange(9.0).reshape(3, 3), atol=1e-9)


def test_input_is_not_modified_even_by_a_function_that_modifies_its_own() -> None:
    def greedy(x: Any) -> Any:
        x *= 2
        return x.sum()

    x = point(3)
    before = x.copy()
    estimate = gradient(greedy, x)
    np.testing.assert_array_equal(x, before)
    assert (abs(estimate.value - 2) <= estimate.error).all()


def test_read_only_input_works() -> None:
    x = point(3)
    x.flags.writeable = False
    assert np.isfinite(gradient(np.sum, x).error).all()


def test_float32_input_is_differentiated_in_float64() -> None:
    assert gradient(np.sum, np.ones(3, np.float32), oracle="central").error.max() < 1e-10


def test_kink_in_one_entry_is_not_one_in_the_others() -> None:
    estimate = gradient(lambda x: np.maximum(x, 0).sum(), np.array([0.0, 1.0, -1.0]))
    assert estimate.kink.tolist() == [True, False, False]
    assert (estimate.left[0], estimate.right[0]) == pytest.approx((0, 1))
    np.testing.assert_allclose(estimate.value[1:], [1, 0], atol=1e-12)


def test_kink_in_one_entry_recuses_the_complex_step() -> None:
    with pytest.raises(Recused, match="kink"):
        gradient(lambda x: np.maximum(x, 0).sum(), np.array([0.0, 1.0]), oracle="complex")


def test_reasons_are_counted_and_placed() -> None:
    estimate = gradient(lambda x: float(abs(x).sum()), np.array([[1.0, 0.0, 0.0]]))
    assert "2 of 3 entries, first [0, 1]: kink: the slope is -1" in estimate.reason


def test_noise_is_measured_once_for_all_entries() -> None:
    calls = []
    gradient(lambda x: calls.append(0) or layer(x), point(20, 3), oracle="central")
    assert len(calls) / 60 < 16


def test_noise_of_the_function_shows_in_every_error() -> None:
    x = point(4)
    estimate = gradient(lambda y: np.sum(np.sin(y)) + 1e10, x)
    assert (abs(estimate.value - np.cos(x)) <= estimate.error).all()
    assert estimate.error.min() > 1e-6


def test_small_and_large_entries_side_by_side() -> None:
    x = np.array([1e8, 1e-8, 1.0])
    estimate = gradient(lambda y: np.sum(np.log(y)), x, oracle="central")
    assert (abs(estimate.value - 1 / x) <= estimate.error).all()


@pytest.mark.parametrize("oracle", ORACLES)
def test_same_call_gives_the_same_numbers(oracle: str) -> None:
    once, twice = (gradient(layer, point(2, 3), oracle=oracle) for _ in range(2))
    np.testing.assert_array_equal(once.error, twice.error)


def test_function_undefined_at_the_point_is_unknown_everywhere() -> None:
    estimate = gradient(lambda x: np.log(x).sum(), np.array([1.0, -1.0]))
    assert (estimate.error == np.inf).all()
    assert "outside its domain" in estimate.reason


def test_exception_names_the_point() -> None:
    def broken(x: Any) -> Any:
        raise KeyError("w")

    with pytest.raises(KeyError) as caught:
        gradient(broken, np.array([1.5, 2.0]))
    assert caught.value.__notes__ == ["raised by the function under test at x = [1.5 2. ]"]


@pytest.mark.parametrize("x", [np.arange(3), np.ones(2, bool), np.ones(2, complex)])
def test_input_must_be_floating_point(x: Any) -> None:
    with pytest.raises(TypeError, match=f"dtype is {x.dtype}: convert it"):
        gradient(np.sum, x)


def test_input_must_be_finite() -> None:
    with pytest.raises(ValueError, match=r"x\[1, 0\] = nan"):
        gradient(np.sum, np.array([[1.0], [np.nan]]))


def test_unknown_oracle_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match="'auto', 'extended', 'complex', 'central', but is 'best'"):
        gradient(np.sum, np.ones(2), oracle="best")


def test_entry_out_of_range_is_named() -> None:
    with pytest.raises(ValueError, match=r"0 \.\.\. 1, but contain 2"):
        gradient(np.sum, np.ones(2), entries=[0, 2])


def test_function_of_several_outputs_is_refused() -> None:
    with pytest.raises(ValueError, match="weight it with a cotangent"):
        gradient(lambda x: x * 2, np.ones(2))
