"""The table of independent witnesses: what each operation was compared with, and how close it is.

A gradient check cannot see a wrong forward pass.  This command compares values and gradients of
every operation with an implementation that shares nothing with ours, at the points of
`test_against_torch`, and writes what it found:

    python -m tests.frameworks.independent_witnesses [--out DIR]
"""

from __future__ import annotations

import platform
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np
import pandas as pd
import torch
from tabulate import tabulate
from tqdm import tqdm

from gradcheck.notation import Operation, Point
from gradcheck.reporting.tables import number
from tests.frameworks.awkward_points import awkward_points
from tests.frameworks.distance import Distance
from tests.frameworks.entitled_errors import AS_PYTORCH_WRITES_IT, entitled_errors, wanted
from tests.frameworks.torch_comparison import OPERATIONS, our_values, torch_values
from tests.frameworks.witnesses import ASSEMBLED, CLOSED_FORM, LIBRARY, WITNESSES

STEM = "independent_witnesses"
COMMAND = f"python -m tests.frameworks.{STEM}"
SEEDS = range(5)
NO_WITNESS = "none"
HEADERS = (
    "operation",
    "witness",
    "what it is",
    "points (random + awkward)",
    "entries (without a digit)",
    "forward: ulp (explained)",
    "forward: share",
    "gradients: ulp (explained)",
    "gradients: share",
)
NOT_COMPARED = Distance()
KINDS = (LIBRARY, ASSEMBLED, CLOSED_FORM, NO_WITNESS)

INTRODUCTION = f"""\
# Independent witnesses

A gradient check cannot see a wrong forward pass. So forward values and gradients of every
operation are compared with an implementation that shares no code with it, in float64, at random
points (single inputs and batches) and at awkward ones (ties, zeros, large logits, repeated indices,
masked rows): all entries, in every form. How independent the witness is, from the strongest down:

- *{LIBRARY}*: a function of PyTorch computes the operation;
- *{ASSEMBLED}*: the parts are PyTorch's, their composition was written for this comparison;
- *{CLOSED_FORM}*: the formula was written a second time, by the same people: it sees a slip of the
  pen, but would share a misreading of the source;
- *{NO_WITNESS}*: nothing stands against it.

The gradients on the other side are always those of PyTorch's autograd. Differences are given in
units in the last place (ulp), and in brackets how many of them rounding explains at that entry,
which is twice the error bound of the scalar form for each of the two programs. The share is the
largest difference of any entry in parts of what rounding explains there: more than 1 disagrees.
`0` is bit-equality. Entries *without a digit* differ where rounding explains more than their whole
value, as where terms cancel to nothing: they count in the share, but have no ulp to speak of.

PyTorch takes a road of its own, on which more digits are lost, in some operations; there the bound
is that of its road: {"; ".join(AS_PYTORCH_WRITES_IT)}.
"""


@dataclass(frozen=True)
class Row:
    """What one operation was compared with, at how many points, and the largest differences."""

    operation: str
    independence: str
    implementation: str = ""
    random_points: int = 0
    awkward_points: int = 0
    forward: Distance = NOT_COMPARED
    gradients: Distance = NOT_COMPARED

    @property
    def share(self) -> float:
        """The larger of both shares of what rounding explains."""
        return max(self.forward.share, self.gradients.share)


def row(operation: Operation) -> Row:
    """Return the row of an operation, which says so where it has no witness."""
    if operation.name not in WITNESSES:
        return Row(operation.name, NO_WITNESS)
    points = [*random_points(operation), *awkward_points(operation)]
    found = [distances(operation, point) for point in points]
    awkward = sum(point.label == "awkward" for point in points)
    return Row(
        operation.name,
        *WITNESSES[operation.name],
        len(points) - awkward,
        awkward,
        Distance.furthest(forward for forward, _ in found),
        Distance.furthest(gradients for _, gradients in found),
    )


def random_points(operation: Operation) -> Iterator[Point]:
    """Yield single inputs, and batches where the operation takes them."""
    for seed in SEEDS:
        yield operation.sample(np.random.default_rng(seed))
    if "batch" in operation.forms:
        for seed in SEEDS:
            yield operation.sample(np.random.default_rng(seed), inputs_in_batch=3)


