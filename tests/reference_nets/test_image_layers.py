"""Convolution, pooling, resampling and padding: values on paper, and what relates them."""

import numpy as np
import pytest

from gradcheck.checks.finding import Verdict
from gradcheck.checks.witnesses import witnesses
from gradcheck.notation import Equation, Operation, PointError
from reference_nets import (
    adaptive_average_pooling_1d,
    adaptive_average_pooling_2d,
    average_pooling_1d,
    average_pooling_2d,
    bilinear_upsampling,
    convolution_1d,
    convolution_2d,
    dense,
    depthwise_convolution,
    global_average_pooling,
    max_pooling_1d,
    max_pooling_2d,
    nearest_upsampling,
    reflection_padding,
    transposed_convolution_1d,
    transposed_convolution_2d,
    zero_padding,
)
from reference_nets.layers.steps import Steps
from reference_nets.layers.windows import overlap_add, windows

FORMS = pytest.mark.parametrize("form", ["scalar", "matrix"])
STEPS = pytest.mark.parametrize(
    "steps", [Steps(), Steps(2), Steps(1, 2), Steps(3, 1, 2)], ids=str
)  # fmt: skip


def whole_numbers(rng, *shape):
    """Draw whole numbers, with which sums and products are exact."""
    return rng.integers(-9, 10, shape).astype(float)


@FORMS
def test_convolution_slides_its_weights_unflipped(form):
    line = [[1.0, 10.0, 100.0, 1000.0]]
    assert convolution_1d()([[[1.0, 2.0]]], line, [0.0], form=form).tolist() == [[21, 210, 2100]]


@FORMS
def test_stride_padding_and_dilation_choose_what_a_window_meets(form):
    """Windows of two places at distance 2 meet inputs -1 and 1, then 1 and 3; -1 is padding."""
    layer = convolution_1d(stride=2, padding=1, dilation=2)
    line = [[1.0, 10.0, 100.0, 1000.0]]
    assert layer([[[1.0, 2.0]]], line, [5.0], form=form).tolist() == [[25.0, 2015.0]]


@FORMS
def test_groups_do_not_see_each_other(form):
    gradients = convolution_1d(groups=2).pullback(
        [[1.0], [0.0]], [[[3.0]], [[4.0]]], [[5.0], [6.0]], [0.0, 0.0], form=form
    )
    assert gradients["a"].tolist() == [[3.0], [0.0]]
    assert gradients["w"].tolist() == [[[5.0]], [[0.0]]]


@FORMS
def test_an_input_that_no_window_sees_has_no_gradient(form):
    gradients = convolution_1d(stride=3).pullback(
        [[1.0, 1.0]], [[[2.0]]], [[1.0] * 5], [0.0], form=form
    )
    assert gradients["a"].tolist() == [[2.0, 0.0, 0.0, 2.0, 0.0]]


@FORMS
def test_a_window_of_one_place_is_a_dense_layer_at_every_place(form):
    rng = np.random.default_rng(0)
    w, b = whole_numbers(rng, 3, 2), whole_numbers(rng, 3)
    a = whole_numbers(rng, 2, 4, 5)
    z = convolution_2d()(w[:, :, None, None], a, b, form=form)
    assert z[:, 1, 2].tolist() == dense(w, a[:, 1, 2], b).tolist()


@FORMS
def test_depthwise_convolution_is_a_convolution_with_a_group_for_each_channel(form):
    rng = np.random.default_rng(0)
    w, a = whole_numbers(rng, 3, 2, 2), whole_numbers(rng, 3, 4, 5)
    b = whole_numbers(rng, 3)
    grouped = convolution_2d(groups=3)(w[:, None], a, b)
    assert np.array_equal(depthwise_convolution()(w, a, b, form=form), grouped)


@FORMS
@pytest.mark.parametrize(("stride", "padding"), [(1, 0), (2, 1), (3, 0)])
def test_transposed_convolution_is_the_gradient_of_convolution(form, stride, padding):
    """As its name says: it computes δa of the convolution with the same weights from δz."""
    rng, options = np.random.default_rng(0), {"stride": stride, "padding": padding}
    w, delta_z = whole_numbers(rng, 2, 3, 3, 2), whole_numbers(rng, 2, 3, 3)
    z = transposed_convolution_2d(**options)(w, delta_z, np.zeros(3), form=form)
    gradients = convolution_2d(**options).pullback(delta_z, w, 0 * z, np.zeros(2))
    assert np.array_equal(z, gradients["a"])


