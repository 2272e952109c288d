"""What constructors are called with: literals that people write, and guesses."""

from __future__ import annotations

import pytest

from gradcheck.adapters.examples import Arguments, ArgumentsError, parse_arguments
from gradcheck.adapters.examples.arguments import guessed_arguments


def first_guess(constructor) -> str:
    return str(next(guessed_arguments(constructor)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Arguments()),
        ("3, 4", Arguments((3, 4))),
        ("3, bias=True", Arguments((3,), {"bias": True})),
        ("(2, 2), 'same'", Arguments(((2, 2), "same"))),
        ("-0.5, None,", Arguments((-0.5, None))),
        ("3 # inputs", Arguments((3,))),
    ],
)
def test_literals_are_read_as_in_a_call(text, expected):
    assert parse_arguments(text) == expected


@pytest.mark.parametrize(
    "text", ["3, n", "__import__('os').getcwd()", "3)(4", "3, 4)", "*[3]", "**{'a': 3}", "x y", "("]
)
def test_what_is_no_literal_is_refused_and_never_evaluated(text):
    with pytest.raises(ArgumentsError, match="are no arguments: write Python literals"):
        parse_arguments(text)


def test_sizes_are_guessed_as_different_integers():
    assert first_guess(lambda inputs, outputs: 0) == "3, 4"


def test_what_has_a_default_is_left_alone():
    assert first_guess(lambda n, bias=True: 0) == "3"


def test_a_rate_is_guessed_as_a_fraction():
    assert first_guess(lambda p: 0) == "0.5"


def test_a_kernel_is_guessed_smaller_than_an_image():
    assert first_guess(lambda in_channels, out_channels, kernel_size, stride: 0) == "3, 4, 2, 1"


def test_arrays_are_guessed_for_what_is_named_like_them():
    assert first_guess(lambda W, b: 0) == "array (3, 4), array (4,)"


def test_what_must_be_named_is_named():
    assert first_guess(lambda *, units: 0) == "units=3"


def test_annotations_are_believed():
    def constructor(alpha: int, *, flag: bool): ...

    assert first_guess(constructor) == "3, flag=False"
