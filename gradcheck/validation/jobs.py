"""What a worker is asked, and what it answers: lines of JSON, read back even if it dies."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TextIO

from gradcheck.checks.records import plain

Answer = Mapping[str, Any]

LIST, EXAMINE = "list", "examine"


@dataclass(frozen=True, kw_only=True)
class Job:
    """One question to a worker.

    Attributes
    ----------
    task : {"list", "examine"}
        Which layers a target has, or what one of them is worth.
    target : str
        ``package.module`` or ``path.py``, optionally with ``:name``.
    layer : str
        The one to examine, as the list names it.
    arguments, shapes, kind : str
        Of ``--args``, ``--shapes`` and ``--kind``.
    seed : int
        Of all that is drawn.
    search : bool
        Whether to search for inputs at which a gradient goes wrong.
    entitlement : bool
        Whether to find out in any case what rounding entitles each gradient to.
    gigabytes, budget : float
        Memory that it may have, and seconds after which checks are to end by themselves.
    """

    task: str
    target: str
    layer: str = ""
    arguments: str = ""
    shapes: str = ""
    kind: str = ""
    seed: int = 0
    search: bool = False
    entitlement: bool = False
    gigabytes: float = 2.0
    budget: float = math.inf

    def to_json(self) -> str:
        """Return it as a text that fits an argument of a command."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Job:
        """Return what `to_json` made a text of."""
        return cls(**json.loads(text))


def tell(file: TextIO, **answer: Any) -> None:
    """Write an answer at once: its writer may not live to write another."""
    file.write(json.dumps(answer, default=plain) + "\n")
    file.flush()


def answers(path: Path) -> Iterator[Answer]:
    """Yield what was written, up to a line that its writer did not live to finish."""
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            yield json.loads(line)
        except json.JSONDecodeError:
            return
