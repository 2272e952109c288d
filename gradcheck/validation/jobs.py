"""What a worker is asked, and what it answers: lines of JSON, read back even if it dies."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TextIO

from gradcheck.checks.finding import Evidence, Finding, Verdict

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
    file.write(json.dumps(answer, default=_plain) + "\n")
    file.flush()


def _plain(value: Any) -> Any:
    """Return NumPy's numbers as Python's."""
    return value.item()


def answers(path: Path) -> Iterator[Answer]:
    """Yield what was written, up to a line that its writer did not live to finish."""
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            yield json.loads(line)
        except json.JSONDecodeError:
            return


def finding_of(record: Mapping[str, Any]) -> Finding:
    """Return the finding that `dataclasses.asdict` and JSON made a record of.

    Examples
    --------
    >>> import json
    >>> finding = Finding(operation="relu", point="given", check="derivative", quantity="delta_x",
    ...                   candidate="backward", reference="numerical", worst_index=(0, 2),
    ...                   verdict=Verdict.DISAGREE)
    >>> back = finding_of(json.loads(json.dumps(asdict(finding))))
    >>> back.verdict, back.worst_index
    (<Verdict.DISAGREE: 'DISAGREE'>, (0, 2))
    """
    tuples = {name: tuple(value) for name, value in record.items() if isinstance(value, list)}
    kinds = {"verdict": Verdict(record["verdict"]), "evidence": Evidence(record["evidence"])}
    return Finding(**{**record, **tuples, **kinds})
