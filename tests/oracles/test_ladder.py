"""The strongest oracle answers, and says why stronger ones did not."""

from __future__ import annotations

import numpy as np
import pytest

from gradcheck.oracles import derivative, ladder
from gradcheck.oracles.complex_step import complex_step


def test_smooth_code_gets_fourteen_digits() -> None:
    assert derivative(np.sin, 1.0).error < 1e-14


def test_no_reason_where_the_strongest_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ladder, "STRONGER", (complex_step,))
    assert derivative(np.exp, 1.0).reason == ""


def test_code_that_casts_to_float_gets_central_differences_with_both_reasons() -> None:
    estimate = derivative(lambda x: float(np.sin(np.float64(x))), 1.0)
    assert estimate.oracle == "central differences"
    assert "extended differences does not apply: " in estimate.reason
    assert "complex step does not apply: " in estimate.reason


def test_complex_step_answers_where_extended_precision_cannot(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ladder, "STRONGER", (complex_step,))
    assert derivative(np.exp, 1.0).oracle == "complex step"


def test_kink_is_still_a_kink_at_the_end_of_the_ladder() -> None:
    estimate = derivative(lambda x: float(abs(np.float64(x))), 0.0)
    assert estimate.kink
    assert estimate.reason.endswith("kink: the slope is -1 to the left and 1 to the right")
