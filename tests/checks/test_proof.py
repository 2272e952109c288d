"""Proofs: right smooth equations are proved in every form, planted mistakes never are."""

import numpy as np
import pytest

pytest.importorskip("sympy", reason="proofs need the extra 'proofs'")

from gradcheck.checks.proof import prove
from gradcheck.notation import (
    POSITIVE,
    Equation,
    Interval,
    OneHot,
    Operation,
    Reals,
    chain,
    equation,
    network,
)
from gradcheck.notation.scalar import exp, log, sqrt, total
from reference_nets import (
    binary_cross_entropy,
    dense,
    identity,
    multilayer_perceptron,
    relu,
    sigmoid,
    softmax,
    softmax_cross_entropy,
    squared_error,
    tanh,
)
from tests.planted.mistakes import MISTAKES
from tests.planted.planting import PLACEMENTS, planted


def reasons(operation, **options):
    return {proof.reason for proof in prove(operation, **options)}


@pytest.mark.parametrize(
    "operation",
    [
        dense,
        identity,
        sigmoid,
        tanh,
        softmax,
        squared_error,
        binary_cross_entropy,
        softmax_cross_entropy,
        multilayer_perceptron(1),
        multilayer_perceptron(3),
        multilayer_perceptron(2, sigmoid, squared_error),
        chain("a chain", [dense, tanh, dense, softmax_cross_entropy]),
    ],
    ids=lambda operation: operation.name,
)
def test_a_right_operation_is_proved_in_every_form(operation):
    # so many seconds that a busy machine makes no difference
    assert reasons(operation, seconds=300) == {""}


@pytest.mark.parametrize("placement", PLACEMENTS)
@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name)
def test_a_planted_mistake_is_never_proved(mistake, placement):
    forms = PLACEMENTS[placement]
    wrong = planted(mistake.operation, mistake.wrong, forms)
    accused = [f"{form} form" for form in forms]
    claims = [p for p in prove(wrong) if p.quantity == mistake.wrong.name]
    assert claims
    assert not any(
        p.proved for p in claims if p.reference == "numerical" and p.candidate in accused
    )


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name)
def test_forms_of_which_one_is_wrong_are_not_proved_equal(mistake):
    wrong = planted(mistake.operation, mistake.wrong, ("scalar",))
    compared = [p for p in prove(wrong) if p.quantity == mistake.wrong.name]
    assert not any(p.proved for p in compared if p.reference == "scalar form")


def test_relu_is_listed_with_its_kink():
    listed = {(p.candidate, p.reason) for p in prove(relu) if p.reference == "numerical"}
    assert listed == {
        ("scalar form", "not smooth: the code branches on z[0] > 0"),
        ("matrix form", "not smooth: it depends on max(0, z[0])"),
        ("batch form", "not smooth: it depends on max(0, z[0, 0])"),
    }


def loss(name, factor):
    """E = factor(N, K) sum of squares / 2, with the gradient of the plain sum."""

    @equation
    def E(y):
        N, K = len(y), len(y[0])
        return factor(N, K) * total(y[n][k] * y[n][k] for n in range(N) for k in range(K)) / 2

    @equation
    def delta_y(delta_E, y):
        return [[delta_E * y_nk for y_nk in y_n] for y_n in y]

    return Operation(name, "(n,k)->()", E, (delta_y,))


@pytest.mark.parametrize(
    "factor",
    [lambda N, K: N / 2, lambda N, K: K / N, lambda N, K: 2 / K, lambda N, K: 6 / (N * K)],
    ids=["N taken for 2", "K taken for N", "2 taken for K", "6 taken for NK"],
)
def test_no_size_passes_for_another_or_for_a_constant(factor):
    """At two units and two inputs each of these mistakes looks right."""
    assert reasons(loss("confused", factor)) == {"the difference does not simplify to zero"}


def test_the_right_factor_is_proved():
    assert reasons(loss("plain", lambda N, K: 1)) == {""}


def wrong_layer():
    """Return a tanh whose δz ignores h'."""
    wrong = Equation("delta_z", ("delta_a",), dict.fromkeys(tanh.forms, lambda delta_a: delta_a))
    return Operation("wrong tanh", "(k)->(k)", tanh.forward, (wrong,), inputs=("z",))


