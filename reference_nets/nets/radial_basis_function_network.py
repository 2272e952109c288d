r"""Radial basis function network: a weighted sum of Gaussian bumps around centres m_j.

Shapes
    w : (k, j), b : (k), m : (j, i), sigma : (j), x : (i), t : (k), phi : (j), y : (k), E : (); a
    batch holds the inputs in the rows of X, (n, i), and the targets in those of T, (n, k).

Convention
    Squared error, half the square, **summed** over inputs.  Every bump has one width \sigma_j.
    Points are drawn close to each other: far from x, a bump has no derivative that E could show.

Source
    D. S. Broomhead and D. Lowe, Multivariable functional interpolation and adaptive networks,
    Complex Systems 2 (1988), 321-355.
"""

import numpy as np

from gradcheck.notation import POSITIVE, Operation, Reals, equation, network
from gradcheck.notation.scalar import exp, total
from reference_nets.layers.dense import dense
from reference_nets.losses.squared_error import squared_error


@equation
def r2(m, x):
    r"r_j^2 = \sum_i (x_i - m_{ji})^2"
    J, I = len(m), len(x)
    return [total((x[i] - m[j][i]) * (x[i] - m[j][i]) for i in range(I)) for j in range(J)]


@r2.matrix
def r2(m, x):
    r"r_j^2 = \| x - m_j \|^2"
    return ((x - m) ** 2).sum(axis=1)


@r2.batch
def r2(m, x):
    r"r_{nj}^2 = \| x_n - m_j \|^2"
    return ((x[:, None] - m) ** 2).sum(axis=-1)


@equation
def phi(r2, sigma):
    r"\phi_j = e^{-r_j^2 / (2 \sigma_j^2)}"
    return [exp(-r2[j] / (2 * sigma[j] * sigma[j])) for j in range(len(r2))]


@phi.matrix
def phi(r2, sigma):
    r"\phi = e^{-r^2 / (2 \sigma^2)}"
    return np.exp(-r2 / (2 * sigma**2))


@phi.batch
def phi(r2, sigma):
    r"\Phi = e^{-R^2 / (2 \sigma^2)}"
    return np.exp(-r2 / (2 * sigma**2))


@equation
def delta_m(delta_phi, phi, m, sigma, x):
    r"\delta m_{ji} = \delta \phi_j \, \phi_j \, \frac{x_i - m_{ji}}{\sigma_j^2}"
    J, I = len(m), len(x)
    return [
        [delta_phi[j] * phi[j] * (x[i] - m[j][i]) / (sigma[j] * sigma[j]) for i in range(I)]
        for j in range(J)
    ]


@delta_m.matrix
def delta_m(delta_phi, phi, m, sigma, x):
    r"\delta m = \frac{\delta \phi \odot \phi}{\sigma^2} \odot (x - m)"
    return (delta_phi * phi / sigma**2)[:, None] * (x - m)


@delta_m.batch
def delta_m(delta_phi, phi, m, sigma, x):
    r"\delta m = \sum_n \frac{\delta \phi_n \odot \phi_n}{\sigma^2} \odot (x_n - m)"
    return ((delta_phi * phi / sigma**2)[..., None] * (x[:, None] - m)).sum(axis=0)


@equation
def delta_sigma(delta_phi, phi, r2, sigma):
    r"\delta \sigma_j = \delta \phi_j \, \phi_j \, \frac{r_j^2}{\sigma_j^3}"
    return [
        delta_phi[j] * phi[j] * r2[j] / (sigma[j] * sigma[j] * sigma[j]) for j in range(len(sigma))
    ]


@delta_sigma.matrix
def delta_sigma(delta_phi, phi, r2, sigma):
    r"\delta \sigma = \delta \phi \odot \phi \odot \frac{r^2}{\sigma^3}"
    return delta_phi * phi * r2 / sigma**3


@delta_sigma.batch
def delta_sigma(delta_phi, phi, r2, sigma):
    r"\delta \sigma = \sum_n \delta \phi_n \odot \phi_n \odot \frac{r_n^2}{\sigma^3}"
    return (delta_phi * phi * r2 / sigma**3).sum(axis=0)


@equation
def delta_x(delta_phi, phi, m, sigma, x):
    r"\delta x_i = \sum_j \delta \phi_j \, \phi_j \, \frac{m_{ji} - x_i}{\sigma_j^2}"
    J, I = len(m), len(x)
    return [
        total(
            delta_phi[j] * phi[j] * (m[j][i] - x[i]) / (sigma[j] * sigma[j]) for j in range(J)
        )
        for i in range(I)
    ]  # fmt: skip


@delta_x.matrix
def delta_x(delta_phi, phi, m, sigma, x):
    r"\delta x = (m - 1 x^\top)^\top \frac{\delta \phi \odot \phi}{\sigma^2}"
    return (delta_phi * phi / sigma**2) @ (m - x)


@delta_x.batch
def delta_x(delta_phi, phi, m, sigma, x):
    r"\delta x_n = (m - 1 x_n^\top)^\top \frac{\delta \phi_n \odot \phi_n}{\sigma^2}"
    return ((delta_phi * phi / sigma**2)[..., None] * (m - x[:, None])).sum(axis=1)


radial_basis_functions = Operation(
    "radial basis functions",
    "(j,i),(j),(i)->(j)",
    phi,
    (delta_m, delta_sigma, delta_x),
    where=(r2,),
    inputs=("m", "sigma", "x"),
    parameters=("m", "sigma"),
    domain={"m": Reals(scale=0.125), "x": Reals(scale=0.125), "sigma": POSITIVE},
)

radial_basis_function_network = network(
    "radial basis function network",
    [
        radial_basis_functions,
        dense.at("y", a="phi"),
        squared_error.at("E", y="y", t="t"),
    ],
)
