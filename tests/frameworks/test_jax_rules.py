"""JAX functions with a derivative rule of their own: right rules agree, wrong ones are caught."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest

import gradcheck
from tests.frameworks.derivative_check import check

jax = pytest.importorskip("jax", reason="the frameworks environment has it")
jnp = jax.numpy

X = jnp.asarray(np.sin(np.arange(6.0)).reshape(2, 3))
W = jnp.asarray(np.cos(np.arange(12.0)).reshape(3, 4))
TABLE = jnp.asarray(np.sin(np.arange(8.0)).reshape(4, 2))
ROWS = jnp.asarray([2, 0, 2])
LABELS = jnp.asarray([2, 0])


def with_vjp(primal, forward, backward):
    function = jax.custom_vjp(primal)
    function.defvjp(forward, backward)
    return function


def with_jvp(primal, rule):
    function = jax.custom_jvp(primal)
    function.defjvp(rule)
    return function


def dense(x, w):
    return jnp.tanh(x @ w)


def dense_forward(x, w):
    a = dense(x, w)
    return a, (x, w, a)


def dense_backward(kept, delta_a):
    x, w, a = kept
    delta_z = delta_a * (1 - a**2)
    return delta_z @ w.T, x.T @ delta_z


def normalise(x):
    centered = x - x.mean(axis=-1, keepdims=True)
    return centered / jnp.sqrt((centered**2).mean(axis=-1, keepdims=True) + 1e-5)


def normalise_forward(x):
    return normalise(x), x


def normalise_backward(x, c, *, epsilon=1e-5):
    centered = x - x.mean(axis=-1, keepdims=True)
    s = jnp.sqrt((centered**2).mean(axis=-1, keepdims=True) + epsilon)
    y = centered / s
    return ((c - c.mean(-1, keepdims=True) - y * (c * y).mean(-1, keepdims=True)) / s,)


def embed(table, rows):
    return table[rows]


def embed_forward(table, rows):
    return table[rows], (table, rows)


def embed_backward(kept, c):
    table, rows = kept
    return jnp.zeros_like(table).at[rows].add(c), None


def cross_entropy(scores, labels):
    return -jnp.take_along_axis(jax.nn.log_softmax(scores), labels[:, None], axis=1).mean()


def cross_entropy_forward(scores, labels):
    return cross_entropy(scores, labels), (scores, labels)


def cross_entropy_backward(kept, c):
    scores, labels = kept
    hit = jax.nn.one_hot(labels, scores.shape[1], dtype=scores.dtype)
    return c * (jax.nn.softmax(scores) - hit) / len(labels), None


def dense_from_z(kept, delta_a):
    x, w, _ = kept
    delta_z = delta_a * (1 - (x @ w) ** 2)
    return delta_z @ w.T, x.T @ delta_z


def dense_without_transposition(kept, delta_a):
    delta_x, delta_w = dense_backward(kept, delta_a)
    return delta_x, delta_w[:, ::-1]


def dense_alone(kept, delta_a):
    delta_x, delta_w = dense_backward(kept, jnp.ones_like(delta_a))
    return delta_x, delta_w


def normalise_without_mean(x, c):
    (gradient,) = normalise_backward(x, c)
    return (gradient + (c.mean(-1, keepdims=True) / x.std(-1, keepdims=True)),)


def embed_overwriting(kept, c):
    table, rows = kept
    return jnp.zeros_like(table).at[rows].set(c), None


def cross_entropy_sum(kept, c):
    gradient, _ = cross_entropy_backward(kept, c)
    return gradient * len(LABELS), None


def cross_entropy_flipped(kept, c):
    return -cross_entropy_backward(kept, c)[0], None


VJP = {
    "dense": (dense, dense_forward, dense_backward, [X, W]),
    "normalise": (normalise, normalise_forward, normalise_backward, [X]),
    "embed": (embed, embed_forward, embed_backward, [TABLE, ROWS]),
    "cross-entropy": (cross_entropy, cross_entropy_forward, cross_entropy_backward, [X, LABELS]),
}
WRONG_VJP = {
    "derivative at z, not at a": ("dense", dense_from_z),
    "columns in another order": ("dense", dense_without_transposition),
    "cotangent ignored": ("dense", dense_alone),
    "forgotten mean": ("normalise", normalise_without_mean),
    "another epsilon": ("normalise", partial(normalise_backward, epsilon=1e-3)),
    "repeated rows overwritten": ("embed", embed_overwriting),
    "missing 1/N": ("cross-entropy", cross_entropy_sum),
    "sign": ("cross-entropy", cross_entropy_flipped),
}


def softplus(x):
    return jnp.log1p(jnp.exp(x))


def softplus_rule(primals, tangents):
    (x,), (t,) = primals, tangents
    return softplus(x), t * jax.nn.sigmoid(x)


def product(x, y):
    return jnp.sin(x) * y


def product_rule(primals, tangents):
    (x, y), (s, t) = primals, tangents
    return product(x, y), jnp.cos(x) * y * s + jnp.sin(x) * t


def softplus_of_output(primals, tangents):
    y, _ = softplus_rule(primals, tangents)
    return y, tangents[0] * jax.nn.sigmoid(y)


def softplus_wrong_left_of_zero(primals, tangents):
    y, t = softplus_rule(primals, tangents)
    return y, jnp.where(primals[0] < 0, 0.0, t)


def product_twice(primals, tangents):
    y, t = product_rule(primals, tangents)
    return y, 2 * t


def product_of_one(primals, tangents):
    (x, y), (s, _) = primals, tangents
    return product(x, y), jnp.cos(x) * y * s


def product_with_sign(primals, tangents):
    (x, y), (s, t) = primals, tangents
    return product(x, y), -jnp.cos(x) * y * s + jnp.sin(x) * t


JVP = {
    "softplus": (softplus, softplus_rule, [X]),
    "product": (product, product_rule, [X, X[::-1] + 2]),
}
WRONG_JVP = {
    "derivative at the output": ("softplus", softplus_of_output),
    "wrong left of zero": ("softplus", softplus_wrong_left_of_zero),
    "factor of two": ("product", product_twice),
    "second tangent forgotten": ("product", product_of_one),
    "sign": ("product", product_with_sign),
}


@pytest.mark.parametrize("name", VJP)
def test_right_backward_rules_agree_exactly(name):
    primal, forward, backward, inputs = VJP[name]
    report = check(with_vjp(primal, forward, backward), inputs)
    assert (report.verdict, set(report.frame.evidence)) == ("agree", {"exact"})


@pytest.mark.parametrize("mistake", WRONG_VJP)
def test_wrong_backward_rules_are_caught(mistake):
    name, backward = WRONG_VJP[mistake]
    primal, forward, _, inputs = VJP[name]
    report = check(with_vjp(primal, forward, backward), inputs)
    assert (report.verdict, set(report.frame.evidence)) == ("disagree", {"exact"})


@pytest.mark.parametrize("name", JVP)
def test_right_tangent_rules_agree_exactly(name):
    primal, rule, inputs = JVP[name]
    report = check(with_jvp(primal, rule), inputs)
    assert (report.verdict, set(report.frame.evidence)) == ("agree", {"exact"})


@pytest.mark.parametrize("mistake", WRONG_JVP)
def test_wrong_tangent_rules_are_caught(mistake):
    name, rule = WRONG_JVP[mistake]
    primal, _, inputs = JVP[name]
    report = check(with_jvp(primal, rule), inputs)
    assert (report.verdict, set(report.frame.evidence)) == ("disagree", {"exact"})


@pytest.mark.parametrize("name", VJP)
def test_right_rules_obey_the_laws(name):
    primal, forward, backward, inputs = VJP[name]
    assert gradcheck.check(with_vjp(primal, forward, backward), inputs).verdict == "agree"


def test_wrong_rule_is_explained():
    function = with_jvp(product, product_twice)
    report = gradcheck.check(function, [X, X[::-1] + 2], laws=False)
    assert report.frame.cause.str.contains("all 6 entries are 2.000000 × the true gradient").all()


def test_rule_is_found_inside_a_jitted_function():
    inner = with_jvp(softplus, softplus_of_output)
    assert check(jax.jit(lambda x: inner(2 * x)), [X]).verdict == "disagree"


def test_rule_is_found_inside_a_loop():
    inner = with_jvp(softplus, softplus_of_output)
    repeated = partial(jax.lax.fori_loop, 0, 3, lambda _, x: inner(x))
    report = check(repeated, [X], kind="jax")
    assert (report.verdict, set(report.frame.evidence)) == ("disagree", {"exact"})
