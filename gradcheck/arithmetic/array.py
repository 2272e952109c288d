"""Arrays of balls that pass for arrays of floats in unmodified NumPy code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import prod
from typing import Any

import numpy as np
from flint import arb
from numpy.typing import NDArray

from gradcheck.arithmetic.ball import Ball
from gradcheck.arithmetic.dispatch import apply_function, apply_ufunc
from gradcheck.arithmetic.errors import NotLiftable

_FLOAT64 = np.dtype(np.float64)


class BallArray(np.ndarray[Any, Any]):
    """An array whose elements are balls; everything else about it is NumPy's.

    It is stored as an object array of `Ball`, and gives `float64` as its `dtype`: that is what it
    stands for, so that `np.zeros(n, dtype=x.dtype)` and `np.issubdtype(x.dtype, np.floating)` in
    anybody's code do what they did. `to_balls` makes one.

    Examples
    --------
    >>> from gradcheck.arithmetic import precision
    >>> x = to_balls(np.array([0.5, 2.0]))
    >>> with precision(200):
    ...     np.sqrt(x).sum()
    [2.1213203435596426 +/- 2.68e-17]
    >>> x.dtype
    dtype('float64')
    """

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **kwargs: Any) -> Any:
        return apply_ufunc(ufunc, method, inputs, kwargs)

    def __array_function__(self, function: Any, _: Any, args: Any, kwargs: Any) -> Any:
        return apply_function(function, args, kwargs)

    @property
    def dtype(self) -> np.dtype[Any]:
        """`float64`, for which the balls stand."""
        return _FLOAT64

    @property  # type: ignore[misc]
    def real(self) -> BallArray:  # type: ignore[override]
        """The array itself."""
        return self

    @property  # type: ignore[misc]
    def imag(self) -> NDArray[np.float64]:
        """Zeros."""
        return np.zeros(self.shape)

    @property
    def flat(self) -> Flat:  # type: ignore[override]
        """The elements in a row, to read and to set."""
        return Flat(self)

    def __setitem__(self, key: Any, value: Any) -> None:
        super().__setitem__(key, plain(as_balls(value)))

    def __array_wrap__(self, *_: Any) -> Any:
        raise NotLiftable(
            "a NumPy routine written in C asked to wrap its result in an array of balls"
        )

    def astype(self, dtype: Any, *_: Any, **__: Any) -> Any:
        """Convert: to float64 and wider by a copy, to int and bool exactly, to nothing narrower.

        Raises
        ------
        NotLiftable
            For a dtype that would drop bits, and for complex.
        """
        return converted(self, np.dtype(dtype))

    def tolist(self) -> Any:
        """Give nested lists of `Ball`."""
        return plain(self).tolist()

    def item(self, *index: Any) -> Any:
        """Give one element, a `Ball`."""
        return plain(self).item(*index)

    def put(self, indices: Any, values: Any, mode: Any = "raise") -> None:
        """Set elements by their indices in the flattened array."""
        np.put(self, indices, values, mode)

    def sort(self, axis: Any = -1, *_: Any, **__: Any) -> None:
        """Sort in place."""
        self[...] = np.sort(self, axis)

    def fill(self, value: Any) -> None:
        """Set all elements to one number."""
        self[...] = value

    def __str__(self) -> str:
        return str(plain(self))

    def __repr__(self) -> str:
        return repr(plain(self)).replace("array(", "BallArray(").replace(", dtype=object", "")


def _method(function: Any) -> Any:
    def method(self: BallArray, *args: Any, **kwargs: Any) -> Any:
        return function(self, *args, **kwargs)

    method.__name__ = function.__name__
    method.__doc__ = f"Call np.{function.__name__} on the array."
    return method


for _name in (  # noqa: SIM905 - ndarray's own methods go around the dispatch; these do not
    "all any argmax argmin argsort clip cumprod cumsum dot max mean min nonzero prod ptp round "
    "searchsorted std sum trace var"
).split():
    setattr(BallArray, _name, _method(getattr(np, _name)))


class Flat:
    """The elements of an array of balls in C order, as `ndarray.flat` shows them."""

    def __init__(self, array: BallArray) -> None:
        self._array = array
        self._flat = plain(array).flat

    def __iter__(self) -> Iterator[Ball]:
        return iter(self._flat)

    def __len__(self) -> int:
        return self._array.size

    def __getitem__(self, key: Any) -> Any:
        return boxed(self._flat[key])

    def __setitem__(self, key: Any, value: Any) -> None:
        self._flat[key] = plain(as_balls(value))


def plain(balls: Any) -> Any:
    """Give the object array under an array of balls, sharing its memory; a `Ball` as it is."""
    return balls.view(np.ndarray) if isinstance(balls, BallArray) else balls


def boxed(value: Any) -> Any:
    """Make an array of balls of an object array, sharing its memory where all are balls already."""
    if not isinstance(value, np.ndarray):
        return value
    if set(map(type, value.ravel().tolist())) - {Ball}:
        value = _lift_objects(value)
    return value.view(BallArray)


def objects_of(balls: Iterable[Ball], shape: tuple[int, ...]) -> NDArray[Any]:
    """Make an object array of balls in C order.

    `fromiter` stores them as they come; an assignment would first search each for array protocols.
    """
    return np.fromiter(balls, dtype=object, count=prod(shape)).reshape(shape)


def _lift_objects(array: NDArray[Any]) -> NDArray[Any]:
    return objects_of(map(_element, array.ravel().tolist()), array.shape)


def _element(value: Any) -> Ball:
    """Lift one element; None is what np.empty leaves in an object array."""
    return value if type(value) is Ball else Ball(0 if value is None else value)


def as_balls(value: Any) -> Any:
    """Lift numbers of any real kind, integers and booleans included; see `to_balls`."""
    if isinstance(value, (Ball, BallArray)):
        return value
    if isinstance(value, (int, float, np.number, np.bool_)):
        return Ball(value)
    array = np.asarray(value)
    if array.dtype.kind not in "fiubO":
        raise NotLiftable(f"an array of {array.dtype} holds no real numbers that balls could carry")
    return objects_of(_exact_elements(array), array.shape).view(BallArray)


def _exact_elements(array: NDArray[Any]) -> Iterable[Ball]:
    """Lift the elements in C order, a longdouble without a detour over Python's float."""
    if array.dtype.kind == "O":
        return map(_element, array.ravel().tolist())
    if array.dtype.kind == "f" and array.dtype.itemsize > 8:
        return map(Ball, array.ravel())
    return map(Ball, map(arb, array.ravel().tolist()))


