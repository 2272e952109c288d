# ruff: noqa: D101, D102
# a Function is named for what it computes, its methods by PyTorch
"""PyTorch code with a mistake in its backward, each beside its right twin.

A pair has one forward; the wrong one is what somebody might have written in its place.
"""

import torch
from torch import nn
from torch.autograd import Function


def with_backward(right, backward):
    """Return the same Function with another backward."""
    return type(f"Wrong{right.__name__}", (right,), {"backward": staticmethod(backward)})


class Square(Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x**2

    @staticmethod
    def backward(ctx, g):
        (x,) = ctx.saved_tensors
        return 2 * g * x


def without_the_factor(ctx, g):
    (x,) = ctx.saved_tensors
    return g * x


def without_the_cotangent(ctx, g):
    (x,) = ctx.saved_tensors
    return 2 * x


class Tanh(Function):
    @staticmethod
    def forward(ctx, x):
        y = torch.tanh(x)
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx, g):
        (y,) = ctx.saved_tensors
        return g * (1 - y**2)


class TanhSavingItsInput(Tanh):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return torch.tanh(x)


class Softmax(Function):
    @staticmethod
    def forward(ctx, x):
        y = torch.softmax(x, dim=-1)
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx, g):
        (y,) = ctx.saved_tensors
        return y * (g - (g * y).sum(dim=-1, keepdim=True))


def without_the_sum(ctx, g):
    (y,) = ctx.saved_tensors
    return y * (g - g * y)


class Affine(Function):
    """In the newer style, with its context set up apart."""

    @staticmethod
    def forward(x, w, b):
        return x @ w + b

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(*inputs)

    @staticmethod
    def backward(ctx, g):
        x, w, _ = ctx.saved_tensors
        return g @ w.T, x.T @ g, g.sum(dim=0)


def without_the_transpose(ctx, g):
    x, w, _ = ctx.saved_tensors
    return g @ w, x.T @ g, g.sum(dim=0)


def with_a_mean_for_a_sum(ctx, g):
    x, w, _ = ctx.saved_tensors
    return g @ w.T, x.T @ g, g.mean(dim=0)


def with_none_for_the_bias(ctx, g):
    x, w, _ = ctx.saved_tensors
    return g @ w.T, x.T @ g, None


class Difference(Function):
    @staticmethod
    def forward(ctx, x, w):
        return x - w

    @staticmethod
    def backward(ctx, g):
        return g, -g


def without_the_sign(ctx, g):
    return g, g


class TwiceExp(Function):
    @staticmethod
    def forward(ctx, x):
        y = 2 * torch.exp(x)
        ctx.y = y.clone()
        return y

    @staticmethod
    def backward(ctx, g):
        return g * ctx.y


class TwiceExpOfWhatWasDoubled(TwiceExp):
    """As an attribute of ctx, autograd does not see that what was kept changes in place."""

    @staticmethod
    def forward(ctx, x):
        ctx.y = torch.exp(x)
        return ctx.y.mul_(2)

    @staticmethod
    def backward(ctx, g):
        return 2 * g * ctx.y


class LeakyReLU(Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return torch.where(x > 0, x, x / 8)

    @staticmethod
    def backward(ctx, g):
        (x,) = ctx.saved_tensors
        return torch.where(x > 0, g, g / 8)


def without_the_leak(ctx, g):
    (x,) = ctx.saved_tensors
    return torch.where(x > 0, g, 0)


class Cube(Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x**3

    @staticmethod
    def backward(ctx, g):
        (x,) = ctx.saved_tensors
        return 3 * g * x**2


def as_if_contiguous(ctx, g):
    (x,) = ctx.saved_tensors
    row_by_row = x.as_strided(x.shape, torch.empty(x.shape).stride())
    return 3 * g * row_by_row**2


class Embedding(Function):
    @staticmethod
    def forward(ctx, table, rows):
        ctx.save_for_backward(rows)
        ctx.shape = table.shape
        return table[rows]

    @staticmethod
    def backward(ctx, g):
        (rows,) = ctx.saved_tensors
        return g.new_zeros(ctx.shape).index_add_(0, rows, g), None


def without_repetitions(ctx, g):
    (rows,) = ctx.saved_tensors
    gradient = g.new_zeros(ctx.shape)
    gradient[rows] = g
    return gradient, None


class Scaled(nn.Module):
    """A module around a Function."""

    def __init__(self, function):
        super().__init__()
        self.function = function
        self.scale = nn.Parameter(torch.tensor([0.5, -1.5, 2.0]))

    def forward(self, x):
        return self.function.apply(self.scale * x)


def cut(x):
    return x * torch.sigmoid(x).detach()


def whole(x):
    return x * torch.sigmoid(x)


X = torch.tensor([[0.5, -1.25, 2.0], [0.75, 1.5, -0.25]], dtype=torch.float64)
SQUARES = torch.tensor([[0.5, -1.0, 0.25], [1.5, 0.75, -2.0], [0.125, 1.0, 0.375]])
B = torch.tensor([0.5, -0.5, 1.0])
ROWS = torch.tensor([1, 0, 1])

RIGHT = {
    "affine": (Affine, [X, SQUARES, B]),
    "cube": (Cube, [X]),
    "difference": (Difference, [X, X.flip(0)]),
    "embedding": (Embedding, [X, ROWS]),
    "leaky ReLU": (LeakyReLU, [X]),
    "module": (Scaled(Square), [X]),
    "sigmoid linear unit": (whole, [X]),
    "softmax": (Softmax, [X]),
    "square": (Square, [X]),
    "tanh": (Tanh, [X]),
    "twice exp": (TwiceExp, [X]),
}

MISTAKES = {
    "a factor is missing": (with_backward(Square, without_the_factor), [X]),
    "the cotangent is ignored": (with_backward(Square, without_the_cotangent), [X]),
    "the wrong tensor is saved": (TanhSavingItsInput, [X]),
    "a sum is missing": (with_backward(Softmax, without_the_sum), [X]),
    "a transpose is missing": (with_backward(Affine, without_the_transpose), [X, SQUARES, B]),
    "a mean stands for a sum": (with_backward(Affine, with_a_mean_for_a_sum), [X, SQUARES, B]),
    "None stands for a gradient": (with_backward(Affine, with_none_for_the_bias), [X, SQUARES, B]),
    "a sign is wrong": (with_backward(Difference, without_the_sign), [X, X.flip(0)]),
    "what was kept is changed in place": (TwiceExpOfWhatWasDoubled, [X]),
    "negative inputs are forgotten": (with_backward(LeakyReLU, without_the_leak), [X]),
    "memory is taken to be contiguous": (with_backward(Cube, as_if_contiguous), [X]),
    "repeated indices are overwritten": (with_backward(Embedding, without_repetitions), [X, ROWS]),
    "a mistake inside a module": (Scaled(with_backward(Square, without_the_factor)), [X]),
    "a path is cut": (cut, [X]),
}
