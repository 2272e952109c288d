"""Activations: operations built from a function of one number and its derivative."""

import pytest

from gradcheck.notation import POSITIVE, NotationError, elementwise, equation


@equation
def h(z):
    r"""h(z) = z^3"""
    return z * z * z


@h.matrix
def h(z):
    r"""h(z) = z^3"""
    return z**3


@equation
def h_prime(z):
    r"""h'(z) = 3 z^2"""
    return 3 * z * z


@h_prime.matrix
def h_prime(z):
    r"""h'(z) = 3 z^2"""
    return 3 * z**2


cube = elementwise("cube", h, h_prime, domain={"z": POSITIVE})


@pytest.mark.parametrize("form", ["scalar", "matrix"])
def test_the_function_is_applied_to_every_unit(form):
    assert cube([1.0, 2.0], form=form).tolist() == [1.0, 8.0]


@pytest.mark.parametrize("form", ["scalar", "matrix"])
def test_the_cotangent_is_multiplied_by_the_derivative_at_z(form):
    assert cube.pullback([1.0, 10.0], [1.0, 2.0], form=form)["z"].tolist() == [3.0, 120.0]


def test_a_batch_is_mapped_entry_by_entry():
    assert cube([[1.0], [2.0]], form="batch").tolist() == [[1.0], [8.0]]


def test_every_form_states_its_formula():
    formulas = [cube.forward.formula(form) for form in cube.forms]
    assert formulas == ["a_k = h(z_k)", "a = h(z)", "A = h(Z)"]


def test_the_gradient_states_its_formula():
    assert cube.gradients[0].formula() == r"\delta z_k = \delta a_k \, h'(z_k)"


def test_an_activation_still_knows_its_function_and_derivative():
    assert (cube.h["scalar"](2.0), cube.h_prime["scalar"](2.0)) == (8.0, 12.0)


def test_a_placed_activation_still_knows_its_function():
    assert cube.at("a2", z="z2").h is cube.h


def test_the_domain_is_that_of_z():
    assert cube.domain_of("z") == POSITIVE


def test_the_function_keeps_its_own_formula():
    """The activation states a_k = h(z_k) on bodies of its own, not on those of h."""
    assert [cube.h.formula(form) for form in cube.h.forms] == ["h(z) = z^3", "h(z) = z^3"]


def test_a_function_without_matrix_form_is_refused_at_construction():
    with pytest.raises(NotationError, match=r"h_prime has no matrix form.*@h_prime\.matrix"):
        elementwise("cube", h, equation(h_prime["scalar"]))
