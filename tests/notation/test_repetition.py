"""The same operation for every row of an array."""

import numpy as np
import pytest

from gradcheck.checks.witnesses import witnesses
from gradcheck.notation import BATCH, MATRIX, SCALAR, NotationError, Operation, equation, for_each
from gradcheck.search.cases import random_cases
from reference_nets import (
    batch_normalisation,
    dense,
    layer_normalisation,
    residual_sum,
    softmax_cross_entropy,
    squared_error,
    tanh,
)

FORMS = pytest.mark.parametrize("form", [SCALAR, MATRIX])
every_repetition = pytest.mark.parametrize(
    "operation",
    [
        for_each(dense, "t"),
        for_each(tanh, "t"),
        for_each(residual_sum, "t"),
        for_each(layer_normalisation, "t"),
        for_each(for_each(dense, "t"), "s"),
        for_each(squared_error, "t"),
        for_each(softmax_cross_entropy, "t"),
    ],
    ids=lambda op: op.name,
)


def verdicts(operation):
    """Return the verdicts of all witnesses at a random single input and a random batch."""
    return {
        str(finding.verdict)
        for case in random_cases(operation, 0)
        for finding in witnesses(operation, case.point)
    }


@every_repetition
def test_every_form_of_a_repetition_agrees_with_the_witnesses(operation):
    assert verdicts(operation) == {"agree"}


@every_repetition
def test_a_repetition_has_all_three_forms(operation):
    assert operation.forms == (SCALAR, MATRIX, BATCH)


@FORMS
def test_every_row_is_treated_alone(form):
    rows = for_each(dense, "t")([[2.0, 1.0]], [[1.0, 0.0], [3.0, 5.0]], [0.5], form=form)
    assert rows.tolist() == [[2.5], [11.5]]


@FORMS
def test_the_gradient_of_what_all_rows_share_is_summed(form):
    repeated, x = for_each(dense, "t"), [[1.0, 0.0], [3.0, 5.0]]
    gradients = repeated.pullback([[1.0], [10.0]], [[2.0, 1.0]], x, [0.5], form=form)
    assert gradients["w"].tolist() == [[31.0, 50.0]]
    assert gradients["b"].tolist() == [11.0]
    assert gradients["a"].tolist() == [[2.0, 1.0], [20.0, 10.0]]


@FORMS
def test_a_loss_that_sums_over_inputs_sums_over_rows(form):
    repeated = for_each(squared_error, "t")
    assert repeated([[2.0], [4.0]], [[0.0], [0.0]], form=form) == 10.0


@FORMS
def test_a_loss_that_averages_over_inputs_averages_over_rows(form):
    repeated, one_hot = for_each(softmax_cross_entropy, "t"), np.eye(2)
    value = repeated(np.zeros((2, 2)), one_hot, form=form)
    gradient = repeated.pullback(8.0, np.zeros((2, 2)), one_hot, form=form)["z"]
    assert value == pytest.approx(np.log(2), rel=1e-15)
    assert gradient.tolist() == [[-2.0, 2.0], [2.0, -2.0]]


def test_a_repetition_is_named_for_its_dimension():
    assert for_each(dense, "t").name == "dense for each t"


def test_a_repetition_can_have_a_name_of_its_own():
    assert for_each(dense, "t", name="projection").name == "projection"


def test_formulas_say_what_happens_to_the_rows():
    repeated = for_each(dense, "t")
    assert repeated.forward.formula().endswith(r"\quad \text{for each } t")
    assert repeated.equations["delta_w"].formula().endswith(r"\quad \text{summed over } t")


def test_a_mistake_in_one_form_is_seen_in_the_repetition():
    """A bias gradient that is not summed over the rows of a batch."""
    wrong = Operation(
        "dense",
        dense.signature,
        dense.forward,
        [forgets_a_row(eq) if eq.name == "delta_b" else eq for eq in dense.gradients],
        parameters=("w", "b"),
    )
    assert "DISAGREE" in verdicts(for_each(wrong, "t"))


def forgets_a_row(eq):
    return type(eq)(eq.name, eq.parameters, {**eq.forms, BATCH: lambda delta_z: delta_z[0]})


def test_an_operation_without_batch_form_is_refused():
    with pytest.raises(NotationError, match="batch normalisation has no batch form to treat rows"):
        for_each(batch_normalisation, "t")


def test_a_dimension_that_exists_is_refused():
    with pytest.raises(
        NotationError, match=r"\(k,i\),\(i\),\(k\)->\(k\) has a dimension k already"
    ):
        for_each(dense, "k")


def test_an_equation_that_needs_the_sum_over_rows_is_refused():
    with pytest.raises(NotationError, match="delta_x uses delta_s, which is a sum over all rows"):
        for_each(scale_by_its_gradient(), "t")


def scale_by_its_gradient():
    def y(s, x):
        return s * x

    def delta_s(delta_y, x):
        return delta_y * x

    def delta_x(delta_s, s, x):
        return delta_s * s / x

    forward, *gradients = [
        equation(body).matrix(body).batch(body) for body in (y, delta_s, delta_x)
    ]
    return Operation("scale", "(),()->()", forward, gradients, parameters=("s",))
