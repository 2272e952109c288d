"""Arrays inside each kind of domain, and a stranger's own kind."""

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

from gradcheck.notation import (
    POSITIVE,
    UNIT_INTERVAL,
    Binary,
    Integers,
    Interval,
    OneHot,
    Probabilities,
    Reals,
    Signs,
)
from gradcheck.search import arrays_in

STEADY = settings(derandomize=True, database=None, max_examples=2000)
SIZES = {"v": 3}
DOMAINS = [
    Reals(),
    Reals(scale=1e-3),
    POSITIVE,
    UNIT_INTERVAL,
    Interval(-5, 7),
    Interval(-5, 7, closed=True),
    Integers(0, "v"),
    Integers(-2, 2),
    Binary(),
    Signs(),
    OneHot(),
    Probabilities(),
    Probabilities(positive=True),
]

every_domain = pytest.mark.parametrize("domain", DOMAINS, ids=repr)


def found(domain, condition, shape=(3,)):
    return find(arrays_in(domain, shape, SIZES), condition, settings=STEADY)


@every_domain
@given(data=st.data())
@settings(derandomize=True, max_examples=50)
def test_what_is_drawn_lies_inside_its_domain(domain, data):
    x = data.draw(arrays_in(domain, (2, 3), SIZES))
    assert (x.shape, domain.violation(x, SIZES)) == ((2, 3), "")


@every_domain
def test_an_empty_array_can_be_drawn(domain):
    assert found(domain, lambda x: True, (0, 3)).shape == (0, 3)


@pytest.mark.parametrize("domain", DOMAINS[:-3], ids=repr)
def test_a_single_number_can_be_drawn(domain):
    assert found(domain, lambda x: True, ()).shape == ()


def test_real_numbers_shrink_to_zeros():
    assert found(Reals(), lambda x: True).tolist() == [0.0, 0.0, 0.0]


def test_ties_are_drawn():
    """Equal numbers other than zero: where a maximum has two places."""
    assert len(set(found(Reals(), lambda x: (x == x[0]).all() and x[0] > 0))) == 1


def test_large_and_tiny_numbers_stand_side_by_side():
    x = found(Reals(), lambda x: x.max() >= 1e3 and (abs(x) == 1e-8).any())
    assert x.max() / abs(x[x != 0]).min() >= 1e11


@pytest.mark.parametrize("bound", [-5.0, 7.0])
def test_a_bound_that_belongs_to_the_interval_is_drawn(bound):
    assert bound in found(Interval(-5, 7, closed=True), lambda x: bound in x)


def test_every_class_can_be_the_hot_one():
    drawn = [found(OneHot(), lambda x, k=k: x[k] == 1) for k in range(3)]
    assert np.array_equal(drawn, np.eye(3))


def test_one_hot_shrinks_to_the_first_class():
    assert found(OneHot(), lambda x: True).tolist() == [1.0, 0.0, 0.0]


@pytest.mark.parametrize(
    "condition",
    [lambda p: (p == p[0]).all(), lambda p: p.max() == 1, lambda p: 0 < p.min() < 1e-7],
    ids=["uniform", "certain", "nearly certain"],
)
def test_awkward_probabilities_are_drawn(condition):
    assert condition(found(Probabilities(), condition))


def test_integers_follow_the_extent_of_their_dimension():
    assert found(Integers(0, "v"), lambda x: x.max() == 2).dtype == np.int64


def test_the_scale_of_real_numbers_is_kept():
    assert found(Reals(scale=1e-3), lambda x: x[0] > 0)[0] == 1e-3


@dataclass(frozen=True)
class Signs:
    """A stranger's domain: minus or plus one."""

    is_real = False

    def sample(self, rng, shape, sizes):
        """Draw each sign by a fair coin."""
        return rng.choice((-1.0, 1.0), shape)

    def violation(self, x, sizes):
        """Say that there is something else than a sign."""
        return "" if (abs(x) == 1).all() else " holds something else than signs"

    def __str__(self):
        return "-1 or 1"


def test_a_domain_without_strategy_is_refused_with_the_cure():
    with pytest.raises(TypeError, match=r"no strategy draws from the domain -1 or 1 \(Signs\)"):
        arrays_in(Signs(), (2,), {})


def test_a_refused_domain_is_told_how_to_register():
    with pytest.raises(TypeError, match=r"function of \(domain: Signs, .* @arrays_in\.register"):
        arrays_in(Signs(), (2,), {})


def test_a_strangers_domain_registers_its_own_strategy():
    class Minus(Signs):
        pass

    @arrays_in.register
    def minus_ones(domain: Minus, shape, sizes, *, magnitude=1e3):
        return st.just(np.full(shape, -1.0))

    assert found(Minus(), lambda x: True).tolist() == [-1.0, -1.0, -1.0]


def test_a_subclass_of_a_known_domain_needs_no_strategy_of_its_own():
    class Scores(Reals):
        pass

    assert found(Scores(), lambda x: True).tolist() == [0.0, 0.0, 0.0]
