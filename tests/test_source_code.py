"""Code as a page shows it: whose it is, what it calls, and what is left out."""

from __future__ import annotations

from gradcheck.source_code import NOT_AT_HAND, code, helpers, written
from reference_nets import CATALOGUE, sigmoid


def test_code_without_source_says_so():
    assert code(len) == code(eval("lambda z: z")) == NOT_AT_HAND


def test_a_lambda_is_shown_as_it_stands():
    double = lambda z: 2 * z  # noqa: E731 - a form may be one
    assert code(double) == "double = lambda z: 2 * z"


def test_every_form_of_the_catalogue_but_sums_of_contributions_has_code():
    bodies = {
        body
        for operation in CATALOGUE
        for equation in operation.equations.values()
        for body in equation.forms.values()
        if "_{(1)}" not in equation.formula()
    }
    assert all(written(body) for body in bodies)
    assert NOT_AT_HAND not in {code(function) for body in bodies for function in written(body)}


def test_helpers_are_those_of_the_same_package():
    (scalar,) = written(sigmoid.forward["scalar"])
    assert helpers([scalar]) == []


def test_a_helper_that_calls_itself_is_named_once():
    def countdown(n):
        return n and countdown(n - 1)

    def y(x):
        return countdown(x)

    assert helpers([y]) == [countdown]