@FORMS
def test_a_transposed_convolution_over_one_axis_is_one_over_two_with_a_single_row(form):
    rng = np.random.default_rng(0)
    w, a, b = whole_numbers(rng, 2, 3, 2), whole_numbers(rng, 2, 4), whole_numbers(rng, 3)
    of_rows = transposed_convolution_2d()(w[:, :, None], a[:, None], b)
    assert np.array_equal(transposed_convolution_1d()(w, a, b, form=form), of_rows[:, 0])


@FORMS
def test_the_first_of_equal_numbers_takes_the_gradient_of_max_pooling(form):
    gradient = max_pooling_2d().pullback([[[8.0]]], [[[1.0, 3.0], [3.0, 3.0]]], form=form)["x"]
    assert gradient.tolist() == [[[0.0, 8.0], [0.0, 0.0]]]


@FORMS
def test_a_number_that_is_largest_in_two_windows_collects_both(form):
    gradient = max_pooling_1d(2, stride=1).pullback([[1.0, 10.0]], [[0.0, 5.0, 0.0]], form=form)
    assert gradient["x"].tolist() == [[0.0, 11.0, 0.0]]


@FORMS
def test_padding_is_never_the_largest(form):
    assert max_pooling_1d(3, stride=2, padding=1)([[-4.0, -3.0]], form=form).tolist() == [[-3.0]]


@FORMS
def test_padding_counts_in_an_average(form):
    pooled = average_pooling_1d(3, stride=2, padding=1)([[3.0, 6.0]], form=form)
    assert pooled.tolist() == [[3.0]]


@FORMS
def test_all_average_poolings_agree_on_the_mean_of_everything(form):
    x = whole_numbers(np.random.default_rng(0), 2, 4, 4)
    whole = average_pooling_2d(4)(x, form=form)[:, 0, 0]
    assert whole.tolist() == (x.sum(axis=(1, 2)) / 16).tolist()
    assert whole.tolist() == global_average_pooling(x, form=form).tolist()
    assert whole.tolist() == adaptive_average_pooling_2d(1, 1)(x, form=form)[:, 0, 0].tolist()


@FORMS
def test_adaptive_windows_overlap_where_sizes_do_not_divide(form):
    """Three outputs of four inputs: means of 0 and 1, of 1 and 2, of 2 and 3."""
    pooled = adaptive_average_pooling_1d(3)([[0.0, 2.0, 4.0, 8.0]], form=form)
    assert pooled.tolist() == [[1.0, 3.0, 6.0]]


@FORMS
def test_more_outputs_than_inputs_repeat_them(form):
    assert adaptive_average_pooling_1d(4)([[1.0, 2.0]], form=form).tolist() == [[1, 1, 2, 2]]


@FORMS
def test_pooling_undoes_nearest_upsampling(form):
    x = whole_numbers(np.random.default_rng(0), 2, 3, 4)
    y = nearest_upsampling(2)(x, form=form)
    assert np.array_equal(average_pooling_2d(2)(y), x)


@FORMS
@pytest.mark.parametrize("align_corners", [False, True])
def test_interpolation_keeps_a_constant_image(form, align_corners):
    layer = bilinear_upsampling(2, align_corners=align_corners)
    assert (layer(np.full((1, 2, 3), 12.0), form=form) == 12.0).all()


@FORMS
def test_aligned_corners_stay_where_they_are(form):
    y = bilinear_upsampling(2, align_corners=True)([[[0.0, 3.0]]], form=form)
    assert y.tolist() == [[[0.0, 1.0, 2.0, 3.0]] * 2]


@FORMS
def test_the_mirror_stands_on_the_outermost_number(form):
    y = reflection_padding(2)(np.arange(9.0).reshape(1, 3, 3), form=form)
    assert y[0, 2].tolist() == [2.0, 1.0, 0.0, 1.0, 2.0, 1.0, 0.0]


