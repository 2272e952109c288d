"""`gradcheck.check`: what it accepts, what it refuses, what it says."""

from __future__ import annotations

import numpy as np
import pytest

import gradcheck
import reference_nets
from gradcheck.adapters.given import CodeError
from gradcheck.notation import PointError

X = np.array([[0.5, -1.0, 2.0], [0.25, 3.0, -0.75]])


def tanh(x):
    return np.tanh(x)


def tanh_backward(dout, x):
    return dout * (1 - np.tanh(x) ** 2)


def affine(x, w, b):
    return x @ w + b


def affine_backward(dout, x, w, b):
    return dout @ w.T, x.T @ dout, dout.sum(axis=0)


W, B = np.arange(12.0).reshape(3, 4) / 8, np.array([0.5, -1.0, 0.0, 2.0])


def test_right_pair_agrees():
    assert gradcheck.check(affine, affine_backward, [X, W, B]).verdict == "agree"


def test_findings_bear_the_names_of_the_parameters():
    report = gradcheck.check(affine, affine_backward, [X, W, B])
    assert {f.quantity for f in report.comparisons} == {"delta_x", "delta_w", "delta_b"}


def test_names_can_be_given():
    report = gradcheck.check(affine, affine_backward, [X, W, B], names=["a", "weight", "bias"])
    assert {f.quantity for f in report.comparisons} == {"delta_a", "delta_weight", "delta_bias"}


def test_missing_sum_over_the_batch_is_a_wrong_shape():
    def backward(dout, x, w, b):
        return dout @ w.T, x.T @ dout, dout

    report = gradcheck.check(affine, backward, [X, W, B])
    assert "delta_b has shape (2, 4), but b has (4,)" in str(report)


def test_message_names_entry_and_both_values():
    def backward(dout, x):
        gradient = tanh_backward(dout, x)
        gradient[1, 2] *= 2
        return gradient

    with pytest.raises(AssertionError, match=r"(?s)delta_x\[1, 2\] is wrong.*2\.28.*1\.14.*1 of 6"):
        gradcheck.check(tanh, backward, [X]).raise_for_disagreement()


def test_nothing_is_raised_for_agreement():
    assert gradcheck.check(tanh, tanh_backward, [X]).raise_for_disagreement() is None


def test_printing_a_report_shows_the_verdict():
    assert "1 comparison: all agree" in str(gradcheck.check(tanh, tanh_backward, [X]))


def test_integer_inputs_are_held():
    def pick(table, rows):
        return table[rows]

    def pick_backward(dout, table, rows):
        gradient = np.zeros_like(table)
        np.add.at(gradient, rows, dout)
        return gradient, None

    report = gradcheck.check(pick, pick_backward, [W, np.array([2, 0, 2])])
    assert (report.verdict, {f.quantity for f in report.comparisons}) == ("agree", {"delta_table"})


def test_forgotten_repeated_index_is_caught():
    def pick(table, rows):
        return table[rows]

    def overwrite(dout, table, rows):
        gradient = np.zeros_like(table)
        gradient[rows] = dout
        return gradient, None

    assert gradcheck.check(pick, overwrite, [W, np.array([2, 0, 2])]).verdict == "disagree"


@pytest.mark.parametrize(
    "x",
    [
        2.0,
        np.float64(0.3),
        np.array(0.5),
        np.zeros((0, 3)),
        [0.5, 1.5],
        np.broadcast_to(0.5, (2, 3)),
        X[::-1, ::2],
        np.float32([0.5, 1.5]),
    ],
    ids=["float", "numpy float", "0-d", "empty", "list", "broadcast", "strided", "float32"],
)
def test_inputs_of_every_kind_are_taken(x):
    assert (
        gradcheck.check(lambda x: np.tanh(x), lambda d, x: d * (1 - np.tanh(x) ** 2), [x]).verdict
        == "agree"
    )


def test_read_only_inputs_are_taken():
    x = X.copy()
    x.flags.writeable = False
    assert gradcheck.check(tanh, tanh_backward, [x]).verdict == "agree"


