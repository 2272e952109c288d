"""The public notation: equations in their forms, operations, chains and networks of them."""

from gradcheck.notation.domain import (
    NON_NEGATIVE,
    POSITIVE,
    UNIT_INTERVAL,
    Binary,
    Domain,
    Integers,
    Interval,
    OneHot,
    Probabilities,
    Reals,
    Signs,
)
from gradcheck.notation.elementwise import Activation, elementwise
from gradcheck.notation.equation import BATCH, CODE, FORMS, MATRIX, SCALAR, Equation, Form, equation
from gradcheck.notation.errors import NotationError, PointError
from gradcheck.notation.layer import Layer, Session
from gradcheck.notation.network import chain, network
from gradcheck.notation.operation import Operation, delta
from gradcheck.notation.point import Point
from gradcheck.notation.repetition import for_each
from gradcheck.notation.separable import SeparableLoss, separable
from gradcheck.notation.signature import Signature

__all__ = [
    "BATCH",
    "CODE",
    "FORMS",
    "MATRIX",
    "NON_NEGATIVE",
    "POSITIVE",
    "SCALAR",
    "UNIT_INTERVAL",
    "Activation",
    "Binary",
    "Domain",
    "Equation",
    "Form",
    "Integers",
    "Interval",
    "Layer",
    "NotationError",
    "OneHot",
    "Operation",
    "Point",
    "PointError",
    "Probabilities",
    "Reals",
    "SeparableLoss",
    "Session",
    "Signature",
    "Signs",
    "chain",
    "delta",
    "elementwise",
    "equation",
    "for_each",
    "network",
    "separable",
]
