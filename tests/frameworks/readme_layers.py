"""The layers of other frameworks that the README's examples call."""

from __future__ import annotations

import autograd.numpy as anp
import jax
import jax.numpy as jnp
import numpy as np
import torch
from autograd.extend import defvjp, primitive

rng = np.random.default_rng(0)
x = rng.standard_normal((5, 3))


class Exp(torch.autograd.Function):
    """The exponential, which keeps its result."""

    @staticmethod
    def forward(ctx, x):
        """Return e^x."""
        y = torch.exp(x)
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx, grad_output):
        """Return the cotangent times e^x."""
        (y,) = ctx.saved_tensors
        return grad_output * y


net = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.Tanh(), torch.nn.Linear(4, 2))


@jax.custom_vjp
def log1pexp(x):
    return jnp.logaddexp(x, 0)


log1pexp.defvjp(lambda x: (log1pexp(x), x), lambda x, g: (g * jax.nn.sigmoid(x),))


@primitive
def logsumexp(x):
    m = anp.max(x)
    return m + anp.log(anp.sum(anp.exp(x - m)))


defvjp(logsumexp, lambda ans, x: lambda g: g * anp.exp(x - ans))
