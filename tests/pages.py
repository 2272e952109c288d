"""The Python that README and docs show, and what they say that it prints."""

from __future__ import annotations

import contextlib
import io
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

import gradcheck

ROOT = Path(__file__).parent.parent
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
BLOCK = re.compile(r"```python\n(.*?)```(?:\n\n```text\n(.*?)```)?", re.DOTALL)
OF_FRAMEWORKS = re.compile(r"\b(torch|Exp|net|log1pexp|logsumexp)\b")
"""Names in the lines that need another framework, see `tests.frameworks.readme_layers`."""


@dataclass(frozen=True)
class Block:
    """Lines of Python on a page, and the text under them."""

    page: str
    code: str
    printed: str

    @property
    def needs_frameworks(self) -> bool:
        """Whether it names something that is not here without them."""
        return OF_FRAMEWORKS.search(self.code) is not None

    def __str__(self) -> str:
        return f"{self.page}: {self.code.strip().splitlines()[0]}"


def blocks() -> Iterator[Block]:
    """Yield the Python of all pages."""
    for page in PAGES:
        for code, printed in BLOCK.findall(page.read_text(encoding="utf-8")):
            yield Block(page.name, code, printed)


def names_in(module: ModuleType) -> dict[str, Any]:
    """Return the layers and arrays of a module, as the reader's own."""
    return {name: value for name, value in vars(module).items() if not name.startswith("_")}


def printed_by(block: Block, names: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> str:
    """Run a block as a reader would, and return what it prints.

    Lines that raise for disagreement have to agree: to be inconclusive is not enough here.
    """
    monkeypatch.setattr(gradcheck.Report, "raise_for_disagreement", _agrees)
    # what is printed must not depend on how fast the machine is
    monkeypatch.setattr("gradcheck.examination.EXPLAINING", math.inf)
    monkeypatch.setattr("gradcheck.examination.SHRINKING", math.inf)
    output = io.StringIO()
    scope = {"__name__": "page", "np": np, "gradcheck": gradcheck, **names}
    with contextlib.redirect_stdout(output):
        exec(block.code, scope)
    return output.getvalue()


def _agrees(report: gradcheck.Report) -> None:
    assert report.verdict == "agree", str(report)
