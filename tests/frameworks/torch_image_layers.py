"""What PyTorch calls convolutions, pooling, resampling and padding, and the nets made of them."""

import torch
from torch.nn import functional


def convolution_1d(**options):
    return lambda w, a, b: functional.conv1d(a, w, b, **options)


def convolution_2d(**options):
    return lambda w, a, b: functional.conv2d(a, w, b, **options)


def depthwise_convolution(**options):
    return lambda w, a, b: functional.conv2d(a, w[:, None], b, groups=len(w), **options)


def transposed_convolution_1d(**options):
    return lambda w, a, b: functional.conv_transpose1d(a, w, b, **options)


def transposed_convolution_2d(**options):
    return lambda w, a, b: functional.conv_transpose2d(a, w, b, **options)


def upsampling(**options):
    """Return the interpolation, for which PyTorch wants a batch."""

    def upsampled(x):
        if x.ndim == 4:
            return functional.interpolate(x, **options)
        return functional.interpolate(x[None], **options)[0]

    return upsampled


def lenet(w1, a0, b1, w2, b2, w3, b3, w4, b4, t):
    """Return the loss, averaged over the inputs of a batch."""
    y1 = functional.avg_pool2d(torch.tanh(functional.conv2d(a0, w1, b1)), 2)
    y2 = functional.avg_pool2d(torch.tanh(functional.conv2d(y1, w2, b2)), 2)
    a3 = torch.tanh(functional.linear(y2.flatten(-3), w3, b3))
    return functional.cross_entropy(functional.linear(a3, w4, b4), t)


POOLED = {"kernel_size": 2}
PADDED = {"kernel_size": 3, "stride": 2, "padding": 1}

IMAGE_LAYERS = {
    "convolution 1d": convolution_1d(),
    "convolution 1d, stride 2, padding 1, dilation 2": convolution_1d(
        stride=2, padding=1, dilation=2
    ),
    "convolution 1d, groups 2": convolution_1d(groups=2),
    "convolution 2d": convolution_2d(),
    "convolution 2d, stride 2, padding 1": convolution_2d(stride=2, padding=1),
    "convolution 2d, dilation 2": convolution_2d(dilation=2),
    "convolution 2d, groups 2": convolution_2d(groups=2),
    "depthwise convolution": depthwise_convolution(),
    "depthwise convolution, stride 2, padding 1": depthwise_convolution(stride=2, padding=1),
    "transposed convolution 1d": transposed_convolution_1d(),
    "transposed convolution 1d, stride 2, padding 1": transposed_convolution_1d(
        stride=2, padding=1
    ),
    "transposed convolution 2d": transposed_convolution_2d(),
    "transposed convolution 2d, stride 2, padding 1": transposed_convolution_2d(
        stride=2, padding=1
    ),
    "max pooling 1d, window 2, stride 2": lambda x: functional.max_pool1d(x, **POOLED),
    "max pooling 1d, window 3, stride 2, padding 1": lambda x: functional.max_pool1d(x, **PADDED),
    "max pooling 2d, window 2, stride 2": lambda x: functional.max_pool2d(x, **POOLED),
    "max pooling 2d, window 3, stride 2, padding 1": lambda x: functional.max_pool2d(x, **PADDED),
    "average pooling 1d, window 2, stride 2": lambda x: functional.avg_pool1d(x, **POOLED),
    "average pooling 1d, window 3, stride 2, padding 1": lambda x: functional.avg_pool1d(
        x, **PADDED
    ),
    "average pooling 2d, window 2, stride 2": lambda x: functional.avg_pool2d(x, **POOLED),
    "average pooling 2d, window 3, stride 2, padding 1": lambda x: functional.avg_pool2d(
        x, **PADDED
    ),
    "global average pooling": lambda x: functional.adaptive_avg_pool2d(x, 1)[..., 0, 0],
    "adaptive average pooling 1d, 3 outputs": lambda x: functional.adaptive_avg_pool1d(x, 3),
    "adaptive average pooling 2d, 2 by 3": lambda x: functional.adaptive_avg_pool2d(x, (2, 3)),
    "nearest upsampling, factor 2": upsampling(scale_factor=2, mode="nearest"),
    "bilinear upsampling, factor 2": upsampling(scale_factor=2, mode="bilinear"),
    "bilinear upsampling, factor 3": upsampling(scale_factor=3, mode="bilinear"),
    "bilinear upsampling, factor 2, aligned corners": upsampling(
        scale_factor=2, mode="bilinear", align_corners=True
    ),
    "zero padding, width 1": lambda x: functional.pad(x, [1] * 4),
    "reflection padding, width 2": lambda x: functional.pad(x, [2] * 4, mode="reflect"),
}
IMAGE_NETS = {"lenet": lenet}
