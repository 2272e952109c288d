"""The time limit that interrupts."""

import signal

import pytest

from gradcheck.checks.budget import Budget, OutOfBudget
from gradcheck.checks.time_limit import interrupted_by

pytestmark = pytest.mark.skipif(
    not hasattr(signal, "setitimer"), reason="this system has no alarm signal"
)


def without_end():
    with interrupted_by(Budget(0.05)):
        while True:
            pass


def test_a_block_without_end_is_interrupted():
    with pytest.raises(OutOfBudget, match=r"the budget of 0\.05 s ran out"):
        without_end()


def test_no_alarm_is_left_behind():
    with interrupted_by(Budget(60.0)):
        pass
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_an_earlier_alarm_is_set_again():
    """A test runner may watch the time by the same signal."""
    signal.setitimer(signal.ITIMER_REAL, 1000.0)
    try:
        with interrupted_by(Budget(60.0)):
            pass
        assert 0 < signal.getitimer(signal.ITIMER_REAL)[0] <= 1000.0
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def test_the_earlier_handler_is_back_afterwards():
    before = signal.getsignal(signal.SIGALRM)
    with interrupted_by(Budget(60.0)):
        pass
    assert signal.getsignal(signal.SIGALRM) is before
