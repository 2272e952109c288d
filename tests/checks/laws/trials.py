"""Trials of somebody's code, and small layers that obey every law."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck.adapters.operation_of import operation_of
from gradcheck.adapters.recognition import layer
from gradcheck.checks.budget import UNLIMITED, Budget
from gradcheck.checks.evaluation import Evaluation
from gradcheck.checks.finding import Finding
from gradcheck.checks.laws import LAWS, Trial
from gradcheck.notation import CODE

X = np.array([[0.5, -1.0, 2.0], [0.25, 3.0, -0.75]])
W = np.array([[0.5, -0.25], [1.5, 2.0], [-1.0, 0.125]])
B = np.array([0.75, -2.0])


def trial_of(subject: Any, *rest: Any, budget: Budget = UNLIMITED, **how: Any) -> Trial:
    """Return a trial of code, given as to `gradcheck.layer`."""
    made = layer(subject, *rest, **how)
    operation, point = operation_of(made)
    return Trial(made, Evaluation(operation, CODE, point, budget=budget))


def held_to(law: str, subject: Any, *rest: Any, **how: Any) -> list[Finding]:
    """Return the findings of a law on code."""
    return list(LAWS[law](trial_of(subject, *rest, **how)))


def verdicts(findings: list[Finding]) -> dict[str, str]:
    """Return the verdict on each quantity."""
    return {finding.quantity: str(finding.verdict) for finding in findings}


def disagreeing(findings: list[Finding]) -> list[str]:
    """Return the quantities that break the law."""
    return [finding.quantity for finding in findings if finding.verdict == "DISAGREE"]


def tanh(x):
    return np.tanh(x)


def tanh_backward(dout, x):
    return dout * (1 - np.tanh(x) ** 2)


def affine(x, w, b):
    return x @ w + b


def affine_backward(dout, x, w, b):
    return dout @ w.T, x.T @ dout, dout.sum(axis=0)


class Dense:
    """As strangers write it: parameters, gradients and the last input are attributes."""

    def __init__(self):
        self.W, self.b = W.copy(), B.copy()
        self.dW = self.db = None

    def forward(self, x):
        """z = x W + b"""
        self.x = x
        return x @ self.W + self.b

    def backward(self, dout):
        """δW = xᵀ δz, δb = Σ δz, δx = δz Wᵀ"""
        self.dW = self.x.T @ dout
        self.db = dout.sum(axis=0)
        return dout @ self.W.T


class AddingDense(Dense):
    """Adds up the gradients of its parameters over calls."""

    def __init__(self):
        super().__init__()
        self.dW, self.db = np.zeros_like(W), np.zeros_like(B)

    def backward(self, dout):
        """Add the same to what is there."""
        self.dW += self.x.T @ dout
        self.db += dout.sum(axis=0)
        return dout @ self.W.T
