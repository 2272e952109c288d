"""Other layouts hold the same numbers, for floats and for balls, and reach the code under test."""

import numpy as np
import pytest

from gradcheck import layer
from gradcheck.arithmetic import to_balls
from gradcheck.search.layouts import LAYOUTS, PLAIN, arranged

X = np.arange(6.0).reshape(2, 3)

STORED = {
    PLAIN: lambda x: x.flags.c_contiguous,
    "Fortran order": lambda x: x.flags.f_contiguous,
    "every second entry of a larger array": lambda x: x.strides[-1] == 2 * x.itemsize,
    "stored backwards": lambda x: x.strides[-1] < 0,
    "read-only": lambda x: not x.flags.writeable,
}

every_layout = pytest.mark.parametrize("layout", LAYOUTS)


@every_layout
@pytest.mark.parametrize("lift", [np.array, to_balls], ids=["floats", "balls"])
def test_the_numbers_are_the_same(layout, lift):
    stored = LAYOUTS[layout].stored(lift(X))
    assert type(stored) is type(lift(X))
    assert (stored == lift(X)).all()


@every_layout
def test_the_code_is_handed_arrays_that_are_stored_so(layout):
    seen = []

    def forward(x):
        seen.append(x)
        return 2 * x

    def backward(dout, x):
        seen.extend((dout, x))
        return 2 * dout

    session = arranged(layer(forward, backward, [X]), layout).start()
    del seen[:]
    session.forward({"x": X.copy()})
    session.backward(X.copy())
    assert all(STORED[layout](x) for x in seen)
    assert len(seen) == 3


@every_layout
def test_the_expression_gives_the_same_layout(layout):
    text = LAYOUTS[layout].text
    assert not text or STORED[layout](eval(text.format("x"), {"x": X.copy()}))
