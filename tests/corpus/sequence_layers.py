"""Embeddings, recurrent cells and attention as strangers write them."""

from functools import partial

import numpy as np

from tests.corpus.awkward import Awkward, draw

_entry = partial(Awkward, "layers")


def _sigmoid(x):
    return 1 / (1 + np.exp(-x))


def _embedding(weight, tokens):
    return weight[tokens]


def _embedding_gradient(dout, weight, tokens):
    dweight = np.zeros_like(weight)
    np.add.at(dweight, tokens, dout)
    return dweight, None


def _scatter(values, index):
    out = np.zeros(4)
    np.add.at(out, index, np.sin(values))
    return out**2


def _scatter_gradient(dout, values, index):
    out = np.zeros(4)
    np.add.at(out, index, np.sin(values))
    return (2 * dout * out)[index] * np.cos(values), None


def _lstm_gates(x, h, wx, wh, b):
    i, f, o, g = np.split(x @ wx + h @ wh + b, 4, axis=1)
    return _sigmoid(i), _sigmoid(f), _sigmoid(o), np.tanh(g)


def _lstm(x, h, c, wx, wh, b):
    i, f, o, g = _lstm_gates(x, h, wx, wh, b)
    next_c = f * c + i * g
    return np.hstack([o * np.tanh(next_c), next_c])


def _lstm_gradient(dout, x, h, c, wx, wh, b):
    i, f, o, g = _lstm_gates(x, h, wx, wh, b)
    t = np.tanh(f * c + i * g)
    dh, dc = np.split(dout, 2, axis=1)
    dc = dc + dh * o * (1 - t**2)
    slopes = [g * i * (1 - i) * dc, c * f * (1 - f) * dc, dh * t * o * (1 - o), i * (1 - g**2) * dc]
    da = np.hstack(slopes)
    return da @ wx.T, da @ wh.T, dc * f, x.T @ da, h.T @ da, da.sum(axis=0)


def _attention_weights(q, k):
    scores = q @ k.T / np.sqrt(q.shape[1])
    scores = np.where(np.tri(len(q), dtype=bool), scores, -1e9)
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def _attention(q, k, v):
    return _attention_weights(q, k) @ v


def _attention_gradient(dout, q, k, v):
    a = _attention_weights(q, k)
    da = dout @ v.T
    ds = a * (da - (da * a).sum(axis=1, keepdims=True)) / np.sqrt(q.shape[1])
    return ds @ k, ds.T @ q, a.T @ dout


def _recurrent(xs, w, u):
    h, states = np.zeros(len(w)), []
    for x in xs:
        h = np.tanh(w @ h + u @ x)
        states.append(h)
    return np.array(states)


def _recurrent_gradient(dout, xs, w, u):
    states = _recurrent(xs, w, u)
    dxs, dw, du, dh = np.zeros_like(xs), np.zeros_like(w), np.zeros_like(u), 0.0
    for t in reversed(range(len(xs))):
        dz = (dout[t] + dh) * (1 - states[t] ** 2)
        before = states[t - 1] if t else np.zeros(len(w))
        dw += np.outer(dz, before)
        du += np.outer(dz, xs[t])
        dxs[t], dh = u.T @ dz, w.T @ dz
    return dxs, dw, du


def _running_average(x, decay):
    out, level = [], 0.0
    for v in x:
        level = decay * level + (1.0 - decay) * v
        out.append(level)
    return np.array(out)


def _running_average_gradient(dout, x, decay):
    levels = _running_average(x, decay)
    dx, ddecay, g = [], 0.0, 0.0
    for t in reversed(range(len(x))):
        g = g + dout[t]
        dx.insert(0, (1.0 - decay) * g)
        ddecay = ddecay + g * ((levels[t - 1] if t else 0.0) - x[t])
        g = g * decay
    return np.array(dx), ddecay


SEQUENCE_LAYERS = (
    _entry(
        "embedding with np.add.at",
        "A repeated token accumulates, an absent one gets 0.",
        _embedding,
        _embedding_gradient,
        (draw(90, 4, 2), np.array([[1, 3], [1, 0]])),
    ),
    _entry(
        "scatter into a buffer",
        "The forward itself uses np.add.at, into a float buffer.",
        _scatter,
        _scatter_gradient,
        (draw(91, 5), np.array([0, 2, 2, 3, 0])),
    ),
    _entry(
        "LSTM cell",
        "Four gates, six inputs, two stacked outputs.",
        _lstm,
        _lstm_gradient,
        (
            draw(92, 2, 2),
            draw(93, 2, 2),
            draw(94, 2, 2),
            draw(95, 2, 8),
            draw(96, 2, 8),
            draw(97, 8),
        ),
    ),
    _entry(
        "causal attention",
        "Masked scores are -1e9, and the first query's weights are constant.",
        _attention,
        _attention_gradient,
        (draw(98, 3, 2), draw(99, 3, 2), draw(100, 3, 2)),
    ),
    _entry(
        "recurrent network through time",
        "A list grows in a loop, gradients accumulate backwards in buffers.",
        _recurrent,
        _recurrent_gradient,
        (draw(101, 3, 2), draw(102, 2, 2), draw(103, 2, 2)),
    ),
    _entry(
        "running average with a scalar decay",
        "A Python float is an input with a gradient beside an array.",
        _running_average,
        _running_average_gradient,
        (draw(104, 4), 0.9),
    ),
)
