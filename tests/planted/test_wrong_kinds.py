"""Gradients of the wrong kind: shape, dtype, NaN, infinity, or an error in place of a value."""

import numpy as np
import pytest

from gradcheck.checks.finding import Finding
from gradcheck.notation import BATCH, MATRIX, Equation
from reference_nets import dense
from tests.planted.planting import accused, culprits, findings_of, planted

SIZES = {"k": 2, "i": 3}


def bias_gradient(body, form: str = MATRIX, inputs_in_batch: int | None = None) -> list[Finding]:
    """Return what is found when this function of δz computes δb in one form."""
    wrong = planted(dense, Equation("delta_b", ("delta_z",), {form: body}), (form,))
    return findings_of(wrong, SIZES, inputs_in_batch)


def numerical(findings: list[Finding], candidate: str = "matrix form") -> Finding:
    """Return the comparison of δb with the derivative."""
    wanted = ("delta_b", candidate, "numerical")
    return next(f for f in findings if (f.quantity, f.candidate, f.reference) == wanted)


WRONG_KINDS = {
    "an extra axis": lambda delta_z: delta_z[None],
    "a number for a vector": lambda delta_z: delta_z.sum(),
    "NaN": lambda delta_z: np.nan * delta_z,
    "one NaN": lambda delta_z: np.where(np.arange(2) == 1, np.nan, delta_z),
    "infinity": lambda delta_z: np.full(2, np.inf),
    "a division by zero": lambda delta_z: delta_z / 0.0,
    "rounded to integers": lambda delta_z: np.round(100 * delta_z).astype(int),
    "nothing": lambda delta_z: None,
    "an exception": lambda delta_z: np.ones(2) @ np.ones(3),
}
every_kind = pytest.mark.parametrize("kind", WRONG_KINDS)


@every_kind
def test_a_gradient_of_the_wrong_kind_is_caught(kind):
    findings = bias_gradient(WRONG_KINDS[kind])
    assert numerical(findings).verdict == "DISAGREE"
    assert accused(findings) == {"delta_b"}


@every_kind
def test_the_form_that_gave_the_wrong_kind_stands_alone(kind):
    findings = bias_gradient(WRONG_KINDS[kind])
    assert culprits(findings)["delta_b"] == "the matrix form stands alone"


def test_a_wrong_shape_is_named_with_the_right_one():
    finding = numerical(bias_gradient(WRONG_KINDS["an extra axis"]))
    assert finding.note == "delta_b has shape (1, 2), but b has (2,)"


def test_a_gradient_not_summed_over_the_batch_is_named_by_its_shape():
    finding = numerical(bias_gradient(lambda delta_z: delta_z, BATCH, 4), "batch form")
    assert finding.note == "delta_b has shape (4, 2), but b has (2,)"


def test_the_one_nan_is_the_worst_entry():
    finding = numerical(bias_gradient(WRONG_KINDS["one NaN"]))
    assert (finding.worst_index, finding.wrong) == ((1,), 1)
    assert np.isnan(finding.candidate_value)


def test_an_exception_is_named_with_its_message():
    finding = numerical(bias_gradient(WRONG_KINDS["an exception"]))
    assert finding.note.startswith("matrix form raises ValueError: matmul: ")


def test_an_exception_in_one_gradient_leaves_the_others_alone():
    findings = bias_gradient(WRONG_KINDS["an exception"])
    others = {f.verdict for f in findings if f.quantity != "delta_b"}
    assert others == {"agree"}


def test_a_gradient_of_the_wrong_dtype_is_named():
    """Half of the digits are gone; where they went, the dtype tells."""
    finding = numerical(bias_gradient(lambda delta_z: delta_z.astype(np.float32)))
    assert "delta_b has dtype float32, but b has float64" in finding.note


def test_nan_in_floats_only_is_caught_though_the_formula_is_right():
    """exp overflows in float64 and not in balls: inf / inf is NaN where the true value is 1."""
    overflow = lambda delta_z: delta_z * np.exp(delta_z + 800) / np.exp(delta_z + 800)  # noqa: E731
    finding = numerical(bias_gradient(overflow))
    assert finding.verdict == "DISAGREE"
    assert finding.note == "not finite in floats, though the true value is"
