"""Laws on layers of PyTorch: right ones obey, custom functions that do not are caught."""

import numpy as np
import pytest

from gradcheck.checks.laws import LAWS
from tests.checks.laws.trials import disagreeing, held_to

torch = pytest.importorskip("torch", reason="the frameworks environment has it")
X = torch.tensor([[0.5, -1.0, 2.0], [0.25, 3.0, -0.75]], dtype=torch.float64)


@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize(
    "make",
    [
        lambda: torch.nn.Linear(3, 2).double(),
        lambda: torch.nn.BatchNorm1d(3).double(),
        lambda: torch.nn.LSTM(3, 2).double(),
        lambda: torch.nn.Flatten(),
        lambda: torch.nn.Dropout(0.5),
        lambda: torch.nn.ReLU(inplace=True),
    ],
    ids=["Linear", "BatchNorm1d", "LSTM", "Flatten", "Dropout", "ReLU in place"],
)
def test_right_modules_obey_every_law(law, make):
    assert {f.verdict for f in held_to(law, make(), [X])} <= {"agree"}


@pytest.mark.parametrize("law", LAWS)
def test_bfloat16_obeys_every_law(law):
    torch.manual_seed(0)
    x = torch.randn(8, 300, dtype=torch.bfloat16)
    module = torch.nn.Linear(300, 40).to(torch.bfloat16)
    assert {f.verdict for f in held_to(law, module, [x])} <= {"agree"}


def function(backward):
    class Tanh(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            y = torch.tanh(x)
            ctx.save_for_backward(x, y)
            return y

    Tanh.backward = staticmethod(backward)
    return Tanh


def test_mutated_cotangent_is_caught():
    def backward(ctx, delta_y):
        _, y = ctx.saved_tensors
        return delta_y.mul_(1 - y**2)

    assert len(disagreeing(held_to("no-mutation", function(backward), [X]))) == 1


def test_mutated_input_is_caught():
    def backward(ctx, delta_y):
        x, y = ctx.saved_tensors
        x.data.zero_()
        return delta_y * (1 - y**2)

    assert disagreeing(held_to("no-mutation", function(backward), [X])) == ["x"]


def test_absolute_value_of_the_cotangent_is_caught():
    def backward(ctx, delta_y):
        _, y = ctx.saved_tensors
        return delta_y.abs() * (1 - y**2)

    assert disagreeing(held_to("linear", function(backward), [X])) == ["delta_x"]


def test_an_operation_that_ignores_strides_is_caught():
    def forward(x):
        memory = x.as_strided((x.numel(),), (1,))
        return torch.tanh(memory).reshape(x.shape) + 0 * x

    found = held_to("layouts", forward, [X])
    assert "y" in disagreeing(found)
    assert np.isfinite(found[0].candidate_value)
