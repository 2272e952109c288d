"""The ufuncs of NumPy and SciPy on balls.

A ufunc on balls is a ufunc on the object array under them: NumPy's own, which calls the operators
and methods of `Ball`, or one made of a function here. Its methods (`reduce`, `accumulate`, `at`,
`outer`) and keywords (`where`, `out`, `axis`) then come with it.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from numbers import Real
from typing import Any

import numpy as np

from gradcheck.arithmetic.array import BallArray, as_balls, boxed, plain, truth
from gradcheck.arithmetic.ball import Ball
from gradcheck.arithmetic.dispatch import OF_PYTHON, UFUNCS
from gradcheck.arithmetic.elementary import DECIDING, ELEMENTARY
from gradcheck.arithmetic.errors import NotLiftable
from gradcheck.arithmetic.nonfinite import is_infinite
from gradcheck.arithmetic.pairwise import PAIRWISE, clip, entr

_IDENTITIES = {"logaddexp": Ball(-np.inf), "logaddexp2": Ball(-np.inf), "hypot": Ball(0)}
"""What a reduction starts from, where NumPy's ufunc has such a number."""

_SYNONYMS = {
    "conj": "conjugate",
    "deg2rad": "radians",
    "float_power": "power",
    "mod": "remainder",
    "psi": "digamma",
    "rad2deg": "degrees",
    "true_divide": "divide",
    "abs": "absolute",
}


def _on_objects(
    ufunc: np.ufunc, method: str, inputs: Any, kwargs: dict[str, Any], lift: Callable[[Any], Any]
) -> Any:
    """Run the method of an object ufunc on the object arrays that `lift` makes of the inputs.

    NumPy's floating-point warnings are off: a pole of a ball is asked of the float64 function.
    """
    with np.errstate(all="ignore"):
        return _run(ufunc, method, inputs, kwargs, lift)


def _run(
    ufunc: np.ufunc, method: str, inputs: Any, kwargs: dict[str, Any], lift: Callable[[Any], Any]
) -> Any:
    if method == "at":
        target, index, *values = inputs
        return ufunc.at(_object_out(target), truth(index), *map(lift, values))
    keywords = _object_keywords(kwargs)
    run = ufunc if method == "__call__" else getattr(ufunc, method)
    if method in ("reduce", "accumulate", "reduceat"):
        return run(lift(inputs[0]), *inputs[1:], **keywords)
    return run(*map(lift, inputs), **keywords)


def object_array(value: Any) -> Any:
    """Give an object array of balls for anything real, sharing memory with an array of balls.

    A `Ball` is wrapped, lest NumPy send the ufunc back to it.
    """
    balls = as_balls(value)
    if isinstance(balls, BallArray):
        return plain(balls)
    wrapped = np.empty((), dtype=object)
    wrapped[()] = balls
    return wrapped


def numbers(value: Any) -> Any:
    """Give an object array for an operator of `Ball`, which takes Python's numbers as they are."""
    is_plain = (
        type(value) is np.ndarray and value.dtype.kind in "fiub" and value.dtype.itemsize <= 8
    )
    return value.astype(object) if is_plain else object_array(value)


def _object_keywords(kwargs: dict[str, Any]) -> dict[str, Any]:
    """Unwrap `out` and `where`, drop the dtype: float64 or wider is what balls are."""
    keywords = dict(kwargs)
    dtype = keywords.pop("dtype", None)
    if dtype is not None and not is_carried(np.dtype(dtype)):
        raise NotLiftable(f"dtype={np.dtype(dtype)} would drop bits of balls; leave it out")
    if keywords.get("out") is not None:
        keywords["out"] = tuple(map(_object_out, keywords["out"]))
    if "where" in keywords:
        keywords["where"] = truth(keywords["where"])
    if "initial" in keywords and keywords["initial"] is not np._NoValue:
        keywords["initial"] = as_balls(keywords["initial"])
    return keywords


def is_carried(dtype: np.dtype[Any]) -> bool:
    """Tell whether balls stand in for numbers of this dtype: float64, wider ones, and objects."""
    return dtype.kind == "O" or (dtype.kind == "f" and dtype.itemsize >= 8)


def _object_out(out: Any) -> Any:
    """Refuse a float buffer, into which balls would be rounded."""
    if out is None or isinstance(out, BallArray):
        return plain(out)
    raise NotLiftable(
        f"balls do not fit into an array of {np.asarray(out).dtype} (out=, or in place); "
        "make the array inside the function by np.zeros, np.empty or np.array"
    )


def as_out(out: Any, value: Any) -> Any:
    """Return a result, or store it into the array passed as `out` and return that."""
    if out is None:
        return value
    _object_out(out)
    out[...] = value
    return out


