import numpy as np


class BatchNorm1D:
    """Batch norm as in the paper, with running averages for test time."""

    def __init__(self, dim, eps=1e-5, momentum=0.9):
        self.params = {"gamma": np.linspace(0.5, 1.5, dim), "beta": np.linspace(-1, 1, dim)}
        self.grads = {"gamma": np.zeros(dim), "beta": np.zeros(dim)}
        self.eps, self.momentum = eps, momentum
        self.running_mean = np.zeros(dim)
        self.running_var = np.ones(dim)
        self.training = True

    def forward(self, x):
        if not self.training:
            xhat = (x - self.running_mean) / np.sqrt(self.running_var + self.eps)
            return self.params["gamma"] * xhat + self.params["beta"]
        mu, var = x.mean(axis=0), x.var(axis=0)
        self.running_mean = self.momentum * self.running_mean + (1 - self.momentum) * mu
        self.running_var = self.momentum * self.running_var + (1 - self.momentum) * var
        self.var = var
        self.xc = x - mu
        self.xhat = self.xc / np.sqrt(var + self.eps)
        return self.params["gamma"] * self.xhat + self.params["beta"]

    def backward(self, dout):
        N = dout.shape[0]
        std = np.sqrt(self.var + self.eps)
        self.grads["gamma"] = np.sum(dout * self.xhat, axis=0)
        self.grads["beta"] = np.sum(dout, axis=0)
        dxhat = dout * self.params["gamma"]
        dvar = np.sum(dxhat * self.xc, axis=0) * -0.5 * std**-3
        dmu = np.sum(-dxhat / std, axis=0)
        return dxhat / std + dvar * 2 * self.xc / N + dmu / N
