"""The command that proves: operations of a target, the table of what was proved, and why not."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

import click
from tabulate import tabulate
from tqdm import tqdm

from gradcheck.adapters.targets import TargetError, load_target
from gradcheck.checks.finding import Evidence, Finding, Verdict
from gradcheck.notation import Operation

if TYPE_CHECKING:  # it needs sympy, which is optional
    from gradcheck.checks.proof import Proof

HEADERS = ("operation", "equation", "form", "against", "evidence", "why not")
COULD_NOT_RUN = 2


def prove(target: str, *, only: str) -> int:
    """Try to prove the equations of a target and print the table of what became of it.

    Returns
    -------
    int
        The exit status: 0 whatever the table says, because what is not proved is not wrong; 2 it
        could not run.
    """
    try:
        operations = _operations(target, only)
        proofs = proofs_of(operations)
    except (TargetError, SympyMissing) as error:
        click.echo(f"gradcheck: {error}", err=True)
        return COULD_NOT_RUN
    click.echo(tabulate(map(_row, proofs), headers=HEADERS, disable_numparse=True))
    click.echo(f"\n{summary(proofs)}")
    return 0


class SympyMissing(Exception):  # noqa: N818 - what happened, read as one
    """Proofs were asked for without the package that they need; the message has the cure."""


def proofs_of(operations: Iterable[Operation]) -> list[Proof]:
    """Try to prove every equation of some operations, with a progress bar on a terminal.

    Raises
    ------
    SympyMissing
        If sympy is not installed.
    """
    try:
        from gradcheck.checks.proof import prove as prove_one
    except ModuleNotFoundError as error:
        raise SympyMissing(
            f"proofs need {error.name}; install it with: pip install 'gradcheck[proofs]'"
        ) from None
    bar = tqdm(list(operations), desc="proving", unit="operation", disable=None, leave=False)
    return [proof for operation in bar for proof in prove_one(operation)]


def upgraded(findings: Iterable[Finding], proofs: Iterable[Proof]) -> list[Finding]:
    """Mark findings as proved where balls agree at the point and symbols at all points.

    Parameters
    ----------
    findings : iterable of Finding
        Of any operations.
    proofs : iterable of Proof
        Of some of them.
    """
    proved = {_comparison(proof) for proof in proofs if proof.proved}
    return [
        replace(finding, evidence=Evidence.PROVED)
        if _comparison(finding) in proved
        and finding.evidence is Evidence.EXACT
        and finding.verdict is Verdict.AGREE
        else finding
        for finding in findings
    ]


def summary(proofs: Sequence[Proof]) -> str:
    """Count the equations that were proved in all their forms.

    Examples
    --------
    >>> from gradcheck.checks.proof import prove
    >>> from reference_nets import dense
    >>> summary(list(prove(dense)))
    '4 of 4 equations proved, in all their forms'
    """
    equations = [list(group) for _, group in groupby(sorted(proofs, key=_equation), key=_equation)]
    proved = sum(all(proof.proved for proof in group) for group in equations)
    return f"{proved} of {len(equations)} equations proved, in all their forms"


def _operations(target: str, only: str) -> list[Operation]:
    _, operations = load_target(target)
    chosen = [op for op in operations if fnmatch.fnmatchcase(op.name, only)]
    if not chosen:
        names = ", ".join(dict.fromkeys(op.name for op in operations))
        raise TargetError(f"--only {only}: matches none of {names}")
    return chosen


def _row(proof: Proof) -> tuple[str, ...]:
    form = proof.candidate.removesuffix(" form")
    evidence = str(Evidence.PROVED) if proof.proved else "not proved"
    return proof.operation, proof.quantity, form, proof.reference, evidence, proof.reason


def _equation(proof: Proof) -> tuple[str, str]:
    return proof.operation, proof.quantity


def _comparison(row: Proof | Finding) -> tuple[str, str, str, str]:
    return row.operation, row.quantity, row.candidate, row.reference
