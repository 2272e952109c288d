"""What somebody's code prints: kept in part, counted in whole, never in the way."""

from __future__ import annotations

import subprocess
import sys

import pytest

from gradcheck.validation.output import KEPT, Output, size


def output_of(code: str) -> Output:
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
    output = Output(process.stdout)
    process.wait()
    return output


def test_a_little_is_kept_whole():
    assert output_of("print('hello')").text(60).split() == ["hello"]


def test_of_megabytes_the_beginning_is_kept_and_the_rest_counted():
    text = output_of("print('x' * 50_000_000)").text(60)
    assert text == "x" * KEPT + "... and 50 MB more"


def test_what_is_no_text_is_shown_all_the_same():
    output = output_of(r"import sys; sys.stdout.buffer.write(b'\xff\x00ok')")
    assert output.text(60).endswith("ok")


@pytest.mark.parametrize(
    ("count", "words"),
    [(999, "999 bytes"), (1_500, "1.5 kB"), (123_456, "123 kB"), (2_000_000_000, "2 GB")],
)
def test_sizes_are_written_as_people_say_them(count, words):
    assert size(count) == words
