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


@main.command()
@click.argument("targets", nargs=-1, required=True, metavar="TARGET...")
@click.option(
    "--args",
    "arguments",
    default="",
    metavar="'3, 4, bias=True'",
    help="What classes are called with: Python literals.",
)
@click.option(
    "--shapes",
    default="",
    metavar="'x=5,3 y=int(5; 0..2)'",
    help="What layers are called with, by the names of their inputs.",
)
@click.option("--kind", default="", help="How to understand the code: torch, jax, ...")
@click.option("--seed", default=0, show_default=True, help="Of all that is drawn.")
@click.option("--search", is_flag=True, help="Look for inputs at which a gradient goes wrong.")
@click.option("--require-digits", type=float, metavar="N", help="Digits that floats must keep.")
@click.option(
    "--timeout", default=60.0, show_default=True, metavar="SECONDS", help="For each layer."
)
@click.option("--memory", default=2.0, show_default=True, metavar="GB", help="For each layer.")
@click.option("--jobs", default=os.cpu_count() or 1, metavar="N", help="Processes; all cores.")
@click.option("--out", type=Path, metavar="DIR", help="Write the report files there.")
@click.option("--junit", type=Path, metavar="FILE", help="Write the verdicts as JUnit's XML.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, and nothing else.")
def validate(
    targets: tuple[str, ...],
    arguments: str,
    shapes: str,
    kind: str,
    seed: int,
    require_digits: float | None,
    timeout: float,
    memory: float,
    jobs: int,
    out: Path | None,
    junit: Path | None,
    *,
    search: bool,
    as_json: bool,
) -> None:
    """Find the layers in each TARGET and tell whether their gradients are right.

    TARGET is path.py, package.module, or either with :name of one layer, which may be a function,
    a class or an object.  Functions are paired by their names (f_forward and f_backward, f and
    f_grad, f and f_prime); classes are layers if they go forward and back.

    Each layer runs in a process of its own, within a limit of time and of memory: one that hangs,
    exits or crashes is told as crashed, and the others are checked all the same.

    What a layer is called with is guessed, unless --args and --shapes say it:

    \b
      x=5,3                normal reals of shape (5, 3); x=() is a single one
      x=real(5,3; 0.1..2)  reals between bounds
      y=int(5; 0..2)       integers from 0 to 2, of shape (5,)
      m=bool(5,3)          booleans
      t=onehot(5,3)        integers, a single one in each row
      t=shares(5,3)        reals that add up to one in each row
      p:=0.5               that very number

    Exit status: 0 all agree; 1 something disagrees or crashed; 3 something is inconclusive,
    nothing is worse; 2 it could not run; 130 interrupted, with a report of what was done.
    """  # noqa: D301 - click looks for this very backspace
    from gradcheck.validation import command  # here, so that --help waits for no NumPy
    from gradcheck.validation.limits import Limits
    from gradcheck.validation.options import Options

    options = Options(
        targets=targets,
        limits=Limits(timeout, memory),
        arguments=arguments,
        shapes=shapes,
        kind=kind,
        seed=seed,
        search=search,
        require_digits=require_digits,
        jobs=jobs,
        json=as_json,
        out=out,
        junit=junit,
    )
    sys.exit(command.validate(options))


@main.command()
@click.argument("path", type=Path)
def init(path: Path) -> None:
    """Write the skeleton of a new layer to PATH, which ends in .py, and its test beside it.

    Both work as they are: fill in your own equations.

    Exit status: 0; 2 it could not run, and nothing was written.
    """
    from gradcheck import skeleton  # here, as all the others

    sys.exit(skeleton.init(path))


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
