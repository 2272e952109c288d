r"""Cross-entropy of softmax(z) for class indices t, **summed** over inputs.

Shapes
    z : (k), t : (), E : (), L : (k); a batch holds the inputs in the rows of Z, (n, k), and of t,
    (n).

Convention
    L_k is what the scores would cost if k were the class, and t counts the classes from 0.  A share
    \varepsilon of the loss, the label smoothing, is the mean over all K classes.  An input whose
    class is the ignored one, i, costs nothing; i is one of the classes, such as that of padding, or
    -1.  In the gradient q_k = (1 - \varepsilon) [k = t] + \varepsilon / K.  The loss is a sum,
    because a mean is taken over those inputs that are not ignored.

Stability
    The scalar form is the textbook sum.  The matrix form works on scores from which the largest
    is subtracted, and never takes the logarithm of a quotient.

Source
    C. Szegedy, V. Vanhoucke, S. Ioffe, J. Shlens and Z. Wojna, Rethinking the Inception
    architecture for computer vision, CVPR 2016 (label smoothing).
"""

import numpy as np

from gradcheck.notation import Integers, NotationError, Operation, equation
from gradcheck.notation.scalar import exp, log, total
from reference_nets.losses.logits import log_softmax, softmax


def surplus(z, t, epsilon):
    """Return softmax(z) - q along the last axis.

    The share of smoothing is not taken from 1 first, which would round it before z comes in.
    """
    K, hot = z.shape[-1], np.arange(z.shape[-1]) == np.expand_dims(t, -1)
    return (K * (softmax(z) - hot + epsilon * hot) - epsilon) / K


@equation
def L(z):
    r"L_k = -\log \frac{e^{z_k}}{\sum_j e^{z_j}}"
    K, S = len(z), total(exp(z_j) for z_j in z)
    return [-log(exp(z[k]) / S) for k in range(K)]


@L.matrix
def L(z):
    r"L = -\log \mathrm{softmax}(z)"
    return -log_softmax(z)


@L.batch
def L(z):
    r"L_n = -\log \mathrm{softmax}(z_n)"
    return -log_softmax(z)


def cross_entropy(label_smoothing=0.0, ignored_index=None):
    r"""Return the cross-entropy for class indices.

    Parameters
    ----------
    label_smoothing : float
        The share \varepsilon, from 0 to 1, that is spread evenly over the classes.
    ignored_index : int, optional
        The class whose inputs cost nothing: one of 0, 1, ..., or -1.

    Raises
    ------
    NotationError
        If the ignored index is smaller than -1.

    Examples
    --------
    >>> cross_entropy(ignored_index=-1)([[7.0], [7.0]], [0, -1], form="batch")
    array(0.)
    """
    if ignored_index is not None and ignored_index < -1:
        raise NotationError(
            f"ignored_index = {ignored_index}: mark the inputs that are ignored by -1, or by the "
            f"index of a class"
        )
    epsilon, i = label_smoothing, ignored_index

    @equation
    def E(L, t):
        r"E = [t \ne i] \left( (1 - \varepsilon) L_t + \frac{\varepsilon}{K} \sum_k L_k \right)"
        return 0 * L[t] if t == i else L[t] - epsilon * L[t] + epsilon * total(L) / len(L)

    @E.matrix
    def E(L, t):
        r"E = [t \ne i] \left( L_t + \varepsilon (\bar L - L_t) \right)"
        return np.not_equal(t, i) * (L[t] + epsilon * (L.mean() - L[t]))

    @E.batch
    def E(L, t):
        r"E = \sum_n [t_n \ne i] \left( L_{n t_n} + \varepsilon (\bar L_n - L_{n t_n}) \right)"
        L_t = L[np.arange(len(L)), t]
        return np.sum(np.not_equal(t, i) * (L_t + epsilon * (L.mean(axis=1) - L_t)))

    @equation
    def delta_z(delta_E, z, t):
        r"\delta z_k = \delta E \, [t \ne i] (e^{z_k} / \sum_j e^{z_j} - q_k)"
        K, S = len(z), total(exp(z_j) for z_j in z)
        if t == i:
            return [0 * delta_E for k in range(K)]
        hot = [1 if k == t else 0 for k in range(K)]
        return [
            delta_E * (K * (exp(z[k]) / S - hot[k] + epsilon * hot[k]) - epsilon) / K
            for k in range(K)
        ]

    @delta_z.matrix
    def delta_z(delta_E, z, t):
        r"\delta z = \delta E \, [t \ne i] (\mathrm{softmax}(z) - q)"
        return delta_E * np.not_equal(t, i) * surplus(z, t, epsilon)

    @delta_z.batch
    def delta_z(delta_E, z, t):
        r"\delta z_n = \delta E \, [t_n \ne i] (\mathrm{softmax}(z_n) - q_n)"
        return delta_E * np.not_equal(t, i)[:, None] * surplus(z, t, epsilon)

    options = [f"smoothed by {epsilon:g}"] * (epsilon > 0) + [f"ignoring {i}"] * (i is not None)
    return Operation(
        ", ".join(["cross-entropy", *options]),
        "(k),()->()",
        E,
        (delta_z,),
        where=(L,),
        inputs=("z", "t"),
        constants=("t",),
        domain={"t": Integers(-1 if i == -1 else 0, "k")},
        batch="sum",
    )
