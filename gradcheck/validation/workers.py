"""Processes that run somebody's code within limits, whatever it does, and what came of them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from gradcheck.validation import endings
from gradcheck.validation.jobs import Answer, Job, answers
from gradcheck.validation.limits import Limits
from gradcheck.validation.output import Output

WORK = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from gradcheck.validation.worker import work; work(*sys.argv[2:])"
)
"""What a process runs: it imports from where its parent does, and until then from nowhere else."""

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
"""The matrices are small, and processes are as many as cores: threads would only fight."""


@dataclass(frozen=True)
class Ending:
    """What became of a job.

    Attributes
    ----------
    answers : tuple of mapping
        In the order in which they were given.
    crashed : str
        Why it ended before it was done; empty if it was done.
    output : str
        What it printed, cut.
    seconds : float
        How long it took.
    """

    answers: tuple[Answer, ...]
    crashed: str
    output: str
    seconds: float


class StoppedError(Exception):
    """The workers were stopped: nothing runs any more."""


class Workers:
    """Starts a process for every job, so that no job can spoil another.

    Any thread may run jobs, and any thread may stop all of them.

    Parameters
    ----------
    limits : Limits
        On each of them.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._running: set[subprocess.Popen[bytes]] = set()
        self._stopped = False
        self._lock = threading.Lock()

    def run(self, job: Job) -> Ending:
        """Return what became of a job: never an error of its code, never later than its limit.

        Raises
        ------
        StoppedError
            If `stop` was called before or in between.
        """
        started = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="gradcheck-", ignore_cleanup_errors=True) as place:
            path = Path(place) / "answers.jsonl"
            path.touch()
            process = self._start(job, path)
            assert process.stdout is not None  # it is a pipe
            output = Output(process.stdout)
            in_time = self._waited(process)
            told = tuple(answers(path))
        crashed = self._reason(told, process.returncode, in_time=in_time)
        if crashed and self._stopped:  # by us
            raise StoppedError
        return Ending(
            tuple(answer for answer in told if "finished" not in answer),
            crashed,
            output.text(),
            time.monotonic() - started,
        )

    def stop(self) -> None:
        """End all processes and let none start."""
        with self._lock:
            self._stopped = True
            for process in self._running:
                _kill(process)

    def _start(self, job: Job, answers: Path) -> subprocess.Popen[bytes]:
        command = [
            sys.executable,
            "-P",
            "-c",
            WORK,
            json.dumps(sys.path),
            job.to_json(),
            str(answers),
        ]
        with self._lock:
            if self._stopped:
                raise StoppedError
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                env=dict.fromkeys(THREADS, "1") | os.environ,
                start_new_session=True,  # Ctrl-C is ours to handle; its children die with it
            )
            self._running.add(process)
        return process

    def _waited(self, process: subprocess.Popen[bytes]) -> bool:
        """Wait for a process and leave nothing of it; tell whether it ended in time."""
        try:
            process.wait(self._limits.seconds)
        except subprocess.TimeoutExpired:
            return False
        finally:
            _kill(process)
            process.wait()
            with self._lock:
                self._running.discard(process)
        return True

    def _reason(self, told: tuple[Answer, ...], status: int, *, in_time: bool) -> str:
        if any("finished" in answer for answer in told):
            return ""
        if not in_time:
            return endings.of_time(self._limits)
        reasons = [str(answer["crashed"]) for answer in told if "crashed" in answer]
        return reasons[0] if reasons else endings.of_process(status, self._limits)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a process and the processes that it started, where the platform groups them."""
    if not hasattr(os, "killpg"):
        process.kill()
        return
    try:
        os.killpg(process.pid, signal.SIGKILL)  # its session's group has its number
    except ProcessLookupError:  # all of them ended by themselves
        return
    except PermissionError:  # macOS, of a group whose members ended and are not yet forgotten
        return
