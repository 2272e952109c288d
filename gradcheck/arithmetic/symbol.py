"""Symbols as numbers: scalar forms and plain NumPy code compute exact expressions with them.

A `Symbol` behaves as a float does, an array of them as an array of floats: NumPy's own code for
object arrays does the work, and what such arrays lack is added from `expressions`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import sympy
from numpy.typing import NDArray

from gradcheck.arithmetic.expressions import (
    ELEMENTARY,
    PAIRWISE,
    Expr,
    NotSymbolic,
    absolute,
    expression,
)
from gradcheck.arithmetic.symbol_operators import OPERATORS, RELATIONS, arithmetic, comparison


class Symbol:
    """A real number that is an expression of sympy.

    Elementary functions are methods under the names of their ufuncs (`exp`, `arctan`), and array
    functions under their own (`sum`, `reshape`), as on a NumPy scalar.

    Parameters
    ----------
    value
        An expression, or a real number of Python or NumPy, which is taken exactly: a float is the
        fraction that it stands for.

    Raises
    ------
    NotSymbolic
        If the value is no finite real number.

    Examples
    --------
    >>> x = Symbol(sympy.Symbol("x", real=True))
    >>> 0.5 * x + x.exp().log()
    3*x/2
    >>> x > 0
    Traceback (most recent call last):
    ...
    gradcheck.arithmetic.expressions.NotSmooth: not smooth: the code branches on x > 0
    """

    __slots__ = ("expr",)
    expr: Expr
    __hash__ = None  # type: ignore[assignment] # equality may be undecided

    shape = ()
    ndim = 0
    size = 1

    def __init__(self, value: Any) -> None:
        self.expr = value.expr if isinstance(value, Symbol) else expression(value)

    def __repr__(self) -> str:
        return str(self.expr)

    def __neg__(self) -> Symbol:
        return Symbol(-self.expr)

    def __pos__(self) -> Symbol:
        return self

    def __abs__(self) -> Symbol:
        return Symbol(absolute(self.expr))

    def __bool__(self) -> bool:
        return bool(self != Symbol(0))

    def __float__(self) -> float:
        raise NotSymbolic(
            f"float() of the symbol {self} would round it: leave the cast out, and make arrays "
            f"that take symbols in with the dtype of the inputs"
        )

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **kwargs: Any) -> Any:
        return run_ufunc(ufunc, method, inputs, kwargs)

    def __array_function__(self, function: Any, _: Any, args: Any, kwargs: Any) -> Any:
        return run_function(function, args, kwargs)

    def __getattr__(self, name: str) -> Any:
        """Give the NumPy function `name` as a method: `x.sum()` is `np.sum(x)`."""
        function = None if name.startswith("_") else getattr(np, name, None)
        if not callable(function) or isinstance(function, type):
            raise AttributeError(f"a symbol, as a NumPy float, has no attribute {name!r}")
        return partial(function, self)


for _name, _operation in OPERATORS.items():
    _straight, _reflected = arithmetic(_operation)
    setattr(Symbol, f"__{_name}__", _straight)
    setattr(Symbol, f"__r{_name}__", _reflected)
for _name, (_sign, _relation) in RELATIONS.items():
    setattr(Symbol, f"__{_name}__", comparison(_sign, _relation))


def _on_symbols(function: Callable[..., Expr]) -> Callable[..., Symbol]:
    def method(*symbols: Symbol) -> Symbol:
        return Symbol(function(*(symbol.expr for symbol in symbols)))

    return method


_UFUNCS: dict[str, np.ufunc] = {}
for _functions, _arity in ((ELEMENTARY, 1), (PAIRWISE, 2)):
    for _name, _function in _functions.items():
        setattr(Symbol, _name, _on_symbols(_function))
        _UFUNCS[_name] = np.frompyfunc(_on_symbols(_function), _arity, 1, identity=None)


class SymbolArray(np.ndarray[Any, Any]):
    """An object array of `Symbol`, which is also asked for what NumPy's object arrays lack."""

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **kwargs: Any) -> Any:
        return run_ufunc(ufunc, method, inputs, kwargs)

    def __array_function__(self, function: Any, _: Any, args: Any, kwargs: Any) -> Any:
        return run_function(function, args, kwargs)

    def astype(self, dtype: Any, *_: Any, **__: Any) -> Any:
        """Copy where the dtype is float64, for which symbols stand, or object.

        Raises
        ------
        NotSymbolic
            For every other dtype.
        """
        if np.dtype(dtype) in (np.dtype(np.float64), np.dtype(object)):
            return self.copy()
        raise NotSymbolic(f"a cast of symbols to {np.dtype(dtype)}: leave the cast out")


