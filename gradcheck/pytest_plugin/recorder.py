"""Gathers the findings of all tests, whichever process they ran in, and reports them at the end.

The findings of a test travel with pytest's own report of it: under pytest-xdist too, and a worker
that crashes takes along only those of the test that it crashed in.
"""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from gradcheck.checks.finding import Finding
from gradcheck.directories import not_writable
from gradcheck.pytest_plugin.records import from_text, to_text
from gradcheck.pytest_plugin.run import Run

_PLACE = pytest.StashKey[int]()
_Test: TypeAlias = tuple[str, str]  # node id and worker: xdist can run each test on all
_FINDINGS, _ORDER = "gradcheck_findings", "gradcheck_place"


class Recorder:
    """The hooks of one run that have to do with findings.

    Parameters
    ----------
    run : Run
        Where the checks of this process leave their findings.
    directory : Path or None
        Where the report is written, if anywhere.
    command : str
        What the user typed.
    """

    def __init__(self, run: Run, directory: Path | None, command: str) -> None:
        self._run, self._directory, self._command = run, directory, command
        self._collected = 0
        self._found: dict[_Test, list[Finding]] = {}
        self._places: dict[_Test, int] = {}
        self._crashed: list[str] = []
        self._lines: list[str] = []

    def pytest_itemcollected(self, item: pytest.Item) -> None:
        """Give the test a number before a plugin shuffles them: the report keeps this order."""
        item.stash[_PLACE] = self._collected
        self._collected += 1

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """Remember which test runs."""
        self._run.test = nodeid

    def pytest_runtest_logfinish(self) -> None:
        """Forget it."""
        self._run.test = ""

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Attach what was found since the last report to this one."""
        report = yield
        if found := self._run.take():
            vars(report).update({_FINDINGS: to_text(found), _ORDER: item.stash.get(_PLACE, 0)})
        return report

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Detach it, in the process that has the reports of all."""
        if report.when not in ("setup", "call", "teardown"):  # xdist's word for a worker's death
            self._crashed.append(report.nodeid)
        attached: dict[str, Any] = vars(report)
        test = report.nodeid, attached.get("worker_id", "")
        if report.when == "setup":  # a test that is run again takes the place of its first run
            self._found.pop(test, None)
        if _FINDINGS in attached:
            self._places[test] = attached[_ORDER]
            self._found.setdefault(test, []).extend(from_text(attached[_FINDINGS]))

    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        """Write the report, if one was asked for."""
        findings = self._in_order()
        if self._directory is None and not findings:
            return
        from gradcheck.pytest_plugin.ending import ending  # here: it waits for NumPy and pandas

        try:
            self._lines = ending(
                findings,
                self._directory,
                seed=self._run.seed,
                command=self._command,
                incomplete=self._incomplete(session, exitstatus),
            )
        except OSError as error:
            assert self._directory is not None  # only writing raises it
            self._lines = [not_writable("--gradcheck-report", self._directory, error)]
            session.exitstatus = pytest.ExitCode.USAGE_ERROR

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say how much was checked, with what result, and where the report is."""
        if self._lines:
            terminalreporter.section("gradcheck")
        for line in self._lines:
            terminalreporter.write_line(line)

    def _incomplete(self, session: pytest.Session, exitstatus: int) -> str:
        """Say why findings are missing; nothing if none is."""
        cut_short = exitstatus in (pytest.ExitCode.INTERRUPTED, pytest.ExitCode.INTERNAL_ERROR)
        reason = session.shouldstop or session.shouldfail or (cut_short and "interrupted")
        crashes = [f"the process crashed in {test}" for test in self._crashed]
        return "; ".join([*([str(reason)] if reason else []), *crashes])

    def _in_order(self) -> list[Finding]:
        tests = sorted(self._found, key=lambda test: (self._places[test], test))
        return [finding for test in tests for finding in self._found[test]]
