r"""Connectionist temporal classification of frame scores z as labels l, **averaged** over inputs.

Shapes
    z : (t, k), l : (u), E : (), y : (t, k), G : (t, k); a batch holds the inputs along the first
    axis of Z, (n, t, k), and in the rows of l, (n, u).  In code g for G.

Convention
    A path names a label or the blank, 0, for each frame, and means what is left when repeated
    names are merged and then blanks are dropped.  p is the probability of all paths that mean l,
    and g_tk that such a path has name k at frame t.  l' is l with blanks before, between and
    after, of length S = 2 u + 1.  Where there are too few frames for l and a blank between equal
    neighbours, no path means l and the loss is infinite.

Stability
    The scalar form is the textbook's forward-backward algorithm in probabilities, which underflows
    after some hundreds of frames.  The matrix form runs it on their logarithms.  The gradient is a
    difference of two probabilities, and keeps as many digits fewer as it is smaller than these;
    where they are close to 1, those of the other names are taken for it.

Source
    A. Graves, S. Fernández, F. Gomez and J. Schmidhuber, Connectionist temporal classification:
    labelling unsegmented sequence data with recurrent neural networks, ICML 2006.
"""

import numpy as np

from gradcheck.notation import Integers, Operation, equation
from gradcheck.notation.scalar import exp, log, total
from reference_nets.losses.logits import log_softmax, softmax


def with_blanks(l):
    """Return the labels l' of the paths, blank first and last."""
    return [0] + [name for label in l for name in (label, 0)]


def predecessors(names, s):
    """Return the places in l' from which a path may step to place s, the nearest first."""
    skips_blank = s >= 2 and names[s] != 0 and names[s] != names[s - 2]
    return [s] + [s - 1] * (s >= 1) + [s - 2] * skips_blank


def forward_variables(y, l):
    r"""Return \alpha_t(s), the probability of the paths that are at place s of l' at frame t."""
    names = with_blanks(l)
    places = range(len(names))
    alpha = [[y[0][names[s]] if s < 2 else 0.0 for s in places]]
    for y_t in y[1:]:
        last = alpha[-1]
        alpha.append(
            [total(last[r] for r in predecessors(names, s)) * y_t[names[s]] for s in places]
        )
    return alpha


def backward_variables(y, l):
    r"""Return \beta_t(s), the probability of finishing l' from place s at frame t."""
    names = with_blanks(l)
    places = range(len(names))
    beta = [[1.0 if s >= len(names) - 2 else 0.0 for s in places]]
    for y_t in reversed(y[1:]):
        arrivals = [beta[0][s] * y_t[names[s]] for s in places]
        beta.insert(
            0,
            [total(arrivals[s] for s in places if r in predecessors(names, s)) for r in places],
        )
    return beta


def interleaved(l):
    """Return along the last axis the labels l' with blanks before, between and after."""
    pairs = np.stack([0 * l, l], axis=-1).reshape(*l.shape[:-1], -1)
    return np.concatenate([pairs, 0 * l[..., :1]], axis=-1)


def emissions(z, l):
    """Return the log-probability of the name at each place of l', (..., t, s)."""
    return np.take_along_axis(log_softmax(z), interleaved(l)[..., None, :], axis=-1)


def moved(x, steps):
    """Return log-probabilities moved along the last axis, where nothing was before."""
    nothing = np.full((*x.shape[:-1], steps), -np.inf)
    return np.concatenate([nothing, x[..., :-steps]], axis=-1)


def log_forward(log_e, l):
    r"""Return \log \alpha_t(s), where log_e has the log-probabilities of the names in l'."""
    names = interleaved(l)
    skips = (names[..., 2:] != 0) & (names[..., 2:] != names[..., :-2])
    skips = np.concatenate([np.zeros_like(names[..., :2], dtype=bool), skips], axis=-1)
    log_alpha = [np.where(np.arange(names.shape[-1]) < 2, log_e[..., 0, :], -np.inf)]
    for t in range(1, log_e.shape[-2]):
        last = log_alpha[-1]
        near = np.logaddexp(last, moved(last, 1))
        far = np.where(skips, moved(last, 2), -np.inf)
        log_alpha.append(log_e[..., t, :] + np.logaddexp(near, far))
    return np.stack(log_alpha, axis=-2)


