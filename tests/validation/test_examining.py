"""One layer at a guessed example: what is concluded from it, and what is not."""

from __future__ import annotations

from itertools import islice
from typing import Any

import numpy as np
import pytest

from gradcheck.adapters.examples import examples_of
from gradcheck.validation.discovery import Candidate
from gradcheck.validation.doubts import doubt
from gradcheck.validation.examining import Examiner
from gradcheck.validation.jobs import EXAMINE, Job


def softmax(x):
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def softmax_backward(dout, x):
    p = softmax(x)
    return p * (dout - (dout * p).sum(axis=-1, keepdims=True))


def softmax_backward_of_a_vector(dout, x):
    p = softmax(x)
    return p * (dout - (dout * p).sum())  # over all rows of a batch


def softmax_backward_without_its_sum(dout, x):
    return softmax(x) * dout


def squared_loss(x):
    return (x**2).sum()


def told(subject, backward=None, *, certain=True, shapes="", search=False) -> list[dict[str, Any]]:
    """Return the answers of an examination."""
    answers: list[dict[str, Any]] = []
    job = Job(task=EXAMINE, target="", shapes=shapes, search=search)
    examiner = Examiner(job, lambda **answer: answers.append(answer))
    examiner.examine(Candidate("softmax", subject, backward, certain=certain))
    return answers


def verdicts(answers: list[dict[str, Any]]) -> set[str]:
    return {answer["finding"]["verdict"] for answer in answers if "finding" in answer}


def test_the_example_is_told_before_the_findings():
    answers = told(softmax, softmax_backward)
    assert answers[0] == {"name": "softmax", "example": "x of shape (5, 3)"}
    assert verdicts(answers) == {"agree"}


def test_a_gradient_that_is_wrong_for_all_shapes_is_beyond_doubt():
    first, *others = islice(examples_of(softmax, softmax_backward_without_its_sum), 20)
    assert doubt(first, iter(others)) is None


def test_a_gradient_that_is_right_for_some_shapes_is_not_accused_on_a_guess():
    (_, answer) = told(softmax, softmax_backward_of_a_vector)
    assert answer["finding"]["verdict"] == "inconclusive"
    assert answer["finding"]["note"] == (
        "its gradient is wrong for x of shape (5, 3), but not for x of shape (3,): "
        "say which of them it is meant for with --shapes"
    )


@pytest.mark.parametrize(("shapes", "verdict"), [("x=5,3", "DISAGREE"), ("x=3", "agree")])
def test_said_shapes_decide_it(shapes, verdict):
    assert verdict in verdicts(told(softmax, softmax_backward_of_a_vector, shapes=shapes))


def likelihood(p, count):
    return np.sum(count * np.log(np.where(count > 0, p, 1.0)))


def likelihood_backward(dout, p, count):
    return dout * count / np.where(count > 0, p, 1.0), None


def test_what_has_no_gradient_may_be_meant_for_integers():
    (_, answer) = told(likelihood, likelihood_backward)
    assert answer["finding"]["verdict"] == "inconclusive"
    assert (
        "but not for p of shape (5, 3), count integers of shape (5, 3)"
        in (answer["finding"]["note"])
    )


def cross_entropy(x, t):
    return -(t * np.log(softmax(x))).sum()


def cross_entropy_backward(dout, x, t):
    return dout * (softmax(x) - t), None


def test_targets_that_have_to_be_one_hot_are_not_searched_away():
    answers = told(cross_entropy, cross_entropy_backward, search=True)
    assert "DISAGREE" not in verdicts(answers)
    assert answers[-1]["finding"]["check"] == "search"


def test_what_is_not_finite_may_be_meant_for_positive_values():
    with np.errstate(invalid="ignore"):  # that is the point: negative numbers have no root
        first, *others = islice(examples_of(np.abs, lambda d, x: d * np.sqrt(x) / np.sqrt(x)), 2)
    assert (first.values["x"] < 0).any()
    assert (others[0].values["x"] > 0).all()


def test_a_function_that_may_be_a_layer_and_is_none_is_told_as_such():
    assert told(squared_loss, certain=False) == [{"other": "softmax"}]


def test_a_function_that_is_said_to_be_a_layer_and_is_none_is_inconclusive():
    assert verdicts(told(squared_loss)) == {"inconclusive"}
