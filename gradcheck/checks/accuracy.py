"""The second answer: how many digits a float evaluation keeps, and how many it could.

The true value comes from balls.  What an entry is entitled to comes from its conditioning: how
the true value moves when the inputs move by half a unit in their last place.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from gradcheck.arithmetic import distances, midpoint, precision
from gradcheck.checks.comparison import worst
from gradcheck.checks.evaluation import BITS, Array, Evaluation

LOST_SHARE = 0.5
"""An entry that keeps fewer than this share of the digits that it could keep is inaccurate."""


def accuracy_columns(
    evaluation: Evaluation, floats: Mapping[str, Array], truths: Mapping[str, Any]
) -> dict[str, dict[str, Any]]:
    """Return the accuracy columns for each quantity.

    Parameters
    ----------
    evaluation : Evaluation
        The form that computed the floats.
    floats : mapping of str to ndarray
        What the float evaluation gave.
    truths : mapping of str to BallArray
        The true values of the same quantities.
    """
    errors = {
        s: _errors(floats[s], truth) for s, truth in truths.items() if _comparable(floats[s], truth)
    }
    true = {s: midpoint(truths[s]) for s in errors}
    suspicious = [s for s, error in errors.items() if _loses_half(error, true[s])]
    wanted = list(truths) if evaluation.entitlement else suspicious
    moves = evaluation.function.conditioning(wanted) if wanted else {}
    return {
        s: _columns(error, true[s], floats[s].dtype, moves.get(s)) for s, error in errors.items()
    }


def _comparable(floats: Array, truth: Any) -> bool:
    """Whether there is a float for every true value: none where the code raised."""
    return floats.size > 0 and floats.shape == np.shape(truth)


def _errors(floats: Array, truth: Any) -> Array:
    """Return the absolute errors of a float evaluation; infinite where it is not finite."""
    finite = np.isfinite(floats)
    with precision(BITS):
        error = distances(truth, np.where(finite, floats, 0.0))
    return np.where(finite, error, np.inf)


def _loses_half(error: Array, true: Array) -> bool:
    """Whether an entry keeps less than half of all digits: fewer cannot be called inaccurate."""
    return bool((error > np.sqrt(np.finfo(np.float64).eps) * np.abs(true)).any())


def _columns(error: Array, true: Array, dtype: Any, moves: Array | None) -> dict[str, Any]:
    with np.errstate(all="ignore"):  # not finite: no digits are kept
        place = np.spacing(np.abs(true.astype(dtype))).astype(np.float64)
        if moves is None:
            return {"ulp": float(np.max(error / place)), "accuracy": "accurate"}
        entitled = np.maximum(moves, place / 2)
        kept, allowed = _digits(error, true, place), _digits(entitled, true, place)
        index = worst(-np.where(allowed > 0, kept / allowed, 1.0))
        excess = worst(error / np.maximum(entitled, place))
        return {
            "ulp": float(error[excess] / place[excess]),
            "ulp_entitled": float(entitled[excess] / place[excess]),
            "digits_kept": float(kept[index]),
            "digits_allowed": float(allowed[index]),
            "accuracy_index": index,
            "accuracy": _judged(kept[index], allowed[index]),
        }


def _judged(kept: float, allowed: float) -> str:
    return "inaccurate" if kept < LOST_SHARE * allowed else "accurate"


def _digits(error: Array, true: Array, place: Array) -> Array:
    """Return the decimal digits that an error leaves, at most those of the float format."""
    resolution = place / np.abs(true)
    share = np.where(true == 0, np.where(error == 0, 0.0, np.inf), error / np.abs(true))
    best = np.where(true == 0, np.finfo(np.float64).eps, resolution)
    return np.clip(-np.log10(np.maximum(share, best)), 0.0, None)
