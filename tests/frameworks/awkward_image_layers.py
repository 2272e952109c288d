"""Where right convolutions and poolings differ most: borders, ties, inputs that no window sees."""

import numpy as np

LINE = [[0.0, 0.0, -1.0, -1.0, 2.0, 2.0, 1e-8], [5.0, 1e8, -1e8, 1.0, 1.0, -0.0, 3.0]]
TIES = np.array([[1.0, 1.0, 0.0, -2.0], [1.0, 1.0, 0.0, -2.0], [0.0, -0.0, 0.0, 3.0]])
MAPS = np.stack([TIES, np.zeros((3, 4)), -TIES * 1e8, TIES - 500])


def weights(*shape):
    """Return weights of few sizes and both signs, which cancel against each other."""
    return np.resize([1.0, -1.0, 0.0, 500.0, -1e-8], shape)


def convolved(w, a):
    """Return the inputs of a convolution, without and with a bias."""
    k = len(w)
    return [{"w": w, "a": a, "b": np.zeros(k)}, {"w": w, "a": a, "b": np.linspace(-1, 1, k)}]


def transposed(w, a):
    """Return the inputs of a transposed convolution, whose weights list the outputs second."""
    k = w.shape[1]
    return [{"w": w, "a": a, "b": np.zeros(k)}, {"w": w, "a": a, "b": np.linspace(-1, 1, k)}]


ONE_WINDOW = {"w": np.ones((1, 4, 3, 4)), "a": MAPS, "b": np.zeros(1)}
"""A window as large as the input: a single output."""

LENET = {
    "w1": weights(2, 1, 3, 3) / 500, "b1": np.zeros(2), "w2": weights(3, 2, 2, 2) / 10,
    "b2": np.ones(3), "w3": weights(4, 3) / 10, "b3": np.zeros(4), "w4": weights(3, 4) / 10,
    "b4": np.zeros(3), "a0": np.resize(TIES, (1, 8, 8)), "t": np.eye(3)[1],
}  # fmt: skip

LINES, IMAGES = [{"x": LINE}, {"x": np.zeros((1, 5))}], [{"x": MAPS}, {"x": np.zeros((1, 5, 5))}]
AWKWARD_BY_KIND = {
    "convolution 1d": convolved(weights(3, 2, 3), np.array(LINE)),
    "convolution 1d, groups": convolved(weights(4, 1, 3), np.array(LINE)),
    "convolution 2d": [*convolved(weights(3, 4, 2, 2), MAPS), ONE_WINDOW],
    "convolution 2d, dilation": convolved(weights(3, 4, 2, 2), MAPS),
    "convolution 2d, groups": convolved(weights(6, 2, 2, 2), MAPS),
    "depthwise convolution": convolved(weights(4, 2, 2), MAPS),
    "transposed convolution 1d": transposed(weights(2, 3, 3), np.array(LINE)),
    "transposed convolution 2d": transposed(weights(4, 3, 3, 2), MAPS),
}
VARIANTS = {
    "convolution 1d": ["", ", stride 2, padding 1, dilation 2"],
    "convolution 2d": ["", ", stride 2, padding 1"],
    "depthwise convolution": ["", ", stride 2, padding 1"],
    "transposed convolution 1d": ["", ", stride 2, padding 1"],
    "transposed convolution 2d": ["", ", stride 2, padding 1"],
}
POOLING = [", window 2, stride 2", ", window 3, stride 2, padding 1"]

IMAGE_LAYERS = {
    **{kind + v: AWKWARD_BY_KIND[kind] for kind, variants in VARIANTS.items() for v in variants},
    "convolution 1d, groups 2": AWKWARD_BY_KIND["convolution 1d, groups"],
    "convolution 2d, dilation 2": AWKWARD_BY_KIND["convolution 2d, dilation"],
    "convolution 2d, groups 2": AWKWARD_BY_KIND["convolution 2d, groups"],
    **{kind + v: LINES for kind in ("max pooling 1d", "average pooling 1d") for v in POOLING},
    **{kind + v: IMAGES for kind in ("max pooling 2d", "average pooling 2d") for v in POOLING},
    "adaptive average pooling 1d, 3 outputs": LINES,
    "global average pooling": IMAGES,
    "adaptive average pooling 2d, 2 by 3": IMAGES,
    "nearest upsampling, factor 2": IMAGES,
    "bilinear upsampling, factor 2": IMAGES,
    "bilinear upsampling, factor 3": IMAGES,
    "bilinear upsampling, factor 2, aligned corners": IMAGES,
    "zero padding, width 1": IMAGES,
    "reflection padding, width 2": IMAGES,
}
IMAGE_NETS = {"lenet": [LENET]}
