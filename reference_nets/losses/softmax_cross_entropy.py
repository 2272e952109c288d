r"""Cross-entropy of softmax(z) for one-hot targets t, **averaged** over inputs.

Shapes
    z : (k), t : (k), E : (); a batch holds the inputs in the rows of Z and T, (n, k).

Stability
    The scalar form is the textbook sum.  The matrix form works on scores from which the largest
    is subtracted, and never takes the logarithm of a quotient.

Source
    C. M. Bishop, Pattern Recognition and Machine Learning (2006), section 4.3.4.
"""

import numpy as np

from gradcheck.notation import OneHot, Operation, equation
from gradcheck.notation.scalar import exp, log, total
from reference_nets.losses.logits import log_softmax, softmax


@equation
def E(z, t):
    r"E = -\sum_k t_k \log \frac{e^{z_k}}{\sum_j e^{z_j}}"
    K, S = len(z), total(exp(z_j) for z_j in z)
    return -total(t[k] * log(exp(z[k]) / S) for k in range(K))


@E.matrix
def E(z, t):
    r"E = -t^\top \log \mathrm{softmax}(z)"
    return -(t @ log_softmax(z))


@E.batch
def E(z, t):
    r"E = -\frac{1}{N} \sum_n t_n^\top \log \mathrm{softmax}(z_n)"
    return -np.sum(t * log_softmax(z)) / len(z)


@equation
def delta_z(delta_E, z, t):
    r"\delta z_k = \delta E \left( \frac{e^{z_k}}{\sum_j e^{z_j}} - t_k \right)"
    K, S = len(z), total(exp(z_j) for z_j in z)
    return [delta_E * (exp(z[k]) / S - t[k]) for k in range(K)]


@delta_z.matrix
def delta_z(delta_E, z, t):
    r"\delta z = \delta E \, (\mathrm{softmax}(z) - t)"
    return delta_E * (softmax(z) - t)


@delta_z.batch
def delta_z(delta_E, z, t):
    r"\Delta Z = \frac{\delta E}{N} \, (\mathrm{softmax}(Z) - T)"
    return delta_E / len(z) * (softmax(z) - t)


softmax_cross_entropy = Operation(
    "softmax cross-entropy",
    "(k),(k)->()",
    E,
    (delta_z,),
    constants=("t",),
    domain={"t": OneHot()},
    batch="mean",
)
