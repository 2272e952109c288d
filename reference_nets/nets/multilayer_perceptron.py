r"""Multilayer perceptron: dense layers with an activation between them, and a loss on the last.

Layer L, unit k, input i; w_ki^(L) leads from unit i of layer L-1 to unit k of layer L.

    z_k^(L) = \sum_i w_ki^(L) a_i^(L-1) + b_k^(L)        a_k^(L) = h(z_k^(L))

The loss E is a function of z^(last) and the targets t, and

    \delta z^(last) = ∂E/∂z^(last)
    \delta a^(L)    = w^(L+1)^\top \delta z^(L+1)
    \delta z^(L)    = \delta a^(L) \odot h'(z^(L))
    \delta w^(L)    = \delta z^(L) a^(L-1)^\top
    \delta b^(L)    = \delta z^(L)

Shapes
    w^(L) : (units of L, units of L-1), b^(L) : (units of L), a^(0) : (inputs), t as the loss has
    it, E : ().  A batch holds the inputs in the rows of A^(0), and E is their sum or mean, as
    the loss has it.

Stability
    Gradients are sums over units and inputs whose terms partly cancel: the roundings of the partial
    sums stay, few units in the last place of the terms and many of a small result.  The scalar form
    also takes the textbook h' of the activation, 1 - \tanh^2 z, which loses digits at saturation.

Source
    D. E. Rumelhart, G. E. Hinton and R. J. Williams, Learning representations by back-propagating
    errors, Nature 323 (1986), 533-536.
"""

import numpy as np

from gradcheck.notation import Activation, Equation, Operation, equation
from gradcheck.notation.domain import renamed
from gradcheck.notation.scalar import total
from reference_nets.activations.tanh import tanh
from reference_nets.losses.softmax_cross_entropy import softmax_cross_entropy


@equation
def z(w, a, b):
    r"z_k^{(L)} = \sum_i w_{ki}^{(L)} a_i^{(L-1)} + b_k^{(L)}"
    return [total(w[k][i] * a[i] for i in range(len(a))) + b[k] for k in range(len(b))]


@z.matrix
def z(w, a, b):
    r"z^{(L)} = w^{(L)} a^{(L-1)} + b^{(L)}"
    return w @ a + b


@z.batch
def z(w, a, b):
    r"Z^{(L)} = A^{(L-1)} w^{(L)\top} + 1 b^{(L)\top}"
    return a @ w.T + b


@equation
def delta_w(delta_z, a):
    r"\delta w_{kn}^{(L)} = \delta z_k^{(L)} \, a_n^{(L-1)}"
    return [[delta_z[k] * a[n] for n in range(len(a))] for k in range(len(delta_z))]


@delta_w.matrix
def delta_w(delta_z, a):
    r"\delta w^{(L)} = \delta z^{(L)} \, a^{(L-1)\top}"
    return np.outer(delta_z, a)


@delta_w.batch
def delta_w(delta_z, a):
    r"\delta w^{(L)} = \Delta Z^{(L)\top} A^{(L-1)}"
    return delta_z.T @ a


@equation
def delta_b(delta_z):
    r"\delta b_k^{(L)} = \delta z_k^{(L)}"
    return [delta_z[k] for k in range(len(delta_z))]


@delta_b.matrix
def delta_b(delta_z):
    r"\delta b^{(L)} = \delta z^{(L)}"
    return delta_z


@delta_b.batch
def delta_b(delta_z):
    r"\delta b^{(L)} = \Delta Z^{(L)\top} 1"
    return delta_z.sum(axis=0)


@equation
def delta_a(delta_z, w):
    r"\delta a_k^{(L)} = \sum_i \delta z_i^{(L+1)} \, w_{ik}^{(L+1)}"
    return [total(delta_z[i] * w[i][k] for i in range(len(w))) for k in range(len(w[0]))]


@delta_a.matrix
def delta_a(delta_z, w):
    r"\delta a^{(L)} = w^{(L+1)\top} \delta z^{(L+1)}"
    return w.T @ delta_z


@delta_a.batch
def delta_a(delta_z, w):
    r"\Delta A^{(L)} = \Delta Z^{(L+1)} w^{(L+1)}"
    return delta_z @ w


