"""A point cannot be moved: not by the caller's arrays, not by the code under test."""

import dataclasses

import numpy as np
import pytest

from gradcheck.notation import Point


def test_later_changes_of_the_callers_array_do_not_move_the_point():
    x = np.array([1.0, 2.0])
    point = Point({"x": x}, cotangent=1.0)
    x[0] = 5.0
    assert point.inputs["x"][0] == 1.0


def test_an_input_cannot_be_written_to():
    point = Point({"x": [1.0, 2.0]}, cotangent=1.0)
    with pytest.raises(ValueError, match="read-only"):
        point.inputs["x"][0] = 5.0


def test_the_cotangent_cannot_be_written_to():
    point = Point({"x": 1.0}, cotangent=[1.0])
    with pytest.raises(ValueError, match="read-only"):
        point.cotangent[0] = 5.0


def test_an_input_cannot_be_exchanged():
    with pytest.raises(TypeError):
        Point({"x": 1.0}, cotangent=1.0).inputs["x"] = np.array(2.0)


def test_a_field_cannot_be_exchanged():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Point({"x": 1.0}, cotangent=1.0).cotangent = np.array(2.0)


def test_a_point_is_a_single_input_unless_it_says_otherwise():
    assert Point({"x": 1.0}, cotangent=1.0).inputs_in_batch is None


def test_points_can_be_compared_and_kept_in_sets():
    """Comparing arrays entry by entry would raise: a point is equal to itself only."""
    first, second = Point({"x": [1.0, 2.0]}, 1.0), Point({"x": [1.0, 2.0]}, 1.0)
    assert len({first, second, first}) == 2
