"""What made a report: versions, platform, seed and command."""

from __future__ import annotations

import platform
from importlib import metadata

PACKAGES = ("gradcheck", "numpy", "python-flint", "hypothesis", "pandas", "scikit-learn", "sympy")


def provenance(*, seed: int, command: str) -> dict[str, str]:
    """Return what a reader needs to make the same rows again.

    Parameters
    ----------
    seed : int
        The seed of all that was drawn.
    command : str
        The command line, as a user would type it.

    Examples
    --------
    >>> provenance(seed=0, command="gradcheck report")["seed"]
    '0'
    """
    return {
        "command": command,
        "seed": str(seed),
        "python": platform.python_version(),
        "platform": f"{platform.system()} {platform.machine()}",
        **{package: _version(package) for package in PACKAGES},
    }


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed"
