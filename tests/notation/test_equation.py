"""An equation: its forms under one name, and what it refuses."""

import pytest

from gradcheck.notation import NotationError, equation


@equation
def z(w, a):
    r"""z = w \, a"""
    return w * a


def matrix_form():
    """Return a body that bears the equation's name."""

    def z(w, a):
        r"""z = a^\top w"""
        return a @ w

    return z


def form_without_docstring():
    def z(w, a):
        return a @ w.T

    return z


def form_with_other_parameters():
    def z(a, w):
        return w @ a

    return z


def test_the_decorated_function_is_the_scalar_form():
    assert z["scalar"](2.0, 3.0) == 6.0


def test_the_name_is_the_left_hand_side():
    assert z.name == "z"


def test_the_parameters_are_the_symbols_on_the_right():
    assert z.parameters == ("w", "a")


def test_a_form_is_added_under_its_kind():
    assert list(z.matrix(matrix_form()).forms) == ["scalar", "matrix"]


def test_adding_a_form_leaves_the_equation_as_it_was():
    z.matrix(matrix_form())
    assert list(z.forms) == ["scalar"]


def test_each_form_has_its_own_formula():
    both = z.matrix(matrix_form())
    assert (both.formula(), both.formula("matrix")) == (r"z = w \, a", r"z = a^\top w")


def test_a_form_without_docstring_has_an_empty_formula():
    assert z.batch(form_without_docstring()).formula("batch") == ""


def test_at_renames_only_the_symbols_that_it_is_given():
    assert z.at("z2", a="a1").parameters == ("w", "a1")


def test_at_keeps_the_forms():
    assert z.at("z2", a="a1")["scalar"](2.0, 3.0) == 6.0


def test_at_takes_a_symbol_called_name():
    """No symbol of a stranger's formula may clash with a parameter of the notation."""

    @equation
    def y(name):
        return name

    assert y.at("y2", name="x").parameters == ("x",)


def test_at_refuses_an_unknown_symbol_by_name():
    with pytest.raises(NotationError, match=r"at\('z2', x='a1'\): z has no parameter x.* w, a"):
        z.at("z2", x="a1")


def test_a_missing_form_is_refused_with_the_decorator_that_adds_it():
    with pytest.raises(NotationError, match=r"z has no batch form, only scalar.*@z\.batch"):
        z["batch"]


def test_a_second_form_of_one_kind_is_refused():
    with pytest.raises(NotationError, match="z has two batch forms: remove one"):
        z.batch(form_without_docstring()).batch(form_without_docstring())


def test_a_form_under_another_name_is_refused_by_both_names():
    def zz(w, a):
        return w @ a

    with pytest.raises(NotationError, match=r"matrix form of z is called zz.*write def z"):
        z.matrix(zz)


def test_forms_with_different_parameters_are_refused_by_both_lists():
    with pytest.raises(NotationError, match=r"matrix form of z takes \(a, w\).*takes \(w, a\)"):
        z.matrix(form_with_other_parameters())


def test_variadic_parameters_are_refused():
    with pytest.raises(NotationError, match=r"equation y takes \*terms.*name each one"):

        @equation
        def y(*terms):
            return sum(terms)


def test_keyword_only_parameters_are_refused():
    with pytest.raises(NotationError, match=r"equation y takes eps.*name each one"):

        @equation
        def y(x, *, eps):
            return x + eps


def test_a_default_is_refused_with_the_constant_that_it_should_be():
    with pytest.raises(NotationError, match="y gives eps a default: declare eps as a constant"):

        @equation
        def y(x, eps=1e-5):
            return x + eps
