"""What models are on paper, what must hold of them, and mistakes that people make in them."""

import math
from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from gradcheck.checks.finding import Verdict
from gradcheck.checks.witnesses import witnesses
from gradcheck.notation import Equation
from reference_nets import (
    actor_critic,
    autoencoder,
    conditional_random_field,
    factorisation_machine,
    gaussian_mixture,
    gaussian_process,
    hidden_markov_model,
    linear_regression,
    linear_support_vector_machine,
    logistic_regression,
    matrix_factorisation,
    poisson_regression,
    policy_gradient,
    radial_basis_function_network,
    ridge_regression,
    skip_gram,
    variational_autoencoder,
)

BOTH = pytest.mark.parametrize("form", ["scalar", "matrix"])


def zeros(operation, sizes, **given):
    """Return inputs in the operation's order: those given, and zeros for the others."""
    full = operation.draw_sizes(np.random.default_rng(0), sizes)
    return [given.get(s, np.zeros(operation.shape(s, full))) for s in operation.inputs]


@BOTH
def test_linear_regression_is_half_the_squared_residual(form):
    assert linear_regression([2.0], 1.0, [3.0], 5.0, form=form) == 2.0


@BOTH
def test_linear_regression_has_residual_times_input_as_gradient(form):
    gradients = linear_regression.pullback(1.0, [2.0], 1.0, [3.0], 5.0, form=form)
    assert (gradients["w"].tolist(), gradients["b"]) == ([6.0], 2.0)


@BOTH
def test_the_gradient_of_ridge_regression_vanishes_at_its_solution(form):
    """With b the mean of t, w = Σ x (t - b) / (Σ x² + λ) = 4 / (2 + 2)."""
    gradients = ridge_regression.pullback(
        1.0, [1.0], 1.0, [[1.0], [-1.0]], [3.0, -1.0], 2.0, form=form
    )
    assert (gradients["w"].tolist(), gradients["b"]) == ([0.0], 0.0)


@BOTH
def test_logistic_regression_at_even_chances_is_the_logarithm_of_two(form):
    value = logistic_regression([0.0], 0.0, [3.0], 1.0, form=form)
    assert value == pytest.approx(math.log(2), rel=1e-15)


@pytest.mark.parametrize(("t", "expected"), [(0.0, 1000.0), (1.0, 0.0)])
def test_the_matrix_form_of_logistic_regression_does_not_overflow(t, expected):
    assert logistic_regression([1000.0], 0.0, [1.0], t) == expected


@BOTH
def test_the_gradient_of_poisson_regression_vanishes_at_the_expected_count(form):
    gradients = poisson_regression.pullback(1.0, [0.0], 0.0, [3.0], 1, form=form)
    assert (gradients["w"].tolist(), gradients["b"]) == ([0.0], 0.0)


@BOTH
def test_a_point_outside_the_margin_leaves_the_support_vector_machine_alone(form):
    inputs = ([0.0], 2.0, [[5.0]], [1.0], 10.0)
    gradients = linear_support_vector_machine.pullback(1.0, *inputs, form=form)
    assert (gradients["w"].tolist(), gradients["b"]) == ([0.0], 0.0)


@BOTH
def test_an_unknown_rating_has_no_influence(form):
    P, Q, M = [[1.0], [2.0]], [[3.0]], [[1.0], [0.0]]
    values = [
        matrix_factorisation(P, Q, [[1.0], [r]], M, 0.5, form=form).item() for r in (0.0, 1e6)
    ]
    assert values[0] == values[1]


@BOTH
def test_a_factorisation_machine_multiplies_pairs_of_features(form):
    """y = 1 + 2·3 + 5·7 (v₁ᵀ v₂) with v₁ᵀ v₂ = 2 and weights of 0: 71, and t = 70."""
    inputs = (1.0, [0.0, 0.0], [[1.0, 1.0], [0.0, 2.0]], [5.0, 7.0], 70.0)
    assert factorisation_machine(*inputs, form=form) == 0.5


@BOTH
def test_a_noise_word_drawn_twice_counts_twice(form):
    v, u = np.ones((3, 1)), np.zeros((3, 1))
    gradient = skip_gram.pullback(1.0, v, u, 0, 1, [2, 2], form=form)["u"]
    assert gradient.tolist() == [[0.0], [-0.5], [1.0]]


@BOTH
def test_a_radial_basis_function_is_one_at_its_centre(form):
    sizes = {"j": 1, "i": 2, "k": 1}
    inputs = zeros(radial_basis_function_network, sizes, sigma=[2.0], w=[[3.0]], b=[1.0])
    assert radial_basis_function_network(*inputs, form=form) == 8.0


@BOTH
def test_a_mixture_of_one_component_is_the_normal_distribution(form):
    value = gaussian_mixture([1.0], [[3.0]], [[2.0]], [5.0], form=form)
    # -1/2 at one standard deviation, and the logarithm of the normalisation
    assert value == pytest.approx(-0.5 - math.log(2 * math.sqrt(2 * math.pi)), rel=1e-15)


@BOTH
def test_the_likelihoods_of_all_sequences_of_symbols_sum_to_one(form):
    pi, A = [0.25, 0.75], [[0.5, 0.5], [0.125, 0.875]]
    B = [[0.25, 0.25, 0.5], [0.5, 0.375, 0.125]]
    sequences = product(range(3), repeat=3)
    total = sum(math.exp(hidden_markov_model(pi, A, B, x, form=form)) for x in sequences)
    assert total == pytest.approx(1.0, rel=1e-14)  # 27 terms, each a few roundings off


