"""Verify hand-written gradients without a guessed tolerance.

The names here are the public ones; each is imported when it is first used, so that
``gradcheck --help`` waits for none of them.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gradcheck.adapters.recognition import layer as layer
    from gradcheck.checks.finding import Finding as Finding
    from gradcheck.checks.finding import Verdict as Verdict
    from gradcheck.checks.witnesses import witnesses as witnesses
    from gradcheck.function_check import check as check
    from gradcheck.notation import Layer as Layer
    from gradcheck.notation import Operation as Operation
    from gradcheck.notation import Point as Point
    from gradcheck.notation import chain as chain
    from gradcheck.notation import elementwise as elementwise
    from gradcheck.notation import equation as equation
    from gradcheck.notation import network as network
    from gradcheck.pytest_plugin.parametrization import (
        parametrize_with_checks as parametrize_with_checks,
    )
    from gradcheck.reporting import Report as Report

_HOMES = {
    "Finding": "gradcheck.checks.finding",
    "Layer": "gradcheck.notation",
    "Operation": "gradcheck.notation",
    "Point": "gradcheck.notation",
    "Report": "gradcheck.reporting",
    "Verdict": "gradcheck.checks.finding",
    "chain": "gradcheck.notation",
    "check": "gradcheck.function_check",
    "elementwise": "gradcheck.notation",
    "equation": "gradcheck.notation",
    "layer": "gradcheck.adapters.recognition",
    "network": "gradcheck.notation",
    "parametrize_with_checks": "gradcheck.pytest_plugin.parametrization",
    "witnesses": "gradcheck.checks.witnesses",
}

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'gradcheck' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