def hidden_units(h: Equation, h_prime: Equation) -> tuple[Equation, Equation]:
    """Return the two equations in which the activation stands: a = h(z), and δz by h'(z)."""

    @equation
    def a(z):
        r"a_k^{(L)} = h(z_k^{(L)})"
        return [h["scalar"](z[k]) for k in range(len(z))]

    @a.matrix
    def a(z):
        r"a^{(L)} = h(z^{(L)})"
        return h["matrix"](z)

    @a.batch
    def a(z):
        r"A^{(L)} = h(Z^{(L)})"
        return h["matrix"](z)

    @equation
    def delta_z(delta_a, z):
        r"\delta z_k^{(L)} = \delta a_k^{(L)} \, h'(z_k^{(L)})"
        return [delta_a[k] * h_prime["scalar"](z[k]) for k in range(len(z))]

    @delta_z.matrix
    def delta_z(delta_a, z):
        r"\delta z^{(L)} = \delta a^{(L)} \odot h'(z^{(L)})"
        return delta_a * h_prime["matrix"](z)

    @delta_z.batch
    def delta_z(delta_a, z):
        r"\Delta Z^{(L)} = \Delta A^{(L)} \odot h'(Z^{(L)})"
        return delta_a * h_prime["matrix"](z)

    return a, delta_z


def multilayer_perceptron(
    layers: int, activation: Activation = tanh, loss: Operation = softmax_cross_entropy
) -> Operation:
    """Spell out the network of this depth; its widths follow from the shapes of w and b.

    Parameters
    ----------
    layers : int
        The number of layers L = 1, ..., last; at least 1.
    activation : Activation
        h, between the layers.  The last layer has none: the loss takes z^(last).
    loss : Operation
        Its first input is the network's last z, its other inputs are the targets.

    Returns
    -------
    Operation
        With the inputs ``w1, b1, w2, b2, ...``, ``a0`` and the targets, and the output ``E``.

    Raises
    ------
    ValueError
        If there is no layer.

    Examples
    --------
    >>> print(multilayer_perceptron(1))
    multilayer perceptron, 1 layer: E(w1, b1, a0, t), (u1,u0),(u1),(u0),(u1)->()
    """
    if layers < 1:
        raise ValueError(f"layers = {layers}: a multilayer perceptron has at least one layer")
    last = layers
    a, delta_z = hidden_units(activation.h, activation.h_prime)

    forward = [z.at("z1", w="w1", a="a0", b="b1")]
    for L in range(2, last + 1):
        forward += [a.at(f"a{L - 1}", z=f"z{L - 1}")]
        forward += [z.at(f"z{L}", w=f"w{L}", a=f"a{L - 1}", b=f"b{L}")]

    loss = loss.at("E", **{loss.inputs[0]: f"z{last}"})
    of_z = [eq for eq in loss.gradients if eq.name == f"delta_z{last}"]
    backward = [*loss.where, *of_z]
    gradients = [eq for eq in loss.gradients if eq not in of_z]
    for L in range(last, 0, -1):
        gradients += [delta_w.at(f"delta_w{L}", delta_z=f"delta_z{L}", a=f"a{L - 1}")]
        gradients += [delta_b.at(f"delta_b{L}", delta_z=f"delta_z{L}")]
        if L > 1:
            backward += [delta_a.at(f"delta_a{L - 1}", delta_z=f"delta_z{L}", w=f"w{L}")]
            backward += [delta_z.at(f"delta_z{L - 1}", delta_a=f"delta_a{L - 1}", z=f"z{L - 1}")]
    gradients += [delta_a.at("delta_a0", delta_z="delta_z1", w="w1")]

    parameters = [f"{symbol}{L}" for L in range(1, last + 1) for symbol in "wb"]
    return Operation(
        f"multilayer perceptron, {layers} layer{'s' * (layers > 1)}",
        shapes(layers, loss),
        loss.forward,
        gradients,
        where=[*forward, *backward],
        inputs=(*parameters, "a0", *loss.inputs[1:]),
        parameters=parameters,
        constants=loss.constants,
        domain={
            symbol: renamed(domain, {loss.signature.inputs[0][0]: f"u{last}"})
            for symbol, domain in loss.domain.items()
            if symbol in loss.inputs[1:]
        },
        batch=loss.batch,
    )


def shapes(layers: int, loss: Operation) -> str:
    """Return the signature: the units of each layer are one dimension, u0 those of a^(0)."""
    of_layers = ",".join(f"(u{L},u{L - 1}),(u{L})" for L in range(1, layers + 1))
    (units,) = loss.signature.inputs[0]
    of_loss = [
        ["u" + str(layers) if d == units else d for d in loss.dims(t)] for t in loss.inputs[1:]
    ]
    targets = "".join(f",({','.join(map(str, dims))})" for dims in of_loss)
    return f"{of_layers},(u0){targets}->()"
