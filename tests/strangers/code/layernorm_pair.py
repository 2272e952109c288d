import numpy as np


def layernorm_forward(x, gamma, beta):
    eps = 1e-5
    mean = x.mean(axis=1, keepdims=True)
    std = np.sqrt(x.var(axis=1, keepdims=True) + eps)
    x_norm = (x - mean) / std
    out = gamma * x_norm + beta
    cache = (x_norm, std, gamma)
    return out, cache


def layernorm_backward(dout, cache):
    x_norm, std, gamma = cache
    D = dout.shape[1]
    dgamma = (dout * x_norm).sum(axis=0)
    dbeta = dout.sum(axis=0)
    d = dout * gamma
    dx = d - d.sum(axis=1, keepdims=True) / D - x_norm * (d * x_norm).sum(axis=1, keepdims=True) / D
    return dx / std, dgamma, dbeta
