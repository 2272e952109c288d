import numpy as np


def softmax_loss(x, y):
    """Loss and gradient for softmax classification.

    x: (N, C) scores, y: (N,) labels.  Returns (loss, dx).
    """
    N = x.shape[0]
    shifted = x - np.max(x, axis=1, keepdims=True)
    log_probs = shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
    loss = -np.sum(log_probs[np.arange(N), y]) / N
    dx = np.exp(log_probs)
    dx[np.arange(N), y] -= 1
    dx /= N
    return loss, dx
