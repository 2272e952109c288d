"""Findings cross from one process to another with every digit."""

from __future__ import annotations

import math
from dataclasses import asdict

import numpy as np

from gradcheck.checks.finding import Evidence, Verdict
from gradcheck.pytest_plugin.records import from_text, to_text
from tests.reporting.findings import finding


def there_and_back(**columns):
    [back] = from_text(to_text([finding(**columns)]))
    return back


def test_every_column_comes_back():
    sent = finding(
        verdict=Verdict.INCONCLUSIVE, evidence=Evidence.EXACT, worst_index=(0, 2), note="ε"
    )
    # by their texts, because NaN, which is the value of most columns, is not equal to itself
    assert str(asdict(from_text(to_text([sent]))[0])) == str(asdict(sent))


def test_no_digit_is_lost():
    assert there_and_back(candidate_value=0.1 + 0.2).candidate_value == 0.1 + 0.2


def test_infinity_comes_back():
    assert there_and_back(digits=-math.inf).digits == -math.inf


def test_numbers_of_numpy_become_numbers_of_python():
    back = there_and_back(worst_index=(np.int64(3),), kink=np.bool_(1), ulp=np.float32(0.5))
    assert [type(x) for x in (*back.worst_index, back.kink, back.ulp)] == [int, bool, float]
