"""At a kink any slope between the one-sided ones is right; a mistake elsewhere is still one."""

import numpy as np
import pytest

from gradcheck.checks.finding import Finding
from gradcheck.checks.witnesses import witnesses
from gradcheck.notation import Equation, Point
from reference_nets import relu
from tests.planted.planting import planted

AT_THE_KINK = Point({"z": [0.0, 1.0, -1.0, 2.0, 0.0]}, [1.0, 2.0, 3.0, 4.0, -5.0], "at the kink")


def relu_with_slope(slope) -> list[Finding]:
    """Return what is found when both forms take h'(z) from the same function of an array."""
    forms = {
        "matrix": lambda delta_a, z: delta_a * slope(z),
        "scalar": lambda delta_a, z: [delta_a[k] * slope(z[k]) for k in range(len(z))],
    }
    wrong = Equation("delta_z", ("delta_a", "z"), forms)
    operation = planted(relu, wrong, forms)
    return [f for f in witnesses(operation, AT_THE_KINK) if f.reference == "numerical"]


def step(z, at_zero):
    return np.where(z > 0, 1.0, np.where(z < 0, 0.0, at_zero))


@pytest.mark.parametrize("at_zero", [0.0, 0.25, 0.5, 1.0])
def test_every_slope_between_the_one_sided_ones_is_right(at_zero):
    findings = relu_with_slope(lambda z: step(z, at_zero))
    assert [(f.verdict, f.kink) for f in findings] == [("agree", True)] * 2


@pytest.mark.parametrize("at_zero", [-1e-6, 1 + 1e-6, -1.0, 2.0])
def test_a_slope_outside_of_the_one_sided_ones_is_caught(at_zero):
    findings = relu_with_slope(lambda z: step(z, at_zero))
    assert [(f.verdict, f.kink) for f in findings] == [("DISAGREE", True)] * 2


def test_only_the_entries_at_the_kink_are_wrong():
    finding = relu_with_slope(lambda z: step(z, 2.0))[0]
    assert (finding.wrong, finding.worst_index) == (2, (4,))


@pytest.mark.parametrize("factor", [-1.0, 2.0, 1 + 1e-6])
def test_a_kink_does_not_hide_a_mistake_elsewhere(factor):
    findings = relu_with_slope(lambda z: step(z, 0.0) * np.where(z == 2.0, factor, 1.0))
    assert [(f.verdict, f.worst_index, f.wrong) for f in findings] == [("DISAGREE", (3,), 1)] * 2


def test_nan_at_the_kink_is_caught():
    """No slope is no subgradient: x / |x| at 0, say."""
    findings = relu_with_slope(lambda z: step(z, np.nan))
    assert {f.verdict for f in findings} == {"DISAGREE"}


def test_a_point_beside_the_kink_is_no_kink():
    near = Point({"z": [1e-300, -1e-300]}, [1.0, 1.0], "beside the kink")
    findings = [f for f in witnesses(relu, near) if f.reference == "numerical"]
    assert [(f.verdict, f.kink) for f in findings] == [("agree", False)] * 2
