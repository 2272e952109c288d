"""Random generators begin where they are told, and are put back."""

import random

import numpy as np
import pytest

from gradcheck.notation.randomness import generators_held, generators_of


def draws(*own):
    legacy = np.random.rand()  # noqa: NPY002 - one of the generators that this is about
    return [random.random(), legacy, *(generator.random() for generator in own)]


def test_two_blocks_draw_the_same():
    with generators_held():
        first = draws()
    with generators_held():
        assert draws() == first


def test_another_seed_draws_others():
    with generators_held(0):
        first = draws()
    with generators_held(1):
        assert all(ours != theirs for ours, theirs in zip(draws(), first, strict=True))


def test_generators_are_put_back():
    with generators_held(5):
        expected = draws()
        with generators_held(7):
            draws()
        following = draws()
    with generators_held(5):
        assert [draws(), draws()] == [expected, following]


@pytest.mark.parametrize(
    "own",
    [
        np.random.default_rng(3),
        np.random.Generator(np.random.Philox(3)),
        np.random.RandomState(3),
        random.Random(3),
    ],
    ids=lambda generator: type(generator).__name__,
)
def test_generators_of_every_kind_are_held(own):
    with generators_held(generators=[own]):
        first = draws(own)
    with generators_held(generators=[own]):
        assert draws(own) == first


def test_generators_are_put_back_after_an_error():
    own = np.random.default_rng(3)
    before = own.bit_generator.state
    with pytest.raises(TypeError), generators_held(generators=[own]):
        own.random("three")
    assert own.bit_generator.state == before


def test_generators_that_code_holds_are_found():
    rng, other = np.random.default_rng(3), random.Random(3)
    assert generators_of([lambda x: x * rng.random() * other.random()]) in (
        (rng, other),
        (other, rng),
    )


def test_the_global_generators_are_not_listed():
    def noisy(x):
        return x + random.random() + np.random.rand()  # noqa: NPY002 - as people do

    assert generators_of([noisy]) == ()
