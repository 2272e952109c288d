"""The three witnesses at one point: which comparisons there are, and in which order."""

import numpy as np
import pytest

from gradcheck.checks.budget import Budget
from gradcheck.checks.witnesses import witnesses
from gradcheck.notation import Operation, equation
from reference_nets import dense, multilayer_perceptron
from tests.notation.layers import delta_s, delta_x, scale_with, y
from tests.reference_network import REFERENCE_NETWORK

every_operation = pytest.mark.parametrize("operation", REFERENCE_NETWORK, ids=lambda o: o.name)


def found(operation, inputs_in_batch=None, seed=0, **options):
    point = operation.sample(np.random.default_rng(seed), inputs_in_batch=inputs_in_batch)
    return list(witnesses(operation, point, seed, **options))


def pairs(findings, quantity):
    return [(f.candidate, f.reference) for f in findings if f.quantity == quantity]


def test_a_gradient_has_three_comparisons():
    assert pairs(found(dense), "delta_w") == [
        ("matrix form", "scalar form"),
        ("matrix form", "numerical"),
        ("scalar form", "numerical"),
    ]


def test_in_a_batch_the_batch_form_is_held_against_single_inputs():
    assert pairs(found(dense, 3), "delta_w") == [
        ("batch form", "scalar form"),
        ("batch form", "numerical"),
        ("scalar form", "numerical"),
    ]


def test_the_output_is_compared_between_the_forms():
    assert pairs(found(dense), "z") == [("matrix form", "scalar form")]


def test_every_equation_of_a_net_is_compared_between_its_forms():
    net = multilayer_perceptron(2)
    compared = {f.quantity for f in found(net) if f.reference == "scalar form"}
    assert compared == set(net.equations)


def in_loops() -> Operation:
    """Return the layer y = s x in its scalar form alone."""
    forward, *gradients = [equation(eq["scalar"]) for eq in (y, delta_s, delta_x)]
    return scale_with(forward=forward, gradients=gradients)


def test_an_operation_in_loops_alone_has_two_witnesses():
    assert pairs(found(in_loops()), "delta_x") == [("scalar form", "numerical")]


@every_operation
@pytest.mark.parametrize("inputs_in_batch", [None, 3])
def test_all_witnesses_of_the_reference_network_agree_exactly(operation, inputs_in_batch):
    findings = found(operation, inputs_in_batch)
    assert {f.verdict for f in findings} == {"agree"}
    assert {f.evidence for f in findings} == {"exact"}


@every_operation
def test_gradients_of_the_reference_network_agree_to_30_digits(operation):
    assert min(f.digits for f in found(operation) if f.reference == "numerical") >= 30


def test_every_entry_is_compared():
    counts = {f.quantity: f.entries for f in found(dense)}
    point = dense.sample(np.random.default_rng(0))
    assert counts["delta_w"] == point.inputs["w"].size


def test_the_same_seed_gives_the_same_findings():
    assert [repr(f) for f in found(dense)] == [repr(f) for f in found(dense)]


def test_no_time_leaves_the_gradients_unchecked_and_says_so():
    findings = found(in_loops(), budget=Budget(0.0))
    assert {f.verdict for f in findings} == {"inconclusive"}
    assert all("budget of 0 s ran out" in f.note for f in findings)


def test_no_time_leaves_the_forms_unchecked_too():
    point = dense.sample(np.random.default_rng(0))
    findings = list(witnesses(dense, point, budget=Budget(0.0)))
    assert {(f.check, str(f.verdict)) for f in findings} == {
        ("forms", "inconclusive"),
        ("derivative", "inconclusive"),
    }
