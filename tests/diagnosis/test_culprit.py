"""Two witnesses against one: the table of meanings."""

import itertools

import pytest

from gradcheck.checks.finding import Finding, Verdict
from gradcheck.diagnosis.culprit import by_quantity, culprit, verdict_lines

A, D, I = Verdict.AGREE, Verdict.DISAGREE, Verdict.INCONCLUSIVE

PAIRS = (
    ("matrix form", "scalar form"),
    ("scalar form", "numerical"),
    ("matrix form", "numerical"),
)


def finding(pair, verdict, quantity="delta_w"):
    return Finding(
        operation="dense",
        point="random",
        check="",
        quantity=quantity,
        candidate=pair[0],
        reference=pair[1],
        verdict=verdict,
    )


def meaning(*verdicts):
    """Return what matrix/scalar, scalar/numerical and matrix/numerical mean together."""
    return culprit([finding(pair, v) for pair, v in zip(PAIRS, verdicts, strict=True)])


@pytest.mark.parametrize(
    ("verdicts", "text"),
    [
        ((A, A, A), "all three agree"),
        ((D, A, D), "the matrix form stands alone"),
        ((D, D, A), "the scalar form stands alone"),
        ((A, D, D), "both forms agree on a wrong equation"),
        ((D, D, D), "both forms are wrong, each in its own way"),
        ((D, A, A), "the matrix form and the scalar form are different functions"),
        ((D, I, I), "the matrix form and the scalar form are different functions"),
        ((D, I, D), "the matrix form is not the derivative of the forward equation"),
        ((A, A, I), ""),
        ((I, I, I), ""),
    ],
)
def test_each_combination_of_verdicts_has_its_meaning(verdicts, text):
    assert meaning(*verdicts) == text


@pytest.mark.parametrize("verdicts", [*itertools.product((A, D, I), repeat=3)])
def test_a_form_that_numerical_differentiation_clears_is_never_accused(verdicts):
    for form, verdict in (("scalar form", verdicts[1]), ("matrix form", verdicts[2])):
        if verdict is A:
            assert not meaning(*verdicts).startswith(f"the {form} stands alone")


def test_the_order_of_the_findings_does_not_matter():
    findings = [finding(pair, v) for pair, v in zip(PAIRS, (D, A, D), strict=True)]
    meanings = {culprit(order) for order in itertools.permutations(findings)}
    assert meanings == {"the matrix form stands alone"}


def test_findings_are_grouped_by_what_they_are_about():
    findings = [finding(pair, A, quantity) for pair in PAIRS for quantity in ("delta_w", "delta_b")]
    assert [len(group) for group in by_quantity(findings)] == [3, 3]


def test_lines_name_operation_quantity_and_point():
    findings = [finding(pair, v) for pair, v in zip(PAIRS, (D, A, D), strict=True)]
    assert verdict_lines(findings) == ["dense, delta_w (random): the matrix form stands alone"]


def test_agreement_needs_no_lines():
    assert verdict_lines([finding(pair, A) for pair in PAIRS]) == []
