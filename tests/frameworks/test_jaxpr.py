"""Every primitive that balls can follow: the values of JAX in floats, and the derivatives."""

from __future__ import annotations

import numpy as np
import pytest

from gradcheck.adapters.jax.control import CALLS, CONTROL
from gradcheck.adapters.jax.interpreter import FUNCTIONS
from gradcheck.adapters.jax.places import PLACES
from gradcheck.adapters.jax.program import Program, float64_enabled
from gradcheck.arithmetic import in_balls, midpoint
from tests.frameworks.derivative_check import check

jax = pytest.importorskip("jax", reason="the frameworks environment has it")
jnp, lax = jax.numpy, jax.lax

X = np.array([[0.5, -1.25, 0.75], [0.25, 2.0, -0.125]])
Y = np.array([[-0.75, 0.5, 1.5], [1.25, -0.5, 0.375]])
P = np.array([[0.5, 0.125, 0.75], [0.25, 0.375, 0.625]])  # within (0, 1)
G = P + 1
IMAGE = np.sin(np.arange(50.0)).reshape(1, 2, 5, 5)
KERNEL = np.cos(np.arange(24.0)).reshape(3, 2, 2, 2)
MATRICES = np.cos(np.arange(32.0) ** 2).reshape(2, 4, 4)
SYMMETRIC = MATRICES[0] @ MATRICES[0].T
STEPS = np.arange(-2.0, 3.0)
ROWS = np.array([2, 0, 2])


def unary(function, x=X):
    return function, [x]


def pooled(reduce, start, **how):
    return (
        lambda x: lax.reduce_window(x, start, reduce, (1, 1, 2, 3), (1, 1, 2, 1), "VALID", **how),
        [IMAGE],
    )


def halved(x):
    return lax.while_loop(lambda s: jnp.max(s) > 0.3, lambda s: s * 0.5, x)


def recurrence(x):
    def step(h, row):
        h = jnp.tanh(h + row)
        return h, h * row

    return lax.scan(step, jnp.zeros(3), x, reverse=True)


def convolved(**how):
    numbers = lax.conv_dimension_numbers(IMAGE.shape, KERNEL.shape, ("NCHW", "OIHW", "NCHW"))
    given = {"window_strides": (1, 1), "padding": "VALID", "dimension_numbers": numbers, **how}
    return lambda x, w: lax.conv_general_dilated(x, w, **given)


