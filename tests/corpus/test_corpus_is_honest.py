"""The corpus is right, its twins are wrong, and neither is taken on trust from gradcheck.

Every derivative is taken here by differences in 600 digits of mpmath: of the forward code itself
where that runs on such numbers, else of the model written for it in `tests.corpus.models`.
"""

import copy
from collections import Counter

import numpy as np
import pytest

from tests.corpus import CORPUS, wrong_twin
from tests.corpus.awkward import MISTAKE, cotangent_for, spoiled_entry
from tests.corpus.inaccurate import INACCURATE
from tests.corpus.kinks import KINKS
from tests.corpus.models import MODELS
from tests.corpus.multiprecision import Real, is_floating, lift, lifted
from tests.corpus.ties import TIES
from tests.corpus.truth import distance_to_hull, flat, gradients, gradients_around, value

SEED = 5
#: Gradients sampled around a kink: the corpus has at most 2^4 pieces meeting in a point.
SAMPLES = 60

NONSMOOTH = (*KINKS, *TIES)
SMOOTH = [entry for entry in CORPUS if entry not in (*NONSMOOTH, *INACCURATE)]
MODELLED = [entry for entry in CORPUS if entry.name in MODELS]
FALSE_KINKS = [entry for entry in NONSMOOTH if entry.twin_at is None]
TRUE_KINKS = [entry for entry in NONSMOOTH if entry.twin_at is not None]
BY_NAME = {entry.name: entry for entry in CORPUS}

#: Relative error of a gradient in float64, and who is entitled to more, for which reason.
ROUNDING = 1e-12
ENTITLED = {
    "float32 input": 2e-7,  # the gradient is float32
    "fast sine": 1e-10,  # the argument 1e5·x is rounded to 1e-11
    "one-pass variance": 1e-11,  # x - mean cancels up to five digits
    "linear system of condition 1e7": 1e-8,  # 1e-16 times the condition
}
#: What a forward may differ from its model by: the rounding of float32, and noise of 1e-8.
FORWARD_NOISE = 1e-6


def each(entries):
    """Run a test once for each of these entries, under their names."""
    return pytest.mark.parametrize("entry", entries, ids=str)


def is_close(gradient, truth, tolerance):
    """Return whether all entries agree relatively, zeros to the error of the difference."""
    exact = [v.value for v in np.ravel(truth)]
    floor = 1e-28 * max(map(abs, exact), default=0)
    pairs = zip(np.ravel(gradient), exact, strict=True)
    return all(abs(Real(g).value - t) <= tolerance * abs(t) + floor for g, t in pairs)


def all_close(entry, found, truth):
    """Return whether all gradients of an entry are close, as far as float64 allows."""
    pairs = zip(found, truth, strict=True)
    tolerance = ENTITLED.get(entry.name, ROUNDING)
    return all(is_close(g, t, tolerance) for g, t in pairs if t is not None)


def backward_of(entry):
    """Return the gradients for the cotangent of the seed."""
    return entry.backward(cotangent_for(entry, SEED), *entry.inputs)


def twin_of(entry):
    """Return the wrong gradients for the cotangent of the seed."""
    return wrong_twin(entry)(cotangent_for(entry, SEED), *entry.inputs)


def corners_at(entry):
    """Return gradients of the smooth pieces that meet at the entry's kink, one in a row."""
    return np.array(list(gradients_around(entry, SEED, count=SAMPLES)))


@each(SMOOTH)
def test_backward_is_the_derivative_of_the_forward(entry):
    """Entry by entry, to 12 digits where nothing in ENTITLED says otherwise."""
    assert all_close(entry, backward_of(entry), gradients(entry, SEED))


@each(SMOOTH)
def test_wrong_twin_is_not_the_derivative(entry):
    """Which also proves that the comparison above can fail."""
    assert not all_close(entry, twin_of(entry), gradients(entry, SEED))


@each(INACCURATE)
def test_formula_is_right_where_float64_is_not(entry):
    """The backward itself runs in 600 digits here, since its float64 value says nothing."""
    cotangent = lift(cotangent_for(entry, SEED))
    with lifted(entry.forward):
        found = entry.backward(cotangent, *map(lift, entry.inputs))
    assert all_close(entry, found, gradients(entry, SEED))


@each(INACCURATE)
def test_wrong_formula_is_not_excused_by_inaccuracy(entry):
    cotangent = lift(cotangent_for(entry, SEED))
    with lifted(entry.forward):
        found = wrong_twin(entry)(cotangent, *map(lift, entry.inputs))
    assert not all_close(entry, found, gradients(entry, SEED))


