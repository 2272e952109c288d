"""The nearest point of a convex hull, against geometry that is known."""

import itertools

import numpy as np
import pytest

from gradcheck.oracles.hull import nearest_to_origin

SQUARE = np.array([[1.0, 1.0], [1.0, -1.0], [-1.0, 1.0], [-1.0, -1.0]])

NEAREST = {
    "a single corner": ([[3.0, 4.0]], [3.0, 4.0]),
    "the middle of a segment": ([[1.0, 1.0], [1.0, -1.0]], [1.0, 0.0]),
    "the end of a segment": ([[1.0, 0.0], [2.0, 1.0]], [1.0, 0.0]),
    "the inside of a square": (SQUARE, [0.0, 0.0]),
    "the side of a square beside the origin": (SQUARE + np.array([3.0, 0.5]), [2.0, 0.0]),
    "the origin itself as a corner": ([[0.0, 0.0], [1.0, 1.0]], [0.0, 0.0]),
    "the same corner three times": ([[2.0, 0.0]] * 3, [2.0, 0.0]),
    "corners in a row": ([[1.0, -1.0], [1.0, 0.0], [1.0, 2.0]], [1.0, 0.0]),
    "a triangle in space": (np.eye(3), [1 / 3, 1 / 3, 1 / 3]),
    "signs of six entries": (list(itertools.product([-1.0, 1.0], repeat=6)), [0.0] * 6),
}


@pytest.mark.parametrize("name", NEAREST)
def test_the_nearest_point_is_found(name):
    corners, nearest = NEAREST[name]
    assert nearest_to_origin(np.array(corners)) == pytest.approx(nearest, abs=1e-12)


def distance_to_segments(corners: np.ndarray) -> float:
    """Return the distance from the origin to all segments between corners, one by one."""
    distances = []
    for p, q in itertools.combinations(corners, 2):
        share = np.clip(-p @ (q - p) / ((q - p) @ (q - p)), 0.0, 1.0)
        distances.append(np.linalg.norm(p + share * (q - p)))
    return min(distances)


@pytest.mark.parametrize("seed", range(20))
def test_the_distance_to_a_polygon_beside_the_origin_is_that_to_its_sides(seed):
    """In the plane the nearest point of a hull without the origin lies on some segment."""
    rng = np.random.default_rng(seed)
    corners = rng.normal(size=(7, 2), loc=(4.0, 0.0))
    found = np.linalg.norm(nearest_to_origin(corners))
    assert found == pytest.approx(distance_to_segments(corners), rel=1e-12)


@pytest.mark.parametrize("seed", range(20))
def test_no_corner_lies_behind_the_plane_through_the_nearest_point(seed):
    """The optimality condition: <corner, nearest> >= <nearest, nearest>."""
    corners = np.random.default_rng(seed).normal(size=(30, 12)) + 0.5
    nearest = nearest_to_origin(corners)
    assert (corners @ nearest).min() >= nearest @ nearest - 1e-11 * (corners**2).sum(axis=1).max()


@pytest.mark.parametrize("scale", [1e-6, 1e6])
def test_the_nearest_point_scales_with_the_corners(scale):
    corners = np.random.default_rng(0).normal(size=(9, 4)) + 1.0
    scaled = nearest_to_origin(scale * corners)
    assert scaled == pytest.approx(scale * nearest_to_origin(corners), rel=1e-9)
