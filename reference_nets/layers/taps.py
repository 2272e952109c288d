"""Index arithmetic for the scalar forms of convolution and pooling, along one axis.

A tap is a meeting of output u, window place p and input h, with h = stride * u + dilation * p -
padding.  Taps on the padding, where there is no input, are left out: padding is zero.
"""

from dataclasses import dataclass

from reference_nets.layers.steps import Steps

Pairs = list[list[tuple[int, int]]]


@dataclass(frozen=True)
class Taps:
    """All taps of an axis of H inputs and windows of P places, listed by one of their indices.

    Examples
    --------
    >>> Taps(Steps(stride=2, padding=1)).of_outputs(4, 3)
    [[(1, 0), (2, 1)], [(0, 1), (1, 2), (2, 3)]]
    """

    steps: Steps

    def of_outputs(self, H: int, P: int) -> Pairs:
        """Return for each output u the pairs (p, h) that it meets."""
        taps = self._taps(H, P)
        return [[(p, h) for u, p, h in taps if u == n] for n in range(self.steps.outputs(H, P))]

    def of_places(self, H: int, P: int) -> Pairs:
        """Return for each window place p the pairs (u, h) that meet there."""
        taps = self._taps(H, P)
        return [[(u, h) for u, p, h in taps if p == n] for n in range(P)]

    def of_inputs(self, H: int, P: int) -> Pairs:
        """Return for each input h the pairs (u, p) that meet it."""
        taps = self._taps(H, P)
        return [[(u, p) for u, p, h in taps if h == n] for n in range(H)]

    def _taps(self, H: int, P: int) -> list[tuple[int, int, int]]:
        s, d, padding = self.steps.stride, self.steps.dilation, self.steps.padding
        taps = [
            (u, p, s * u + d * p - padding)
            for u in range(self.steps.outputs(H, P))
            for p in range(P)
        ]
        return [(u, p, h) for u, p, h in taps if 0 <= h < H]


def extents(nested: list) -> tuple[int, ...]:
    """Return the extents of nested lists, outermost first.

    Examples
    --------
    >>> extents([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    (2, 3)
    """
    return (len(nested), *extents(nested[0])) if isinstance(nested, list) else ()
