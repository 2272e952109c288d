r"""Embedding: looks up a learnt vector for each index of a sequence.

Shapes
    w : (v, d), x : (t), y : (t, d); row v of w is the vector of index v.  A batch holds the inputs
    in the rows of X, (n, t).

Convention
    An index that occurs several times collects the cotangents of all its places.  The vector of
    the padding index is zero whatever its row of w holds, so that this row has no gradient.  Others
    look the row up and leave out its gradient, which is the same where it is initialised to zero.

Source
    Y. Bengio, R. Ducharme, P. Vincent and C. Jauvin, A neural probabilistic language model, Journal
    of Machine Learning Research 3 (2003), 1137-1155; without padding.
"""

import numpy as np

from gradcheck.notation import Integers, Operation, equation
from gradcheck.notation.scalar import total

NO_PADDING = -1
"""An index that never occurs."""


def one_hot(x, indices):
    """Return the rows of the identity that the indices x choose."""
    return np.eye(indices)[x]


def embedding(padding: int = NO_PADDING) -> Operation:
    """Declare the layer with its padding index.

    Parameters
    ----------
    padding : int
        The index p whose vector is zero; none if left out.

    Examples
    --------
    >>> embedding(padding=1)([[1.0, 2.0], [3.0, 4.0]], [0, 1, 0])
    array([[1., 2.],
           [0., 0.],
           [1., 2.]])
    """

    @equation
    def y(w, x):
        r"y_{td} = w_{x_t d} \text{ if } x_t \ne p \text{ else } 0"
        return [[w_d if x_t != padding else 0 * w_d for w_d in w[x_t]] for x_t in x]

    @y.matrix
    def y(w, x):
        r"y_t = [x_t \ne p] \, w_{x_t}"
        return np.where(x[:, np.newaxis] != padding, w[x], 0.0)

    @y.batch
    def y(w, x):
        r"Y_{nt} = [X_{nt} \ne p] \, w_{X_{nt}}"
        return np.where(x[:, :, np.newaxis] != padding, w[x], 0.0)

    @equation
    def delta_w(delta_y, w, x):
        r"\delta w_{vd} = \sum_{t : x_t = v} \delta y_{td} \text{ if } v \ne p \text{ else } 0"
        T, V, D = len(x), len(w), len(w[0])
        return [
            [total(delta_y[t][d] for t in range(T) if x[t] == v != padding) for d in range(D)]
            for v in range(V)
        ]

    @delta_w.matrix
    def delta_w(delta_y, w, x):
        r"\delta w = H^\top \delta y, \quad H_{tv} = [x_t = v \ne p]"
        return one_hot(x[x != padding], len(w)).T @ delta_y[x != padding]

    @delta_w.batch
    def delta_w(delta_y, w, x):
        r"\delta w = \sum_n H_n^\top \Delta Y_n, \quad H_{ntv} = [X_{nt} = v \ne p]"
        return one_hot(x[x != padding], len(w)).T @ delta_y[x != padding]

    option = "" if padding == NO_PADDING else f", padding index {padding}"
    return Operation(
        f"embedding{option}",
        "(v,d),(t)->(t,d)",
        y,
        (delta_w,),
        parameters=("w",),
        constants=("x",),
        domain={"x": Integers(0, "v")},
        usual_sizes={"t": 6},  # more places than vectors: some index is repeated
    )
