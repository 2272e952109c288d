"""What people write about the inputs of a layer, and the arrays that are drawn from it."""

from __future__ import annotations

import re

import numpy as np
import pytest

from gradcheck.adapters.examples import Drawn, ShapesError, parse_shapes

RNG = np.random.default_rng


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x=5,3", Drawn((5, 3))),
        ("x=5", Drawn((5,))),
        ("x=5,", Drawn((5,))),
        ("x=(5, 3)", Drawn((5, 3))),
        ("x=()", Drawn(())),
        ("x = 0,3", Drawn((0, 3))),
        ("x=real(5,3)", Drawn((5, 3))),
        ("x=real(5,3; 0.1..2)", Drawn((5, 3), low=0.1, high=2.0)),
        ("x=int(5;0..2)", Drawn((5,), "int", 0, 2)),
        ("x=int(5; -3..-1)", Drawn((5,), "int", -3, -1)),
        ("x=int(; 0..2)", Drawn((), "int", 0, 2)),
        ("x=bool(5)", Drawn((5,), "bool")),
        ("x=shares(5,3)", Drawn((5, 3), "shares")),
        ("x=onehot(5,3)", Drawn((5, 3), "onehot")),
        ("x:=2", 2),
        ("x:=-0.5", -0.5),
        ("x := .5", 0.5),
    ],
)
def test_an_input_is_read(text, expected):
    assert parse_shapes(text) == {"x": expected}


def test_several_inputs_are_read():
    shapes = parse_shapes("x=5,3 w1=3,4, y=int(5; 0..2)")
    assert {name: drawn.shape for name, drawn in shapes.items()} == {
        "x": (5, 3),
        "w1": (3, 4),
        "y": (5,),
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("five by three", "'five by three' is no shape: write NAME=5,3"),
        ("x=5,3 y", "'y' is no shape"),
        ("x=-5", "'x=-5' is no shape"),
        ("x=5x3", "'x3' is no shape"),
        ("y=int(5)", "'y=int(5)' has no bounds LOW..HIGH"),
        ("y=int(5; 2..0)", "2..0 holds no number; write the lower bound first"),
        ("y=int(a; 0..2)", "'a' is no shape"),
        ("y=int(5; 0.5..2)", "'y=int(5; 0.5..2)': the bounds of integers are integers"),
        ("x=1,2 x=3,4", "x is there twice"),
    ],
)
def test_what_is_no_shape_is_refused_with_the_cure(text, message):
    with pytest.raises(ShapesError, match=re.escape(message)):
        parse_shapes(text)


def test_integers_reach_both_bounds():
    drawn = Drawn((200,), "int", -1, 1).draw(RNG(0))
    assert set(drawn.tolist()) == {-1, 0, 1}


def test_reals_stay_between_their_bounds():
    drawn = Drawn((200,), low=0.5, high=0.75).draw(RNG(0))
    assert 0.5 <= drawn.min() < drawn.max() <= 0.75


def test_shares_add_up_to_one_exactly():
    drawn = Drawn((7, 5), "shares").draw(RNG(0))
    assert (drawn.sum(axis=1) == 1.0).all()


def test_one_hot_rows_have_a_single_one():
    drawn = Drawn((7, 5), "onehot").draw(RNG(0))
    assert (drawn.sum(axis=1) == 1).all()
    assert set(drawn.ravel().tolist()) == {0, 1}


@pytest.mark.parametrize("kind", ["real", "int", "bool", "shares", "onehot"])
@pytest.mark.parametrize("shape", [(), (1,), (0,), (2, 3)])
def test_every_kind_is_drawn_in_every_shape(kind, shape):
    assert Drawn(shape, kind, 0, 2).draw(RNG(0)).shape == shape
