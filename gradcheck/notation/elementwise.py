"""Operations that act on every unit alike: a_k = h(z_k) and δz_k = δa_k h'(z_k)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gradcheck.notation.domain import Domain
from gradcheck.notation.equation import BATCH, MATRIX, SCALAR, Equation, stating
from gradcheck.notation.operation import Operation
from gradcheck.notation.signature import Signature


@dataclass(frozen=True, eq=False)
class Activation(Operation):
    """An elementwise operation that still knows the function h and its derivative h'."""

    h: Equation = field(kw_only=True)
    h_prime: Equation = field(kw_only=True)


def elementwise(
    name: str, h: Equation, h_prime: Equation, *, domain: Mapping[str, Domain] | None = None
) -> Activation:
    """Build an activation from the function of one number and its derivative.

    Parameters
    ----------
    name : str
        The textbook name.
    h, h_prime : Equation
        Functions of z alone.  Their scalar forms take one number, their matrix forms an array.
    domain : mapping of str to Domain, optional
        Where ``z`` lives.

    Raises
    ------
    NotationError
        If h or h' lacks its scalar or its matrix form.

    Returns
    -------
    Activation
        With the input ``z`` and the output ``a``, both of shape ``(k)``, in all three forms.

    Examples
    --------
    >>> from gradcheck.notation import equation
    >>> @equation
    ... def h(z):
    ...     return z * z
    >>> @h.matrix
    ... def h(z):
    ...     return z**2
    >>> @equation
    ... def h_prime(z):
    ...     return 2 * z
    >>> @h_prime.matrix
    ... def h_prime(z):
    ...     return 2 * z
    >>> square = elementwise("square", h, h_prime)
    >>> square([1.0, 3.0]), square.pullback([1.0, 1.0], [1.0, 3.0])["z"]
    (array([1., 9.]), array([2., 6.]))
    """
    one, one_prime = h[SCALAR], h_prime[SCALAR]
    all_at_once, all_prime_at_once = h[MATRIX], h_prime[MATRIX]
    a = {
        SCALAR: stating(r"a_k = h(z_k)", lambda z: [one(z[k]) for k in range(len(z))]),
        MATRIX: stating(r"a = h(z)", lambda z: all_at_once(z)),
        BATCH: stating(r"A = h(Z)", lambda z: all_at_once(z)),
    }
    delta_z = {
        SCALAR: stating(
            r"\delta z_k = \delta a_k \, h'(z_k)",
            lambda delta_a, z: [delta_a[k] * one_prime(z[k]) for k in range(len(z))],
        ),
        MATRIX: stating(
            r"\delta z = \delta a \odot h'(z)",
            lambda delta_a, z: delta_a * all_prime_at_once(z),
        ),
        BATCH: stating(
            r"\Delta Z = \Delta A \odot h'(Z)",
            lambda delta_a, z: delta_a * all_prime_at_once(z),
        ),
    }
    return Activation(
        name,
        Signature.parse("(k)->(k)"),
        Equation("a", ("z",), a),
        (Equation("delta_z", ("delta_a", "z"), delta_z),),
        domain=domain or {},
        h=h,
        h_prime=h_prime,
    )
