"""The README's Python runs, prints what the README says, and its commands are those of CI."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```(?:\n\n```text\n(.*?)```)?", README, re.DOTALL)
COMMANDS = re.findall(r"^    (python3 -m venv .*)$", README, re.MULTILINE)


@pytest.mark.parametrize(("code", "printed"), BLOCKS, ids=lambda text: text.strip().split("\n")[0])
def test_python_of_the_readme_runs_and_prints_what_it_says(code: str, printed: str):
    output = io.StringIO()
    names: dict[str, Any] = {"__name__": "readme"}
    with contextlib.redirect_stdout(output):
        exec("import numpy as np\n" + code, names)
    assert output.getvalue() == printed


def test_readme_has_the_two_commands():
    assert len(COMMANDS) == 2


@pytest.mark.parametrize("command", COMMANDS)
def test_ci_runs_the_commands_of_the_readme(command: str):
    assert command in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
