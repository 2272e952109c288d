"""Real data: what is offered to a report, and that training does what it says."""

import numpy as np
import pytest

from gradcheck.notation import BATCH
from reference_nets import CATALOGUE, dense, lenet, lstm, real_points, transformer_classifier
from reference_nets.nets.softmax_regression import softmax_regression
from reference_nets.real_input.classification import Classifier
from reference_nets.real_input.digits import FEW, digits
from reference_nets.real_input.text import numbered, words, zen
from reference_nets.real_input.training import descent, initial_weights
from reference_nets.real_input.word_pairs import noise, pairs

pytest.importorskip("sklearn", reason="the digits are scikit-learn's")

SEED = 0
ON_DIGITS = (
    "multilayer perceptron, 2 layers",
    "lenet",
    "sequence classifier, Elman",
    "sequence classifier, LSTM",
    "sequence classifier, GRU",
    "Transformer classifier",
)
ON_TEXT = ("skip-gram",)
every_net = pytest.mark.parametrize("name", ON_DIGITS + ON_TEXT)
every_net_on_digits = pytest.mark.parametrize("name", ON_DIGITS)


@pytest.fixture(scope="module")
def points():
    """Return (net, point) of all real data, which are made once."""
    return list(real_points(SEED))


@pytest.fixture
def net(points, name):
    return next(net for net, _ in points if net.name == name)


@pytest.fixture
def before_and_after(points, name):
    return [point for net, point in points if net.name == name]


def loss(net, point):
    """Call the net, which refuses wrong shapes and dtypes and values outside their domains."""
    return float(net(*(point.inputs[symbol] for symbol in net.inputs), form=BATCH))


def contents(points):
    return [(net.name, p.label, [x.tobytes() for x in p.inputs.values()]) for net, p in points]


def rng():
    return np.random.default_rng(SEED)


@every_net
def test_each_net_is_looked_at_before_and_after_training(before_and_after):
    before, after = before_and_after
    assert before.label.endswith(", at initialisation")
    assert "trained to" in after.label or "after 200 steps" in after.label


@every_net
def test_the_net_is_one_of_the_catalogue(name):
    """A report takes the points of those operations that it checks, by their names."""
    assert name in [operation.name for operation in CATALOGUE]


def test_nothing_else_is_offered(points):
    assert [net.name for net, _ in points[::2]] == [*ON_DIGITS, *ON_TEXT]


@every_net
def test_the_points_lie_in_the_domain_of_their_net(net, before_and_after):
    assert np.isfinite([loss(net, point) for point in before_and_after]).all()


@every_net
def test_training_lowers_the_loss(net, before_and_after):
    before, after = before_and_after
    assert loss(net, after) < loss(net, before) / 1.5


@every_net
def test_training_moves_every_parameter(net, before_and_after):
    before, after = before_and_after
    still = [s for s in net.parameters if np.array_equal(before.inputs[s], after.inputs[s])]
    assert still == []


@every_net
def test_training_leaves_the_data_alone(net, before_and_after):
    before, after = before_and_after
    data = [symbol for symbol in net.inputs if symbol not in net.parameters]
    assert all(np.array_equal(before.inputs[s], after.inputs[s]) for s in data)


def test_the_same_seed_gives_the_same_points(points):
    assert contents(real_points(SEED)) == contents(points)


def test_another_seed_gives_other_weights(points):
    _, other = next(real_points(SEED + 1))
    assert not np.array_equal(other.inputs["w1"], points[0][1].inputs["w1"])


# The digits


def test_there_are_1797_images_of_8_by_8_pixels():
    images, targets = digits()
    assert (images.shape, targets.shape) == ((1797, 8, 8), (1797, 10))
    assert (images.min(), images.max()) == (0.0, 1.0)


def test_the_few_show_every_class_twice():
    _, targets = digits(FEW)
    assert targets.sum(axis=0).tolist() == [2.0] * 10


@every_net_on_digits
def test_every_class_is_there(before_and_after):
    assert all(point.inputs["t"].any(axis=0).all() for point in before_and_after)


@pytest.mark.parametrize("name", ["multilayer perceptron, 2 layers"])
def test_the_perceptron_learns_97_percent_of_all_digits(net, before_and_after):
    _, trained = before_and_after
    scores = net.evaluate(BATCH, trained.inputs, ["z2"])["z2"]
    right = scores.argmax(axis=1) == trained.inputs["t"].argmax(axis=1)
    assert len(right) == 1797
    assert np.mean(right) >= 0.97


@pytest.mark.parametrize("name", ["multilayer perceptron, 2 layers"])
def test_the_perceptron_sees_the_rows_of_an_image_after_each_other(before_and_after):
    """Any other order would be learnt as well: these are the pixels of the fourth row of a zero."""
    fourth = before_and_after[0].inputs["a0"][0, 24:32]
    assert (16 * fourth).tolist() == [0, 4, 12, 0, 0, 8, 8, 0]


@pytest.mark.parametrize("name", ["lenet"])
def test_the_convolutional_net_sees_images_of_one_channel(before_and_after):
    images, _ = digits(FEW)
    assert np.array_equal(before_and_after[0].inputs["a0"][:, 0], images)


