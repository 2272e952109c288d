r"""Gated linear unit: a linear unit, multiplied by the logistic sigmoid of its gate.

Shapes
    z : (k), g : (k), a : (k); a batch holds the inputs in the rows of Z and G, (n, k).

Convention
    The linear part z and the gate g are two inputs, which some write as the halves of one vector.

Stability
    The scalar form is the textbook fraction.  The matrix form takes the logarithm of the
    denominator, which neither overflows nor cancels, and 1 - \sigma(g) as \sigma(-g).

Source
    Y. N. Dauphin, A. Fan, M. Auli and D. Grangier, Language modeling with gated convolutional
    networks, ICML 2017.
"""

from gradcheck.notation import Operation, equation
from gradcheck.notation.scalar import exp
from reference_nets.activations.sigmoid import one_over_one_plus_exp


@equation
def a(z, g):
    r"a_k = \frac{z_k}{1 + e^{-g_k}}"
    return [z[k] / (1 + exp(-g[k])) for k in range(len(z))]


@a.matrix
def a(z, g):
    r"a = z \odot \sigma(g)"
    return z * one_over_one_plus_exp(-g)


@a.batch
def a(z, g):
    r"A = Z \odot \sigma(G)"
    return z * one_over_one_plus_exp(-g)


@equation
def delta_z(delta_a, g):
    r"\delta z_k = \frac{\delta a_k}{1 + e^{-g_k}}"
    return [delta_a[k] / (1 + exp(-g[k])) for k in range(len(g))]


@delta_z.matrix
def delta_z(delta_a, g):
    r"\delta z = \delta a \odot \sigma(g)"
    return delta_a * one_over_one_plus_exp(-g)


@delta_z.batch
def delta_z(delta_a, g):
    r"\Delta Z = \Delta A \odot \sigma(G)"
    return delta_a * one_over_one_plus_exp(-g)


@equation
def delta_g(delta_a, z, g):
    r"\delta g_k = \delta a_k \, z_k \, s_k (1 - s_k), \quad s_k = \frac{1}{1 + e^{-g_k}}"
    s = [1 / (1 + exp(-g_k)) for g_k in g]
    return [delta_a[k] * z[k] * s[k] * (1 - s[k]) for k in range(len(g))]


@delta_g.matrix
def delta_g(delta_a, z, g):
    r"\delta g = \delta a \odot z \odot \sigma(g) \odot \sigma(-g)"
    return delta_a * z * one_over_one_plus_exp(-g) * one_over_one_plus_exp(g)


@delta_g.batch
def delta_g(delta_a, z, g):
    r"\Delta G = \Delta A \odot Z \odot \sigma(G) \odot \sigma(-G)"
    return delta_a * z * one_over_one_plus_exp(-g) * one_over_one_plus_exp(g)


glu = Operation("glu", "(k),(k)->(k)", a, (delta_z, delta_g))
