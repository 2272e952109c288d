"""What PyTorch calls the losses, and where it has none, the closed form in its functions."""

import math

import torch
from torch.nn import functional


def mean_over_inputs(loss):
    """Return a loss that is summed over outputs and averaged over the rows of its first input."""

    def averaged(y, *others):
        return loss(y, *others, reduction="sum") / (len(y) if y.ndim == 2 else 1)

    return averaged


def added(entrywise):
    """Return the loss that adds up a function of each entry, averaged over the rows."""
    return mean_over_inputs(lambda *inputs, reduction: entrywise(*inputs).sum())


def of_rows(loss):
    """Return the average of a loss over the rows of its inputs, or the loss of a single input."""

    def averaged(*inputs):
        single = inputs[0].ndim == 1
        rows = [x[None] for x in inputs] if single else inputs
        return loss(*rows, reduction="sum") / len(rows[0])

    return averaged


def log_cosh(y, t):
    r = abs(y - t)
    return r + functional.softplus(-2 * r) - math.log(2)


def pinball(y, t):
    return torch.where(t >= y, 0.9 * (t - y), 0.1 * (y - t))


def focal(z, t):
    """Return what torchvision's sigmoid_focal_loss computes, by tails that do not cancel."""
    s, weight = (2 * t - 1) * z, 0.25 * t + 0.75 * (1 - t)
    return -weight * torch.sigmoid(-s) ** 2 * functional.logsigmoid(s)


def weston_watkins(z, t, reduction):
    """Undo PyTorch's division by the number of classes."""
    return functional.multi_margin_loss(z, t, reduction=reduction) * z.shape[1]


def crammer_singer(z, t, reduction):
    hot = functional.one_hot(t, z.shape[1])
    rival = torch.argmax(z + 1 - hot, dim=1, keepdim=True)
    return ((z + 1 - hot).gather(1, rival) - z.gather(1, t[:, None])).sum()


def dice(y, t, reduction):
    overlap = 2 * (y * t).sum(dim=1) + 1
    return (1 - overlap / ((y**2).sum(dim=1) + (t**2).sum(dim=1) + 1)).sum()


def cosine_embedding(x, y, t, reduction):
    """Take PyTorch's cosine: its loss adds 1e-12 to the squared lengths."""
    c = functional.cosine_similarity(x, y)
    return torch.where(t == 1, 1 - c, torch.relu(c - 0.25)).sum()


def contrastive(x, y, t, reduction):
    d = torch.linalg.vector_norm(x - y, dim=1)
    return (t * d**2 + (1 - t) * torch.relu(2 - d) ** 2).sum() / 2


def triplet_margin(a, p, q, reduction):
    return functional.triplet_margin_loss(a, p, q, eps=0.0, reduction=reduction)


def infonce(x, y):
    return functional.cross_entropy(x @ y.T / 0.5, torch.arange(len(x)))


def ctc(z, l):
    """Return PyTorch's loss, which takes time first, then the batch."""
    z, l = (z[None], l[None]) if z.ndim == 2 else (z, l)
    N, T, U = *z.shape[:2], l.shape[1]
    log_y = functional.log_softmax(z, dim=-1).transpose(0, 1)
    return functional.ctc_loss(log_y, l, (T,) * N, (U,) * N, reduction="sum") / N


def cross_entropy(**options):
    return lambda z, t: functional.cross_entropy(z, t, reduction="sum", **options)


LOSSES = {
    "squared error": lambda y, t: functional.mse_loss(y, t, reduction="sum") / 2,
    "absolute error": mean_over_inputs(functional.l1_loss),
    "Huber loss, threshold 1": mean_over_inputs(functional.huber_loss),
    "log cosh": added(log_cosh),
    "quantile loss, level 0.9": added(pinball),
    "binary cross-entropy": mean_over_inputs(functional.binary_cross_entropy),
    "binary cross-entropy from logits": mean_over_inputs(
        functional.binary_cross_entropy_with_logits
    ),
    "focal loss, focus 2, balance 0.25": added(focal),
    "softmax cross-entropy": mean_over_inputs(functional.cross_entropy),
    "cross-entropy": cross_entropy(),
    "cross-entropy, smoothed by 0.1": cross_entropy(label_smoothing=0.1),
    "cross-entropy, ignoring -1": cross_entropy(ignore_index=-1),
    "class-weighted cross-entropy": functional.cross_entropy,
    "negative log-likelihood": mean_over_inputs(functional.nll_loss),
    "Kullback-Leibler divergence": added(
        lambda p, q: functional.kl_div(q.log(), p, reduction="none")
    ),
    "Poisson negative log-likelihood": mean_over_inputs(functional.poisson_nll_loss),
    "Gaussian negative log-likelihood": added(
        lambda y, v, t: functional.gaussian_nll_loss(y, t, v, eps=0.0, reduction="none")
    ),
    "hinge loss": added(lambda y, t: torch.relu(1 - t * y)),
    "Weston-Watkins hinge loss": of_rows(weston_watkins),
    "Crammer-Singer hinge loss": of_rows(crammer_singer),
    "Dice loss, smoothing 1": of_rows(dice),
    "cosine embedding loss, margin 0.25": of_rows(cosine_embedding),
    "contrastive loss, margin 2": of_rows(contrastive),
    "triplet margin loss, margin 1": of_rows(triplet_margin),
    "InfoNCE, temperature 0.5": infonce,
    "connectionist temporal classification": ctc,
}
