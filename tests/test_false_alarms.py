"""No false alarm: at random points, and at those that Hypothesis draws, nothing disagrees."""

import re

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gradcheck.checks.finding import Verdict
from gradcheck.checks.witnesses import witnesses
from gradcheck.notation import BATCH, MATRIX
from gradcheck.search import points
from reference_nets import dense
from tests.false_alarms import SINGLE_AND_BATCHES, main, random_points, tally
from tests.planted.mistakes import SIGN
from tests.planted.planting import planted
from tests.reference_network import REFERENCE_NETWORK

MAGNITUDE = 30.0
"""exp(30²) overflows in no form; the largest textbook exponentials stay finite floats."""

every_operation = pytest.mark.parametrize("operation", REFERENCE_NETWORK, ids=lambda o: o.name)


@every_operation
def test_random_points_raise_no_alarm(operation):
    counted = tally(operation, points=4, seed=1)
    assert counted.alarms == []
    assert counted.verdicts.total() > 4


@every_operation
@settings(
    max_examples=4,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(data=st.data())
def test_points_drawn_from_the_declaration_raise_no_alarm(operation, data):
    """They hold exact zeros, ties, numbers of size 1e-8, and numbers close to a bound."""
    counts = st.none() | st.integers(1, 3) if BATCH in operation.forms else None
    point = data.draw(points(operation, inputs_in_batch=counts, magnitude=MAGNITUDE))
    verdicts = {finding.verdict for finding in witnesses(operation, point)}
    assert Verdict.DISAGREE not in verdicts


def test_a_wrong_operation_raises_an_alarm_at_every_point():
    """The counter can count: what is never seen to be 1 says nothing at 0."""
    counted = tally(planted(SIGN.operation, SIGN.wrong, (MATRIX, BATCH)), points=2, seed=0)
    assert (counted.points, len(counted.alarms)) == (2, 4)


def test_points_are_single_inputs_and_batches_in_turn():
    drawn = zip(random_points(dense, 0), SINGLE_AND_BATCHES, strict=False)
    assert all(point.inputs_in_batch == expected for point, expected in drawn)


def test_the_same_seed_draws_the_same_points():
    first, second = (next(random_points(dense, 7)).inputs["w"] for _ in range(2))
    assert np.array_equal(first, second)


def test_the_command_prints_the_counts():
    result = CliRunner().invoke(main, ["--points", "5", "--only", "dense"])
    counts = "5 points, {} comparisons: 0 disagreements, 0 inconclusive (seed 0, operations: 1)\n"
    assert (result.exit_code, re.sub(r"\d+ comp", "{} comp", result.output)) == (0, counts)


def test_a_pattern_that_matches_nothing_is_refused():
    result = CliRunner().invoke(main, ["--only", "no such layer"])
    assert result.exit_code == 2
    assert "--only: no such layer matches no operation" in result.output
