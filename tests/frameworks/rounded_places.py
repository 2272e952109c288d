"""Bilinear upsampling as PyTorch writes it: the places of the outputs are rounded floats."""

from dataclasses import replace

from gradcheck.notation import equation
from gradcheck.notation.scalar import total
from tests.frameworks.rounding import UNIT_ROUNDOFF, Rounded

OPERATIONS = 3
"""A place takes three of them, each on numbers of at most the size of the input."""


def bilinear_with_rounded_places(operation, factor, *, align_corners=False):
    """Return the operation with scalar forms whose weights are off by the rounding of places."""

    def place(u, H):
        if align_corners:
            return u * (H - 1) / max(factor * H - 1, 1)
        return min(max((u + 0.5) / factor - 0.5, 0.0), H - 1.0)

    def weight(u, h, H):
        return Rounded(max(1 - abs(place(u, H) - h), 0.0), OPERATIONS * UNIT_ROUNDOFF * H)

    def near(u, H):
        """Return the inputs that get a weight, and those that rounding may give a tiny one."""
        return [h for h in range(H) if abs(place(u, H) - h) < 1.5]

    @equation
    def y(x):
        H, J = len(x[0]), len(x[0][0])
        return [[[total(weight(u, h, H) * (weight(v, j, J) * x_c[h][j])
                        for h in near(u, H) for j in near(v, J))
                  for v in range(factor * J)] for u in range(factor * H)]
                for x_c in x]  # fmt: skip

    @equation
    def delta_x(delta_y):
        U, V = len(delta_y[0]), len(delta_y[0][0])
        H, J = U // factor, V // factor
        return [[[total(weight(u, h, H) * (weight(v, j, J) * delta_y_c[u][v])
                        for u in range(U) if h in near(u, H) for v in range(V) if j in near(v, J))
                  for j in range(J)] for h in range(H)] for delta_y_c in delta_y]  # fmt: skip

    return replace(operation, forward=y, gradients=(delta_x,))
