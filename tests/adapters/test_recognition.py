"""Which adapter takes what, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest

from gradcheck.adapters.given import CodeError
from gradcheck.adapters.recognition import KINDS, layer
from gradcheck.notation import NotationError, PointError
from tests.adapters.sample_arrays import LABELS, X
from tests.adapters.strange_layers import ReLU
from tests.adapters.strange_losses import MeanSquare, svm_loss


def square(x):
    return x * x


def square_backward(dout, x):
    return 2 * x * dout


def square_gradient(x):
    return 2 * x


def square_cached(x):
    return x * x, x


def from_cache(dout, cache):
    return 2 * cache * dout


@pytest.mark.parametrize(
    ("code", "inputs", "kind"),
    [
        ((square, square_backward), [X], "forward and backward"),
        ((square_cached, from_cache), [X], "forward with cache"),
        ((square, square_gradient), [1.5], "function and Jacobian"),
        ((ReLU(),), [X], "stateful object"),
        ((MeanSquare(),), [X, 2 * X], "stateful object"),
        ((svm_loss,), [X, LABELS], "value with gradients"),
    ],
)
def test_code_is_recognised(code, inputs, kind):
    assert layer(*code, inputs).kind == kind


def test_a_layer_is_a_layer():
    made = layer(square, square_backward, [X])
    assert layer(made) is made


def test_kind_can_be_said():
    assert layer(square, square_gradient, [X[0]], kind="jacobian").kind == "function and Jacobian"


def test_kind_that_is_unknown_is_named_beside_those_there_are():
    with pytest.raises(CodeError, match=r"kind='keras': take one of .*object, .*functions, loss"):
        layer(square, square_backward, [X], kind="keras")


def test_a_forward_function_alone_is_not_a_layer():
    with pytest.raises(CodeError, match=r"square \(function\) was not recognised as a layer: give"):
        layer(square, [X])


@pytest.mark.parametrize("subject", [3.0, "square", None, np.ones(3), np])
def test_what_is_no_code_is_refused(subject):
    with pytest.raises(CodeError, match="was not recognised as a layer"):
        layer(subject, [X])


def test_name_can_be_given():
    assert layer(square, square_backward, [X], name="my square").name == "my square"


def test_signature_has_a_core_for_every_value():
    with pytest.raises(NotationError, match=r"give the dimensions of each of x"):
        layer(square, square_backward, [X], signature="(n),(n)->(n)")


def test_signature_and_batch_are_kept():
    made = layer(square, square_backward, [X], signature="(n,i)->(n,i)", batch=["x"])
    assert (made.signature, made.batch) == ("(n,i)->(n,i)", ("x",))


def test_an_input_that_is_no_array_is_shown():
    with pytest.raises(PointError, match=r"input 0 = 'ab' is no array of real numbers"):
        layer(square, square_backward, ["ab"])


def test_every_kind_has_an_adapter():
    assert all(home.startswith("gradcheck.adapters.") for home in KINDS.values())


def test_signature_that_does_not_fit_the_inputs_is_refused():
    with pytest.raises(PointError, match="x"):
        layer(square, square_backward, [X], signature="(n)->(n)")


def test_parameters_of_functions_are_refused():
    with pytest.raises(CodeError, match="only objects have parameters"):
        layer(square, square_backward, [X], parameters={"W": "dW"})
