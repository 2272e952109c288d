"""A disagreement shrinks to few and simple numbers, and stays the disagreement that it was."""

import numpy as np
import pytest

from gradcheck import layer
from gradcheck.examination import examine
from gradcheck.search import shrunk

SAMPLE = np.array([[0.31, -1.72, 0.44], [-2.24, 0.93, 1.05]])


def smallest(forward, backward, *inputs, **options):
    given = layer(forward, backward, list(inputs), **options)
    wrong = [f for f in examine(given, laws=False) if f.verdict == "DISAGREE"]
    return shrunk(given, wrong[0])


def test_a_wrong_factor_shrinks_to_one_entry_of_one():
    finding = smallest(np.square, lambda dout, x: dout * x, SAMPLE)
    assert finding.smallest.splitlines()[0] == "x = np.array([[1.0]])"


def test_both_values_stand_under_the_arrays():
    finding = smallest(np.square, lambda dout, x: dout * x, SAMPLE)
    last = finding.smallest.splitlines()[-1]
    assert last == "delta_x[0, 0] = 1.637 in backward, but 3.274 by differences"


def test_the_finding_itself_stays_at_the_point_of_the_user():
    given = layer(np.square, lambda dout, x: dout * x, [SAMPLE])
    (finding,) = examine(given, laws=False)
    assert shrunk(given, finding).worst_index == finding.worst_index


def test_a_shared_dimension_shrinks_together():
    def backward(dout, x, w):
        return dout @ w.T, 2 * x.T @ dout

    finding = smallest(np.matmul, backward, SAMPLE, SAMPLE.T.copy(), names=["x", "w"])
    assert finding.smallest.splitlines()[:2] == ["x = np.array([[1.0]])", "w = np.array([[0.0]])"]


def test_two_rows_stay_where_it_takes_two():
    def backward(dout, x):
        return np.broadcast_to(dout, x.shape) * (1 if len(x) == 1 else 2)

    finding = smallest(lambda x: x.sum(axis=0), backward, SAMPLE)
    assert finding.smallest.splitlines()[0] == "x = np.array([[0.0], [0.0]])"


def test_indices_shrink_before_the_table_that_they_point_into():
    def overwrites(dout, table, words):
        dtable = np.zeros_like(table)
        dtable[words] = dout
        return dtable, None

    words = np.array([4, 2, 4])
    finding = smallest(lambda table, words: table[words], overwrites, np.sin(np.arange(6.0)), words)
    assert finding.smallest.splitlines()[1] == "words = np.array([0, 0])"


@pytest.mark.parametrize("dtype", [float, int])
def test_one_hot_targets_stay_one_hot(dtype):
    def loss(z, y):
        z = z - z.max(axis=1, keepdims=True)
        return -(y * (z - np.log(np.exp(z).sum(axis=1, keepdims=True)))).sum()

    def wrong(dout, z, y):
        p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
        return dout * (p - 2 * y), None

    finding = smallest(
        loss, wrong, SAMPLE, np.eye(3, dtype=dtype)[[0, 2]], held=["y"], names=["z", "y"]
    )
    y = finding.smallest.splitlines()[1]
    assert y.count("1") == 1


def test_nan_does_not_shrink_to_a_number_that_is_merely_wrong():
    def backward(dout, x):
        return np.where(x == x.flat[0], np.nan, 2 * dout)

    finding = smallest(lambda x: 3 * x, backward, SAMPLE)
    assert "= nan in backward" in finding.smallest


def test_booleans_shrink_to_false():
    def backward(dout, x, mask):
        return 2 * dout * np.where(mask, 1.0, 3.0), None

    mask = np.array([[True, False, True], [False, True, True]])
    finding = smallest(lambda x, mask: np.where(mask, x, 3 * x), backward, SAMPLE, mask)
    assert finding.smallest.splitlines()[1] == "mask = np.array([[False]])"
