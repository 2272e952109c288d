"""Richardson's tableau: its order, its exactness, its two errors."""

from __future__ import annotations

import mpmath as mp
import pytest

from gradcheck.oracles.richardson import Extrapolation, Tableau, best_of_row

ROUNDING_OF_A_DOUBLE = 2.0**-53


def exp_rows(first: float, levels: int) -> list[list[Extrapolation]]:
    """Rows for exp at 0 from differences of 60 digits, so that truncation is all there is."""
    tableau = Tableau(power=2)
    with mp.workdps(60):
        steps = [mp.mpf(first) / 2**k for k in range(levels)]
        return [tableau.add(h, mp.sinh(h) / h, mp.mpf(0)) for h in steps]


@pytest.mark.parametrize("column", range(5))
def test_column_k_converges_as_h_to_the_power_2k_plus_2(column: int) -> None:
    with mp.workdps(60):
        rows = exp_rows(0.5, 9)
        errors = [abs(row[column].value - 1) for row in rows[-2:]]
        order = mp.log(errors[0] / errors[1], 2)
    assert float(order) == pytest.approx(2 * column + 2, abs=1e-3)


@pytest.mark.parametrize("column", range(4))
def test_one_sided_column_k_converges_as_h_to_the_power_k_plus_1(column: int) -> None:
    tableau = Tableau(power=1)
    with mp.workdps(60):
        steps = [mp.mpf(1) / 2**k for k in range(14)]
        rows = [tableau.add(h, mp.expm1(h) / h, mp.mpf(0)) for h in steps]
        errors = [abs(row[column].value - 1) for row in rows[-2:]]
        order = mp.log(errors[0] / errors[1], 2)
    assert float(order) == pytest.approx(column + 1, abs=1e-2)


def test_three_levels_are_exact_for_a_fifth_degree_polynomial_at_any_strides() -> None:
    tableau = Tableau(power=2)
    for h in (1.0, 0.125, 0.0625):
        row = tableau.add(h, 7 + 3 * h**2 - 5 * h**4)
    assert row[2].value == pytest.approx(7, abs=1e-13)


def test_truncation_of_an_entry_covers_its_error() -> None:
    with mp.workdps(60):
        entries = [entry for row in exp_rows(2.0, 8) for entry in row[2:]]
        assert all(abs(entry.value - 1) <= entry.truncation for entry in entries)


def test_rounding_of_the_differences_is_carried_through() -> None:
    """One value off by its full rounding moves no entry by more than the carried bound."""
    exact, off = Tableau(power=2), Tableau(power=2)
    for k in range(5):
        row = exact.add(0.5**k, 1.0, 1e-3)
        moved = off.add(0.5**k, 1.0 + (-1) ** k * 1e-3, 1e-3)
    gaps = [abs(a.value - b.value) - a.rounding for a, b in zip(row, moved, strict=True)]
    assert max(gaps) <= 16 * ROUNDING_OF_A_DOUBLE


def test_two_levels_that_agree_are_no_answer_yet() -> None:
    tableau = Tableau(power=2)
    tableau.add(0.5, 1.0)
    assert best_of_row(tableau.add(0.25, 1.0)) is None
