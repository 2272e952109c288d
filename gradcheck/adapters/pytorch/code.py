"""PyTorch code as a layer: autograd.Functions, modules, and functions of tensors.

Whether the formula is right is decided in float64, whatever dtype the inputs have; code that
refuses float64 is checked in its own dtype, as far as that one can tell.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import Any

from gradcheck.adapters.given import CodeError, Given
from gradcheck.adapters.pytorch import pairs
from gradcheck.adapters.pytorch.arguments import Arguments
from gradcheck.adapters.pytorch.modules import Copies
from gradcheck.adapters.pytorch.program import Program
from gradcheck.adapters.pytorch.session import TorchSession
from gradcheck.adapters.pytorch.subject import Subject, is_module_class, is_torchs
from gradcheck.adapters.pytorch.tensors import is_tensor, pytorch
from gradcheck.adapters.pytorch.trial import Trial, tried
from gradcheck.arithmetic.leaves import leaves
from gradcheck.notation import PointError
from gradcheck.notation.layer import Layer

KIND = "PyTorch"


def recognises(given: Given) -> bool:
    """Tell whether the code is PyTorch's, or one of the inputs is a tensor."""
    if sys.modules.get("torch") is None:
        return False
    tensors = any(map(is_tensor, leaves(given.inputs)))
    if given.backward is not None:
        return tensors
    return is_torchs(given.subject) or (tensors and not hasattr(given.subject, "backward"))


def adapt(given: Given) -> Layer:
    """Make a layer of PyTorch code.

    Raises
    ------
    PointError
        If names do not fit, or nothing is left to differentiate.
    CodeError
        If PyTorch is not installed, or the code raises at the inputs, or returns what autograd
        cannot go back from.
    """
    pytorch()
    if given.backward is not None:
        return pairs.adapt(given)
    _refuse_what_is_no_code(given.subject)
    subject = Subject.of(given.subject)
    copies = None if subject.module is None else Copies(subject.module)
    arguments = Arguments.of(given.inputs, _names(given, subject, copies))
    program = Program(subject, arguments, copies, ())
    held = _held(given, program)
    symbols = (*(slot.symbol for slot in arguments.slots), *program.parameters)
    differentiable = tuple(symbol for symbol in symbols if symbol not in held)
    if not differentiable:
        raise PointError(
            f"{subject.name} has neither a floating-point input nor a parameter that is trained: "
            f"there is nothing to differentiate"
        )
    return _layer(given, tried(Program(subject, arguments, copies, differentiable)), held)


def _refuse_what_is_no_code(subject: Any) -> None:
    if is_module_class(subject):
        name = subject.__name__
        raise CodeError(f"{name} is a class: give a module of it, made by {name}(...)")
    if not callable(subject):
        raise CodeError(f"{subject!r} cannot be called: give a function or a module")


def _layer(given: Given, trial: Trial, held: tuple[str, ...]) -> Layer:
    program = trial.program
    return Layer(
        name=program.subject.name,
        kind=KIND,
        values=trial.values,
        start=lambda: TorchSession(program),
        output=trial.output,
        parameters=tuple(program.parameters),
        held=held,
        code=(given.subject,),
        exact=False,
        found=_sentence(program, held),
        notes=tuple(_notes(trial)),
    )


def _names(given: Given, subject: Subject, copies: Copies | None) -> list[str]:
    """Name the inputs as the user says, or after the parameters of the code."""
    count, names = len(given.inputs), list(subject.inputs)
    if given.names is not None:
        names = list(given.names)
        if len(names) != count or len(set(names)) != count:
            raise PointError(f"names={names!r}: give {count} different ones, one per input")
    if len(names) < count:
        names = [f"x{n}" for n in range(count)]
    taken = copies.trainable if copies else {}
    return [f"{name}_" if name in taken else name for name in names[:count]]


def _held(given: Given, program: Program) -> tuple[str, ...]:
    """Return the symbols that are not differentiated: as the user says, or without gradient."""
    known = [*(slot.symbol for slot in program.arguments.slots), *program.parameters]
    unknown = [symbol for symbol in given.held if symbol not in known]
    if unknown:
        raise PointError(f"held={list(given.held)!r}: {unknown[0]!r} is none of {', '.join(known)}")
    return tuple(s for s in known if s in given.held or s in program.arguments.held())


def _sentence(program: Program, held: Iterable[str]) -> str:
    """Say what was taken as what."""
    inputs = ", ".join(slot.symbol for slot in program.arguments.slots)
    parts = {
        "parameters": ", ".join(program.parameters),
        "held": ", ".join(held),
        "": program.outputs.sentence if program.outputs else "",
    }
    told = [f"{program.subject.name}({inputs}) is {program.subject.role}"]
    return "; ".join(told + [f"{role} {names}".strip() for role, names in parts.items() if names])


def _notes(trial: Trial) -> Iterator[str]:
    program = trial.program
    if trial.refusal:
        yield f"checked in {program.dtype}, because in float64 {trial.refusal}"
    for symbol in trial.missing:
        yield f"autograd has no path to {symbol}: its gradient counts as zero"
    if program.outputs and program.outputs.note:
        yield program.outputs.note
    if program.copies and program.copies.frozen:
        yield f"requires_grad is off, so held: {', '.join(program.copies.frozen)}"
    if program.copies and not program.copies.copied:
        yield "the module cannot be copied: it was run itself, and put back after every run"
