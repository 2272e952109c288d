"""How much rounding each entry of an output and its gradients is entitled to.

It is worked out from the scalar form, run on numbers that carry their own error bound (`rounding`):
the textbook formula in float64, from inputs that are themselves right to one rounding.  Neither
our matrix form nor PyTorch runs this formula in this order, so each is granted twice its bound.
"""

import numpy as np

from gradcheck.notation import elementwise, equation
from gradcheck.notation.batching import gather, split
from gradcheck.notation.scalar import absolute
from reference_nets import bilinear_upsampling, sigmoid, softsign
from tests.frameworks.rounded_places import bilinear_with_rounded_places
from tests.frameworks.rounding import Rounded, as_rounded

TWO_PROGRAMS_OF_TWO_BOUNDS = 4


@equation
def slope_by_value(z):
    r"""h'(z) = h(z) (1 - h(z))"""
    return sigmoid.h["scalar"](z) * (1 - sigmoid.h["scalar"](z))


@equation
def slope_of_quotient(z):
    r"""h'(z) = \frac{1}{1 + |z|} - \frac{|z|}{(1 + |z|)^2}"""
    return 1 / (1 + absolute(z)) - absolute(z) / ((1 + absolute(z)) * (1 + absolute(z)))


AS_PYTORCH_WRITES_IT = {
    # It takes the slope from the value, and loses its digits where the value rounds to 1.
    "sigmoid": elementwise("sigmoid", sigmoid.h, slope_by_value.matrix(slope_by_value["scalar"])),
    # It differentiates the quotient, and the two terms cancel at saturation.
    "softsign": elementwise(
        "softsign", softsign.h, slope_of_quotient.matrix(slope_of_quotient["scalar"])
    ),
    # It interpolates between places that are rounded.
    **{
        layer.name: bilinear_with_rounded_places(layer, factor, align_corners=aligned)
        for factor, aligned in [(2, True), (3, False)]
        for layer in [bilinear_upsampling(factor, align_corners=aligned)]
    },
}


def wanted(operation):
    return (operation.output, *(f"delta_{symbol}" for symbol in operation.differentiable))


def values_at(operation, point):
    return {**point.inputs, operation.cotangent: point.cotangent}


def is_real(operation, symbol):
    return symbol == operation.cotangent or operation.domain_of(symbol).is_real


def entitled_errors(operation, point):
    """Return the rounding error to which each entry of output and gradients is entitled."""
    operation = AS_PYTORCH_WRITES_IT.get(operation.name, operation)
    rounded = np.vectorize(Rounded, otypes=[object])
    values = {
        symbol: rounded(x) if is_real(operation, symbol) else x  # indices and classes are exact
        for symbol, x in values_at(operation, point).items()
    }
    results = in_loops(operation, values, point.inputs_in_batch)
    error = np.vectorize(lambda x: as_rounded(x).error, otypes=[float])
    return {symbol: error(x) for symbol, x in results.items()}


def in_loops(operation, values, inputs_in_batch):
    symbols = wanted(operation)
    if inputs_in_batch is None:
        return operation.evaluate("scalar", values, symbols)
    singles = split(operation, values, inputs_in_batch)
    each = [operation.evaluate("scalar", single, symbols) for single in singles]
    return {s: gather(operation, s, [single[s] for single in each]) for s in symbols}
