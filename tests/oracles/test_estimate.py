"""The answer of an oracle, and its refusal."""

from __future__ import annotations

import numpy as np

from gradcheck.oracles import Estimate, Recused


def test_smooth_estimate_has_equal_slopes() -> None:
    estimate = Estimate.single(2.0, 1e-3, "central differences")
    assert estimate.left == estimate.right == estimate.value == 2
    assert estimate.side_error == estimate.error


def test_kink_has_no_finite_error_but_finite_slopes() -> None:
    estimate = Estimate.at_kink(-1.0, 3.0, 1e-6, "central differences", "kink")
    assert (estimate.value, estimate.error, estimate.side_error) == (1, np.inf, 1e-6)


def test_mean_of_huge_slopes_does_not_overflow() -> None:
    assert Estimate.at_kink(1e308, 1.5e308, 1.0, "o", "kink").value == 1.25e308


def test_unknown_is_nan_with_an_infinite_error() -> None:
    estimate = Estimate.unknown("o", "why")
    assert np.isnan(estimate.value)
    assert (estimate.error, estimate.reason) == (np.inf, "why")


def test_stacking_places_entries_by_flat_index() -> None:
    stacked = Estimate.stacked({1: Estimate.single(5.0, 0.1, "o")}, (2, 2))
    np.testing.assert_array_equal(stacked.value, [[np.nan, 5], [np.nan, np.nan]])
    np.testing.assert_array_equal(stacked.error, [[np.inf, 0.1], [np.inf, np.inf]])


def test_stacking_names_every_oracle_once() -> None:
    parts = {0: Estimate.single(1.0, 0.0, "a"), 1: Estimate.single(1.0, 0.0, "b")}
    parts[2] = parts[0]
    assert Estimate.stacked(parts, (3,)).oracle == "a, b"


def test_stacking_tells_each_kind_of_reason_once() -> None:
    parts = {i: Estimate.unknown("o", f"kink: number {i}") for i in range(3)}
    assert Estimate.stacked(parts, (3,)).reason == "3 of 3 entries, first [0]: kink: number 0"


def test_refusal_names_oracle_and_reason() -> None:
    assert str(Recused("complex step", "abs")) == "complex step does not apply: abs"
