"""Strangers' layers in PyTorch and JAX, with three mistakes each."""

from __future__ import annotations

from tests.strangers.stranger import Mistake, Stranger

SWISH = Stranger(
    "swish_function.py",
    lambda code, rng: (code.Swish, [rng.standard_normal((3, 4))]),
    (
        Mistake("derivative taken at the output",
                "ctx.save_for_backward(x)\n        return x * torch.sigmoid(x)",
                "y = x * torch.sigmoid(x)\n        ctx.save_for_backward(y)\n        return y",
                r"wrong point|at y|output", "delta_x"),
        Mistake("cotangent ignored", "return grad_output * (s", "return (s",
                r"cotangent|upstream", "delta_x"),
        Mistake("halved", "return grad_output * (s", "return 0.5 * grad_output * (s",
                r"1/2|0\.5", "delta_x"),
    ),
)  # fmt: skip

LINEAR = Stranger(
    "linear_function.py",
    lambda code, rng: (
        code.LinearFunction,
        [rng.standard_normal((5, 3)), rng.standard_normal((3, 3)), rng.standard_normal(3)],
    ),
    (
        Mistake("weight gradient transposed", "grad_output.t().mm(input)",
                "input.t().mm(grad_output)", r"transpos", "delta_weight"),
        Mistake("bias averaged", "grad_output.sum(0)", "grad_output.mean(0)",
                r"1/5|0\.2", "delta_bias"),
        Mistake("input gradient forgotten", "grad_input = grad_output.mm(weight)",
                "grad_input = torch.zeros_like(input)", r"are 0", "delta_input"),
    ),
)  # fmt: skip

SOFTPLUS = Stranger(
    "softplus_rule.py",
    lambda code, rng: (code.softplus, [rng.standard_normal((3, 4))]),
    (
        Mistake("residual is the output", "return y, x", "return y, y",
                r"wrong point|at y|output", "delta_x"),
        Mistake("sign", "return (g /", "return (-g /", r"-1|sign", "delta_x"),
        Mistake("cotangent ignored", "return (g /", "return (jnp.ones_like(g) /",
                r"cotangent|upstream", "delta_x"),
    ),
)  # fmt: skip

STRANGERS = (SWISH, LINEAR, SOFTPLUS)
