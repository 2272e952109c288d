"""Objects with a forward and a backward method as layers, wherever they keep their parameters."""

from __future__ import annotations

from dataclasses import replace
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType

from gradcheck.adapters.given import CodeError, Given, required
from gradcheck.adapters.stateful.calls import methods_of
from gradcheck.adapters.stateful.fit import misfit
from gradcheck.adapters.stateful.layer import layer_of
from gradcheck.adapters.stateful.way import other_way, way_of
from gradcheck.notation.layer import Layer

KIND = "stateful object"

_FRAMEWORKS = {"autograd", "gradcheck", "jax", "jaxlib", "keras", "tensorflow", "torch"}
_FUNCTIONS = (FunctionType, MethodType, BuiltinFunctionType, ModuleType)


def recognises(given: Given) -> bool:
    """Tell whether an object with both methods was given, or both methods of one object."""
    given = as_object(given)
    return is_object(given) and all(methods_of(given))


def adapt(given: Given) -> Layer:
    """Make a layer of an object with a forward and a backward method.

    Raises
    ------
    PointError
        If an input is no array of real numbers, or the names do not fit.
    CodeError
        If the object has not both methods, one of them raises, or it is not clear which array is
        the gradient of which.
    """
    given = as_object(given)
    if isinstance(given.subject, type):
        raise CodeError(
            f"{given.name} is a class whose constructor takes arguments: give an object, "
            f"{given.name}(...)"
        )
    forward, backward = methods_of(given)
    if not (forward and backward):
        raise CodeError(
            f"{given.name} has {'no forward' if not forward else 'no backward'} method that was "
            f"recognised: name both, methods=('forward', 'backward')"
        )
    way = way_of(given, forward, backward)
    made, other = layer_of(given, way, KIND), other_way(given, way)
    return made if other is None else min(made, layer_of(given, other, KIND), key=misfit)


def is_object(given: Given) -> bool:
    """Tell whether the subject is an object of a class that the user wrote, not a function."""
    if given.backward is not None or isinstance(given.subject, _FUNCTIONS):
        return False
    kind = given.subject if isinstance(given.subject, type) else type(given.subject)
    return not {base.__module__.partition(".")[0] for base in kind.__mro__} & _FRAMEWORKS


def as_object(given: Given) -> Given:
    """Understand two methods of one object as that object, and a class as what it makes."""
    forward, backward = given.subject, given.backward
    if isinstance(forward, MethodType) and isinstance(backward, MethodType):
        together = forward.__self__ is backward.__self__
        names = forward.__name__, backward.__name__
        if together:
            return replace(given, subject=forward.__self__, backward=None, methods=names)
    if isinstance(given.subject, type) and is_object(given) and not required(given.subject):
        return replace(given, subject=given.subject())
    return given
