"""The Python of README and docs runs, prints what they say, and their commands are those of CI."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests import readme_layers
from tests.pages import ROOT, blocks, names_in, printed_by

HERE = [block for block in blocks() if not block.needs_frameworks]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^    (python3 -m venv .*)$", README, re.MULTILINE)


@pytest.mark.parametrize("block", HERE, ids=str)
def test_python_of_the_pages_runs_and_prints_what_they_say(block, monkeypatch):
    assert printed_by(block, names_in(readme_layers), monkeypatch) == block.printed


def test_each_how_to_takes_at_most_five_lines():
    how_tos = README.split("## How to validate my layer")[1].split("\n## ")[0]
    assert all(
        len(code.splitlines()) <= 5 for code in re.findall(r"```python\n(.*?)```", how_tos, re.S)
    )


def test_readme_has_the_two_commands():
    assert len(COMMANDS) == 2


@pytest.mark.parametrize("command", COMMANDS)
def test_ci_runs_the_commands_of_the_readme(command: str):
    assert command in (Path(ROOT) / ".ci" / "run").read_text(encoding="utf-8")