def test_the_likelihood_of_a_long_sequence_does_not_underflow():
    x, half = np.zeros(3000, dtype=int), np.full((2, 2), 0.5)
    value = hidden_markov_model([0.5, 0.5], half, half, x)
    assert value == pytest.approx(-3000 * math.log(2), rel=1e-12)  # 3000 rounded terms


@BOTH
def test_the_probabilities_of_all_label_sequences_sum_to_one(form):
    u, a = [[0.5, -1.0], [2.0, 0.0], [-0.25, 1.0]], [[1.0, -0.5], [0.25, 0.0]]
    sequences = product(range(2), repeat=3)
    total = sum(math.exp(conditional_random_field(u, a, y, form=form)) for y in sequences)
    assert total == pytest.approx(1.0, rel=1e-14)  # 8 terms, each a few roundings off


def test_the_matrix_form_of_the_random_field_does_not_overflow():
    assert conditional_random_field([[2000.0, 0.0]] * 3, np.zeros((2, 2)), [0, 0, 0]) == 0.0


@BOTH
def test_a_gaussian_process_at_one_point_is_a_normal_distribution(form):
    value = gaussian_process([[7.0]], [3.0], 2.0, 1.0, math.sqrt(5.0), form=form)
    # variance 4 + 5, so that y = 3 is one standard deviation
    assert value == pytest.approx(-0.5 - math.log(3 * math.sqrt(2 * math.pi)), rel=1e-14)


@BOTH
def test_rewards_count_from_when_they_are_given(form):
    values = {"r": np.array([1.0, 2.0, 4.0]), "gamma": np.array(0.5)}
    assert policy_gradient.evaluate(form, values, ["G"])["G"].tolist() == [3.0, 4.0, 4.0]


@BOTH
def test_the_actor_critic_error_has_its_three_parts(form):
    """-A log ½ + c_V/2 (0 - 4)² - c_H log 2 for two equal scores."""
    sizes = {"k": 2, "i": 1}
    inputs = zeros(actor_critic, sizes, a=1, A=3.0, G=4.0, c_V=0.5, c_H=1.0)
    assert actor_critic(*inputs, form=form) == pytest.approx(2 * math.log(2) + 4, rel=1e-15)


@BOTH
def test_the_input_of_an_autoencoder_is_its_target_too(form):
    inputs = zeros(autoencoder, {"k": 1, "i": 2}, x=[1.0, -2.0])
    assert autoencoder.pullback(1.0, *inputs, form=form)["x"].tolist() == [1.0, -2.0]


@BOTH
def test_a_code_like_the_prior_costs_nothing(form):
    sizes = dict.fromkeys(variational_autoencoder.signature.names, 2)
    inputs = zeros(variational_autoencoder, sizes, x=[0.25, 0.5])
    value = variational_autoencoder(*inputs, form=form)
    assert value == pytest.approx(2 * math.log(2), rel=1e-15)


def repeated_noise_overwritten(delta_z, delta_q, v, c, o, s):
    gradient = np.zeros_like(v)
    gradient[o] = delta_z * v[c]
    gradient[s] = np.outer(delta_q, v[c])
    return gradient


def intercept_penalised(delta_z):
    return 1.5 * delta_z.sum()


def determinant_forgotten(delta_ell, alpha, P):
    return delta_ell * np.outer(alpha, alpha) / 2


def return_ignored(delta_E, log_pi, a, G):
    return delta_E * (np.exp(log_pi) - np.equal.outer(a, np.arange(log_pi.shape[-1])))


def normalisation_ignored(delta_ell, y, xi):
    return delta_ell * np.eye(len(xi))[y[:-1]].T @ np.eye(len(xi))[y[1:]]


MISTAKES = [
    (skip_gram, "delta_u", repeated_noise_overwritten),
    (ridge_regression, "delta_b", intercept_penalised),
    (gaussian_process, "delta_C", determinant_forgotten),
    (policy_gradient, "delta_z", return_ignored),
    (conditional_random_field, "delta_a", normalisation_ignored),
]


def planted(operation, name, body):
    """Return the operation with one equation's matrix form replaced, without its batch forms."""

    def rewritten(equation):
        matrix = body if equation.name == name else equation["matrix"]
        forms = {"scalar": equation["scalar"], "matrix": matrix}
        return Equation(equation.name, equation.parameters, forms)

    return replace(
        operation,
        forward=rewritten(operation.forward),
        gradients=[rewritten(equation) for equation in operation.gradients],
        where=[rewritten(equation) for equation in operation.where],
    )


@pytest.mark.parametrize(
    ("operation", "name", "body"), MISTAKES, ids=[body.__name__ for _, _, body in MISTAKES]
)
def test_a_mistake_in_the_matrix_form_is_found(operation, name, body):
    sizes = dict.fromkeys(operation.signature.names, 3)
    point = operation.sample(np.random.default_rng(3), sizes)
    findings = list(witnesses(planted(operation, name, body), point))
    wrong = {f.candidate for f in findings if f.verdict is Verdict.DISAGREE}
    assert wrong == {"matrix form"}
