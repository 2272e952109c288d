"""What the papers say of their losses, and where float64 is strained."""

import itertools
import math

import numpy as np
import pytest

from gradcheck.checks.witnesses import witnesses
from gradcheck.notation import Equation, Point, separable
from reference_nets import (
    absolute_error,
    binary_cross_entropy_from_logits,
    class_weighted_cross_entropy,
    connectionist_temporal_classification,
    contrastive_loss,
    crammer_singer_hinge_loss,
    cross_entropy,
    dice_loss,
    focal_loss,
    hinge_loss,
    huber_loss,
    infonce,
    kullback_leibler_divergence,
    log_cosh,
    quantile_loss,
    softmax_cross_entropy,
    squared_error,
    triplet_margin_loss,
    weston_watkins_hinge_loss,
)

BOTH = pytest.mark.parametrize("form", ["scalar", "matrix"])
ctc = connectionist_temporal_classification
SCORES = np.round(np.random.default_rng(0).standard_normal((5, 3)), 3)


@BOTH
def test_within_its_threshold_the_huber_loss_is_half_the_square(form):
    assert huber_loss(4.0)([3.0], [0.0], form=form) == squared_error([3.0], [0.0]) == 4.5


@BOTH
def test_beyond_its_threshold_the_huber_loss_is_a_line(form):
    """c (|r| - c / 2) with c = 2 and r = -5."""
    assert huber_loss(2.0)([0.0], [5.0], form=form) == 8.0


def test_a_huber_slope_that_is_not_clipped_is_accused_beyond_the_threshold():
    """Planted in both forms: y - t, which is right up to the threshold."""
    body = {"scalar": lambda y, t: y - t, "matrix": lambda y, t: y - t}
    right = huber_loss(1.0)
    wrong = separable("planted", right.loss, Equation("ell_y", ("y", "t"), body), right.slopes[1])
    findings = list(witnesses(wrong, Point({"y": [3.0, 0.5], "t": [0.0, 0.0]}, 1.0)))
    accused = {(f.quantity, f.worst_index) for f in findings if f.verdict == "DISAGREE"}
    assert accused == {("delta_y", (0,))}


@BOTH
def test_a_quantile_loss_charges_both_sides_differently(form):
    loss = quantile_loss(0.75)
    assert (loss([0.0], [4.0], form=form), loss([4.0], [0.0], form=form)) == (3.0, 1.0)


def test_the_middle_quantile_is_half_the_absolute_error():
    y, t = [1.0, -2.0], [3.0, 5.0]
    assert 2 * quantile_loss(0.5)(y, t) == absolute_error(y, t) == 9.0


def test_the_matrix_form_of_log_cosh_keeps_its_digits_where_it_vanishes():
    """log cosh r = r² / 2 within a relative r² / 6, which is below rounding."""
    assert log_cosh([1e-9], [0.0]) == pytest.approx(5e-19, rel=1e-15)


def test_the_matrix_form_of_log_cosh_does_not_overflow():
    assert log_cosh([1000.0], [0.0]) == pytest.approx(1000 - math.log(2), rel=1e-15)


@pytest.mark.parametrize("z", [40.0, 700.0])
def test_the_slope_of_a_saturated_right_logit_keeps_its_digits(z):
    """σ(z) - 1 = -e^(-z) within a relative e^(-z), which is below rounding."""
    slope = binary_cross_entropy_from_logits.pullback(1.0, [z], [1.0])["z"]
    assert slope == pytest.approx(-math.exp(-z), rel=2e-16 * z)  # the conditioning of e^(-z)


@BOTH
def test_without_focus_the_focal_loss_is_half_the_cross_entropy(form):
    z, t = [1.5, -0.5, 2.0], [1.0, 1.0, 0.0]
    half = binary_cross_entropy_from_logits(z, t) / 2
    assert focal_loss(focus=0.0, balance=0.5)(z, t, form=form) == pytest.approx(half, rel=1e-15)


@BOTH
def test_class_indices_cost_what_one_hot_targets_cost(form):
    one_hot = softmax_cross_entropy(SCORES[0], np.eye(3)[2])
    assert cross_entropy()(SCORES[0], 2, form=form) == pytest.approx(one_hot, rel=1e-15)


@BOTH
def test_full_smoothing_asks_for_equal_probabilities(form):
    gradient = cross_entropy(label_smoothing=1.0).pullback(1.0, [7.0] * 4, 2, form=form)["z"]
    assert gradient.tolist() == [0.0] * 4


@BOTH
def test_an_ignored_input_has_neither_loss_nor_gradient(form):
    loss = cross_entropy(label_smoothing=0.1, ignored_index=1)
    assert loss(SCORES[0], 1, form=form) == 0.0
    assert not loss.pullback(1.0, SCORES[0], 1, form=form)["z"].any()


