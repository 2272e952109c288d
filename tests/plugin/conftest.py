"""A project of somebody's, in which pytest runs with the plugin."""

from __future__ import annotations

import pytest

# pytester forgets what was first imported in a run of its own, and compiled modules cannot be
# loaded twice: these are there before it starts.
import gradcheck.pytest_plugin.ending
import gradcheck.pytest_plugin.parametrization

LAYERS = """
import numpy as np

X, W = np.arange(6.0).reshape(2, 3) / 4, np.arange(12.0).reshape(3, 4) / 8

def affine(x, w):
    return x @ w

def affine_backward(dout, x, w):
    return dout @ w.T, x.T @ dout

def doubled(dout, x, w):
    return dout @ w.T, 2 * (x.T @ dout)

def broken(dout, x, w):
    return dout.no_such_attribute

def jump(x):
    return np.floor(x)

def flat(dout, x):
    return 0 * dout

class Dense:
    def __init__(self, inputs, units):
        self.W = np.arange(inputs * units).reshape(inputs, units) / 8

    def forward(self, x):
        self.x = x
        return x @ self.W

    def backward(self, grad):
        self.dW = self.x.T @ grad
        return grad @ self.W.T

RIGHT, WRONG = (affine, affine_backward, [X, W]), (affine, doubled, [X, W])
BROKEN, UNDECIDED = (affine, broken, [X, W]), (jump, flat, [np.array([1.0, 2.0])])
"""

TESTS = """
import gradcheck as gc
from layers import *

@gc.parametrize_with_checks({arguments})
def test_layer(layer, check):
    check(layer)
"""

# whether or not the environment has the plugin as an entry point: that is the business of one test
NO_ENTRY_POINT = ("-p", "no:gradcheck")


class Project:
    """A directory with layers, tests and a pytest of its own."""

    def __init__(self, pytester: pytest.Pytester) -> None:
        self.pytester, self.path = pytester, pytester.path
        pytester.makepyfile(layers=LAYERS)

    def run(self, source: str, *options: str) -> pytest.RunResult:
        """Run pytest on these tests."""
        self._write(source)
        return self.pytester.runpytest_inprocess(
            *NO_ENTRY_POINT, *options, plugins=[gradcheck.pytest_plugin]
        )

    def run_apart(self, source: str, *options: str) -> pytest.RunResult:
        """Run pytest on these tests in a process of its own, which may start or lose others."""
        self._write(source)
        return self.pytester.runpytest_subprocess(
            *NO_ENTRY_POINT, "-p", "gradcheck.pytest_plugin", *options
        )

    def check(self, arguments: str, *options: str) -> pytest.RunResult:
        """Run pytest on a test that is parametrized with these arguments."""
        return self.run(TESTS.format(arguments=arguments), *options)

    def _write(self, source: str) -> None:
        self.pytester.makepyfile(test_layers="from layers import *\n" + source)


@pytest.fixture
def project(pytester: pytest.Pytester) -> Project:
    return Project(pytester)
