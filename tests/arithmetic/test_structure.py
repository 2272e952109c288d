"""Functions that place elements give, on balls, the very doubles that they give on floats."""

import numpy as np
import pytest

from gradcheck.arithmetic import BallArray, in_balls, midpoint, radius

X = np.array([[0.1, -2.5, 3.25], [4.75, 0.3, -6.0]])
V = np.array([0.7, -0.2, 1.9, 3.3])
INDEX = np.array([2, 0])


def assign(x, key, value):
    x = x.copy()
    x[key] = value
    return x


def by_put(x):
    x = x.copy()
    np.put(x, [0, 4], [7.5, 8.5])
    return x


def by_place(x):
    x = x.copy()
    np.place(x, x < 0, [0.25])
    return x


def by_putmask(x):
    x = x.copy()
    np.putmask(x, x < 0, x * 2)
    return x


def by_copyto(x):
    x = x.copy()
    np.copyto(x, 1.5, where=x > 1)
    return x


def by_fill_diagonal(x):
    x = x.copy()
    np.fill_diagonal(x, 9.5)
    return x


def by_put_along_axis(x):
    x = x.copy()
    np.put_along_axis(x, np.argmax(x, axis=1)[:, None], 0.0, axis=1)
    return x


def by_flat(x):
    x = x.copy()
    x.flat[::2] = 0.125
    return x


def by_fill(x):
    x = x.copy()
    x.fill(0.1)
    return x


PLACING = {
    "append": lambda x: np.append(x, 0.5),
    "apply_along_axis": lambda x: np.apply_along_axis(lambda row: row[::-1], 1, x),
    "argmax": lambda x: np.argmax(x, axis=1),
    "argmin": lambda x: np.argmin(x, axis=0),
    "argpartition": lambda x: np.take_along_axis(x, np.argpartition(x, 1, axis=1), 1)[:, 1],
    "argsort": lambda x: np.argsort(x, axis=1),
    "argwhere": lambda x: np.argwhere(x > 0),
    "array_split": lambda x: np.array_split(x, 2, axis=1)[0],
    "assign column": lambda x: assign(x, (slice(None), 1), 0.1),
    "assign index array": lambda x: assign(x, (slice(None), INDEX), 0.1),
    "assign mask": lambda x: assign(x, x < 0, 0.0),
    "assign slice": lambda x: assign(x, slice(1, None), x[:1]),
    "astype bool": lambda x: x.astype(bool),
    "astype float": lambda x: x.astype(float),
    "astype int": lambda x: x.astype(int),
    "atleast_2d": lambda x: np.atleast_2d(x[0]),
    "block": lambda x: np.block([[x], [x]]),
    "broadcast_to": lambda x: np.broadcast_to(x[0], (4, 3)),
    "clip": lambda x: np.clip(x, -1, 1.5),
    "clip method": lambda x: x.clip(-1, 1.5),
    "column_stack": lambda x: np.column_stack([x, x[:, 0]]),
    "compress": lambda x: np.compress([True, False, True], x, axis=1),
    "concatenate": lambda x: np.concatenate([x, X], axis=1),
    "copy": lambda x: np.copy(x),
    "copyto": by_copyto,
    "count_nonzero": lambda x: np.count_nonzero(x > 0, axis=0),
    "delete": lambda x: np.delete(x, 1, axis=1),
    "diag": lambda x: np.diag(x[0]),
    "diagonal": lambda x: np.diagonal(x),
    "dsplit": lambda x: np.dsplit(x[..., None], 1)[0],
    "expand_dims": lambda x: np.expand_dims(x, 1),
    "extract": lambda x: np.extract(x > 0, x),
    "fill": by_fill,
    "fill_diagonal": by_fill_diagonal,
    "flat": by_flat,
    "flatnonzero": lambda x: np.flatnonzero(x > 0),
    "flatten": lambda x: x.flatten(),
    "flip": lambda x: np.flip(x, 0),
    "hstack": lambda x: np.hstack([x, x]),
    "index array": lambda x: x[:, INDEX],
    "insert": lambda x: np.insert(x, 1, 0.5, axis=1),
    "mask": lambda x: x[x > 0],
    "max": lambda x: np.max(x, axis=0),
    "max keepdims": lambda x: x.max(axis=1, keepdims=True),
    "meshgrid": lambda x: np.meshgrid(x[0], x[1])[1],
    "min": lambda x: x.min(axis=(0, 1)),
    "moveaxis": lambda x: np.moveaxis(x, 0, 1),
    "nan_to_num": lambda x: np.nan_to_num(x),
    "nonzero": lambda x: np.nonzero(x > 0)[1],
    "pad": lambda x: np.pad(x, ((1, 0), (2, 1))),
    "pad constant": lambda x: np.pad(x, 1, constant_values=0.5),
    "pad edge": lambda x: np.pad(x, 1, mode="edge"),
    "pad reflect": lambda x: np.pad(x, 1, mode="reflect"),
    "partition": lambda x: np.partition(x, 1, axis=1)[:, 1],
    "place": by_place,
    "put": by_put,
    "put_along_axis": by_put_along_axis,
    "putmask": by_putmask,
    "ravel": lambda x: np.ravel(x),
    "repeat": lambda x: np.repeat(x, 2, axis=1),
    "reshape": lambda x: x.reshape(3, -1),
    "resize": lambda x: np.resize(x, (3, 3)),
    "roll": lambda x: np.roll(x, 1, axis=1),
    "rollaxis": lambda x: np.rollaxis(x, 1),
    "rot90": lambda x: np.rot90(x),
    "searchsorted": lambda x: np.searchsorted(np.sort(x.ravel()), [0.0, 4.75], side="right"),
    "select": lambda x: np.select([x < 0, x > 1], [0.0, x], 0.5),
    "sliding_window_view": lambda x: np.lib.stride_tricks.sliding_window_view(x, (2, 2)),
    "sort": lambda x: np.sort(x, axis=0),
    "split": lambda x: np.split(x, 3, axis=1)[2],
    "squeeze": lambda x: np.squeeze(x[:1]),
    "stack": lambda x: np.stack([x, x], axis=1),
    "stack scalars": lambda x: np.stack([x[0, 0], x[1, 1]]),
    "swapaxes": lambda x: x.swapaxes(0, 1),
    "take": lambda x: np.take(x, INDEX, axis=1),
    "take_along_axis": lambda x: np.take_along_axis(x, np.argsort(x, axis=1), axis=1),
    "tile": lambda x: np.tile(x, (2, 1)),
    "transpose": lambda x: x.T,
    "tril": lambda x: np.tril(x),
    "triu": lambda x: np.triu(x, 1),
    "vstack": lambda x: np.vstack([x, x[0]]),
    "where": lambda x: np.where(x > 0, x, 0.0),
    "where one argument": lambda x: np.where(x > 0)[0],
    "zeros assigned": lambda x: assign(np.zeros(x.shape), slice(None), x),
}

