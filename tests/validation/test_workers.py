"""Processes within limits: whatever somebody's code does, something is known afterwards."""

from __future__ import annotations

import threading
import time

import pytest

from gradcheck.validation.jobs import EXAMINE, LIST, Job
from gradcheck.validation.limits import Limits, memory_can_be_limited
from gradcheck.validation.workers import StoppedError, Workers

AMPLE = Limits(seconds=100, gigabytes=1)

LAYER = """
import ctypes, os, signal, subprocess, sys, time
import numpy as np

def layer_forward(x):
    {body}
    return 2 * x

def layer_backward(dout, x):
    return 2 * dout
"""


@pytest.fixture
def ending(tmp_path):
    """Return what becomes of a layer with such a forward pass, or of such a module."""

    def run(body: str, limits: Limits = AMPLE, module: str | None = None):
        path = tmp_path / "layer.py"
        path.write_text(module or LAYER.format(body=body), encoding="utf-8")
        job = Job(task=LIST if module else EXAMINE, target=str(path), layer="layer_forward",
                  gigabytes=limits.gigabytes)  # fmt: skip
        return Workers(limits).run(job)

    return run


def test_a_layer_that_runs_is_examined(ending):
    done = ending("pass")
    assert done.crashed == ""
    assert {answer["finding"]["verdict"] for answer in done.answers if "finding" in answer} == {
        "agree"
    }


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("os._exit(3)", "exited with status 3 by itself"),
        ("os._exit(0)", "exited with status 0 by itself"),
        ("sys.exit(4)", "exited with status 4 by itself (SystemExit)"),
        ("ctypes.string_at(0)", "killed by signal 11 (segmentation fault)"),
        ("os.kill(os.getpid(), signal.SIGTERM)", "killed by signal 15 (terminated)"),
    ],
)
def test_a_layer_that_ends_its_process_is_told_with_the_reason(ending, body, reason):
    assert ending(body).crashed == reason


@pytest.mark.skipif(not memory_can_be_limited(), reason="the platform has no such limit")
def test_a_layer_that_allocates_without_bound_meets_the_limit(ending):
    done = ending("kept = []\n    while True: kept.append(np.empty(10**7))", Limits(100, 0.5))
    assert done.crashed == "asked for more than 0.5 GB of memory; --memory allows it more"


def test_a_layer_that_hangs_is_stopped(ending):
    done = ending("time.sleep(1000)", Limits(2, 1))
    assert done.crashed == "took longer than 2 s and was stopped; --timeout allows it more"


def test_what_a_layer_has_started_is_stopped_with_it(ending, tmp_path):
    ticks = tmp_path / "ticks"
    tick = f"import time\nwhile True: open({str(ticks)!r}, 'a').write('.'); time.sleep(0.01)"
    wait = f"while not os.path.exists({str(ticks)!r}): time.sleep(0.01)"
    ending(f"subprocess.Popen([sys.executable, '-c', {tick!r}])\n    {wait}\n    os._exit(1)")
    before = ticks.stat().st_size
    time.sleep(0.2)
    assert ticks.stat().st_size == before


def test_a_layer_that_prints_megabytes_is_examined_and_its_first_lines_are_kept(ending):
    done = ending("print('spam\\n' * 2_000_000)")
    assert done.crashed == ""
    assert done.output.startswith("spam\nspam")
    assert done.output.endswith(" MB more")


def test_a_layer_that_reads_gets_nothing_and_does_not_wait(ending):
    done = ending("sys.stdin.read()")
    assert done.crashed == ""


@pytest.mark.parametrize(
    ("module", "reason"),
    [
        ("import os; os._exit(5)", "exited with status 5 by itself"),
        ("import sys; sys.exit(5)", "cannot be imported: SystemExit: 5"),
        ("def f(:", "cannot be imported: SyntaxError"),
    ],
)
def test_a_module_that_cannot_be_imported_is_told_with_the_reason(ending, module, reason):
    assert reason in ending("", module=module).crashed


def test_a_module_that_hangs_on_import_is_stopped(ending):
    done = ending("", Limits(1, 1), module="import time; time.sleep(1000)")
    assert done.crashed.startswith("took longer than 1 s")


def test_a_misspelt_target_is_refused_and_no_crash(tmp_path):
    done = Workers(AMPLE).run(Job(task=LIST, target=str(tmp_path / "missing.py")))
    assert "there is no file" in done.answers[0]["refused"]


def test_stopped_workers_run_nothing():
    workers = Workers(AMPLE)
    workers.stop()
    with pytest.raises(StoppedError):
        workers.run(Job(task=LIST, target="reference_nets"))


def test_running_workers_can_be_stopped(tmp_path):
    (tmp_path / "slow.py").write_text("import time; time.sleep(1000)", encoding="utf-8")
    workers = Workers(AMPLE)
    threading.Timer(0.5, workers.stop).start()
    with pytest.raises(StoppedError):
        workers.run(Job(task=LIST, target=str(tmp_path / "slow.py")))


def test_what_was_found_before_a_crash_is_kept(ending):
    """The derivative is looked at first, float32 in a law of its own."""
    done = ending("if x.dtype == np.float32: os._exit(9)")
    checks = [answer["finding"]["check"] for answer in done.answers if "finding" in answer]
    assert checks[0] == "derivative"
    assert done.crashed == "exited with status 9 by itself"
