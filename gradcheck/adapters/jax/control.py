"""JAX's primitives that run other jaxprs: calls, branches and loops, on balls.

Each takes `run`, which runs a jaxpr, its parameters and its inputs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

Run = Callable[[Any, Sequence[Any], Sequence[Any]], list[Any]]


def called(run: Run, parameters: Any, inputs: Sequence[Any]) -> list[Any]:
    """Run what a call calls: under jit, a checkpoint, or with a derivative rule of its own."""
    names = ("jaxpr", "call_jaxpr", "fun_jaxpr")
    return _closed(run, next(parameters[name] for name in names if name in parameters), inputs)


def branch(run: Run, parameters: Any, inputs: Sequence[Any]) -> list[Any]:
    """Run one of several branches, whose number comes first."""
    branches = parameters["branches"]
    chosen = min(max(int(inputs[0]), 0), len(branches) - 1)
    return _closed(run, branches[chosen], inputs[1:])


def while_loop(run: Run, parameters: Any, inputs: Sequence[Any]) -> list[Any]:
    """Run a body as long as a condition holds."""
    of_condition = parameters["cond_nconsts"]
    start = of_condition + parameters["body_nconsts"]
    asked, given, state = inputs[:of_condition], inputs[of_condition:start], list(inputs[start:])
    while bool(_closed(run, parameters["cond_jaxpr"], [*asked, *state])[0]):
        state = _closed(run, parameters["body_jaxpr"], [*given, *state])
    return state


def scan(run: Run, parameters: Any, inputs: Sequence[Any]) -> list[Any]:
    """Run a body along the first axes of arrays, handing a state on; collect what it puts out."""
    constants, states = parameters["num_consts"], parameters["num_carry"]
    given, arrays = inputs[:constants], inputs[constants + states :]
    state = list(inputs[constants : constants + states])
    steps = range(parameters["length"])
    collected: list[Any] = []
    for n in reversed(steps) if parameters["reverse"] else steps:
        results = _closed(run, parameters["jaxpr"], [*given, *state, *(x[n] for x in arrays)])
        state = results[:states]
        collected.append(results[states:])
    if parameters["reverse"]:
        collected.reverse()
    empty = [np.zeros((0, *v.aval.shape)) for v in parameters["jaxpr"].jaxpr.outvars[states:]]
    return state + ([np.stack(column) for column in zip(*collected, strict=True)] or empty)


def linear_solve(run: Run, parameters: Any, inputs: Sequence[Any]) -> list[Any]:
    """Solve linear equations by the function that comes with them, which is given constants."""
    lengths = parameters["const_lengths"]
    start = lengths.matvec + lengths.vecmat
    given = inputs[start : start + lengths.solve]
    right_hand_sides = inputs[sum(lengths) :]
    return _closed(run, parameters["jaxprs"].solve, [*given, *right_hand_sides])


def _closed(run: Run, jaxpr: Any, inputs: Sequence[Any]) -> list[Any]:
    """Run a jaxpr that brings its constants along, or one that has none."""
    if hasattr(jaxpr, "consts"):
        return run(jaxpr.jaxpr, jaxpr.consts, inputs)
    return run(jaxpr, (), inputs)


CALLS = (  # noqa: SIM905 - one name a line would fill the screen
    "checkpoint closed_call core_call custom_jvp_call custom_vjp_call custom_vjp_call_jaxpr jit "
    "pjit remat remat2"
).split()

CONTROL: dict[str, Callable[[Run, Any, Sequence[Any]], list[Any]]] = {
    **dict.fromkeys(CALLS, called),
    "cond": branch,
    "custom_linear_solve": linear_solve,
    "scan": scan,
    "while": while_loop,
}
"""Name of a primitive -> function of what runs a jaxpr, its parameters and its inputs."""
