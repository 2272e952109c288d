"""What was given to be called: a Function, a module, a method of one, a partial, a function."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from inspect import isclass, ismethod
from typing import Any

from gradcheck.adapters.given import positional
from gradcheck.adapters.pytorch.tensors import is_tensor
from gradcheck.arithmetic.leaves import map_leaves


@dataclass(frozen=True, eq=False)
class Subject:
    """Code that takes tensors and returns tensors.

    Attributes
    ----------
    name : str
        What reports call it.
    role : str
        What it was recognised as, with its article.
    inputs : tuple of str
        The names of its positional parameters, as far as it tells them.
    module : Module or None
        The module whose parameters are checked with it.
    bound : callable
        ``bound(module, dtype)`` returns what is called, for a copy of the module.
    """

    name: str
    role: str
    inputs: tuple[str, ...]
    module: Any
    bound: Callable[[Any, Any], Callable[..., Any]]

    @classmethod
    def of(cls, given: Any) -> Subject:
        """Look at what was given; anything that can be called will do."""
        if isinstance(given, partial):
            return _partial(given)
        if is_function_class(given):
            return _function_class(given)
        if is_module(given):
            name, names = type(given).__name__, tuple(positional(given.forward))
            return cls(name, "an nn.Module", names, given, lambda module, _: module)
        if ismethod(given) and is_module(given.__self__):
            return _method(given)
        name = str(getattr(given, "__name__", type(given).__name__))
        return cls(name, "a function of tensors", tuple(positional(given)), None, lambda *_: given)


def is_torchs(given: Any) -> bool:
    """Tell whether something is PyTorch's own kind of code, whatever its inputs."""
    if isinstance(given, partial):
        return is_torchs(given.func)
    home = str(getattr(given, "__module__", "") or "")
    return (
        is_module(given)
        or is_module_class(given)
        or is_function_class(given)
        or (ismethod(given) and is_module(given.__self__))
        or (callable(given) and home.split(".")[0] == "torch" and not isclass(given))
    )


def is_module(given: Any) -> bool:
    """Tell whether something is an instance of nn.Module."""
    torch = sys.modules.get("torch")
    return torch is not None and isinstance(given, torch.nn.Module)


def is_module_class(given: Any) -> bool:
    """Tell whether something is a class of modules: what is checked is an instance."""
    torch = sys.modules.get("torch")
    return torch is not None and isclass(given) and issubclass(given, torch.nn.Module)


def is_function_class(given: Any) -> bool:
    """Tell whether something is a subclass of autograd.Function."""
    torch = sys.modules.get("torch")
    return torch is not None and isclass(given) and issubclass(given, torch.autograd.Function)


def _function_class(given: Any) -> Subject:
    torch = sys.modules["torch"]
    names = tuple(positional(given.forward))
    separate: bool = given.setup_context is not torch.autograd.Function.setup_context
    return Subject(
        given.__name__,
        "an autograd.Function",
        names if separate else names[1:],  # without ctx
        None,
        lambda *_: given.apply,
    )


def _method(given: Any) -> Subject:
    method = given.__name__
    return Subject(
        f"{type(given.__self__).__name__}.{method}",
        "a method of an nn.Module",
        tuple(positional(given)),
        given.__self__,
        lambda module, _: getattr(module, method),
    )


def _partial(given: partial[Any]) -> Subject:
    inner = Subject.of(given.func)

    def bound(module: Any, dtype: Any) -> Callable[..., Any]:
        arguments, keywords = (
            map_leaves(tree, lambda leaf: _in_dtype(leaf, dtype))
            for tree in (given.args, given.keywords)
        )
        return partial(inner.bound(module, dtype), *arguments, **keywords)

    free = [name for name in inner.inputs[len(given.args) :] if name not in given.keywords]
    return Subject(inner.name, inner.role, tuple(free), inner.module, bound)


def _in_dtype(leaf: Any, dtype: Any) -> Any:
    """Return a bound tensor in the arithmetic of the run."""
    return leaf.to(dtype) if is_tensor(leaf) and leaf.is_floating_point() else leaf
