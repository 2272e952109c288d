"""The law of the gradient in balls: no tolerance, every entry, every scale."""

import numpy as np
import pytest

from tests.checks.functions import findings_of


def twice_tanh(x):
    return 2 * np.tanh(x)


def its_gradient(delta_f, x):
    return 2 * delta_f * (1 - np.tanh(x) ** 2)


def finding(forward, gradient, **point):
    return findings_of(forward, gradient, **point)["delta_x"]


@pytest.mark.parametrize("x", [1e-300, 1e-8, 0.3, 5.0, 300.0])
def test_a_right_gradient_agrees_to_30_digits_wherever_it_is(x):
    found = finding(twice_tanh, its_gradient, x=[x, -x])
    assert (found.verdict, found.evidence, found.oracle) == ("agree", "exact", "balls")
    assert found.digits >= 30


@pytest.mark.parametrize("scale", [1e-300, 1e-12, 1.0, 1e12, 1e300])
def test_a_relative_mistake_of_1e_12_is_seen_at_every_scale(scale):
    found = finding(
        lambda x: scale * x**2, lambda delta_f, x: 2 * scale * delta_f * x * (1 + 1e-12), x=[0.3]
    )
    assert found.verdict == "DISAGREE"


def test_a_small_entry_is_seen_beside_large_ones():
    """A mistake of one part in 10^9 in an entry that is 10^40 times smaller than its neighbour."""
    weights = np.array([1e20, 1e-20])
    wrong = weights * np.array([1.0, 1 + 1e-9])
    found = finding(
        lambda x: (weights * x**3).sum(), lambda d, x: d * wrong * 3 * x**2, x=[1.0, 1.0]
    )
    assert (found.verdict, found.worst_index, found.wrong) == ("DISAGREE", (1,), 1)


def test_equal_and_opposite_mistakes_do_not_cancel():
    signs = np.array([1.0, -1.0, 1.0, -1.0])
    found = finding(lambda x: (x**2).sum(), lambda d, x: d * (2 * x + signs), x=np.ones(4))
    assert (found.verdict, found.wrong) == ("DISAGREE", 4)


def test_permuted_entries_are_seen():
    """All-ones directions are blind to a permutation."""
    found = finding(lambda x: (x**2).sum(), lambda d, x: 2 * d * x[::-1], x=[1.0, 2.0, 3.0])
    assert (found.verdict, found.wrong) == ("DISAGREE", 2)


def test_the_floor_is_below_one_part_in_10_to_the_12():
    rng = np.random.default_rng(0)
    found = finding(
        twice_tanh, its_gradient, x=rng.normal(size=500), cotangent=rng.normal(size=500)
    )
    assert found.floor < 1e-12


def test_a_gradient_of_zero_is_right_where_the_function_is_constant():
    found = finding(lambda x: 0 * x + 3, lambda d, x: 0 * x, x=[1.0, 2.0])
    assert found.verdict == "agree"


def test_a_tiny_gradient_of_a_constant_function_is_wrong():
    found = finding(lambda x: 0 * x + 3, lambda d, x: 0 * x + 1e-300, x=[1.0, 2.0])
    assert found.verdict == "DISAGREE"


def test_outside_the_domain_nothing_is_known():
    found = finding(np.log, lambda d, x: d / x, x=[-1.0])
    assert found.verdict == "inconclusive"
    assert "outside the domain" in found.note


def test_at_the_edge_of_the_domain_the_one_sided_slope_counts():
    right = finding(lambda x: x * np.sqrt(x), lambda d, x: d * 1.5 * np.sqrt(x), x=[0.0])
    wrong = finding(lambda x: x * np.sqrt(x), lambda d, x: d * (1.5 * np.sqrt(x) + 1), x=[0.0])
    assert (right.verdict, wrong.verdict) == ("agree", "DISAGREE")


def test_only_the_wrong_input_is_accused():
    findings = findings_of(
        lambda x, y: x * y, lambda d, x, y: d * y, lambda d, x, y: d * y, x=[2.0], y=[3.0]
    )
    assert {name: f.verdict for name, f in findings.items()} == {
        "delta_x": "agree",
        "delta_y": "DISAGREE",
    }


def test_the_inputs_are_never_modified():
    def greedy(delta_f, x):
        x *= 2
        return delta_f * x

    x = np.array([1.0, 2.0])
    assert finding(lambda x: (x**2).sum(), greedy, x=x).verdict == "agree"
    assert x.tolist() == [1.0, 2.0]


def test_no_entries_agree():
    assert finding(np.tanh, its_gradient, x=np.zeros(0)).verdict == "agree"
