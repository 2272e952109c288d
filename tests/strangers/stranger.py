"""Layers as strangers write them, and the mistakes that they make, as edits of the text."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

CODE = Path(__file__).parent / "code"


@dataclass(frozen=True)
class Mistake:
    """One edit that makes a layer wrong, and words of the cause that a report has to find.

    Where the cause is not found, `unnamed` says what is said instead.
    """

    name: str
    old: str
    new: str
    cause: str
    quantity: str
    unnamed: str = ""


@dataclass(frozen=True)
class Stranger:
    """A file of somebody's code, and how its author would hand it to `gradcheck.check`."""

    file: str
    given: Callable[[ModuleType, np.random.Generator], tuple[Any, ...]]
    mistakes: tuple[Mistake, ...]

    def arguments(self, directory: Path, mistake: Mistake | None = None) -> tuple[Any, ...]:
        """Import the code, right or with a mistake, and return what is handed to the check."""
        return self.given(self._module(directory, mistake), np.random.default_rng(7))

    def _module(self, directory: Path, mistake: Mistake | None) -> ModuleType:
        text = (CODE / self.file).read_text(encoding="utf-8")
        if mistake is not None:
            assert text.count(mistake.old) == 1, f"{mistake.name}: not one place in {self.file}"
            text = text.replace(mistake.old, mistake.new)
        path = directory / self.file
        path.write_text(text, encoding="utf-8")
        spec = importlib.util.spec_from_file_location(path.stem, path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[path.stem] = module
        spec.loader.exec_module(module)
        return module
