"""Points drawn from an operation's declaration fit it, cover what is awkward, and shrink."""

import numpy as np
import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

from gradcheck.notation import Integers, Operation, equation
from gradcheck.notation.validation import check_cotangent, check_inputs
from gradcheck.search import points
from reference_nets import CATALOGUE, dense, relu, softmax, softmax_cross_entropy

STEADY = settings(derandomize=True, database=None, max_examples=1000)

every_operation = pytest.mark.parametrize("operation", CATALOGUE, ids=lambda op: op.name)


def found(operation, condition, **options):
    return find(points(operation, **options), condition, settings=STEADY)


def check(operation, point):
    in_batch = point.inputs_in_batch is not None
    values = check_inputs(operation, list(point.inputs.values()), in_batch=in_batch)
    check_cotangent(operation, point.cotangent, values, in_batch=in_batch)


@every_operation
@given(data=st.data())
@settings(derandomize=True, max_examples=30)
def test_a_drawn_single_input_fits_its_operation(operation, data):
    check(operation, data.draw(points(operation)))


@every_operation
@given(data=st.data())
@settings(derandomize=True, max_examples=30)
def test_a_drawn_batch_fits_its_operation(operation, data):
    check(operation, data.draw(points(operation, inputs_in_batch=st.integers(1, 3))))


def test_the_smallest_point_has_a_size_of_one_everywhere_and_holds_zeros():
    point = found(dense, lambda point: True)
    arrays = [*point.inputs.values(), point.cotangent]
    assert [x.tolist() for x in arrays] == [[[0.0]], [0.0], [0.0], [0.0]]


def test_a_failure_in_a_wide_layer_shrinks_to_the_least_width():
    point = found(relu, lambda point: point.inputs["z"].size >= 3)
    assert point.inputs["z"].tolist() == [0.0, 0.0, 0.0]


def test_a_failure_at_two_nonzero_units_shrinks_to_just_these():
    point = found(relu, lambda point: np.count_nonzero(point.inputs["z"]) >= 2)
    assert point.inputs["z"].tolist() == [1.0, 1.0]


def test_the_kink_of_relu_is_drawn():
    point = found(relu, lambda p: (p.inputs["z"] == 0).any() and p.cotangent.all())
    assert point.inputs["z"].tolist() == [0.0]


def test_saturated_scores_are_drawn():
    point = found(softmax, lambda p: np.ptp(p.inputs["z"]) >= 1000)
    assert np.ptp(point.inputs["z"]) >= 1000


def test_sides_go_up_to_the_largest():
    assert found(relu, lambda p: p.inputs["z"].size == 4).inputs["z"].shape == (4,)


@given(points(dense, max_side=2))
@settings(derandomize=True, max_examples=50)
def test_no_side_is_longer_than_the_largest(point):
    assert max(point.inputs["w"].shape) <= 2


@given(points(dense, sizes={"k": 3}))
@settings(derandomize=True, max_examples=50)
def test_a_given_size_is_kept(point):
    assert point.inputs["b"].shape == (3,)


@given(points(softmax_cross_entropy, inputs_in_batch=2, sizes={"k": 3}))
@settings(derandomize=True, max_examples=50)
def test_a_batch_has_the_given_number_of_inputs(point):
    assert (point.inputs_in_batch, point.inputs["z"].shape) == (2, (2, 3))


@given(points(dense, magnitude=1e-3))
@settings(derandomize=True, max_examples=50)
def test_the_magnitude_bounds_inputs_and_cotangent(point):
    assert max(abs(x).max() for x in (*point.inputs.values(), point.cotangent)) <= 1e-3


def test_sizes_that_leave_no_value_are_not_drawn():
    """With one class there is no class from 1 on: only two or more give a point."""

    def E(z, c):
        return z[c]

    def delta_z(delta_E, z, c):
        return [delta_E if k == c else 0.0 for k in range(len(z))]

    pick = Operation(
        "pick", "(k),()->()", equation(E), [equation(delta_z)],
        constants=("c",), domain={"c": Integers(1, "k")},
    )  # fmt: skip
    assert found(pick, lambda point: True).inputs["z"].shape == (2,)


def test_the_same_run_draws_the_same_points():
    """A derandomised run repeats itself: what failed once fails again."""
    first, second = [], []
    for drawn in (first, second):
        draw_into(drawn)
    assert first == second


def draw_into(drawn):
    @given(points(relu))
    @settings(derandomize=True, database=None, max_examples=20)
    def draw(point):
        drawn.append(point.inputs["z"].tolist())

    draw()


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ({"max_side": 0}, "max_side = 0: a dimension has at least one entry"),
        ({"sizes": {"k": 0}}, "k = 0: a dimension has at least one entry"),
        ({"sizes": {"m": 2}}, "sizes names m, but the dimensions of dense are k, i"),
    ],
)
def test_an_impossible_size_is_refused_by_name_and_value(options, complaint):
    with pytest.raises(ValueError, match=complaint):
        points(dense, **options)
