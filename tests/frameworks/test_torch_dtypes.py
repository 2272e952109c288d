"""Formulas are checked in float64; code that refuses it in its own dtype, where it is computed."""

import numpy as np
import pytest

import gradcheck
from gradcheck.adapters.recognition import layer

pytest.importorskip("torch")  # what follows imports it
import torch
from torch import nn

from tests.frameworks.torch_mistakes import Square, Tanh, X, with_backward, without_the_factor

SHORT = [torch.float32, torch.bfloat16, torch.float16]
needs_gpu = pytest.mark.skipif(not torch.cuda.is_available(), reason="this machine has no GPU")


def only_in(dtype, right):
    """Return a Function that is computed in one dtype, as kernels written by hand are."""

    def forward(ctx, x):
        if x.dtype != dtype:
            raise RuntimeError(f"this kernel takes {dtype}, but got {x.dtype}")
        return right.forward(ctx, x)

    return type(f"Only{right.__name__}", (right,), {"forward": staticmethod(forward)})


@pytest.mark.parametrize("dtype", SHORT)
def test_inputs_of_any_dtype_are_checked_in_float64(dtype):
    report = gradcheck.check(Tanh, [X.to(dtype)])
    assert (report.verdict, layer(Tanh, [X.to(dtype)]).output.dtype) == ("agree", np.float64)


@pytest.mark.parametrize("dtype", SHORT)
def test_modules_of_any_dtype_are_checked_in_float64(dtype):
    torch.manual_seed(0)
    assert gradcheck.check(nn.Linear(3, 2).to(dtype), [X.to(dtype)]).verdict == "agree"


@pytest.mark.parametrize("dtype", SHORT)
def test_a_mistake_is_caught_for_inputs_of_any_dtype(dtype):
    wrong = with_backward(Square, without_the_factor)
    assert gradcheck.check(wrong, [X.to(dtype)]).verdict == "disagree"


@pytest.mark.parametrize("dtype", SHORT)
@pytest.mark.parametrize("right", [Square, Tanh])
def test_right_code_for_one_dtype_is_not_accused(dtype, right):
    report = gradcheck.check(only_in(dtype, right), [X.to(dtype)], laws=False)
    assert report.verdict != "disagree"


def test_a_mistake_in_code_for_float32_is_caught():
    wrong = only_in(torch.float32, with_backward(Square, without_the_factor))
    assert gradcheck.check(wrong, [X.float()]).verdict == "disagree"


def test_bfloat16_is_too_short_for_differences():
    report = gradcheck.check(only_in(torch.bfloat16, Square), [X.bfloat16()], laws=False)
    assert report.verdict == "inconclusive"


def test_why_float64_is_not_used_is_told():
    made = layer(only_in(torch.float32, Square), [X.float()])
    assert made.notes[0].startswith("checked in torch.float32, because in float64 forward raised")
    assert "this kernel takes torch.float32, but got torch.float64" in made.notes[0]


def test_tensors_that_the_code_makes_follow():
    assert gradcheck.check(lambda x: x @ torch.eye(3), [X.float()]).verdict == "agree"


def test_float32_values_run_in_float32():
    made = layer(nn.Sequential(nn.Linear(3, 2), nn.BatchNorm1d(2)), [X])
    single = {symbol: value.astype(np.float32) for symbol, value in made.values.items()}
    session = made.start()
    assert session.forward(single).dtype == np.float32
    assert session.backward(np.ones(made.output.shape, np.float32))["input"].dtype == np.float32


def test_default_dtype_and_threads_stay_as_they_were():
    before = torch.get_default_dtype(), torch.get_num_threads()
    gradcheck.check(Square, [X])
    assert (torch.get_default_dtype(), torch.get_num_threads()) == before


@needs_gpu
def test_a_module_is_checked_on_its_gpu():
    net = nn.Sequential(nn.Linear(3, 2), nn.Tanh()).cuda()
    assert gradcheck.check(net, [X.cuda()]).verdict == "agree"


@needs_gpu
def test_a_mistake_is_caught_on_a_gpu():
    wrong = with_backward(Square, without_the_factor)
    assert gradcheck.check(wrong, [X.cuda()]).verdict == "disagree"
