"""Functions of scipy.special that are written in Python, on balls.

Its ufuncs (`erf`, `expit`, `gammaln`, `digamma`, `xlogy` ...) need nothing here: `elementwise`
knows them by name.
"""

# ruff: noqa: FBT002 - the signatures are NumPy's and SciPy's
from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck.arithmetic.array import BallArray, as_balls
from gradcheck.arithmetic.ball import Ball


def logsumexp(a: Any, axis: Any = None, b: Any = None, keepdims: Any = False, **_: Any) -> Any:
    """Give log(sum(b e^a)); balls neither overflow nor cancel, so it needs no shift."""
    terms = np.exp(as_balls(a)) if b is None else b * np.exp(as_balls(a))
    return np.log(np.sum(terms, axis=axis, keepdims=keepdims))


def softmax(x: Any, axis: Any = None) -> Any:
    """Give e^x over its sum along `axis`."""
    exponentials = np.exp(as_balls(x))
    return exponentials / np.sum(exponentials, axis=axis, keepdims=True)


def log_softmax(x: Any, axis: Any = None) -> Any:
    """Give x minus logsumexp(x) along `axis`."""
    return x - logsumexp(x, axis=axis, keepdims=True)


IN_PYTHON = {"log_softmax": log_softmax, "logsumexp": logsumexp, "softmax": softmax}
"""Name in scipy.special -> what stands in for it in lifted code, where it is given balls."""


def on_balls(original: Any, counterpart: Any) -> Any:
    """Make a function that runs `counterpart` on balls and `original` on anything else."""

    def choose(a: Any, *args: Any, **kwargs: Any) -> Any:
        chosen = counterpart if isinstance(a, (Ball, BallArray)) else original
        return chosen(a, *args, **kwargs)

    return choose
