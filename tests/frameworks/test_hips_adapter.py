"""Functions of HIPS autograd through `gradcheck.check`: right ones, wrong ones, containers."""

from __future__ import annotations

import numpy as np
import pytest

import gradcheck
from gradcheck.adapters.given import CodeError
from gradcheck.adapters.hips import functions as hips_functions
from gradcheck.adapters.hips.balls import balls_in_autograd
from gradcheck.arithmetic import BallArray
from tests.frameworks.derivative_check import check

anp = pytest.importorskip("autograd.numpy", reason="the frameworks environment has it")
from autograd.extend import Box, VSpace, defvjp, primitive  # noqa: E402 - after the skip

X = np.sin(np.arange(6.0)).reshape(2, 3)
W = np.cos(np.arange(12.0)).reshape(3, 4)
TABLE = np.sin(np.arange(8.0)).reshape(4, 2)
ROWS = np.array([2, 0, 2])


def with_vjps(function, *vjps):
    made = primitive(function)
    defvjp(made, *vjps)
    return made


def logsumexp(x):
    top = np.max(x)
    return top + np.log(np.sum(np.exp(x - top)))


def logsumexp_vjp(ans, x):
    return lambda g: g * np.exp(x - ans)


def affine(x, w):
    return np.dot(x, w)


def affine_vjp_x(ans, x, w):
    return lambda g: np.dot(g, w.T)


def affine_vjp_w(ans, x, w):
    return lambda g: np.dot(x.T, g)


def pick(table, rows):
    return table[rows]


def pick_vjp(ans, table, rows):
    def vjp(g):
        gradient = np.zeros_like(table)
        np.add.at(gradient, rows, g)
        return gradient

    return vjp


def pick_overwriting(ans, table, rows):
    def vjp(g):
        gradient = np.zeros_like(table)
        gradient[rows] = g
        return gradient

    return vjp


def leaky(x):
    return np.where(x > 0, x, 0.1 * x)


RIGHT = {
    "logsumexp": (logsumexp, [logsumexp_vjp], [X]),
    "affine": (affine, [affine_vjp_x, affine_vjp_w], [X, W]),
    "pick": (pick, [pick_vjp, None], [TABLE, ROWS]),
    "leaky": (leaky, [lambda ans, x: lambda g: g * np.where(x > 0, 1.0, 0.1)], [X]),
}
WRONG = {
    "not the softmax": ("logsumexp", [lambda ans, x: lambda g: g * np.exp(x)]),
    "cotangent ignored": ("logsumexp", [lambda ans, x: lambda g: np.exp(x - ans)]),
    "sign": ("affine", [affine_vjp_x, lambda ans, x, w: lambda g: -np.dot(x.T, g)]),
    "factor of the batch": ("affine", [affine_vjp_x, lambda ans, x, w: lambda g: x.T @ g / len(x)]),
    "repeated rows overwritten": ("pick", [pick_overwriting, None]),
    "wrong left of zero": ("leaky", [lambda ans, x: lambda g: g * (x > 0)]),
}


@pytest.mark.parametrize("name", RIGHT)
def test_right_primitives_agree_exactly(name):
    function, vjps, inputs = RIGHT[name]
    report = check(with_vjps(function, *vjps), inputs)
    assert (report.verdict, set(report.frame.evidence)) == ("agree", {"exact"})


@pytest.mark.parametrize("mistake", WRONG)
def test_wrong_primitives_are_caught(mistake):
    name, vjps = WRONG[mistake]
    function, _, inputs = RIGHT[name]
    report = check(with_vjps(function, *vjps), inputs)
    assert (report.verdict, set(report.frame.evidence)) == ("disagree", {"exact"})


@pytest.mark.parametrize("name", RIGHT)
def test_right_primitives_obey_the_laws(name):
    function, vjps, inputs = RIGHT[name]
    assert gradcheck.check(with_vjps(function, *vjps), inputs).verdict == "agree"


