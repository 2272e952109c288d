"""Functions of torch.nn.functional, each with inputs at which it has a derivative.

One line a function: what is called, and on what.  Integers and booleans are held; numbers, tuples
and None are handed on as they are.
"""

from functools import partial

import torch
from torch.nn import functional as F  # noqa: N812 - its usual name


def apart(*shape):
    """Return numbers of both signs, in no order, at least 0.1 from 0 and from each other.

    So no maximum is tied, and no ReLU stands at its kink.
    """
    count = int(torch.tensor(shape).prod())
    places = torch.randperm(count, generator=torch.Generator().manual_seed(count))
    return (0.17 * (places - count // 2).double() + 0.11).reshape(shape)


def positive(*shape):
    """Return numbers from 0.1 to 0.9."""
    x = apart(*shape)
    return 0.1 + 0.8 * (x - x.min()) / (x.max() - x.min())


def distributions(*shape):
    """Return rows of probabilities."""
    return F.softmax(apart(*shape), dim=-1)


def signs(*shape):
    """Return 1 and -1."""
    return apart(*shape).sign()


def hot(*shape):
    """Return 1.0 and 0.0."""
    return (apart(*shape) > 0).double()


CLASSES = torch.tensor([2, 0, 3])

ACTIVATIONS = {
    "celu": (F.celu, [apart(3, 4)]),
    "elu": (F.elu, [apart(3, 4)]),
    "gelu": (F.gelu, [apart(3, 4)]),
    "gelu by tanh": (partial(F.gelu, approximate="tanh"), [apart(3, 4)]),
    "glu": (F.glu, [apart(3, 4)]),
    "hardshrink": (F.hardshrink, [apart(3, 4)]),
    "hardswish": (F.hardswish, [apart(3, 4)]),
    "hardtanh": (F.hardtanh, [apart(3, 4)]),
    "leaky_relu": (F.leaky_relu, [apart(3, 4)]),
    "log_softmax": (partial(F.log_softmax, dim=-1), [apart(3, 4)]),
    "logsigmoid": (F.logsigmoid, [apart(3, 4)]),
    "mish": (F.mish, [apart(3, 4)]),
    "prelu": (F.prelu, [apart(3, 4), apart(4)]),
    "relu": (F.relu, [apart(3, 4)]),
    "relu6": (F.relu6, [apart(3, 4)]),
    "rrelu": (F.rrelu, [apart(3, 4)]),
    "selu": (F.selu, [apart(3, 4)]),
    "sigmoid": (F.sigmoid, [apart(3, 4)]),
    "silu": (F.silu, [apart(3, 4)]),
    "softmax": (partial(F.softmax, dim=-1), [apart(3, 4)]),
    "softmin": (partial(F.softmin, dim=-1), [apart(3, 4)]),
    "softplus": (F.softplus, [apart(3, 4)]),
    "softshrink": (F.softshrink, [apart(3, 4)]),
    "softsign": (F.softsign, [apart(3, 4)]),
    "tanh": (F.tanh, [apart(3, 4)]),
    "tanhshrink": (F.tanhshrink, [apart(3, 4)]),
    "threshold": (F.threshold, [apart(3, 4), 0.3, -1.0]),
}

LAYERS = {
    "bilinear": (F.bilinear, [apart(3, 2), apart(3, 4), apart(5, 2, 4), apart(5)]),
    "conv1d": (F.conv1d, [apart(2, 3, 6), apart(4, 3, 2), apart(4)]),
    "conv2d": (F.conv2d, [apart(1, 2, 4, 4), apart(3, 2, 2, 2), apart(3), 2, 1]),
    "conv3d": (F.conv3d, [apart(1, 1, 3, 3, 3), apart(2, 1, 2, 2, 2)]),
    "conv_transpose1d": (F.conv_transpose1d, [apart(2, 3, 4), apart(3, 2, 2)]),
    "conv_transpose2d": (F.conv_transpose2d, [apart(1, 2, 3, 3), apart(2, 2, 2, 2), None, 2]),
    "embedding": (F.embedding, [torch.tensor([2, 0, 2]), apart(4, 3)]),
    "embedding_bag": (F.embedding_bag, [torch.tensor([[2, 0], [1, 1]]), apart(4, 3)]),
    "linear": (F.linear, [apart(3, 4), apart(2, 4), apart(2)]),
    "scaled_dot_product_attention": (
        F.scaled_dot_product_attention,
        [apart(2, 3, 4), apart(2, 5, 4), apart(2, 5, 3)],
    ),
    "causal attention": (
        partial(F.scaled_dot_product_attention, is_causal=True),
        [apart(3, 4), apart(3, 4), apart(3, 4)],
    ),
}

NORMALISATIONS = {
    "batch_norm": (
        partial(F.batch_norm, training=True),
        [apart(5, 3), None, None, apart(3), apart(3)],
    ),
    "group_norm": (F.group_norm, [apart(2, 4, 3), 2, apart(4), apart(4)]),
    "instance_norm": (F.instance_norm, [apart(2, 3, 5)]),
    "layer_norm": (F.layer_norm, [apart(3, 4), (4,), apart(4), apart(4)]),
    "local_response_norm": (F.local_response_norm, [apart(1, 4, 3), 3]),
    "normalize": (F.normalize, [apart(3, 4)]),
    "rms_norm": (F.rms_norm, [apart(3, 4), (4,), apart(4)]),
}

POOLING = {
    "adaptive_avg_pool1d": (F.adaptive_avg_pool1d, [apart(2, 3, 5), 2]),
    "adaptive_avg_pool2d": (F.adaptive_avg_pool2d, [apart(1, 2, 4, 5), (2, 3)]),
    "adaptive_max_pool1d": (F.adaptive_max_pool1d, [apart(2, 3, 5), 2]),
    "avg_pool1d": (F.avg_pool1d, [apart(2, 3, 5), 2]),
    "avg_pool2d": (F.avg_pool2d, [apart(1, 2, 4, 4), 2, 1, 1]),
    "avg_pool3d": (F.avg_pool3d, [apart(1, 1, 2, 4, 4), 2]),
    "lp_pool1d": (F.lp_pool1d, [positive(2, 3, 6), 2.0, 2]),
    "max_pool1d": (F.max_pool1d, [apart(2, 3, 5), 2]),
    "max_pool2d": (F.max_pool2d, [apart(1, 2, 4, 4), 2]),
    "max_pool3d": (F.max_pool3d, [apart(1, 1, 2, 4, 4), 2]),
    "max_unpool1d": (F.max_unpool1d, [apart(1, 1, 2), torch.tensor([[[1, 2]]]), 2]),
}

PLACES = {
    "affine_grid": (F.affine_grid, [apart(1, 2, 3), (1, 1, 2, 3), False]),
    "channel_shuffle": (F.channel_shuffle, [apart(1, 4, 2, 2), 2]),
    "dropout": (F.dropout, [apart(3, 4), 0.5]),
    "alpha_dropout": (partial(F.alpha_dropout, training=True), [apart(3, 4)]),
    "fold": (F.fold, [apart(1, 4, 4), (3, 3), (2, 2)]),
    "grid_sample": (
        partial(F.grid_sample, align_corners=False),
        [apart(1, 1, 3, 3), 0.5 * positive(1, 2, 2, 2)],
    ),
    "interpolate": (
        partial(F.interpolate, scale_factor=2, mode="bilinear", align_corners=False),
        [apart(1, 1, 3, 3)],
    ),
    "bicubic interpolate": (partial(F.interpolate, size=5, mode="bicubic"), [apart(1, 1, 3, 3)]),
    "pad": (F.pad, [apart(2, 3), (1, 2), "constant", 0.5]),
    "reflecting pad": (F.pad, [apart(1, 4, 4), (1, 2, 2, 1), "reflect"]),
    "pixel_shuffle": (F.pixel_shuffle, [apart(1, 4, 2, 2), 2]),
    "pixel_unshuffle": (F.pixel_unshuffle, [apart(1, 1, 4, 4), 2]),
    "unfold": (F.unfold, [apart(1, 2, 3, 3), 2]),
}

DISTANCES = {
    "cosine_similarity": (F.cosine_similarity, [apart(3, 4), apart(4, 4)[1:].flip(0)]),
    "pairwise_distance": (F.pairwise_distance, [apart(3, 4), apart(4, 4)[1:].flip(0)]),
    "pdist": (F.pdist, [apart(4, 3)]),
}

LOSSES = {
    "binary_cross_entropy": (F.binary_cross_entropy, [positive(3, 4), positive(3, 4).flip(0)]),
    "binary_cross_entropy_with_logits": (
        partial(F.binary_cross_entropy_with_logits, pos_weight=positive(4)),
        [apart(3, 4), positive(3, 4)],
    ),
    "cosine_embedding_loss": (
        partial(F.cosine_embedding_loss, margin=-0.9),
        [apart(3, 4), apart(4, 4)[1:].flip(0), torch.tensor([1, -1, 1])],
    ),
    "cross_entropy": (F.cross_entropy, [apart(3, 4), CLASSES]),
    "cross_entropy with probabilities": (F.cross_entropy, [apart(3, 4), distributions(4, 4)[1:]]),
    "ctc_loss after log_softmax": (
        lambda x, *others: F.ctc_loss(F.log_softmax(x, dim=-1), *others),
        [apart(6, 1, 4), torch.tensor([[1, 2, 1]]), (6,), (3,)],
    ),
    "gaussian_nll_loss": (
        F.gaussian_nll_loss,
        [apart(3, 4), apart(4, 4)[1:].flip(0), positive(3, 4)],
    ),
    "hinge_embedding_loss": (
        F.hinge_embedding_loss,
        [positive(3, 4), torch.tensor([1, -1, 1, -1])],
    ),
    "huber_loss": (F.huber_loss, [apart(3, 4), positive(3, 4)]),
    "kl_div": (
        partial(F.kl_div, reduction="batchmean"),
        [distributions(3, 4).log(), distributions(3, 4).flip(0)],
    ),
    "l1_loss": (F.l1_loss, [apart(3, 4), positive(3, 4)]),
    "margin_ranking_loss": (
        F.margin_ranking_loss,
        [apart(4), 1.3 * apart(4).flip(0), torch.tensor([1, -1, 1, -1])],
    ),
    "mse_loss": (F.mse_loss, [apart(3, 4), positive(3, 4)]),
    "multi_margin_loss": (F.multi_margin_loss, [apart(3, 4), CLASSES]),
    "multilabel_margin_loss": (
        F.multilabel_margin_loss,
        [apart(1, 4), torch.tensor([[3, 0, -1, 1]])],
    ),
    "multilabel_soft_margin_loss": (F.multilabel_soft_margin_loss, [apart(3, 4), hot(3, 4)]),
    "nll_loss": (F.nll_loss, [distributions(3, 4).log(), CLASSES]),
    "poisson_nll_loss": (F.poisson_nll_loss, [apart(3, 4), positive(3, 4)]),
    "smooth_l1_loss": (F.smooth_l1_loss, [apart(3, 4), positive(3, 4)]),
    "soft_margin_loss": (F.soft_margin_loss, [apart(3, 4), signs(3, 4).long()]),
    "triplet_margin_loss": (
        F.triplet_margin_loss,
        [apart(3, 4), apart(4, 4)[1:].flip(0), apart(3, 4).flip(1)],
    ),
}

NO_DERIVATIVES = {
    # its backward leaves the derivative of log_softmax out and in at once: right only behind one
    "ctc_loss": (
        F.ctc_loss,
        [distributions(6, 1, 4).log(), torch.tensor([[1, 2, 1]]), (6,), (3,)],
    ),
    # forward divides by 6, backward multiplies by 1/6 rounded to float32
    "hardsigmoid": (F.hardsigmoid, [apart(3, 4)]),
}
"""What autograd returns for these is not the derivative, in float64."""

FUNCTIONALS = {
    **ACTIVATIONS,
    **LAYERS,
    **NORMALISATIONS,
    **POOLING,
    **PLACES,
    **DISTANCES,
    **LOSSES,
}
"""By the names of torch.nn.functional, or words where one is called in two ways."""
