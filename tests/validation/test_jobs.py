"""Questions and answers that cross a process boundary as text."""

from __future__ import annotations

import io
import math
from dataclasses import asdict

import numpy as np

from gradcheck.checks.finding import Evidence, Finding, Verdict
from gradcheck.checks.records import finding_of
from gradcheck.validation.jobs import EXAMINE, Job, answers, tell

FINDING = Finding(
    operation="relu",
    point="given",
    check="derivative",
    quantity="delta_x",
    candidate="backward",
    reference="numerical",
    evidence=Evidence.EXACT,
    shape=(2, 3),
    worst_index=(0, 2),
    candidate_value=0.1,
    reference_value=math.inf,
    verdict=Verdict.DISAGREE,
    note="a – b",
)


def told(tmp_path, **answer):
    """Return an answer as it comes back from a file."""
    path = tmp_path / "answers"
    with path.open("w", encoding="utf-8") as file:
        tell(file, **answer)
    return list(answers(path))


def test_a_job_comes_back_as_it_was():
    job = Job(task=EXAMINE, target="a.py", layer="relu", shapes="x=5,3", budget=2.5)
    assert Job.from_json(job.to_json()) == job


def test_a_finding_comes_back_as_it_was(tmp_path):
    (answer,) = told(tmp_path, finding=asdict(FINDING))
    back = asdict(finding_of(answer["finding"]))
    expected = asdict(FINDING)
    # what is not a number does not equal itself
    assert {k: str(v) for k, v in back.items()} == {k: str(v) for k, v in expected.items()}


def test_numbers_of_numpy_become_plain_ones(tmp_path):
    assert told(tmp_path, entries=np.int64(3), error=np.float32(0.5)) == [
        {"entries": 3, "error": 0.5}
    ]


def test_a_line_that_was_cut_off_by_a_crash_is_left_out(tmp_path):
    path = tmp_path / "answers"
    path.write_text('{"layer": "relu"}\n{"layer": "ta', encoding="utf-8")
    assert list(answers(path)) == [{"layer": "relu"}]


def test_an_answer_is_written_at_once():
    class Flushed(io.StringIO):
        flushes = 0

        def flush(self):
            self.flushes += 1

    file = Flushed()
    tell(file, layer="relu")
    assert file.flushes == 1
