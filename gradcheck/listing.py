"""`gradcheck list`: the operations of a target as a table, with what a report says of them."""

from __future__ import annotations

import json
import shlex
import textwrap
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click
from tabulate import multiline_formats, tabulate, tabulate_formats

from gradcheck.adapters.targets import TargetError
from gradcheck.checks.finding import Evidence, Verdict, overall
from gradcheck.notation import Operation
from gradcheck.notation.signature import format_dims
from gradcheck.reporting.files import STEM
from gradcheck.survey import operations_of

HEADERS = ("name", "inputs", "output", "equations", "forms", "evidence")
COULD_NOT_RUN = 2
NOT_REPORTED = "not yet reported"
LONGEST = 44
"""Characters of inputs in a line: as many as the longest names, so that neither column squeezes."""


def list_operations(target: str, *, only: str, fmt: str, reports: Path) -> int:
    """Print the table of a target's operations, and where its evidence is from.

    Returns
    -------
    int
        The exit status: 0, or 2 if it could not run.
    """
    if fmt not in tabulate_formats:
        return _failed(f"--format {fmt}: tabulate has no such format; take one of "
                       f"{', '.join(sorted(tabulate_formats))}")  # fmt: skip
    path = reports / f"{STEM}.json"
    try:
        operations = operations_of(target, only)
        evidence = evidence_in(_stored(path), target)
    except TargetError as error:
        return _failed(str(error))
    except (OSError, ValueError, LookupError, TypeError) as error:
        return _failed(f"{path} cannot be read as a report ({error}); make it again with: "
                       f"gradcheck report {target} --out {reports}")  # fmt: skip
    click.echo(table(operations, evidence, fmt))
    click.echo(f"\n{_summary(operations)}; {_origin(path, target, evidence)}")
    return 0


def table(operations: Iterable[Operation], evidence: Mapping[str, str], fmt: str = "simple") -> str:
    """Return operations as a table, one row each.

    Parameters
    ----------
    operations : iterable of Operation
        In the order of the rows.
    evidence : mapping of str to str
        What is known of the operation of a name; `NOT_REPORTED` stands for the others.
    fmt : str
        A name from `tabulate.tabulate_formats`.

    Examples
    --------
    >>> from reference_nets import dense
    >>> print(table([dense], {"dense": "exact"}))
    name    inputs              output    equations    forms                  evidence
    ------  ------------------  --------  -----------  ---------------------  ----------
    dense   w(k,i), a(i), b(k)  z(k)      4            scalar, matrix, batch  exact
    """
    rows = [_row(operation, evidence, wrapped=fmt in multiline_formats) for operation in operations]
    return tabulate(rows, headers=HEADERS, tablefmt=fmt, disable_numparse=True)


def evidence_in(stored: Mapping[str, Any], target: str) -> dict[str, str]:
    """Return what a stored report says of each operation, if it is a report on this target.

    Parameters
    ----------
    stored : mapping
        The content of a ``gradient_accuracy.json``; may be empty.
    target : str
        The target of which the evidence is wanted.

    Returns
    -------
    dict of str to str
        Under the operations' names: the verdict where not all agrees, else the weakest evidence
        of all comparisons, and how many of them are proved.

    Raises
    ------
    LookupError, TypeError, ValueError
        If it is no such content.

    Examples
    --------
    >>> row = {"operation": "dense", "verdict": "agree", "evidence": "exact"}
    >>> stored = {"made_by": {"command": "gradcheck report my.layers"}, "findings": [row]}
    >>> evidence_in(stored, "my.layers"), evidence_in(stored, "another")
    ({'dense': 'exact'}, {})
    """
    if not stored or shlex.split(stored["made_by"]["command"])[2] != target:
        return {}
    rows: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in stored["findings"]:
        rows[row["operation"]].append(row)
    return {name: _weakest(its_rows) for name, its_rows in rows.items()}


def _weakest(rows: Sequence[Mapping[str, Any]]) -> str:
    verdict = overall(Verdict(row["verdict"]) for row in rows)
    if verdict is not Verdict.AGREE:
        return str(verdict)
    kinds = [Evidence(row["evidence"]) for row in rows]
    weakest = next(kind for kind in reversed(Evidence) if kind in kinds)
    proved = kinds.count(Evidence.PROVED)
    return (
        f"{weakest}, {proved} of {len(kinds)} proved" if 0 < proved < len(kinds) else str(weakest)
    )


def _row(operation: Operation, evidence: Mapping[str, str], *, wrapped: bool) -> tuple[str, ...]:
    inputs = ", ".join(_with_dims(operation, symbol) for symbol in operation.inputs)
    return (
        operation.name,
        textwrap.fill(inputs, LONGEST, break_long_words=False) if wrapped else inputs,
        _with_dims(operation, operation.output),
        str(len(operation.equations)),
        ", ".join(operation.forms),
        evidence.get(operation.name, NOT_REPORTED),
    )


def _with_dims(operation: Operation, symbol: str) -> str:
    return f"{symbol}{format_dims(operation.dims(symbol))}"


def _summary(operations: Sequence[Operation]) -> str:
    equations = sum(len(operation.equations) for operation in operations)
    return f"operations: {len(operations)}; equations: {equations}"


def _origin(path: Path, target: str, evidence: Mapping[str, str]) -> str:
    if evidence:
        return f"evidence from {path}"
    return f"no report on {target} in {path.parent}; make one with: gradcheck report {target}"


def _stored(path: Path) -> Mapping[str, Any]:
    """Return the content of a report; nothing if there is none."""
    if not path.exists():
        return {}
    content: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def _failed(reason: str) -> int:
    click.echo(f"gradcheck: {reason}", err=True)
    return COULD_NOT_RUN