def log_backward(log_e, l):
    r"""Return \log (\alpha_t(s)) of the reversed labels in reversed time, turned back."""
    return log_forward(log_e[..., ::-1, ::-1], l[..., ::-1])[..., ::-1, ::-1]


def log_probability(log_alpha):
    """Return log p, (..., 1, 1): a path ends in the last label or in the blank after it."""
    return np.logaddexp(log_alpha[..., -1:, -1:], log_alpha[..., -1:, -2:-1])


def posterior(z, l):
    """Return the probability of each name at each frame, given that the path means l."""
    log_e = emissions(z, l)
    log_alpha = log_forward(log_e, l)
    log_passing = log_alpha + log_backward(log_e, l) - log_e
    at_place = np.exp(log_passing - log_probability(log_alpha))
    return at_place @ np.where(interleaved(l)[..., None] == np.arange(z.shape[-1]), 1.0, 0.0)


def surplus(y, g):
    """Return y - g along the last axis, where both sum to 1: a large one as minus the others."""
    large = y > 0.75  # more than half, so that there is one at most
    others = np.where(large, 0.0, y - g)
    return np.where(large, -others.sum(axis=-1, keepdims=True), others)


@equation
def y(z):
    r"y_{tk} = \frac{e^{z_{tk}}}{\sum_j e^{z_{tj}}}"
    return [[exp(z_tk) / total(exp(z_tj) for z_tj in z_t) for z_tk in z_t] for z_t in z]


@y.matrix
def y(z):
    r"Y = \mathrm{softmax}(Z)"
    return softmax(z)


@y.batch
def y(z):
    r"Y_n = \mathrm{softmax}(Z_n)"
    return softmax(z)


@equation
def g(y, z, l):
    r"g_{tk} = \frac{1}{p} \sum_{s : l'_s = k} \alpha_t(s) \, \beta_t(s)"
    alpha, beta, names = forward_variables(y, l), backward_variables(y, l), with_blanks(l)
    p = alpha[-1][-1] + alpha[-1][-2]
    places = range(len(names))
    return [
        [total(alpha[t][s] * beta[t][s] for s in places if names[s] == k) / p
         for k in range(len(y[0]))]
        for t in range(len(y))
    ]  # fmt: skip


@g.matrix
def g(y, z, l):
    r"g_{tk} = \sum_{s : l'_s = k} e^{\log \alpha_t(s) + \log \beta_t(s) - \log p}"
    return posterior(z, l)


@g.batch
def g(y, z, l):
    r"g_{ntk} = \sum_{s : l'_{ns} = k} e^{\log \alpha_{nt}(s) + \log \beta_{nt}(s) - \log p_n}"
    return posterior(z, l)


@equation
def E(y, z, l):
    r"E = -\log p, \quad p = \alpha_T(S) + \alpha_T(S - 1)"
    last = forward_variables(y, l)[-1]
    return -log(last[-1] + last[-2])


@E.matrix
def E(y, z, l):
    r"E = -\log p = -\log (e^{\log \alpha_T(S)} + e^{\log \alpha_T(S - 1)})"
    return -log_probability(log_forward(emissions(z, l), l))[0, 0]


@E.batch
def E(y, z, l):
    r"E = -\frac{1}{N} \sum_n \log p_n"
    return -log_probability(log_forward(emissions(z, l), l)).sum() / len(z)


@equation
def delta_z(delta_E, y, g):
    r"\delta z_{tk} = \delta E \, (y_{tk} - g_{tk})"
    return [[delta_E * (y[t][k] - g[t][k]) for k in range(len(y[0]))] for t in range(len(y))]


@delta_z.matrix
def delta_z(delta_E, y, g):
    r"\delta Z = \delta E \, (Y - G)"
    return delta_E * surplus(y, g)


@delta_z.batch
def delta_z(delta_E, y, g):
    r"\delta Z_n = \frac{\delta E}{N} \, (Y_n - G_n)"
    return delta_E / len(y) * surplus(y, g)


connectionist_temporal_classification = Operation(
    "connectionist temporal classification",
    "(t,k),(u)->()",
    E,
    (delta_z,),
    where=(y, g),
    inputs=("z", "l"),
    constants=("l",),
    domain={"l": Integers(1, "k")},
    usual_sizes={"t": 5, "k": 3, "u": 2},
    batch="mean",
)
