"""Which layers a module has, told by looking at it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from gradcheck.adapters.targets import TargetError
from gradcheck.validation.discovery import discover

MODULE = """
from abc import ABC, abstractmethod
from json import loads as imported_forward, dumps as imported_backward

from gradcheck.notation import Layer
from reference_nets import dense

import numpy as np
from numpy import *


def affine_forward(x, w): ...
def affine_backward(dout, cache): ...
def sigmoid(x): ...
def sigmoid_prime(x): ...
def helper(x): ...
def orphan_backward(dout, x): ...


class Relu:
    def forward(self, x): ...
    def backward(self, grad): ...


class Tanh:
    def __call__(self, x): ...
    def gradient(self, x): ...


class Settings:
    def forward(self, x): ...


class Base:
    def forward(self, x):
        raise NotImplementedError
    def backward(self, grad):
        raise NotImplementedError("of " + type(self).__name__)


class Abstract(ABC):
    @abstractmethod
    def forward(self, x): ...
    @abstractmethod
    def backward(self, grad): ...


layer = Relu()
_hidden = Relu()
number = 3
"""


@pytest.fixture
def names(tmp_path):
    """Return the names of the layers in a module, or in part of it."""

    def found(text: str = MODULE, name: str = "") -> list[str]:
        path = tmp_path / "somebodys_layers.py"
        path.write_text(text, encoding="utf-8")
        return [one.name for one in discover(f"{path}{name}").candidates]

    yield found
    sys.modules.pop("somebodys_layers", None)


def test_operations_pairs_classes_and_objects_are_found(names):
    assert names() == ["dense", "affine_forward", "sigmoid", "Relu", "Tanh", "layer"]


def test_what_is_not_looked_at_is_told(names, tmp_path):
    names()
    others = discover(str(tmp_path / "somebodys_layers.py")).others
    assert others == ("helper", "orphan_backward", "Settings", "Base", "Abstract")


@pytest.mark.parametrize("name", ["Relu", "layer", "sigmoid", "affine_forward", "dense"])
def test_one_is_named_after_the_target(names, name):
    assert names(name=f":{name}") == [name]


def test_what_was_not_found_can_be_named(names):
    assert names(name=":Settings") == ["Settings"]


def test_what_was_imported_can_be_named(names):
    assert names("from reference_nets.layers.dense import dense as mine\n", ":mine") == ["dense"]


def test_two_gradients_of_a_function_are_told_apart(names):
    text = "def f(x): ...\ndef f_grad(x): ...\ndef f_jac(x): ...\n"
    assert names(text) == ["f with f_grad", "f with f_jac"]


def test_layer_objects_are_found(names):
    text = "import gradcheck\nl = gradcheck.layer(lambda x: 2 * x, lambda d, x: 2 * d, [[1.0]])\n"
    assert names(text) == ["l"]


def test_an_unknown_name_is_refused_with_those_there_are(names):
    with pytest.raises(TargetError, match="has no layer 'relu'; it has dense, affine_forward"):
        names(name=":relu")


def test_a_module_without_layers_is_refused_with_the_cure(names):
    with pytest.raises(TargetError, match="has no layers: name its functions f_forward and"):
        names("x = 1\n")


def test_a_package_has_the_layers_of_its_catalogue():
    assert "dense" in [one.name for one in discover("reference_nets").candidates]


def test_a_package_has_the_layers_of_its_modules(tmp_path, monkeypatch):
    package = tmp_path / "somebodys_package"
    package.mkdir()
    (package / "relu.py").write_text(
        "class Relu:\n def forward(self, x): ...\n def backward(self, grad): ...\n", "utf-8"
    )
    Path(package / "__init__.py").write_text("from .relu import Relu\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert [one.name for one in discover("somebodys_package").candidates] == ["Relu"]
