"""While code runs lifted, its own buffers are balls; afterwards everything is as it was."""

import gc
import sys
from functools import partial

import numpy as np
import pytest
from numpy import zeros

from gradcheck.arithmetic import Ball, BallArray, in_balls, lifted, precision, to_balls


def copied_by_imported_name(x):
    out = zeros(len(x))
    out[:] = x
    return out


class Layer:
    """A layer that carries its array library, as code for two of them does."""

    def __init__(self, xp):
        self.xp = xp

    def forward(self, x):
        """Return x, by way of a buffer."""
        return self.xp.zeros(3) + x


def test_name_imported_from_numpy_is_exchanged():
    assert isinstance(in_balls(copied_by_imported_name, np.ones(3)), BallArray)


def test_numpy_itself_stays_as_it_is():
    with lifted():
        assert type(sys.modules["numpy"].zeros(2)) is np.ndarray


def test_compiled_code_gets_plain_buffers():
    """numpy.random writes doubles into what its np.empty gives: balls there would crash."""
    result = in_balls(lambda x: x * np.random.default_rng(0).random(3), np.ones(3))
    assert isinstance(result, BallArray)


def test_names_are_restored_after_an_error():
    with pytest.raises(ZeroDivisionError), lifted():
        _ = 1 / 0
    assert type(np.zeros(1)) is np.ndarray
    assert type(zeros(1)) is np.ndarray


def test_nested_blocks_restore_at_the_outer_end():
    with lifted():
        with lifted():
            assert isinstance(np.zeros(1), BallArray)
        assert isinstance(np.zeros(1), BallArray)
    assert type(np.zeros(1)) is np.ndarray


def test_garbage_collector_runs_again_afterwards():
    with lifted():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_object_that_carries_numpy_is_reached():
    assert isinstance(in_balls(Layer(np).forward, np.ones(3)), BallArray)


def test_closure_over_numpy_is_reached():
    def make(xp):
        return lambda x: xp.ones_like(x) + xp.zeros(3)

    assert isinstance(in_balls(partial(make(np)), np.ones(3)), BallArray)


def test_code_run_by_exec_is_reached():
    namespace = {"np": np}
    exec("def f(x):\n    out = np.empty(3)\n    out[:] = x\n    return out", namespace)
    assert isinstance(in_balls(namespace["f"], np.ones(3)), BallArray)
    assert namespace["np"] is np


def test_integer_and_float32_buffers_are_untouched():
    with lifted():
        assert type(np.zeros(1, dtype=int)) is np.ndarray
        assert type(np.ones(1, dtype=np.float32)) is np.ndarray
        assert type(np.array([1, 2])) is np.ndarray


def test_vectorized_function_gives_balls():
    result = in_balls(np.vectorize(lambda x: x * x if x > 0 else 0.0), np.array([0.5, -1.0]))
    assert isinstance(result, BallArray)
    assert result.tolist() == [0.25, 0.0]


def test_ufunc_of_python_leaves_no_floats_among_balls():
    halved = np.frompyfunc(lambda x: x / 2 if x > 0 else 0.1, 1, 1)
    result = in_balls(lambda x: halved(x), np.array([0.5, -1.0]))
    assert isinstance(result, BallArray)


def test_ufunc_of_python_may_return_other_things():
    names = np.frompyfunc(lambda x: "up" if x > 0 else "down", 1, 1)
    assert in_balls(lambda x: names(x), np.array([0.5, -1.0])).tolist() == ["up", "down"]


def test_sorting_in_place_sorts():
    x = to_balls(np.array([3.0, 1.0, 2.0]))
    x.sort()
    assert x.tolist() == [1, 2, 3]


def test_dtype_stands_for_float64():
    def asks(x):
        assert isinstance(x, np.ndarray)
        assert np.issubdtype(x.dtype, np.floating)
        assert np.result_type(x, np.float32) == np.float64
        assert not np.iscomplexobj(x)
        return np.zeros(x.shape, dtype=x.dtype) + np.finfo(x.dtype).eps

    assert in_balls(asks, np.ones(2)).tolist() == [2.0**-52, 2.0**-52]


def test_no_float_slips_into_an_array_of_balls():
    """A float between balls would be added to another one in 53 bits."""
    x = to_balls(np.zeros(3))
    x[0] = 0.1
    x.flat[1] = 0.1
    x.put(2, 0.1)
    with precision(200):
        assert x.sum() == 3 * Ball(0.1)
