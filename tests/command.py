"""Running the command in this process, on targets that are written for a test."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from click.testing import CliRunner, Result

from gradcheck.cli import main

AGREE, DISAGREE, COULD_NOT_RUN, INCONCLUSIVE = 0, 1, 2, 3

TARGET = """
import numpy as np

from gradcheck import Operation, equation
from gradcheck.notation.scalar import log


@equation
def y(x):
    r"y_k = {formula}"
    return [{scalar} for x_k in x]


@y.matrix
def y(x):
    r"y = {formula}"
    return {matrix}


@equation
def delta_x(delta_y, x):
    r"\\delta x_k = \\delta y_k f'(x_k)"
    return [delta_y[k] * ({scalar_slope}) for k, x_k in enumerate(x)]


@delta_x.matrix
def delta_x(delta_y, x):
    r"\\delta x = \\delta y \\odot f'(x)"
    return delta_y * ({matrix_slope})


{name} = Operation("{name}", "(k)->(k)", y, (delta_x,))
"""


def target(name, scalar, matrix, scalar_slope, matrix_slope) -> str:
    """Return a module with one operation."""
    return TARGET.format(
        name=name,
        formula=scalar,
        scalar=scalar,
        matrix=matrix,
        scalar_slope=scalar_slope,
        matrix_slope=matrix_slope,
    )


RIGHT = target("square", "x_k * x_k", "x**2", "2 * x_k", "2 * x")
WRONG = target("square", "x_k * x_k", "x**2", "2 * x_k", "3 * x")
OUTSIDE = target("outside", "log(x_k - 9e9)", "np.log(x - 9e9)", "1 / (x_k - 9e9)", "1 / (x - 9e9)")
LOSING = target("losing", "x_k * x_k", "x**2", "2 * x_k", "2 * ((x + 1e9) - 1e9)")


def report(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["report", *arguments])


def report_on(text: str, *options: str) -> Result:
    """Report on a module of this text, in the current directory."""
    Path("layer.py").write_text(text, encoding="utf-8")
    return report("layer.py", *options)


def rows(directory: str = "reports") -> pd.DataFrame:
    return pd.read_csv(Path(directory) / "gradient_accuracy.csv")
