"""Einstein summation: any subscripts, contracted pair by pair through products of matrices."""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradcheck.arithmetic.array import boxed
from gradcheck.arithmetic.dispatch import implements
from gradcheck.arithmetic.elementwise import as_out, object_array
from gradcheck.arithmetic.errors import NotLiftable
from gradcheck.arithmetic.products import batched_product

Term = tuple[str, NDArray[Any]]
"""The labels of the axes of an array, and the array."""

_SPARE_LABELS = "".join(chr(code) for code in range(0x391, 0x3AA) if code != 0x3A2)
"""Greek capitals, which no subscripts can use, name the axes under an ellipsis."""


@implements(np.einsum)
def einsum(subscripts: Any, *operands: Any, out: Any = None, **_: Any) -> Any:
    """Sum the products of the operands over the labels that the output does not name.

    Raises
    ------
    NotLiftable
        If the subscripts are lists of integers.
    """
    if not isinstance(subscripts, str):
        raise NotLiftable("np.einsum on balls takes its subscripts as a text, such as 'ij,jk->ik'")
    terms, output = _parse(subscripts.replace(" ", ""), [object_array(x) for x in operands])
    return as_out(out, boxed(_contract_all(terms, output)[()]))


def _contract_all(terms: list[Term], output: str) -> NDArray[Any]:
    """Contract the terms from the left, and put the axes of the last one in order."""
    terms = [_diagonal(term) for term in terms]
    while len(terms) > 1:
        first, second, *others = terms
        needed = set(output).union(*(labels for labels, _ in others))
        terms = [_contract(first, second, needed), *others]
    labels, array = _sum_all_but(terms[0], set(output))
    return array.transpose([labels.index(label) for label in output])


def _parse(subscripts: str, arrays: list[NDArray[Any]]) -> tuple[list[Term], str]:
    """Split the subscripts, name the axes of ellipses, and find the output if it is implied."""
    inputs, arrow, output = subscripts.partition("->")
    parts = inputs.split(",")
    if len(parts) != len(arrays):
        raise ValueError(f"einsum {subscripts!r} names {len(parts)} operands, got {len(arrays)}")
    named = [_name_ellipsis(part, array) for part, array in zip(parts, arrays, strict=True)]
    broadcast = max((labels for _, labels in named), key=len)
    if not arrow:
        output = "..." * bool(broadcast) + _once(inputs)
    terms = [(part, array) for (part, _), array in zip(named, arrays, strict=True)]
    return _without_ones(terms), output.replace("...", broadcast)


def _name_ellipsis(part: str, array: NDArray[Any]) -> tuple[str, str]:
    """Replace an ellipsis by labels, the last of them for its last axis; give these too."""
    hidden = array.ndim - len(part.replace("...", ""))
    if hidden < 0 or (hidden and "..." not in part):
        raise ValueError(f"einsum subscripts {part!r} do not fit an array of shape {array.shape}")
    labels = _SPARE_LABELS[len(_SPARE_LABELS) - hidden :]
    return part.replace("...", labels), labels


def _once(inputs: str) -> str:
    """Give the labels that occur once, in alphabetical order: the implied output."""
    letters = inputs.replace(",", "").replace(".", "")
    return "".join(sorted(letter for letter in set(letters) if letters.count(letter) == 1))


def _without_ones(terms: list[Term]) -> list[Term]:
    """Drop axes of length one whose label is longer elsewhere: they broadcast."""
    longest: dict[str, int] = {}
    for labels, array in terms:
        for label, length in zip(labels, array.shape, strict=True):
            longest[label] = max(length, longest.get(label, 0))
    return [_drop(term, longest) for term in terms]


def _drop(term: Term, longest: dict[str, int]) -> Term:
    labels, array = term
    single = [i for i, n in enumerate(array.shape) if n == 1 < longest[labels[i]]]
    kept = "".join(label for i, label in enumerate(labels) if i not in single)
    return kept, np.squeeze(array, axis=tuple(single))


def _diagonal(term: Term) -> Term:
    """Take the diagonal over a label that the term repeats."""
    labels, array = term
    for label in labels:
        while labels.count(label) > 1:
            first, second = labels.index(label), labels.rindex(label)
            array = np.diagonal(array, axis1=first, axis2=second)
            labels = labels[:first] + labels[first + 1 : second] + labels[second + 1 :] + label
    return labels, array


def _sum_all_but(term: Term, kept: set[str]) -> Term:
    labels, array = term
    summed = tuple(axis for axis, label in enumerate(labels) if label not in kept)
    remaining = "".join(label for label in labels if label in kept)
    return remaining, object_array(np.add.reduce(boxed(array), axis=summed)) if summed else array


def _contract(first: Term, second: Term, needed: set[str]) -> Term:
    """Multiply two terms and sum over the labels that they share and nobody needs."""
    labels_a, a = _sum_all_but(first, needed | set(second[0]))
    labels_b, b = _sum_all_but(second, needed | set(first[0]))
    shared = [label for label in labels_a if label in labels_b]
    batch = [label for label in shared if label in needed]
    summed = [label for label in shared if label not in needed]
    only_a = [label for label in labels_a if label not in shared]
    only_b = [label for label in labels_b if label not in shared]
    left = _arrange(labels_a, a, batch, only_a, summed)
    right = _arrange(labels_b, b, batch, summed, only_b)
    product = batched_product(left, right) if summed else left * right
    lengths = dict(zip(labels_a + labels_b, a.shape + b.shape, strict=True))
    labels = "".join(batch + only_a + only_b)
    return labels, product.reshape([lengths[label] for label in labels])


def _arrange(
    labels: str, array: NDArray[Any], batch: list[str], rows: list[str], columns: list[str]
) -> NDArray[Any]:
    """Give the array as a stack of matrices with the named rows and columns."""
    ordered = array.transpose([labels.index(label) for label in batch + rows + columns])
    stack, n = ordered.shape[: len(batch)], len(batch) + len(rows)
    return ordered.reshape(*stack, prod(ordered.shape[len(batch) : n]), prod(ordered.shape[n:]))
