"""One entry of 65,536 wrong by one part in 10^12: found, and named."""

import numpy as np
import pytest

from gradcheck.checks.finding import Finding
from gradcheck.checks.witnesses import witnesses
from gradcheck.notation import Equation, Operation
from reference_nets import dense
from tests.planted.planting import accused

WRONG_ENTRY = (100, 77)


def delta_w(delta_z, a):
    rows = np.outer(delta_z, a)
    rows[WRONG_ENTRY] *= 1 + 1e-12
    return rows


def in_matrix_form(equation: Equation) -> Equation:
    """Leave the loops out: they are right, and take a minute at this size."""
    body = delta_w if equation.name == "delta_w" else equation["matrix"]
    return Equation(equation.name, equation.parameters, {"matrix": body})


@pytest.fixture(scope="module")
def findings() -> list[Finding]:
    gradients = [in_matrix_form(gradient) for gradient in dense.gradients]
    wrong = Operation("dense", dense.signature, in_matrix_form(dense.forward), gradients)
    point = wrong.sample(np.random.default_rng(0), {"k": 256, "i": 256})
    return list(witnesses(wrong, point))


def test_the_gradient_is_caught(findings):
    assert accused(findings) == {"delta_w"}


def test_the_entry_is_named(findings):
    finding = next(f for f in findings if f.quantity == "delta_w")
    assert (finding.worst_index, finding.wrong, finding.entries) == (WRONG_ENTRY, 1, 65_536)


def test_the_size_of_the_error_is_told(findings):
    finding = next(f for f in findings if f.quantity == "delta_w")
    assert finding.rel_error == pytest.approx(1e-12, rel=1e-3)
