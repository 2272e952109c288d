"""Losses that add up entry by entry: built from the loss of one entry and its slopes."""

import pytest

from gradcheck.notation import POSITIVE, NotationError, equation, separable


@equation
def ell(y, t):
    r"""\ell(y, t) = t y^3"""
    return t * y * y * y


@ell.matrix
def ell(y, t):
    r"""\ell(y, t) = t y^3"""
    return t * y**3


@equation
def ell_y(y, t):
    r"""\frac{\partial \ell}{\partial y} = 3 t y^2"""
    return 3 * t * y * y


@ell_y.matrix
def ell_y(y, t):
    r"""\frac{\partial \ell}{\partial y} = 3 t y^2"""
    return 3 * t * y**2


cube = separable("cube", ell, ell_y, domain={"t": POSITIVE})
Y, T = [1.0, 2.0], [1.0, 10.0]

every_single_form = pytest.mark.parametrize("form", ["scalar", "matrix"])


@every_single_form
def test_the_loss_is_added_over_the_entries(form):
    assert cube(Y, T, form=form) == 81.0


@every_single_form
def test_the_cotangent_is_multiplied_by_each_slope(form):
    assert cube.pullback(2.0, Y, T, form=form)["y"].tolist() == [6.0, 240.0]


def test_a_batch_is_averaged_over_its_inputs():
    assert cube([Y, Y], [T, T], form="batch") == 81.0


def test_the_gradient_of_a_batch_is_divided_by_its_inputs():
    gradient = cube.pullback(2.0, [Y, Y], [T, T], form="batch")["y"]
    assert gradient.tolist() == [[3.0, 120.0], [3.0, 120.0]]


def test_inputs_without_a_slope_are_constants():
    assert (cube.differentiable, cube.constants) == (("y",), ("t",))


def test_the_domain_is_that_of_the_inputs():
    assert cube.domain_of("t") == POSITIVE


def test_every_form_states_its_formula():
    assert [cube.forward.formula(form) for form in cube.forms] == [
        r"E = \sum_k \ell(y_k, t_k)",
        r"E = 1^\top \ell(y, t)",
        r"E = \frac{1}{N} \sum_{nk} \ell(y_{nk}, t_{nk})",
    ]


def test_the_gradient_states_its_formula():
    formula = r"\delta y_k = \delta E \, \frac{\partial \ell}{\partial y}(y_k, t_k)"
    assert cube.gradients[0].formula() == formula


def test_a_separable_loss_still_knows_the_loss_of_one_entry():
    assert (cube.loss["scalar"](2.0, 10.0), cube.slopes[0]["scalar"](2.0, 10.0)) == (80.0, 120.0)


def test_a_placed_loss_still_knows_the_loss_of_one_entry():
    assert cube.at("E2", y="z").loss is cube.loss


@pytest.mark.parametrize("name", ["ell_z", "y"])
def test_a_slope_that_belongs_to_no_input_is_refused(name):
    with pytest.raises(NotationError, match=f"the slope {name} is named for no .* ell_y, ell_t"):
        separable("cube", ell, ell_y.at(name))


def test_a_slope_of_other_symbols_is_refused():
    with pytest.raises(NotationError, match=r"ell_y takes \(y, s\), but ell takes \(y, t\)"):
        separable("cube", ell, ell_y.at("ell_y", t="s"))


def test_a_loss_without_matrix_form_is_refused_at_construction():
    with pytest.raises(NotationError, match=r"ell has no matrix form.*@ell\.matrix"):
        separable("cube", equation(ell["scalar"]), ell_y)
