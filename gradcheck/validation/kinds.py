"""What looks like a layer: objects and classes that go forward and back, PyTorch's and JAX's."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterable
from types import ModuleType
from typing import Any

from gradcheck.adapters.stateful.calls import BACKWARDS, FORWARDS
from gradcheck.notation import Layer


def looks_like_a_layer(thing: Any) -> bool:
    """Tell whether an object or class goes forward and back.

    Examples
    --------
    >>> class Relu:
    ...     def forward(self, x): ...
    ...     def backward(self, grad): ...
    >>> looks_like_a_layer(Relu), looks_like_a_layer(Relu()), looks_like_a_layer(dict)
    (True, True, False)
    """
    if isinstance(thing, Layer) or _is_of_torch_or_jax(thing):
        return True
    if inspect.isroutine(thing) or isinstance(thing, ModuleType) or inspect.isabstract(thing):
        return False
    forward = next((m for m in FORWARDS if callable(_method(thing, m))), None)
    backward = next((m for m in BACKWARDS if callable(_method(thing, m))), None)
    if forward is None or backward is None:
        return False
    return not any(_is_left_open(_method(thing, name)) for name in (forward, backward))


def _method(thing: Any, name: str) -> Any:
    """Return a method that people wrote: calling a class is not one of its methods."""
    if name == "__call__":
        name_of = vars(thing if isinstance(thing, type) else type(thing))
        return name_of.get(name)
    return getattr(thing, name, None)


def _is_left_open(method: Any) -> bool:
    """Whether a method leaves its work to subclasses."""
    code = getattr(inspect.unwrap(method), "__code__", None)
    return code is not None and "NotImplementedError" in code.co_names


def _is_of_torch_or_jax(thing: Any) -> bool:
    if isinstance(thing, type):
        return any(issubclass(thing, kind) and thing is not kind for kind in _torch_kinds())
    return isinstance(thing, (*_torch_kinds(), *_jax_kinds()))


def _torch_kinds() -> tuple[type, ...]:
    torch: Any = sys.modules.get("torch")  # whoever defines such a thing has imported it
    return (torch.nn.Module, torch.autograd.Function) if torch else ()


def _jax_kinds() -> tuple[type, ...]:
    jax: Any = sys.modules.get("jax")
    return (jax.custom_vjp, jax.custom_jvp) if jax else ()


def derivative_rules(things: Iterable[Any]) -> list[Any]:
    """Return the functions that are the derivative rules of other ones, and no layers."""
    ours = [thing for thing in things if isinstance(thing, _jax_kinds())]
    return [getattr(thing, name, None) for thing in ours for name in ("fwd", "bwd", "jvp")]