def symbols_like(name: str, shape: tuple[int, ...], **assumptions: bool) -> SymbolArray:
    """Return an array of independent real symbols, each named for its entry.

    Parameters
    ----------
    name : str
        Of the array.
    shape : tuple of int
        Of the array.
    **assumptions : bool
        What sympy may assume, for example ``positive=True``.

    Examples
    --------
    >>> w = symbols_like("w", (1, 2))
    >>> np.exp(w @ w.T)
    SymbolArray([[exp(w[0, 0]**2 + w[0, 1]**2)]], dtype=object)
    """
    names = (f"{name}[{', '.join(map(str, index))}]" if index else name
             for index in np.ndindex(shape))  # fmt: skip
    entries = [Symbol(sympy.Symbol(entry, real=True, **assumptions)) for entry in names]
    return _filled(entries, shape)


def to_symbols(value: Any) -> SymbolArray:
    """Return numbers and symbols as an array of symbols, sharing memory where all are symbols.

    Parameters
    ----------
    value : array_like
        Of any real dtype; None, which `np.empty` leaves in object arrays, counts as zero.

    Raises
    ------
    NotSymbolic
        If an element is no finite real number.
    """
    array = np.asarray(value) if not isinstance(value, Symbol) else _filled([value], ())
    entries = array.ravel().tolist()
    if array.dtype == object and set(map(type, entries)) <= {Symbol}:
        return array.view(SymbolArray)
    return _filled([Symbol(0 if entry is None else entry) for entry in entries], array.shape)


def _filled(entries: list[Symbol], shape: tuple[int, ...]) -> SymbolArray:
    return np.fromiter(entries, dtype=object, count=len(entries)).reshape(shape).view(SymbolArray)


def run_ufunc(ufunc: np.ufunc, method: str, inputs: Any, kwargs: dict[str, Any]) -> Any:
    """Run a ufunc on object arrays of symbols: NumPy's own, or ours where it has no such loop."""
    keywords = {name: _plain(value) for name, value in kwargs.items() if name != "dtype"}
    run = getattr(_UFUNCS.get(ufunc.__name__, ufunc), method)
    first, *others = inputs
    if method == "at":
        index, *values = others
        return run(_plain(first), index, *map(_objects, values))
    if method in ("__call__", "outer"):
        others = list(map(_objects, others))
    try:
        return _boxed(run(_objects(first), *others, **keywords))
    except NotSymbolic:
        raise
    except TypeError as error:  # NumPy's way to say that there is no loop for objects
        raise NotSymbolic(f"np.{ufunc.__name__} has no counterpart on symbols") from error


def run_function(function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """Run NumPy's own code of an array function; its operations come back to the arrays."""
    arrays = [_with_arrays(value) for value in args]
    keywords = {name: _with_arrays(value) for name, value in kwargs.items()}
    implementation = getattr(function, "_implementation", function)
    return _boxed(implementation(*arrays, **keywords))


def _objects(value: Any) -> NDArray[Any]:
    return to_symbols(value).view(np.ndarray)


def _plain(value: Any) -> Any:
    """Take the class off arrays of symbols, lest NumPy send the ufunc back."""
    if isinstance(value, tuple):
        return tuple(map(_plain, value))
    return value.view(np.ndarray) if isinstance(value, SymbolArray) else value


def _with_arrays(value: Any) -> Any:
    """Replace single symbols by arrays without axes, for code that asks for arrays."""
    if isinstance(value, (list, tuple)):
        return type(value)(map(_with_arrays, value))
    return to_symbols(value) if isinstance(value, Symbol) else value


def _boxed(value: Any) -> Any:
    """Make arrays of symbols of the object arrays in a result."""
    if isinstance(value, (list, tuple)):
        return type(value)(map(_boxed, value))
    if isinstance(value, np.ndarray) and value.dtype == object:
        return to_symbols(value)
    return value
