"""How long a verdict takes: ``python -m tests.benchmark [--runs N]``.

Every figure is the median over runs in which all its columns were timed in turn, so that they
share the machine's mood; the ratio is the median of the ratios.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from statistics import median
from typing import Any

import numpy as np
from tabulate import tabulate

import gradcheck
from gradcheck.arithmetic import in_balls

RNG = np.random.default_rng(0)
CLASSES = RNG.integers(0, 10, 32)


def network(w1, b1, w2, b2, x):
    h = np.tanh(x @ w1 + b1)
    z = h @ w2 + b2
    s = z - z.max(axis=1, keepdims=True)
    log_p = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(x)), CLASSES].mean()


def network_backward(dout, w1, b1, w2, b2, x):
    h = np.tanh(x @ w1 + b1)
    z = h @ w2 + b2
    s = z - z.max(axis=1, keepdims=True)
    dz = np.exp(s) / np.exp(s).sum(axis=1, keepdims=True)
    dz[np.arange(len(x)), CLASSES] -= 1
    dz = dout * dz / len(x)
    dh = (dz @ w2.T) * (1 - h**2)
    return x.T @ dh, dh.sum(axis=0), h.T @ dz, dz.sum(axis=0), dh @ w1.T


def dense(w, a, b):
    return w @ a + b


def dense_backward(dz, w, a, b):
    return np.outer(dz, a), w.T @ dz, dz


def dense_slightly_wrong(dz, w, a, b):
    dw = np.outer(dz, a)
    dw[17, 200] *= 1 + 1e-12
    return dw, w.T @ dz, dz


def tanh_backward(dout, x):
    return dout * (1 - np.tanh(x) ** 2)


WEIGHTS = [
    RNG.standard_normal((784, 128)) / 28,
    np.zeros(128),
    RNG.standard_normal((128, 10)) / 11,
    np.zeros(10),
    RNG.standard_normal((32, 784)),
]
SQUARE = [RNG.standard_normal(shape) for shape in ((256, 256), (256,), (256,))]
CASES = {
    "tanh, 200 numbers": (np.tanh, tanh_backward, [RNG.standard_normal((10, 20))]),
    "784-128-10 on 32 inputs, 126,858 numbers": (network, network_backward, WEIGHTS),
    "dense 256x256, 66,048 numbers": (dense, dense_backward, SQUARE),
    "the same, one entry wrong by 1e-12": (dense, dense_slightly_wrong, SQUARE),
}


def seconds(run: Callable[[], object]) -> float:
    """Return the wall time of one run."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def verdict_of(forward: Any, backward: Any, inputs: Any) -> str:
    """Return the verdict on all gradients; laws and causes are other questions."""
    return gradcheck.check(forward, backward, inputs, laws=False, explain=False).verdict


def measure(name: str, runs: int) -> list[str]:
    """Time one case: forward pass in balls, verdict, and their ratio."""
    forward, backward, inputs = CASES[name]
    verdict = verdict_of(forward, backward, inputs)  # warms up as well
    pairs = [
        (
            seconds(lambda: in_balls(forward, *inputs)),
            seconds(lambda: verdict_of(forward, backward, inputs)),
        )
        for _ in range(runs)
    ]
    passes, verdicts = zip(*pairs, strict=True)
    ratio = median(one / other for other, one in pairs)
    return [name, verdict, f"{median(passes):.3f}", f"{median(verdicts):.3f}", f"{ratio:.1f}"]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    rows = [measure(name, runs) for name in CASES]
    headers = ["case", "verdict", "one 200-bit forward pass, s", "verdict, s", "ratio"]
    print(tabulate(rows, headers, disable_numparse=True))  # noqa: T201 - it is a command


if __name__ == "__main__":
    main()
