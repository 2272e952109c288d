"""What holds for an example goes on to hold, and what holds by chance is left free."""

import numpy as np
import pytest

from gradcheck.search.structure import is_default, restored, structures_of

GENERIC = np.array([[0.31, -1.72, 0.44], [-2.24, 0.93, 1.05]])

EXAMPLES = {
    "one-hot": np.eye(3)[[2, 0]],
    "two values": np.array([[0.0, 2.0], [2.0, 2.0]]),
    "probabilities": np.array([[0.25, 0.75], [0.5, 0.5]]),
    "symmetric": GENERIC @ GENERIC.T,
    "lower triangular": np.tril(GENERIC[:, :2]),
    "upper triangular": np.triu(GENERIC[:, :2]),
    "increasing": np.array([-1.2, 0.3, 2.5]),
    "permutation": np.array([2, 0, 1]),
}

every_structure = pytest.mark.parametrize("name", EXAMPLES)


def names(example, symbol=""):
    return [structure.name for structure in structures_of(example, symbol)]


@every_structure
def test_it_is_seen(name):
    assert name in names(EXAMPLES[name])


@every_structure
def test_it_is_restored_where_it_was_lost(name):
    example = EXAMPLES[name]
    lost = np.roll(example[..., ::-1], 1).astype(example.dtype)
    again = restored(lost, structures_of(example))
    assert again is not None
    assert name in names(again)


@pytest.mark.parametrize(
    "x",
    [GENERIC, np.ones((3, 3)), np.zeros(4), np.array([0.5, 1.5]), np.array([3, 1, 4]), np.array(2)],
    ids=["normal", "ones", "zeros", "two numbers", "indices", "a number"],
)
def test_of_others_nothing_is_said(x):
    assert names(x) == []


def test_a_mask_of_zero_and_minus_infinity_keeps_its_values():
    mask = np.array([[0.0, -np.inf], [0.0, 0.0]])
    again = restored(np.array([[-np.inf, -3.0], [5.0, 0.0]]), structures_of(mask))
    assert again.tolist() == [[-np.inf, 0.0], [0.0, 0.0]]


def test_probabilities_known_by_their_name_stay_positive():
    assert names(np.array([0.3, 0.9]), "p") == ["not negative"]


@pytest.mark.parametrize("x", [np.ones(3), np.full((2, 2), 0.5), np.eye(3)])
def test_parameters_begin_with_one_number_or_the_identity(x):
    assert is_default(x)


@pytest.mark.parametrize("x", [GENERIC, np.array(1.0), np.zeros(0), np.full(2, np.inf)])
def test_other_arrays_are_no_defaults(x):
    assert not is_default(x)