def distances(operation: Operation, point: Point) -> tuple[Distance, Distance]:
    """Return how far the output and the gradients lie from the witness's, in the worst form."""
    theirs, entitled = torch_values(operation, point), entitled_errors(operation, point)
    forms = ("scalar", "matrix") if point.inputs_in_batch is None else ("batch",)
    found = [
        {s: Distance.between(ours[s], theirs[s], entitled[s]) for s in wanted(operation)}
        for ours in (our_values(operation, point, form) for form in forms)
    ]
    gradients = [of[s] for of in found for s in wanted(operation)[1:]]
    return Distance.furthest(of[operation.output] for of in found), Distance.furthest(gradients)


def markdown(rows: Sequence[Row]) -> str:
    """Return the page: what the words mean, the sum of it, the table, the versions."""
    table = tabulate(
        [cells(r) for r in rows], headers=HEADERS, tablefmt="github", disable_numparse=True
    )
    return "\n".join([INTRODUCTION, summary(rows), "", table, "", made_by(), ""])


def cells(of: Row) -> list[str]:
    """Return a line of the table, its numbers empty where nothing was compared."""
    texts = [of.operation, of.independence, of.implementation]
    if of.independence == NO_WITNESS:
        return texts + [""] * (len(HEADERS) - len(texts))
    both = (of.forward, of.gradients)
    entries, without_digit = sum(d.entries for d in both), sum(d.without_digit for d in both)
    numbers = [text for d in both for text in (in_ulp(d), number(d.share))]
    points = f"{of.random_points} + {of.awkward_points}"
    return [*texts, points, f"{entries} ({without_digit})", *numbers]


def in_ulp(distance: Distance) -> str:
    """Return the largest difference, and what rounding explains where there is one."""
    explained = f" ({number(distance.explained)})" if distance.ulp else ""
    return number(distance.ulp) + explained


def summary(rows: Sequence[Row]) -> str:
    """Return the sentences that add up the table."""
    kinds = Counter(r.independence for r in rows)
    counts = "; ".join(f"{kind}: {kinds[kind]}" for kind in KINDS)
    apart = [r.operation for r in rows if r.share > 1]
    verdict = (
        f"Further apart than rounding explains: {', '.join(apart)}."
        if apart
        else "All that was compared lies within rounding."
    )
    return f"{len(rows)} operations. {counts}. {verdict}"


def made_by() -> str:
    """Return the line that says what made the table."""
    return (
        f"Made by `{COMMAND}` with PyTorch {torch.__version__}, NumPy {np.__version__}, "
        f"Python {platform.python_version()} on {platform.system()} {platform.machine()}."
    )


def csv(rows: Iterable[Row]) -> str:
    """Return the rows as comma-separated values, the numbers with all their digits."""
    records = [
        {
            "operation": r.operation,
            "witness": r.independence,
            "implementation": r.implementation,
            "random_points": r.random_points,
            "awkward_points": r.awkward_points,
            **{
                f"{of}_{what}": getattr(d, what) if r.implementation else None
                for of, d in (("forward", r.forward), ("gradients", r.gradients))
                for what in ("entries", "without_digit", "ulp", "explained", "share")
            },
        }
        for r in rows
    ]
    return pd.DataFrame(records).to_csv(index=False, lineterminator="\n")


@click.command()
@click.option("--out", type=Path, default=Path("reports"), show_default=True, help="Directory.")
def main(out: Path) -> None:
    """Compare every operation with its independent witness and write the table, .md and .csv.

    Exit status: 0 all within rounding; 1 something is further apart.
    """
    rows = [row(op) for op in tqdm(OPERATIONS, disable=None, leave=False)]
    texts = {".md": markdown(rows), ".csv": csv(rows)}
    out.mkdir(parents=True, exist_ok=True)
    for suffix, text in texts.items():
        (out / f"{STEM}{suffix}").write_text(text, encoding="utf-8")
    click.echo(summary(rows))
    sys.exit(any(r.share > 1 for r in rows))


if __name__ == "__main__":
    main()
