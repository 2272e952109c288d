"""What an ordinary sample does not show, the search finds; it accuses none of the right twins."""

import pytest

from gradcheck import layer
from gradcheck.checks.budget import Budget
from gradcheck.checks.finding import Verdict
from gradcheck.examination import examine
from gradcheck.search import found
from tests.search_mistakes import HIDDEN, Hidden

TO_BE_FOUND = 17
"""Of twenty, from an ordinary sample."""

every_mistake = pytest.mark.parametrize("hidden", HIDDEN, ids=str)


def verdicts(findings):
    return {finding.verdict for finding in findings}


def test_there_are_twenty():
    assert len({hidden.name for hidden in HIDDEN}) == 20


@every_mistake
def test_an_ordinary_sample_does_not_show_it(hidden: Hidden):
    given = layer(hidden.forward, hidden.wrong, hidden.inputs)
    assert verdicts(examine(given, laws=False)) == {Verdict.AGREE}


@every_mistake
def test_it_is_found(hidden: Hidden):
    given = layer(hidden.forward, hidden.wrong, hidden.inputs)
    assert Verdict.DISAGREE in verdicts(found(given))


@every_mistake
def test_its_right_twin_is_not_accused(hidden: Hidden):
    given = layer(hidden.forward, hidden.right, hidden.inputs)
    assert verdicts(found(given, budget=Budget(2.0))) == {Verdict.AGREE}
