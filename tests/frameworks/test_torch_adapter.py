"""PyTorch code as a layer: what it is recognised as, and which values it has."""

import sys
from functools import partial

import numpy as np
import pytest

import gradcheck
from gradcheck.adapters.given import CodeError
from gradcheck.adapters.recognition import layer
from gradcheck.notation import PointError

pytest.importorskip("torch")  # what follows imports it
import torch
from torch import nn
from torch.nn import functional

from tests.frameworks.torch_mistakes import SQUARES, Affine, B, Square, X


def symbols(*code, **how):
    return tuple(layer(*code, **how).values)


def test_inputs_of_a_function_have_its_names_but_for_ctx():
    assert symbols(Square, [X]) == ("x",)


def test_inputs_of_a_function_with_a_context_apart_have_its_names():
    assert symbols(Affine, [X, SQUARES, B]) == ("x", "w", "b")


def test_parameters_of_a_module_have_dotted_names():
    net = nn.Sequential(nn.Linear(3, 2), nn.Tanh())
    assert symbols(net, [X]) == ("input", "0.weight", "0.bias")


def test_parameters_of_a_module_are_told_from_inputs():
    made = layer(nn.Linear(3, 2), [X])
    assert (made.inputs, made.parameters) == (("input",), ("weight", "bias"))


def test_a_method_of_a_module_brings_its_parameters():
    made = layer(nn.Linear(3, 2).forward, [X])
    assert (made.name, made.parameters) == ("Linear.forward", ("weight", "bias"))


def test_keywords_are_bound_by_partial():
    made = layer(partial(nn.MultiheadAttention(3, 1), need_weights=False), [X, X, X])
    assert made.inputs == ("query", "key", "value")


def test_bound_tensors_follow_the_arithmetic_of_the_run():
    bound = partial(functional.linear, weight=SQUARES.float())
    assert gradcheck.check(bound, [X.float()]).verdict == "agree"


def test_tensors_in_containers_are_named_by_their_place():
    state = (torch.ones(1, 2), torch.ones(1, 2))
    assert symbols(nn.LSTM(3, 2), [X, state])[:3] == ("input", "hx[0]", "hx[1]")


def test_numbers_and_none_are_handed_on():
    made = layer(functional.threshold, [X, 0.1, -1.0], names=["x", "threshold", "value"])
    assert tuple(made.values) == ("x",)


def test_names_can_be_given():
    assert symbols(torch.tanh, [X], names=["z"]) == ("z",)


def test_wrong_number_of_names_is_refused():
    with pytest.raises(PointError, match="give 1 different ones"):
        layer(torch.tanh, [X], names=["x", "y"])


def test_an_input_named_like_a_parameter_is_told_from_it():
    assert symbols(nn.Linear(3, 2), [X], names=["weight"])[0] == "weight_"


def test_arrays_are_taken_where_the_code_is_pytorchs():
    assert layer(functional.gelu, [np.array([0.5, -1.0])]).kind == "PyTorch"


def test_arrays_are_taken_where_the_kind_is_named():
    report = gradcheck.check(lambda x: x.cos(), [np.array([0.5, -1.0])], kind="torch")
    assert report.verdict == "agree"


def test_missing_pytorch_is_told_with_the_cure(monkeypatch):
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(CodeError, match="pip install torch"):
        layer(lambda x: x, [np.ones(2)], kind="torch")


def test_integers_are_held():
    made = layer(nn.Embedding(4, 2), [torch.tensor([2, 0])])
    assert (made.held, made.differentiable) == (("input",), ("weight",))


def test_requires_grad_says_what_is_differentiated():
    made = layer(functional.mse_loss, [X.clone().requires_grad_(), X.flip(0)])
    assert made.held == ("target",)


def test_inputs_can_be_held_by_name():
    assert layer(functional.mse_loss, [X, X.flip(0)], held=["target"]).held == ("target",)


def test_an_unknown_name_to_hold_is_refused():
    with pytest.raises(PointError, match="'goal' is none of input, target"):
        layer(functional.mse_loss, [X, X.flip(0)], held=["goal"])


def test_nothing_to_differentiate_is_told():
    with pytest.raises(PointError, match="neither a floating-point input nor a parameter"):
        layer(torch.square, [torch.tensor([1, 2])])


def test_what_was_found_is_told():
    made = layer(nn.Linear(3, 2), [X])
    assert made.found == "Linear(input) is an nn.Module; parameters weight, bias"


def test_a_pair_of_functions_of_tensors_is_checked():
    def backward(g, x):
        return 2 * g * x

    assert gradcheck.check(lambda x: x**2, backward, [X]).verdict == "agree"


def test_a_mistake_in_a_pair_of_functions_of_tensors_is_caught():
    assert gradcheck.check(lambda x: x**2, lambda g, x: g * x, [X]).verdict == "disagree"


def test_a_pair_that_hands_on_a_cache_of_tensors_is_recognised():
    made = layer(lambda x: (x**2, x), lambda g, cache: 2 * g * cache, [X])
    assert made.kind == "PyTorch, forward with cache"


def test_a_pair_that_refuses_float64_is_checked_in_float32():
    def forward(x):
        return nn.functional.linear(x, SQUARES)

    made = layer(forward, lambda g, x: g @ SQUARES, [X.float()])
    assert "checked in float32" in made.notes[0]


def test_check_works_where_gradients_are_off():
    with torch.no_grad():
        assert gradcheck.check(Square, [X]).verdict == "agree"