def to_balls(x: Any) -> Any:
    """Lift floating-point numbers exactly; integers and booleans stay what they are.

    Parameters
    ----------
    x
        A float of any width, Python's or NumPy's, or an array of them, of any shape; nested lists
        of floats count as arrays.

    Returns
    -------
    BallArray or Ball
        An array of the shape of `x`, or a `Ball` for a scalar (which has `shape`, `sum` and so on,
        as a NumPy scalar has). Whatever is not floating-point (indices, masks, texts) is returned
        unchanged.

    Notes
    -----
    Lifting is exact at any precision; operations round at the one set by `precision`, which is
    flint's own 53 bits outside any such block.

    Examples
    --------
    >>> to_balls(np.array([0.5, -1.0]))
    BallArray([0.5, -1.0])
    >>> to_balls(3)
    3
    """
    if isinstance(x, (Ball, BallArray, int, np.integer, np.bool_)):
        return x
    if isinstance(x, (float, np.floating)):
        return Ball(x)
    array = np.asarray(x)
    return as_balls(array) if array.dtype.kind in "fO" else x


def converted(balls: BallArray, dtype: np.dtype[Any]) -> Any:
    """Convert an array of balls to `dtype` where that is exact; see `BallArray.astype`."""
    if dtype.kind == "O" or (dtype.kind == "f" and dtype.itemsize >= 8):
        return balls.copy()
    if dtype.kind in "iu":
        return plain(balls).astype(dtype)
    if dtype.kind == "b":
        return truth(balls)
    raise NotLiftable(f"a cast of balls to {dtype} would drop bits; leave the cast out")


def truth(value: Any) -> Any:
    """Tell which elements are not zero, as an array of bool."""
    return plain(value).astype(bool) if isinstance(value, BallArray) else value
