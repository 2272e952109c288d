"""Code that does not end is interrupted, in the middle of a run, and nothing takes that away."""

import signal
import time

import numpy as np
import pytest

from gradcheck import layer
from gradcheck.checks.budget import Budget
from gradcheck.search.candidate import Candidate
from gradcheck.search.judging import OutsideDomain, inside
from gradcheck.search.time_limit import TimePassed, limited

X = np.array([0.3, 0.7])


def waits_below_zero(x):
    while (x < 0).any():
        time.sleep(0.01)
    return 2 * x


GIVEN = layer(waits_below_zero, lambda dout, x: 2 * dout, [X], names=["x"])

by_alarm = pytest.mark.skipif(
    not hasattr(signal, "setitimer"), reason="only POSIX has an alarm that interrupts"
)


def test_runs_in_time_are_what_they_are():
    assert (limited(GIVEN, Budget(60.0)).start().forward({"x": X}) == 2 * X).all()


def test_no_run_begins_after_the_end():
    with pytest.raises(TimePassed):
        limited(GIVEN, Budget(0.0)).start().gradients({"x": X}, X)


@by_alarm
def test_a_run_ends_in_the_middle():
    with pytest.raises(TimePassed):
        limited(GIVEN, Budget(0.05)).start().forward({"x": -X})


@by_alarm
def test_where_forward_does_not_end_is_outside_the_domain():
    with pytest.raises(OutsideDomain, match="budget"):
        inside(GIVEN, Candidate(kind="test", what="test", values={"x": -X}), Budget(0.05))
