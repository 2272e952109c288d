"""Next to the edge of a domain, the last values that the code takes are looked at."""

import numpy as np

from gradcheck import layer
from gradcheck.checks.budget import Budget
from gradcheck.search.candidate import Candidate
from gradcheck.search.domain_limits import at_the_limit

X = np.array([0.5, 0.25])


def limit(forward, **values):
    given = layer(forward, lambda dout, x, n: (dout, None), [X, np.array(2)], names=["x", "n"])
    outside = Candidate(kind="test", what="beyond", values={**given.values, **values})
    return at_the_limit(given, given.values, outside, Budget(60.0))


def logarithm(x, n):
    return np.log(x)


def test_it_is_inside_and_next_to_the_edge():
    found = limit(logarithm, x=np.array([-1.5, 0.25]))
    assert 0 < found.values["x"][0] < 1e-5


def test_what_is_not_moved_stays():
    assert limit(logarithm, x=np.array([-1.5, 0.25])).values["x"][1] == 0.25


def test_there_is_no_way_to_other_integers():
    assert limit(logarithm, x=-X, n=np.array(3)) is None


def test_there_is_no_way_to_other_shapes():
    assert limit(logarithm, x=-np.ones(3)) is None
