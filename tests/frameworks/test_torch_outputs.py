"""What PyTorch code returns, and what is said where that cannot be checked."""

import pytest

import gradcheck
from gradcheck.adapters.given import CodeError
from gradcheck.adapters.recognition import layer

pytest.importorskip("torch")  # what follows imports it
import torch
from torch import nn
from torch.nn import functional

from tests.frameworks.torch_mistakes import SQUARES, Affine, B, X, with_backward


def several(x):
    return {"sum": x.sum(), "squares": (x**2, x.argmax()), "seen": x.detach().mean()}


def test_several_outputs_are_checked_together():
    assert gradcheck.check(several, [X]).verdict == "agree"


def test_several_outputs_are_joined_to_one_array():
    assert layer(several, [X]).output.shape == (1 + X.numel(),)


def test_outputs_without_gradient_are_said_to_be_left_out():
    assert (
        "autograd connects these returned tensors with no input: 2, 3" in layer(several, [X]).notes
    )


def test_a_mistake_in_the_second_output_is_caught():
    def wrong(x):
        return x.sum(), x * x.detach()

    assert gradcheck.check(wrong, [X]).verdict == "disagree"


def test_one_tensor_in_a_tuple_keeps_its_shape():
    assert layer(lambda x: (x**2, None), [X]).output.shape == X.shape


def test_an_input_without_influence_has_a_gradient_of_zero():
    made = layer(lambda x, w: x**2, [X, B])
    assert made.notes == ("autograd has no path to w: its gradient counts as zero",)
    assert gradcheck.check(lambda x, w: x**2, [X, B]).verdict == "agree"


def test_an_input_with_influence_but_without_path_is_caught():
    report = gradcheck.check(lambda x, w: x * w.detach(), [X, B])
    assert "delta_w" in str(report)
    assert report.verdict == "disagree"


def affine_with(backward):
    return with_backward(Affine, backward), [X, SQUARES, B]


@pytest.mark.parametrize(
    ("code", "inputs", "said"),
    [
        (lambda x: x.detach() * 2, [X], "autograd connects with no input .* was it detached"),
        (lambda x: torch.tensor(x.sum().item()), [X], "by NumPy or by torch.tensor"),
        (lambda x: x.detach().numpy(), [X], "the code returned ndarray"),
        (lambda x: None, [X], "returned NoneType None: return a tensor"),
        (lambda x: x.argmax(), [X], "return floating-point numbers"),
        (torch.fft.fft, [X], "return torch.view_as_real"),
        (torch.tanh, [X.cfloat()], "x0 has dtype torch.complex64: give real numbers"),
        (lambda x: x @ x, [X], "forward raised RuntimeError at the given inputs: mat1 and mat2"),
        (lambda x: (x**2).exp_().mul_(x) * x, [X.clone()], "write the result to a new tensor"),
        (nn.Linear, [X], r"Linear is a class: give a module of it, made by Linear\(...\)"),
        (nn.LazyLinear(2), [X], "run the module once on an example"),
        (functional.bilinear, [X], "forward raised TypeError"),
        (*affine_with(lambda ctx, g: (g, g)), "returns one gradient for each argument"),
        (*affine_with(lambda ctx, g: (g, g, g)), "has the shape of that input"),
        (*affine_with(lambda ctx, g: (1.0, g, g)), "backward returns tensors"),
    ],
)
def test_what_cannot_be_checked_is_told_with_a_cure(code, inputs, said):
    with pytest.raises(CodeError, match=said):
        layer(code, inputs)


def test_an_input_whose_derivative_is_not_implemented_is_to_be_held():
    def weighted(x, weight):
        return functional.binary_cross_entropy_with_logits(x, torch.ones_like(x), weight)

    with pytest.raises(CodeError, match="hold that input"):
        layer(weighted, [X, B])
    assert gradcheck.check(weighted, [X, B], held=["weight"]).verdict == "agree"
