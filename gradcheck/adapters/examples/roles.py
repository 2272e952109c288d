"""What the name of a parameter suggests about the arrays that go there.

Names only decide what is tried first: whether code runs on an array is found out by running it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from gradcheck.adapters.examples.drawn import BOOL, CLASSES, INT, ONE_HOT, SHARES, Beside, Drawn

_ROLES = {
    "target": r"labels?|targets?|y_?true|one_?hot|ground_?truth|gt|y_?target|y|t|expected",
    "index": r"i|idx|index|indices|indexes|ids?|tokens?|token_ids|ix|positions?|lengths?",
    "mask": r"\w*mask|keep",
    "count": r"k|n|axis|dim|strides?|pad|padding|kernel_size|pool_?\w*|size|steps?|num_\w+|n_\w+",
    "share": r"p|q|probs?|\w*_probs?|probabilit(y|ies)|keep_prob",
    "positive": r"var|variance|sigma|std|stddev|precision|concentration",
    "number": r"rate|eps|epsilon|lr|temperature|tau|lam|lambd|lambda_|alpha|slope|momentum"
    r"|margin|delta|threshold|power|exponent|scalar",
    "vector": r"b\d?|bias\w*|\w*_b|beta|gamma|gain|scale|shift|g|bx|bh|v|\w*bias",
    "weight": r"[WUVKAM]\w{0,2}|w\d?|w_?\w{1,2}|weights?\w*|kernels?|filters?|\w*_?w|theta"
    r"|embeddings?|matrix|table",
    "state": r"h|h_?0|h_?prev|prev_?h|hidden|state|c|c_?prev|prev_?c|c_?0",
}


@dataclass(frozen=True)
class Sizes:
    """The extents to try: how many inputs, and how many features they may have.

    Attributes
    ----------
    inputs : int
        In a batch.
    features : tuple of int
        The first is that of the first input of a function, the second that of its output.
    """

    inputs: int = 5
    features: tuple[int, ...] = (3, 4)

    @classmethod
    def known(cls, extents: tuple[int, ...]) -> Sizes:
        """Return sizes for code that holds arrays of these extents."""
        features = tuple(dict.fromkeys((*extents, *cls.features)))[:6]
        return cls(next(n for n in (5, 7, 6, 2, 8, 9, 11) if n not in features), features)


def role_of(name: str, names: Sequence[str] = ()) -> str:
    """Return what a name suggests; for most of them that is an ``"activation"``.

    Parameters
    ----------
    name : str
        Of a parameter.
    names : sequence of str
        Of all parameters beside it.

    Examples
    --------
    >>> role_of("W1"), role_of("labels"), role_of("x")
    ('weight', 'target', 'activation')
    >>> role_of("b", ["x", "w", "b"]), role_of("b", ["a", "b"])
    ('vector', 'activation')
    """
    if name == "b" and "a" in names and "weight" not in map(role_of, names):
        return "activation"  # the second of two, not a bias
    for role, pattern in _ROLES.items():
        if re.fullmatch(pattern, name):
            return role
    return "activation"


Suggestion: TypeAlias = Drawn | Beside | float

TARGETS = (Beside(SHARES), Beside(ONE_HOT), Beside(INT, -1), Beside(INT, 1))
"""Reals that might be targets of any kind, then one-hot ones, then labels."""


def suggestions(name: str, sizes: Sizes, names: Sequence[str] = ()) -> tuple[Suggestion, ...]:
    """Return what to try for a parameter of this name, the most natural first.

    Parameters
    ----------
    name : str
        Of a parameter of a function or method.
    sizes : Sizes
        The extents to try.
    names : sequence of str
        Of all parameters beside it.

    Returns
    -------
    tuple of Drawn, Beside or number
        Numbers are handed over as they are, and are not differentiated.
    """
    role = role_of(name, names)
    likely: dict[str, tuple[Suggestion, ...]] = {
        "target": TARGETS,
        "index": _labels(sizes),
        "mask": (Beside(BOOL),),
        "count": (2, 1, 0),
        "share": _within(0.1, 0.9, _activations(sizes)),
        "positive": _within(0.5, 1.5, _activations(sizes)),
        "number": (Drawn((), low=0.25, high=0.75), 0.5),
        "vector": _vectors(sizes),
        "weight": _weights(sizes),
        "state": _states(sizes),
        "activation": (),
    }
    rest: tuple[Suggestion, ...] = _activations(sizes) + _weights(sizes) + _vectors(sizes)
    return tuple(dict.fromkeys((*likely[role], *rest, 0.5)))


def _within(low: float, high: float, drawn: Sequence[Drawn]) -> tuple[Drawn, ...]:
    return tuple(replace(one, low=low, high=high) for one in drawn)


def _activations(sizes: Sizes) -> tuple[Drawn, ...]:
    n, features = sizes.inputs, sizes.features
    rows = [Drawn((n, f)) for f in features]
    columns = [Drawn((f, n)) for f in features] + [Drawn((f, 1)) for f in features]
    single = [Drawn((f,)) for f in (*features, n, 2)]
    images = [Drawn((2, f, 6, 6)) for f in features] + [Drawn((2, 6, 6, f)) for f in features]
    sequences = [Drawn((2, n, f)) for f in features] + [Drawn((2, f, 6)) for f in features]
    one_image = [Drawn((f, 6, 6)) for f in features] + [Drawn((6, 6))]
    return (*rows, *single, *columns, *images, *sequences, *one_image, Drawn(()))


def _weights(sizes: Sizes) -> tuple[Drawn, ...]:
    i, o = sizes.features[:2]
    square = (Drawn((o, o)), Drawn((i, i)))
    return (Drawn((i, o)), Drawn((o, i)), *square, Drawn((o, i, 2, 2)), Drawn((2, 2)),
            Drawn((o, i, 2)))  # fmt: skip


def _vectors(sizes: Sizes) -> tuple[Drawn, ...]:
    i, o = sizes.features[:2]
    return Drawn((o,)), Drawn((i,)), Drawn((1, o)), Drawn((1, i)), Drawn((o, 1)), Drawn(())


def _states(sizes: Sizes) -> tuple[Drawn, ...]:
    i, o = sizes.features[:2]
    return Drawn((sizes.inputs, o)), Drawn((o,)), Drawn((sizes.inputs, i)), Drawn((i,))


def _labels(sizes: Sizes) -> tuple[Drawn, ...]:
    shapes = ((sizes.inputs,), (sizes.inputs, 2), ())
    return tuple(Drawn(shape, INT, 0, CLASSES - 1) for shape in shapes)
