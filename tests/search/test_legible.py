"""The text of a case shows its arrays, what is wrong there, and what the arrays do not show."""

import numpy as np
import pytest

from gradcheck.checks.finding import Finding, Verdict
from gradcheck.search.candidate import Candidate
from gradcheck.search.legible import array_expression, smallest_text

WRONG = Finding(
    operation="square", point="given", check="derivative", quantity="delta_x", shape=(2,),
    candidate="backward", reference="numerical", worst_index=(1,), candidate_value=0.5,
    reference_value=1.0, verdict=Verdict.DISAGREE,
)  # fmt: skip


def text(values, **options):
    return smallest_text(Candidate(kind="test", what="test", values=values, **options), WRONG)


def test_arrays_stand_above_both_values():
    assert text({"x": np.array([0.0, 1.0])}) == (
        "x = np.array([0.0, 1.0])\ndelta_x[1] = 0.5 in backward, but 1 by differences"
    )


def test_a_large_array_is_described():
    first = text({"x": np.arange(60.0)}).splitlines()[0]
    assert first == "x = an array of shape (60,), from 0 to 59"


def test_there_are_at_most_six_lines():
    lines = text({f"x{n}": np.array([n]) for n in range(8)}).splitlines()
    assert (len(lines), lines[4]) == (6, "and 4 more arrays")


def test_another_layout_is_named():
    assert text({"x": np.eye(2)}, layout="Fortran order").endswith("with arrays in Fortran order")


@pytest.mark.parametrize(
    "x",
    [
        np.array([[0.1, -np.inf], [np.nan, 2.0]]),
        np.array([1, 2]),
        np.array([True, False]),
        np.zeros((0, 3)),
        np.array([0.5], dtype=np.float32),
        np.array([3], dtype=np.uint8),
        np.array(2.5),
    ],
    ids=lambda x: f"{x.dtype}{x.shape}",
)
def test_an_array_as_text_is_the_same_array(x):
    again = np.asarray(eval(array_expression(x), {"np": np}))
    assert (again.dtype, again.shape, again.tobytes()) == (x.dtype, x.shape, x.tobytes())
