"""Copies of somebody's module, so that no run spoils the next one or the module that they hold."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from types import BuiltinFunctionType, FunctionType
from typing import Any
from weakref import ReferenceType

import numpy as np

from gradcheck.adapters.given import CodeError
from gradcheck.adapters.pytorch.tensors import array_of, is_tensor, pytorch

SIMPLE = (
    type(None),
    bool,
    int,
    float,
    complex,
    str,
    bytes,
    type,
    FunctionType,
    BuiltinFunctionType,
)
"""What cannot change in place, so that it is the same as long as it is equal."""


class Copies:
    """A module, and copies of it to run.

    Parameters
    ----------
    module : Module
        The user's: it is never changed, or if it cannot be copied, put back after every run.

    Raises
    ------
    CodeError
        If it has parameters that were never given a shape.
    """

    def __init__(self, module: Any) -> None:
        _refuse_lazy(module)
        self._original = module
        self._by_dtype: dict[Any, Running] = {}
        self.copied = True
        self.reusable = False
        try:
            copy.deepcopy(module)
        except Exception:  # whatever a stranger's attributes make of being copied
            self.copied = False

    @cached_property
    def trainable(self) -> dict[str, Any]:
        """The parameters that are trained, each under the first of its names."""
        named = self._original.named_parameters()
        return {name: parameter for name, parameter in named if parameter.requires_grad}

    @property
    def frozen(self) -> tuple[str, ...]:
        """The names of the parameters that are not trained."""
        named = self._original.named_parameters()
        return tuple(name for name, parameter in named if not parameter.requires_grad)

    def start(self, dtype: Any) -> Running:
        """Return a copy in the arithmetic of a dtype, in the state in which the user's is."""
        if not self.copied:
            return Running(self._original, self._places, dtype)
        if dtype not in self._by_dtype:
            ready = _in_dtype(copy.deepcopy(self._original), dtype)
            self._by_dtype[dtype] = Running(ready, self._places)
        ready = self._by_dtype[dtype]
        return ready if self.reusable else Running(copy.deepcopy(ready.module), self._places)

    @cached_property
    def _places(self) -> dict[str, list[str]]:
        """Every name of every trained parameter: tied ones have several."""
        everywhere = list(self._original.named_parameters(remove_duplicate=False))
        return {
            first: [name for name, same in everywhere if same is parameter]
            for first, parameter in self.trainable.items()
        }


class Running:
    """A module that runs with parameters of ours.

    Parameters
    ----------
    module : Module
        A copy, or the user's.
    places : mapping of str to list of str
        Every name of every trained parameter.
    borrowed : torch.dtype, optional
        In which the user's module runs, before it is put back.
    """

    def __init__(self, module: Any, places: Mapping[str, list[str]], borrowed: Any = None) -> None:
        self.module, self._borrowed = module, borrowed
        self._owners = {
            first: [_owner(module, name) for name in names] for first, names in places.items()
        }

    @contextmanager
    def holding(self, tensors: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        """Set the parameters to tensors, and yield them as parameters."""
        if self._borrowed is not None:
            with _put_back(self.module, self._borrowed):
                yield self._set(tensors)
        else:
            yield self._set(tensors)

    def _set(self, tensors: Mapping[str, Any]) -> dict[str, Any]:
        parameter = pytorch().nn.Parameter
        parameters = {symbol: parameter(tensors[symbol]) for symbol in self._owners}
        for symbol, owners in self._owners.items():
            for owner, attribute in owners:
                # by setattr: recurrent layers keep a second list of their parameters up to date
                setattr(owner, attribute, parameters[symbol])
        return parameters

    def state(self) -> Any:
        """Return what a run may change, in a form that can be compared; None if that is unclear."""
        try:
            return [_comparable(_state(module)) for module in self.module.modules()]
        except _Unclear:
            return None


class _Unclear(Exception):  # noqa: N818 - to be unclear is no error
    """An attribute that may change in place without anybody seeing it."""


def _state(module: Any) -> dict[str, Any]:
    """Return everything that a module keeps, but for its parameters and parts."""
    apart = ("_parameters", "_modules", "_buffers")
    own = {name: value for name, value in vars(module).items() if name not in apart}
    return own | {"_buffers": dict(module._buffers)}


def _comparable(value: Any) -> Any:
    torch = pytorch()
    if isinstance(value, (*SIMPLE, torch.dtype, torch.device)):
        return value
    if isinstance(value, (torch.nn.Parameter, ReferenceType)):
        return type(value)  # parameters are ours, and change at every run
    if is_tensor(value):
        return value.dtype, array_of(value).tobytes()
    if isinstance(value, np.ndarray):
        return value.dtype, value.tobytes()
    if isinstance(value, dict):
        return {key: _comparable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_comparable(item) for item in value]
    if isinstance(value, (set, frozenset)):
        return frozenset(map(_comparable, value))
    raise _Unclear


def _refuse_lazy(module: Any) -> None:
    lazy = pytorch().nn.parameter.is_lazy
    for name, parameter in module.named_parameters():
        if lazy(parameter):
            raise CodeError(
                f"{name} of {type(module).__name__} has no shape yet: run the module once on an "
                f"example before it is checked"
            )


def _in_dtype(module: Any, dtype: Any) -> Any:
    """Convert what is floating-point; `module.to` would make complex parameters real."""
    torch = pytorch()
    convert = {
        torch.float64: module.double,
        torch.float32: module.float,
        torch.bfloat16: module.bfloat16,
        torch.float16: module.half,
    }
    return convert[dtype]()


def _owner(module: Any, name: str) -> tuple[Any, str]:
    path, _, attribute = name.rpartition(".")
    return module.get_submodule(path), attribute


@contextmanager
def _put_back(module: Any, dtype: Any) -> Iterator[None]:
    """Let a module that cannot be copied run on copies of its buffers, and then put it back."""
    before = [
        (part, dict(vars(part)), dict(part._parameters), dict(part._buffers))
        for part in module.modules()
    ]
    try:
        for part, _, _, buffers in before:
            for name, buffer in buffers.items():
                part._buffers[name] = buffer if buffer is None else _clone(buffer, dtype)
        yield
    finally:
        for part, attributes, parameters, buffers in before:
            vars(part).clear()
            vars(part).update(attributes)
            _refill(part._parameters, parameters)
            _refill(part._buffers, buffers)


def _clone(buffer: Any, dtype: Any) -> Any:
    return buffer.to(dtype, copy=True) if buffer.is_floating_point() else buffer.clone()


def _refill(mapping: dict[str, Any], content: Mapping[str, Any]) -> None:
    mapping.clear()
    mapping.update(content)
