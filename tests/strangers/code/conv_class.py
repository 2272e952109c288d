import numpy as np


class Conv1D:
    def __init__(self, in_channels, out_channels, kernel_size):
        rng = np.random.default_rng(3)
        self.weight = rng.normal(size=(out_channels, in_channels, kernel_size))
        self.bias = rng.normal(size=out_channels)
        self.weight_grad = np.zeros_like(self.weight)
        self.bias_grad = np.zeros_like(self.bias)
        self.k = kernel_size

    def parameters(self):
        return [(self.weight, self.weight_grad), (self.bias, self.bias_grad)]

    def zero_grad(self):
        for _, g in self.parameters():
            g[...] = 0

    def forward(self, inp):
        self.inp = inp
        batch, _, length = inp.shape
        out_len = length - self.k + 1
        out = np.zeros((batch, len(self.weight), out_len))
        for t in range(out_len):
            window = inp[:, :, t : t + self.k]
            out[:, :, t] = np.tensordot(window, self.weight, axes=([1, 2], [1, 2]))
        return out + self.bias[:, None]

    def backward(self, grad_out):
        grad_in = np.zeros_like(self.inp)
        for t in range(grad_out.shape[2]):
            g = grad_out[:, :, t]
            self.weight_grad += np.tensordot(g, self.inp[:, :, t : t + self.k], axes=(0, 0))
            grad_in[:, :, t : t + self.k] += np.tensordot(g, self.weight, axes=(1, 0))
        self.bias_grad += grad_out.sum(axis=(0, 2))
        return grad_in
