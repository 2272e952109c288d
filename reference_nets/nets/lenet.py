r"""A small convolutional net in the manner of LeNet, with a cross-entropy loss.

Two stages of convolution, tanh and average pooling make small maps out of an image; two dense
layers make scores of them:

    z^(1) = w^(1) * a^(0) + b^(1)        a^(1) = \tanh z^(1)        y^(1) = pool a^(1)
    z^(2) = w^(2) * y^(1) + b^(2)        a^(2) = \tanh z^(2)        y^(2) = pool a^(2)
    y^(3) = vec y^(2)
    z^(3) = w^(3) y^(3) + b^(3)          a^(3) = \tanh z^(3)
    z^(4) = w^(4) a^(3) + b^(4)          E = cross-entropy of softmax z^(4) for t

Shapes
    a0 : (c, h, j), one image of c channels; w1, w2 : (maps, maps before, p, q), b1, b2 : (maps);
    w3, w4 : (units, units before), b3, b4 : (units); t : (units of the last layer), one-hot;
    E : ().  A batch holds the images in the rows of A^(0), (n, c, h, j).

Convention
    The mean over the inputs of a batch, as softmax cross-entropy has it.  Unlike the original, the
    second convolution sees all maps of the first, pooling has no weights of its own, tanh is not
    rescaled, and softmax takes the place of radial basis functions.

Stability
    Where the terms of a sum cancel, the roundings of the partial sums stay: few units in the last
    place of the terms, and many of the small result.

Source
    Y. LeCun, L. Bottou, Y. Bengio and P. Haffner, Gradient-based learning applied to document
    recognition, Proceedings of the IEEE 86 (1998), 2278-2324.
"""

from gradcheck.notation import chain, for_each
from reference_nets.activations.tanh import tanh
from reference_nets.layers.average_pooling_2d import average_pooling_2d
from reference_nets.layers.convolution_2d import convolution_2d
from reference_nets.layers.dense import dense
from reference_nets.layers.flatten import flatten
from reference_nets.losses.softmax_cross_entropy import softmax_cross_entropy

IMAGE = {"c": 1, "h": 8, "j": 8}
WINDOWS = {"p": 3, "q": 3, "p2": 2, "q2": 2}
MAPS_AND_UNITS = {"k": 2, "k2": 3, "k3": 4, "k4": 3}
"""Small sizes to draw points with: images of 8 by 8 shrink to 6, 3, 2 and 1."""

tanh_of_maps = for_each(for_each(tanh, "h"), "c", name="tanh of maps")
stage = (convolution_2d(), tanh_of_maps, average_pooling_2d(2))

lenet = chain(
    "lenet",
    (*stage, *stage, flatten, dense, tanh, dense, softmax_cross_entropy),
    usual_sizes={**IMAGE, **WINDOWS, **MAPS_AND_UNITS},
)
