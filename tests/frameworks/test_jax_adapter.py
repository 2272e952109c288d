"""JAX functions through `gradcheck.check`: arguments of every kind, ways back, texts."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest

import gradcheck
from gradcheck.adapters.given import CodeError
from gradcheck.adapters.jax import functions as jax_functions
from gradcheck.notation import PointError
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
    x, w = kept
    delta_z = delta_a * (1 - dense(x, w) ** 2)
    return delta_z @ w.T, x.T @ delta_z


def test_parameters_in_containers_bear_the_way_to_them():
    def net(params, x):
        return jnp.tanh(x @ params["w"] + params["layers"][0])

    report = check(net, [{"w": W, "layers": [jnp.ones(4)]}, X])
    assert report.verdict == "agree"
    assert set(report.frame.quantity) == {"delta_params.layers.0", "delta_params.w", "delta_x"}


def test_arrays_in_containers_can_be_held():
    def net(params, x):
        return jnp.tanh(x @ params["w"] + params["b"])

    layer = gradcheck.layer(net, [{"w": W, "b": jnp.ones(4)}, X], held=["params.b"])
    assert (layer.held, layer.differentiable) == (("params.b",), ("params.w", "x"))


def test_several_outputs_are_all_differentiated():
    def parts(x):
        return {"sine": jnp.sin(x), "index": jnp.argmax(x), "total": x.sum()}

    assert gradcheck.layer(parts, [X]).output.shape == (7,)
    assert check(parts, [X]).verdict == "agree"


def test_arguments_that_a_rule_declares_constant_are_handed_over_as_they_are():
    power = partial(jax.custom_vjp, nondiff_argnums=(1,))(lambda x, n: x**n)
    power.defvjp(lambda x, n: (x**n, x), lambda n, x, c: (n * c * x ** (n - 1),))
    report = check(power, [X, 3.0])
    assert (report.verdict, set(report.frame.quantity)) == ("agree", {"delta_x"})


def test_integers_of_python_may_be_static():
    power = jax.jit(lambda x, n: x**n, static_argnums=1)
    assert check(power, [X, 3]).verdict == "agree"


def test_keys_of_random_generators_are_handed_over():
    def dropout(x, key):
        return x * jax.random.bernoulli(key, 0.5, x.shape)

    report = check(dropout, [X, jax.random.key(0)])
    assert (report.verdict, set(report.frame.evidence)) == ("agree", {"exact"})


@pytest.mark.parametrize("dtype", ["float32", "float16", "bfloat16"])
def test_narrow_inputs_are_checked_in_float64(dtype):
    layer = gradcheck.layer(jnp.sin, [jnp.asarray([0.5, -1.0], dtype)])
    assert (layer.values["x"].dtype, layer.output.dtype) == (np.float64, np.float64)
    assert layer.notes == (f"given in {dtype}, and checked in float64",)


@pytest.mark.parametrize("dtype", ["float32", "bfloat16"])
def test_casts_to_narrow_floats_inside_do_not_hide_the_formula(dtype):
    right = with_vjp(
        lambda x: jnp.sin(x.astype(dtype)),
        lambda x: (jnp.sin(x.astype(dtype)), x),
        lambda x, c: (c * jnp.cos(x).astype(dtype),),
    )
    assert check(right, [X]).verdict == "agree"


def test_the_users_setting_of_x64_is_as_before():
    before = jax.config.jax_enable_x64
    check(jnp.sin, [X])
    assert jax.config.jax_enable_x64 == before


def test_numpy_inputs_are_taken_where_the_kind_is_named():
    report = check(lambda x: jnp.sin(x), [np.array([0.5, -1.0])], kind="jax")
    assert (report.verdict, set(report.frame.evidence)) == ("agree", {"exact"})


def test_jitted_functions_are_recognised_with_numpy_inputs():
    assert gradcheck.layer(jax.jit(jnp.sin), [np.array([0.5])]).kind == "JAX function"


def test_objects_with_a_backward_method_are_not_gone_around():
    class Doubled:
        def __call__(self, x):
            return 2 * x

        def backward(self, c):
            return 3 * c

    assert gradcheck.layer(Doubled(), [X]).kind != "JAX function"


def test_what_was_recognised_is_told():
    layer = gradcheck.layer(with_vjp(dense, dense_forward, dense_backward), [X, W])
    assert layer.found == (
        "dense(x, w), a JAX function with a derivative rule of its own (jax.custom_vjp)"
    )


def test_the_functions_of_a_rule_are_found_for_the_laws():
    function = with_vjp(dense, dense_forward, dense_backward)
    code = gradcheck.layer(function, [X, W]).code
    assert code == (function, dense, dense_forward, dense_backward)


def test_values_that_decide_in_python_are_left_to_float_differences():
    def either(x):
        return jnp.sin(x) if x.sum() > 0 else jnp.cos(x)

    report = check(either, [X])
    assert report.verdict == "agree"
    assert report.frame.oracle.str.contains("JAX cannot record the function").all()


def test_primitive_without_counterpart_is_named():
    report = check(jnp.linalg.eigvalsh, [X[:, :2] @ X[:, :2].T])
    assert report.frame.oracle.str.contains("JAX's primitive eigh has no counterpart").all()


def test_numpy_code_in_callbacks_is_checked_by_float_differences():
    def sine(x):
        return jax.pure_callback(np.sin, jax.ShapeDtypeStruct(x.shape, x.dtype), x)

    right = with_vjp(sine, lambda x: (sine(x), x), lambda x, c: (c * jnp.cos(x),))
    wrong = with_vjp(sine, lambda x: (sine(x), x), lambda x, c: (c * jnp.sin(x),))
    assert [check(f, [X]).verdict for f in (right, wrong)] == ["agree", "disagree"]


def test_slope_at_a_kink_agrees_if_it_is_one_of_those_nearby():
    report = check(jax.nn.relu, [jnp.zeros(3)])
    assert (report.verdict, report.frame.kink.all()) == ("agree", True)


def test_not_a_number_at_zero_is_a_disagreement():
    assert check(jnp.linalg.norm, [jnp.zeros(3)]).verdict == "disagree"


def test_results_share_no_memory_with_the_inputs():
    x = np.array([0.5, -1.0])
    session = gradcheck.layer(lambda x: x, [x], kind="jax").start()
    assert not np.shares_memory(session.forward({"x": x}), x)


def test_complex_results_are_refused():
    with pytest.raises(CodeError, match="return their real and imaginary parts"):
        check(lambda x: jnp.exp(1j * x), [X])


def test_complex_inputs_are_refused():
    with pytest.raises(PointError, match=r"input 0 = .* is no array of real numbers"):
        check(jnp.sin, [jnp.asarray([1j])])


def test_functions_without_a_floating_output_are_refused():
    with pytest.raises(CodeError, match=r"forward returned Array.*: return an array of floats"):
        check(jnp.argmax, [X])


def test_what_the_function_raises_is_reported_as_the_users():
    with pytest.raises(CodeError, match="forward raised TypeError at the given inputs: dot"):
        check(lambda x, w: jnp.dot(x, w), [X, X])


def test_gradient_of_the_wrong_shape_is_reported_as_the_users():
    wrong = with_vjp(jnp.sin, lambda x: (jnp.sin(x), x), lambda x, c: (c[0],))
    with pytest.raises(CodeError, match=r"backward raised .* at the given inputs: .*shape"):
        check(wrong, [X])


def test_missing_package_is_named_with_its_cure(monkeypatch):
    monkeypatch.setattr(jax_functions, "find_spec", lambda name: None)
    with pytest.raises(CodeError, match="JAX is not installed here; pip install jax"):
        check(jnp.sin, [np.ones(2)], kind="jax")
