"""Functions that NumPy lacks, on arrays of any arithmetic."""

import numpy as np
import pytest

from gradcheck.arithmetic import precision, to_balls
from gradcheck.notation import scalar, special

Z = np.array([[-20.0, -1.0], [0.0, 3.0]])


def test_every_entry_of_an_array_is_taken():
    assert special.ndtr(Z).tolist() == [[scalar.ndtr(z) for z in row] for row in Z.tolist()]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_an_array_of_floats_keeps_its_dtype(dtype):
    assert special.ndtr(Z.astype(dtype)).dtype == dtype


def test_balls_stay_balls():
    with precision(200):
        doubt = special.ndtr(to_balls(Z)) + special.ndtr(to_balls(-Z)) - 1
    assert max(abs(x.arb.rad()) for x in doubt.ravel().tolist()) < 2.0**-190


def test_a_single_number_gives_a_single_number():
    assert special.ndtr(np.float64(0.0)) == 0.5


def test_a_function_is_named_for_what_it_computes():
    assert special.ndtr.__name__ == "ndtr"
