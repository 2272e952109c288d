"""What was taken as what, in a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gradcheck.adapters.given import Given
from gradcheck.adapters.stateful.calls import Argument, Calls
from gradcheck.adapters.stateful.session import Roles
from gradcheck.adapters.stateful.targets import held_because
from gradcheck.notation.layer import Array


def found_sentence(given: Given, calls: Calls, roles: Roles, targets: Mapping[str, Array]) -> str:
    """Say which methods were found, and where each gradient is.

    Returns
    -------
    str
        For example ``"Dense.forward(x) and Dense.backward(the cotangent); gradients: x in
        returned, W in dW, b in db"``.
    """
    symbols = tuple(roles.inputs)
    parts = [_methods(given.name, calls, symbols)]
    places = [f"{symbol} in {gradient}" for symbol, gradient in roles.gradients.items()]
    parts += [f"gradients: {', '.join(places)}"] if places else []
    if roles.stepping:
        parts.append(
            f"backward moves {', '.join(roles.stepping)} itself, so that each gradient is taken "
            f"from the change, (before - after) / rate"
        )
    held = [f"{symbol} ({held_because(array)})" for symbol, array in targets.items()]
    parts += [f"held as targets: {', '.join(held)}"] if held else []
    return "; ".join(parts)


def _methods(name: str, calls: Calls, symbols: Sequence[str]) -> str:
    forward = f"{name}.{calls.forward}" if calls.forward else name
    forward = f"{forward.removesuffix('.__call__')}({', '.join(symbols)})"
    if calls.returns_both:
        return f"{forward} returns the value and its gradients"
    handed = [a if isinstance(a, Argument) else symbols[a] for a in calls.arguments]
    bare = "" if calls.takes_cotangent else ", which is not handed a cotangent"
    return f"{forward} and {name}.{calls.backward}({', '.join(handed)}){bare}"
