"""How an object's methods are called: what goes forward, and what backward takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias

from gradcheck.adapters.given import CodeError, Given
from gradcheck.adapters.stateful.places import Place

FORWARDS = (
    *("forward", "fprop", "forward_pass", "forward_prop", "forward_propagation", "forwardprop"),
    *("forward_propagate", "feedforward", "feed_forward", "fwd", "propagate", "__call__", "call"),
    *("calculate", "compute", "compute_loss", "loss", "value", "fn", "evaluate", "activate"),
    *("function", "func", "f", "apply", "cost"),
)
"""What people call a forward pass, the likeliest first."""

DERIVATIVES = (
    *("gradient", "grad", "derivative", "deriv", "prime", "backward_gradient", "df", "dfn"),
    *("compute_gradient", "gradients", "loss_gradient", "loss_grad", "loss_derivative"),
    *("derive", "diff", "jacobian_diagonal", "delta"),
)
"""What people call the derivative of an activation or of a loss, taken at its own arguments."""

BACKWARDS = (
    *("backward", "bprop", "backward_pass", "backward_prop", "backward_propagation", "backprop"),
    *("back_prop", "backpropagate", "back_propagate", "backward_propagate", "backpropagation"),
    *("back_propagation", "backwardprop", "bwd", "back"),
    *DERIVATIVES,
)
"""What people call a backward pass, the likeliest first."""

OUTPUTS = (
    *("output", "outputs", "out", "y", "Y", "a", "A", "activation", "activations", "result"),
    *("z", "Z", "h", "value", "values", "loss", "prediction", "predictions", "y_pred", "y_hat"),
)
"""Attributes in which forward leaves its output, if it returns nothing."""


class Argument(StrEnum):
    """What backward takes, besides inputs of forward.  The values are the texts of messages."""

    COTANGENT = "the cotangent"
    CACHE = "the cache"
    RATE = "a learning rate"


Arguments: TypeAlias = tuple[Argument | int, ...]


@dataclass(frozen=True)
class Calls:
    """How an object goes forward and back.

    Attributes
    ----------
    forward, backward : str
        Names of methods; no forward stands for the object itself, which is a function then, no
        backward for a forward that returns the gradients along with its value.
    arguments : tuple
        What backward is handed: an `Argument`, or the number of an input of forward.
    output_in : str
        The attribute in which forward leaves its output, if it returns nothing.
    """

    forward: str
    backward: str = ""
    arguments: Arguments = ()
    output_in: str = ""

    @property
    def takes_cotangent(self) -> bool:
        """Whether backward is handed the cotangent; else it returns the value's own gradient."""
        return Argument.COTANGENT in self.arguments

    @property
    def keeps_cache(self) -> bool:
        """Whether forward returns a cache that backward takes."""
        return Argument.CACHE in self.arguments

    @property
    def returns_both(self) -> bool:
        """Whether forward returns the value and its gradients."""
        return not self.backward

    @property
    def takes_a_step(self) -> bool:
        """Whether backward moves the parameters itself."""
        return Argument.RATE in self.arguments

    def output(self, result: Any, subject: Any) -> Any:
        """Return the output in what forward returned, or in the object."""
        if self.output_in:
            return getattr(subject, self.output_in)
        return result[0] if self.keeps_cache or self.returns_both else result

    def handed(self, inputs: Sequence[Any], special: Mapping[Argument, Any]) -> list[Any]:
        """Return what backward is handed."""
        return [
            special[argument] if isinstance(argument, Argument) else inputs[argument]
            for argument in self.arguments
        ]


def methods_of(given: Given) -> tuple[str, str]:
    """Return the names of an object's forward and backward methods; empty where it has none.

    Raises
    ------
    CodeError
        If the user named one that it does not have.
    """
    if given.methods is not None:
        for name in given.methods:
            _assert_method(given, name)
        return given.methods[0], given.methods[1]
    return _first(given.subject, FORWARDS), _first(given.subject, BACKWARDS)


def method(subject: Any, name: str) -> Any:
    """Return a method of an object; the object itself, a function, where there is no name."""
    return getattr(subject, name) if name else subject


def _first(subject: Any, names: Sequence[str]) -> str:
    return next((name for name in names if has(subject, name)), "")


def has(subject: Any, name: str) -> bool:
    """Tell whether an object has a method of a name."""
    return callable(Place().attribute(name).found(subject))


def _assert_method(given: Given, name: str) -> None:
    if not has(given.subject, name):
        known = [n for n in dir(given.subject) if not n.startswith("_") and has(given.subject, n)]
        raise CodeError(
            f"methods={given.methods}: {given.name} has no method {name!r}; it has "
            f"{', '.join(known) or 'none'}"
        )
