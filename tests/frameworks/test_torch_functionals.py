"""Right functions of PyTorch's own are never accused, and most are agreed with."""

from collections import Counter
from functools import cache

import pytest

import gradcheck

pytest.importorskip("torch")  # what follows imports it
from tests.frameworks.torch_functionals import FUNCTIONALS, NO_DERIVATIVES

AGREED = 85
"""At least so many; where float64 cannot tell an entry that is small next to others, nothing is
claimed."""


@cache
def verdict_on(name):
    function, inputs = FUNCTIONALS[name]
    return gradcheck.check(function, inputs).verdict


@pytest.mark.parametrize("name", FUNCTIONALS)
def test_a_right_function_is_not_accused(name):
    assert verdict_on(name) != "disagree"


def test_most_right_functions_are_agreed_with():
    assert Counter(map(verdict_on, FUNCTIONALS))["agree"] >= AGREED


@pytest.mark.parametrize("name", NO_DERIVATIVES)
def test_what_is_no_derivative_is_found(name):
    function, inputs = NO_DERIVATIVES[name]
    assert gradcheck.check(function, inputs).verdict == "disagree"
