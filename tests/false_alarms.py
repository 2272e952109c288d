"""Random points over the catalogue: every equation is right, so nothing may disagree.

Run ``python -m tests.false_alarms`` to print the counts; the exit status is 1 if anything does.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import reduce
from itertools import cycle, islice
from zlib import crc32

import click
import numpy as np

from gradcheck.checks.finding import Finding, Verdict
from gradcheck.checks.witnesses import witnesses
from gradcheck.diagnosis.sentences import sentence
from gradcheck.notation import BATCH, Operation, Point
from reference_nets import CATALOGUE

SINGLE_AND_BATCHES = (None, 1, None, 3)
"""Every other point is a single input; a batch of one is a case of its own."""

SHOWN = 5
"""False alarms that are worth reading before the first one is understood."""


@dataclass
class Tally:
    """How many points and comparisons there were, and the false alarms among them."""

    points: int = 0
    verdicts: Counter[Verdict] = field(default_factory=Counter)
    alarms: list[str] = field(default_factory=list)

    def add(self, findings: Sequence[Finding]) -> None:
        """Count the findings at one point."""
        self.points += 1
        self.verdicts.update(finding.verdict for finding in findings)
        self.alarms += [sentence(f) for f in findings if f.verdict is Verdict.DISAGREE]

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.points + other.points,
            self.verdicts + other.verdicts,
            self.alarms + other.alarms,
        )

    def __str__(self) -> str:
        return (
            f"{self.points} points, {self.verdicts.total()} comparisons: "
            f"{self.verdicts[Verdict.DISAGREE]} disagreements, "
            f"{self.verdicts[Verdict.INCONCLUSIVE]} inconclusive"
        )


def random_points(operation: Operation, seed: int) -> Iterator[Point]:
    """Yield points without end: single inputs and batches, of random sizes."""
    rng = np.random.default_rng([seed, crc32(operation.name.encode())])
    counts = SINGLE_AND_BATCHES if BATCH in operation.forms else (None,)
    for inputs_in_batch in cycle(counts):
        yield operation.sample(rng, inputs_in_batch=inputs_in_batch)


def tally(operation: Operation, points: int, seed: int) -> Tally:
    """Check one operation at so many random points."""
    counted = Tally()
    for point in islice(random_points(operation, seed), points):
        counted.add(list(witnesses(operation, point, seed)))
    return counted


def of_the_catalogue(index: int, points: int, seed: int) -> Tally:
    """Check the operation at an index of the catalogue: an index goes to another process."""
    return tally(CATALOGUE[index], points, seed)


@click.command()
@click.option("--points", default=10_000, show_default=True, help="At least so many, in all.")
@click.option("--only", metavar="PATTERN", default="*", help="Operations whose name matches.")
@click.option("--seed", default=0, show_default=True, help="Of the points.")
@click.option("--workers", default=2, show_default=True, help="Processes.")
def main(points: int, only: str, seed: int, workers: int) -> None:
    """Count the false alarms at random points over the catalogue."""
    chosen = [n for n, one in enumerate(CATALOGUE) if fnmatchcase(one.name, only)]
    if not chosen:
        raise click.BadParameter(f"{only} matches no operation", param_hint="--only")
    each = -(-points // len(chosen))
    with ProcessPoolExecutor(workers) as pool:
        jobs = [pool.submit(of_the_catalogue, n, each, seed) for n in chosen]
        total = reduce(Tally.__add__, [job.result() for job in jobs], Tally())
    for alarm in total.alarms[:SHOWN]:
        click.echo(alarm)
    click.echo(f"{total} (seed {seed}, operations: {len(chosen)})")
    sys.exit(bool(total.alarms))


if __name__ == "__main__":
    main()