BUFFERS = {
    "array of a list": lambda x: np.array([x[0, 0], 0.5, 1]),
    "array of rows": lambda x: np.array([x[0], x[1]], dtype=float),
    "asarray": lambda x: np.asarray(x, dtype=np.float64),
    "ascontiguousarray": lambda x: np.ascontiguousarray(x.T),
    "empty": lambda x: assign(np.empty(x.shape, dtype=x.dtype), slice(None), x),
    "empty_like": lambda x: assign(np.empty_like(x), slice(None), x),
    "eye": lambda x: assign(np.eye(3), 0, x[0]),
    "full": lambda x: assign(np.full((2, 3), -np.inf), 0, x[0]),
    "full_like": lambda x: assign(np.full_like(x, 0.1), 0, x[0]),
    "identity": lambda x: assign(np.identity(3), 0, x[0]),
    "ones": lambda x: assign(np.ones((2, 3)), 0, x[0]),
    "ones_like": lambda x: assign(np.ones_like(x), 0, x[0]),
    "zeros_like": lambda x: assign(np.zeros_like(x), 0, x[0]),
    "zeros of objects": lambda x: assign(np.zeros((2, 3), dtype=object), 0, x[0]).astype(float),
    "zeros_like of a float array": lambda x: assign(np.zeros_like(X), 0, x[0]),
}


def assert_same(balls, floats):
    """Compare the shape, and bit for bit the numbers, which have no radius."""
    if getattr(balls, "dtype", np.dtype(bool)).kind in "iub":
        assert balls.dtype == floats.dtype
        assert np.array_equal(balls, floats)
        return
    assert np.shape(balls) == np.shape(floats)
    assert np.array_equal(midpoint(balls), floats)
    assert not radius(balls).any()


@pytest.mark.parametrize("name", PLACING)
def test_placing_is_the_same_on_balls_and_floats(name):
    assert_same(in_balls(PLACING[name], X), PLACING[name](X))


@pytest.mark.parametrize("name", BUFFERS)
def test_buffer_made_by_the_code_holds_balls(name):
    result = in_balls(BUFFERS[name], X)
    assert isinstance(result, BallArray)
    assert_same(result, BUFFERS[name](X))


def test_integer_buffers_stay_integers():
    assert in_balls(lambda x: np.zeros(len(x), dtype=int), X).dtype == int


def test_views_share_memory_as_floats_do():
    def through_a_view(x):
        x = x.copy()
        x.T[0] = 0.0
        x.reshape(-1)[-1] = 1.0
        return x

    assert_same(in_balls(through_a_view, X), through_a_view(X))


def test_an_index_can_be_added_at_repeatedly():
    def add_at(v):
        total = np.zeros(2)
        np.add.at(total, np.array([0, 1, 0]), v[:3])
        return total

    assert_same(in_balls(add_at, np.array([0.5, 2.0, 0.25])), np.array([0.75, 2.0]))
