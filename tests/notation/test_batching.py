"""What a batch means: outputs stacked, summed or averaged; gradients of parameters summed."""

import numpy as np
import pytest

from gradcheck.notation.batching import gather, split
from reference_nets import dense, softmax_cross_entropy, squared_error

ROWS = {"y": np.array([[1.0], [2.0]]), "t": np.array([[0.0], [4.0]])}


def test_each_input_gets_its_own_rows():
    first, second = split(squared_error, ROWS, 2)
    assert (first["y"], second["t"]) == (1.0, 4.0)


def test_parameters_go_to_every_input_whole():
    w = np.array([[1.0], [2.0]])
    singles = split(dense, {"w": w, "a": np.array([[3.0], [4.0]])}, 2)
    assert all(single["w"] is w for single in singles)


def test_the_cotangent_of_a_stack_is_taken_row_by_row():
    singles = split(dense, {"delta_z": np.array([[1.0], [2.0]])}, 2)
    assert [single["delta_z"].item() for single in singles] == [1.0, 2.0]


def test_the_cotangent_of_a_sum_goes_to_every_input():
    singles = split(squared_error, {"delta_E": np.array(6.0)}, 2)
    assert [single["delta_E"] for single in singles] == [6.0, 6.0]


def test_the_cotangent_of_a_mean_is_divided_by_the_number_of_inputs():
    singles = split(softmax_cross_entropy, {"delta_E": np.array(6.0)}, 2)
    assert [single["delta_E"] for single in singles] == [3.0, 3.0]


def test_outputs_are_stacked():
    assert gather(dense, "z", [np.array([1.0]), np.array([2.0])]).tolist() == [[1.0], [2.0]]


def test_a_summed_loss_adds_its_inputs():
    assert gather(squared_error, "E", [1.0, 4.0]) == 5.0


def test_an_averaged_loss_divides_by_the_number_of_inputs():
    assert gather(softmax_cross_entropy, "E", [1.0, 4.0]) == 2.5


def test_gradients_of_parameters_are_summed_over_inputs():
    assert gather(dense, "delta_b", [np.array([1.0]), np.array([2.0])]).tolist() == [3.0]


def test_gradients_of_activations_are_stacked():
    gathered = gather(dense, "delta_a", [np.array([1.0]), np.array([2.0])])
    assert gathered.tolist() == [[1.0], [2.0]]


@pytest.mark.parametrize("loss", [squared_error, softmax_cross_entropy], ids=lambda o: o.name)
def test_the_batch_form_equals_the_gathered_singles(loss):
    """At numbers of few bits, so that both sides are exact; a softmax of equal scores is."""
    t = np.array([[1.0, 0.0], [0.0, 1.0]])
    values = {loss.inputs[0]: np.full((2, 2), 3.0), "t": t, "delta_E": np.array(4.0)}
    wanted = f"delta_{loss.inputs[0]}"
    singles = [
        loss.evaluate("matrix", single, (wanted,))[wanted] for single in split(loss, values, 2)
    ]
    batch = loss.evaluate("batch", values, (wanted,))[wanted]
    assert np.array_equal(gather(loss, wanted, singles), batch)