@FORMS
def test_padding_first_is_padding_inside_the_convolution(form):
    rng = np.random.default_rng(0)
    w, a, b = whole_numbers(rng, 2, 3, 2, 2), whole_numbers(rng, 3, 3, 4), whole_numbers(rng, 2)
    outside = convolution_2d()(w, zero_padding(1)(a, form=form), b, form=form)
    assert np.array_equal(convolution_2d(padding=1)(w, a, b, form=form), outside)


@STEPS
def test_adding_windows_back_is_the_adjoint_of_taking_them(steps):
    """<windows(x), g> = <x, overlap_add(g)> for all x and g."""
    rng = np.random.default_rng(0)
    x = whole_numbers(rng, 2, 7, 6)
    seen = windows(x, (3, 2), steps)
    g = whole_numbers(rng, *seen.shape)
    assert np.sum(seen * g) == np.sum(x * overlap_add(g, (7, 6), steps))


def with_flipped_weights(right):
    """Return a convolution whose matrix form of δa meets the weights in the opposite order."""
    *others, delta_a, delta_b = right.gradients

    def flipped(delta_z, w, a):
        return delta_a["matrix"](delta_z, w[..., ::-1], a)

    wrong = Equation("delta_a", delta_a.parameters, {**delta_a.forms, "matrix": flipped})
    return Operation(
        "flipped", right.signature, right.forward, (*others, wrong, delta_b),
        parameters=right.parameters, extents=right.extents,
    )  # fmt: skip


def test_weights_flipped_on_the_way_back_are_seen_in_the_form_that_flips_them():
    wrong = with_flipped_weights(convolution_1d(stride=2, padding=1))
    point = wrong.sample(np.random.default_rng(0), {"p": 3, "h": 5})
    findings = [f for f in witnesses(wrong, point) if f.verdict is Verdict.DISAGREE]
    assert {(f.quantity, f.candidate) for f in findings} == {("delta_a", "matrix form")}


def test_channels_that_cannot_be_split_are_refused_with_their_number():
    message = r"c = 3 channels cannot be split into 2 equal groups: give a multiple of 2"
    with pytest.raises(PointError, match=message):
        convolution_1d(groups=2)(np.ones((2, 1, 1)), np.ones((3, 4)), np.ones(2))


def test_weights_for_another_number_of_channels_are_refused():
    message = "convolution 2d: i = 2, but it has to be 3 with c = 3"
    with pytest.raises(PointError, match=message):
        convolution_2d()(np.ones((1, 2, 1, 1)), np.ones((3, 4, 4)), np.ones(1))


def test_a_window_larger_than_the_input_is_refused():
    with pytest.raises(PointError, match="u would be 0 with h = 1: make the input larger"):
        max_pooling_2d()(np.ones((1, 1, 4)))


def test_a_border_that_is_too_wide_to_mirror_is_refused():
    with pytest.raises(PointError, match="a border of 2 cannot mirror 2 inputs: it takes at least"):
        reflection_padding(2)(np.ones((1, 2, 4)))


@pytest.mark.parametrize(
    ("layer", "options", "message"),
    [
        (convolution_2d, {"stride": 0}, "stride = 0: give a whole number, at least 1"),
        (convolution_1d, {"padding": -1}, "padding = -1: give a whole number, at least 0"),
        (convolution_1d, {"dilation": 1.5}, "dilation = 1.5: give a whole number, at least 1"),
        (convolution_2d, {"groups": 0}, "groups = 0: give a whole number, at least 1"),
        (max_pooling_2d, {"window": 0}, "window = 0: give a whole number, at least 1"),
        (average_pooling_2d, {"padding": 2}, "padding = 2 with window = 2: pad by at most half"),
        (nearest_upsampling, {"factor": 0}, "factor = 0: give a whole number, at least 1"),
        (zero_padding, {"width": -1}, "width = -1: give a whole number, at least 0"),
        (adaptive_average_pooling_1d, {"u": 0}, "outputs = 0: give a whole number, at least 1"),
    ],
)
def test_an_option_that_makes_no_sense_is_refused_by_its_value(layer, options, message):
    with pytest.raises(ValueError, match=message):
        layer(**options)
