# ruff: noqa: D102
# a method is named by PyTorch
"""Modules run on copies with parameters of ours; the user's stays as it is."""

import copy

import numpy as np
import pytest

import gradcheck
from gradcheck.adapters.recognition import layer

pytest.importorskip("torch")  # what follows imports it
import torch
from torch import nn

from tests.frameworks.torch_mistakes import X


def normalised():
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(3, 2, bias=False), nn.BatchNorm1d(2), nn.Dropout(0.25))


class Tied(nn.Module):
    """Two layers with one weight."""

    def __init__(self):
        super().__init__()
        self.first = nn.Linear(3, 3, bias=False)
        self.second = nn.Linear(3, 3, bias=False)
        self.second.weight = self.first.weight

    def forward(self, x):
        return self.second(torch.tanh(self.first(x)))


class Counting(nn.Module):
    """Its result depends on how often it was called."""

    def __init__(self):
        super().__init__()
        self.calls = 0
        self.w = nn.Parameter(torch.tensor([0.5, -1.0, 2.0]))

    def forward(self, x):
        self.calls += 1
        return self.calls * self.w * x


class Uncopyable(nn.Module):
    """Copying a tensor that has a history is refused."""

    def __init__(self):
        super().__init__()
        self.inner = nn.Linear(3, 3)
        self.norm = nn.BatchNorm1d(3)
        self.twice = 2 * self.inner.weight

    def forward(self, x):
        self.last = x
        return self.norm(torch.tanh(self.inner(x)))


def content(module):
    return {name: tensor.clone() for name, tensor in module.state_dict().items()}


def same(one, other):
    return list(one) == list(other) and all(torch.equal(one[name], other[name]) for name in one)


def test_a_module_in_training_agrees():
    assert gradcheck.check(normalised(), [X]).verdict == "agree"


def test_running_statistics_and_parameters_stay_as_they_were():
    net = normalised()
    before = content(net)
    gradcheck.check(net, [X])
    assert same(content(net), before)


def test_gradients_stay_as_they_were():
    net = nn.Linear(3, 2)
    net(X.float()).sum().backward()
    before = net.weight.grad.clone()
    gradcheck.check(net, [X])
    assert torch.equal(net.weight.grad, before)


def test_random_generator_stays_as_it_was():
    net, before = normalised(), torch.get_rng_state()
    gradcheck.check(net, [X])
    assert torch.equal(torch.get_rng_state(), before)


def test_every_run_begins_in_the_same_state():
    assert gradcheck.check(Counting(), [X]).verdict == "agree"


def test_a_module_that_cannot_be_copied_agrees():
    torch.manual_seed(0)
    assert gradcheck.check(Uncopyable(), [X], laws=False).verdict != "disagree"


def test_a_module_that_cannot_be_copied_is_put_back():
    net = Uncopyable()
    before, attributes = content(net), set(vars(net))
    gradcheck.check(net, [X], laws=False)
    assert (same(content(net), before), set(vars(net))) == (True, attributes)


def test_a_module_that_cannot_be_copied_is_said_to_be_put_back():
    assert "cannot be copied" in layer(Uncopyable(), [X]).notes[-1]


def test_a_module_can_be_copied_by_the_user_afterwards():
    net = normalised()
    gradcheck.check(net, [X])
    assert same(content(copy.deepcopy(net)), content(net))


def test_frozen_parameters_are_held_and_named():
    net = nn.Sequential(nn.Linear(3, 2), nn.Linear(2, 1))
    net[0].requires_grad_(requires_grad=False)
    made = layer(net, [X])
    assert made.parameters == ("1.weight", "1.bias")
    assert made.notes == ("requires_grad is off, so held: 0.weight, 0.bias",)


def test_tied_parameters_have_one_gradient():
    torch.manual_seed(0)
    assert layer(Tied(), [X]).parameters == ("first.weight",)
    assert gradcheck.check(Tied(), [X]).verdict == "agree"


@pytest.mark.parametrize(
    "make",
    [
        lambda: nn.LSTM(3, 2),
        lambda: nn.GRU(3, 2, bidirectional=True),
        lambda: nn.utils.parametrizations.weight_norm(nn.Linear(3, 2)),
        lambda: nn.Sequential(nn.Linear(3, 4), nn.GELU(), nn.LayerNorm(4)),
        lambda: nn.Bilinear(3, 3, 2),
        lambda: nn.Flatten(),
    ],
    ids=["LSTM", "GRU", "weight norm", "sequential", "bilinear", "flatten"],
)
def test_pytorchs_own_modules_agree(make):
    torch.manual_seed(0)
    module = make()
    inputs = [X, X.flip(0)] if isinstance(module, nn.Bilinear) else [X]
    assert gradcheck.check(module, inputs).verdict == "agree"


def test_a_run_in_between_does_not_change_the_gradients_of_another():
    made = layer(nn.Linear(3, 2), [X])
    values = {symbol: value.copy() for symbol, value in made.values.items()}
    cotangent, first = np.ones_like(made.output), made.start()
    first.forward(values)
    made.start().forward({symbol: 3 * value for symbol, value in values.items()})
    assert np.array_equal(first.backward(cotangent)["input"], cotangent @ values["weight"])
