"""What PyTorch calls recurrent layers, and the nets made of them."""

import torch
from torch.nn import functional


def states(run, x, weights, *initial):
    """Return the states of one of PyTorch's recurrences, for one sequence or a batch of them."""
    rows = x.reshape(-1, *x.shape[-2:])
    first = tuple(h.reshape(1, -1, h.shape[-1]) for h in initial)
    one_layer = {"num_layers": 1, "dropout": 0.0, "train": False, "bidirectional": False}
    h = run(
        rows,
        first if len(first) > 1 else first[0],
        weights,
        has_biases=True,
        batch_first=True,
        **one_layer,
    )[0]
    return h.reshape(*x.shape[:-1], h.shape[-1])


def elman(x, w, u, b, h0):
    """Return PyTorch's RNN, which has two biases."""
    return states(torch.rnn_tanh, x, (w, u, b, torch.zeros_like(b)), h0)


def lstm(x, w, u, b, h0, c0):
    """Return PyTorch's LSTM, whose gates are in our order, one below the other."""
    weights = (w.flatten(0, 1), u.flatten(0, 1), b.flatten(), torch.zeros_like(b).flatten())
    return states(torch.lstm, x, weights, h0, c0)


def gru(x, w, u, b, d, h0):
    """Return PyTorch's GRU; its second bias is ours at the candidate and zero at the gates."""
    inside = torch.cat([torch.zeros_like(d), torch.zeros_like(d), d])
    return states(torch.gru, x, (w.flatten(0, 1), u.flatten(0, 1), b.flatten(), inside), h0)


def lstm_with_peepholes(x, w, u, b, p, h0, c0):
    """Return the recurrence step by step: PyTorch's own is without peepholes."""
    h, c, all_h = h0, c0, []
    for x_t in x.unbind(-2):
        i, f, m, o = (x_t @ w[g].T + h @ u[g].T + b[g] for g in range(4))
        written = torch.sigmoid(i + p[0] * c) * torch.tanh(m)
        c = torch.sigmoid(f + p[1] * c) * c + written
        h = torch.sigmoid(o + p[2] * c) * torch.tanh(c)
        all_h.append(h)
    return torch.stack(all_h, dim=-2)


def cross_entropy(z, t):
    """Return the mean over all rows, of which a single input has one."""
    return functional.cross_entropy(z.reshape(-1, z.shape[-1]), t.reshape(-1, t.shape[-1]))


def classifier(layer):
    """Return the loss of a sequence classifier: inputs of the layer, then v, s and t."""

    def loss(*inputs):
        *own, v, s, t = inputs
        return cross_entropy(functional.linear(layer(*own)[..., -1, :], v, s), t)

    return loss


def language_model(m, x, w, u, b, h0, c0, v, s, t):
    """Return the loss of the character language model."""
    h = lstm(functional.embedding(x, m), w, u, b, h0, c0)
    return cross_entropy(functional.linear(h, v, s), t)


RECURRENCE = {
    "Elman": elman,
    "LSTM": lstm,
    "LSTM, with peepholes": lstm_with_peepholes,
    "GRU": gru,
    "last step": lambda x: x[..., -1, :],
    "sequence classifier, Elman": classifier(elman),
    "sequence classifier, LSTM": classifier(lstm),
    "sequence classifier, GRU": classifier(gru),
    "character language model": language_model,
}
