"""Two JAX functions through `gradcheck.check`: pairs, caches, Jacobians, and limits of loops."""

from __future__ import annotations

import numpy as np
import pytest

from gradcheck.adapters.given import CodeError
from tests.frameworks.derivative_check import check

jax = pytest.importorskip("jax", reason="the frameworks environment has it")
jnp = jax.numpy

X = jnp.asarray(np.sin(np.arange(6.0)).reshape(2, 3))
W = jnp.asarray(np.cos(np.arange(12.0)).reshape(3, 4))


def with_vjp(primal, forward, backward):
    function = jax.custom_vjp(primal)
    function.defvjp(forward, backward)
    return function


def dense(x, w):
    return jnp.tanh(x @ w)


def dense_forward(x, w):
    return dense(x, w), (x, w)


def dense_backward(kept, delta_a):
    return dense_gradients(delta_a, *kept)


def dense_gradients(delta_a, x, w):
    delta_z = delta_a * (1 - dense(x, w) ** 2)
    return delta_z @ w.T, x.T @ delta_z


def test_pairs_of_jax_functions_agree_exactly():
    report = check(dense, [X, W], backward=dense_gradients)
    assert (report.verdict, set(report.frame.evidence)) == ("agree", {"exact"})


def test_wrong_pairs_of_jax_functions_are_caught():
    def wrong(delta_a, x, w):
        delta_x, delta_w = dense_gradients(delta_a, x, w)
        return delta_x, 2 * delta_w

    verdicts = check(dense, [X, W], backward=wrong).frame.set_index("quantity").verdict
    assert verdicts.to_dict() == {"delta_x": "agree", "delta_w": "DISAGREE"}


@pytest.mark.parametrize(("factor", "verdict"), [(1, "agree"), (2, "disagree")])
def test_jax_functions_with_a_cache_are_checked_exactly(factor, verdict):
    def backward(delta_a, cache):
        delta_x, delta_w = dense_backward(cache, delta_a)
        return factor * delta_x, delta_w

    report = check(dense_forward, [X, W], backward=backward)
    assert (report.verdict, set(report.frame.evidence)) == (verdict, {"exact"})


@pytest.mark.parametrize(("factor", "verdict"), [(1, "agree"), (2, "disagree")])
def test_jacobian_functions_in_jax_are_checked_exactly(factor, verdict):
    def jacobian(x, w):
        return tuple(factor * entries for entries in jax.jacrev(dense, (0, 1))(x, w))

    report = check(dense, [X, W], backward=jacobian)
    assert (report.verdict, set(report.frame.evidence)) == (verdict, {"exact"})


def test_gradient_of_the_first_argument_alone_holds_the_others():
    def energy(params, x):
        return jnp.sum(jnp.tanh(x @ params["w"]))

    report = check(energy, [{"w": W}, X], backward=jax.grad(energy))
    assert (report.verdict, set(report.frame.quantity)) == ("agree", {"delta_params.w"})


def test_second_function_of_anything_else_is_refused():
    with pytest.raises(CodeError, match="the second function takes 5 arguments: give one of"):
        check(dense, [X, W], backward=lambda a, b, c, d, e: None)


@pytest.mark.parametrize(("factor", "verdict"), [(1, "agree"), (2, "disagree")])
def test_arrays_in_callable_containers_are_parameters(factor, verdict):
    def backward(kept, delta_a):
        delta_x, delta_w = dense_backward(kept, delta_a)
        return delta_x, factor * delta_w

    rule = with_vjp(dense, dense_forward, backward)

    @jax.tree_util.register_pytree_node_class
    class Layer:
        def __init__(self, w):
            self.w = w

        def __call__(self, x):
            return rule(x, self.w)

        def tree_flatten(self):
            return (self.w,), None

        @classmethod
        def tree_unflatten(cls, _, leaves):
            return cls(*leaves)

    report = check(Layer(W), [X])
    assert (report.verdict, set(report.frame.quantity)) == (verdict, {"delta_x", "delta_self.0"})


def root(a):
    """Newton's iteration for the square root, until a step is small."""

    def too_far(x):
        return jnp.max(jnp.abs(x * x - a)) > 1e-6

    return jax.lax.while_loop(too_far, lambda x: (x + a / x) / 2, a)


@pytest.mark.parametrize(("factor", "verdict"), [(1, "inconclusive"), (2, "disagree")])
def test_gradient_of_the_limit_is_not_accused_of_missing_that_of_the_iteration(factor, verdict):
    rule = with_vjp(root, lambda a: 2 * (root(a),), lambda x, c: (factor * c / (2 * x),))
    assert check(rule, [jnp.asarray([2.0, 3.0])]).verdict == verdict
