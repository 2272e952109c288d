"""Activations, one textbook name a file: each function h and its derivative h'."""

from reference_nets.activations.celu import celu
from reference_nets.activations.elu import elu
from reference_nets.activations.gelu import gelu
from reference_nets.activations.gelu_tanh_form import gelu_tanh_form
from reference_nets.activations.glu import glu
from reference_nets.activations.hard_sigmoid import hard_sigmoid
from reference_nets.activations.hard_swish import hard_swish
from reference_nets.activations.hard_tanh import hard_tanh
from reference_nets.activations.identity import identity
from reference_nets.activations.leaky_relu import leaky_relu
from reference_nets.activations.log_softmax import log_softmax
from reference_nets.activations.maxout import maxout
from reference_nets.activations.mish import mish
from reference_nets.activations.parametric_relu import parametric_relu
from reference_nets.activations.relu import relu
from reference_nets.activations.relu6 import relu6
from reference_nets.activations.selu import selu
from reference_nets.activations.sigmoid import sigmoid
from reference_nets.activations.silu import silu
from reference_nets.activations.softmax import softmax
from reference_nets.activations.softplus import softplus
from reference_nets.activations.softsign import softsign
from reference_nets.activations.swiglu import swiglu
from reference_nets.activations.tanh import tanh

ACTIVATIONS = (
    identity,
    sigmoid,
    tanh,
    relu,
    leaky_relu(),
    leaky_relu(alpha=0.25),
    parametric_relu,
    elu(),
    elu(alpha=1.5),
    selu,
    celu(),
    celu(alpha=2.0),
    gelu,
    gelu_tanh_form,
    silu,
    mish,
    softplus,
    softsign,
    hard_sigmoid,
    hard_tanh,
    hard_swish,
    relu6,
    softmax,
    log_softmax,
    maxout,
    glu,
    swiglu,
)

__all__ = [
    "ACTIVATIONS",
    "celu",
    "elu",
    "gelu",
    "gelu_tanh_form",
    "glu",
    "hard_sigmoid",
    "hard_swish",
    "hard_tanh",
    "identity",
    "leaky_relu",
    "log_softmax",
    "maxout",
    "mish",
    "parametric_relu",
    "relu",
    "relu6",
    "selu",
    "sigmoid",
    "silu",
    "softmax",
    "softplus",
    "softsign",
    "swiglu",
    "tanh",
]
