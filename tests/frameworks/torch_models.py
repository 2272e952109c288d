"""What PyTorch calls the regressions, generative models and policies, or their definition.

Where PyTorch has no such model, its sums over hidden sequences are taken over every sequence, one
by one, and its pairs over every pair: the definition, which no algorithm of ours shares.
"""

from itertools import product

import torch
from torch.distributions import Categorical, MultivariateNormal, Normal, kl_divergence
from torch.nn import functional


def inputs_in(x, dims):
    """Return the number of inputs of a batch; 1 for a single input of so many dimensions."""
    return len(x) if x.ndim > dims else 1


def autoencoder(w1, x, b1, w2, b2):
    h = torch.tanh(functional.linear(x, w1, b1))
    return functional.mse_loss(functional.linear(h, w2, b2), x, reduction="sum") / 2


def variational_autoencoder(w1, x, b1, w2, b2, w3, b3, noise, w4, b4, w5, b5):
    h = torch.tanh(functional.linear(x, w1, b1))
    code = Normal(functional.linear(h, w2, b2), torch.exp(functional.linear(h, w3, b3) / 2))
    g = torch.tanh(functional.linear(code.loc + code.scale * noise, w4, b4))
    y = functional.linear(g, w5, b5)
    error = functional.binary_cross_entropy_with_logits(y, x, reduction="sum")
    return (error + kl_divergence(code, Normal(0.0, 1.0)).sum()) / inputs_in(x, 1)


def ridge_regression(w, b, x, t, lam):
    return functional.mse_loss(x @ w + b, t, reduction="sum") / 2 + lam * w.square().sum() / 2


def softmax_regression(w, x, b, t):
    z = functional.linear(x, w, b)
    return functional.cross_entropy(z, t, reduction="sum") / inputs_in(x, 1)


def linear_support_vector_machine(w, b, x, t, c):
    hinges = torch.relu(1 - t * (x @ w + b)).sum()  # its hinge takes the other slope at the kink
    return w.square().sum() / 2 + c * hinges


def matrix_factorisation(p, q, r, m, lam):
    known = m == 1
    error = functional.mse_loss((p @ q.T)[known], r[known], reduction="sum") / 2
    return error + lam * (p.square().sum() + q.square().sum()) / 2


def factorisation_machine(w0, w, v, x, t):
    interactions = torch.triu(v @ v.T, diagonal=1) * x[..., None] * x[..., None, :]
    y = w0 + x @ w + interactions.sum(dim=(-2, -1))
    return functional.mse_loss(y, t, reduction="sum") / 2


def skip_gram(v, u, c, o, s):
    centre = functional.embedding(c, v)
    near = (functional.embedding(o, u) * centre).sum(-1)
    noise = (functional.embedding(s, u) * centre[..., None, :]).sum(-1)
    total = functional.logsigmoid(near).sum() + functional.logsigmoid(-noise).sum()
    return -total / inputs_in(c, 0)


def radial_basis_function_network(m, sigma, x, w, b, t):
    squares = (x[..., None, :] - m).square().sum(-1)
    y = functional.linear(torch.exp(-squares / (2 * sigma**2)), w, b)
    return functional.mse_loss(y, t, reduction="sum") / 2


def gaussian_mixture(pi, mu, sigma, x):
    of_components = Normal(mu, sigma).log_prob(x[..., None, :]).sum(-1)
    return torch.logsumexp(torch.log(pi) + of_components, dim=-1).sum()


def all_sequences(states, steps):
    return torch.tensor(list(product(range(states), repeat=steps)))


def hidden_markov_model(pi, a, b, x):
    hidden = all_sequences(len(pi), x.shape[-1])
    prior = pi[hidden[:, 0]] * a[hidden[:, :-1], hidden[:, 1:]].prod(dim=1)
    each = [(prior * b[hidden, seen].prod(dim=1)).sum() for seen in x.reshape(-1, x.shape[-1])]
    return torch.stack(each).log().sum()


def conditional_random_field(u, a, y):
    def score(u, labels):
        of_labels = u[torch.arange(len(u)), labels].sum(-1)
        return of_labels + a[labels[..., :-1], labels[..., 1:]].sum(-1)

    every = all_sequences(*reversed(u.shape[-2:]))
    pairs = zip(u.reshape(-1, *u.shape[-2:]), y.reshape(-1, y.shape[-1]), strict=True)
    return sum(score(u_n, y_n) - torch.logsumexp(score(u_n, every), dim=0) for u_n, y_n in pairs)


def gaussian_process(x, y, sigma_f, l, sigma_n):
    squares = (x[:, None] - x).square().sum(-1)
    covariance = sigma_f**2 * torch.exp(-squares / (2 * l**2)) + sigma_n**2 * torch.eye(len(y)).to(
        y
    )
    return MultivariateNormal(torch.zeros_like(y), covariance).log_prob(y)


def policy_gradient(w, b, s, a, r, gamma):
    steps = range(r.shape[-1])
    returns = [sum(gamma ** (m - t) * r[..., m] for m in steps if m >= t) for t in steps]
    chosen = Categorical(logits=functional.linear(s, w, b)).log_prob(a)
    return -(torch.stack(returns, dim=-1) * chosen).sum() / inputs_in(r, 1)


def actor_critic(w, b, u, c, s, a, advantage, target, c_v, c_h):
    policy = Categorical(logits=functional.linear(s, w, b))
    of_actor = -advantage * policy.log_prob(a) - c_h * policy.entropy()
    of_critic = c_v * functional.mse_loss(s @ u + c, target, reduction="none") / 2
    return (of_actor + of_critic).mean()


def regression(loss):
    """Return a generalised linear model by PyTorch's loss of its weighted sum and the target."""
    return lambda w, b, x, t: loss(x @ w + b, t.to(x.dtype))


MODELS = {
    "autoencoder": autoencoder,
    "variational autoencoder": variational_autoencoder,
    "linear regression": regression(lambda z, t: functional.mse_loss(z, t, reduction="sum") / 2),
    "ridge regression": ridge_regression,
    "logistic regression": regression(functional.binary_cross_entropy_with_logits),
    "softmax regression": softmax_regression,
    "Poisson regression": regression(functional.poisson_nll_loss),
    "linear support vector machine": linear_support_vector_machine,
    "matrix factorisation": matrix_factorisation,
    "factorisation machine": factorisation_machine,
    "skip-gram": skip_gram,
    "radial basis function network": radial_basis_function_network,
    "Gaussian mixture": gaussian_mixture,
    "hidden Markov model": hidden_markov_model,
    "conditional random field": conditional_random_field,
    "Gaussian process": gaussian_process,
    "policy gradient": policy_gradient,
    "actor-critic": actor_critic,
}
