"""Strangers' layers in NumPy, with three mistakes each."""

from __future__ import annotations

from tests.strangers.stranger import Mistake, Stranger

DENSE = Stranger(
    "dense_class.py",
    lambda code, rng: (code.Dense(3, 4), [rng.standard_normal((5, 3))]),
    (
        Mistake("averaged over the batch", "self.x.T @ grad", "self.x.T @ grad / len(grad)",
                r"1/5|0\.2", "delta_W"),
        Mistake("bias not summed", "self.db = grad.sum(axis=0)", "self.db = grad",
                r"[Ss]um", "delta_b"),
        Mistake("weight decay left in", "self.x.T @ grad", "self.x.T @ grad + 0.01 * self.W",
                r"0\.01.*W", "delta_W"),
    ),
)  # fmt: skip

BATCH_NORM = Stranger(
    "batchnorm_class.py",
    lambda code, rng: (code.BatchNorm1D(4), [rng.standard_normal((6, 4)) * 3 + 1]),
    (
        Mistake("mean through which the gradient flows forgotten", " + dmu / N", "",
                r"constant along|mean", "delta_x"),
        Mistake("another epsilon in backward", "std = np.sqrt(self.var + self.eps)",
                "std = np.sqrt(self.var + 1e-3)", "ε", "delta_x"),
        Mistake("sign of beta", '= np.sum(dout, axis=0)', '= -np.sum(dout, axis=0)',
                r"-1|sign", "delta_beta"),
    ),
)  # fmt: skip

CONV = Stranger(
    "conv_class.py",
    lambda code, rng: (code.Conv1D(2, 3, 2), [rng.standard_normal((4, 2, 5))]),
    (
        Mistake("last window forgotten", "range(grad_out.shape[2])", "range(grad_out.shape[2] - 1)",
                r"last", "delta_inp",
                unnamed="nothing: the last two of five entries are wrong, each in its own way"),
        Mistake("bias averaged over the batch", "grad_out.sum(axis=(0, 2))",
                "grad_out.sum(axis=2).mean(axis=0)", r"1/4|0\.25", "delta_bias"),
        Mistake("kernel reversed", "np.tensordot(g, self.weight, axes=(1, 0))",
                "np.tensordot(g, self.weight[:, :, ::-1], axes=(1, 0))",
                r"revers|flip|mirror", "delta_inp"),
    ),
)  # fmt: skip

SOFTMAX_LOSS = Stranger(
    "softmax_loss.py",
    lambda code, rng: (code.softmax_loss, [rng.standard_normal((5, 3)), rng.integers(3, size=5)]),
    (
        Mistake("not averaged", "    dx /= N\n", "", r"\b5\b", "delta_x"),
        Mistake("target minus probability", "dx /= N", "dx /= -N", r"-1|sign", "delta_x"),
        Mistake("mean over classes", "dx /= N", "dx /= x.shape[1]", r"5/3|1\.66", "delta_x"),
    ),
)  # fmt: skip

LAYER_NORM = Stranger(
    "layernorm_pair.py",
    lambda code, rng: (
        code.layernorm_forward,
        code.layernorm_backward,
        [rng.standard_normal((4, 6)), rng.standard_normal(6), rng.standard_normal(6)],
    ),
    (
        Mistake("mean forgotten", " - d.sum(axis=1, keepdims=True) / D", "",
                r"constant along|mean", "delta_x"),
        Mistake("gamma not summed", "(dout * x_norm).sum(axis=0)", "dout * x_norm",
                r"[Ss]um", "delta_gamma"),
        Mistake("std forgotten", "return dx / std", "return dx", r"row|along axis 1|axis 0",
                "delta_x"),
    ),
)  # fmt: skip

LEAKY_RELU = Stranger(
    "leaky_pair.py",
    lambda code, rng: (
        code.leaky_relu_forward,
        code.leaky_relu_backward,
        [rng.standard_normal((4, 5))],
    ),
    (
        Mistake("zero for negative inputs", "np.where(x > 0, 1.0, alpha)", "(x > 0)",
                r"negative|x > 0", "delta_x"),
        Mistake("cotangent ignored", "np.where(x > 0, 1.0, alpha) * dout",
                "np.where(x > 0, 1.0, alpha)", r"cotangent|upstream", "delta_x"),
        Mistake("doubled", "np.where(x > 0, 1.0, alpha) * dout",
                "np.where(x > 0, 1.0, alpha) * 2 * dout", r"\b2\b", "delta_x"),
    ),
)  # fmt: skip

LOGISTIC = Stranger(
    "logistic_objective.py",
    lambda code, rng: (
        code.objective,
        code.objective_grad,
        [rng.standard_normal(4), rng.standard_normal((6, 3)), rng.integers(2, size=6)],
    ),
    (
        Mistake("penalty forgotten", " + lam * w[:-1]", "", r"0\.1.*w|proportional", "delta_w",
                unnamed="where it is wrong: everywhere but at the last index"),
        Mistake("intercept not averaged", "g[-1] = r.sum()", "g[-1] = r.sum() * len(t)",
                r"last|\[3\]|\b6\b", "delta_w"),
        Mistake("penalty doubled", "lam * w[:-1]", "2 * lam * w[:-1]",
                r"0\.1.*w|proportional", "delta_w",
                unnamed="where it is wrong: everywhere but at the last index"),
    ),
)  # fmt: skip

STRANGERS = (DENSE, BATCH_NORM, CONV, SOFTMAX_LOSS, LAYER_NORM, LEAKY_RELU, LOGISTIC)
