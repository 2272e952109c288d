"""Extended precision: sharper where the function carries it, recused where not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from gradcheck.oracles import Recused, central_differences, extended, extended_differences
from gradcheck.oracles.evaluation import DOUBLE
from tests.oracles.pairs import SMOOTH, Pair

wide = pytest.mark.skipif(
    np.finfo(np.longdouble).eps > 2.0**-60, reason="numpy.longdouble is float64 here"
)


@wide
@pytest.mark.parametrize("pair", SMOOTH, ids=lambda pair: pair.name)
def test_bound_holds_and_is_a_hundred_times_sharper(pair: Pair) -> None:
    try:
        estimate = extended_differences(pair.g, 0.5)
    except Recused:
        pytest.skip("this function's own rounding hides the gain")
    assert pair.miss(0.5, estimate.value) <= estimate.error
    assert estimate.error <= central_differences(pair.g, 0.5).error / 100 + 4e-16


@wide
def test_most_smooth_functions_carry_it() -> None:
    carried = []
    for pair in SMOOTH:
        try:
            carried.append(extended_differences(pair.g, 0.5))
        except Recused:
            continue
    assert len(carried) >= 0.8 * len(SMOOTH)


@wide
@pytest.mark.parametrize(
    ("g", "reason"),
    [
        (lambda x: float(np.sin(x)), "returns float64 for a longdouble input"),
        (lambda x: np.sin(np.float32(x)), "returns float32"),
        (lambda x: np.longdouble(np.sin(float(x))), "does not lower the function's noise"),
        (lambda x: x / np.float64(x).item().as_integer_ratio()[2], "fails on longdouble"),
    ],
)
def test_casts_recuse_it_with_the_reason(g: Callable[[Any], Any], reason: str) -> None:
    def only_wide_fails(x: Any) -> Any:
        return g(x) if isinstance(x, np.longdouble) else np.sin(x)

    with pytest.raises(Recused, match=reason):
        extended_differences(only_wide_fails, 0.3)


def test_machine_without_wide_longdouble_recuses_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extended, "EXTENDED", DOUBLE)
    with pytest.raises(Recused, match="no wider than float64 on this machine"):
        extended_differences(np.sin, 0.3)


def test_function_that_fails_everywhere_fails_on_its_own_account() -> None:
    with pytest.raises(ZeroDivisionError):
        extended_differences(lambda x: 1 // 0, 0.3)
