"""What the commands do: gather cases, check them, print and write.  Returns exit statuses."""

from __future__ import annotations

from pathlib import Path

import click
from tabulate import tabulate_formats

from gradcheck.adapters.targets import TargetError
from gradcheck.directories import make_writable, not_writable
from gradcheck.proving import SympyMissing, proofs_of, upgraded
from gradcheck.reporting import Report, provenance, write
from gradcheck.search.cases import Case
from gradcheck.survey import Survey, checked

EXIT = {"agree": 0, "disagree": 1, "crashed": 1, "inconclusive": 3}
COULD_NOT_RUN = 2


def report(
    target: str,
    *,
    only: str,
    seed: int,
    out: Path,
    fmt: str,
    require_digits: float | None = None,
    prove: bool = False,
    jobs: int = 1,
) -> int:
    """Check the operations of a target, print the table and write the report files.

    Returns
    -------
    int
        The exit status: 0 all agree, 1 something disagrees, 3 something is inconclusive and
        nothing disagrees, 2 it could not run.
    """
    if fmt not in tabulate_formats:
        return _failed(f"--format {fmt}: tabulate has no such format; take one of "
                       f"{', '.join(sorted(tabulate_formats))}")  # fmt: skip
    if seed < 0:
        return _failed(f"--seed {seed}: a seed is 0 or larger")
    if jobs < 1:
        return _failed(f"--jobs {jobs}: at least one process is needed")
    try:
        survey, cases = _survey(target, only, seed)
        make_writable(out)
        proofs = proofs_of(dict.fromkeys(case.operation for case in cases)) if prove else []
    except (TargetError, SympyMissing) as error:
        return _failed(str(error))
    except OSError as error:
        return _failed(not_writable("--out", out, error))
    findings = upgraded(checked(survey, cases, jobs=jobs), proofs)
    command = _command(target, only=only, seed=seed, require_digits=require_digits, prove=prove)
    made = Report.of(
        findings, provenance(seed=seed, command=command), require_digits=require_digits
    )
    click.echo(f"{made.text(fmt)} (seed {seed})")
    try:
        written = write(made, out)
    except OSError as error:
        return _failed(not_writable("--out", out, error))
    for path in written:
        click.echo(f"wrote {path}")
    return EXIT[made.verdict]


def _survey(target: str, only: str, seed: int) -> tuple[Survey, tuple[Case, ...]]:
    """Gather the points, without those on real data where these cannot be loaded."""
    survey = Survey(target, only, seed)
    try:
        return survey, survey.cases()
    except ModuleNotFoundError as error:
        click.echo(
            f"gradcheck: left out the points on real data, which need {error.name}; "
            f"install it with: pip install 'gradcheck[digits]'",
            err=True,
        )
    survey = Survey(target, only, seed, real_input=False)
    return survey, survey.cases()


def _command(
    target: str, *, only: str, seed: int, require_digits: float | None, prove: bool
) -> str:
    options = f" --only {only!r}" * (only != "*") + f" --seed {seed}"
    if require_digits is not None:
        options += f" --require-digits {require_digits:g}"
    return f"gradcheck report {target}{options}" + " --prove" * prove


def _failed(reason: str) -> int:
    click.echo(f"gradcheck: {reason}", err=True)
    return COULD_NOT_RUN
