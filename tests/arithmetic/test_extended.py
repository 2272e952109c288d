"""Extended precision is found by arithmetic, and code that drops it is told apart."""

import numpy as np
import pytest

from gradcheck.arithmetic import in_extended, longdouble_is_wider

wider = pytest.mark.skipif(not longdouble_is_wider(), reason="np.longdouble is float64 here")


def test_probe_agrees_with_the_stated_significand():
    assert longdouble_is_wider() == (np.finfo(np.longdouble).nmant > 52)


@wider
def test_longdouble_is_carried_to_the_end():
    result = in_extended(lambda x: np.exp(x) - 1, np.array([1e-5]))
    assert result.carried
    assert result.value.dtype == np.longdouble


@wider
def test_cast_inside_is_noticed():
    result = in_extended(lambda x: x.astype(np.float64) * 2, np.ones(2))
    assert not result.carried
    assert "float64 for longdouble inputs" in result.reason


@wider
def test_part_of_a_structure_that_was_cast_is_noticed():
    result = in_extended(lambda d: {"a": d["a"], "b": np.float32(d["a"][0])}, {"a": np.ones(2)})
    assert not result.carried


def test_integers_are_passed_as_they_are():
    assert in_extended(lambda i: i.dtype.kind, np.arange(3)).value == "i"
