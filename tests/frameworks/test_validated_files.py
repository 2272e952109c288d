"""`gradcheck validate` on files with PyTorch and JAX code: found, given inputs, judged."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gradcheck.cli import main

pytest.importorskip("torch", reason="strangers write for PyTorch")
pytest.importorskip("jax", reason="strangers write for JAX")

TORCH = """
import torch

class Exponential(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        y = x.exp()
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx, grad):
        (y,) = ctx.saved_tensors
        return grad * y

class Block(torch.nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.linear = torch.nn.Linear(inputs, outputs)

    def forward(self, x):
        return torch.tanh(self.linear(x))

convolution = torch.nn.Conv2d(3, 4, 2)

def product(x, w):
    return torch.tanh(x @ w)
"""

JAX = """
import jax
import jax.numpy as jnp

@jax.custom_vjp
def sine(x, gain):
    return gain * jnp.sin(x)

def sine_fwd(x, gain):
    return sine(x, gain), (x, gain)

def sine_bwd(saved, g):
    x, gain = saved
    return g * gain * jnp.cos(x), (g * jnp.sin(x)).sum(axis=0)

sine.defvjp(sine_fwd, sine_bwd)
"""


def validate(path: Path, text: str, *options: str, name: str = "") -> Result:
    path.write_text(text, encoding="utf-8")
    return CliRunner().invoke(main, ["validate", f"{path}{name}", "--timeout", "300", *options])


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "strangers_file.py"


def test_functions_modules_and_objects_of_torch_are_found(path):
    result = validate(path, TORCH)
    assert result.output.splitlines()[:3] == [
        "agree         Exponential, x of shape (5, 3)",
        "agree         Block(3, 4), x of shape (5, 3)",
        "agree         convolution, input of shape (2, 3, 6, 6)",
    ]
    assert f"not looked at in {path}: product" in result.output


def test_a_plain_function_of_torch_is_named_with_its_kind(path):
    result = validate(path, TORCH, "--kind", "torch", name=":product")
    assert result.output.startswith("agree         product, x of shape (5, 3), w of shape (3, 4)\n")


def test_functions_of_jax_are_found_and_their_rules_are_not_taken_for_layers(path):
    result = validate(path, JAX)
    assert result.output.startswith("agree         sine, x of shape (5, 3), gain of shape (3,)\n")
    assert "not looked at" not in result.output


def test_a_mistake_in_a_rule_of_jax_disagrees(path):
    result = validate(path, JAX.replace("jnp.cos(x)", "jnp.cos(gain * x)"))
    assert result.output.startswith("DISAGREE      sine, ")
    assert result.exit_code == 1
