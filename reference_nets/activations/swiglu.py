r"""SwiGLU: a linear unit, multiplied by the SiLU (swish) of its gate.

Shapes
    z : (k), g : (k), a : (k); a batch holds the inputs in the rows of Z and G, (n, k).

Convention
    The linear part z and the gate g are two inputs, and the swish has no parameter (\beta = 1).

Stability
    The scalar form is the textbook fraction.  The matrix form takes the logarithm of the
    denominator, which neither overflows nor cancels, and 1 - \sigma(g) as \sigma(-g).

Source
    N. Shazeer, GLU variants improve Transformer, arXiv:2002.05202 (2020).
"""

from gradcheck.notation import Operation, equation
from gradcheck.notation.scalar import exp
from reference_nets.activations.sigmoid import one_over_one_plus_exp


@equation
def a(z, g):
    r"a_k = z_k \frac{g_k}{1 + e^{-g_k}}"
    return [z[k] * g[k] / (1 + exp(-g[k])) for k in range(len(z))]


@a.matrix
def a(z, g):
    r"a = z \odot g \odot \sigma(g)"
    return z * g * one_over_one_plus_exp(-g)


@a.batch
def a(z, g):
    r"A = Z \odot G \odot \sigma(G)"
    return z * g * one_over_one_plus_exp(-g)


@equation
def delta_z(delta_a, g):
    r"\delta z_k = \delta a_k \frac{g_k}{1 + e^{-g_k}}"
    return [delta_a[k] * g[k] / (1 + exp(-g[k])) for k in range(len(g))]


@delta_z.matrix
def delta_z(delta_a, g):
    r"\delta z = \delta a \odot g \odot \sigma(g)"
    return delta_a * g * one_over_one_plus_exp(-g)


@delta_z.batch
def delta_z(delta_a, g):
    r"\Delta Z = \Delta A \odot G \odot \sigma(G)"
    return delta_a * g * one_over_one_plus_exp(-g)


@equation
def delta_g(delta_a, z, g):
    r"\delta g_k = \delta a_k \, z_k \, s_k (1 + g_k (1 - s_k)), \quad s_k = \frac{1}{1 + e^{-g_k}}"
    s = [1 / (1 + exp(-g_k)) for g_k in g]
    return [delta_a[k] * z[k] * s[k] * (1 + g[k] * (1 - s[k])) for k in range(len(g))]


@delta_g.matrix
def delta_g(delta_a, z, g):
    r"\delta g = \delta a \odot z \odot \sigma(g) \odot (1 + g \odot \sigma(-g))"
    return delta_a * z * one_over_one_plus_exp(-g) * (1 + g * one_over_one_plus_exp(g))


@delta_g.batch
def delta_g(delta_a, z, g):
    r"\Delta G = \Delta A \odot Z \odot \sigma(G) \odot (1 + G \odot \sigma(-G))"
    return delta_a * z * one_over_one_plus_exp(-g) * (1 + g * one_over_one_plus_exp(g))


swiglu = Operation("swiglu", "(k),(k)->(k)", a, (delta_z, delta_g))
