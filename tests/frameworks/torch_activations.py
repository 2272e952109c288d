"""What PyTorch calls the activations; `functional.softplus` without its cut-off at 20."""

import torch
from torch.nn import functional


def concatenated_glu(z, g):
    """Return PyTorch's gated linear unit, which takes both parts as the halves of one vector."""
    return functional.glu(torch.cat((z, g), dim=-1))


ACTIVATIONS = {
    "identity": lambda z: z * 1,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": torch.relu,
    "leaky relu": functional.leaky_relu,
    "leaky relu, slope 0.25": lambda z: functional.leaky_relu(z, 0.25),
    "parametric relu": lambda alpha, z: functional.prelu(z, alpha),
    "elu": functional.elu,
    "elu, alpha 1.5": lambda z: functional.elu(z, 1.5),
    "selu": functional.selu,
    "celu": functional.celu,
    "celu, alpha 2": lambda z: functional.celu(z, 2.0),
    "gelu": functional.gelu,
    "gelu tanh form": lambda z: functional.gelu(z, approximate="tanh"),
    "silu": functional.silu,
    "mish": functional.mish,
    "softplus": lambda z: functional.softplus(z, threshold=700),
    "softsign": functional.softsign,
    "hard sigmoid": lambda z: functional.relu6(z + 3) / 6,  # hardsigmoid has 1/6 in float32
    "hard tanh": functional.hardtanh,
    "hard swish": functional.hardswish,
    "relu6": functional.relu6,
    "softmax": lambda z: functional.softmax(z, dim=-1),
    "log-softmax": lambda z: functional.log_softmax(z, dim=-1),
    "maxout": lambda z: z.max(dim=-1).values,
    "glu": concatenated_glu,
    "swiglu": lambda z, g: z * functional.silu(g),
}
