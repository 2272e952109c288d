"""Why code ended before it was done, in words that say what to do."""

from __future__ import annotations

import pytest

from gradcheck.adapters.given import CodeError
from gradcheck.validation import endings
from gradcheck.validation.limits import Limits

LIMITS = Limits(seconds=30, gigabytes=2)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (0, "exited with status 0 by itself"),
        (3, "exited with status 3 by itself"),
        (-6, "killed by signal 6 (aborted)"),
        (-9, "killed by signal 9: by itself, or by a system that ran out of memory"),
        (-11, "killed by signal 11 (segmentation fault)"),
    ],
)
def test_the_status_of_a_process_is_said_in_words(status, words):
    assert endings.of_process(status, LIMITS) == words


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (MemoryError(), "asked for more than 2 GB of memory; --memory allows it more"),
        (RecursionError(), "called itself without end (RecursionError)"),
        (SystemExit(3), "exited with status 3 by itself (SystemExit)"),
        (SystemExit(), "exited with status 0 by itself (SystemExit)"),
        (KeyboardInterrupt(), "raised KeyboardInterrupt, which ends a program"),
    ],
)
def test_what_ends_a_program_is_said_in_words(error, words):
    assert endings.of_code(error, 2.0) == words


def test_an_error_that_was_wrapped_is_found_again():
    wrapped = CodeError("forward raised")
    wrapped.__cause__ = MemoryError()
    assert endings.of_code(wrapped, 2.0).startswith("asked for more than 2 GB")


def test_an_ordinary_error_is_no_end_of_a_program():
    assert endings.of_code(ValueError("no such mode"), 2.0) == ""


def test_the_time_limit_is_named_with_the_cure():
    assert endings.of_time(LIMITS) == (
        "took longer than 30 s and was stopped; --timeout allows it more"
    )
