"""A layer as an operation, and its example as a point."""

from __future__ import annotations

import numpy as np
import pytest

from gradcheck.adapters.given import CodeError
from gradcheck.adapters.operation_of import operation_of, random_cotangent
from gradcheck.adapters.recognition import layer
from gradcheck.arithmetic import NotLiftable, to_balls
from gradcheck.notation import CODE, PointError
from tests.adapters.sample_arrays import LABELS, X
from tests.adapters.strange_dense_layers import Affine
from tests.adapters.strange_layers import Dropout
from tests.adapters.strange_losses import svm_loss


def square_layer():
    return layer(lambda x: x * x, lambda dout, x: 2 * x * dout, [X])


def test_parameters_and_held_inputs_keep_their_roles():
    operation, _ = operation_of(layer(svm_loss, [X, LABELS]))
    assert (operation.differentiable, operation.constants) == (("x",), ("y",))


def test_parameters_of_an_object_are_those_of_the_operation():
    operation, _ = operation_of(layer(Affine(), [X]))
    assert operation.parameters == ("params[0]", "params[1]")


def test_point_is_the_example():
    made = layer(Affine(), [X])
    _, point = operation_of(made)
    assert all(np.array_equal(point.inputs[s], made.values[s]) for s in made.values)


def test_cotangent_has_the_shape_of_the_output_and_no_zeros():
    cotangent = random_cotangent((50, 40), seed=1)
    assert (np.abs(cotangent) >= 1).all()


def test_cotangent_follows_the_seed():
    one, two = operation_of(square_layer(), seed=1)[1], operation_of(square_layer(), seed=2)[1]
    assert not np.array_equal(one.cotangent, two.cotangent)


def test_every_run_draws_the_same_random_numbers():
    operation, point = operation_of(layer(Dropout(), [X]))
    forward = operation.equations[operation.output][CODE]
    one, two = (forward(point.inputs["x"].copy()) for _ in "ab")
    assert np.array_equal(one, two)


def test_output_gets_a_name_that_no_input_has():
    operation, _ = operation_of(layer(lambda y: 2 * y, lambda dout, y: 2 * dout, [X]))
    assert operation.output == "y_"


def test_code_that_is_not_numpys_refuses_balls():
    made = square_layer()
    object.__setattr__(made, "exact", False)
    operation, _ = operation_of(made)
    with pytest.raises(NotLiftable, match="its arithmetic is its own"):
        operation.equations[operation.output][CODE](to_balls(X))


def test_a_layer_of_integers_has_nothing_to_differentiate():
    made = layer(lambda x: 0.5 * x, lambda dout, x: None, [np.array([1, 2])])
    with pytest.raises(PointError, match="nothing to differentiate"):
        operation_of(made)


def test_error_in_backward_is_the_users():
    def backward(dout, x):
        raise KeyError("gamma")

    with pytest.raises(CodeError, match="backward raised KeyError at the given inputs: 'gamma'"):
        operation_of(layer(lambda x: 2 * x, backward, [X]))
