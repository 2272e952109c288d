"""What PyTorch calls the normalisations."""

from torch.nn import functional


def layer_norm(x, gamma, beta, epsilon):
    """Return the normalisation over the last axis."""
    return functional.layer_norm(x, x.shape[-1:], gamma, beta, float(epsilon))


def rms_norm(x, gamma, epsilon):
    """Return the root-mean-square normalisation over the last axis."""
    return functional.rms_norm(x, x.shape[-1:], gamma, float(epsilon))


def bias_alone(x, gamma, beta):
    """Return what is left of values that are normalised one by one, which PyTorch refuses."""
    return 0 * x * gamma + beta


def group_norm(x, gamma, beta, epsilon):
    """Return the group normalisation of channels that come split into groups."""
    groups, channels, places = x.shape[-3:]
    if channels * places == 1:
        return bias_alone(x, gamma[..., None], beta[..., None])
    rows = x.reshape(-1, groups * channels, places)
    y = functional.group_norm(rows, groups, gamma.flatten(), beta.flatten(), float(epsilon))
    return y.reshape(x.shape)


def instance_norm(x, gamma, beta, epsilon):
    """Return the group normalisation with one channel a group."""
    return group_norm(x[..., None, :], gamma[:, None], beta[:, None], epsilon)[..., 0, :]


def batch_norm(x, gamma, beta, epsilon):
    """Return the batch normalisation in training."""
    if len(x) == 1:
        return bias_alone(x, gamma, beta)
    return functional.batch_norm(x, None, None, gamma, beta, training=True, eps=float(epsilon))


NORMALISATIONS = {
    "batch normalisation": batch_norm,
    "layer normalisation": layer_norm,
    "group normalisation": group_norm,
    "instance normalisation": instance_norm,
    "RMS normalisation": rms_norm,
    "weight normalisation": lambda v, g: g[:, None] * functional.normalize(v, dim=1),
}
