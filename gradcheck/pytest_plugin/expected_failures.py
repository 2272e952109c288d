"""Which tests are expected to fail, and the reason of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, TypeAlias

Test: TypeAlias = tuple[str, str]
Expected: TypeAlias = Mapping[Any, str] | Callable[[Any], Mapping[str, str] | None]


def reasons(
    expected: Expected | None, subjects: Mapping[str, Any], tests: Sequence[Test]
) -> dict[Test, str]:
    """Return the reason for every test that is expected to fail.

    Parameters
    ----------
    expected : mapping or callable, optional
        Reasons under ``"layer-check"``, ``(layer, check)`` or, for all layers, ``check``; or a
        function of a layer that returns its reasons by check.
    subjects : mapping of str to object
        The layers by name.
    tests : sequence of (str, str)
        Layer and check.

    Raises
    ------
    TypeError
        If `expected` is neither mapping nor callable.
    ValueError
        If a key matches no test, or no reason is given.

    Examples
    --------
    >>> tests = [("Dense", "derivative"), ("Dense", "linear"), ("Pool", "linear")]
    >>> reasons({"linear": "rounds", "Pool-linear": "sorts"}, {}, tests)
    {('Dense', 'linear'): 'rounds', ('Pool', 'linear'): 'sorts'}
    """
    wanted = _by_key(expected, subjects)
    matches = {key: [test for test in tests if _matches(key, test)] for key in wanted}
    for key, reason in wanted.items():
        _refuse_unknown(key, matches[key], tests)
        _refuse_unreasoned(key, reason)
    # what is said of all layers comes first, so that what is said of one takes its place
    general_first = sorted(matches, key=lambda key: -len(matches[key]))
    return {test: wanted[key] for key in general_first for test in matches[key]}


def _by_key(expected: Expected | None, subjects: Mapping[str, Any]) -> Mapping[Any, str]:
    if expected is None:
        return {}
    if isinstance(expected, Mapping):
        return expected
    if not callable(expected):
        raise TypeError(
            f"expected_failures is a {type(expected).__name__}: give a mapping of tests to "
            f"reasons, or a function that returns one for a layer"
        )
    return {
        (name, check): reason
        for name, subject in subjects.items()
        for check, reason in (expected(subject) or {}).items()
    }


def _matches(key: Any, test: Test) -> bool:
    return key in (test, "-".join(test), test[1])


def _refuse_unknown(key: Any, found: Sequence[Test], tests: Sequence[Test]) -> None:
    if found:
        return
    layers, checks = (", ".join(dict.fromkeys(names)) for names in zip(*tests, strict=True))
    ids = ["-".join(test) for test in tests]
    near = get_close_matches("-".join(key) if isinstance(key, tuple) else str(key), ids, n=1)
    meant = f"; did you mean {near[0]!r}?" if near else ""
    raise ValueError(
        f"expected_failures names {key!r}, and there is no such test: the layers are {layers}; "
        f"the checks are {checks}{meant}"
    )


def _refuse_unreasoned(key: Any, reason: Any) -> None:
    if not isinstance(reason, str) or not reason.strip():
        raise ValueError(f"expected_failures[{key!r}] = {reason!r}: give the reason as a text")
