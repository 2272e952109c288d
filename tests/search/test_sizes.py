"""Other sizes respect what is declared, and numbers stay between those of the example."""

import numpy as np

from gradcheck import layer
from gradcheck.search.sizes import axes_of_equal_extent, declared_dimensions, resized
from gradcheck.search.variants import structures

X, W = np.sin(np.arange(15.0)).reshape(5, 3), np.cos(np.arange(12.0)).reshape(3, 4)


def product(**options):
    backward = lambda dout, x, w: (dout @ w.T, x.T @ dout)  # noqa: E731 - a line of a fixture
    return layer(np.matmul, backward, [X, W], names=["x", "w"], **options)


def shapes(given):
    drawn = resized(given, structures(given), np.random.default_rng(0))
    return [(values["x"].shape, values["w"].shape) for _, values in drawn]


def test_without_a_declaration_sizes_stay():
    assert shapes(product()) == []


def test_a_signature_keeps_shared_dimensions_equal():
    drawn = shapes(product(signature="(n,i),(i,k)->(n,k)"))
    assert all(x[1] == w[0] for x, w in drawn)
    assert {((1, 3), (3, 4)), ((5, 1), (1, 4)), ((0, 3), (3, 4)), ((3, 3), (3, 3))} <= set(drawn)


def test_a_declared_batch_alone_changes_its_first_axis():
    drawn = shapes(product(batch=["x"]))
    assert {x[0] for x, _ in drawn} >= {0, 1, 2, 8}
    assert {w for _, w in drawn} == {(3, 4)}


def test_new_numbers_lie_between_the_old_ones():
    given = product(batch=["x"])
    for _, values in resized(given, structures(given), np.random.default_rng(0)):
        assert ((values["x"] >= X.min()) & (values["x"] <= X.max())).all()


def test_fixed_sizes_of_a_signature_are_no_dimensions():
    assert list(declared_dimensions(product(signature="(n,3),(3,k)->(n,k)"))) == ["n", "k"]


def test_axes_of_equal_extent_are_a_guess_without_a_declaration():
    assert axes_of_equal_extent({"x": X, "w": W})[3] == [("x", 1), ("w", 0)]