CASES = {
    "abs": unary(jnp.abs),
    "acos": unary(jnp.arccos, P),
    "acosh": unary(jnp.arccosh, G),
    "add": (jnp.add, [X, Y]),
    "add_any": None,  # what JAX makes of a sum of gradients
    "asin": unary(jnp.arcsin, P),
    "asinh": unary(jnp.arcsinh),
    "atan": unary(jnp.arctan),
    "atan2": (jnp.arctan2, [X, Y]),
    "atanh": unary(jnp.arctanh, P),
    "cbrt": unary(jnp.cbrt),
    "ceil": unary(lambda x: x * jnp.ceil(x), Y),
    "clamp": unary(lambda x: lax.clamp(-1.0, x, 0.6)),
    "convert_element_type": unary(lambda x: x * (x > 0).astype(float) * x.astype(int), 3 * P),
    "copy": unary(lambda x: jnp.copy(x)),
    "copy_p": None,  # what earlier versions called it
    "cos": unary(jnp.cos),
    "cosh": unary(jnp.cosh),
    "digamma": unary(jax.scipy.special.digamma, G),
    "div": (jnp.divide, [X, Y]),
    "eq": (lambda x, y: jnp.where(x == y, x, y * y), [X, Y]),
    "erf": unary(jax.scipy.special.erf),
    "erfc": unary(jax.scipy.special.erfc),
    "exp": unary(jnp.exp),
    "exp2": unary(jnp.exp2),
    "expm1": unary(jnp.expm1),
    "floor": unary(lambda x: x * jnp.floor(x), Y),
    "ge": (lambda x, y: jnp.where(x >= y, x * x, y), [X, Y]),
    "gt": (lambda x, y: jnp.where(x > y, x * x, y), [X, Y]),
    "integer_pow": unary(lambda x: x**3 + x**-2),
    "is_finite": unary(lambda x: jnp.where(jnp.isfinite(x), x * x, x)),
    "le": (lambda x, y: jnp.where(x <= y, x * x, y), [X, Y]),
    "le_to": unary(lambda x: x * jnp.searchsorted(STEPS, x), 0.9 * X),
    "lgamma": unary(jax.scipy.special.gammaln, G + 2),
    "log": unary(jnp.log, P),
    "log1p": unary(jnp.log1p, P),
    "logistic": unary(jax.nn.sigmoid),
    "lt": (lambda x, y: jnp.where(x < y, x * x, y), [X, Y]),
    "lt_to": unary(lambda x: x * jnp.searchsorted(STEPS, x, side="right"), 0.9 * X),
    "max": (jnp.maximum, [X, Y]),
    "min": (jnp.minimum, [X, Y]),
    "mul": (jnp.multiply, [X, Y]),
    "ne": unary(jax.nn.softplus),
    "neg": unary(jnp.negative),
    "pow": (jnp.power, [P, Y]),
    "real": None,  # jnp.real of real numbers leaves no trace
    "rem": (jnp.fmod, [X, G]),
    "round": unary(lambda x: x * jnp.round(3 * x) + lax.round(3 * x, 0), 0.3 * Y),
    "rsqrt": unary(lax.rsqrt, P),
    "sign": unary(lambda x: x * jnp.sign(x)),
    "sin": unary(jnp.sin),
    "sinh": unary(jnp.sinh),
    "sqrt": unary(jnp.sqrt, P),
    "square": unary(jnp.square),
    "stop_gradient": unary(jax.nn.softmax),
    "sub": (jnp.subtract, [X, Y]),
    "tan": unary(jnp.tan),
    "tanh": unary(jnp.tanh),
    "argmax": unary(lambda x: x * jnp.argmax(x, axis=1, keepdims=True)),
    "argmin": unary(lambda x: x * jnp.argmin(x, axis=1, keepdims=True)),
    "cumlogsumexp": unary(lambda x: lax.cumlogsumexp(x, 1)),
    "cummax": unary(lambda x: lax.cummax(x, 1, reverse=True)),
    "cummin": unary(lambda x: lax.cummin(x, 1)),
    "cumprod": unary(lambda x: lax.cumprod(x, 1)),
    "cumsum": unary(lambda x: lax.cumsum(x, 1, reverse=True)),
    "reduce_max": unary(lambda x: jnp.max(x, axis=1)),
    "reduce_min": unary(lambda x: jnp.min(x, axis=0)),
    "reduce_prod": unary(lambda x: jnp.prod(x, axis=1)),
    "reduce_sum": unary(lambda x: jnp.sum(x, axis=(0, 1))),
    "sort": (lambda x, y: lax.sort([x, y], dimension=1, num_keys=1), [X, Y]),
    "top_k": unary(lambda x: lax.top_k(x, 2)[0]),
    "conv_general_dilated": (
        convolved(window_strides=(2, 1), padding=((1, 0), (-1, 2)), rhs_dilation=(1, 2)),
        [IMAGE, KERNEL],
    ),
    "dot_general": (
        lambda x, y: jnp.einsum("ni,nj->nij", x, y) + jnp.einsum("bk,bk->b", x, y)[:, None, None],
        [X, Y],
    ),
    "reduce_window_max": pooled(lax.max, -np.inf),
    "reduce_window_min": pooled(lax.min, np.inf),
    "reduce_window_sum": pooled(lax.add, 0.0),
    "select_and_scatter_add": None,  # what JAX makes of the gradient of a maximum over windows
    "broadcast_in_dim": unary(lambda x: jnp.broadcast_to(x[:, None], (2, 4, 3))),
    "concatenate": (lambda x, y: jnp.concatenate([x, y, x], axis=1), [X, Y]),
    "dynamic_slice": unary(lambda x: lax.dynamic_slice(x, (jnp.argmax(x[0]), 1), (1, 2))),
    "dynamic_update_slice": (lambda x, y: lax.dynamic_update_slice(x, y[:1, :2], (1, 1)), [X, Y]),
    "expand_dims": None,  # a broadcast_in_dim in today's JAX
    "gather": (lambda x, n: x[:, n] * x[[0, 1], [1, 0]][:, None], [X, ROWS]),
    "pad": unary(lambda x: lax.pad(x, 0.5, ((1, -1, 1), (-1, 2, 0)))),
    "reshape": unary(lambda x: jnp.reshape(x, (3, 2))),
    "rev": unary(lambda x: jnp.flip(x, 1)),
    "scatter": (lambda x, y: jnp.asarray(x).at[1, :2].set(y[0, 1:]), [X, Y]),
    "select_n": (lambda x, y: jnp.where(x > 0, x, y), [X, Y]),
    "slice": unary(lambda x: x[:, ::2]),
    "split": unary(lambda x: jnp.split(x, [1], axis=1)),
    "squeeze": unary(lambda x: jnp.squeeze(x[:1], 0)),
    "tile": unary(lambda x: jnp.tile(x, (2, 1))),
    "transpose": unary(jnp.transpose),
    "scatter-add": (lambda x, y, n: jnp.asarray(x).at[:, n].add(y), [X, Y, ROWS]),
    "scatter_add": None,  # what later versions may call it
    "cholesky": unary(jnp.linalg.cholesky, SYMMETRIC),
    "custom_linear_solve": (jnp.linalg.solve, [MATRICES, MATRICES[:, :, :2]]),
    "lu": unary(lambda a: jnp.linalg.slogdet(a)[1], MATRICES),
    "triangular_solve": (
        lambda a, b: (
            jax.scipy.linalg.solve_triangular(a, b, lower=True, trans=1)
            + lax.linalg.triangular_solve(a, b.T, unit_diagonal=True).T
        ),
        [MATRICES[0], MATRICES[1]],
    ),
    "cond": unary(lambda x: lax.cond(x[0, 0] > 0, jnp.sin, jnp.cos, x)),
    "scan": unary(recurrence),
    "while": unary(halved),
    "jit": unary(jax.jit(lambda x: x * x)),
    "remat2": unary(jax.checkpoint(lambda x: jnp.sin(x) * x)),
    "custom_jvp_call": unary(jax.nn.relu),
}
"""Name of a primitive -> a function that uses it, and its inputs."""

