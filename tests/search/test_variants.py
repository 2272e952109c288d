"""Every kind of awkwardness is among the variants of an ordinary sample."""

import numpy as np
import pytest

from gradcheck import layer
from gradcheck.search.candidates import combinations, generic, singles
from gradcheck.search.variants import KINDS, structures, variants

X = np.array([[0.31, -1.72, 0.44], [-2.24, 0.93, 1.05]])


def of(kind, *inputs, names=None):
    names = names or [f"x{n}" for n in range(len(inputs))]
    values = dict(zip(names, map(np.asarray, inputs), strict=True))
    given = layer(lambda x, *others: 2 * x, lambda dout, x, *others: 2 * dout, [X, *inputs])
    kept = {**structures(given), **dict.fromkeys(values, ())}
    return [changed for _, changed in variants(kind, values, kept, np.random.default_rng(0))]


def arrays(kind, *inputs, **options):
    return [next(iter(changed.values())) for changed in of(kind, *inputs, **options)]


CONDITIONS = {
    "one entry is zero": ("zeros", lambda x: (x == 0).sum() == 1),
    "a row is zero": ("zeros", lambda x: (x == 0).all(axis=1).any()),
    "a column is zero": ("zeros", lambda x: (x == 0).all(axis=0).any()),
    "all are zero": ("zeros", lambda x: not x.any()),
    "the largest of each row comes twice": (
        "ties",
        lambda x: ((x == x.max(axis=1, keepdims=True)).sum(axis=1) > 1).all(),
    ),
    "the smallest of each column comes twice": (
        "ties",
        lambda x: ((x == x.min(axis=0)).sum(axis=0) > 1).all(),
    ),
    "two rows are equal": ("ties", lambda x: (x[0] == x[1]).all()),
    "all are equal": ("equal entries", lambda x: np.ptp(x) == 0),
    "all are negative": ("signs", lambda x: (x < 0).all()),
    "all are large": ("large and small", lambda x: (np.abs(x) > 100).all()),
    "all are tiny": ("large and small", lambda x: (np.abs(x) < 1e-6).all()),
    "all are saturated": ("saturated", lambda x: (np.abs(x) == 50).all()),
    "all are simple": ("simple numbers", lambda x: (2 * x == np.rint(2 * x)).all()),
}


@pytest.mark.parametrize("condition", CONDITIONS)
def test_there_is_one_where(condition):
    kind, holds = CONDITIONS[condition]
    assert any(holds(x) for x in arrays(kind, X))


def test_two_inputs_of_one_shape_are_made_equal():
    assert any((v["x0"] == v["x1"]).all() for v in of("ties", X, -2 * X))


def test_indices_come_twice_and_stay_in_their_range():
    drawn = arrays("repeated indices", np.array([4, 1, 6]))
    assert all(len(set(x.tolist())) < 3 for x in drawn[:4])
    assert all(1 <= x.min() <= x.max() <= 6 for x in drawn)


def test_masks_are_emptied_and_filled():
    drawn = [x.sum() for x in arrays("masks", np.array([True, False, True]))]
    assert {0, 1, 3} <= set(drawn)


def test_a_setting_is_never_negative():
    assert [int(x) for x in arrays("off the default", 1)] == [0, 2, 3]


def test_an_axis_is_counted_from_the_end():
    assert -1 in arrays("off the default", 1, names=["axis"])


def test_a_number_between_zero_and_one_stays_there():
    drawn = arrays("off the default", 0.1)
    assert drawn
    assert all(0 <= x <= 1 for x in drawn)


def test_no_kind_spoils_the_example():
    before = X.copy()
    for kind in KINDS:
        arrays(kind, X)
    assert X.tobytes() == before.tobytes()


@pytest.mark.parametrize("kind", KINDS)
def test_empty_arrays_have_no_variants(kind):
    assert of(kind, np.zeros((0, 3)), np.zeros(0, dtype=int)) == []


def scaled(x, scale, shift):
    return x * scale + shift


def scaled_backward(dout, x, scale, shift):
    return dout * scale, (dout * x).sum(axis=0), dout.sum(axis=0)


SCALED = layer(scaled, scaled_backward, [X, np.ones(3), np.zeros(3)])


def test_scale_and_shift_are_moved_off_one_and_zero_together():
    values = generic(SCALED, 0).values
    assert (values["scale"] != 1).all()
    assert (values["shift"] != 0).all()
    assert (values["x"] == X).all()


def test_the_first_candidates_are_of_different_kinds():
    stream = singles(SCALED, generic(SCALED, 0).values, 0)
    assert len({next(stream).kind for _ in range(8)}) >= 7


def test_combinations_are_awkward_in_several_ways():
    drawn = list(combinations(SCALED, SCALED.values, 0, 30))
    assert all(" and " in candidate.what for candidate in drawn[:5])
    assert any(not c.values["x"].all() and np.ptp(c.values["scale"]) for c in drawn)


def test_the_same_seed_gives_the_same_candidates():
    first, again = (list(singles(SCALED, SCALED.values, 5)) for _ in range(2))
    assert [c.key for c in first] == [c.key for c in again]
