"""What was looked at in vain is said in numbers."""

import numpy as np
import pytest

from gradcheck import layer
from gradcheck.checks.finding import Evidence, Finding, Verdict
from gradcheck.search.candidate import Candidate
from gradcheck.search.tally import Tally

GIVEN = layer(np.square, lambda dout, x: 2 * x * dout, [np.array([0.3, 0.7])], names=["x"])


def tally_of(*verdicts, outside=0):
    tally = Tally()
    for n, verdict in enumerate(verdicts):
        tally.add(candidate(f"kind {n % 2}"), [finding(verdict)])
    tally.outside.extend(candidate("another") for _ in range(outside))
    return next(tally.findings(GIVEN, besides=()))


def candidate(kind):
    return Candidate(kind=kind, what="test", values=GIVEN.values)


def finding(verdict):
    return Finding(
        operation="square", point="test", check="derivative", quantity="delta_x",
        candidate="backward", reference="numerical", evidence=Evidence.EXACT, verdict=verdict,
    )  # fmt: skip


def test_agreement_is_counted_by_inputs_and_kinds():
    found = tally_of(*[Verdict.AGREE] * 3)
    assert (found.verdict, found.evidence) == (Verdict.AGREE, Evidence.EXACT)
    assert found.note == "agrees at 3 of 3 inputs of 2 kinds"


def test_what_is_not_decided_is_not_counted_as_agreement():
    found = tally_of(Verdict.AGREE, Verdict.INCONCLUSIVE, outside=2)
    assert found.note == (
        "agrees at 1 of 2 inputs of 2 kinds; 1 could not be decided; 2 lie outside the domain"
    )


@pytest.mark.parametrize("verdicts", [(), (Verdict.INCONCLUSIVE,)], ids=["nothing", "undecided"])
def test_nothing_agreed_is_inconclusive(verdicts):
    found = tally_of(*verdicts)
    assert found.verdict is Verdict.INCONCLUSIVE


def test_gradients_of_which_more_is_known_are_left_out():
    assert list(Tally().findings(GIVEN, besides=["delta_x"])) == []