def test_code_that_changes_its_inputs_does_not_change_the_callers():
    def forward(x):
        x *= 2
        return x

    x = X.copy()
    gradcheck.check(forward, lambda dout, x: 2 * dout, [x])
    assert np.array_equal(x, X)


def test_result_of_the_wrong_kind_is_named():
    with pytest.raises(CodeError, match="return one array of floats"):
        gradcheck.check(lambda x: (x, x, x), tanh_backward, [X])


def test_wrong_number_of_gradients_is_named():
    with pytest.raises(CodeError, match=r"returned 2 gradients for 3 inputs \(x, w, b\)"):
        gradcheck.check(affine, lambda d, x, w, b: (x, w), [X, W, B])


def test_error_inside_forward_is_reported_as_the_users():
    def forward(x):
        raise KeyError("gamma")

    with pytest.raises(CodeError, match="forward raised KeyError at the given inputs: 'gamma'"):
        gradcheck.check(forward, tanh_backward, [X])


def test_input_without_floats_is_refused():
    with pytest.raises(PointError, match="nothing to differentiate"):
        gradcheck.check(tanh, tanh_backward, [np.array([1, 2])])


def test_complex_input_is_refused_with_its_value():
    with pytest.raises(PointError, match=r"input 0 = 1j is no array of real numbers"):
        gradcheck.check(tanh, tanh_backward, [1j])


def test_wrong_names_are_refused():
    with pytest.raises(PointError, match=r"names=\['a'\]: give 3 different ones"):
        gradcheck.check(affine, affine_backward, [X, W, B], names=["a"])


def test_negative_budget_is_refused():
    with pytest.raises(ValueError, match=r"budget=-1: give a number of seconds"):
        gradcheck.check(tanh, tanh_backward, [X], budget=-1)


def test_what_the_budget_leaves_unchecked_is_inconclusive():
    report = gradcheck.check(affine, affine_backward, [X, W, B], budget=0)
    assert report.verdict == "inconclusive"
    assert report.frame.note.str.startswith("left unchecked").all()


def test_gradient_of_none_for_a_float_is_not_agreement():
    report = gradcheck.check(affine, lambda d, x, w, b: (d @ w.T, x.T @ d, None), [X, W, B])
    assert report.verdict != "agree"


def test_same_seed_gives_the_same_rows():
    one, two = (gradcheck.check(affine, affine_backward, [X, W, B], seed=5).frame for _ in "ab")
    assert one.equals(two)


def test_lost_digits_are_a_finding_of_their_own():
    report = gradcheck.check(tanh, tanh_backward, [np.array([18.0])])
    assert (report.verdict, report.accurate) == ("agree", False)


def test_lost_digits_fail_only_where_they_are_required():
    report = gradcheck.check(tanh, tanh_backward, [np.array([18.0])], require_digits=10)
    assert report.verdict == "disagree"


def test_required_digits_pass_where_they_are_kept():
    report = gradcheck.check(tanh, tanh_backward, [X], require_digits=10)
    assert report.verdict == "agree"


def test_factor_of_n_over_n_minus_one_is_caught_by_every_oracle():
    """Code with a cast to float32 cannot be lifted: the ladder has to see it."""

    def forward(x):
        return np.asarray(x, dtype=np.longdouble).mean(axis=0).astype(np.float64)

    def backward(dout, x):
        return np.broadcast_to(dout / (len(x) - 1), x.shape)

    assert gradcheck.check(forward, backward, [np.vstack([X, X])]).verdict == "disagree"


def test_operation_is_checked_in_all_its_forms():
    report = gradcheck.check(reference_nets.tanh)
    assert set(report.frame.candidate) == {"scalar form", "matrix form", "batch form"}


def test_operation_is_checked_at_a_given_point():
    point = gradcheck.Point({"z": [0.5, -1.0]}, cotangent=[1.0, 2.0], label="mine")
    assert set(gradcheck.check(reference_nets.tanh, point).frame.point) == {"mine"}