@pytest.mark.parametrize("name", ["sequence classifier, GRU", "Transformer classifier"])
def test_a_sequence_is_the_rows_from_top_to_bottom(before_and_after):
    images, _ = digits(FEW)
    assert np.array_equal(before_and_after[0].inputs["x"][:, 0], images[:, 0])


def test_a_label_tells_the_accuracy_that_was_reached():
    """Four equal inputs, one of another class: more than three of four cannot be learnt."""
    classifier = Classifier(softmax_regression, "z", {"k": 2, "i": 1}, learning_rate=0.1)
    data = {"x": np.ones((4, 1)), "t": np.eye(2)[[0, 0, 0, 1]]}
    *_, (_, trained) = classifier.points(data, "four inputs", SEED)
    assert trained.label == "four inputs, trained to 75.0%"


# First weights, and steps of descent


def test_the_variance_of_a_weight_is_one_over_the_inputs_of_a_unit():
    """50,000 draws: the deviation is known to about one part in 300."""
    w = initial_weights(dense, {"k": 500, "i": 100}, rng())["w"]
    assert w.std() == pytest.approx(0.1, rel=0.01)


def test_a_kernel_has_as_many_inputs_as_channels_times_places():
    w2 = initial_weights(lenet, {"k": 4, "k2": 2000}, rng())["w2"]
    assert w2.shape == (2000, 4, 2, 2)
    assert w2.std() == pytest.approx(1 / 4, rel=0.02)


def test_stacked_gates_do_not_count_as_inputs():
    w = initial_weights(lstm(), {"t": 1, "i": 100, "k": 200}, rng())["w"]
    assert w.shape == (4, 200, 100)
    assert w.std() == pytest.approx(0.1, rel=0.01)


def test_biases_start_at_zero_and_gains_at_one():
    weights = initial_weights(transformer_classifier, {}, rng())
    assert [weights[s].tolist() for s in ("b1", "b2", "s")] == [[0] * 2, [0] * 3, [0] * 2]
    assert [weights[s].tolist() for s in ("gamma1", "gamma2")] == [[1] * 3] * 2


def test_the_first_weights_of_a_descent_are_those_it_was_given():
    weights, data = {"w": np.zeros((2, 1)), "b": np.zeros(2)}, {}
    assert next(descent(softmax_regression, weights, data, 1.0)) is weights


def test_a_step_of_descent_follows_the_mean_gradient():
    """Two inputs x = 1 and 3 of the first class at equal scores: δz = (-1/2, 1/2) for each."""
    weights = {"w": np.zeros((2, 1)), "b": np.zeros(2)}
    data = {"x": np.array([[1.0], [3.0]]), "t": np.eye(2)[[0, 0]]}
    _, stepped = zip(range(2), descent(softmax_regression, weights, data, 0.5), strict=False)
    assert stepped[1]["w"].tolist() == [[0.5], [-0.5]]
    assert stepped[1]["b"].tolist() == [0.25, -0.25]


def test_descent_does_not_write_into_the_first_weights():
    weights = {"w": np.zeros((2, 1)), "b": np.zeros(2)}
    data = {"x": np.array([[1.0], [3.0]]), "t": np.eye(2)[[0, 0]]}
    list(zip(range(3), descent(softmax_regression, weights, data, 0.5), strict=False))
    assert not weights["w"].any()


# The text


def test_the_zen_is_read_in_full_and_not_printed(capsys):
    lines = zen().splitlines()
    assert lines[0] == "The Zen of Python, by Tim Peters"
    assert lines[-1].endswith("let's do more of those!")
    assert capsys.readouterr().out == ""


def test_words_are_split_at_everything_but_letters_and_apostrophes():
    assert words("Flat -- IS better,than\n'nested'! Let's") == [
        "flat", "is", "better", "than", "nested", "let's",
    ]  # fmt: skip


def test_rare_words_are_left_out_and_the_others_move_together():
    numbers, vocabulary = numbered(["b", "a", "x", "a", "b", "a"], seen_at_least=2)
    assert vocabulary == ("a", "b")
    assert numbers.tolist() == [1, 0, 0, 1, 0]


def test_pairs_are_those_of_the_double_loop():
    text, window = rng().integers(0, 9, 20), 3
    places = range(len(text))
    expected = [(text[i], text[j]) for i in places for j in places if 0 < abs(i - j) <= window]
    assert list(zip(*pairs(text, window), strict=True)) == expected


def test_a_word_is_drawn_as_noise_with_its_frequency_to_the_power_three_quarters():
    """16 to the 3/4 is 8: eight in nine; 90,000 draws, so a share is known to about 1e-3."""
    drawn = noise(rng(), np.array([1, 16]), (300, 300))
    assert drawn.mean() == pytest.approx(8 / 9, abs=4e-3)


@pytest.mark.parametrize("name", ON_TEXT)
def test_every_word_is_a_centre_and_a_neighbour(net, before_and_after):
    inputs = before_and_after[0].inputs
    assert set(inputs["c"]) == set(inputs["o"]) == set(range(len(inputs["v"])))
