"""What PyTorch calls attention, position encodings, and the blocks made of them."""

import torch
from torch.nn import functional

from tests.frameworks.torch_normalisation import layer_norm
from tests.frameworks.torch_recurrence import cross_entropy


def attention(q, k, v, m=None, *, causal=False):
    """Return PyTorch's attention; its mask says where a query may look."""
    allowed = None if m is None else m == 1
    return functional.scaled_dot_product_attention(q, k, v, attn_mask=allowed, is_causal=causal)


def to_context(w_q, x, w_k, c, w_v, w_o, *, causal=False):
    """Return attention in many heads, which PyTorch has along axis -3."""
    pairs = (w_q, x), (w_k, c), (w_v, c)
    q, k, v = (torch.einsum("hdi,...ti->...htd", w, seen) for w, seen in pairs)
    return torch.einsum("khd,...htd->...tk", w_o, attention(q, k, v, causal=causal))


def to_itself(w_q, x, w_k, w_v, w_o, *, causal=False):
    """Return multi-head attention of a sequence to itself."""
    return to_context(w_q, x, w_k, x, w_v, w_o, causal=causal)


def rotary(x, base):
    """Return the pairs as complex numbers, multiplied by numbers of size 1."""
    t, c = (torch.arange(size, dtype=torch.float64) for size in x.shape[-3:-1])
    angles = torch.outer(t, base ** (-c / len(c)))
    turns = torch.polar(torch.ones_like(angles), angles)
    return torch.view_as_real(torch.view_as_complex(x) * turns)


def sinusoidal(x, base):
    """Return the input plus sines and cosines, interleaved."""
    t, d = (torch.arange(size, dtype=torch.float64) for size in x.shape[-2:])
    angles = torch.outer(t, base ** (-2 * (d // 2) / len(d)))
    return x + torch.where(d % 2 == 0, torch.sin(angles), torch.cos(angles))


def dense_layers(x, w1, b1, w2, b2):
    """Return what two dense layers make of every position."""
    return functional.linear(torch.relu(functional.linear(x, w1, b1)), w2, b2)


def encoder(w_q, x, w_k, w_v, w_o, gamma1, beta1, epsilon, w1, b1, w2, b2, gamma2, beta2):
    """Return the encoder block, normalised after its sums."""
    g = layer_norm(x + to_itself(w_q, x, w_k, w_v, w_o), gamma1, beta1, epsilon)
    return layer_norm(g + dense_layers(g, w1, b1, w2, b2), gamma2, beta2, epsilon)


def decoder(*inputs):
    """Return the decoder block: causal attention, attention to c, dense layers."""
    w_q1, x, w_k1, w_v1, w_o1, gamma1, beta1, epsilon, *inputs = inputs
    w_q2, w_k2, c, w_v2, w_o2, gamma2, beta2, *inputs = inputs
    w1, b1, w2, b2, gamma3, beta3 = inputs
    said = to_itself(w_q1, x, w_k1, w_v1, w_o1, causal=True)
    g = layer_norm(x + said, gamma1, beta1, epsilon)
    q = layer_norm(g + to_context(w_q2, g, w_k2, c, w_v2, w_o2), gamma2, beta2, epsilon)
    return layer_norm(q + dense_layers(q, w1, b1, w2, b2), gamma3, beta3, epsilon)


def classifier(x, base, w_q, *inputs):
    """Return the loss of the encoder block's last position."""
    *own, v, s, t = inputs
    y = encoder(w_q, sinusoidal(x, base), *own)
    return cross_entropy(functional.linear(y[..., -1, :], v, s), t)


def residual(w1, x, b1, w2, b2, t):
    """Return half the squared error of the input plus what two dense layers make of it."""
    y = x + dense_layers(x, w1, b1, w2, b2)
    return functional.mse_loss(y, t, reduction="sum") / 2


ATTENTION = {
    "scaled dot-product attention": attention,
    "scaled dot-product attention, masked": attention,
    "scaled dot-product attention, causal": lambda q, k, v: attention(q, k, v, causal=True),
    "multi-head attention": to_itself,
    "multi-head attention, causal": lambda *inputs: to_itself(*inputs, causal=True),
    "multi-head attention, to a context": to_context,
    "rotary position encoding": rotary,
    "sinusoidal position encoding": sinusoidal,
    "Transformer encoder block": encoder,
    "Transformer decoder block": decoder,
    "Transformer classifier": classifier,
    "residual block": residual,
}
