"""Where activations are strained: zeros, kinks, ties, saturated units, scores of 500."""

UNITS = [0.0, -0.0, 1e-8, -1e-8, 1.0, -20.0, 20.0, -40.0, 40.0, -300.0, 300.0]
BENDS = [-3.0, 3.0, -1.0, 6.0]
SCORES = [
    [0.0, 0.0, 0.0],
    [500.0, 500.0, 0.0],
    [500.0, -100.0, 0.0],
    [-300.0, -300.0, -300.0],
    [1e-8, 0.0, -1e-8],
    [40.0, 0.0, 39.0],
]

OF_UNITS = (
    "identity",
    "sigmoid",
    "tanh",
    "relu",
    "leaky relu",
    "leaky relu, slope 0.25",
    "elu",
    "elu, alpha 1.5",
    "selu",
    "celu",
    "celu, alpha 2",
    "gelu",
    "gelu tanh form",
    "silu",
    "mish",
    "softplus",
    "softsign",
    "hard sigmoid",
    "hard tanh",
    "hard swish",
    "relu6",
)

ACTIVATIONS = {
    **{name: [{"z": [*UNITS, *BENDS]}] for name in OF_UNITS},
    "parametric relu": [{"alpha": alpha, "z": UNITS} for alpha in (0.25, 0.0, 1.0, -2.0)],
    "softmax": [{"z": z} for z in SCORES],
    "log-softmax": [{"z": z} for z in SCORES],
    "maxout": [{"z": SCORES}],
    "glu": [{"z": UNITS, "g": g} for g in (UNITS, UNITS[::-1])],
    "swiglu": [{"z": UNITS, "g": g} for g in (UNITS, UNITS[::-1])],
}
