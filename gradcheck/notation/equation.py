"""An equation: one formula, written in its forms under one name.

The name is the left-hand side, the parameters are the symbols on the right, the docstring is the
formula and the body transcribes it.  The decorated function is the *scalar* form; ``.matrix`` and
``.batch`` add the others.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, TypeAlias

from gradcheck.notation.errors import NotationError

Form: TypeAlias = str
Body: TypeAlias = Callable[..., Any]

SCALAR, MATRIX, BATCH = "scalar", "matrix", "batch"
CODE = "code"  # the only form of somebody's functions that were not written in this notation
FORMS: tuple[Form, ...] = (SCALAR, MATRIX, BATCH, CODE)


@dataclass(frozen=True)
class Equation:
    r"""One formula and its forms.

    Parameters
    ----------
    name : str
        The symbol on the left-hand side.
    parameters : tuple of str
        The symbols on the right-hand side, in the order in which every form takes them.
    forms : mapping of str to callable
        The transcriptions: any of ``"scalar"``, ``"matrix"`` and ``"batch"``.

    Examples
    --------
    >>> @equation
    ... def area(width, height):
    ...     r"A = w \, h"
    ...     return width * height
    >>> area.name, area.parameters, list(area.forms)
    ('area', ('width', 'height'), ['scalar'])
    >>> area["scalar"](2.0, 3.0)
    6.0
    """

    name: str
    parameters: tuple[str, ...]
    forms: Mapping[Form, Body] = field(repr=False)

    def matrix(self, body: Body) -> Equation:
        """Add the matrix form: one line of NumPy for a single input.

        Raises
        ------
        NotationError
            If the form is there already, or its name or parameters differ from the scalar form's.
        """
        return self._with_form(MATRIX, body)

    def batch(self, body: Body) -> Equation:
        """Add the batch form: the matrix form for N inputs at once, one input a row.

        Raises
        ------
        NotationError
            If the form is there already, or its name or parameters differ from the scalar form's.
        """
        return self._with_form(BATCH, body)

    def at(self, name: str, /, **symbols: str) -> Equation:
        """Return the same formula for other symbols: one layer of a network, say.

        Parameters
        ----------
        name : str
            The new left-hand side.
        **symbols : str
            New names of parameters; the others keep theirs.

        Raises
        ------
        NotationError
            If a keyword is not a parameter of the equation.

        Examples
        --------
        >>> @equation
        ... def z(w, a):
        ...     return w * a
        >>> z.at("z2", w="w2", a="a1").parameters
        ('w2', 'a1')
        """
        for symbol in symbols:
            if symbol not in self.parameters:
                raise NotationError(
                    f"{self.name}.at({name!r}, {symbol}={symbols[symbol]!r}): {self.name} has no "
                    f"parameter {symbol}; its parameters are {', '.join(self.parameters)}"
                )
        renamed = tuple(symbols.get(symbol, symbol) for symbol in self.parameters)
        return replace(self, name=name, parameters=renamed)

    def formula(self, form: Form = SCALAR) -> str:
        """Return the LaTeX formula of one form, as its docstring states it."""
        return inspect.getdoc(self[form]) or ""

    def __getitem__(self, form: Form) -> Body:
        try:
            return self.forms[form]
        except KeyError:
            raise NotationError(
                f"equation {self.name} has no {form} form, only {', '.join(self.forms)}: "
                f"add one with @{self.name}.{form}"
            ) from None

    def _with_form(self, form: Form, body: Body) -> Equation:
        if form in self.forms:
            raise NotationError(f"equation {self.name} has two {form} forms: remove one")
        if body.__name__ != self.name:
            raise NotationError(
                f"the {form} form of {self.name} is called {body.__name__}: "
                f"all forms of an equation bear its name, so write def {self.name}"
            )
        parameters = _parameters(body)
        if parameters != self.parameters:
            raise NotationError(
                f"the {form} form of {self.name} takes ({', '.join(parameters)}), but its scalar "
                f"form takes ({', '.join(self.parameters)}): write both with the same symbols"
            )
        return replace(self, forms=MappingProxyType({**self.forms, form: body}))


def equation(body: Body) -> Equation:
    r"""Declare an equation by its scalar form; ``.matrix`` and ``.batch`` add the others.

    Parameters
    ----------
    body : callable
        The formula as loops over its indices, on nested lists of numbers of any kind.  Its
        elementary functions come from `gradcheck.notation.scalar`, so that the same loops run
        on floats, balls and symbols.

    Raises
    ------
    NotationError
        If a parameter is variadic, keyword-only or has a default: symbols have none of these.

    Examples
    --------
    >>> @equation
    ... def delta_b(delta_z):
    ...     r"\delta b_k = \delta z_k"
    ...     return [delta_z[k] for k in range(len(delta_z))]
    >>> @delta_b.matrix
    ... def delta_b(delta_z):
    ...     r"\delta b = \delta z"
    ...     return delta_z
    >>> list(delta_b.forms)
    ['scalar', 'matrix']
    """
    return Equation(body.__name__, _parameters(body), MappingProxyType({SCALAR: body}))


def stating(formula: str, body: Body) -> Body:
    """Return the body with its formula as docstring, where a decorated def would have it."""
    body.__doc__ = formula
    return body


def _parameters(body: Body) -> tuple[str, ...]:
    parameters = inspect.signature(body).parameters.values()
    for parameter in parameters:
        if parameter.kind is not parameter.POSITIONAL_OR_KEYWORD:
            raise NotationError(
                f"equation {body.__name__} takes {parameter}: the parameters of an equation are "
                f"its symbols, so name each one"
            )
        if parameter.default is not parameter.empty:
            raise NotationError(
                f"equation {body.__name__} gives {parameter.name} a default: declare "
                f"{parameter.name} as a constant of the operation instead"
            )
    return tuple(parameter.name for parameter in parameters)
