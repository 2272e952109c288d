"""The pytest plugin: layers held to their checks as tests, and a report of all that was checked.

Loaded in every pytest run of an environment in which gradcheck is installed, it adds options and
a fixture and turns nothing on by itself; what a project does not use is not even imported.
"""

from __future__ import annotations

import argparse
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gradcheck.directories import make_writable, not_writable
from gradcheck.pytest_plugin.recorder import Recorder
from gradcheck.pytest_plugin.run import ENDINGS, FAIL, RUNS, Run

if TYPE_CHECKING:
    from gradcheck.pytest_plugin.checking import Checking

_RUN = pytest.StashKey[Run]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of the command line and of the configuration file."""
    group = parser.getgroup("gradcheck")
    group.addoption(
        "--gradcheck-report",
        metavar="DIR",
        type=Path,
        help="write a report of all gradients that are checked in this run into DIR",
    )
    group.addoption(
        "--gradcheck-seed",
        metavar="N",
        type=_seed,
        default=0,
        help="of all that is drawn for checking gradients (default: 0)",
    )
    parser.addini(
        "gradcheck_inconclusive",
        f"what a check of a gradient that cannot tell does to its test: {', '.join(ENDINGS)}",
        default=FAIL,
    )


def pytest_configure(config: pytest.Config) -> None:
    """Begin a run; refuse what could only fail at its end."""
    run = Run(config.getoption("gradcheck_seed"), _inconclusive(config))
    in_worker = hasattr(config, "workerinput")  # of xdist: its findings go to the controller
    directory = None if in_worker else _directory(config)
    command = shlex.join(["pytest", *map(str, config.invocation_params.args)])
    config.pluginmanager.register(Recorder(run, directory, command), "gradcheck-recorder")
    config.stash[_RUN] = run
    RUNS.append(run)


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the run."""
    if _RUN in config.stash:
        RUNS.remove(config.stash[_RUN])


@pytest.fixture(name="gradcheck")
def _checking() -> Checking:
    """Check gradients: gradcheck.check(forward, backward, [x, w]) fails where one is wrong."""
    from gradcheck.pytest_plugin.checking import Checking  # here: it waits for NumPy and pandas

    return Checking()


def _seed(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is no seed: give 0 or a larger whole number")
    return int(text)


def _inconclusive(config: pytest.Config) -> str:
    chosen: str = config.getini("gradcheck_inconclusive")
    if chosen not in ENDINGS:
        raise pytest.UsageError(
            f"gradcheck_inconclusive = {chosen}: take one of {', '.join(ENDINGS)}"
        )
    return chosen


def _directory(config: pytest.Config) -> Path | None:
    """Return the directory of the report, which a test that changes directories cannot move."""
    wanted: Path | None = config.getoption("gradcheck_report")
    if wanted is None or config.option.collectonly:
        return None
    directory = config.invocation_params.dir / wanted
    try:
        make_writable(directory)
    except OSError as error:
        raise pytest.UsageError(not_writable("--gradcheck-report", wanted, error)) from None
    return directory