@each(INACCURATE)
def test_inaccurate_entry_loses_digits_in_float64(entry):
    """In its value or in its gradient, or both."""
    found = [entry.forward(*entry.inputs), *backward_of(entry)]
    truth = [value(entry), *gradients(entry, SEED)]
    assert not all(is_close(f, t, 1e-9) for f, t in zip(found, truth, strict=True))


@each(NONSMOOTH)
def test_gradient_at_a_kink_lies_in_the_subdifferential(entry):
    """The Clarke subdifferential is the convex hull of the gradients nearby."""
    assert distance_to_hull(flat(backward_of(entry)), corners_at(entry)) < 1e-14


@each(NONSMOOTH)
def test_wrong_twin_at_a_kink_leaves_the_subdifferential(entry):
    assert distance_to_hull(flat(twin_of(entry)), corners_at(entry)) > 1e-7


@each(TRUE_KINKS)
def test_kink_is_a_kink(entry):
    assert np.ptp(corners_at(entry), axis=0).max() > 0.1


@each(FALSE_KINKS)
def test_false_kink_is_smooth(entry):
    assert np.ptp(corners_at(entry), axis=0).max() < 1e-15


@each(MODELLED)
def test_model_computes_what_the_forward_computes(entry):
    expected = pytest.approx(flat([value(entry)]), rel=FORWARD_NOISE, abs=FORWARD_NOISE)
    assert np.ravel(entry.forward(*entry.inputs)) == expected


@each(CORPUS)
def test_wrong_twin_differs_in_one_entry_by_one_part_in_a_million(entry):
    right, wrong = flat(backward_of(entry)), flat(twin_of(entry))
    (changed,) = np.flatnonzero(right != wrong)
    # Half a unit in the last place of float32 is 6 % of the mistake.
    assert wrong[changed] / right[changed] - 1.0 == pytest.approx(MISTAKE, rel=0.06)


@each(CORPUS)
def test_wrong_twin_errs_where_the_gradient_is_not_small(entry):
    """A mistake in an entry of 1e-9 beside entries of 1 would be no fair test."""
    which, where = spoiled_entry(entry)
    sizes = np.abs(flat(backward_of(entry)))
    assert abs(np.asarray(backward_of(entry)[which])[where]) > 0.01 * sizes.max()


@each(CORPUS)
def test_gradient_has_the_shape_of_its_input_and_none_for_integers(entry):
    for gradient, x in zip(backward_of(entry), entry.inputs, strict=True):
        shape = np.shape(gradient) if gradient is not None else None
        assert shape == (np.shape(x) if is_floating(x) else None)


@each(CORPUS)
def test_neither_direction_modifies_its_inputs(entry):
    before = copy.deepcopy(entry.inputs)
    backward_of(entry)
    for x, y in zip(entry.inputs, before, strict=True):
        np.testing.assert_array_equal(x, y, strict=isinstance(x, np.ndarray))


@each(CORPUS)
def test_backward_leaves_its_cotangent_alone(entry):
    cotangent = cotangent_for(entry, SEED)
    entry.backward(cotangent, *entry.inputs)
    np.testing.assert_array_equal(cotangent, cotangent_for(entry, SEED))


def test_read_only_input_cannot_be_written():
    assert not BY_NAME["read-only input"].inputs[0].flags.writeable


def test_strided_input_is_a_view_with_gaps():
    x = BY_NAME["every second column"].inputs[0]
    assert not x.flags.forc


def test_reversed_input_has_negative_strides():
    assert max(BY_NAME["reversed input"].inputs[0].strides) < 0


def test_broadcast_input_repeats_its_memory():
    assert BY_NAME["broadcast input"].inputs[0].strides[0] == 0


def test_windows_overlap_in_memory():
    windows = BY_NAME["overlapping windows"].inputs[0]
    assert np.shares_memory(windows[0], windows[1])


def test_random_forward_returns_another_number_each_time():
    entry = BY_NAME["noise of 1e-8 from a generator"]
    assert entry.forward(*entry.inputs) != entry.forward(*entry.inputs)


def test_names_are_unique():
    assert [n for n, count in Counter(entry.name for entry in CORPUS).items() if count > 1] == []


def test_corpus_has_at_least_66_entries():
    assert len(CORPUS) >= 66


def test_each_category_has_several_entries():
    assert min(Counter(entry.category for entry in CORPUS).values()) >= 5


@each(CORPUS)
def test_reason_is_a_sentence(entry):
    assert entry.why.endswith(".")


def test_every_model_belongs_to_an_entry():
    assert set(MODELS) <= {entry.name for entry in CORPUS}
