"""Imports run one way, and the harness does not know the nets that it is tried on."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "gradcheck"
FLOORS = (
    {"notation", "arithmetic"},
    {"oracles"},
    {"checks"},
    {"diagnosis"},
    {"search", "adapters"},
    {"reporting"},
    {"directories", "examination", "operation_page", "source_code", "strategies", "survey"},
    {"function_check", "listing", "proving", "showing"},
    {"pytest_plugin", "skeleton", "validation"},
    {"commands"},
    {"cli", "__init__"},
    {"__main__"},
)
FILES = sorted(PACKAGE.rglob("*.py"))


def floor_of(module: str) -> int:
    name = module.split(".")[1] if "." in module else "__init__"
    return next(n for n, names in enumerate(FLOORS) if name in names)


def module_of(file: Path) -> str:
    return ".".join(file.relative_to(PACKAGE.parent).with_suffix("").parts)


def imported(file: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
    return found


@pytest.mark.parametrize("file", FILES, ids=module_of)
def test_imports_run_downwards(file: Path):
    here = floor_of(module_of(file))
    ours = {name for name in imported(file) if name.split(".")[0] == "gradcheck" and "." in name}
    assert not {name for name in ours if floor_of(name) > here}


@pytest.mark.parametrize("file", FILES, ids=module_of)
def test_the_harness_never_imports_reference_nets(file: Path):
    assert not {name for name in imported(file) if name.split(".")[0] == "reference_nets"}
