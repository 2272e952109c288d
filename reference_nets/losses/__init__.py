"""Losses, one textbook name a file; each says whether it sums or averages over inputs."""

from reference_nets.losses.absolute_error import absolute_error
from reference_nets.losses.binary_cross_entropy import binary_cross_entropy
from reference_nets.losses.binary_cross_entropy_from_logits import binary_cross_entropy_from_logits
from reference_nets.losses.class_weighted_cross_entropy import class_weighted_cross_entropy
from reference_nets.losses.connectionist_temporal_classification import (
    connectionist_temporal_classification,
)
from reference_nets.losses.contrastive_loss import contrastive_loss
from reference_nets.losses.cosine_embedding_loss import cosine_embedding_loss
from reference_nets.losses.crammer_singer_hinge_loss import crammer_singer_hinge_loss
from reference_nets.losses.cross_entropy import cross_entropy
from reference_nets.losses.dice_loss import dice_loss
from reference_nets.losses.focal_loss import focal_loss
from reference_nets.losses.gaussian_negative_log_likelihood import gaussian_negative_log_likelihood
from reference_nets.losses.hinge_loss import hinge_loss
from reference_nets.losses.huber_loss import huber_loss
from reference_nets.losses.infonce import infonce
from reference_nets.losses.kullback_leibler_divergence import kullback_leibler_divergence
from reference_nets.losses.log_cosh import log_cosh
from reference_nets.losses.negative_log_likelihood import negative_log_likelihood
from reference_nets.losses.poisson_negative_log_likelihood import poisson_negative_log_likelihood
from reference_nets.losses.quantile_loss import quantile_loss
from reference_nets.losses.softmax_cross_entropy import softmax_cross_entropy
from reference_nets.losses.squared_error import squared_error
from reference_nets.losses.triplet_margin_loss import triplet_margin_loss
from reference_nets.losses.weston_watkins_hinge_loss import weston_watkins_hinge_loss

LOSSES = (
    squared_error,
    absolute_error,
    huber_loss(threshold=1.0),
    log_cosh,
    quantile_loss(level=0.9),
    binary_cross_entropy,
    binary_cross_entropy_from_logits,
    focal_loss(focus=2.0, balance=0.25),
    softmax_cross_entropy,
    cross_entropy(),
    cross_entropy(label_smoothing=0.1),
    cross_entropy(ignored_index=-1),
    class_weighted_cross_entropy,
    negative_log_likelihood,
    kullback_leibler_divergence,
    poisson_negative_log_likelihood,
    gaussian_negative_log_likelihood,
    hinge_loss,
    weston_watkins_hinge_loss,
    crammer_singer_hinge_loss,
    dice_loss(smoothing=1.0),
    cosine_embedding_loss(margin=0.25),
    contrastive_loss(margin=2.0),
    triplet_margin_loss(margin=1.0),
    infonce(temperature=0.5),
    connectionist_temporal_classification,
)

__all__ = [
    "LOSSES",
    "absolute_error",
    "binary_cross_entropy",
    "binary_cross_entropy_from_logits",
    "class_weighted_cross_entropy",
    "connectionist_temporal_classification",
    "contrastive_loss",
    "cosine_embedding_loss",
    "crammer_singer_hinge_loss",
    "cross_entropy",
    "dice_loss",
    "focal_loss",
    "gaussian_negative_log_likelihood",
    "hinge_loss",
    "huber_loss",
    "infonce",
    "kullback_leibler_divergence",
    "log_cosh",
    "negative_log_likelihood",
    "poisson_negative_log_likelihood",
    "quantile_loss",
    "softmax_cross_entropy",
    "squared_error",
    "triplet_margin_loss",
    "weston_watkins_hinge_loss",
]
