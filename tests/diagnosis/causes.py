"""What is said about the gradients of a pair of functions."""

from __future__ import annotations

import math

import numpy as np

from gradcheck.adapters.operation_of import operation_of
from gradcheck.adapters.recognition import layer
from gradcheck.checks.derivative import derivative
from gradcheck.checks.evaluation import Evaluation
from gradcheck.diagnosis.explain import explained
from gradcheck.notation import CODE


def numbers(*shape, seed=0):
    """Return numbers of both signs with two decimals."""
    return np.round(np.random.default_rng(seed).normal(size=shape), 2)


def evaluation_of(subject, backward, inputs):
    """Return the code of a layer at a point."""
    operation, point = operation_of(layer(subject, backward, inputs))
    return Evaluation(operation, CODE, point)


def findings_of(subject, backward, inputs):
    """Return the findings on all gradients, each with its cause."""
    evaluation = evaluation_of(subject, backward, inputs)
    found = derivative(evaluation, np.random.default_rng(0))
    return {f.quantity: explained(f, evaluation, seconds=math.inf) for f in found}


def cause(subject, backward, inputs, quantity="delta_x"):
    """Return the cause that is named for one gradient; empty if none is."""
    return findings_of(subject, backward, inputs)[quantity].cause
