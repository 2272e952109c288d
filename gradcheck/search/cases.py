"""Which points a report looks at: random ones of every operation, and those on real data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from zlib import crc32

import numpy as np

from gradcheck.notation import BATCH, Operation, Point

INPUTS_IN_BATCH = 3
"""Not a size that a wrong axis or a power of two would hide behind."""


@dataclass(frozen=True)
class Case:
    """One operation at one point."""

    operation: Operation
    point: Point


def random_cases(operation: Operation, seed: int) -> Iterator[Case]:
    """Yield a single input and, where the operation has a batch form, a batch.

    The draws depend on the seed and on the operation's name alone: the same rows come whatever
    else is checked in the same run.
    """
    rng = np.random.default_rng([seed, crc32(operation.name.encode())])
    sizes = operation.draw_sizes(rng, distinct=True)
    yield Case(operation, operation.sample(rng, sizes, label="random"))
    if BATCH in operation.forms:
        label = f"random, {INPUTS_IN_BATCH} inputs"
        batch = operation.sample(rng, sizes, inputs_in_batch=INPUTS_IN_BATCH, label=label)
        yield Case(operation, batch)
