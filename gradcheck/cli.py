"""The command line: reads arguments, prints, writes files, exits; all else is done elsewhere."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import click

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(context_settings=CONTEXT)
@click.version_option(package_name="gradcheck")
def main() -> None:
    """Know whether a gradient is right, without a guessed tolerance."""


@main.command()
@click.argument("target", default="reference_nets")
@click.option("--only", metavar="PATTERN", default="*", help="Operations whose name matches.")
@click.option("--seed", default=0, show_default=True, help="Of all that is drawn.")
@click.option("--out", type=Path, default=Path("reports"), show_default=True, help="Directory.")
@click.option("--format", "fmt", default="simple", show_default=True, help="One of tabulate's.")
@click.option("--require-digits", type=float, metavar="N", help="Digits that floats must keep.")
@click.option("--prove", is_flag=True, help="Mark in the report what can also be proved.")
@click.option("--jobs", default=os.cpu_count() or 1, metavar="N", help="Processes; all cores.")
def report(
    target: str,
    only: str,
    seed: int,
    out: Path,
    fmt: str,
    require_digits: float | None,
    *,
    prove: bool,
    jobs: int,
) -> None:
    """Check every equation of TARGET and write a gradient accuracy report.

    TARGET is package.module or path.py, optionally with :name of one operation.

    Exit status: 0 all agree; 1 something disagrees; 3 something is inconclusive, nothing
    disagrees; 2 it could not run.
    """
    # The matrices are small, and the processes are as many as cores: threads would only fight.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    from gradcheck import commands  # here, so that --help waits for neither NumPy nor pandas

    status = commands.report(
        target,
        only=only,
        seed=seed,
        out=out,
        fmt=fmt,
        require_digits=require_digits,
        prove=prove,
        jobs=jobs,
    )
    sys.exit(status)


@main.command()
@click.argument("target", default="reference_nets")
@click.option("--only", metavar="PATTERN", default="*", help="Operations whose name matches.")
def prove(target: str, only: str) -> None:
    """Prove the smooth equations of TARGET on symbols, for all values at small shapes.

    TARGET is package.module or path.py, optionally with :name of one operation.

    Exit status: 0 whatever is listed as proved or not, because what is not proved is not wrong;
    2 it could not run.
    """
    from gradcheck import proving  # here, so that --help waits for neither NumPy nor sympy

    sys.exit(proving.prove(target, only=only))


@main.command(name="list")
@click.argument("target", default="reference_nets")
@click.option("--only", metavar="PATTERN", default="*", help="Operations whose name matches.")
@click.option("--format", "fmt", default="simple", show_default=True, help="One of tabulate's.")
@click.option("--reports", type=Path, default=Path("reports"), show_default=True, help="Directory.")
def list_operations(target: str, only: str, fmt: str, reports: Path) -> None:
    """List the operations of TARGET: inputs, output, equations, forms, evidence.

    The evidence is what the last report on TARGET says, stored in the directory --reports; nothing
    is checked anew.

    TARGET is package.module or path.py, optionally with :name of one operation.

    Exit status: 0; 2 it could not run.
    """
    from gradcheck import listing  # here, so that --help does not wait for NumPy

    sys.exit(listing.list_operations(target, only=only, fmt=fmt, reports=reports))


@main.command()
@click.argument("name")
@click.option("--target", default="reference_nets", show_default=True, help="Where NAME is.")
@click.option("--width", type=click.IntRange(min=1), help="Columns of text; the terminal's.")
def show(name: str, target: str, width: int | None) -> None:
    """Show every equation of the operation NAME: its formula beside the code of each form.

    NAME is an operation's name, as `gradcheck list` has it, or that of its variable or function.
    TARGET is package.module or path.py.

    Exit status: 0; 2 it could not run.
    """
    from gradcheck import showing  # here, so that --help does not wait for NumPy

    sys.exit(showing.show(target, name, width=width or _terminal_width()))


def _terminal_width() -> int:
    """Return the columns of the terminal; of a pipe, which has none, room for two forms."""
    return shutil.get_terminal_size(fallback=(160, 24)).columns
