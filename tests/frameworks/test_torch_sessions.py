"""A session hands over the very arrays that it is given, and goes back as often as one likes."""

import numpy as np
import pytest

from gradcheck.adapters.given import CodeError
from gradcheck.adapters.recognition import layer

pytest.importorskip("torch")  # what follows imports it
from torch import nn

from tests.frameworks.torch_mistakes import SQUARES, Affine, B, Tanh, TwiceExp, X

ARRAY = X.numpy()


def session_of(code, *inputs):
    made = layer(code, inputs)
    return made.start(), {symbol: value.copy() for symbol, value in made.values.items()}


def test_code_that_changes_its_input_changes_the_array():
    session, values = session_of(nn.ReLU(inplace=True), X)
    session.forward(values)
    assert np.array_equal(values["input"], np.maximum(ARRAY, 0))


def test_code_that_changes_its_input_has_gradients():
    session, values = session_of(nn.ReLU(inplace=True), X)
    gradients = session.gradients(values, np.ones(X.shape))
    assert np.array_equal(gradients["input"], ARRAY > 0)


def test_arrays_are_handed_over_bit_by_bit():
    session, values = session_of(lambda x: 2 * x, X)
    values["x"][0, 0] = -0.0
    session.forward(values)
    assert np.signbit(values["x"][0, 0])


def test_layouts_reach_the_code():
    seen = []

    def code(x):
        seen.append(x.stride())
        return 2 * x

    session, values = session_of(code, X)
    session.forward({"x": np.asfortranarray(values["x"])})
    assert seen[-1] == (1, 2)


@pytest.mark.parametrize(
    "array",
    [ARRAY[::-1], np.broadcast_to(ARRAY[0], (2, 3)), ARRAY.astype(">f8").astype("f8")],
    ids=["reversed", "broadcast", "copied"],
)
def test_memory_that_pytorch_cannot_use_is_copied(array):
    session, _ = session_of(lambda x: 2 * x, X)
    assert np.array_equal(session.forward({"x": array}), 2 * array)


def test_going_back_twice_gives_the_same():
    session, values = session_of(Tanh, X)
    session.forward(values)
    first, second = (session.backward(np.ones(X.shape))["x"] for _ in range(2))
    assert np.array_equal(first, second)


def test_what_is_saved_for_backward_is_found():
    session, values = session_of(Affine, X, SQUARES, B)
    session.forward(values)
    assert list(session.memory()) == [f"AffineBackward[0].saved_tensors[{n}]" for n in range(3)]


def test_what_is_kept_as_an_attribute_is_found():
    session, values = session_of(TwiceExp, X)
    output = session.forward(values)
    assert np.array_equal(session.memory()["TwiceExpBackward[0].y"], output)


def test_values_of_another_shape_are_taken():
    made = layer(nn.Linear(3, 2), [X])
    other = made.at({**made.values, "input": np.ones((5, 3))})
    assert other.output.shape == (5, 2)


def test_complex_numbers_reach_the_parameters_too():
    session, values = session_of(nn.Linear(3, 2), X)
    assert session.forward({**values, "input": values["input"] + 1j}).dtype == np.complex128


def test_numbers_that_pytorch_does_not_have_are_refused():
    session, values = session_of(Tanh, X)
    with pytest.raises(TypeError, match="PyTorch has no numbers of dtype"):
        session.forward({"x": values["x"].astype(np.longdouble)})


def test_a_result_of_another_structure_is_told():
    session, values = session_of(lambda x: tuple(x) if x[0, 0] > 0 else x, X)
    with pytest.raises(CodeError, match="returned 1 tensors here, but 2 before"):
        session.forward({"x": -values["x"]})