FUNCTIONS = {
    "layer": (lambda x, w: anp.tanh(anp.dot(x, w)) ** 2, [X, W]),
    "operators": (lambda x, w: 1 / (2 + abs(x @ w)), [X, W]),
    "indices": (lambda x: x[0] * x[1, 1] + anp.sum(x[:, [0, 0, 2]]), [X]),
    "normalisation": (lambda x: (x - anp.mean(x, 0)) / anp.sqrt(anp.var(x, 0) + 1e-3), [X]),
    "softmax": (lambda x: anp.exp(x) / anp.sum(anp.exp(x), axis=1, keepdims=True), [X]),
    "maximum": (lambda x: anp.max(anp.maximum(x, 0.1), axis=1), [X]),
    "choice": (lambda x: anp.where(x > 0.3, anp.sin(x), anp.cos(x)), [X]),
    "concatenation": (lambda x: anp.concatenate([x, x**2], axis=1), [X]),
    "einsum": (lambda x, w: anp.einsum("ni,ij->nj", x, w), [X, W]),
    "solution": (lambda a, b: anp.linalg.solve(a, b), [W[:, :3] + 2 * np.eye(3), X[0]]),
    "branches": (lambda x: anp.sin(x) if anp.sum(x) > 0 else anp.cos(x), [X]),
    "a number": (lambda x: anp.sin(x), [0.5]),
}
"""What autograd differentiates by its own rules, in code as people write it."""


@pytest.mark.parametrize("name", FUNCTIONS)
def test_autograd_of_numpy_agrees_exactly(name):
    function, inputs = FUNCTIONS[name]
    report = check(function, inputs, kind="autograd")
    assert (report.verdict, set(report.frame.evidence)) == ("agree", {"exact"})


def test_wrong_primitive_is_found_inside_a_function():
    wrong = with_vjps(logsumexp, lambda ans, x: lambda g: g * np.exp(x))
    assert check(lambda x: wrong(2 * x) ** 2, [X]).verdict == "disagree"


def test_parameters_in_containers_bear_the_way_to_them():
    def net(params, x):
        (w, b), scale = params["layers"][0], params["scale"]
        return anp.tanh(anp.dot(x, w) + b) * scale

    report = check(net, [{"layers": [(W, np.ones(4))], "scale": 2.0}, X])
    assert (report.verdict, set(report.frame.evidence)) == ("agree", {"exact"})
    assert {"delta_params.layers.0.0", "delta_params.scale"} < set(report.frame.quantity)


def test_primitive_that_takes_a_container_uses_its_own_rule():
    def times_w(params, x):
        return np.dot(x, params["w"])

    def twice(ans, params, x):
        return lambda g: {"w": 2 * np.dot(x.T, g)}

    wrong = with_vjps(times_w, twice, lambda ans, params, x: lambda g: np.dot(g, params["w"].T))
    verdicts = check(wrong, [{"w": W}, X]).frame.set_index("quantity").verdict
    assert verdicts.to_dict() == {"delta_params.w": "DISAGREE", "delta_x": "agree"}


def test_held_inputs_are_not_differentiated():
    report = check(with_vjps(affine, affine_vjp_x, affine_vjp_w), [X, W], held=["x"])
    assert set(report.frame.quantity) == {"delta_w"}


def test_float32_stays_float32():
    layer = gradcheck.layer(lambda x: anp.tanh(x), [X.astype(np.float32)])
    assert (layer.output.dtype, layer.kind) == (np.float32, "autograd function")


def test_code_without_a_name_of_autograd_is_taken_where_the_kind_is_named():
    assert check(lambda x: x * x, [X], kind="autograd").verdict == "agree"


def test_what_was_recognised_is_told():
    layer = gradcheck.layer(with_vjps(affine, affine_vjp_x, affine_vjp_w), [X, W])
    assert layer.found == "affine(x, w), a primitive of autograd"


def test_autograd_knows_no_balls_afterwards():
    before = dict(Box.type_mappings), dict(VSpace.mappings)
    with balls_in_autograd():
        assert BallArray in Box.type_mappings
    assert (Box.type_mappings, VSpace.mappings) == before


def test_missing_rule_is_reported_as_the_users():
    with pytest.raises(CodeError, match=r"backward raised NotImplementedError .* not defined"):
        check(primitive(affine), [X, W])


def test_missing_package_is_named_with_its_cure(monkeypatch):
    monkeypatch.setattr(hips_functions, "find_spec", lambda name: None)
    with pytest.raises(CodeError, match="not installed here; pip install autograd"):
        check(np.sin, [X], kind="autograd")
