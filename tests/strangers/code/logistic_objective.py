import numpy as np


def objective(w, X, t, lam=0.1):
    """Penalised negative log-likelihood; t holds 0 and 1, w[-1] is the intercept."""
    z = X @ w[:-1] + w[-1]
    nll = np.mean(np.log1p(np.exp(-np.abs(z))) + np.maximum(z, 0) - t * z)
    return nll + 0.5 * lam * np.sum(w[:-1] ** 2)


def objective_grad(w, X, t, lam=0.1):
    z = X @ w[:-1] + w[-1]
    r = (1 / (1 + np.exp(-z)) - t) / len(t)
    g = np.empty_like(w)
    g[:-1] = X.T @ r + lam * w[:-1]
    g[-1] = r.sum()
    return g
