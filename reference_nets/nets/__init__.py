"""Nets, loss included, one textbook name a file."""

from reference_nets.layers.elman import elman
from reference_nets.layers.gru import gru
from reference_nets.layers.lstm import lstm
from reference_nets.nets.actor_critic import actor_critic
from reference_nets.nets.autoencoder import autoencoder
from reference_nets.nets.character_language_model import character_language_model
from reference_nets.nets.conditional_random_field import conditional_random_field
from reference_nets.nets.factorisation_machine import factorisation_machine
from reference_nets.nets.gaussian_mixture import gaussian_mixture
from reference_nets.nets.gaussian_process import gaussian_process
from reference_nets.nets.hidden_markov_model import hidden_markov_model
from reference_nets.nets.lenet import lenet
from reference_nets.nets.linear_regression import linear_regression
from reference_nets.nets.linear_support_vector_machine import linear_support_vector_machine
from reference_nets.nets.logistic_regression import logistic_regression
from reference_nets.nets.matrix_factorisation import matrix_factorisation
from reference_nets.nets.multilayer_perceptron import multilayer_perceptron
from reference_nets.nets.poisson_regression import poisson_regression
from reference_nets.nets.policy_gradient import policy_gradient
from reference_nets.nets.radial_basis_function_network import radial_basis_function_network
from reference_nets.nets.residual_block import residual_block
from reference_nets.nets.ridge_regression import ridge_regression
from reference_nets.nets.sequence_classifier import sequence_classifier
from reference_nets.nets.skip_gram import skip_gram
from reference_nets.nets.softmax_regression import softmax_regression
from reference_nets.nets.transformer_classifier import transformer_classifier
from reference_nets.nets.transformer_decoder_block import transformer_decoder_block
from reference_nets.nets.transformer_encoder_block import transformer_encoder_block
from reference_nets.nets.variational_autoencoder import variational_autoencoder

NETS = (
    multilayer_perceptron(2),
    multilayer_perceptron(3),
    lenet,
    autoencoder,
    variational_autoencoder,
    linear_regression,
    ridge_regression,
    logistic_regression,
    softmax_regression,
    poisson_regression,
    linear_support_vector_machine,
    matrix_factorisation,
    factorisation_machine,
    skip_gram,
    radial_basis_function_network,
    gaussian_mixture,
    hidden_markov_model,
    conditional_random_field,
    gaussian_process,
    policy_gradient,
    actor_critic,
    sequence_classifier(elman),
    sequence_classifier(lstm()),
    sequence_classifier(gru),
    character_language_model,
    residual_block,
    transformer_encoder_block,
    transformer_decoder_block,
    transformer_classifier,
)

__all__ = [
    "NETS",
    "actor_critic",
    "autoencoder",
    "character_language_model",
    "conditional_random_field",
    "factorisation_machine",
    "gaussian_mixture",
    "gaussian_process",
    "hidden_markov_model",
    "lenet",
    "linear_regression",
    "linear_support_vector_machine",
    "logistic_regression",
    "matrix_factorisation",
    "multilayer_perceptron",
    "poisson_regression",
    "policy_gradient",
    "radial_basis_function_network",
    "residual_block",
    "ridge_regression",
    "sequence_classifier",
    "skip_gram",
    "softmax_regression",
    "transformer_classifier",
    "transformer_decoder_block",
    "transformer_encoder_block",
    "variational_autoencoder",
]
