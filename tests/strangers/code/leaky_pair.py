import numpy as np


def leaky_relu_forward(x, alpha=0.2):
    out = np.where(x > 0, x, alpha * x)
    cache = x, alpha
    return out, cache


def leaky_relu_backward(dout, cache):
    x, alpha = cache
    dx = np.where(x > 0, 1.0, alpha) * dout
    return dx