def test_what_rests_on_a_wrong_layer_is_not_proved():
    net = network("net", [dense.at("z", a="x"), wrong_layer().at("a", z="z")])
    unproved = {p.quantity for p in prove(net) if p.reference == "numerical" and not p.proved}
    assert unproved == {"delta_w", "delta_x", "delta_b"}


def test_the_reason_names_the_layer_on_which_it_rests():
    net = network("net", [dense.at("z", a="x"), wrong_layer().at("a", z="z")])
    assert reasons(net) >= {"it rests on delta_z: the difference does not simplify to zero"}


def test_a_skip_connection_is_proved():
    """The input reaches the sum by two ways, of which one passes the other's result."""
    add = residual()
    net = network("residual", [tanh.at("u", z="x"), add.at("y", a="x", b="u")])
    assert reasons(net) == {""}


def residual():
    @equation
    def s(a, b):
        return [a[k] * b[k] + a[k] for k in range(len(a))]

    @equation
    def delta_a(delta_s, b):
        return [delta_s[k] * (b[k] + 1) for k in range(len(b))]

    @equation
    def delta_b(delta_s, a):
        return [delta_s[k] * a[k] for k in range(len(a))]

    return Operation("product and sum", "(k),(k)->(k)", s, (delta_a, delta_b))


def one_input(name, f, f_prime, domain):
    """E = sum of f(y), δy = δE f'(y)."""

    @equation
    def E(y):
        return total(f(y_k) for y_k in y)

    @equation
    def delta_y(delta_E, y):
        return [delta_E * f_prime(y_k) for y_k in y]

    return Operation(name, "(k)->()", E, (delta_y,), domain={"y": domain})


@pytest.mark.parametrize(
    "domain", [POSITIVE, Interval(0, 1), Interval(2, 5), Interval(1, np.inf)], ids=str
)
def test_the_domain_is_used(domain):
    """The logarithm of a square is twice the logarithm where y is positive."""
    power = one_input("power", lambda y: y * log(y * y), lambda y: 2 * log(y) + 2, domain)
    assert reasons(power) == {""}


def test_nothing_beyond_the_domain_is_assumed():
    power = one_input("power", lambda y: y * log(y * y), lambda y: 2 * log(y) + 2, Interval(-2, 2))
    assert reasons(power) == {"the difference does not simplify to zero"}


def test_targets_need_not_sum_to_one_unless_their_domain_says_so():
    """δz = softmax(z) - t takes for granted that the targets sum to 1."""
    free = Operation(
        "free targets",
        "(k),(k)->()",
        softmax_cross_entropy.forward,
        softmax_cross_entropy.gradients,
        constants=("t",),
        batch="mean",
    )
    assert isinstance(softmax_cross_entropy.domain_of("t"), OneHot)
    assert not any(p.proved for p in prove(free) if p.reference == "numerical")


def test_a_square_root_of_a_square_is_a_kink():
    size = one_input("size", lambda y: sqrt(y * y), lambda y: 1.0, Reals())
    assert reasons(size) == {"not smooth: Abs(y[0]) bends or jumps"}


def without_end(y):
    while True:
        y = y + 1


def test_code_without_end_is_interrupted():
    slow = one_input("slow", without_end, lambda y: y, POSITIVE)
    assert reasons(slow, seconds=0.2) == {"the budget of 0.05 s ran out"}


def test_nothing_is_begun_once_the_time_has_passed():
    slow = one_input("slow", lambda y: exp(y), lambda y: exp(y), POSITIVE)
    assert reasons(slow, seconds=0.0) == {"the budget of 0 s ran out"}


def test_code_that_does_not_run_on_symbols_is_no_proof():
    broken = one_input("broken", lambda y: y.no_such_thing, lambda y: y, POSITIVE)
    assert reasons(broken) == {
        "it cannot run on symbols: AttributeError: "
        "a symbol, as a NumPy float, has no attribute 'no_such_thing'"
    }


def test_a_gradient_of_another_shape_is_not_proved():
    @equation
    def delta_y(delta_E, y):
        return [[delta_E * y_k for y_k in y]]

    right = one_input("square", lambda y: y * y / 2, lambda y: y, POSITIVE)
    assert reasons(Operation("row", "(k)->()", right.forward, (delta_y,))) == {
        "the shapes differ: (1, 2) and (2,)"
    }
