"""A wrong forward equation: caught, and never blamed on the form that is right."""

import numpy as np
import pytest

from gradcheck.diagnosis.culprit import verdict_lines
from gradcheck.notation import Equation, equation
from gradcheck.notation.scalar import total
from reference_nets import dense
from tests.planted.planting import PLACEMENTS, accused, culprits, findings_of, planted

SIZES = {"k": 2, "i": 3}


@equation
def z(w, a, b):
    r"""z_k = \sum_i w_{ki} a_i, the bias forgotten"""
    return [total(w[k][i] * a[i] for i in range(len(a))) for k in range(len(b))]


@z.matrix
def z(w, a, b):
    r"""z = w a, the bias forgotten"""
    return w @ a


@z.batch
def z(w, a, b):
    r"""Z = A w^\top, the bias forgotten"""
    return a @ w.T


FORGOTTEN = z

ONE_FORM = [
    ("scalar form only", None, "scalar form", "matrix form"),
    ("matrix and batch form only", None, "matrix form", "scalar form"),
    ("scalar form only", 3, "scalar form", "batch form"),
    ("matrix and batch form only", 3, "batch form", "scalar form"),
]
in_one_form = pytest.mark.parametrize(("placement", "inputs_in_batch", "wrong", "right"), ONE_FORM)


@in_one_form
def test_a_forward_mistake_is_caught_in_the_output(placement, inputs_in_batch, wrong, right):
    findings = findings_of(planted(dense, FORGOTTEN, PLACEMENTS[placement]), SIZES, inputs_in_batch)
    assert "z" in accused(findings)


@in_one_form
def test_the_gradient_of_what_was_forgotten_names_the_form(
    placement, inputs_in_batch, wrong, right
):
    findings = findings_of(planted(dense, FORGOTTEN, PLACEMENTS[placement]), SIZES, inputs_in_batch)
    assert culprits(findings)["delta_b"] == f"the {wrong} stands alone"


@in_one_form
def test_a_forward_mistake_does_not_accuse_the_right_form(placement, inputs_in_batch, wrong, right):
    findings = findings_of(planted(dense, FORGOTTEN, PLACEMENTS[placement]), SIZES, inputs_in_batch)
    assert not any(f"the {right} stands alone" in line for line in verdict_lines(findings))


def test_gradients_that_do_not_depend_on_the_mistake_are_not_accused():
    findings = findings_of(planted(dense, FORGOTTEN, ("matrix",)), SIZES)
    assert accused(findings) == {"z", "delta_b"}


def test_a_forward_mistake_in_both_forms_is_a_wrong_equation():
    """Gradient and forward equation contradict each other, and both forms say the same."""
    findings = findings_of(planted(dense, FORGOTTEN, PLACEMENTS["both"]), SIZES)
    assert culprits(findings)["delta_b"] == "both forms agree on a wrong equation"


@equation
def z(w, a, b):
    r"""z_k = \sum_i w_{ki} a_i + b_k"""
    return dense.forward["scalar"](w, a, b)


@z.matrix
def z(w, a, b):
    r"""z = w a + b + 1"""
    return w @ a + b + 1.0


SHIFTED = z


def test_a_mistake_without_effect_on_gradients_is_caught_between_the_forms():
    findings = findings_of(planted(dense, SHIFTED, ("matrix",)), SIZES)
    assert accused(findings) == {"z"}
    assert culprits(findings)["z"] == "the matrix form and the scalar form are different functions"


def z_is_nan(w, a, b):
    return np.nan * (w @ a + b)


def test_a_forward_that_gives_nan_in_one_form_is_no_agreement():
    """NaN overlaps with nothing, though no comparison says that it lies apart."""
    nan_in_matrix = Equation("z", dense.forward.parameters, {"matrix": z_is_nan})
    assert "z" in accused(findings_of(planted(dense, nan_in_matrix, ("matrix",)), SIZES))


def z_raises(w, a, b):
    return a @ w + b


def test_a_forward_that_raises_in_one_form_is_named_with_its_error():
    raising = Equation("z", dense.forward.parameters, {"matrix": z_raises})
    findings = findings_of(planted(dense, raising, ("matrix",)), SIZES)
    assert accused(findings) == {"z"}
    assert any("matrix form raises ValueError: matmul" in finding.note for finding in findings)
