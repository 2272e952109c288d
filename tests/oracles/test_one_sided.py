"""Slopes from one side only."""

from __future__ import annotations

import numpy as np
import pytest

from gradcheck.oracles import one_sided_differences


@pytest.mark.parametrize(("side", "slope"), [(1, 1), (-1, -1)])
def test_both_sides_of_a_kink(side: int, slope: int) -> None:
    estimate = one_sided_differences(abs, 0.0, side)
    assert abs(estimate.value - slope) <= estimate.error < 1e-10


@pytest.mark.parametrize("side", [1, -1])
def test_only_the_asked_side_is_visited(side: int) -> None:
    visited = []
    one_sided_differences(lambda x: visited.append(x) or np.exp(x), 0.0, side, noise=1e-16)
    assert min(side * x for x in visited) >= 0


def test_edge_of_a_domain() -> None:
    estimate = one_sided_differences(lambda x: np.sqrt(x) * x + 3 * x, 0.0, 1)
    assert abs(estimate.value - 3) <= estimate.error < 1e-4


def test_missing_side_is_unknown() -> None:
    assert one_sided_differences(np.sqrt, 0.0, -1).error == np.inf


def test_point_outside_the_domain_is_unknown() -> None:
    assert "outside its domain" in one_sided_differences(np.sqrt, -1.0, 1).reason


def test_side_is_checked() -> None:
    with pytest.raises(ValueError, match=r"side must be 1 \(right\) or -1 \(left\), but is 2"):
        one_sided_differences(abs, 0.0, 2)