def test_ignored_inputs_leave_the_others_of_a_batch_alone():
    loss = cross_entropy(ignored_index=-1)
    batch = loss(SCORES, [0, -1, 2, -1, -1], form="batch")
    assert batch == pytest.approx(loss(SCORES[0], 0) + loss(SCORES[2], 2), rel=1e-15)


def test_a_class_beyond_the_last_is_refused():
    with pytest.raises(ValueError, match=r"cross-entropy: t \(integer, 0 <= . < k\): t = 3 is not"):
        cross_entropy()([0.0, 0.0, 0.0], 3)


def test_an_ignored_index_that_no_target_can_have_is_refused():
    with pytest.raises(ValueError, match=r"ignored_index = -100: mark the inputs .* by -1"):
        cross_entropy(ignored_index=-100)


@BOTH
def test_only_the_ratios_of_class_weights_matter(form):
    t, w = [0, 1, 2, 0, 1], np.array([1.0, 2.0, 4.0])
    once, twice = (class_weighted_cross_entropy(SCORES, t, v, form=form) for v in (w, 2 * w))
    assert once == twice


@BOTH
def test_equal_class_weights_give_the_plain_mean(form):
    t = [0, 1, 2, 0, 1]
    mean = cross_entropy()(SCORES, t, form="batch") / 5
    weighted = class_weighted_cross_entropy(SCORES, t, [3.0] * 3, form=form)
    assert weighted == pytest.approx(mean, rel=1e-15)


@BOTH
def test_equal_distributions_do_not_diverge(form):
    assert kullback_leibler_divergence([0.25, 0.75], [0.25, 0.75], form=form) == 0.0


@BOTH
def test_a_score_on_the_margin_costs_nothing_and_pulls_nowhere(form):
    assert hinge_loss([1.0, -1.0], [1.0, -1.0], form=form) == 0.0
    gradient = hinge_loss.pullback(1.0, [1.0, -1.0], [1.0, -1.0], form=form)["y"]
    assert gradient.tolist() == [0.0, 0.0]


@BOTH
def test_weston_watkins_pays_for_every_rival_and_crammer_singer_for_the_strongest(form):
    z = [1.0, 1.5, 0.5, -9.0]
    assert weston_watkins_hinge_loss(z, 0, form=form) == 2.0
    assert crammer_singer_hinge_loss(z, 0, form=form) == 1.5


@BOTH
def test_two_empty_masks_are_nearly_alike(form):
    assert dice_loss()([1e-9], [0.0], form=form) == pytest.approx(0.0, abs=1e-15)


@BOTH
def test_a_triplet_pulls_the_positive_and_pushes_the_negative_along_the_lines(form):
    gradients = triplet_margin_loss(8.0).pullback(
        1.0, [0.0, 0.0], [3.0, 4.0], [0.0, 6.0], form=form
    )
    assert gradients["p"].tolist() == [0.6, 0.8]
    assert gradients["q"].tolist() == [0.0, -1.0]


@pytest.mark.parametrize(("t", "value"), [(1.0, 12.5), (0.0, 2.0)])
@BOTH
def test_a_contrastive_pair_is_charged_by_its_distance(t, value, form):
    """d = 5 and m = 7: half of 5² where alike, half of 2² where not."""
    assert contrastive_loss(7.0)([3.0, 4.0], [0.0, 0.0], t, form=form) == value


@BOTH
def test_keys_that_are_all_alike_tell_a_query_nothing(form):
    value = infonce()(SCORES, np.ones((5, 3)), form=form)
    assert value == pytest.approx(math.log(5), rel=1e-15)


def meaning(path):
    """Merge repeated names, then drop the blanks."""
    return [name for name, _ in itertools.groupby(path) if name]


def probability_of(l):
    """Return the sum over all paths that mean l, each the product of its frames."""
    y = np.exp(SCORES) / np.exp(SCORES).sum(axis=1, keepdims=True)
    paths = itertools.product(range(3), repeat=len(y))
    return sum(np.prod(y[range(len(y)), path]) for path in paths if meaning(path) == l)


@pytest.mark.parametrize("l", [[1], [1, 2], [1, 1], [2, 1, 2], [1, 1, 2], [1, 2, 1, 2, 1]], ids=str)
@BOTH
def test_temporal_classification_adds_up_every_path(l, form):
    assert ctc(SCORES, l, form=form) == pytest.approx(-math.log(probability_of(l)), rel=1e-14)


@BOTH
def test_no_path_means_equal_labels_without_a_frame_for_the_blank(form):
    with np.errstate(invalid="ignore"):  # the infinite loss is what is looked at
        assert ctc(SCORES[:3], [1, 1, 2], form=form) == np.inf


def test_the_matrix_form_of_temporal_classification_does_not_underflow():
    """A thousand frames of equal scores: every path has probability 3^-1000."""
    paths_of_one_label = 1000 * 1001 // 2  # where it starts and where it ends
    expected = 1000 * math.log(3) - math.log(paths_of_one_label)
    assert ctc(np.zeros((1000, 3)), [1]) == pytest.approx(expected, rel=1e-12)
