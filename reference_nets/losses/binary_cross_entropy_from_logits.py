r"""Binary cross-entropy of sigmoid(z) for the targets t, **averaged** over inputs.

Shapes
    z : (k), t : (k), E : (); a batch holds the inputs in the rows of Z and T, (n, k).

Convention
    Summed over the k independent outputs of an input, averaged over the n inputs of a batch.  A
    target between 0 and 1 is a probability.

Stability
    The scalar form is the textbook sum of logarithms.  The matrix form neither overflows nor
    cancels: its slope is (1 - t) \sigma(z) - t \sigma(-z), because \sigma(z) - t has no correct
    digit left where \sigma(z) rounds to t = 1.

Source
    C. M. Bishop, Pattern Recognition and Machine Learning (2006), section 4.3.2.
"""

from gradcheck.notation import Interval, equation, separable
from gradcheck.notation.scalar import exp, log
from reference_nets.losses.logits import log_sigmoid, sigmoid


@equation
def ell(z, t):
    r"\ell(z, t) = t \log(1 + e^{-z}) + (1 - t) \log(1 + e^z)"
    return t * log(1 + exp(-z)) + (1 - t) * log(1 + exp(z))


@ell.matrix
def ell(z, t):
    r"\ell(z, t) = -t \log \sigma(z) - (1 - t) \log \sigma(-z)"
    return -t * log_sigmoid(z) - (1 - t) * log_sigmoid(-z)


@equation
def ell_z(z, t):
    r"\frac{\partial \ell}{\partial z} = \frac{1}{1 + e^{-z}} - t"
    return 1 / (1 + exp(-z)) - t


@ell_z.matrix
def ell_z(z, t):
    r"\frac{\partial \ell}{\partial z} = (1 - t) \, \sigma(z) - t \, \sigma(-z)"
    return (1 - t) * sigmoid(z) - t * sigmoid(-z)


@equation
def ell_t(z, t):
    r"\frac{\partial \ell}{\partial t} = -z"
    return -z


@ell_t.matrix
def ell_t(z, t):
    r"\frac{\partial \ell}{\partial t} = -z"
    return -z


binary_cross_entropy_from_logits = separable(
    "binary cross-entropy from logits",
    ell,
    ell_z,
    ell_t,
    domain={"t": Interval(0.0, 1.0, closed=True)},
)