def _real(ufunc: np.ufunc, lift: Callable[[Any], Any] = object_array) -> Callable[..., Any]:
    """Make the counterpart of a ufunc whose results are balls."""

    def counterpart(method: str, inputs: Any, kwargs: dict[str, Any]) -> Any:
        (out,) = kwargs.get("out") or (None,)
        result = boxed(_on_objects(ufunc, method, inputs, kwargs, lift))
        return result if out is None else out

    return counterpart


def _operator(ufunc: np.ufunc) -> Callable[..., Any]:
    """Make the counterpart of an operator: one ball among the inputs carries the others."""
    lean, full = _real(ufunc, numbers), _real(ufunc)

    def counterpart(method: str, inputs: Any, kwargs: dict[str, Any]) -> Any:
        has_ball = any(isinstance(value, (Ball, BallArray)) for value in inputs)
        return (lean if has_ball and method != "at" else full)(method, inputs, kwargs)

    return counterpart


def _boolean(ufunc: np.ufunc) -> Callable[..., Any]:
    """Make the counterpart of a ufunc whose results are booleans."""

    def counterpart(method: str, inputs: Any, kwargs: dict[str, Any]) -> Any:
        if kwargs.get("out") is not None:
            raise NotLiftable(f"np.{ufunc.__name__}(..., out=...) on balls: leave out= away")
        result = _on_objects(ufunc, method, inputs, kwargs, object_array)
        return np.asarray(result).astype(bool)[()]

    return counterpart


def _logical(ufunc: np.ufunc) -> Callable[..., Any]:
    """Make the counterpart of a ufunc that asks only which elements are not zero."""

    def counterpart(method: str, inputs: Any, kwargs: dict[str, Any]) -> Any:
        return getattr(ufunc, method)(*map(_truth_of_any, inputs), **kwargs)

    return counterpart


def _truth_of_any(value: Any) -> Any:
    return bool(value) if isinstance(value, Ball) else truth(value)


def _enter(name: str, counterpart: Callable[..., Any]) -> None:
    UFUNCS[name] = counterpart
    UFUNCS.update({same: counterpart for same, other in _SYNONYMS.items() if other == name})


def _from_function(name: str, function: Callable[..., Any], arity: int) -> Any:
    return np.frompyfunc(function, arity, 1, identity=_IDENTITIES.get(name))


def _divmod(method: str, inputs: Any, kwargs: dict[str, Any]) -> Any:
    """Answer np.divmod by its two halves."""
    return tuple(UFUNCS[name](method, inputs, kwargs) for name in ("floor_divide", "remainder"))


def _of_python(ufunc: np.ufunc, method: str, inputs: Any, kwargs: dict[str, Any]) -> Any:
    """Run a ufunc made by np.frompyfunc or np.vectorize: its body sees the balls one by one.

    Floats among its results are lifted, lest they be added to each other in 53 bits.
    """
    result = _on_objects(ufunc, method, inputs, kwargs, object_array)
    return boxed(result) if _elements_are_real(result) else result


def _elements_are_real(result: Any) -> bool:
    if not isinstance(result, np.ndarray):
        return False
    kinds = set(map(type, result.ravel().tolist()))
    return all(issubclass(kind, Real) and not issubclass(kind, bool) for kind in kinds)


_PREDICATES: dict[str, Callable[[Ball], Any]] = {
    "isfinite": lambda x: x.arb.is_finite(),
    "isinf": lambda x: is_infinite(x.arb),
    "isnan": lambda x: x.arb.is_nan(),
    "signbit": lambda x: x < 0,
}

for _ufunc in ("add", "subtract", "multiply", "divide", "power"):
    _enter(_ufunc, _operator(getattr(np, _ufunc)))
for _ufunc in ("negative", "positive"):
    _enter(_ufunc, _real(getattr(np, _ufunc)))
for _name in (*ELEMENTARY, *DECIDING):
    _enter(_name, _real(_from_function(_name, getattr(Ball, _name), 1)))
for _name, _function in PAIRWISE.items():
    _enter(_name, _real(_from_function(_name, _function, 2)))
_enter("clip", _real(_from_function("clip", clip, 3)))
_enter("conjugate", _real(_from_function("conjugate", operator.pos, 1)))
_enter("divmod", _divmod)
_enter("entr", _real(_from_function("entr", entr, 1)))
_enter("reciprocal", _real(_from_function("reciprocal", lambda x: 1 / x, 1)))
_enter("square", _real(_from_function("square", lambda x: x**2, 1)))
for _name, _predicate in _PREDICATES.items():
    _enter(_name, _boolean(_from_function(_name, _predicate, 1)))
for _ufunc in ("less", "less_equal", "greater", "greater_equal", "equal", "not_equal"):
    _enter(_ufunc, _boolean(getattr(np, _ufunc)))
for _ufunc in ("logical_and", "logical_or", "logical_xor", "logical_not"):
    _enter(_ufunc, _logical(getattr(np, _ufunc)))
_enter(OF_PYTHON, _of_python)
