r"""Dropout with a given mask: drops the units where m is 0, scales up those where it is 1.

Shapes
    x : (k), m : (k), p : (), y : (k); a batch holds the inputs in the rows of X and M, (n, k).

Convention
    Inverted dropout: what is kept is divided by 1 - p, the probability of keeping it, so that
    nothing is to be done when the network is used.  The mask is drawn by the caller.

Source
    N. Srivastava, G. Hinton, A. Krizhevsky, I. Sutskever and R. Salakhutdinov, Dropout: a simple
    way to prevent neural networks from overfitting, Journal of Machine Learning Research 15 (2014),
    1929-1958.
"""

from gradcheck.notation import UNIT_INTERVAL, Binary, Operation, equation


@equation
def y(x, m, p):
    r"y_k = \frac{m_k x_k}{1 - p}"
    return [m[k] * x[k] / (1 - p) for k in range(len(x))]


@y.matrix
def y(x, m, p):
    r"y = \frac{1}{1 - p} \, m \odot x"
    return m * x / (1 - p)


@y.batch
def y(x, m, p):
    r"Y = \frac{1}{1 - p} \, M \odot X"
    return m * x / (1 - p)


@equation
def delta_x(delta_y, m, p):
    r"\delta x_k = \frac{m_k \, \delta y_k}{1 - p}"
    return [m[k] * delta_y[k] / (1 - p) for k in range(len(m))]


@delta_x.matrix
def delta_x(delta_y, m, p):
    r"\delta x = \frac{1}{1 - p} \, m \odot \delta y"
    return m * delta_y / (1 - p)


@delta_x.batch
def delta_x(delta_y, m, p):
    r"\Delta X = \frac{1}{1 - p} \, M \odot \Delta Y"
    return m * delta_y / (1 - p)


dropout = Operation(
    "dropout",
    "(k),(k),()->(k)",
    y,
    (delta_x,),
    constants=("m", "p"),
    shared=("p",),
    domain={"m": Binary(), "p": UNIT_INTERVAL},
)
