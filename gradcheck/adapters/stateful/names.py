"""What names say: ``dW``, ``grad_W``, ``W_grad`` and ``grads['W']`` are gradients of ``W``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_WORD = "gradients|gradient|grads|grad|derivative|partial|nabla|delta|del|d|g"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:{_WORD})_?(?:wrt_|of_)?(?P<of>\w+)",
        r"d(?:[lejc]|loss|cost)_?d_?(?P<of>\w+)",
        rf"(?P<of>\w+?)_?(?:{_WORD}|bar)",
    )
)

HOLDERS = frozenset(
    {"params", "parameters", "param", "parameter", "weights", "theta", "variables", "values"}
    | {"trainable", "trainable_params", "trainable_parameters", "trainable_weights", "model"}
)
"""Names of what holds parameters."""

GRADIENT_HOLDERS = frozenset(
    {"grads", "gradients", "grad", "gradient", "dparams", "d_params", "dparameters", "deltas"}
    | {"grad_params", "gradparams", "param_grads", "params_grad", "params_grads", "derivatives"}
    | {"parameter_gradients", "grad_parameters", "gradparameters", "weight_grads", "d", "g"}
    | {"grad_weights", "dweights", "nablas", "nabla"}
)
"""Names of what holds gradients."""

VALUES = frozenset({"data", "value", "val", "tensor", "array", "v", "w", "numpy"})
GRADIENT_VALUES = frozenset({"grad", "gradient", "derivative", "delta", "g", "d", "dw"})
"""Names, in a parameter that is an object, of its value and of its gradient."""

SAME, LIKE, INITIAL = 0, 1, 2
"""How well two names go together: W with dW, weights with weight_grad, weights with dW."""

Names = Sequence[str]


def affinity(names: Names, gradient_names: Names) -> int | None:
    """Tell how well the names of a gradient's place go with those of a parameter's.

    Returns
    -------
    int or None
        `SAME`, `LIKE` or `INITIAL`; None where the one is not called the gradient of the other.

    Examples
    --------
    >>> affinity(("layers", "0", "W"), ("layers", "0", "dW")) == SAME
    True
    >>> affinity(("params", "W"), ("grads", "dW")) == SAME
    True
    >>> affinity(("bias",), ("W_grad",)) is None
    True
    """
    ranks = [
        rank
        for own in _shortened(names, HOLDERS, VALUES)
        for gradient in _shortened(gradient_names, GRADIENT_HOLDERS, GRADIENT_VALUES)
        if (rank := _compared(own, gradient, marked=len(gradient) < len(gradient_names)))
        is not None
    ]
    return min(ranks, default=None)


def base_names(gradient: str) -> Iterator[str]:
    """Yield what a name may be the gradient of.

    Examples
    --------
    >>> list(base_names("dW")), list(base_names("bias_grad"))
    (['W'], ['bias'])
    """
    bare = gradient.strip("_")
    for pattern in _PATTERNS:
        if match := pattern.fullmatch(bare):
            yield match["of"].strip("_")


def likeness(name: str, other: str) -> int | None:
    """Tell how well two names go together, of which neither is marked as a gradient."""
    one, two = name.strip("_"), other.strip("_")
    if one == two:
        return SAME
    if _singular(one) == _singular(two):
        return LIKE
    short, long = sorted((one.lower(), two.lower()), key=len)
    return INITIAL if len(short) == 1 and long.startswith(short) else None


def _shortened(
    names: Names, holders: frozenset[str], values: frozenset[str]
) -> Iterator[tuple[str, ...]]:
    """Yield the names as they are, and without what only says that this is a parameter."""
    yield tuple(names)
    for n in reversed(range(len(names) - 1)):
        if _holder(names[n]) in holders:
            yield (*names[:n], *names[n + 1 :])
            break
    if len(names) > 1 and _holder(names[-1]) in values:
        yield tuple(names[:-1])


def _holder(name: str) -> str:
    return name.strip("_").lower().removeprefix("get_")


def _compared(own: Names, gradient: Names, *, marked: bool) -> int | None:
    if len(own) != len(gradient):
        return None
    differing = [pair for pair in zip(own, gradient, strict=True) if pair[0] != pair[1]]
    if not differing:
        return SAME if marked else None
    if len(differing) > 1:
        return None
    name, called = differing[0]
    bases = [*base_names(called), *([called] if marked else [])]
    return min((r for base in bases if (r := likeness(name, base)) is not None), default=None)


def _singular(name: str) -> str:
    low = name.lower().replace("_", "")
    if low.endswith("ses"):
        return low[:-2]
    return low[:-1] if low.endswith("s") and not low.endswith(("ss", "us", "as", "is")) else low
