"""What a failure prints, word by word: on one screen, whatever the sizes and names are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gradcheck.checks.finding import Evidence, Finding, Verdict
from gradcheck.diagnosis.message import HEIGHT, WIDTH, message

MISSING_MEAN = Finding(
    operation="mean_squared_error",
    point="given",
    check="derivative",
    quantity="delta_x",
    candidate="backward",
    reference="numerical",
    oracle="balls",
    evidence=Evidence.EXACT,
    shape=(4, 3),
    entries=12,
    wrong=12,
    worst_index=(1, 2),
    candidate_value=-2.64,
    reference_value=-0.66,
    reference_error=2.3e-38,
    rel_error=3.0,
    verdict=Verdict.DISAGREE,
    cause="all 12 entries are 4.000000 × the true gradient: "
    "is a factor of 1/N (N = 4, axis 0 of x) missing?",
    smallest="x = np.array([[1.0], [0.0]])\n"
    "delta_x[0, 0] = 2.0 in backward, but 1.0 by differences",
    reproduce="gradcheck.check(mean_squared_error, backward, [np.array([[1.0], [0.0]])])",
)

WRONG_SHAPE = Finding(
    operation="affine",
    point="given",
    check="derivative",
    quantity="delta_b",
    candidate="backward",
    reference="numerical",
    oracle="balls",
    shape=(3,),
    entries=3,
    wrong=3,
    verdict=Verdict.DISAGREE,
    note="delta_b has shape (4, 3), but b has (3,)",
    cause="summed over axis 0, it is the true gradient: is the sum over a broadcast axis missing?",
)

BROKEN_LAW = Finding(
    operation="dropout",
    point="given",
    check="deterministic",
    quantity="all gradients",
    candidate="code",
    reference="law",
    verdict=Verdict.DISAGREE,
    note="forward gives another output when it is run again from the same random state",
)

FORMS = Finding(
    operation="dense",
    point="random",
    check="forms",
    quantity="delta_b",
    candidate="matrix form",
    reference="scalar form",
    entries=3,
    wrong=1,
    worst_index=(0,),
    candidate_value=0.625,
    reference_value=1.25,
    rel_error=0.5,
    verdict=Verdict.DISAGREE,
)


def test_disagreement_with_everything_that_is_known():
    assert message([MISSING_MEAN], summary="1 comparison: 1 DISAGREE") == (
        "mean_squared_error, given: delta_x[1, 2] is wrong in backward\n"
        "  backward    -2.64\n"
        "  balls       -0.66 ± 2e-38, by differences of the forward code\n"
        "  wrong       12 of 12 entries\n"
        "  cause       all 12 entries are 4.000000 × the true gradient: is a factor of 1/N (N = 4, "
        "axis 0 of\n"
        "              x) missing?\n"
        "  smallest    x = np.array([[1.0], [0.0]])\n"
        "              delta_x[0, 0] = 2.0 in backward, but 1.0 by differences\n"
        "  reproduce   gradcheck.check(mean_squared_error, backward, [np.array([[1.0], [0.0]])])\n"
        "1 comparison: 1 DISAGREE"
    )


def test_wrong_shape_has_no_values_to_show():
    assert message([WRONG_SHAPE]) == (
        "affine, given: delta_b is wrong in backward\n"
        "  wrong       3 of 3 entries\n"
        "  cause       summed over axis 0, it is the true gradient: is the sum over a broadcast "
        "axis missing?\n"
        "  note        delta_b has shape (4, 3), but b has (3,)"
    )


def test_measured_derivative_names_its_oracle_and_why_it_is_not_exact():
    measured = replace(
        MISSING_MEAN,
        evidence=Evidence.MEASURED,
        oracle="complex step; balls do not apply: PyTorch: its arithmetic is its own",
        reference_error=3e-15,
        cause="",
        smallest="",
        reproduce="",
    )
    assert message([measured]) == (
        "mean_squared_error, given: delta_x[1, 2] is wrong in backward\n"
        "  backward    -2.64\n"
        "  numerical   -0.66 ± 3e-15, by complex step (balls do not apply: PyTorch: its arithmetic "
        "is its\n"
        "              own)\n"
        "  wrong       12 of 12 entries"
    )


def test_forms_are_named_on_both_sides():
    assert message([FORMS]) == (
        "dense, random: delta_b[0] is wrong in matrix form\n"
        "  matrix form 0.625\n"
        "  scalar form 1.25\n"
        "  wrong       1 of 3 entries"
    )


def test_broken_law_is_named_with_its_note():
    assert message([BROKEN_LAW]) == (
        "dropout, given: all gradients breaks the law “deterministic”\n"
        "  note        forward gives another output when it is run again from the same random state"
    )


def test_worst_is_shown_and_the_others_are_counted():
    small = replace(FORMS, quantity="delta_w", rel_error=1e-9)
    text = message([BROKEN_LAW, small, FORMS])
    assert text.startswith("dense, random: delta_b[0] is wrong in matrix form\n")
    assert text.endswith("\n2 more disagree: dense: delta_w, dropout: deterministic")


def test_explained_gradient_is_shown_before_one_without_a_cause():
    worse = replace(FORMS, rel_error=1e9)
    assert message([worse, MISSING_MEAN]).startswith("mean_squared_error")


def test_not_a_number_is_the_worst_of_all():
    broken = replace(
        FORMS, quantity="delta_w", candidate_value=float("nan"), rel_error=float("nan")
    )
    assert message([FORMS, broken]).startswith("dense, random: delta_w[0] is wrong")
    assert "\n  matrix form nan\n" in message([broken])


def test_lost_digits_are_a_sentence():
    lost = replace(
        FORMS,
        verdict=Verdict.AGREE,
        accuracy="inaccurate",
        accuracy_index=(1,),
        digits_kept=3.0,
        digits_allowed=14.0,
    )
    assert message([lost]).startswith(
        "dense, random: delta_b[1] in matrix form keeps 3 of the 14 digits"
    )


def test_no_failure_is_no_message():
    assert message([]) == ""
    assert message([], summary="12 comparisons: all agree") == "12 comparisons: all agree"


@pytest.mark.parametrize("length", [1, 40, 400, 4000])
def test_message_fits_a_screen_whatever_the_names_are(length):
    long = replace(
        MISSING_MEAN,
        operation="f" * length,
        point="p" * length,
        quantity="delta_" + "x" * length,
        candidate="the " * length,
        oracle="central differences; " + "because " * length,
        cause="is a factor missing? " * length,
        note="its dtype is another one " * length,
        smallest="[0.0, 1.0] " * length,
        reproduce="check(f, [" + "1.0, " * length + "])",
    )
    lines = message([long, *[replace(long, check=f"{n}") for n in range(50)]], summary="s" * length)
    assert len(lines.splitlines()) <= HEIGHT
    assert max(map(len, lines.splitlines())) <= WIDTH


def test_long_name_keeps_both_ends():
    title = message([replace(FORMS, operation="A" * 200 + "Z")]).splitlines()[0]
    assert title.startswith("AAA")
    assert title.endswith("is wrong in matrix form")
    assert len(title) <= WIDTH
