"""Findings as text: numbers that make no claim beyond their digits."""

import numpy as np
import pytest
from tabulate import tabulate_formats

from gradcheck.checks.finding import Verdict
from gradcheck.reporting.tables import COLUMNS, digits, format_index, number, table, value
from tests.reporting.findings import finding


def test_zero_is_printed_for_exactly_zero_only():
    assert number(0.0) == "0"
    assert number(-0.0) == "0"


@pytest.mark.parametrize("x", [5e-324, 1e-300, 1e-17, -1e-40, 0.0004])
def test_what_is_not_zero_never_prints_as_zero(x):
    assert float(number(x, 1)) != 0.0
    assert float(value(x)) != 0.0


def test_what_is_unknown_is_left_empty():
    assert number(np.nan) == "" == digits(np.nan)


def test_nan_as_a_value_is_written():
    """As an error it is unknown; as an entry of a gradient it is what was found."""
    assert value(np.nan) == "nan"


def test_infinities_are_written():
    assert (number(np.inf), value(-np.inf)) == ("inf", "-inf")


@pytest.mark.parametrize(
    ("x", "text"), [(35.99, "35"), (0.4, "0"), (-0.4, "-1"), (np.inf, "all"), (-np.inf, "none")]
)
def test_digits_are_whole_and_never_rounded_up(x, text):
    assert digits(x) == text


def test_an_index_is_written_as_python_does():
    assert (format_index((0, 2)), format_index((3,)), format_index(())) == ("[0, 2]", "[3]", "")


def row_of(**columns) -> dict[str, str]:
    return {name: cell(finding(**columns)) for name, cell in COLUMNS.items()}


def test_a_relative_error_of_0_is_bit_equality():
    equal = row_of(candidate_value=1.5, reference_value=1.5, rel_error=0.0)
    near = row_of(candidate_value=1.5, reference_value=1.5 + 2e-16, rel_error=1.5e-16)
    assert (equal["rel. error"], near["rel. error"]) == ("0", "1.5e-16")


def test_a_kink_is_marked_beside_its_verdict():
    assert row_of(kink=True)["verdict"] == "agree (kink)"


def test_an_inaccurate_evaluation_is_marked_beside_its_ulp():
    marked = row_of(ulp=4e9, ulp_entitled=0.5, accuracy="inaccurate")
    assert marked["ulp (entitled)"] == "4e+09 (0.5) inaccurate"


def test_an_unknown_accuracy_is_left_empty():
    assert row_of()["ulp (entitled)"] == ""


def test_values_of_an_empty_quantity_are_left_empty():
    row = row_of(entries=0)
    assert (row["value"], row["reference value"]) == ("", "")


@pytest.mark.parametrize("fmt", tabulate_formats)
def test_every_format_shows_every_finding(fmt):
    text = table([finding(quantity="delta_q"), finding(verdict=Verdict.DISAGREE)], fmt)
    assert "DISAGREE" in text
    assert "delta" in text


def test_numbers_stay_as_they_were_written():
    """Tabulate would parse 0.10 or 1e-3 and write them its own way."""
    text = table([finding(rel_error=1.0e-20, entries=100_000)])
    assert "1e-20" in text
    assert "100000" in text
