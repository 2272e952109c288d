"""State outside of runs is named where runs change it, and put back where it is ours."""

import random

import numpy as np
import pytest

import gradcheck
from gradcheck.checks.laws.outside import outside
from tests.checks.laws.trials import AddingDense, Dense, X, held_to, tanh, tanh_backward, trial_of


def restored(*given):
    return [finding.note for finding in held_to("restored", *given)]


@pytest.mark.parametrize(
    "given",
    [(tanh, tanh_backward, [X]), (Dense(), [X]), (AddingDense(), [X])],
    ids=["pair", "Dense", "AddingDense"],
)
def test_right_layers_change_nothing(given):
    assert restored(*given) == [""]


def test_cache_of_the_module_is_named():
    cache = {}

    def forward(x):
        cache["y"] = np.tanh(x)
        return cache["y"]

    notes = restored(forward, lambda dout, x: dout * (1 - cache["y"] ** 2), [X])
    assert notes == ["changes state outside of its runs: cache['y']"]


def test_attribute_of_the_class_is_named():
    class Tanh:
        calls = 0

        def forward(self, x):
            Tanh.calls += 1
            self.y = np.tanh(x)
            return self.y

        def backward(self, dout):
            return dout * (1 - self.y**2)

    assert restored(Tanh(), [X]) == ["changes state outside of its runs: Tanh.calls"]


def test_settings_of_numpy_are_named():
    def forward(x):
        np.seterr(over="raise")
        return np.tanh(x)

    assert restored(forward, tanh_backward, [X]) == [
        "changes state outside of its runs: np.errstate"
    ]


def test_the_object_of_the_user_stays_as_it_is():
    subject = AddingDense()
    before = outside([subject])
    gradcheck.check(subject, [X])
    assert outside([subject]).changes_since(before) == ()


def states_of_global_generators():
    legacy = np.random.get_state()  # noqa: NPY002 - the generator that this is about
    return random.getstate(), legacy[1].tolist()


def test_global_generators_stay_where_they_are():
    def forward(x):
        return np.tanh(x) + 0 * np.random.rand() * random.random()  # noqa: NPY002 - as people do

    before = states_of_global_generators()
    gradcheck.check(forward, tanh_backward, [X])
    assert states_of_global_generators() == before


def test_generators_of_the_code_stay_where_they_are():
    own = np.random.default_rng(3)
    trial = trial_of(lambda x: np.tanh(x) + own.random(), tanh_backward, [X])
    before = own.bit_generator.state
    trial.run(trial.values(), trial.cotangent)
    assert own.bit_generator.state == before


def test_settings_stay_as_they_are():
    before = np.geterr(), np.get_printoptions()
    gradcheck.check(tanh, tanh_backward, [X])
    assert (np.geterr(), np.get_printoptions()) == before