TRIED = {name: case for name, case in CASES.items() if case is not None}
WITHOUT_DERIVATIVE = {
    "digamma": "its derivative is polygamma, which balls do not have",
    "while": "JAX has no reverse mode of loops whose length values decide",
}
every_primitive = pytest.mark.parametrize("name", TRIED)


def exact(function, inputs):
    """Return what the interpreter gives in balls, rounded to float64."""
    with float64_enabled():
        leaves = jax.tree_util.tree_leaves
        program = Program(lambda *arrays: leaves(function(*arrays)))
        return [np.asarray(midpoint(x)) for x in in_balls(program, *inputs)]


def in_floats(function, inputs):
    with float64_enabled():
        return [np.asarray(x) for x in jax.tree_util.tree_leaves(jax.jit(function)(*inputs))]


def test_every_primitive_is_tried():
    assert set(FUNCTIONS) | set(PLACES) | set(CONTROL) <= set(CASES) | set(CALLS)


def primitives(jaxpr):
    for equation in getattr(jaxpr, "jaxpr", jaxpr).eqns:
        yield equation.primitive.name
        for inner in jax.tree_util.tree_leaves(list(equation.params.values())):
            if hasattr(inner, "jaxpr") or hasattr(inner, "eqns"):
                yield from primitives(inner)


@every_primitive
def test_the_case_uses_its_primitive(name):
    function, inputs = TRIED[name]
    with float64_enabled():
        assert name in set(primitives(jax.make_jaxpr(function)(*inputs).jaxpr))


@every_primitive
def test_balls_give_the_values_of_jax(name):
    """XLA's own functions are off by some last places; a wrong counterpart is off at once."""
    function, inputs = TRIED[name]
    for ours, theirs in zip(exact(function, inputs), in_floats(function, inputs), strict=True):
        assert ours.shape == theirs.shape
        assert np.all(np.abs(ours - theirs) <= 16 * np.spacing(np.max(np.abs(theirs))))


@pytest.mark.parametrize("name", [name for name in TRIED if name not in WITHOUT_DERIVATIVE])
def test_derivatives_by_jax_agree_exactly(name):
    function, inputs = TRIED[name]
    report = check(jax.jit(function), inputs)  # compiled as a whole: quicker
    assert report.verdict == "agree"
    assert set(report.frame.oracle) == {"balls"}
