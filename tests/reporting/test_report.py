"""A report: the verdict on all findings, in one line, the worst first."""

import numpy as np
import pytest

from gradcheck.checks.finding import Verdict
from gradcheck.reporting import Report
from tests.reporting.findings import finding

AGREE = finding()
WRONG = finding(verdict=Verdict.DISAGREE, rel_error=0.5, worst_index=(1, 2), wrong=1)
UNKNOWN = finding(verdict=Verdict.INCONCLUSIVE)
INACCURATE = finding(accuracy="inaccurate", digits_kept=2.0, digits_allowed=15.0)

PROMISED = [
    "operation",
    "quantity",
    "candidate",
    "reference",
    "oracle",
    "shape",
    "entries",
    "worst_index",
    "candidate_value",
    "reference_value",
    "abs_error",
    "rel_error",
    "verdict",
]


@pytest.mark.parametrize(
    ("findings", "verdict"),
    [
        ([AGREE, AGREE], "agree"),
        ([AGREE, WRONG, UNKNOWN], "disagree"),
        ([AGREE, UNKNOWN], "inconclusive"),
        ([INACCURATE], "agree"),
        ([], "inconclusive"),
    ],
)
def test_the_verdict_is_that_on_all_findings(findings, verdict):
    assert Report.of(findings).verdict == verdict


@pytest.mark.parametrize(
    ("findings", "text"),
    [
        ([AGREE, AGREE], "2 comparisons: all agree"),
        ([AGREE], "1 comparison: all agree"),
        ([AGREE, UNKNOWN], "2 comparisons: 1 inconclusive, 1 agree"),
        ([AGREE, WRONG, UNKNOWN], "3 comparisons: 1 DISAGREE, 1 inconclusive, 1 agree"),
        ([AGREE, INACCURATE], "2 comparisons: all agree, 1 inaccurate in floats"),
        ([], "0 comparisons: nothing was compared"),
    ],
)
def test_the_summary_counts_and_claims_nothing_else(findings, text):
    assert Report.of(findings).summary == text


def test_the_worst_finding_comes_first():
    ordered = Report.of([AGREE, INACCURATE, UNKNOWN, WRONG]).findings
    assert ordered == (WRONG, UNKNOWN, INACCURATE, AGREE)


def test_of_two_disagreements_the_larger_comes_first():
    worse = finding(verdict=Verdict.DISAGREE, rel_error=2.0)
    assert Report.of([WRONG, worse]).findings == (worse, WRONG)


def test_an_unknown_error_breaks_no_order():
    unknown = finding(verdict=Verdict.DISAGREE, rel_error=np.nan)
    assert Report.of([unknown, AGREE, WRONG]).findings[-1] is AGREE


def test_findings_that_are_alike_keep_their_order():
    findings = [finding(quantity=name) for name in ("delta_w", "delta_a", "delta_b")]
    assert Report.of(findings).findings == tuple(findings)


def test_the_frame_has_the_promised_columns():
    assert set(PROMISED) <= set(Report.of([AGREE]).frame.columns)


def test_the_frame_of_nothing_has_the_same_columns():
    assert list(Report.of([]).frame.columns) == list(Report.of([AGREE]).frame.columns)


def test_the_frame_has_one_row_a_finding_with_plain_cells():
    row = Report.of([AGREE, WRONG]).frame.iloc[0]
    assert (row["verdict"], row["worst_index"], row["shape"]) == ("DISAGREE", "[1, 2]", "(2, 3)")


def test_a_report_is_accurate_where_no_evaluation_loses_digits():
    assert Report.of([AGREE]).accurate
    assert not Report.of([AGREE, INACCURATE]).accurate


def test_required_digits_that_are_not_kept_disagree():
    assert Report.of([INACCURATE], require_digits=8).verdict == "disagree"


def test_digits_that_conditioning_does_not_allow_are_not_required():
    conditioned = finding(digits_kept=4.0, digits_allowed=4.2)
    assert Report.of([conditioned], require_digits=8).verdict == "agree"


def test_a_disagreement_raises_with_its_place():
    with pytest.raises(AssertionError, match=r"delta_w\[1, 2\] is wrong in matrix form"):
        Report.of([WRONG, AGREE]).raise_for_disagreement()


@pytest.mark.parametrize("findings", [[AGREE], [UNKNOWN], [INACCURATE]])
def test_what_does_not_disagree_does_not_raise(findings):
    assert Report.of(findings).raise_for_disagreement() is None


def test_printing_a_report_shows_table_and_summary():
    text = str(Report.of([AGREE, WRONG]))
    assert text.startswith("operation")
    assert text.endswith("2 comparisons: 1 DISAGREE, 1 agree")


def test_notes_are_printed_once_each():
    noted = [finding(note="a kink"), finding(note="a kink")]
    assert str(Report.of(noted)).count("a kink") == 1
