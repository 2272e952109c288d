"""Neither pass writes into what it was handed."""

import numpy as np
import pytest

from tests.checks.laws.trials import (
    AddingDense,
    Dense,
    X,
    disagreeing,
    held_to,
    tanh,
    tanh_backward,
)


def unmodified(*given, **how):
    return held_to("no-mutation", *given, **how)


@pytest.mark.parametrize("subject", [Dense(), AddingDense()], ids=["Dense", "AddingDense"])
def test_right_objects_agree(subject):
    assert [(f.verdict, f.note) for f in unmodified(subject, [X])] == [("agree", "")]


def test_right_pair_agrees():
    assert [f.verdict for f in unmodified(tanh, tanh_backward, [X])] == ["agree"]


def test_forward_that_works_in_place_is_caught():
    def forward(x):
        x *= x > 0
        return x

    found = unmodified(forward, lambda dout, x: dout * (x > 0), [X])
    assert disagreeing(found) == ["x"]
    assert found[0].note == "forward writes into x: return a new array"
    assert found[0].wrong == 2


def test_backward_that_changes_its_cotangent_is_caught():
    def backward(dout, x):
        dout *= 1 - np.tanh(x) ** 2
        return dout

    found = unmodified(tanh, backward, [X])
    assert found[0].note == "backward writes into delta_y: work on a copy"


def test_backward_that_changes_a_saved_input_is_caught():
    def backward(dout, x):
        x[:] = np.tanh(x)
        return dout * (1 - x**2)

    assert disagreeing(unmodified(tanh, backward, [X])) == ["x"]


def test_integer_inputs_count():
    def forward(x, index):
        return x[index]

    def backward(dout, x, index):
        gradient = np.zeros_like(x)
        np.add.at(gradient, index, dout)
        index += 1
        return gradient, None

    found = unmodified(forward, backward, [np.ones(4), np.array([0, 2])])
    assert disagreeing(found) == ["index"]


def test_nan_is_no_change():
    with np.errstate(invalid="ignore"):  # the input holds a NaN on purpose
        found = unmodified(np.positive, lambda dout, x: dout * 1.0, [np.array([np.nan, 1.0])])
    assert [f.verdict for f in found] == ["agree"]


def test_running_mean_that_the_user_holds_is_only_named():
    def forward(x, mean):
        mean *= 0.9
        mean += 0.1 * x.mean(axis=0)
        return x - x.mean(axis=0)

    def backward(dout, x, mean):
        return dout - dout.mean(axis=0), None

    found = unmodified(forward, backward, [X, np.zeros(3)], held=["mean"])
    assert [(f.verdict, f.quantity) for f in found] == [("agree", "mean")]
    assert "held as a buffer" in found[0].note


def test_cache_that_backward_uses_up_is_caught():
    def forward(x):
        return np.tanh(x), [1 - np.tanh(x) ** 2]

    def backward(dout, cache):
        cache[0] *= dout
        return cache[0].copy()

    assert disagreeing(unmodified(forward, backward, [X])) == ["cache[0]"]


def test_scratch_memory_in_the_cache_is_only_named():
    def forward(x):
        return np.tanh(x), [1 - np.tanh(x) ** 2, np.empty_like(x) * 0]

    def backward(dout, cache):
        slopes, scratch = cache
        np.multiply(dout, slopes, out=scratch)
        return scratch.copy()

    found = unmodified(forward, backward, [X])
    assert [f.verdict for f in found] == ["agree"]
    assert found[0].note == "backward writes into cache[1], but goes back a second time as before"
