"""The Python that README and docs show, and what they say that it prints."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

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


def printed_by(block: Block, names: dict[str, Any]) -> str:
    """Run a block as a reader would, and return what it prints."""
    output = io.StringIO()
    scope = {"__name__": "page", "np": np, "gradcheck": gradcheck, **names}
    with contextlib.redirect_stdout(output):
        exec(block.code, scope)
    return output.getvalue()
