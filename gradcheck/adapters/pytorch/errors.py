"""What PyTorch says when code fails, and what helps."""

from __future__ import annotations

from gradcheck.adapters.given import CodeError

CURES = {
    "modified by an inplace operation": (
        "an operation in place, such as x += ... or x.mul_(...), changed a tensor that backward "
        "needs: write the result to a new tensor"
    ),
    "a leaf Variable that requires grad": (
        "a parameter is changed in place: compute with a copy of it"
    ),
    "the derivative for": "hold that input: held=[...] with its name",
    "is not differentiable with respect to": "hold that input: held=[...] with its name",
    "returned an invalid gradient": (
        "the gradient of an input has the shape of that input: sum over the axes that were "
        "broadcast"
    ),
    "returned an incorrect number of gradients": (
        "backward returns one gradient for each argument of forward, None for those without"
    ),
    "expected Variable or None": (
        "backward returns tensors, and None for arguments that have no gradient"
    ),
    "Expected all tensors to be on the same device": (
        "give inputs that are on the device of the parameters"
    ),
}
"""By a part of PyTorch's message."""


class RefusedError(CodeError):
    """The code raised; it may run in another dtype."""


def explained(step: str, error: Exception) -> str:
    """Return what happened in one sentence, and its cure where one is known.

    Parameters
    ----------
    step : str
        ``forward`` or ``backward``.
    error : Exception
        What the code raised.

    Examples
    --------
    >>> print(explained("forward", RuntimeError("the derivative for 'target' is not implemented")))
    forward raised RuntimeError at the given inputs: the derivative for 'target' is not
    implemented; hold that input: held=[...] with its name
    """
    said = " ".join(str(error).split()).partition(" Hint: ")[0]
    cure = next((cure for part, cure in CURES.items() if part in said), "")
    told = f"{step} raised {type(error).__name__} at the given inputs: {said}"
    return "; ".join(filter(None, (told, cure)))
