"""An operation: a forward equation with one gradient equation for each differentiable input.

A layer, a loss, an activation or a whole net.  δx always means ∂E/∂x and has the shape of x; an
operation takes δoutput, the cotangent of its output, and gives δx for its inputs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any, Literal, TypeAlias

import numpy as np

from gradcheck.notation.domain import Domain, Reals
from gradcheck.notation.equation import BATCH, FORMS, MATRIX, SCALAR, Equation, Form
from gradcheck.notation.errors import NotationError
from gradcheck.notation.extents import Extent, completed, draw_sizes
from gradcheck.notation.nesting import as_array
from gradcheck.notation.point import Array, Point
from gradcheck.notation.signature import Shape, Signature, shape_of
from gradcheck.notation.validation import check_cotangent, check_declaration, check_inputs

Reduction: TypeAlias = Literal["stack", "sum", "mean"]
Values: TypeAlias = Mapping[str, Any]


def delta(symbol: str) -> str:
    """Return the name of ∂E/∂symbol.

    Examples
    --------
    >>> delta("w")
    'delta_w'
    """
    return f"delta_{symbol}"


@dataclass(frozen=True, eq=False)
class Operation:
    """A forward equation, its gradient equations, and all that is declared about its inputs.

    Parameters
    ----------
    name : str
        The textbook name.
    signature : str or Signature
        Shapes of a *single* input in gufunc notation, inputs in the order of `inputs`.
    forward : Equation
        Its name is the output symbol.
    gradients : sequence of Equation
        One ``delta_x`` for each differentiable input ``x``.  Its parameters may be the inputs,
        the output, the cotangent ``delta_<output>`` and the symbols of `where`.
    where : sequence of Equation
        Intermediate quantities, as a textbook introduces them after "where".
    inputs : sequence of str, optional
        The input symbols; those of the forward equation if left out.
    parameters, constants : sequence of str
        Inputs that are trained, and inputs that have no gradient.  The others are activations.
    shared : sequence of str
        Constants that all inputs of a batch have in common.  Parameters always are shared.
    domain : mapping of str to Domain
        Where each input lives; the real numbers if left out.
    batch : {"stack", "sum", "mean"}
        What the batch form gives: one output a row, or (for a loss) their sum or mean.
    extents : mapping of str to callable
        Dimensions whose extent follows from others, as a function of those others by name: the
        output size of a convolution, ``{"u": lambda h, p: h - p + 1}``.
    usual_sizes : mapping of str to int
        Extents to draw points with, where the random ones from 1 to 5 would not do.

    Raises
    ------
    NotationError
        If the declaration contradicts itself; the message names the symbol and the cure.

    Examples
    --------
    >>> from gradcheck.notation import equation
    >>> @equation
    ... def y(s, x):
    ...     return [s * x[k] for k in range(len(x))]
    >>> @equation
    ... def delta_s(delta_y, x):
    ...     return sum(delta_y[k] * x[k] for k in range(len(x)))
    >>> @equation
    ... def delta_x(delta_y, s):
    ...     return [delta_y[k] * s for k in range(len(delta_y))]
    >>> scale = Operation("scale", "(),(k)->(k)", y, (delta_s, delta_x), parameters=("s",))
    >>> scale(2.0, [1.0, 3.0], form="scalar")
    array([2., 6.])
    >>> scale.pullback([1.0, 1.0], 2.0, [1.0, 3.0], form="scalar")["s"]
    array(4.)
    """

    name: str
    signature: Signature
    forward: Equation
    gradients: Sequence[Equation]
    where: Sequence[Equation] = ()
    inputs: Sequence[str] = ()
    parameters: Sequence[str] = ()
    constants: Sequence[str] = ()
    shared: Sequence[str] = ()
    domain: Mapping[str, Domain] = field(default_factory=dict)
    batch: Reduction = "stack"
    extents: Mapping[str, Any] = field(default_factory=dict)
    usual_sizes: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        signature = self.signature
        if isinstance(signature, str):
            object.__setattr__(self, "signature", Signature.parse(signature))
        for sequence in ("gradients", "where", "inputs", "parameters", "constants", "shared"):
            object.__setattr__(self, sequence, tuple(getattr(self, sequence)))
        if not self.inputs:
            object.__setattr__(self, "inputs", self.forward.parameters)
        object.__setattr__(self, "domain", MappingProxyType(dict(self.domain)))
        extents = {dim: Extent.of(extent) for dim, extent in self.extents.items()}
        object.__setattr__(self, "extents", MappingProxyType(extents))
        object.__setattr__(self, "usual_sizes", MappingProxyType(dict(self.usual_sizes)))
        check_declaration(self)
        _in_order(self)  # refuses equations that depend on each other in a circle

    @property
    def output(self) -> str:
        """The symbol of the output."""
        return self.forward.name

    @property
    def cotangent(self) -> str:
        """The symbol of ∂E/∂output."""
        return delta(self.output)

    @cached_property
    def differentiable(self) -> tuple[str, ...]:
        """The inputs that have a gradient: all but the constants."""
        return tuple(symbol for symbol in self.inputs if symbol not in self.constants)

    @cached_property
    def per_input(self) -> tuple[str, ...]:
        """The inputs of which a batch holds one a row: neither parameters nor shared."""
        common = {*self.parameters, *self.shared}
        return tuple(symbol for symbol in self.inputs if symbol not in common)

    @cached_property
    def equations(self) -> Mapping[str, Equation]:
        """Every equation under its left-hand side, each after those on which it depends."""
        return MappingProxyType(_in_order(self))

    @cached_property
    def _order(self) -> tuple[str, ...]:
        return tuple(self.equations)

    @cached_property
    def forms(self) -> tuple[Form, ...]:
        """The forms in which the operation is written."""
        return tuple(form for form in FORMS if form in self.forward.forms)

    def dims(self, symbol: str) -> Sequence[str | int]:
        """Return the dimensions that the signature gives to an input or to the output."""
        if symbol == self.output:
            return self.signature.output
        return self.signature.inputs[self.inputs.index(symbol)]

    def domain_of(self, symbol: str) -> Domain:
        """Return where an input lives."""
        return self.domain.get(symbol, Reals())

    def sizes(self, inputs: Values, *, in_batch: bool = False) -> dict[str, int]:
        """Return the extent of every dimension, read off the shapes of the inputs.

        Raises
        ------
        PointError
            If a shape does not fit the signature.
        """
        shapes = {
            symbol: np.shape(inputs[symbol])[in_batch and symbol in self.per_input :]
            for symbol in self.inputs
        }
        return completed(self.signature.sizes(shapes), self.extents)

    def draw_sizes(
        self,
        rng: np.random.Generator,
        sizes: Mapping[str, int] | None = None,
        *,
        distinct: bool = False,
    ) -> dict[str, int]:
        """Draw the extent of every dimension, some of which may be given.

        Parameters
        ----------
        rng : numpy.random.Generator
            The source of randomness.
        sizes : mapping of str to int, optional
            Those that are given; they take precedence over `usual_sizes`.
        distinct : bool
            Whether all that are drawn are different, so that a transposed product cannot fit.
        """
        fixed = {**self.usual_sizes, **(sizes or {})}
        return draw_sizes(rng, self.signature.names, self.extents, fixed, distinct=distinct)

    def shape(
        self, symbol: str, sizes: Mapping[str, int], inputs_in_batch: int | None = None
    ) -> Shape:
        """Return the shape of an input or of the output, for a single input or a batch of them.

        Examples
        --------
        >>> from reference_nets import dense
        >>> dense.shape("w", {"k": 2, "i": 3}), dense.shape("a", {"k": 2, "i": 3}, 5)
        ((2, 3), (5, 3))
        """
        shape = shape_of(self.dims(symbol), sizes)
        stacked = self.batch == "stack" and self.per_input != ()  # parameters alone are no batch
        rows = symbol in self.per_input or (symbol == self.output and stacked)
        return (inputs_in_batch, *shape) if rows and inputs_in_batch is not None else shape

    def evaluate(self, form: Form, values: Values, wanted: Iterable[str]) -> dict[str, Any]:
        """Evaluate equations in one form, each at most once.

        Parameters
        ----------
        form : str
            The form in which every equation is evaluated.
        values : mapping of str to array
            The inputs, and the cotangent where a wanted symbol depends on it; arrays of any
            arithmetic.
        wanted : iterable of str
            Left-hand sides.

        Returns
        -------
        dict of str to array
            The wanted quantities.
        """
        wanted = tuple(wanted)
        memo = {symbol: _operand(form, value) for symbol, value in values.items()}
        needed = self._ancestors(wanted)
        for symbol, equation in self.equations.items():
            if symbol in needed:
                memo[symbol] = equation[form](*(memo[name] for name in equation.parameters))
        return {symbol: as_array(memo[symbol]) for symbol in wanted}

    def __call__(self, *inputs: Any, form: Form = MATRIX) -> Array:
        """Return the output for these inputs.

        Raises
        ------
        PointError
            If an input has the wrong shape or dtype, or lies outside its domain.
        """
        values = check_inputs(self, inputs, in_batch=form == BATCH)
        output: Array = self.evaluate(form, values, (self.output,))[self.output]
        return output

    def pullback(self, cotangent: Any, *inputs: Any, form: Form = MATRIX) -> dict[str, Array]:
        """Return δx of every differentiable input x, for a cotangent of the output.

        Raises
        ------
        PointError
            If an input or the cotangent has the wrong shape or dtype, or an input lies outside
            its domain.
        """
        values = check_inputs(self, inputs, in_batch=form == BATCH)
        values[self.cotangent] = check_cotangent(self, cotangent, values, in_batch=form == BATCH)
        deltas = self.evaluate(form, values, map(delta, self.differentiable))
        return {symbol: deltas[delta(symbol)] for symbol in self.differentiable}

    def sample(
        self,
        rng: np.random.Generator,
        sizes: Mapping[str, int] | None = None,
        *,
        inputs_in_batch: int | None = None,
        label: str = "random",
    ) -> Point:
        """Draw a point from the declaration: shapes, values and a cotangent.

        Parameters
        ----------
        rng : numpy.random.Generator
            The source of randomness.
        sizes : mapping of str to int, optional
            Extents of dimensions; those left out are drawn from 1 to 5.
        inputs_in_batch : int, optional
            The number of inputs of a batch; a single input if left out.
        label : str
            What a report calls the point.
        """
        sizes = self.draw_sizes(rng, sizes)
        inputs = {
            symbol: self.domain_of(symbol).sample(
                rng, self.shape(symbol, sizes, inputs_in_batch), sizes
            )
            for symbol in self.inputs
        }
        cotangent = Reals().sample(rng, self.shape(self.output, sizes, inputs_in_batch), sizes)
        return Point(inputs, cotangent, label, inputs_in_batch)

    def at(self, output: str, /, **symbols: str) -> Operation:
        """Return the same operation for other symbols, to be placed in a network.

        Parameters
        ----------
        output : str
            The new output symbol.
        **symbols : str
            New names of inputs; the others keep theirs.

        Examples
        --------
        >>> from reference_nets import dense
        >>> print(dense.at("z2", w="w2", a="a1", b="b2"))
        dense: z2(w2, a1, b2), (k,i),(i),(k)->(k)
        """
        for symbol in symbols:
            if symbol not in self.inputs:
                raise NotationError(
                    f"{self.name}.at({output!r}, {symbol}={symbols[symbol]!r}): {self.name} has "
                    f"no input {symbol}; its inputs are {', '.join(self.inputs)}"
                )
        names = {symbol: symbols.get(symbol, symbol) for symbol in self.inputs}
        names |= {equation.name: f"{equation.name}@{output}" for equation in self.where}
        names |= {self.output: output}
        names |= {delta(old): delta(names[old]) for old in (*self.differentiable, self.output)}
        return replace(
            self,
            forward=_renamed(self.forward, names),
            gradients=[_renamed(equation, names) for equation in self.gradients],
            where=[_renamed(equation, names) for equation in self.where],
            inputs=[names[symbol] for symbol in self.inputs],
            parameters=[names[symbol] for symbol in self.parameters],
            constants=[names[symbol] for symbol in self.constants],
            shared=[names[symbol] for symbol in self.shared],
            domain={names[symbol]: domain for symbol, domain in self.domain.items()},
        )

    def _ancestors(self, wanted: Iterable[str]) -> set[str]:
        needed = set(wanted)
        for symbol in reversed(self._order):
            if symbol in needed:
                needed.update(self.equations[symbol].parameters)
        return needed

    def __str__(self) -> str:
        return f"{self.name}: {self.output}({', '.join(self.inputs)}), {self.signature}"


def _operand(form: Form, value: Any) -> Any:
    """Hand an array to a form: nested lists of numbers to the scalar form, itself to the others."""
    return np.asarray(value).tolist() if form == SCALAR else value  # a row may be one object


def _renamed(equation: Equation, names: Mapping[str, str]) -> Equation:
    parameters = {symbol: names[symbol] for symbol in equation.parameters}
    return equation.at(names[equation.name], **parameters)


def _in_order(operation: Operation) -> dict[str, Equation]:
    """Sort the equations so that each stands after those on which it depends."""
    waiting = [*operation.where, operation.forward, *operation.gradients]
    known = {*operation.inputs, operation.cotangent}
    ordered: dict[str, Equation] = {}
    while waiting:
        ready = [equation for equation in waiting if known.issuperset(equation.parameters)]
        if not ready:
            names = ", ".join(equation.name for equation in waiting)
            raise NotationError(
                f"{operation.name}: {names} depend on each other in a circle: "
                f"write one of them in terms of the inputs"
            )
        ordered |= {equation.name: equation for equation in ready}
        known.update(equation.name for equation in ready)
        waiting = [equation for equation in waiting if equation.name not in ordered]
    return ordered
