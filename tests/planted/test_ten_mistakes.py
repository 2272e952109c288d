"""Ten mistakes in three placements: each is caught in its quantity, and its form is named."""

import numpy as np
import pytest

from gradcheck.checks.finding import Verdict
from gradcheck.checks.witnesses import witnesses
from gradcheck.diagnosis.culprit import ALL_AGREE
from gradcheck.notation import BATCH, Operation, Point, equation
from reference_nets import dense, multilayer_perceptron, softmax_cross_entropy
from tests.planted.mistakes import MISTAKES, ONE_OF_MANY, SIGN
from tests.planted.planting import PLACEMENTS, accused, culprits, findings_of, planted

CULPRIT = {
    "scalar form only": "the scalar form stands alone",
    "matrix and batch form only": "the matrix form stands alone",
    "both": "both forms agree on a wrong equation",
}
CULPRIT_IN_A_BATCH = CULPRIT | {"matrix and batch form only": "the batch form stands alone"}

every_mistake = pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name)
every_placement = pytest.mark.parametrize("placement", PLACEMENTS)
mistakes_in_batches = pytest.mark.parametrize(
    "mistake",
    [mistake for mistake in MISTAKES if BATCH in mistake.operation.forms],
    ids=lambda mistake: mistake.name,
)


@every_placement
@every_mistake
def test_a_mistake_is_caught_and_its_form_is_named(mistake, placement):
    wrong = planted(mistake.operation, mistake.wrong, PLACEMENTS[placement])
    findings = findings_of(wrong, mistake.sizes)
    assert accused(findings) == {mistake.wrong.name}
    assert culprits(findings)[mistake.wrong.name] == CULPRIT[placement]


@every_placement
@mistakes_in_batches
def test_a_mistake_is_caught_in_a_batch_too(mistake, placement):
    wrong = planted(mistake.operation, mistake.wrong, PLACEMENTS[placement])
    findings = findings_of(wrong, mistake.sizes, inputs_in_batch=4)
    assert accused(findings) == {mistake.wrong.name}
    assert culprits(findings)[mistake.wrong.name] == CULPRIT_IN_A_BATCH[placement]


@every_mistake
def test_the_right_twin_of_a_mistake_passes(mistake):
    findings = findings_of(mistake.operation, mistake.sizes)
    assert {finding.verdict for finding in findings} == {Verdict.AGREE}
    assert culprits(findings)[mistake.wrong.name] == ALL_AGREE


def test_the_one_wrong_entry_is_named_with_both_values():
    wrong = planted(ONE_OF_MANY.operation, ONE_OF_MANY.wrong, ("matrix",))
    finding = next(f for f in findings_of(wrong, ONE_OF_MANY.sizes) if f.verdict != "agree")
    assert (finding.worst_index, finding.wrong) == ((1, 2), 1)
    assert finding.candidate_value / finding.reference_value == pytest.approx(1 + 1e-9, abs=1e-15)


@equation
def delta_z(delta_E, z, t):
    r"""\delta z_k = \delta E \left( \frac{e^{z_k}}{\sum_j e^{z_j}} - t_k \right)"""
    return softmax_cross_entropy.equations["delta_z"]["scalar"](delta_E, z, t)


@delta_z.batch
def delta_z(delta_E, z, t):
    r"""\Delta Z = \delta E \, (\mathrm{softmax}(Z) - T), without 1/N"""
    return len(z) * softmax_cross_entropy.equations["delta_z"]["batch"](delta_E, z, t)


def test_a_missing_1_over_n_is_caught_in_the_batch_form_of_a_mean():
    findings = findings_of(planted(softmax_cross_entropy, delta_z, (BATCH,)), {"k": 3}, 4)
    assert culprits(findings)["delta_z"] == "the batch form stands alone"


def test_a_single_input_cannot_show_a_missing_1_over_n():
    """With N = 1 the wrong equation is the right one: nobody may be accused."""
    findings = findings_of(planted(softmax_cross_entropy, delta_z, (BATCH,)), {"k": 3}, 1)
    assert not accused(findings)


@equation
def delta_b(delta_z):
    r"""\delta b_k = \delta z_k"""
    return delta_z


@delta_b.batch
def delta_b(delta_z):
    r"""\delta b = \delta z_1, without the sum over the batch"""
    return delta_z[0]


def test_a_missing_sum_is_caught_in_the_batch_form_of_the_dense_layer():
    findings = findings_of(planted(dense, delta_b, (BATCH,)), {"k": 2, "i": 3}, 4)
    assert accused(findings) == {"delta_b"}


def hidden_sign_error() -> Operation:
    """Give δa of the hidden layer of a two-layer net the wrong sign in its matrix form."""
    net = multilayer_perceptron(2)
    right = net.equations["delta_a1"]
    forms = {**right.forms, "matrix": lambda *symbols: -right["matrix"](*symbols)}
    wrong = type(right)(right.name, right.parameters, forms)
    return planted(net, wrong, ("matrix",))


def test_a_mistake_inside_a_net_accuses_only_what_depends_on_it():
    """The layers behind the mistake are right: δw2 and δb2 are not accused."""
    findings = findings_of(hidden_sign_error(), {"u0": 2, "u1": 3, "u2": 4})
    assert accused(findings) == {"delta_a1", "delta_z1", "delta_w1", "delta_b1", "delta_a0"}
    assert culprits(findings)["delta_w1"] == "the matrix form stands alone"


@pytest.mark.parametrize("scale", [1e-150, 1e150])
def test_a_mistake_is_caught_at_every_scale_of_the_cotangent(scale):
    """Neither tiny nor huge gradients hide a sign: nothing is measured in absolute terms."""
    wrong = planted(SIGN.operation, SIGN.wrong, ("matrix",))
    point = wrong.sample(np.random.default_rng(0), SIGN.sizes)
    findings = witnesses(wrong, Point(point.inputs, scale * point.cotangent))
    assert culprits(findings)["delta_y"] == "the matrix form stands alone"
